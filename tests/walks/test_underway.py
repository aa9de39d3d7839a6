"""What is under way while the window is locked, or closed: it stops, or comes to its end behind a blank screen."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.export.errors import Cancelled, WouldReplace
from desktop.model import FollowUp
from desktop.service import backups, checking, follow_ups
from desktop.service.checking import Report
from desktop.service.checking.copies import is_sound
from desktop.service.setup import Answers, Officer
from desktop.store import backup, connections, kept, keys
from desktop.ui import opening
from desktop.ui.backups.dialog import BackupsDialog
from desktop.ui.checking.dialog import CheckDialog, check_workspace
from desktop.ui.closing import may_close
from desktop.ui.dialogs.export import ExportDialog
from desktop.ui.locking import guard
from desktop.ui.locking.lock import lock
from desktop.ui.recovery import restoring
from desktop.ui.recovery.page import RecoveryPage
from desktop.ui.session import Session
from desktop.ui.toldtoend import ASKED, ToldToEnd
from desktop.ui.verbs import back_up
from desktop.ui.workbook.preview import PreviewDialog
from tests.walks.conftest import Walker

PASSPHRASE = "seven lanterns drift under quiet bridges tonight"
ANSWERS = Answers(
    post="Embassy", country="PE", zone="America/Lima", own_government="JP",
    officers=[Officer("Mori Aya")], catalogue=False,
)  # fmt: skip
LONG = 20.0
"""Seconds that work would take which nobody stops."""


class Slow:
    """Work that goes on until it is told to stop, or let go."""

    def __init__(self) -> None:
        self.begun, self.free, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.stopped = False

    def until(self, stop: Callable[[], bool]) -> None:
        self.begun.set()
        last = time.monotonic() + LONG
        while not (self.stopped or self.free.is_set()) and time.monotonic() < last:
            self.stopped = stop()
            time.sleep(0.005)
        self.ended.set()


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.free.set()


@pytest.fixture
def sealed(session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """At an embassy with an encrypted workspace and one follow-up, on a desktop that says nothing."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    monkeypatch.setattr(guard, "EARS", {})
    session.make(tmp_path / "post.juntos", ANSWERS, PASSPHRASE)
    hands = Walker(session, qtbot)
    follow_ups.add(hands.workspace, {"title": "Send the list"})
    hands.back()
    hands.wait(lambda: session.guard is not None and hasattr(session.window, "keeper"))
    return hands


def locked(walker: Walker) -> Any:
    walker.wait(lambda: walker.session.locked is not None and walker.session.locked.closed)
    return walker.session.locked.page


def unlock(walker: Walker) -> None:
    page = walker.session.locked.page
    page.line.setText(PASSPHRASE)
    page.act.click()
    walker.wait(lambda: walker.session.locked is None)
    walker.wait(lambda: hasattr(walker.window, "keeper"))


def shown() -> list[Any]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def typing_a_title(walker: Walker, title: str) -> None:
    """Type over the title of the follow-up, and stay in it."""
    walker.press("Ctrl+2")
    (record,) = FollowUp.select()
    walker.window.page.select_record(record)
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    walker.wait(lambda: walker.window.pane.record_pane().view() is not None)
    editor = walker.window.pane.record_pane().view().form.rows["title"].editor
    editor.setFocus()
    walker.press("Ctrl+A")
    walker.type(title)


def endless(slow: Slow) -> Callable[..., Report]:
    def check(_workspace: Any, *, progress: Any, cancelled: Callable[[], bool]) -> Report:
        def stop() -> bool:
            progress(1, 100)
            return cancelled()

        slow.until(stop)
        progress(100, 100)
        return Report(complete=False)

    return check


# ---- locking


def test_the_windows_are_hidden_while_somebody_else_is_writing(sealed: Walker, slow: Slow) -> None:
    workspace = sealed.workspace

    def write() -> None:
        with workspace.engine.write():
            slow.until(lambda: False)

    sealed.press("Ctrl+2")
    typing_a_title(sealed, "Send the second list")
    sealed.session.context.work(write, lambda _none: None)
    slow.begun.wait(5)
    lock(sealed.session)
    assert not slow.ended.is_set()  # what is typed cannot be saved before that: it is not waited for
    assert shown() == [sealed.session.locked.page]
    slow.free.set()
    locked(sealed)
    unlock(sealed)
    assert [each.title for each in FollowUp.select()] == ["Send the second list"]
    assert sealed.window.keeper.left == {}
    assert "was not saved" not in sealed.window.messages.text()


def test_a_check_is_stopped(sealed: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check", endless(slow))
    check_workspace(sealed.window)
    sealed.wait(slow.begun.is_set)
    lock(sealed.session)
    assert shown() == [sealed.session.locked.page]
    locked(sealed)
    assert slow.stopped


def test_a_check_stops_in_the_midst_of_a_question(
    sealed: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite looks through a large file for minutes, and tells nothing meanwhile."""

    def silent(_workspace: Any, *, progress: Any, cancelled: Callable[[], bool]) -> Report:
        slow.until(cancelled)
        return Report(complete=False)

    monkeypatch.setattr(checking, "check", silent)
    check_workspace(sealed.window)
    sealed.wait(slow.begun.is_set)
    lock(sealed.session)
    locked(sealed)
    assert slow.stopped


def test_a_preview_is_stopped(sealed: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_workspace: Any, _request: Any, progress: Any, _layout: Any = None) -> Any:
        slow.until(lambda: not progress(1, 100))
        raise Cancelled

    monkeypatch.setattr("desktop.ui.workbook.preview.preview", build)
    sealed.window.commands.run("export")
    sealed.dialog(ExportDialog).show_preview()
    sealed.dialog(PreviewDialog)
    sealed.wait(slow.begun.is_set)
    lock(sealed.session)
    locked(sealed)
    assert slow.stopped


def exporting(walker: Walker, slow: Slow, file: Path) -> ExportDialog:
    """An export that has begun."""
    walker.window.commands.run("export")
    dialog: ExportDialog = walker.dialog(ExportDialog)

    def write() -> str:
        slow.until(lambda: not dialog._running.progress(1, 100))
        if slow.stopped:
            raise Cancelled
        file.write_text("whole")
        return file.name

    dialog.write(file, write, lambda name: dialog.written(file, [f"{name} was written."]))
    walker.wait(slow.begun.is_set)
    return dialog


def test_an_export_comes_to_its_end_and_that_is_said_after_unlocking(
    sealed: Walker, slow: Slow, tmp_path: Path
) -> None:
    file = tmp_path / "status.txt"
    exporting(sealed, slow, file)
    lock(sealed.session)
    assert shown() == [sealed.session.locked.page]
    sealed.qtbot.wait(300)
    assert not slow.stopped
    assert not sealed.session.locked.closed
    slow.free.set()
    locked(sealed)
    assert file.read_text() == "whole"
    unlock(sealed)
    assert "status.txt was written." in sealed.window.messages.text()


def test_an_export_that_would_replace_a_file_says_so_after_unlocking(
    sealed: Walker, slow: Slow, tmp_path: Path
) -> None:
    file = tmp_path / "status.txt"
    sealed.window.commands.run("export")
    dialog: ExportDialog = sealed.dialog(ExportDialog)

    def write() -> str:
        slow.until(lambda: False)
        raise WouldReplace("A file stands there. Nothing was written.")

    dialog.write(file, write, lambda _name: None)
    sealed.wait(slow.begun.is_set)
    lock(sealed.session)
    slow.free.set()
    locked(sealed)
    unlock(sealed)
    assert "Nothing was written." in sealed.window.messages.text()
    assert sealed.window.messages.kind() == "error"


# ---- backups, from where the passphrase is asked for


def test_the_backups_of_a_locked_workspace_say_that_it_is_locked_and_lead_back(sealed: Walker) -> None:
    lock(sealed.session)
    page = locked(sealed)
    page.backups.click()
    sealed.wait(lambda: isinstance(sealed.session.start, RecoveryPage))
    backups = sealed.session.start
    assert (backups.heading.text(), backups.file.text()) == ("Locked", "post.juntos")
    assert not backups.again_button.isVisible()
    assert not backups.new_button.isVisible()
    assert backups.back_button.text().replace("&", "") == "Back to post.juntos"
    backups.back_button.click()
    sealed.wait(lambda: sealed.session.start is page and page.isVisible())
    unlock(sealed)


def test_the_backups_of_one_that_waits_for_its_passphrase_say_so(sealed: Walker) -> None:
    left = sealed.session.leave()
    assert not opening.attempt(sealed.session, left.path)
    asking = sealed.session.start
    asking.backups.click()
    sealed.wait(lambda: isinstance(sealed.session.start, RecoveryPage))
    assert sealed.session.start.heading.text() == "Encrypted workspace"
    sealed.session.start.back_button.click()
    sealed.wait(lambda: sealed.session.start is asking and asking.isVisible())


# ---- closing


def test_a_check_that_is_closed_while_it_runs_ends_in_silence(
    walker: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    let = threading.Event()

    def check(_workspace: Any, *, progress: Any, cancelled: Callable[[], bool]) -> Report:
        slow.until(cancelled)
        let.wait(LONG)
        progress(2, 100)
        return Report(complete=False)

    monkeypatch.setattr(checking, "check", check)
    dialog = check_workspace(walker.window)
    walker.wait(slow.begun.is_set)
    dialog.close()
    walker.wait(lambda: not isValid(dialog))
    let.set()
    walker.wait(lambda: not walker.session.context.busy())
    assert slow.stopped
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []


def test_a_check_whose_dialog_is_gone_stops(
    walker: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(checking, "check", endless(slow))
    check_workspace(walker.window).deleteLater()
    walker.wait(slow.begun.is_set)
    walker.wait(lambda: not walker.window.findChildren(CheckDialog))
    walker.wait(lambda: not walker.session.context.busy())
    assert slow.stopped
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []


def test_the_window_asks_before_it_closes_over_an_export(walker: Walker, slow: Slow, tmp_path: Path) -> None:
    file = tmp_path / "status.txt"
    exporting(walker, slow, file)
    walker.window.close()
    assert walker.window.isVisible()
    go_on, _discard = walker.window.messages.buttons()
    assert "is not saved yet" in walker.window.messages.text()
    go_on.click()
    assert not slow.stopped
    assert not may_close(walker.window)
    walker.window.messages.buttons()[1].click()
    assert may_close(walker.window)  # at once: it is not waited for
    walker.wait(lambda: slow.stopped and not walker.session.context.busy())
    assert not file.exists()


def test_a_program_that_must_end_stops_an_export(walker: Walker, slow: Slow, tmp_path: Path) -> None:
    file = tmp_path / "status.txt"
    exporting(walker, slow, file)
    walker.session.end()
    assert slow.stopped
    assert not file.exists()


def test_a_program_that_must_end_lets_a_restore_come_to_its_end(
    walker: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.make(walker.workspace, "asked")
    (made,) = kept.listed(walker.workspace.engine.path)
    threading.Timer(0.3, slow.free.set).start()
    whole = backups.restore

    def restore(*given: Any, **more: Any) -> Any:
        slow.until(lambda: False)
        return whole(*given, **more)

    monkeypatch.setattr(backups, "restore", restore)
    restoring.restore(walker.session, made)
    slow.begun.wait(5)
    path = made.path.parent.parent / "post.juntos"
    walker.session.end()
    assert slow.ended.is_set()
    assert not path.with_name("post.juntos.restoring").exists()


def backing_up(walker: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup that nobody asked for, and SQLite would be at for minutes; the folder of it."""

    def endless(connection: Any) -> Any:
        slow.begun.set()
        try:
            connection.execute(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000000)"
                " SELECT count(*) FROM n"
            )
        finally:
            slow.ended.set()

    monkeypatch.setattr(backup, "head", endless)
    workspace = walker.workspace
    walker.session.context.work(lambda: backups.make(workspace, "daily"), lambda _made: None)
    walker.wait(slow.begun.is_set)
    return backup.folder(walker.workspace.engine.path)


def test_a_program_that_must_end_breaks_a_backup_off(
    walker: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("desktop.ui.session.PATIENCE_MS", 0)
    begun = time.process_time()
    place = backing_up(walker, slow, monkeypatch)
    walker.session.end()
    assert slow.ended.is_set()
    assert time.process_time() - begun < LONG / 4
    assert list(place.iterdir()) == []
    assert not connections.readings_break()
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of the program the window is gone before it hears that the backup is made."""
    for module in ("verbs", "backups.dialog"):
        monkeypatch.setattr(f"desktop.ui.{module}.while_there", lambda _owner, _call: lambda _result: None)


@pytest.mark.usefixtures("unheard")
@pytest.mark.parametrize("where", ["command", "dialog"])
def test_a_program_that_must_end_lets_a_backup_that_was_asked_for_come_to_its_end(
    walker: Walker, slow: Slow, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr("desktop.ui.session.PATIENCE_MS", 0)
    path, head = walker.workspace.engine.path, backup.head

    def long(connection: Any) -> Any:
        slow.until(lambda: False)
        connection.execute(  # longer than SQLite goes on without looking whether it is broken off
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000)"
            " SELECT count(*) FROM n"
        )
        return head(connection)

    monkeypatch.setattr(backup, "head", long)
    if where == "command":
        back_up(walker.window)
    else:
        walker.window.commands.run("backups")
        walker.dialog(BackupsDialog).back_up()
    walker.wait(slow.begun.is_set)
    threading.Timer(0.3, slow.free.set).start()
    walker.session.end()
    (made,) = kept.listed(path)
    assert is_sound(made.path, None)


@pytest.mark.usefixtures("unheard")
def test_a_backup_that_was_asked_for_and_waits_its_turn_is_made(walker: Walker, slow: Slow) -> None:
    context, path = walker.session.context, walker.workspace.engine.path
    ended = threading.Event()
    dropped: list[int] = []
    for _each in range(2):
        context.work(lambda: slow.until(lambda: False), lambda _result: None)
    walker.wait(slow.begun.is_set)
    context.work(lambda: dropped.append(1), lambda _result: None)
    back_up(walker.window)
    context.work(ended.set, lambda _result: None)
    threading.Timer(0.3, slow.free.set).start()
    walker.session.end()
    assert len(kept.listed(path)) == 1
    assert dropped == []
    assert not ended.is_set()


def test_what_checks_a_backup_is_broken_off_too(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PACE", 50)
    backups.make(walker.workspace, "asked")
    (made,) = kept.listed(walker.workspace.engine.path)
    assert is_sound(made.path, None)
    with connections.breaking_off():
        assert not is_sound(made.path, None)
        assert backup.flaw(made.path)
    assert is_sound(made.path, None)
    assert backup.flaw(made.path) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_is_heard_and_a_second_one_is_the_systems(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    number, before = getattr(signal, name), {each: signal.getsignal(getattr(signal, each)) for each in ASKED}
    signal.signal(number, signal.SIG_DFL)  # whoever runs this may have it ignored
    ears = ToldToEnd(qapp)
    try:
        with qtbot.waitSignal(ears.told):
            os.kill(os.getpid(), number)
        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        signal.set_wakeup_fd(-1)
        for each, kept_ in before.items():
            signal.signal(getattr(signal, each), kept_)
        ears.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
def test_a_signal_that_was_ignored_stays_so(qapp: QApplication) -> None:
    before = {each: signal.getsignal(getattr(signal, each)) for each in ASKED}
    for each, how in zip(ASKED, (signal.SIG_DFL, signal.SIG_IGN, signal.SIG_IGN), strict=True):
        signal.signal(getattr(signal, each), how)
    ears = ToldToEnd(qapp)
    try:
        assert signal.getsignal(signal.SIGTERM) == ears._on_signal
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.set_wakeup_fd(-1)
        for each, kept_ in before.items():
            signal.signal(getattr(signal, each), kept_)
        ears.deleteLater()
