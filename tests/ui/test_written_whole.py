"""What is written on somebody's word takes the place of the old file whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from pytestqt.qtbot import QtBot

from desktop import scratch
from desktop.cli import tracker
from desktop.export import layouts
from desktop.export.errors import ExportError
from desktop.export.intake.tracker.mapping import Mapping
from desktop.model import Invalid
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.ui.intake.tracker.keeping import write_mapping
from desktop.ui.intake.tracker.outcomestep import OutcomeStep
from desktop.ui.intake.wayback import listing

MAPPING = Mapping("follow_up", ())


class Told(Exception):
    """What a window would show."""


def refuse(sentence: str) -> None:
    raise Told(sentence)


def wizard(workspace: Workspace) -> Any:
    """As much of the wizard as writes a file; what it would refuse is raised."""
    return SimpleNamespace(
        held=SimpleNamespace(understood=SimpleNamespace(mapping=MAPPING)),
        context=SimpleNamespace(workspace=workspace, settings=Settings()),
        refuse=refuse,
        messages=Mock(),
    )


def step(workspace: Workspace) -> Any:
    table = SimpleNamespace(as_text=lambda marking: f"{marking}\tnot taken")
    return SimpleNamespace(wizard=wizard(workspace), tables={0: table}, current=0)


def listed(_workspace: Workspace, path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "chosen_path", lambda *_asked: path)
        listing.save(Mock(), [], path.parent, "list", "Internal")


WRITERS: dict[str, Callable[[Workspace, Path], Any]] = {
    "a mapping, on the command line": lambda workspace, path: tracker._keep(workspace, MAPPING, str(path)),
    "a layout": lambda _workspace, path: layouts.write(layouts.layouts()[0], path),
    "a mapping": lambda workspace, path: write_mapping(wizard(workspace), path),
    "what is not taken": lambda workspace, path: OutcomeStep.write(step(workspace), path),
    "changes": listed,
}


@pytest.mark.parametrize("writer", WRITERS)
def test_where_the_disk_is_full_the_old_file_stands(
    writer: str, workspace: Workspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    path = folder / "old.json"
    path.write_text(MAPPING.as_json(), "utf-8")
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises((ExportError, Invalid, Told), match="There is no room left on the disk of"):
            WRITERS[writer](workspace, path)
    assert path.read_bytes() == before
    assert [*folder.iterdir()] == [path]
    assert [*(scratch.on_disk() / scratch.NOTES).iterdir()] == []
    WRITERS[writer](workspace, path)
    assert path.read_bytes() != before, "the control: where there is room, it is replaced"
    assert [*folder.iterdir()] == [path]


@pytest.mark.parametrize("writer", WRITERS)
def test_the_workspace_is_not_written_over(writer: str, workspace: Workspace, qtbot: QtBot) -> None:
    path = workspace.engine.path
    before = path.stat().st_ino
    with pytest.raises((ExportError, Invalid, Told), match="is the workspace itself"):
        WRITERS[writer](workspace, path)
    assert path.stat().st_ino == before
