"""Workspaces are opened, made and left; what fails leaves things as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.model import FollowUp, Invalid, Person
from desktop.service import records, setup
from desktop.service.setup import Answers, Officer, made
from desktop.service.workspace import Workspace
from desktop.store.engine import StoreError
from desktop.ui.closing import may_close
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.freepath import free_path
from desktop.ui.session import Session
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


def rebuilt(walker: Walker) -> None:
    """Have the window made anew, and wait until the one before is gone."""
    old, before = walker.window, walker.session.context
    old.rebuild_requested.emit()
    assert walker.window is not old
    walker.wait(lambda: not isValid(old) and not isValid(before))
    walker.back()


def save_a_follow_up(walker: Walker, title: str) -> FollowUp:
    walker.press("Ctrl+N")
    walker.dialog(FollowUpDialog)
    walker.type(title)
    walker.press("Ctrl+Enter")
    walker.wait(lambda: FollowUp.get_or_none(FollowUp.title == title))
    walker.back()
    return FollowUp.get(FollowUp.title == title)


@pytest.mark.parametrize("setting", [("language", "ja"), ("scheme", "dark")], ids=lambda each: each[0])
def test_a_window_made_anew_shows_what_is_saved_undone_and_written_elsewhere(
    walker: Walker, setting: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = len(walker.workspace._listeners)
    with capture_exceptions() as unheard:
        for value in (setting[1], "pt" if setting[0] == "language" else "light"):
            setattr(walker.session.settings, setting[0], value)
            rebuilt(walker)
        walker.press("Ctrl+2")
        record = save_a_follow_up(walker, "Send the study")
        window = walker.window
        assert len(walker.workspace._listeners) == before
        assert record.ref in window.messages.text()
        assert "Send the study" in window.commands.actions["undo"].text()
        walker.wait(lambda: window.page.model.rowCount() == 1)
        window.commands.run("undo")
        walker.wait(lambda: window.page.model.rowCount() == 0)
        assert window.commands.actions["redo"].isEnabled()
        other = Workspace(walker.workspace.engine)
        records.add(other, FollowUp, {"title": "From elsewhere"})
        walker.session.context._version = -1
        walker.session.context._look_around()
        walker.wait(lambda: window.page.model.rowCount() == 1)
    assert not unheard
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


def test_a_window_is_made_anew_twice_with_the_history_of_a_record_open(
    walker: Walker, caplog: pytest.LogCaptureFixture
) -> None:
    record = save_a_follow_up(walker, "Send the study")
    with capture_exceptions() as unheard:
        for language in ("ja", "es"):
            walker.window.show_record(record)
            walker.wait(lambda: walker.window.ask("selected_count") == 1)
            walker.wait(lambda: walker.window.pane.record_pane())
            tabs = walker.window.pane.record_pane().view().tabs
            tabs.setCurrentIndex(tabs.count() - 1)
            walker.session.settings.language = language
            rebuilt(walker)
        walker.window.show_record(record)
        records.change(walker.workspace, record, {"title": "Send both studies"})
        walker.wait(lambda: "FU-" in walker.window.commands.actions["undo"].text())
    assert not unheard
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


def test_what_a_dialog_says_after_the_window_was_made_anew_is_read_there(walker: Walker) -> None:
    before = walker.session.context
    walker.window.rebuild_requested.emit()
    before.said.emit("It is done.", [])
    assert walker.window.messages.text() == "It is done."


def test_without_a_window_a_fault_is_told_on_standard_error(
    session: Session, template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session.tell("No window yet.")
    session.alarm("No window at all.")
    assert capsys.readouterr().err.splitlines() == ["No window yet.", "No window at all."]
    assert QApplication.activeModalWidget() is None
