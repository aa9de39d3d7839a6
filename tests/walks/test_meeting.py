"""A meeting is logged with who came and what follows from it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.model import FollowUp, Meeting
from desktop.service import agenda, links, meetings, points, undo, versions
from desktop.ui.closing import may_close
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.record.view import MINUTES
from desktop.ui.record.window import RecordWindow
from tests.walks.conftest import Walker


def test_log_a_meeting_by_keyboard(walker: Walker) -> None:
    before = Meeting.select().count()
    walker.press("Ctrl+M")
    dialog = walker.dialog(MeetingDialog)

    walker.type("Coordination on Open RAN")
    walker.press("Tab", 3)
    walker.type("1000")
    walker.press("Tab")
    walker.type("1045")
    walker.press("Tab", 2)
    walker.type("Santiago")
    walker.press("Tab", 4)
    walker.type("Sato")
    walker.press("Enter", 2)  # takes Sato Kenji, and goes on to the next row
    walker.type("Claudia Fuentes")
    walker.press("Enter", 2)  # on to a row that stays blank, and out of the rows
    walker.type("Agree on the pilot")
    walker.press("Tab")
    walker.type("One joint letter")
    walker.press("Tab", 2)
    walker.type("WC-2024-1B")
    walker.press("Enter")
    walker.press("Tab")
    walker.type("Draft the letter")
    walker.press("Tab", 3)
    walker.type("2026-12-01")
    walker.press("Enter")
    walker.type("Name a contact")
    walker.press("Enter", 2)
    assert dialog.act_button.hasFocus()
    walker.press("Enter")

    walker.wait(lambda: Meeting.select().count() == before + 1)
    assert walker.closed(dialog)
    meeting = Meeting.get(Meeting.title == "Coordination on Open RAN")
    assert (meeting.starts, meeting.ends, meeting.place) == ("10:00", "10:45", "Santiago")
    assert meeting.decisions == ""
    assert [(point.kind, point.text) for point in points.of(meeting)] == [("decision", "One joint letter")]
    came = meetings.attendance(meeting)
    assert [(row.person.name if row.person_id else row.name, row.side) for row in came] == [
        ("Sato Kenji", "post"),
        ("Claudia Fuentes", ""),
    ]
    follow_ups = list(FollowUp.select().order_by(FollowUp.id))
    assert [(each.title, each.due_on) for each in follow_ups] == [
        ("Draft the letter", "2026-12-01"),
        ("Name a contact", None),
    ]
    recommendation = links.find("WC-2024-1B")
    assert {seen.other.ref for seen in links.of(recommendation)} >= {
        meeting.ref,
        *(f.ref for f in follow_ups),
    }
    assert all(each.owner.name == "Sato Kenji" and each.meeting_id == meeting.id for each in follow_ups)

    undo.undo(walker.workspace)
    assert Meeting.select().count() == before
    assert FollowUp.select().count() == 0


def test_what_is_wrong_is_told_and_what_is_typed_stays(walker: Walker) -> None:
    walker.press("Ctrl+M")
    dialog = walker.dialog(MeetingDialog)
    walker.type("A meeting")
    walker.press("Tab")
    walker.type("31/02/2026")
    walker.press("Ctrl+Enter")
    assert dialog.isVisible()
    assert "31/02/2026" in dialog.main.at("on").problem()
    assert dialog.main.at("title").value() == "A meeting"
    assert Meeting.select().where(Meeting.title == "A meeting").count() == 0


def test_esc_keeps_what_is_typed(walker: Walker) -> None:
    walker.press("Ctrl+M")
    dialog = walker.dialog(MeetingDialog)
    walker.type("Half a meeting")
    walker.press("Esc")
    assert not dialog.isVisible()
    assert "kept" in walker.window.messages.text()
    assert not may_close(walker.window)
    walker.back()
    walker.press("Ctrl+M")
    assert walker.dialog(MeetingDialog) is dialog
    assert dialog.main.at("title").value() == "Half a meeting"
    dialog.discard()
    assert may_close(walker.window)


def go_to(walker: Walker, place: QWidget, keys: str = "Tab") -> None:
    """Press a key until it has led to a place."""
    for _time in range(40):
        if walker.focus() is place:
            return
        walker.press(keys)
    raise AssertionError(f"{keys} does not lead to {place}")


def test_minutes_are_kept_by_keyboard_and_made_final(walker: Walker) -> None:
    meeting = meetings.log_meeting(walker.workspace, {"title": "Talks on funds", "on": "2025-01-15"})
    agenda.add(walker.workspace, meeting, "The fund")
    walker.window.show_record(meeting)
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    view = walker.window.pane.record_pane().view()
    walker.window.page.setFocus()
    walker.press("F6")
    walker.wait(lambda: view.isAncestorOf(walker.focus()))
    go_to(walker, view.tabs.tabBar())
    walker.press("Right")
    assert view.tab() == MINUTES
    adding = view.page(MINUTES).agenda.blocks()[0].points.adding
    go_to(walker, adding.line)
    walker.type("Both sides agree")
    walker.press("Enter")
    walker.press("Ctrl+D")
    walker.type("One fund")
    walker.press("Enter")
    walker.press("Ctrl+T")
    walker.type("Draft the call")
    walker.press("Tab")
    walker.type("METI")
    walker.press("Enter", 2)  # takes METI, and adds
    kept = [(point.kind, point.text) for point in points.of(meeting)]
    assert kept == [("note", "Both sides agree"), ("decision", "One fund"), ("follow_up", "Draft the call")]
    assert FollowUp.get().direction == "capital"
    assert walker.focus() is adding.line
    walker.press("Ctrl+Z")
    assert len(points.of(meeting)) == 2
    assert FollowUp.select().count() == 0
    walker.press("Ctrl+Shift+Z")
    assert len(points.of(meeting)) == 3
    go_to(walker, view.page(MINUTES).state.next, "Shift+Tab")
    walker.press("Space")
    assert Meeting.get_by_id(meeting.id).state == "final"


def test_minutes_in_a_window_of_their_own(walker: Walker) -> None:
    meeting = meetings.log_meeting(walker.workspace, {"title": "Talks on funds", "on": "2025-01-15"})
    versions.make_final(walker.workspace, meeting)
    walker.window.pane.open_window(Meeting.get_by_id(meeting.id))
    alone = walker.window.findChild(RecordWindow)
    walker.wait(alone.isActiveWindow)
    view = alone.pane.view()
    view.show_tab(MINUTES)
    tab = view.page(MINUTES)
    tab.state.banner.reopen.setFocus()
    walker.press("Space")
    walker.type("A mistake")
    walker.press("Esc")
    assert alone.isVisible(), "Esc was the question's"
    assert walker.focus() is tab.state.banner.reopen
    walker.press("Space")
    walker.type("A mistake")
    walker.press("Enter")
    assert Meeting.get_by_id(meeting.id).state == "draft"
    tab.general.points.adding.setFocus()
    walker.type("Typed last")
    walker.press("Esc")
    walker.wait(lambda: walker.closed(alone))
    assert [point.text for point in points.of(meeting)] == ["Typed last"]
