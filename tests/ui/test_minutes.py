"""The tab of minutes: what is done in it is kept, can be taken back, and never costs what is being typed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.model import AgendaItem, Attendance, FollowUp, Meeting, Organisation, Person, Point, Series
from desktop.service import agenda, links, meetings, minutes, minutes_content, points, records, undo, versions
from desktop.service import series as series_service
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace
from desktop.store.errors import StoreError
from desktop.ui.context import Context
from desktop.ui.dialogs.enrol import EnrolDialog
from desktop.ui.dialogs.facts import FactsDialog
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.dialogs.plan import PlanDialog
from desktop.ui.dialogs.versions import VersionDialog
from desktop.ui.minutes import differences
from desktop.ui.minutes.tab import MinutesTab
from desktop.ui.pages.meetings import MeetingPages
from desktop.ui.record.pane import RecordPane
from desktop.ui.record.view import LINKS, MINUTES
from desktop.ui.record.window import RecordWindow
from desktop.ui.theme import current
from desktop.ui.window import MainWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def pane(context: Context, qtbot: QtBot) -> RecordPane:
    made = RecordPane(context)
    qtbot.addWidget(made)
    made.resize(520, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def lunch(context: Context) -> Any:
    """The meeting that was held, with an agenda of three items."""
    meeting = Meeting.get(Meeting.title == "Working lunch on cables")
    for topic in ("Cable", "Port", "Any other business"):
        agenda.add(context.workspace, meeting, topic)
    return meeting


@pytest.fixture
def tab(pane: RecordPane, lunch: Any) -> MinutesTab:
    return shown(pane, lunch)


def shown(pane: RecordPane, meeting: Any) -> MinutesTab:
    pane.show_record(Meeting.get_by_id(meeting.id))
    view = pane.view()
    assert view is not None
    view.show_tab(MINUTES)
    return view.page(MINUTES)


def now(meeting: Any) -> Any:
    return Meeting.get_by_id(meeting.id)


def topics(meeting: Any) -> list[str]:
    return [item.topic for item in agenda.items(meeting)]


def type_in(widget: QWidget, text: str) -> None:
    """As an input method hands over what was converted."""
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(widget, done)


def add(qtbot: QtBot, line: Any, text: str) -> None:
    line.line.setFocus()
    type_in(line.line, text)
    qtbot.keyClick(line.line, Key.Key_Return)


# ---- points


def test_points_are_added_by_typing_one_after_the_other(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    adding = tab.agenda.blocks()[0].points.adding
    add(qtbot, adding, "先方から一覧の要望があった。")
    assert adding.line.hasFocus(), "one goes on typing"
    assert not adding.typed()
    qtbot.keyClick(adding.line, Key.Key_D, CONTROL)
    add(qtbot, adding, "One **joint** letter")
    add(qtbot, adding, "次回は来月")
    kept = [(each.kind, each.text, each.item.topic) for each in points.of(lunch)]
    assert kept == [
        ("note", "先方から一覧の要望があった。", "Cable"),
        ("decision", "One **joint** letter", "Cable"),
        ("decision", "次回は来月", "Cable"),
    ]
    assert now(lunch).state == "draft"
    rows = tab.agenda.blocks()[0].points.rows()
    assert rows[1].text.view.toPlainText().strip() == "One joint letter", "shown formatted"
    undo.undo(tab.context.workspace)
    assert len(tab.agenda.blocks()[0].points.rows()) == 2


def test_a_follow_up_is_asked_who_owes_it(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    adding = tab.agenda.blocks()[1].points.adding
    adding.line.setFocus()
    qtbot.keyClick(adding.line, Key.Key_T, CONTROL)
    type_in(adding.line, "Send the tender")
    qtbot.keyClick(adding.line, Key.Key_Tab)
    promise = adding.promise()
    assert promise is not None
    assert promise.isAncestorOf(QApplication.focusWidget())
    promise.editors["owed_by"].set_value(Organisation.find("DFC").id)
    promise.editors["due_on"].input.setText("2026-13-01")
    qtbot.keyClick(promise.editors["due_on"].input, Key.Key_Return)
    assert promise.editors["due_on"].problem()
    assert adding.typed(), "nothing is lost"
    promise.editors["due_on"].input.setText("2026-12-01")
    qtbot.keyClick(promise.editors["due_on"].input, Key.Key_Return)
    made = FollowUp.get(FollowUp.title == "Send the tender")
    assert (made.direction, made.due_on, made.meeting_id) == ("partner", "2026-12-01", lunch.id)
    assert adding.line.hasFocus()
    assert not promise.typed()
    (row,) = tab.agenda.blocks()[1].points.rows()
    led: list[Any] = []
    tab.context.record_requested.connect(led.append)
    row.button().click()
    assert led == [made]
    assert "DFC → us" in row.button().summary.detail


def half_a_follow_up(tab: MinutesTab, adding: Any, qtbot: QtBot) -> Any:
    """A follow-up in a line that adds, owed by somebody whom nobody knows; returns that field."""
    adding.line.setFocus()
    qtbot.keyClick(adding.line, Key.Key_T, CONTROL)
    type_in(adding.line, "They promise the letter")
    owed_by = adding.promise().editors["owed_by"]
    owed_by.input.setText("Nobody known here")
    return owed_by


@pytest.mark.parametrize("state", ["planned", "held"])
def test_the_minutes_go_no_further_while_something_typed_cannot_be_saved(
    state: str, pane: RecordPane, lunch: Any, context: Context, qtbot: QtBot
) -> None:
    if state == "planned":
        lunch = records.add(
            context.workspace, Meeting, {"title": "To come", "on": "2026-11-21", "state": "planned"}
        )
    before = now(lunch).state
    tab = shown(pane, lunch)
    adding = tab.general.points.adding
    owed_by = half_a_follow_up(tab, adding, qtbot)
    qtbot.mouseClick(tab.state.next, Qt.MouseButton.LeftButton)
    assert now(lunch).state == before
    assert context.told[-1].startswith("Something in these minutes is not saved yet")
    assert owed_by.problem()
    assert owed_by.has_focus()
    assert adding.line.toPlainText() == "They promise the letter"
    owed_by.set_value(Organisation.find("DFC").id)
    qtbot.mouseClick(tab.state.next, Qt.MouseButton.LeftButton)
    assert now(lunch).state == ("held" if state == "planned" else "final")
    assert FollowUp.get(FollowUp.title == "They promise the letter").meeting_id == lunch.id


def test_names_without_words_and_half_answers_hold_the_minutes_open(
    tab: MinutesTab, lunch: Any, qtbot: QtBot
) -> None:
    adding = tab.general.points.adding
    adding.line.setFocus()
    qtbot.keyClick(adding.line, Key.Key_T, CONTROL)
    adding.promise().editors["owed_by"].set_value(Organisation.find("DFC").id)
    tab.make_final()
    assert (now(lunch).state, adding.problem.text()) == ("draft", "Say what is to be done.")
    adding.clear()
    minutes.add(tab.context.workspace, now(lunch), "note", "Send the list")
    (row,) = tab.general.points.rows()
    row.turn("follow_up")
    row.strip().promise.editors["owed_by"].set_value(Organisation.find("DFC").id)
    tab.make_final()
    assert now(lunch).state == "draft"
    assert row.strip().act.hasFocus()
    row.strip().act.click()
    tab.make_final()
    assert now(lunch).state == "final"


def test_a_topic_that_is_refused_holds_the_minutes_open(tab: MinutesTab, lunch: Any) -> None:
    topic = tab.agenda.blocks()[1].topic
    topic.input.setPlainText("")
    tab.make_final()
    assert now(lunch).state == "draft"
    assert topic.has_focus()


def test_half_a_follow_up_is_kept_as_a_note_when_the_window_closes(
    context: Context, lunch: Any, qtbot: QtBot
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.show_record(lunch)
    qtbot.waitUntil(lambda: window.pane.record_pane() is not None and window.pane.record_pane().isVisible())
    alone = RecordWindow(context, lunch, window)
    alone.show()
    tab = shown(alone.pane, lunch)
    half_a_follow_up(tab, tab.general.points.adding, qtbot)
    alone.close()
    assert [point.text for point in points.of(lunch)] == ["They promise the letter"]
    tab = shown(window.pane.record_pane(), lunch)
    half_a_follow_up(tab, tab.agenda.blocks()[0].points.adding, qtbot)
    window.close()
    assert [point.text for point in points.of(lunch)] == ["They promise the letter"] * 2


@pytest.mark.parametrize("gone", [False, True])
def test_what_is_typed_for_minutes_made_final_elsewhere_is_told_and_goes_nowhere_else(
    gone: bool, tab: MinutesTab, pane: RecordPane, lunch: Any, context: Context
) -> None:
    other = records.add(context.workspace, Meeting, {"title": "Other", "on": "2026-11-10"})
    type_in(tab.general.points.adding.line, "Half a sentence")
    if gone:
        records.delete(context.workspace, [now(lunch)])
    else:
        versions.make_final(context.workspace, now(lunch))
    shown(pane, other)
    assert "“Half a sentence”" in context.told[-1]
    assert not tab.general.points.adding.typed()
    tab.commit()
    assert points.of(other) == []


def test_a_point_is_turned_and_turned_back(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    workspace = tab.context.workspace
    minutes.add(workspace, now(lunch), "note", "Send the list", agenda.items(lunch)[0])
    (row,) = tab.agenda.blocks()[0].points.rows()
    before = FollowUp.select().count()

    row.kind.setFocus()
    qtbot.keyClick(row.kind, Key.Key_D, CONTROL)
    assert (row.point.kind, row._was.text()) == ("decision", "was a note")
    qtbot.keyClick(row.kind, Key.Key_T, CONTROL)
    strip = row.strip()
    assert strip is not None
    qtbot.keyClick(strip.promise.editors["due_on"].input, Key.Key_Escape)
    assert row.strip() is None
    assert row.kind.hasFocus()
    assert row.point.kind == "decision"
    qtbot.keyClick(row.kind, Key.Key_T, CONTROL)
    qtbot.keyClick(strip.promise.editors["owed_to"].input, Key.Key_Return)
    assert row.point.kind == "follow_up"
    assert FollowUp.select().count() == before + 1
    assert row.kind.hasFocus()
    assert row.strip() is None
    assert row._was.text() == "was a decision"
    qtbot.keyClick(row.kind, Key.Key_T, CONTROL)
    assert (row.point.kind, row.point.text, row._was.text()) == ("note", "Send the list", "was a follow-up")
    assert FollowUp.select().count() == before
    for _time in range(3):
        undo.undo(workspace)
    assert (row.point.kind, row.point.was) == ("note", "")


def test_words_are_changed_in_place_and_emptied_away(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    workspace = tab.context.workspace
    minutes.add(workspace, now(lunch), "note", "Frist", agenda.items(lunch)[0])
    (row,) = tab.agenda.blocks()[0].points.rows()
    row.text.edit()
    row.text.input.selectAll()
    type_in(row.text.input, "First")
    qtbot.keyClick(row.text.input, Key.Key_D, CONTROL)
    point = Point.get()
    assert (point.kind, point.text) == ("decision", "First"), "turned with what was typed"
    row.text.input.selectAll()
    qtbot.keyClick(row.text.input, Key.Key_Delete)
    tab.agenda.line.setFocus()
    qtbot.waitUntil(lambda: Point.select().count() == 0)
    undo.undo(workspace)
    assert Point.get().text == "First"


def leave(qtbot: QtBot, tab: MinutesTab) -> None:
    """Go on to the line that adds an item, and let what was left be saved."""
    tab.agenda.line.setFocus()
    qtbot.waitUntil(tab.agenda.line.hasFocus)
    qtbot.wait(10)


def typed_into(tab: MinutesTab, part: str) -> Any:
    """The editor of the first point, of the minutes as a whole, or of the first topic."""
    block = tab.agenda.blocks()[0]
    return {"point": lambda: block.points.rows()[0].text, "topic": lambda: block.topic}.get(
        part, lambda: tab.general.text
    )()


def kept_of(lunch: Any, part: str) -> str:
    kept = {"point": lambda: points.of(lunch)[0].text, "topic": lambda: agenda.items(lunch)[0].topic}
    return str(kept.get(part, lambda: now(lunch).minutes)())


def write_in(made: Any, text: str) -> None:
    """Go there and type."""
    if hasattr(made, "edit"):
        made.edit()
    else:
        made.input.setFocus()
    made.input.setPlainText(text)


@pytest.mark.parametrize("part", ["point", "whole", "topic"])
def test_what_was_changed_and_is_changed_back_is_saved_both_times(
    tab: MinutesTab, lunch: Any, qtbot: QtBot, part: str
) -> None:
    minutes.add(tab.context.workspace, now(lunch), "note", "Frist", agenda.items(lunch)[0])
    before = kept_of(lunch, part)
    for text in ("Another", before):
        write_in(typed_into(tab, part), text)
        leave(qtbot, tab)
        assert kept_of(lunch, part) == text
        assert not typed_into(tab, part).is_typed()
    undo.undo(tab.context.workspace)
    assert typed_into(tab, part).value() == "Another"


@pytest.mark.parametrize("part", ["point", "whole"])
def test_on_a_full_disk_what_is_typed_in_minutes_stays_and_is_saved_once_there_is_room(
    tab: MinutesTab, lunch: Any, qtbot: QtBot, part: str
) -> None:
    workspace = tab.context.workspace
    minutes.add(workspace, now(lunch), "note", "Frist", agenda.items(lunch)[0])
    database, text = workspace.engine.db, "A long text. " * 6000

    def room(pages: int) -> None:
        with database.writing():
            database.execute_sql(f"PRAGMA max_page_count = {pages}")

    before = kept_of(lunch, part)
    room(1)
    write_in(typed_into(tab, part), text)
    leave(qtbot, tab)
    assert kept_of(lunch, part) == before, "the control: it was refused"
    assert "no room left on the disk" in "".join(tab.context.told)
    assert typed_into(tab, part).value().strip() == text.strip()
    told = len(tab.context.told)
    room(1 << 30)
    write_in(typed_into(tab, part), text)
    leave(qtbot, tab)
    assert kept_of(lunch, part).strip() == text.strip()
    assert len(tab.context.told) == told


def test_a_topic_that_could_not_be_saved_is_saved_at_the_second_try(
    tab: MinutesTab, lunch: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> bool:
        raise StoreError("No room.")

    with monkeypatch.context() as broken:
        broken.setattr(agenda, "rename", full)
        write_in(typed_into(tab, "topic"), "Another")
        leave(qtbot, tab)
    assert tab.context.told == ["No room."]
    leave(qtbot, tab)
    write_in(typed_into(tab, "topic"), "Another")
    leave(qtbot, tab)
    assert kept_of(lunch, "topic") == "Another"


def test_points_are_moved_within_an_item_and_beyond(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    workspace = tab.context.workspace
    for text in ("a", "b"):
        minutes.add(workspace, now(lunch), "note", text, agenda.items(lunch)[0])
    first = tab.agenda.blocks()[0].points

    def told() -> list[tuple[str, list[str]]]:
        return [(b.item.topic, [row.point.text for row in b.points.rows()]) for b in tab.agenda.blocks()]

    row = first.rows()[0]
    row.kind.setFocus()
    qtbot.keyClick(row.kind, Key.Key_Down, ALT)
    assert told()[0] == ("Cable", ["b", "a"])
    assert row.kind.hasFocus()
    qtbot.keyClick(row.kind, Key.Key_Down, ALT)
    assert told()[:2] == [("Cable", ["b"]), ("Port", ["a"])]
    moved = tab.agenda.blocks()[1].points.rows()[0]
    assert moved.kind.hasFocus()
    qtbot.keyClick(moved.kind, Key.Key_Up, ALT)
    assert told()[0] == ("Cable", ["b", "a"])
    undo.undo(workspace)
    assert told()[1] == ("Port", ["a"])
    qtbot.keyClick(tab.agenda.blocks()[1].points.rows()[0].kind, Key.Key_Delete)
    assert told()[1] == ("Port", [])
    assert Meeting.get_or_none(Meeting.id == lunch.id) is not None


def test_points_leave_the_agenda_and_come_back(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    minutes.add(tab.context.workspace, now(lunch), "note", "a", agenda.items(lunch)[2])
    (row,) = tab.agenda.blocks()[2].points.rows()
    qtbot.keyClick(row.kind, Key.Key_Down, ALT)
    (row,) = tab.general.points.rows()
    assert row.kind.hasFocus()
    assert Point.get().item_id is None
    qtbot.keyClick(row.kind, Key.Key_Up, ALT)
    assert Point.get().item_id == agenda.items(lunch)[2].id
    assert tab.general.points.rows() == []


def test_the_line_in_which_one_types_stays_in_view(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    adding = tab.general.points.adding
    for number in range(30):
        add(qtbot, adding, f"Point {number}")
        qtbot.wait(1)
    qtbot.waitUntil(lambda: not adding.line.visibleRegion().isEmpty())
    assert adding.line.hasFocus()


# ---- the agenda


def test_items_are_moved_by_keys(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    block = tab.agenda.blocks()[0]
    block.topic.setFocus()
    qtbot.keyClick(block.topic.input, Key.Key_Down, ALT)
    assert topics(lunch) == ["Port", "Cable", "Any other business"]
    assert tab.agenda.blocks()[1] is block
    assert block.topic.has_focus()
    qtbot.keyClick(block.topic.input, Key.Key_Up, ALT)
    qtbot.keyClick(block.topic.input, Key.Key_Up, ALT)
    assert topics(lunch) == ["Cable", "Port", "Any other business"]
    undo.undo(tab.context.workspace)
    assert topics(lunch) == ["Port", "Cable", "Any other business"]


def drag(grip: QWidget, to: QPoint) -> None:
    """Press on a grip, move in two steps, let go; `to` is on the screen."""
    middle = grip.rect().center()
    steps = (
        (QEvent.Type.MouseButtonPress, middle, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, grip.mapFromGlobal(to) / 2, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, grip.mapFromGlobal(to), Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, grip.mapFromGlobal(to), Qt.MouseButton.NoButton),
    )
    for kind, at, held in steps:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, at.toPointF(), grip.mapToGlobal(at).toPointF(), button, held, Qt.KeyboardModifier(0)
        )
        QApplication.sendEvent(grip, event)


def test_items_are_dragged(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    first, _second, last = tab.agenda.blocks()
    qtbot.waitUntil(lambda: last.y() > first.y())
    drag(first.grip, last.mapToGlobal(QPoint(5, last.height() - 2)))
    assert topics(lunch) == ["Port", "Any other business", "Cable"]
    assert not tab.agenda._mark.isVisible()
    qtbot.waitUntil(lambda: first.y() > last.y())
    drag(first.grip, tab.agenda.blocks()[0].mapToGlobal(QPoint(5, 2)))
    assert topics(lunch) == ["Cable", "Port", "Any other business"]
    undo.undo(tab.context.workspace)
    assert topics(lunch) == ["Port", "Any other business", "Cable"]


def test_an_item_is_renamed_judged_and_taken_off(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    block = tab.agenda.blocks()[0]
    block.topic.setFocus()
    block.topic.input.selectAll()
    type_in(block.topic.input, "海底ケーブル")
    qtbot.keyClick(block.topic.input, Key.Key_Return)
    assert topics(lunch)[0] == "海底ケーブル"
    block.actions_of["moved"].trigger()
    assert (block.item.state, block.state.text()) == ("moved", "To the next meeting")
    assert now(lunch).state == "draft"
    block.state.setFocus()
    qtbot.keyClick(block.state, Key.Key_Delete)
    assert topics(lunch) == ["Port", "Any other business"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert tab.agenda.blocks()[0].isAncestorOf(focus), "the focus goes on, it is not lost"
    for _time in range(3):
        undo.undo(tab.context.workspace)
    assert (topics(lunch)[0], tab.agenda.blocks()[0].item.state) == ("Cable", "open")


def test_an_item_is_a_topic_or_a_record(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    line = tab.agenda.line
    line.setFocus()
    for text in ("Visit in June", "WC-2024-1A"):
        type_in(line, text)
        qtbot.wait(100)
        qtbot.keyClick(line, Key.Key_Return)
        assert line.text() == ""
    *_others, topic, record = agenda.items(lunch)
    assert (topic.topic, topic.subject_id) == ("Visit in June", None)
    assert record.subject_id == links.find("WC-2024-1A").id
    assert record.topic == "Finance trusted submarine cables together"


# ---- what is typed, and the focus


def test_what_is_typed_and_the_focus_survive_changes_elsewhere(
    tab: MinutesTab, lunch: Any, qtbot: QtBot
) -> None:
    workspace = tab.context.workspace
    adding = tab.agenda.blocks()[1].points.adding
    adding.line.setFocus()
    type_in(adding.line, "Half a sen")
    place = adding.line.textCursor().position()
    agenda.move(workspace, agenda.items(lunch)[2], 0)
    records.change(workspace, now(lunch), {"place": "Club", "minutes": "Another's words"})
    assert adding.line.hasFocus()
    assert adding.line.toPlainText() == "Half a sen"
    assert adding.line.textCursor().position() == place
    assert tab.general.text.value() == "Another's words"

    tab.general.text.edit()
    type_in(tab.general.text.input, "Mine: ")
    records.change(workspace, now(lunch), {"minutes": "Changed again"})
    assert tab.general.text.value() == "Mine: Another's words", "what is typed stays"


def test_what_is_typed_is_kept_when_one_goes_elsewhere(
    tab: MinutesTab, lunch: Any, pane: RecordPane, qtbot: QtBot
) -> None:
    type_in(tab.agenda.blocks()[0].points.adding.line, "A last remark")
    tab.general.text.edit()
    type_in(tab.general.text.input, "Good talk. ")
    pane.show_record(links.find("FU-2026-001"))
    assert Point.get().text == "A last remark"
    assert now(lunch).minutes.startswith("Good talk. MINREL asked")


def test_what_cannot_be_a_follow_up_yet_is_kept_as_a_note(
    tab: MinutesTab, lunch: Any, pane: RecordPane, qtbot: QtBot
) -> None:
    adding = tab.general.points.adding
    adding.line.setFocus()
    qtbot.keyClick(adding.line, Key.Key_T, CONTROL)
    type_in(adding.line, "Ask for dates")
    adding.promise().editors["due_on"].input.setText("soon")
    other = records.add(tab.context.workspace, Meeting, {"title": "Another", "on": "2026-11-30"})
    pane.show_record(other)
    point = Point.get()
    assert (point.kind, point.text, point.meeting_id) == ("note", "Ask for dates", lunch.id)
    assert not adding.typed()


def test_tab_goes_through_all_of_it_and_on(
    tab: MinutesTab, lunch: Any, pane: RecordPane, qtbot: QtBot
) -> None:
    minutes.add(tab.context.workspace, now(lunch), "note", "One", agenda.items(lunch)[0])
    view = pane.view()
    assert view is not None
    view.tabs.tabBar().setFocus()
    wanted = {stop for stop in tab.stops() if stop.isVisible()}
    seen: list[QWidget] = []
    for _time in range(len(wanted) + 12):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        qtbot.wait(1)
        seen.append(QApplication.focusWidget())
        if QApplication.focusWidget() is view.link:
            break
    assert seen[-1] is view.link
    named = [each for each in seen if tab.isAncestorOf(each)]
    # A formatted text hands the focus on to the field in which one writes it.
    assert {each for each in wanted if type(each).__name__ != "MarkdownView"} <= set(named)
    nameless = [each for each in named if not each.accessibleName() and not isinstance(each, QPushButton)]
    assert nameless == [], "a button is called by its words"
    order = [each.mapTo(tab.page, QPoint(0, 0)).y() for each in named]
    assert all(after > before - 12 for before, after in pairwise(order)), "downwards, line by line"


# ---- state, lock, versions


def test_planned_held_draft_final_and_reopened(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    workspace = tab.context.workspace
    assert tab.state.steps.step() == "draft"
    assert tab.state.next.text() == "Make final"
    records.change(workspace, now(lunch), {"state": "planned"})
    assert tab.state.next.text() == "Mark as held"
    tab.state.next.click()
    assert now(lunch).state == "held"
    type_in(tab.agenda.blocks()[0].points.adding.line, "Typed but not entered")
    tab.state.next.setFocus()
    tab.state.next.click()
    assert now(lunch).state == "final"
    assert [each.text for each in points.of(lunch)] == ["Typed but not entered"]
    assert tab.state.banner.words.text() == "Final, version 1, made by Sato Kenji on 21 Nov 2026."
    assert tab.state.banner.reopen.hasFocus()

    tab.state.banner.reopen.click()
    qtbot.keyClick(tab.state.strip.reason, Key.Key_Return)
    assert tab.state.strip.problem.text() == "Say why the minutes are reopened."
    tab.state.strip.reason.setText("誤記の訂正")
    qtbot.keyClick(tab.state.strip.reason, Key.Key_Return)
    assert now(lunch).state == "draft"
    assert tab.state.next.isVisible()
    assert tab.state.next.hasFocus()
    (row,) = tab.versions.rows()
    assert "誤記の訂正" in row._reopened.text()
    undo.undo(workspace)
    assert now(lunch).state == "final"
    assert tab.state.banner.isVisible()


def test_final_minutes_can_only_be_read(tab: MinutesTab, lunch: Any, pane: RecordPane, qtbot: QtBot) -> None:
    workspace = tab.context.workspace
    minutes.add(workspace, now(lunch), "note", "Kept", agenda.items(lunch)[0])
    versions.make_final(workspace, now(lunch))
    block = tab.agenda.blocks()[0]
    (row,) = block.points.rows()
    assert not tab.agenda.line.isVisible()
    assert not block.points.adding.isVisible()
    assert block.topic.input.isReadOnly()
    assert not row.kind.isEnabled()
    row.text.edit()
    assert not row.text.is_editing()
    block.topic.setFocus()
    qtbot.keyClick(block.topic.input, Key.Key_Down, ALT)
    assert topics(lunch)[0] == "Cable"
    assert not tab.carried.isVisible()
    view = pane.view()
    assert view is not None
    assert view.form.rows["place"].editor.input.isReadOnly()
    assert not view.form.rows["kind"].editor.isEnabled()
    versions.reopen(workspace, now(lunch), "A mistake")
    assert tab.agenda.line.isVisible()
    assert row.kind.isEnabled()
    assert not block.topic.input.isReadOnly()
    assert view.form.rows["kind"].editor.isEnabled()


def test_versions_are_read_and_compared(tab: MinutesTab, lunch: Any, qtbot: QtBot) -> None:
    workspace = tab.context.workspace
    point = minutes.add(workspace, now(lunch), "note", "The talks go on in January", agenda.items(lunch)[0])
    versions.make_final(workspace, now(lunch))
    versions.reopen(workspace, now(lunch), "The month")
    minutes.reword(workspace, Point.get_by_id(point.id), "The talks go on in February")
    versions.make_final(workspace, now(lunch))
    first, second = versions.versions(lunch)
    dialog = VersionDialog(tab.context, second, tab.window())
    qtbot.addWidget(dialog)
    assert dialog.tabs.count() == 2
    whole, changes = dialog.text.toPlainText(), dialog.changes.toPlainText()
    for words in ("Working lunch on cables", "1. Cable", "The talks go on in February", "John Doe, DFC"):
        assert words in whole
    assert "The talks go on in January" in changes
    assert "The talks go on in February" in changes
    marked = dialog.changes.toHtml()
    assert "line-through" in marked
    assert "underline" in marked
    assert VersionDialog(tab.context, first, tab.window()).tabs.count() == 1


@pytest.mark.parametrize(
    ("was", "now_", "pieces"),
    [
        ("in May", "in June", [("kept", "in "), ("gone", "May"), ("new", "June")]),
        ("来月の会合", "来週の会合", [("kept", "来"), ("gone", "月"), ("new", "週"), ("kept", "の会合")]),
        ("", "new", [("new", "new")]),
        ("x" * 30_000, "y", [("gone", "x" * 30_000), ("new", "y")]),
    ],
)
def test_texts_are_told_apart(was: str, now_: str, pieces: list[tuple[str, str]]) -> None:
    assert differences.told_apart(was, now_) == pieces


def test_what_somebody_typed_is_no_markup(context: Context) -> None:
    found = [minutes_content.Difference("Point", "<b>x</b>", "Text", "<i>a", "<i>b&")]
    assert "<i>" not in differences.table(found, current())


# ---- carry-over


def test_what_is_still_open_is_taken_up(context: Context, pane: RecordPane, lunch: Any, qtbot: QtBot) -> None:
    workspace = context.workspace
    agenda.set_state(workspace, agenda.items(lunch)[1], "moved")
    minrel = Organisation.find("MINREL").id
    values = {"title": "Next lunch", "on": "2026-12-10", "counterparts": {minrel}}
    following = records.add(workspace, Meeting, values)
    tab = shown(pane, following)

    def told() -> list[str]:
        return [row._told.name for row in tab.carried.rows()]

    # What was left: "Any other business" stayed open, "Port" was moved on. What others owe stands last.
    assert told() == [
        "Send the list of suppliers",
        "Cable",
        "Port",
        "Any other business",
        "Come back on terms",
    ]
    assert not tab.carried._apart.isHidden()
    assert "3 days overdue" in tab.carried.rows()[0]._told.detail
    assert tab.carried._title.text() == "Still open with MINREL (5)"
    first = tab.carried.rows()[0]
    first.act.setFocus()
    qtbot.keyClick(first.act, Key.Key_Space)
    assert topics(following) == ["Send the list of suppliers"]
    assert tab.carried.rows()[0].act.hasFocus(), "the focus goes on to the next"
    tab.carried.rows()[-1].actions_of["discussed"].trigger()
    tab.carried.rows()[1].actions_of["dropped"].trigger()
    tab.carried.rows()[0].actions_of["moved"].trigger()
    items = [(item.topic, item.state) for item in agenda.items(following)]
    assert items == [
        ("Send the list of suppliers", "open"),
        ("Come back on terms", "discussed"),
        ("Port", "dropped"),
        ("Cable", "moved"),
    ]
    assert told() == ["Any other business"]
    led: list[Any] = []
    context.record_requested.connect(led.append)
    tab.carried.rows()[0]._button.click()
    assert led == [lunch], "a topic leads to the meeting that left it"
    for _time in range(4):
        undo.undo(workspace)
    assert len(told()) == 5
    assert topics(following) == []


def test_points_are_made_of_old_texts(context: Context, pane: RecordPane, lunch: Any, qtbot: QtBot) -> None:
    workspace = context.workspace
    records.change(
        workspace, now(lunch), {"agenda": "1. Fish\n2. 漁業\n", "decisions": "- One letter\n\n- Two calls"}
    )
    tab = shown(pane, lunch)
    assert tab.general.old["agenda"].isVisible()
    tab.general.old["agenda"].act.click()
    tab.general.old["decisions"].act.click()
    assert topics(lunch)[3:] == ["Fish", "漁業"]
    assert [(p.kind, p.text) for p in points.of(lunch)] == [
        ("decision", "One letter"),
        ("decision", "Two calls"),
    ]
    assert (now(lunch).agenda, now(lunch).decisions) == ("", "")
    assert not tab.general.old["agenda"].isVisible()
    undo.undo(workspace)
    assert now(lunch).decisions.startswith("- One letter")
    assert points.of(lunch) == []
    assert tab.general.old["decisions"].isVisible()


def test_follow_ups_without_a_point_are_shown(tab: MinutesTab) -> None:
    assert [each.summary.name for each in tab.general.follow_ups()] == [
        "Send the list of suppliers",
        "Come back on terms",
    ]


# ---- dialogs


@pytest.fixture
def logging(context: Context, qtbot: QtBot) -> Callable[[], MeetingDialog]:
    def make() -> MeetingDialog:
        dialog = MeetingDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def test_a_meeting_is_logged_with_what_was_open(
    logging: Callable[[], MeetingDialog], lunch: Any, context: Context, qtbot: QtBot
) -> None:
    dialog = logging()
    assert not dialog.still_open.isVisible()
    dialog.main.at("title").set_value("Second lunch")
    dialog.main.give("counterparts", frozenset({Organisation.find("MINREL").id}))
    dialog._show_open()
    assert [left.uid for left in dialog.still_open._left][-1] == agenda.items(lunch)[2].uid
    for place, state in ((0, "discussed"), (2, "dropped")):
        dialog.still_open.choices[place].set_value(state)
        dialog.still_open.choices[place].edited.emit()
    dialog.words.at("decisions").set_value("One\nTwo")
    before = undo.undoable(context.workspace)
    dialog.accept()
    made = Meeting.get(Meeting.title == "Second lunch")
    assert [(i.topic, i.state) for i in agenda.items(made)] == [
        ("Send the list of suppliers", "discussed"),
        ("Cable", "dropped"),
    ]
    assert [p.text for p in points.of(made)] == ["One", "Two"]
    undo.undo(context.workspace)
    assert undo.undoable(context.workspace) == before, "all of it was one operation"
    assert AgendaItem.select().count() == 3


def test_a_draft_that_comes_back_shows_what_is_open_now(
    logging: Callable[[], MeetingDialog], lunch: Any, context: Context
) -> None:
    dialog = logging()
    dialog.main.give("counterparts", frozenset({Organisation.find("MINREL").id}))
    dialog._show_open()
    for place in range(2):
        dialog.still_open.choices[place].set_value("discussed")
        dialog.still_open.choices[place].edited.emit()
    (closed, _said), (kept, _as) = dialog.still_open.chosen()
    dialog.hide()
    records.delete(context.workspace, [closed])
    dialog.come_back()
    assert closed.uid not in [left.uid for left in dialog.still_open._left]
    assert [(left.uid, state) for left, state in dialog.still_open.chosen()] == [(kept.uid, "discussed")]


def test_a_series_fills_in_what_nobody_typed(
    logging: Callable[[], MeetingDialog], context: Context, workspace: Workspace
) -> None:
    talks = Series.get()
    records.change(workspace, talks, {"place": "Residence", "starts": "10:00"})
    dialog = logging()
    dialog.main.at("place").set_value("Club")
    dialog.main.at("series").set_value(talks.id)
    dialog.main.at("series").committed.emit()
    values = dialog.main.values()
    assert (values["title"], values["place"], values["starts"]) == ("Talks on cables", "Club", "10:00")
    assert values["counterparts"] == {Organisation.find("MINREL").id}
    dialog.accept()
    assert [m.title for m in series_service.meetings(talks)] == ["Talks on cables"]


def test_a_meeting_ahead_has_an_agenda(logging: Callable[[], MeetingDialog]) -> None:
    dialog = logging()
    assert dialog.words.at("decisions").isVisible()
    assert not dialog.words.at("agenda").isVisible()
    dialog.main.at("on").set_value("2026-12-01")
    dialog.main.at("on").committed.emit()
    assert dialog.words.at("agenda").isVisible()
    assert not dialog.words.at("decisions").isVisible()
    dialog.main.at("title").set_value("Ahead")
    dialog.words.at("agenda").set_value("1. One\n2. Two")
    dialog.accept()
    assert topics(Meeting.get(Meeting.title == "Ahead")) == ["One", "Two"]


def test_the_next_meeting_of_a_series_is_planned(
    context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    talks = Series.get()
    values = {"title": "Talks", "on": "2026-09-25", "series": talks.id, "state": "held"}
    records.add(workspace, Meeting, values)
    dialog = PlanDialog(context)
    qtbot.addWidget(dialog)
    dialog.take(talks)
    assert dialog.main.at("on").value() == "2026-12-28", (
        "the 25th is a holiday in Chile, then comes a weekend"
    )
    told = dialog.told.text()
    assert told.splitlines()[0] == "Mon 28 Dec 2026"
    assert "Fri 25 Dec 2026 is skipped" in told
    assert "(Chile)" in told
    assert "Sat 26 Dec 2026 is skipped" in told
    dialog.main.at("on").set_value("2027-01-01")
    dialog._show_day()
    assert "Fri 1 Jan 2027 is no working day" in dialog.told.text()
    dialog.main.at("on").set_value("2026-12-29")
    dialog.show()
    dialog.main.at("on").setFocus()
    qtbot.keyClick(dialog.main.at("on").input, Key.Key_Return)
    planned = series_service.meetings(talks)[-1]
    assert (planned.on, planned.state, planned.title) == ("2026-12-29", "planned", "Talks on cables")


def test_typed_names_are_put_into_the_directory(context: Context, workspace: Workspace, qtbot: QtBot) -> None:
    minrel = Organisation.find("MINREL").id
    made = meetings.log_meeting(
        workspace,
        {"title": "Talk", "on": "2026-11-20"},
        [Attendee(name="Ana Rojas", organisation=minrel), Attendee(name="Li Wei"), Attendee(name="Nobody")],
    )
    dialog = EnrolDialog(context)
    qtbot.addWidget(dialog)
    dialog.take(made)
    rojas = Person.get(Person.name == "Rojas Ana")
    assert next(answer for _button, answer in dialog.questions[0].choices) == rojas
    assert dialog.questions[0].answer() == (rojas,)
    assert dialog.questions[1].answer() == (None,)
    dialog.questions[2].choices[-1][0].setChecked(True)
    dialog.accept()
    told = [row.person.name if row.person_id else row.name for row in meetings.attendance(made)]
    assert told == ["Rojas Ana", "Li Wei", "Nobody"]
    assert [row.name for row in meetings.typed_only(made)] == ["Nobody"]
    undo.undo(workspace)
    assert len(meetings.typed_only(made)) == 3
    assert Attendance.select().where(Attendance.name == "Li Wei").count() == 1


def test_attendees_are_put_into_the_directory_from_the_record(
    context: Context, pane: RecordPane, lunch: Any, qtbot: QtBot
) -> None:
    pane.show_record(now(lunch))
    view = pane.view()
    assert view is not None
    view.show_tab(LINKS)
    attendees = view.page(LINKS).attendees
    assert attendees.enrol.text() == "Add 1 to the directory…"
    attendees.enrol.click()
    (dialog,) = pane.findChildren(EnrolDialog)
    dialog.accept()
    assert Person.get(Person.name == "John Doe").organisation.acronym == "DFC"
    assert not attendees.enrol.isVisible()
    versions.make_final(context.workspace, now(lunch))
    assert not attendees.line.isVisible()


def test_the_series_have_a_tab_of_their_own(context: Context, qtbot: QtBot) -> None:
    pages = MeetingPages(context)
    qtbot.addWidget(pages)
    pages.resize(900, 600)
    pages.show()
    assert pages.entity is Meeting
    pages.select_record(Series.get())
    qtbot.waitUntil(lambda: pages.selected_count() == 1)
    assert pages.entity is Series
    assert pages.page.plan_button.isEnabled()
    pages.page.plan_button.click()
    (dialog,) = pages.findChildren(PlanDialog)
    dialog.accept()
    assert len(series_service.meetings(Series.get())) == 1


def test_the_days_on_which_the_post_is_closed_are_told(context: Context, qtbot: QtBot) -> None:
    dialog = FactsDialog(context)
    qtbot.addWidget(dialog)
    closed = dialog.more.at("closed_days")
    closed.set_value("2026-12-24\nsome day")
    dialog.show()
    dialog.accept()
    assert "some day" in closed.problem()
    closed.set_value("24 Dec 2026, 2026-12-31")
    dialog.accept()
    assert context.workspace.facts.closed_days == ("2026-12-24", "2026-12-31")
