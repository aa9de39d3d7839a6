"""What is done once a day, after a start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.model import Person
from desktop.service import backups
from desktop.service.workspace import Workspace
from desktop.store import kept
from desktop.ui.session import Session
from tests.walks.conftest import Walker


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A workspace without backups."""
    copied = tmp_path / "post.juntos"
    shutil.copy(template, copied)
    return copied


def started(session: Session, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """A session that begins its day, once what it does then is done."""
    begun: list[int] = []
    begin = session._back_up

    def back_up() -> None:
        begin()
        begun.append(1)

    monkeypatch.setattr(session, "_back_up", back_up)
    session.backs_up = True
    workspace = Workspace.open(path)
    workspace.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    session.show(workspace)
    walker = Walker(session, qtbot)
    walker.wait(lambda: begun and not session.context.busy())
    return walker


def whys(path: Path) -> list[str]:
    return [each.why for each in kept.listed(path)]


def told(walker: Walker) -> str:
    """What the status bar says."""
    return "\n".join(each.text() for each in walker.window.status.findChildren(QLabel))


def test_a_start_makes_the_backup_of_the_day_and_the_status_bar_tells_it(
    session: Session, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whys(path) == []
    walker = started(session, qtbot, path, monkeypatch)
    walker.wait(lambda: "backup ✓" in told(walker))
    assert whys(path) == ["daily"]


def test_control_where_there_is_one_of_the_day_none_is_made(
    session: Session, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(path)
    backups.make(workspace, "asked")
    workspace.close()
    walker = started(session, qtbot, path, monkeypatch)
    assert "backup ✓" in told(walker)
    assert whys(path) == ["asked"]
