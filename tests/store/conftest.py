"""The small world of the services' tests, for the store's; and an encrypted workspace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.service.workspace import Workspace
from desktop.store import keys
from tests.conftest import Clock
from tests.service.conftest import filled, world
from tests.store.images import PASSPHRASE

__all__ = ["filled", "world"]

FEW = (1000, 2000, 3000, 4000)
"""Rounds that take no time."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of few rounds."""
    monkeypatch.setattr(keys, "ROUNDS", FEW)


@pytest.fixture(scope="session")
def sealed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted workspace that nobody has open, with its witness."""
    path = tmp_path_factory.mktemp("sealed") / "post.juntos"
    before, keys.ROUNDS = keys.ROUNDS, FEW
    Workspace.create(path, clock=Clock(), passphrase=PASSPHRASE).close()
    keys.ROUNDS = before
    return path


@pytest.fixture
def sealed(sealed_file: Path, tmp_path: Path, quick: None) -> Iterator[Workspace]:
    """An open encrypted workspace of its own for each test."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    path = folder / sealed_file.name
    for file in sealed_file.parent.glob(f"{sealed_file.name}*"):
        shutil.copyfile(file, folder / file.name)
    opened = Workspace.open(path, clock=Clock(), passphrase=PASSPHRASE)
    yield opened
    opened.close()
