"""Reminders in the window and in the tray, by a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop.model import FollowUp, Meeting, Operation, Person
from desktop.service import links, records
from desktop.ui.context import Context
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.reminders import watch
from desktop.ui.reminders.card import ReminderRow
from desktop.ui.reminders.watch import Reminders
from desktop.ui.window import MainWindow
from tests.ui.conftest import NOW


@pytest.fixture
def clock(context: Context, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Noon at the post; `clock.now` can be moved. Something is due today, and a meeting is at 14:00."""
    found = SimpleNamespace(now=NOW)
    monkeypatch.setattr(context.workspace, "_clock", lambda: found.now)
    monkeypatch.setattr(watch, "SETTLE_MS", 0)
    context.settings.quiet_days = ""  # it is a Saturday
    context.settings.last_page = "follow_up"
    records.add(context.workspace, FollowUp, {"title": "Call METI", "due_on": "2026-11-21"})
    values = {"title": "Call with DFC", "on": "2026-11-21", "starts": "14:00", "zone": "America/Santiago"}
    records.add(context.workspace, Meeting, values)
    return found


@pytest.fixture
def window(context: Context, clock: SimpleNamespace, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


def begun(window: MainWindow, qtbot: QtBot) -> Reminders:
    """The reminders of the window, once they have read the day."""
    found = watch.begin(window)
    settled(found, qtbot)
    return found


def settled(found: Reminders, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not (found._reading or found._stale or found._settle.isActive()))


def names(found: Reminders) -> list[str]:
    return [row.reminder.name for row in found.card.rows]


def row(found: Reminders, name: str) -> ReminderRow:
    return next(each for each in found.card.rows if each.reminder.name == name)


DAY = ["Call METI", "Call with DFC", "Send the list of suppliers"]


def test_at_the_start_the_card_tells_of_the_day(window: MainWindow, qtbot: QtBot) -> None:
    before = QApplication.focusWidget()
    found = begun(window, qtbot)
    assert found.card.isVisible()
    assert names(found) == DAY
    assert found.card.accessibleName() == "Reminders, 1 due today, 1 meeting today, 1 overdue"
    told = [each.name.accessibleName() for each in found.card.rows]
    assert told == [
        "Call METI, due today, FU-2026-004",
        "Call with DFC, meeting at 14:00, MT-2026-002",
        "Send the list of suppliers, overdue since 18 Nov, FU-2026-001",
    ]
    assert QApplication.focusWidget() is before, "it takes the keyboard from nobody"


def test_nothing_is_shown_where_there_is_nothing(window: MainWindow, qtbot: QtBot, clock: Any) -> None:
    clock.now = NOW - dt.timedelta(days=30)
    found = begun(window, qtbot)
    assert not found.card.isVisible()
    watch.show_reminders(window)
    settled(found, qtbot)
    assert window.messages.text() == "Nothing is overdue or due today, and no meeting is planned."


def test_as_long_as_nothing_changes_nothing_is_read(window: MainWindow, qtbot: QtBot, clock: Any) -> None:
    found = begun(window, qtbot)
    reads = found.reads
    for _minute in range(59):
        clock.now += dt.timedelta(minutes=1)
        found.look()
    assert found.reads == reads
    clock.now += dt.timedelta(minutes=1)  # the meeting comes near
    found.look()
    settled(found, qtbot)
    assert found.reads == reads + 1
    assert names(found)[0] == "Call with DFC"
    assert (
        row(found, "Call with DFC")
        .name.accessibleName()
        .startswith("Call with DFC, meeting in 60 minutes, at 14:00")
    )
    clock.now += dt.timedelta(minutes=59)
    found.look()
    assert found.reads == reads + 1
    assert "in 1 minute," in row(found, "Call with DFC").name.accessibleName(), (
        "the minutes are counted all the same"
    )


def test_what_is_closed_comes_back_with_something_new(window: MainWindow, qtbot: QtBot, clock: Any) -> None:
    found = begun(window, qtbot)
    QTest.keyClick(found.card.rows[0].name, Qt.Key.Key_Escape)
    assert not found.card.isVisible()
    found.look()
    records.change(window.context.workspace, links.find("FU-2026-003"), {"priority": "high"})
    settled(found, qtbot)
    assert not found.card.isVisible(), "nothing of the day is new"
    clock.now += dt.timedelta(hours=1)
    found.look()
    settled(found, qtbot)
    assert found.card.isVisible()


def test_what_is_done_goes_away(window: MainWindow, qtbot: QtBot) -> None:
    found = begun(window, qtbot)
    for ref in ("FU-2026-001", "FU-2026-004"):
        values = {"status": "cancelled", "outcome": "Not needed."}
        records.change(window.context.workspace, links.find(ref), values)
    settled(found, qtbot)
    assert names(found) == ["Call with DFC"]
    records.change(window.context.workspace, Meeting.get(Meeting.title == "Call with DFC"), {"state": "held"})
    settled(found, qtbot)
    assert not found.card.isVisible()


def test_a_row_leads_to_its_record(window: MainWindow, qtbot: QtBot) -> None:
    found = begun(window, qtbot)
    row(found, "Call METI").name.click()
    assert [each.title for each in window.selected()] == ["Call METI"]
    row(found, "Call with DFC").name.click()
    assert [each.title for each in window.selected()] == ["Call with DFC"]


def test_progress_is_reported_from_a_row(window: MainWindow, qtbot: QtBot) -> None:
    found = begun(window, qtbot)
    assert not row(found, "Call with DFC").report.isVisible()
    row(found, "Call METI").report.click()
    dialog = window.findChild(ProgressDialog)
    assert dialog.line.text().startswith("FU-2026-004")
    dialog.reject()


def test_a_row_is_put_off_by_its_menu(window: MainWindow, qtbot: QtBot, clock: Any) -> None:
    found = begun(window, qtbot)
    button = row(found, "Call METI").snooze
    button.fill()
    assert [action.text().replace("&", "") for action in button.menu().actions()] == [
        "For an hour\t13:00",
        "Until this afternoon\t14:00",
        "Until tomorrow morning\tSun 22 Nov 2026, 09:00",
        "Until next week\tMon 23 Nov 2026, 09:00",
    ]
    before = Operation.select().count()
    button.menu().actions()[0].trigger()
    assert names(found) == ["Call with DFC", "Send the list of suppliers"], "it is gone at once"
    assert window.messages.text() == "Put off until 13:00."
    settled(found, qtbot)
    assert names(found) == ["Call with DFC", "Send the list of suppliers"]
    assert Operation.select().count() == before
    clock.now += dt.timedelta(minutes=59)
    found.look()
    settled(found, qtbot)
    assert "Call METI" not in names(found)
    found.card.dismiss()
    clock.now += dt.timedelta(minutes=1)
    found.look()
    settled(found, qtbot)
    assert "Call METI" in names(found)
    assert found.card.isVisible(), "what comes back is told again"


def test_putting_off_is_undone_from_the_message(window: MainWindow, qtbot: QtBot) -> None:
    found = begun(window, qtbot)
    found.card.snooze_all.fill()
    found.card.snooze_all.menu().actions()[-1].trigger()
    assert names(found) == []
    assert not found.card.isVisible()
    window.messages.buttons()[0].click()
    settled(found, qtbot)
    assert names(found) == DAY
    assert found.card.isVisible()


def test_the_keyboard_stays_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    found = begun(window, qtbot)
    watch.show_reminders(window)
    settled(found, qtbot)
    assert found.card.rows[0].isAncestorOf(QApplication.focusWidget())
    found.snooze([found.card.rows[0].reminder], NOW + dt.timedelta(hours=1))
    assert found.card.rows[0].isAncestorOf(QApplication.focusWidget())


def test_another_officer_has_other_reminders(window: MainWindow, qtbot: QtBot) -> None:
    found = begun(window, qtbot)
    window.context.workspace.sign_in(Person.get(Person.name == "Mori Aya").uid)
    window.context.changed.emit(None)
    settled(found, qtbot)
    assert names(found) == ["Call with DFC"], "nobody is named for it"
    window.context.settings.reminders = "all"
    window.context.changed.emit(None)
    settled(found, qtbot)
    assert names(found) == DAY


# ---- quiet


@pytest.mark.parametrize("quiet", ["hours", "day", "none"])
def test_where_it_is_quiet_nothing_comes_by_itself(
    window: MainWindow, qtbot: QtBot, context: Context, clock: Any, quiet: str
) -> None:
    if quiet == "hours":
        context.settings.quiet_from, context.settings.quiet_to = "11:00", "13:00"
    elif quiet == "day":
        context.settings.quiet_days = "closed"
    else:
        context.settings.reminders = "none"
    found = watch.begin(window)
    if quiet != "none":
        settled(found, qtbot)
    assert not found.card.isVisible()
    if quiet == "none":
        assert found.reads == 0
    if quiet == "hours":
        clock.now += dt.timedelta(minutes=60)
        found.look()
        settled(found, qtbot)
        assert found.card.isVisible(), "it comes when the hours are over"
        return
    watch.show_reminders(window)
    settled(found, qtbot)
    assert found.card.isVisible(), "who asks is told"


# ---- the tray


@pytest.fixture
def tray(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Reminders:
    """The reminders on a desktop that has a tray; what it would show as a message is in `bubbles`."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: None)
    found = watch.begin(window)
    found.bubbles = []
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, _title, told, _picture: found.bubbles.append(told)
    )
    settled(found, qtbot)
    return found


def actions(found: Reminders) -> dict[str, Any]:
    return {action.text(): action for action in found.tray.menu.actions() if not action.isSeparator()}


def test_the_tray_tells_how_much_there_is(tray: Reminders) -> None:
    assert tray.tray.icon.toolTip() == "Juntos — 1 due today, 1 meeting today, 1 overdue"
    assert list(actions(tray)) == [
        "Show Juntos",
        "Quick entry…",
        "Call METI, due today",
        "Call with DFC, meeting at 14:00",
        "Send the list of suppliers, overdue since 18 Nov",
        "All reminders",
        "Quit",
    ]


def test_its_menu_leads_to_the_window(tray: Reminders, window: MainWindow, qtbot: QtBot) -> None:
    actions(tray)["Call METI, due today"].trigger()
    assert [each.title for each in window.selected()] == ["Call METI"]
    tray.card.dismiss()
    actions(tray)["All reminders"].trigger()
    settled(tray, qtbot)
    assert tray.card.isVisible()
    actions(tray)["Quick entry…"].trigger()
    assert window.findChild(QFrame, "quick_entry").isVisible()
    window.findChild(QFrame, "quick_entry").close_bar()
    with qtbot.waitSignal(window.closed):
        actions(tray)["Quit"].trigger()


def test_it_speaks_only_where_the_window_is_not_in_front(
    tray: Reminders, window: MainWindow, qtbot: QtBot, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray.bubbles.clear()
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    clock.now += dt.timedelta(hours=1)
    tray.look()
    settled(tray, qtbot)
    assert tray.bubbles == ["1 meeting soon"], "what is new, and no more"
    tray.look()
    assert len(tray.bubbles) == 1


def test_without_a_tray_the_window_does_it_alone(window: MainWindow, qtbot: QtBot) -> None:
    assert begun(window, qtbot).tray is None


def test_the_icon_goes_with_the_window(
    tray: Reminders, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = []
    monkeypatch.setattr(QSystemTrayIcon, "hide", lambda self: hidden.append(self))
    context.stopping.emit()
    assert hidden == [tray.tray.icon]
    assert not tray._minute.isActive()
