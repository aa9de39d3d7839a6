"""A meeting is logged with who came and what follows from it."""

from __future__ import annotations

from desktop.model import FollowUp, Meeting
from desktop.service import links, meetings, undo
from desktop.ui.closing import may_close
from desktop.ui.dialogs.meeting import MeetingDialog
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
    assert meeting.decisions == "One joint letter"
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
