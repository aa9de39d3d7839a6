"""A dozen files for others, one of each kind, and their controls; `python -m tests.trials.redaction` does more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.store import audience as views
from tests.trials import redaction
from tests.trials.outgoing import KINDS
from tests.trials.redaction import Trial

SEED = 7
FAMILIES = ("status", "csv", "list", "dossier", "minutes", "calendar", "letters")
"""One kind of each sort of file. What changed is told by a rule of its own, whose controls are those of
tests/service/test_changes_exact.py."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> list[Trial]:
    """An export of each kind."""
    return list(redaction.trials(tmp_path_factory.mktemp("redaction"), len(KINDS), SEED))


def test_nothing_above_its_readers_is_in_any_file(tried: list[Trial]) -> None:
    assert [leak for each in tried for leak in each.leaks] == []
    assert [each.kind for each in tried] == list(KINDS)
    assert sum(each.files for each in tried) > len(KINDS)


def test_control_in_the_same_files_for_the_post_it_is_found(tried: list[Trial]) -> None:
    assert {each.kind for each in tried if not each.ours} == set()


def test_control_without_the_views_it_is_found(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "install", lambda connection, audience: None)
    careless = list(redaction.trials(tmp_path, len(FAMILIES), SEED, FAMILIES))
    assert [each.kind for each in careless if each.leaks] == list(FAMILIES)
