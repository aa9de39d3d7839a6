"""The record pane: what is typed is saved, undoable, never lost; everything around a record is a click away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.model import (
    ENTITIES,
    Attendance,
    Extension,
    FollowUp,
    Initiative,
    Link,
    Meeting,
    Operation,
    Organisation,
    Recommendation,
    Update,
    field,
)
from desktop.service import extensions, history, links, meetings, progress, records, undo
from desktop.service.workspace import Workspace
from desktop.store.errors import StoreError
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.context import Context
from desktop.ui.dialogs.close import CloseDialog
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.editorwidget import EditorWidget
from desktop.ui.record.linkpicker import relations
from desktop.ui.record.pane import RecordPane
from desktop.ui.record.view import DETAILS, HISTORY, LINKS, UPDATES
from desktop.ui.record.window import RecordWindow

Opened = Callable[[str], RecordPane]


@pytest.fixture
def pane(context: Context, qtbot: QtBot) -> RecordPane:
    made = RecordPane(context)
    qtbot.addWidget(made)
    made.resize(380, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def opened(pane: RecordPane) -> Opened:
    """Shows the record of a reference."""

    def show(ref: str) -> RecordPane:
        pane.show_record(links.find(ref))
        return pane

    return show


def editor_of(pane: RecordPane, name: str) -> Any:
    view = pane.view()
    assert view is not None
    return view.form.rows[name].editor


def place_of(editor: EditorWidget) -> QWidget:
    return editor.input.focusProxy() or editor.input


def type_in(qtbot: QtBot, editor: EditorWidget, text: str) -> None:
    """Replace what stands in an editor by typing, without leaving it."""
    place = place_of(editor)
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(place, done)


def leave(qtbot: QtBot, editor: EditorWidget) -> None:
    """Go on by Tab until the focus is outside."""
    focus = QApplication.focusWidget()
    while focus is not None and editor.isAncestorOf(focus):
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    qtbot.wait(10)


def fill(qtbot: QtBot, editor: EditorWidget, text: str) -> None:
    type_in(qtbot, editor, text)
    leave(qtbot, editor)


def choose(qtbot: QtBot, editor: Any, key: str) -> None:
    """Choose from a combo box and leave it."""
    editor.window().activateWindow()  # a list of offers that has just closed may have taken the keyboard

    def is_there() -> bool:
        editor.setFocus()
        return bool(editor.has_focus())

    qtbot.waitUntil(is_there)
    editor.input.setCurrentIndex(editor.input.findData(key))
    leave(qtbot, editor)


def steps() -> int:
    return int(Operation.select().count())


# ---- saving


def test_a_field_is_saved_when_it_is_left_as_one_undo_step(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    pane, before = opened("FU-2026-001"), steps()
    fill(qtbot, editor_of(pane, "detail"), "Ask the port authority too.")
    assert links.find("FU-2026-001").detail == "Ask the port authority too."
    assert steps() == before + 1
    assert undo.undo(workspace) == "Change FU-2026-001: Detail"
    assert links.find("FU-2026-001").detail == ""
    assert editor_of(pane, "detail").text() == ""


def test_the_title_stands_over_the_form_and_enter_saves_it(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    title = editor_of(pane, "title")
    type_in(qtbot, title, "Send the list, twice")
    qtbot.keyClick(title.input, Qt.Key.Key_Return)
    assert links.find("FU-2026-001").title == "Send the list, twice"


def test_only_what_differs_is_written(opened: Opened, qtbot: QtBot) -> None:
    pane, before = opened("FU-2026-001"), steps()
    view = pane.view()
    assert view is not None
    for row in view.form.rows.values():
        if row.editable:
            row.editor.setFocus()
            leave(qtbot, row.editor)
    assert steps() == before


def test_a_set_is_saved_chip_by_chip(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    countries = editor_of(pane, "countries")
    type_in(qtbot, countries, "Peru")
    qtbot.keyClick(place_of(countries), Qt.Key.Key_Return)
    kind = field(FollowUp, "countries")
    assert kind.read(links.find("FU-2026-001").id) == {"CL", "PE"}
    qtbot.keyClick(place_of(countries), Qt.Key.Key_Backspace)
    assert kind.read(links.find("FU-2026-001").id) == {"CL"}


def test_a_reference_typed_in_part_is_saved_and_what_follows_from_it_shown(
    opened: Opened, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    assert editor_of(pane, "direction").input.text() == "Owed by us"
    fill(qtbot, editor_of(pane, "owed_by"), "development finance")
    assert links.find("FU-2026-001").owed_by.acronym == "DFC"
    assert editor_of(pane, "direction").input.text() == "Owed by the partner"


def test_an_invalid_date_stays_typed_and_is_told_under_its_field(opened: Opened, qtbot: QtBot) -> None:
    pane, before = opened("FU-2026-001"), steps()
    due = editor_of(pane, "due_on")
    fill(qtbot, due, "31/02/2026")
    assert due.input.text() == "31/02/2026"
    assert "31/02/2026" in due.problem()
    assert steps() == before


def test_what_contradicts_itself_is_saved_once_it_agrees(opened: Opened, qtbot: QtBot) -> None:
    pane, before = opened("FU-2026-001"), steps()
    rag, reason = editor_of(pane, "rag_set"), editor_of(pane, "rag_reason")
    choose(qtbot, rag, "green")
    assert reason.problem() == "Say why the RAG is set by hand."
    assert "Reason" in _notes(rag)
    fill(qtbot, editor_of(pane, "detail"), "Other fields can be saved meanwhile.")
    assert links.find("FU-2026-001").detail
    assert links.find("FU-2026-001").rag_set == ""
    fill(qtbot, reason, "The list is on its way.")
    saved = links.find("FU-2026-001")
    assert (saved.rag_set, saved.rag_reason) == ("green", "The list is on its way.")
    assert (reason.problem(), _notes(rag)) == ("", "")
    assert steps() == before + 2


def _notes(editor: EditorWidget) -> str:
    return " ".join(note.text() for note in editor._notes.values() if not note.isHidden())


def test_what_is_typed_is_saved_when_another_record_is_shown(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    type_in(qtbot, editor_of(pane, "detail"), "Unfinished")
    opened("FU-2026-002")
    assert links.find("FU-2026-001").detail == "Unfinished"
    assert links.find("FU-2026-002").detail == ""
    assert editor_of(pane, "detail").text() == ""


def test_what_is_typed_is_saved_when_the_pane_is_closed(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    type_in(qtbot, editor_of(pane, "detail"), "Unfinished")
    pane.hide()
    assert links.find("FU-2026-001").detail == "Unfinished"


# ---- what the services make of a change


def test_a_status_set_in_the_form_is_an_update_of_the_log(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    choose(qtbot, editor_of(pane, "status"), "in_progress")
    record = links.find("FU-2026-001")
    update = Update.get(Update.subject == record.id)
    assert (update.status_from, update.status_to) == ("open", "in_progress")
    pane.view().show_tab(UPDATES)
    (card,) = pane.view().page(UPDATES).cards()
    assert card.entry.status == ("Open", "In progress")
    assert card.entry.author == "Sato Kenji"


def test_stepping_through_a_status_with_the_arrow_keys_logs_one_update(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    status = editor_of(pane, "status")
    status.setFocus()
    for _step in range(2):
        qtbot.keyClick(status.input, Qt.Key.Key_Down)
    leave(qtbot, status)
    assert Update.select().count() == 1


def test_a_due_date_that_moves_asks_why_and_is_an_extension(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    due = editor_of(pane, "due_on")
    fill(qtbot, due, "28 Nov 2026")
    assert links.find("FU-2026-001").due_on == "2026-11-18"
    strip = pane.view().form.saving.strip_of("due_on")
    assert strip.isVisible()
    qtbot.waitUntil(strip.reason.hasFocus)
    qtbot.keyClicks(strip.reason, "Customs asked for more")
    qtbot.keyClick(strip.reason, Qt.Key.Key_Tab)
    qtbot.keyClicks(strip.agreed_by, "MINREL")
    qtbot.keyClick(strip.agreed_by, Qt.Key.Key_Return)
    record = links.find("FU-2026-001")
    (extension,) = extensions.of(record)
    assert (record.due_on, record.due_first) == ("2026-11-28", "2026-11-18")
    assert (extension.reason, extension.agreed_by) == ("Customs asked for more", "MINREL")
    assert not strip.isVisible()
    pane.view().show_tab(UPDATES)
    (card,) = pane.view().page(UPDATES).cards()
    assert card.entry.status == ("18 Nov 2026", "28 Nov 2026")


def test_a_date_is_not_moved_without_a_reason(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    fill(qtbot, editor_of(pane, "due_on"), "2026-11-28")
    strip = pane.view().form.saving.strip_of("due_on")
    qtbot.waitUntil(strip.reason.hasFocus)
    editor_of(pane, "detail").setFocus()
    qtbot.waitUntil(lambda: strip.problem.text() == "Say why the date is moved.")
    assert strip.isVisible()
    assert links.find("FU-2026-001").due_on == "2026-11-18"
    strip.reason.setFocus()
    qtbot.keyClicks(strip.reason, "Customs")
    editor_of(pane, "detail").setFocus()
    qtbot.waitUntil(lambda: links.find("FU-2026-001").due_on == "2026-11-28")
    assert extensions.of(links.find("FU-2026-001"))[0].reason == "Customs"


def test_esc_keeps_the_old_date(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    due = editor_of(pane, "due_on")
    fill(qtbot, due, "2026-11-28")
    strip = pane.view().form.saving.strip_of("due_on")
    qtbot.waitUntil(strip.reason.hasFocus)
    qtbot.keyClick(strip.reason, Qt.Key.Key_Escape)
    qtbot.wait(10)
    assert due.input.text() == "2026-11-18"
    assert not strip.isVisible()
    assert Extension.select().count() == 0


def test_a_moved_date_is_saved_with_its_reason_when_another_record_is_shown(
    opened: Opened, context: Context, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    fill(qtbot, editor_of(pane, "due_on"), "2026-11-28")
    strip = pane.view().form.saving.strip_of("due_on")
    qtbot.waitUntil(strip.reason.hasFocus)
    opened("FU-2026-002")
    assert links.find("FU-2026-001").due_on == "2026-11-18"
    assert context.told == ["FU-2026-001: “Due” was not saved. Say why the date is moved."]
    assert not strip.isVisible()
    opened("FU-2026-001")
    fill(qtbot, editor_of(pane, "due_on"), "2026-11-28")
    qtbot.waitUntil(strip.reason.hasFocus)
    qtbot.keyClicks(strip.reason, "Customs")
    opened("FU-2026-002")
    assert links.find("FU-2026-001").due_on == "2026-11-28"
    assert links.find("FU-2026-002").due_on == "2026-12-15"


def test_a_first_due_date_asks_nothing(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-003")
    fill(qtbot, editor_of(pane, "due_on"), "2026-12-01")
    assert links.find("FU-2026-003").due_first == "2026-12-01"
    assert Extension.select().count() == 0


# ---- when the record changes elsewhere


def test_typing_is_not_lost_when_the_record_changes_elsewhere(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    detail = editor_of(pane, "detail")
    type_in(qtbot, detail, "Half a sentence")
    records.change(workspace, links.find("FU-2026-001"), {"title": "Changed elsewhere", "priority": "high"})
    assert editor_of(pane, "title").text() == "Changed elsewhere"
    assert detail.text() == "Half a sentence"
    leave(qtbot, detail)
    record = links.find("FU-2026-001")
    assert (record.title, record.priority, record.detail) == ("Changed elsewhere", "high", "Half a sentence")


def test_the_same_field_changed_elsewhere_is_told_and_mine_stays(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    detail = editor_of(pane, "detail")
    type_in(qtbot, detail, "Mine")
    records.change(workspace, links.find("FU-2026-001"), {"detail": "Theirs"})
    assert detail.text() == "Mine"
    assert "Theirs" in _notes(detail)
    qtbot.keyClick(detail.input, Qt.Key.Key_Escape)
    assert detail.text() == "Theirs"
    leave(qtbot, detail)
    assert links.find("FU-2026-001").detail == "Theirs"


def test_a_change_by_another_program_is_no_conflict_for_another_field(
    opened: Opened, context: Context, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    detail = editor_of(pane, "detail")
    type_in(qtbot, detail, "Mine")
    # As the command line does it: this process is told nothing yet.
    workspace = context.workspace
    listeners, workspace._listeners = workspace._listeners, []
    records.change(workspace, links.find("FU-2026-001"), {"priority": "high"})
    workspace._listeners = listeners
    leave(qtbot, detail)
    record = links.find("FU-2026-001")
    assert (record.detail, record.priority) == ("Mine", "high")
    assert context.told == []


def elsewhere(workspace: Workspace, values: dict[str, Any]) -> None:
    """Change the follow-up as another program does: this one is told nothing yet."""
    listeners, workspace._listeners = workspace._listeners, []
    records.change(workspace, links.find("FU-2026-001"), values)
    workspace._listeners = listeners


def test_both_values_are_seen_where_another_program_changed_the_same_field(
    opened: Opened, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    detail = editor_of(opened("FU-2026-001"), "detail")
    type_in(qtbot, detail, "Mine")
    elsewhere(workspace, {"detail": "Theirs"})
    leave(qtbot, detail)
    assert links.find("FU-2026-001").detail == "Theirs"
    assert (detail.text(), "“Theirs”" in _notes(detail)) == ("Mine", True)
    # Left again, it is saved: now somebody has seen both.
    detail.input.setFocus()
    leave(qtbot, detail)
    assert links.find("FU-2026-001").detail == "Mine"
    assert undo.undo(workspace) == "Change FU-2026-001: Detail"
    assert links.find("FU-2026-001").detail == "Theirs"


def test_both_values_are_told_where_the_form_is_left_for_good(
    opened: Opened, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    said: list[str] = []
    context.said.connect(lambda sentence, _actions: said.append(sentence))
    pane = opened("FU-2026-001")
    type_in(qtbot, editor_of(pane, "detail"), "Mine")
    elsewhere(workspace, {"detail": "Theirs"})
    pane.show_record(links.find("FU-2026-002"))
    assert links.find("FU-2026-001").detail == "Mine"
    assert said == [
        "FU-2026-001: “Detail” was changed elsewhere to “Theirs”; yours, “Mine”, was saved over it. Both are in the"
        " history."
    ]


def test_the_same_typed_twice_is_no_conflict(opened: Opened, workspace: Workspace, qtbot: QtBot) -> None:
    detail = editor_of(opened("FU-2026-001"), "detail")
    type_in(qtbot, detail, "The same")
    elsewhere(workspace, {"detail": "The same"})
    leave(qtbot, detail)
    assert _notes(detail) == ""


def test_which_of_two_hours_is_asked_where_the_clocks_show_one_twice(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    values = {"title": "Call", "on": "2027-04-03", "starts": "22:30", "zone": "America/Santiago"}
    made = records.add(workspace, Meeting, values)
    pane = opened(made.ref)
    rows = pane.view().form.rows
    assert not rows["fold"].field.isVisible()
    fill(qtbot, editor_of(pane, "starts"), "23:30")
    assert Meeting.get_by_id(made.id).starts == "22:30"
    assert rows["fold"].field.isVisible()
    assert "comes twice" in rows["fold"].editor.problem()
    assert "see “Of the hour that comes twice”" in editor_of(pane, "starts").note()
    choose(qtbot, rows["fold"].editor, "second")
    kept = Meeting.get_by_id(made.id)
    assert (kept.starts, kept.fold, kept.starts_at) == ("23:30", "second", "2027-04-04T03:30:00.000Z")


def test_a_deleted_record_is_told_and_can_be_brought_back(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-003")
    records.delete(workspace, [links.find("FU-2026-003")])
    assert pane.view() is None
    gone = pane._stack.currentWidget()
    assert "FU-2026-003" in gone.accessibleName()
    qtbot.mouseClick(gone.button, Qt.MouseButton.LeftButton)
    assert links.find("FU-2026-003").title == "Brief the capital on the tender"
    assert pane.view() is not None
    assert editor_of(pane, "title").text() == "Brief the capital on the tender"


def test_undoing_a_deletion_shows_the_record_again(opened: Opened, workspace: Workspace) -> None:
    pane = opened("FU-2026-003")
    records.delete(workspace, [links.find("FU-2026-003")])
    undo.undo(workspace)
    assert pane.view() is not None


def test_typing_into_a_record_that_another_program_deleted(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-003")
    type_in(qtbot, editor_of(pane, "detail"), "Too late")
    listeners, workspace._listeners = workspace._listeners, []
    records.delete(workspace, [links.find("FU-2026-003")])
    workspace._listeners = listeners
    leave(qtbot, editor_of(pane, "detail"))
    assert pane.view() is None


# ---- what is around it


def test_from_a_follow_up_one_click_leads_to_meeting_recommendation_and_source(
    opened: Opened, context: Context, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    asked: list[str] = []
    context.record_requested.connect(lambda record: asked.append(record.ref))
    buttons = pane.view().trail.buttons()
    assert "3–4" in buttons[2].accessibleName()
    assert "13; 14" in buttons[2].accessibleName()
    for button in buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["MT-2026-001", "WC-2024-1A", "SRC-001"]
    (where,) = opened("WC-2024-1A").view().trail.buttons()
    assert "3–4" in where.accessibleName()


def test_links_are_grouped_by_relation_and_opened_by_one_click(
    opened: Opened, context: Context, qtbot: QtBot
) -> None:
    pane = opened("WC-2024-1A")
    pane.view().show_tab(LINKS)
    tab = pane.view().page(LINKS)
    titles = [label.text() for label in tab._list.findChildren(QLabel)]
    assert titles == ["Part of (1)", "Contains (1)", "Advanced by (1)", "Served by (1)", "Discussed at (1)"]
    refs = [row.button.summary.ref for row in tab.rows()]
    assert refs == ["WC-2024-1", "WC-2024-1A.1", "IN-2026-001", "FU-2026-001", "MT-2026-001"]
    with qtbot.waitSignal(context.record_requested) as asked:
        qtbot.mouseClick(tab.rows()[3].button, Qt.MouseButton.LeftButton)
    assert asked.args[0].ref == "FU-2026-001"
    tab.rows()[2].button.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(context.record_requested):
            qtbot.keyClick(tab.rows()[2].button, key)


def test_a_link_is_removed_and_undone(opened: Opened, workspace: Workspace, qtbot: QtBot) -> None:
    pane = opened("WC-2024-1A")
    pane.view().show_tab(LINKS)
    tab = pane.view().page(LINKS)
    row = next(row for row in tab.rows() if row.button.summary.ref == "IN-2026-001")
    qtbot.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    assert "IN-2026-001" not in [each.button.summary.ref for each in tab.rows()]
    undo.undo(workspace)
    assert "IN-2026-001" in [each.button.summary.ref for each in tab.rows()]


def test_linking_by_keyboard_alone(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-003")
    pane.begin_link()
    picker = pane.view().page(LINKS).picker
    assert picker.line.hasFocus()
    qtbot.keyClicks(picker.line, "submarine")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.relation.hasFocus()
    offered = [picker.relation.itemText(place) for place in range(picker.relation.count())]
    assert offered[0] == "Serves"
    qtbot.keyClick(picker.relation, Qt.Key.Key_Return)
    served = Recommendation.get(Recommendation.ref == "WC-2024-1A")
    assert Link.select().where((Link.to_subject == served.id) & (Link.relation == "serves")).count() == 2
    assert "Link with" in picker.line.accessibleName()
    qtbot.keyClick(picker.line, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_linking_twice_is_told_in_place(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("WC-2024-1A")
    pane.begin_link()
    picker = pane.view().page(LINKS).picker
    qtbot.keyClicks(picker.line, "Humboldt")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    picker.link()
    assert any("linked already" in label.text() for label in picker.findChildren(QLabel) if label.isVisible())


def test_relations_read_from_both_sides() -> None:
    ways = relations(Recommendation, Recommendation)
    assert ("builds_on", True, "Builds on") in ways
    assert ("builds_on", False, "Built on by") in ways
    assert relations(Recommendation, Initiative)[0] == ("advances", False, "Advanced by")


def test_attendees_are_added_changed_and_removed(opened: Opened, workspace: Workspace, qtbot: QtBot) -> None:
    pane = opened("MT-2026-001")
    pane.view().show_tab(LINKS)
    attendees = pane.view().page(LINKS).attendees
    assert len(attendees.rows()) == 3
    qtbot.keyClicks(attendees.line, "Jane Roe")
    qtbot.keyClick(attendees.line, Qt.Key.Key_Return)
    assert attendees.line.text() == ""
    assert [row.name for row in meetings.attendance(links.find("MT-2026-001"))][-1] == "Jane Roe"
    qtbot.keyClicks(attendees.line, "Mori")
    qtbot.waitUntil(lambda: bool(attendees.line.offered()))
    qtbot.keyClick(attendees.line._completer.popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(attendees.rows()) == 5)
    assert Attendance.select().order_by(Attendance.id.desc()).get().side == "post"
    row = attendees.rows()[3]
    row.set_open(True)
    qtbot.waitUntil(row.editors["presence"].isVisible)  # Qt shows a row that was added in its own turn
    choose(qtbot, row.editors["presence"], "excused")
    assert Attendance.get(Attendance.name == "Jane Roe").presence == "excused"
    attendees.rows()[3].remove_requested.emit()
    assert Attendance.get_or_none(Attendance.name == "Jane Roe") is None
    assert len(attendees.rows()) == 4


def test_what_cannot_be_saved_of_an_attendee_is_saved_when_one_comes_back(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = opened("MT-2026-001")
    pane.view().show_tab(LINKS)
    row = pane.view().page(LINKS).attendees.rows()[0]
    row.set_open(True)
    presence = row.editors["presence"]
    qtbot.waitUntil(presence.isVisible)

    def full(*_given: Any) -> None:
        raise StoreError("No room.")

    with monkeypatch.context() as broken:
        broken.setattr(meetings, "change_attendance", full)
        choose(qtbot, presence, "excused")
    assert Attendance.get_by_id(row.attendance.id).presence != "excused", "the control"
    assert presence.is_typed()
    choose(qtbot, presence, "excused")
    assert Attendance.get_by_id(row.attendance.id).presence == "excused"


def test_history_tells_who_what_when(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    choose(qtbot, editor_of(pane, "priority"), "high")
    pane.view().show_tab(HISTORY)
    model = pane.view().page(HISTORY).model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == [
        "21 Nov 2026, 12:00",
        "Sato Kenji",
        "Change FU-2026-001: Priority",
        "Priority",
        "Medium",
        "High",
    ]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Medium" in spoken
    assert "Sato Kenji" in spoken
    assert model.rowCount() == len(history.of(links.find("FU-2026-001")))


def test_an_open_tab_follows_what_happens(opened: Opened, workspace: Workspace) -> None:
    pane = opened("FU-2026-001")
    pane.view().show_tab(UPDATES)
    tab = pane.view().page(UPDATES)
    assert tab.cards() == []
    progress.report(workspace, links.find("FU-2026-001"), done="Called them.")
    assert [card.entry.parts for card in tab.cards()] == [(("What was done", "Called them."),)]


def test_the_tab_stays_from_record_to_record(opened: Opened) -> None:
    pane = opened("FU-2026-001")
    pane.view().show_tab(HISTORY)
    opened("WC-2024-1A")
    assert pane.view().tab() == HISTORY
    pane.view().show_tab(UPDATES)
    opened("MT-2026-001")
    assert pane.view().tab() == DETAILS  # a meeting has no log


def test_report_progress_is_asked_for(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("IN-2026-001")
    with qtbot.waitSignal(pane.report_requested) as asked:
        qtbot.mouseClick(pane.view().report, Qt.MouseButton.LeftButton)
    assert asked.args[0].ref == "IN-2026-001"
    assert not opened("MT-2026-001").view().report.isVisible()


def test_nothing_selected(pane: RecordPane) -> None:
    pane.show_record(None)
    assert pane.view() is None
    pane.commit()
    pane.edit()
    pane.begin_link()


# ---- keyboard and screen readers


def test_tab_walks_the_form_as_it_is_read_and_gets_out(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    pane.edit()
    order: list[str] = []
    rows = {row.name: row.editor for row in pane.view().form.rows.values() if row.editable}
    for _step in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        name = next((name for name, editor in rows.items() if editor.isAncestorOf(focus)), "")
        name = name or ("trail" if focus in pane.view().trail.buttons() else "")
        if name and name not in order:
            order.append(name)
        if focus is pane.view().link:
            break
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    else:
        pytest.fail("Tab never reached the end of the pane")
    assert order == [
        "title", "trail", "detail", "countries", "sectors",
        "owed_by", "owed_by_person", "owed_to", "owed_to_person", "owner", "co_owners",
        "raised_on", "meeting", "due_on",
        "priority", "status", "outcome", "closed_on", "evidence_link", "evidence_meeting", "verified_by",
        "rag_set", "rag_reason",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es", "pt", "ja"])
def test_access_keys_are_unique(language: str, opened: Opened) -> None:
    i18n.use(language)
    pane = opened("WC-2024-1A")
    rows = [row for row in pane.view().form.rows.values() if row.editable and "&" in row.label.text()]
    keys = [row.label.text().split("&", 1)[1][0].casefold() for row in rows]
    assert len(keys) == len(set(keys)) > 10
    assert all(row.label.buddy() is row.editor for row in rows)


def test_an_error_in_an_event_is_told_and_goes_no_further(context: Context) -> None:
    told: list[str] = []
    context.problem.connect(told.append)
    context.safely(lambda: 1 / 0)
    assert "ZeroDivisionError" in told[0]


def test_access_keys_of_scripts_without_letters_and_of_ampersands() -> None:
    assert with_access_keys(["Owner", "Owed by", "件名", "変更…", "R&D"], ["w"]) == [
        "&Owner",
        "Owed &by",
        "件名(&A)",
        "変更(&C)…",
        "&R&&D",
    ]


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key())
def test_all_controls_have_a_name(entity: Any, pane: RecordPane, workspace: Workspace) -> None:
    pane.show_record(entity.select().order_by(entity.id.desc()).first())
    view = pane.view()
    assert view is not None
    nameless = []
    for key in list(view._pages):
        view.show_tab(key)
        for widget in view.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
                interface = QAccessible.queryAccessibleInterface(widget)
                if interface is None or not interface.text(QAccessible.Text.Name):
                    nameless.append(f"{key}: {type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_a_window_of_its_own_saves_when_closed(context: Context, qtbot: QtBot) -> None:
    window = RecordWindow(context, links.find("FU-2026-001"))
    qtbot.addWidget(window)
    window.show()
    assert "FU-2026-001" in window.windowTitle()
    type_in(qtbot, editor_of(window.pane, "detail"), "From the window")
    window.close()
    assert links.find("FU-2026-001").detail == "From the window"
    assert context.settings.pages["record_window"]["geometry"]


def test_organisations_have_no_log_and_no_links(opened: Opened) -> None:
    view = opened(Organisation.get(Organisation.acronym == "METI").ref).view()
    assert list(view._pages) == [DETAILS, HISTORY]


def test_what_cannot_be_saved_when_another_record_is_shown_is_told(
    opened: Opened, context: Context, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    type_in(qtbot, editor_of(pane, "due_on"), "soon")
    opened("FU-2026-002")
    (told,) = context.told
    assert "FU-2026-001" in told
    assert "soon" in told
    assert editor_of(pane, "due_on").problem() == ""


def test_on_a_full_disk_the_text_stays_in_its_editor_and_is_saved_once_there_is_room(
    opened: Opened, context: Context, qtbot: QtBot
) -> None:
    detail, text = editor_of(opened("FU-2026-001"), "detail"), "A long text. " * 6000
    database = context.workspace.engine.db

    def room(pages: int) -> None:
        with database.writing():
            database.execute_sql(f"PRAGMA max_page_count = {pages}")

    room(1)  # as many as it has, and no more
    detail.input.setFocus()
    detail.input.setPlainText(text)
    leave(qtbot, detail)
    assert links.find("FU-2026-001").detail == "", "the control: it was refused"
    assert "no room left on the disk" in "".join(context.told) + _notes(detail)
    assert detail.input.toPlainText() == text
    room(1 << 30)
    detail.input.setFocus()
    leave(qtbot, detail)
    assert links.find("FU-2026-001").detail == text


def test_a_closed_workspace_or_another_fault_in_saving_does_not_end_the_program(
    opened: Opened, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = opened("FU-2026-001")
    type_in(qtbot, editor_of(pane, "detail"), "Text")

    def broken(*_given: Any, **_named: Any) -> bool:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(records, "change", broken)
    pane.hide()
    assert "RuntimeError" in context.told[0]
    monkeypatch.undo()


def test_ctrl_z_is_the_windows_unless_something_is_typed_here(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    detail = editor_of(pane, "detail")
    detail.setFocus()

    def taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(detail.input, event)
        return event.isAccepted()

    assert not taken()
    type_in(qtbot, detail, "Typed")
    assert taken()


def test_an_organisation_that_is_not_there_yet_is_added_on_the_way(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    pane = opened("FU-2026-001")
    owed_by = editor_of(pane, "owed_by")
    owed_by.setFocus()
    owed_by.input.selectAll()
    qtbot.keyClicks(owed_by.input, "Port of Valparaiso")
    qtbot.waitUntil(lambda: bool(owed_by.input.offered()))
    assert owed_by.input.offered() == ["Add “Port of Valparaiso” to the directory"]
    qtbot.keyClick(owed_by.input._completer.popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: links.find("FU-2026-001").owed_by.name == "Port of Valparaiso")


def test_leaving_a_reference_never_adds_anything(opened: Opened, qtbot: QtBot) -> None:
    pane, before = opened("FU-2026-001"), Organisation.select().count()
    owed_by = editor_of(pane, "owed_by")
    owed_by.setFocus()
    owed_by.input.selectAll()
    qtbot.keyClicks(owed_by.input, "Port of Valparaiso")
    qtbot.waitUntil(lambda: bool(owed_by.input.offered()))
    leave(qtbot, owed_by)
    assert "Port of Valparaiso" in owed_by.problem()
    assert Organisation.select().count() == before
    initiative = opened("IN-2026-001")
    partners = editor_of(initiative, "partners")
    type_in(qtbot, partners, "Port of Antofagasta")
    leave(qtbot, partners)
    assert "Port of Antofagasta" in partners.problem()
    assert partners.input.line().text() == "Port of Antofagasta"
    assert Organisation.select().count() == before


def test_names_with_semicolons_between_them_become_chips(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    fill(qtbot, editor_of(pane, "countries"), "Peru; BR; アルゼンチン")
    assert field(FollowUp, "countries").read(links.find("FU-2026-001").id) == {"CL", "PE", "BR", "AR"}


def test_control_characters_are_taken_out_and_that_is_told(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    detail = editor_of(pane, "detail")
    fill(qtbot, detail, "Bell\x07 and text")
    assert links.find("FU-2026-001").detail == "Bell and text"
    assert "control character" in detail.note()


def test_what_is_pasted_and_converted_is_kept_in_one_form(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    for name, kept in (("detail", "Café\na\nb\nc"), ("title", "Café a b c")):
        place = editor_of(pane, name).input
        type_in(qtbot, editor_of(pane, name), "Cafe\u0301\n")
        QApplication.clipboard().setText("a\x0bb\u2028c\x07")
        place.paste()
        leave(qtbot, editor_of(pane, name))
        assert getattr(links.find("FU-2026-001"), name) == kept


def test_a_no_break_space_survives_an_editor_untouched_and_touched(
    opened: Opened, workspace: Workspace, qtbot: QtBot
) -> None:
    kept = "5\u00a0% «\u202foui\u202f»\u2003\u200b\nsecond line"
    records.change(workspace, links.find("FU-2026-001"), {"detail": kept, "title": "10\u00a0km"})
    pane, before = opened("FU-2026-001"), steps()
    for name in ("detail", "title"):
        editor = editor_of(pane, name)
        editor.input.setFocus()
        leave(qtbot, editor)
        assert not editor.is_typed()
    assert steps() == before
    detail = editor_of(pane, "detail")
    detail.input.setFocus()
    qtbot.keyClick(detail.input, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(detail.input, "!")
    leave(qtbot, detail)
    assert links.find("FU-2026-001").detail == f"{kept}!"


def test_control_qt_alone_makes_a_space_of_a_no_break_space(qtbot: QtBot) -> None:
    plain = QPlainTextEdit("5\u00a0%")
    qtbot.addWidget(plain)
    assert plain.toPlainText() == "5 %"


def test_letters_are_counted_before_the_limit_and_nothing_is_cut(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    detail = editor_of(pane, "detail")
    before = links.find("FU-2026-001").detail
    QApplication.clipboard().setText("x" * 95_000)
    type_in(qtbot, detail, "")
    detail.input.setPlainText("")
    detail.input.paste()
    assert any(
        "95,000" in label.text() and "100,000" in label.text() for label in detail.findChildren(QLabel)
    )
    QApplication.clipboard().setText("y" * 5_001)
    detail.input.paste()
    leave(qtbot, detail)
    assert detail.problem().startswith("Detail: 100,001 characters are too many")
    assert len(detail.text()) == 100_001
    assert links.find("FU-2026-001").detail == before


def test_a_hidden_pane_reads_again_when_it_is_seen(opened: Opened, workspace: Workspace) -> None:
    pane = opened("FU-2026-001")
    pane.hide()
    records.change(workspace, links.find("FU-2026-001"), {"title": "Another title"})
    pane.show()
    assert editor_of(pane, "title").text() == "Another title"


def test_access_keys_lead_to_their_fields(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    form = pane.view().form
    row = form.rows["owner"]
    key = row.label.text()[row.label.text().index("&") + 1].lower()
    qtbot.keyClick(pane, key, Qt.KeyboardModifier.AltModifier)
    assert row.editor.has_focus()


def test_the_focus_comes_back_to_the_date_that_was_moved(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("FU-2026-001")
    due = editor_of(pane, "due_on")
    fill(qtbot, due, "2026-12-24")
    strip = pane.view().form.saving.strip_of("due_on")
    qtbot.waitUntil(strip.reason.hasFocus)
    qtbot.keyClicks(strip.reason, "Customs")
    qtbot.keyClick(strip.reason, Qt.Key.Key_Return)
    assert due.has_focus()
    assert links.find("FU-2026-001").due_on == "2026-12-24"
    fill(qtbot, due, "2026-12-28")
    qtbot.waitUntil(strip.reason.hasFocus)
    qtbot.keyClicks(strip.reason, "Customs again")
    strip.back.setFocus()
    qtbot.keyClick(strip.back, Qt.Key.Key_Tab)
    assert editor_of(pane, "priority").isAncestorOf(QApplication.focusWidget()) or (
        QApplication.focusWidget() is pane.view().form.sections["progress"].button
    )
    qtbot.waitUntil(lambda: links.find("FU-2026-001").due_on == "2026-12-28")


def test_a_window_of_its_own_shows_what_it_leads_to_and_gives_the_focus_back(
    context: Context, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setGeometry(100, 50, 700, 500)
    line = QLineEdit(parent)
    parent.show()
    line.setFocus()
    asked: list[Any] = []
    context.record_requested.connect(asked.append)
    window = RecordWindow(context, links.find("FU-2026-001"), parent)
    window.show()
    assert abs(window.geometry().center().x() - parent.geometry().center().x()) <= 2
    button = window.pane.view().trail.buttons()[1]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("WC-2024-1A")
    assert asked == []
    window.close()
    assert parent.focusWidget() is line


def test_linking_is_told_and_ctrl_z_takes_it_back(opened: Opened, context: Context, qtbot: QtBot) -> None:
    told: list[str] = []
    context.said.connect(lambda sentence, _actions: told.append(sentence))
    pane = opened("FU-2026-003")
    pane.begin_link()
    picker = pane.view().page(LINKS).picker
    qtbot.keyClicks(picker.line, "submarine")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.keyClick(picker.relation, Qt.Key.Key_Return)
    assert told == ["WC-2024-1A added"]
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(picker.line, asked)
    assert not asked.isAccepted()


# ---- by keyboard alone, and in a window of its own


def stops_by_tab(qtbot: QtBot, window: QWidget) -> list[str]:
    """What Tab stops at, from the bar of tabs until it comes back there."""
    bar = window.pane.view().tabs.tabBar()
    bar.setFocus()
    found: list[str] = []
    for _step in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is bar:
            return found
        found.append(QApplication.focusWidget().accessibleName() or QApplication.focusWidget().text())
    raise AssertionError(found)


@pytest.fixture
def alone(context: Context, qtbot: QtBot) -> Callable[[str], RecordWindow]:
    """The record of a reference in a window of its own."""

    def show(ref: str) -> RecordWindow:
        window = RecordWindow(context, links.find(ref))
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


def test_tab_goes_through_the_links_as_they_stand(alone: Any, qtbot: QtBot) -> None:
    window = alone("MT-2026-001")
    window.pane.view().show_tab(LINKS)
    qtbot.waitUntil(lambda: window.pane.view().page(LINKS).rows()[0].isVisible())
    found = stops_by_tab(qtbot, window)
    asked = ["Add an attendee", "Add 1 to the directory…", "Attach a file…", "Link…"]
    places = [found.index(each) for each in asked]
    assert places == sorted(places)
    first = next(place for place, each in enumerate(found) if each.startswith("Sato Kenji"))
    follow_up = next(place for place, each in enumerate(found) if each.startswith("FU-2026-001"))
    assert first < places[0] < places[1] < follow_up < places[2]


@pytest.mark.parametrize(
    ("ref", "tab"), [("FU-2026-001", UPDATES), ("FU-2026-001", HISTORY), ("MT-2026-001", "minutes")]
)
def test_tab_comes_round_on_every_tab(alone: Any, qtbot: QtBot, ref: str, tab: str) -> None:
    window = alone(ref)
    window.pane.view().show_tab(tab)
    found = stops_by_tab(qtbot, window)
    assert "Link…" in found
    assert len(found) == len(set(found))


def test_commands_in_a_window_of_its_own_are_about_its_record_and_told_there(
    alone: Any, qtbot: QtBot
) -> None:
    window = alone("FU-2026-001")
    fill(qtbot, editor_of(window.pane, "detail"), "Typed here")
    assert links.find("FU-2026-001").detail == "Typed here"
    control = Qt.KeyboardModifier.ControlModifier
    window.pane.view().tabs.tabBar().setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, control)
    assert links.find("FU-2026-001").detail != "Typed here"
    assert window.messages.text().startswith("Undone")
    qtbot.keyClick(window, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert links.find("FU-2026-001").detail == "Typed here"
    for key, kind in ((Qt.Key.Key_R, ProgressDialog), (Qt.Key.Key_D, CloseDialog)):
        qtbot.keyClick(window, key, control)
        (dialog,) = window.findChildren(kind)
        assert dialog.isVisible()
        dialog.reject()
    window.context.problem.emit("This cannot be.")
    assert window.messages.text() == "This cannot be."


def test_a_command_that_its_record_has_no_use_for_does_nothing(alone: Any) -> None:
    window = alone("MT-2026-001")
    window.run("close")
    assert window.findChildren(CloseDialog) == []


def test_f6_leads_to_what_a_message_offers(alone: Any, qtbot: QtBot) -> None:
    window = alone("FU-2026-001")
    done: list[bool] = []
    window.context.said.emit("It is done.", [("Go on", lambda: done.append(True))])
    qtbot.keyClick(window, Qt.Key.Key_F6)
    window.messages._on_timeout()
    assert window.messages.text() == "It is done."
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert done == [True]


def test_a_window_of_its_own_fits_the_screen(alone: Any) -> None:
    window = alone("FU-2026-001")
    assert window.screen().availableGeometry().contains(window.frameGeometry())
