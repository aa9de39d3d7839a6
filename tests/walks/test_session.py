"""Workspaces are opened, made and left; what fails leaves things as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model import Invalid, Person
from desktop.service import setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.store.engine import StoreError
from desktop.ui.closing import may_close
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.freepath import free_path
from desktop.ui.session import Session, made
from tests.walks.conftest import Walker


def answers(**given: Any) -> Answers:
    values: dict[str, Any] = {
        "post": "Embassy of Japan in Peru",
        "country": "PE",
        "zone": "America/Lima",
        "own_government": "JP",
        "officers": [Officer("Mori Aya")],
        "catalogue": False,
    }
    return Answers(**{**values, **given})


def test_another_workspace_is_opened(walker: Walker, tmp_path: Path) -> None:
    other = tmp_path / "lima.juntos"
    made(other, answers()).close()
    walker.window.workspace_requested.emit(other)
    assert walker.workspace.engine.path == other
    assert walker.workspace.officer.name == "Mori Aya"
    assert walker.window.windowTitle().startswith("Embassy of Japan in Peru")
    assert walker.session.settings.recent_workspaces[0] == str(other)


@pytest.mark.parametrize("what", ["folder", "text", "nothing", "empty"])
def test_what_is_no_workspace_is_told_and_the_one_before_stays(
    walker: Walker, tmp_path: Path, what: str
) -> None:
    before = walker.workspace.engine.path
    other = tmp_path / "other.juntos"
    if what == "folder":
        other.mkdir()
    elif what == "text":
        other.write_text("This is no database. " * 100, "utf-8")
    elif what == "empty":
        other.write_bytes(b"")
    walker.window.workspace_requested.emit(other)
    assert walker.workspace.engine.path == before
    assert walker.window.isVisible()
    assert walker.window.messages.kind() == "error"
    assert str(other) in walker.window.messages.text()


def test_a_new_workspace_beside_the_one_that_is_open(walker: Walker, tmp_path: Path) -> None:
    walker.window.workspace_requested.emit(None)
    path = tmp_path / "new.juntos"
    walker.session.make(path, answers())
    assert walker.workspace.engine.path == path
    walker.session.start.close()
    assert walker.session.start is None
    assert walker.window.isVisible()


def test_a_workspace_that_cannot_be_made_leaves_no_file_and_the_old_one_open(
    walker: Walker, tmp_path: Path
) -> None:
    before = walker.workspace.engine.path
    with pytest.raises(Invalid):
        walker.session.make(tmp_path / "new.juntos", answers(zone="Mars/Base"))
    assert not list(tmp_path.glob("new.juntos*"))
    assert walker.workspace.engine.path == before
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match="cannot be made"):
        walker.session.make(tmp_path / "file" / "new.juntos", answers())
    assert walker.workspace.engine.path == before
    assert walker.window.isVisible()


def test_a_name_that_is_free(tmp_path: Path) -> None:
    path = tmp_path / "workspace.juntos"
    assert free_path(path) == path
    path.touch()
    assert free_path(path) == tmp_path / "workspace-2.juntos"


def test_with_several_officers_it_is_asked_who_works_here(walker: Walker) -> None:
    assert walker.workspace.officer.name == "Sato Kenji"
    path = walker.workspace.engine.path
    walker.session.settings.officers.clear()
    walker.window.workspace_requested.emit(path)
    assert walker.workspace.officer is None
    assert walker.window.messages.text() == "Who is working here?"
    (mori, _sato) = walker.window.messages.buttons()
    mori.click()
    assert walker.workspace.officer.name == "Mori Aya"
    assert walker.session.settings.officers[str(path)] == Person.get(Person.name == "Mori Aya").uid


def test_what_is_not_saved_yet_keeps_the_window_open(walker: Walker, tmp_path: Path) -> None:
    walker.press("Ctrl+N")
    dialog = walker.dialog(FollowUpDialog)
    walker.type("Half a promise")
    walker.press("Esc")
    old = walker.window
    old.close()
    assert old.isVisible()
    assert "Add a follow-up" in old.messages.text()
    old.rebuild_requested.emit()
    old.workspace_requested.emit(tmp_path / "elsewhere.juntos")
    assert walker.window is old
    go_on, discard = old.messages.buttons()
    assert (go_on.text(), discard.text()) == ("Go on", "Discard")
    go_on.click()
    assert dialog.isVisible()
    dialog.reject()
    may_close(old)
    old.messages.buttons()[1].click()
    assert may_close(old)


def test_a_workspace_that_was_not_found_is_told_at_the_first_start(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.begin(tmp_path / "gone.juntos", ["There is no workspace at gone.juntos."])
    assert session.start.messages.text() == "There is no workspace at gone.juntos."


def test_an_existing_workspace_can_be_opened_from_the_first_start(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lima.juntos"
    workspace = Workspace.create(path)
    setup.set_up(workspace, answers())
    workspace.close()
    session.begin(tmp_path / "new.juntos", [])
    chosen = [str(tmp_path / "nothing.juntos"), str(path)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (chosen.pop(0), ""))
    session.start._choose_existing()
    assert "nothing.juntos" in session.start.messages.text()
    session.start._choose_existing()
    assert session.start is None
    assert session.context.workspace.engine.path == path
