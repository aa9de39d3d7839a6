"""The backups in the window: listed, compared, made; the check; what stands over the pages; what only reads."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from desktop.model import FollowUp, Meeting
from desktop.service import agenda, attachments, backups, links, minutes, progress, records
from desktop.service.backups import Backup
from desktop.service.checking import Report
from desktop.service.workspace import Workspace
from desktop.store import kept
from desktop.ui.backups import words
from desktop.ui.backups.comparing import BROKEN, CLOSED, GOOD
from desktop.ui.backups.dialog import BackupsDialog, show_backups
from desktop.ui.backups.list import FOUND
from desktop.ui.checking import words as check_words
from desktop.ui.checking.dialog import CheckDialog, check_workspace
from desktop.ui.context import Context
from desktop.ui.readonly import WRITING
from desktop.ui.record.updates import PAGE
from desktop.ui.recovery.page import RecoveryPage
from desktop.ui.window import MainWindow

MAY_WRITE_AND_DOES_NOT = {
    *("new_workspace", "open_workspace", "export", "print", "print_record", "list_document", "backups"),
    *("quit", "copy", "search", "find", "preferences", "record_pane", "shrink", "reminders", "next_pane"),
    *("previous_pane", "reset_layout", "remind", "brief", "minutes", "mail_minutes", "calendar_entry"),
    *("open_record", "read_text", "onlooker", "layouts", "check_workspace", "log_folder", "help"),
    *("shortcuts", "about", "passphrase", "lock", "drafts"),
}
"""Commands that only read the workspace, or write another file."""


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


def shown(window: MainWindow, qtbot: QtBot) -> BackupsDialog:
    dialog = show_backups(window)
    qtbot.waitUntil(lambda: all(each.state != "looking" for each in dialog.list.found()), timeout=10_000)
    return dialog


def test_each_backup_tells_when_why_and_what_it_has_less(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    backups.make(workspace, "before-import")
    records.add(workspace, FollowUp, {"title": "Later than the backup"})
    (found,) = shown(window, qtbot).list.found()
    assert (found.state, found.backup.why) == (GOOD, "before-import")
    assert found.words.startswith("1 save with 1 record less than now; last: Sato Kenji, ")
    item = window.findChild(BackupsDialog).list.item(0)
    told = item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert all(words in told for words in ("before an import", "MB", "1 save"))
    assert item.data(FOUND) == found


def test_one_that_cannot_be_used_is_told_and_not_offered(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    backups.make(workspace, "daily")
    place = kept.folder(workspace.engine.path)
    (place / "post-00000999-20261119T120000-asked.juntos").write_bytes(b"no database at all, this one")
    dialog = shown(window, qtbot)
    broken, good = dialog.list.found()
    assert (broken.state, good.state) == (BROKEN, GOOD)
    assert dialog.list.chosen == good
    dialog.list.setCurrentRow(0)
    assert not dialog.restore_button.isEnabled()
    assert not dialog.copy_button.isEnabled()


def test_one_under_another_passphrase_asks_for_it(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.keys.rounds_here", lambda *_given: 256_000)
    backups.make(workspace, "daily")
    place = kept.folder(workspace.engine.path)
    sealed = tmp_path / "sealed.juntos"
    _sealed(sealed, "correct horse battery staple")
    shutil.copy(sealed, place / "post-00000999-20261119T120000-asked.juntos")
    dialog = shown(window, qtbot)
    closed = dialog.list.found()[0]
    assert closed.state == CLOSED
    dialog.list.setCurrentRow(0)
    assert dialog.passphrase.isVisible()
    dialog.passphrase.line.setText("correct horse battery staple")
    dialog.passphrase.line.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.list.found()[0].state == GOOD, timeout=10_000)
    assert "Another workspace" in dialog.list.found()[0].words


def _sealed(path: Path, passphrase: str) -> None:
    """An encrypted file that is whole, made without touching the workspace that is open."""
    from desktop.store import keys
    from desktop.store.connections import connect
    from desktop.store.engine import APPLICATION_ID, SCHEMA

    path.touch()
    connection = connect(path, keys.new(passphrase))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("CREATE TABLE operation (id INTEGER PRIMARY KEY, clock, hash, at, officer_name)")
    connection.execute(
        "CREATE TABLE change (id INTEGER PRIMARY KEY, operation_id, uid, field, before, after)"
    )
    connection.execute("INSERT INTO operation VALUES (1, 1, 'x', '2026-11-19T12:00:00Z', 'Mori')")
    connection.close()


def test_back_up_now_and_restore_is_asked_and_not_done_at_once(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    dialog = shown(window, qtbot)
    assert "no backup yet" in dialog.messages.text()
    dialog.make_button.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=10_000)
    qtbot.waitUntil(lambda: dialog.restore_button.isEnabled(), timeout=10_000)
    wanted: list[Any] = []
    context.closing_requested.connect(wanted.append)
    dialog.restore_button.click()
    assert "moved aside, not deleted" in dialog.messages.text()
    assert not wanted
    restore, cancel = dialog.messages.buttons()
    assert (restore.text(), cancel.text()) == ("Restore", "Cancel")
    restore.click()
    assert len(wanted) == 1
    assert not dialog.isVisible()


def test_a_second_folder_is_chosen_there_and_filled(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(stick))
    dialog = shown(window, qtbot)
    dialog.choose_button.click()
    assert context.settings.second_backup_folder == str(stick)
    assert dialog.second.text() == str(stick)
    context.workspace.second_folder = lambda: context.settings.second_backup_folder
    dialog.make_button.click()
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=10_000)
    assert list(stick.rglob("*.juntos"))


def test_days_are_told_in_words() -> None:
    now = dt.datetime(2026, 11, 21, 15, 0).astimezone()
    assert words.when(now.replace(hour=9, minute=5), now=now) == "Today, 09:05"
    assert words.when(now - dt.timedelta(days=1), now=now) == "Yesterday, 15:00"
    assert words.when(now - dt.timedelta(days=9), now=now) == "Thu 12 Nov 2026, 15:00"
    assert (words.size(10), words.size(1_940_000)) == ("1 kB", "1.9 MB")


def test_it_is_the_clock_of_the_post_that_tells_when(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = dt.datetime(2026, 11, 21, 2, 30, tzinfo=dt.UTC)
    assert words.when(night, "America/Santiago", night.replace(hour=16)) == "Yesterday, 23:30"
    assert words.when(night, "Asia/Tokyo", night.replace(hour=3)) == "Today, 11:30"
    asked: list[str] = []
    when, moment = words.when, words.moment
    monkeypatch.setattr(words, "when", lambda at, zone="": asked.append(zone) or when(at, zone))
    monkeypatch.setattr(words, "moment", lambda at, zone="": asked.append(zone) or moment(at, zone))
    backups.make(workspace, "daily")
    dialog = shown(window, qtbot)
    dialog.ask_to_restore()
    assert len(asked) >= 3
    assert set(asked) == {"America/Santiago"}
    dialog.close()


def test_the_dialog_that_is_open_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    first = show_backups(window)
    assert show_backups(window) is first
    first.close()
    assert show_backups(window) is not first


# ---- the check


def checked(dialog: CheckDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.report is not None and not dialog.running.going(), timeout=20_000)


def test_all_is_well_with_figures(window: MainWindow, qtbot: QtBot) -> None:
    dialog = check_workspace(window)
    checked(dialog, qtbot)
    assert dialog.report.clean
    assert dialog.told.text().startswith("All is well: ")
    assert str(dialog.report.records) in dialog.told.text()
    assert not dialog.table.isVisible()
    assert not dialog.mend_button.isVisible()
    dialog.close()


def damage(workspace: Workspace) -> Any:
    """Have a title say what nobody wrote, as a bit does that turned on the disk."""
    promise = links.find("FU-2026-001")
    with workspace.engine.write():
        workspace.engine.db.execute_sql(
            f'UPDATE "{FollowUp._meta.table_name}" SET title = ? WHERE id = ?', ("Sent the list", promise.id)
        )
    return promise


def test_a_flaw_is_shown_with_what_it_should_be_and_put_back(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    promise = damage(workspace)
    dialog = check_workspace(window)
    checked(dialog, qtbot)
    rows = [
        [dialog.table.item(row, column).text() for column in range(3)]
        for row in range(dialog.table.rowCount())
    ]
    assert ["Sent the list", "Send the list of suppliers"] in [row[1:] for row in rows]
    dialog.copy_button.click()
    assert "Sent the list\tSend the list of suppliers" in QApplication.clipboard().text()
    dialog.mend_button.click()
    qtbot.waitUntil(lambda: dialog.report is not None and dialog.report.clean, timeout=20_000)
    assert FollowUp.get_by_id(promise.id).title == "Send the list of suppliers"
    assert "put back" in dialog.messages.text()
    dialog.close()


def test_a_check_that_is_stopped_says_so(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(_workspace: Any, *, progress: Any, cancelled: Any) -> Report:
        while not cancelled():
            progress(1, 100)
            begun.set()
            time.sleep(0.01)
        return Report(complete=False)

    monkeypatch.setattr("desktop.service.checking.check", endless)
    dialog = check_workspace(window)
    qtbot.waitUntil(begun.is_set)
    dialog.cancel_button.click()
    checked(dialog, qtbot)
    assert "was stopped" in dialog.told.text()
    assert not dialog.bar.isVisible()
    dialog.close()


def test_long_values_are_cut_and_broken_ones_readable() -> None:
    assert len(check_words.shown("x" * 500)) == check_words.LONGEST
    assert check_words.shown("a\udc80b") == "a\ufffdb"
    assert check_words.shown(["b", "a"]) == '["b", "a"]'


# ---- what only reads


def test_every_command_is_known_to_write_or_not_to() -> None:
    from desktop.ui.actions import COMMANDS

    keys = {each.key for each in COMMANDS if not each.key.startswith("page_")}
    assert keys == WRITING | MAY_WRITE_AND_DOES_NOT


def test_where_nothing_can_be_saved_commands_and_fields_say_so(
    workspace: Workspace, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "It lies on a medium that cannot be written."
    monkeypatch.setattr(workspace.engine._way, "readonly", reason)
    window = MainWindow(context)
    qtbot.addWidget(window)
    assert window.windowTitle() == "Embassy of Japan in Chile (read-only) — Juntos"
    window.show_record(links.find("FU-2026-001"))
    window.commands.refresh()
    for key in WRITING:
        action = window.commands.actions[key]
        assert not action.isEnabled(), key
        assert reason in action.toolTip(), key
    assert window.commands.actions["export"].isEnabled()
    window.commands.run("add_follow_up")
    assert context.told == [reason]
    form = window.pane.record_pane().view().form
    assert form.title.editor.input.isReadOnly()
    window.blockSignals(True)


def read_only(
    workspace: Workspace, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, readonly: bool
) -> MainWindow:
    if readonly:
        monkeypatch.setattr(workspace.engine._way, "readonly", "It lies on a medium that cannot be written.")
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("readonly", [True, False])
def test_minutes_and_links_are_locked_too(
    workspace: Workspace,
    context: Context,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    readonly: bool,
) -> None:
    meeting = Meeting.select().where(Meeting.state != "final").order_by(Meeting.id).first()
    agenda.add(workspace, meeting, "The cable")
    minutes.add(workspace, meeting, "decision", "To be laid by June")
    note = tmp_path / "note.txt"
    note.write_text("what was said")
    attachments.attach(workspace, meeting, note)
    window = read_only(workspace, context, qtbot, monkeypatch, readonly)
    window.show_record(Meeting.get_by_id(meeting.id))
    view = window.pane.record_pane().view()
    view.show_tab("minutes")
    tab = view.page("minutes")
    (item,), (point,) = tab.agenda.blocks(), tab.general.points.rows()
    for line in (tab.agenda.line, tab.general.points.adding, tab.state.next):
        assert line.isHidden() == readonly
    assert tab.general.text.input.isReadOnly() == readonly
    assert item.topic.input.isReadOnly() == readonly
    assert point.text.input.isReadOnly() == readonly
    view.show_tab("links")
    tab = view.page("links")
    (file,) = tab.files.rows()
    for part in (tab.attendees.line, tab.files.add, file.remove):
        assert part.isHidden() == readonly
    for button in (view.visibility, file.level, view.link):
        assert button.isEnabled() != readonly
    view.begin_link()
    assert tab.picker.isVisible() != readonly
    assert bool(context.told) == readonly
    window.blockSignals(True)


@pytest.mark.parametrize("readonly", [True, False])
def test_a_link_cannot_be_removed_where_nothing_can_be_saved(
    workspace: Workspace, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, readonly: bool
) -> None:
    promise, other = links.find("FU-2026-001"), links.find("FU-2026-002")
    if not links.of(promise):
        links.link(workspace, promise, other)
    window = read_only(workspace, context, qtbot, monkeypatch, readonly)
    window.show_record(promise)
    view = window.pane.record_pane().view()
    view.show_tab("links")
    rows = view.page("links").rows()
    assert rows
    removing = [
        button
        for row in rows
        for button in row.findChildren(QToolButton)
        if button.accessibleName().startswith("Remove this link")
    ]
    assert bool(removing) != readonly
    window.blockSignals(True)


@pytest.mark.parametrize("readonly", [True, False])
def test_rows_that_come_later_are_locked_too(
    workspace: Workspace,
    context: Context,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    readonly: bool,
) -> None:
    for number in range(PAGE + 1):
        progress.report(workspace, links.find("FU-2026-001"), done=f"Step {number}")
    note = tmp_path / "note.txt"
    note.write_text("what was said")
    promise = links.find("FU-2026-001")
    attachments.attach(workspace, promise, note)
    window = read_only(workspace, context, qtbot, monkeypatch, readonly)
    window.show_record(promise)
    view = window.pane.record_pane().view()
    view.show_tab("updates")
    tab = view.page("updates")
    tab._more.click()
    assert len(tab.cards()) > PAGE
    assert {card.level.isEnabled() for card in tab.cards()} == {not readonly}
    view.show_tab("links")
    files = view.page("links").files
    files._shown = None
    files.show_record(promise)
    (file,) = files.rows()
    assert file.level.isEnabled() != readonly
    window.blockSignals(True)


# ---- the page of recovery


def page(path: Path, qtbot: QtBot, sentence: str = "It is damaged.") -> RecoveryPage:
    made = RecoveryPage(path, sentence)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_page_says_what_is_wrong_and_offers_ways_on_without_a_backup(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = page(tmp_path / "gone.juntos", qtbot)
    assert made.wrong.text() == "It is damaged."
    assert made.none_kept.isVisible()
    assert not made.restore_button.isVisible()
    with qtbot.waitSignal(made.new_requested):
        made.new_button.click()
    with qtbot.waitSignal(made.again_requested):
        made.again_button.click()
    with qtbot.waitSignal(made.closed):
        made.close()


def test_the_page_lists_what_is_good_and_asks_before_it_restores(
    template: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "post.juntos"
    path.write_bytes(b"")
    place = kept.folder(path)
    place.mkdir()
    shutil.copy(template, place / "post-00000009-20261119T120000-daily.juntos")
    made = page(path, qtbot)
    qtbot.waitUntil(lambda: made.list.chosen.state == GOOD, timeout=10_000)
    assert "records" in made.list.chosen.words
    asked: list[Any] = []
    made.restore_requested.connect(lambda found, passphrase: asked.append((found.backup, passphrase)))
    made.restore_button.click()
    assert not asked
    assert "moved aside, and kept" in made.messages.text()
    assert "undone" not in made.messages.text()
    made.messages.buttons()[0].click()
    ((backup, passphrase),) = asked
    assert isinstance(backup, Backup)
    assert passphrase is None
