"""How much has to be pressed beside the text itself: a meeting in at most sixty inputs, progress in at most six."""

from __future__ import annotations

from desktop.model import FollowUp, Meeting, Organisation, Update
from desktop.service import links, meetings, points, records
from desktop.ui.dialogs.enrol import EnrolDialog
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.dialogs.progress import ProgressDialog
from tests.walks.conftest import Walker

MEETING, PROGRESS = 60, 6
TAKEN = 31
"""What a meeting takes; whoever makes it take more has a reason for that."""
COUNTERPARTS = (
    ("US Embassy in Chile", "embassy", "US"),
    ("Ministerio de Ciencia de Chile", "ministry", "CL"),
    ("Economic Bureau in Tokyo", "ministry", "JP"),
)
POST = "Embassy of Japan in Chile"


def test_a_meeting_with_two_guests_three_decisions_and_four_follow_ups(walker: Walker) -> None:
    for name, kind, country in COUNTERPARTS:
        records.add(walker.workspace, Organisation, {"name": name, "kind": kind, "country": country})
    walker.inputs = 0

    walker.press("Ctrl+M")
    dialog = walker.dialog(MeetingDialog)
    walker.type("Coordination on research funds")
    walker.press("Tab", 5)
    walker.type("Ministerio de Ciencia")
    walker.press("Enter")
    walker.press("F6")
    for name, organisation in (("Claudia Fuentes", "Ministerio de Ciencia"), ("John Doe", "US Embassy")):
        walker.type(name)
        walker.press("Tab")
        walker.type(organisation)
        walker.press("Enter", 2)  # takes the organisation, and goes on to the next row
    walker.press("F6")
    for number, decision in enumerate(("One fund", "Two calls a year", "Three reviewers")):
        if number:
            walker.press("Enter")
        walker.type(decision)
    walker.press("F6")
    owed = (
        ("Draft the call", POST),
        ("Send the terms", "US Embassy in Chile"),
        ("Name a reviewer", "Ministerio de Ciencia"),
        ("Clear the budget", "Economic Bureau"),
    )
    for title, debtor in owed:
        walker.type(title)
        walker.press("Tab")
        walker.type(debtor)
        walker.press("Enter", 2)
    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(dialog))

    assert walker.inputs <= TAKEN < MEETING
    meeting = Meeting.get(Meeting.title == "Coordination on research funds")
    assert [(row.name, row.side) for row in meetings.attendance(meeting)] == [
        ("", "post"),  # the officer who logs it
        ("Claudia Fuentes", "host"),
        ("John Doe", "partner"),
    ]
    assert [(point.kind, point.text) for point in points.of(meeting)] == [
        ("decision", "One fund"),
        ("decision", "Two calls a year"),
        ("decision", "Three reviewers"),
    ]
    follow_ups = FollowUp.select().where(FollowUp.meeting == meeting.id).order_by(FollowUp.id)
    assert [(row.title, row.direction) for row in follow_ups] == [
        ("Draft the call", "us"),
        ("Send the terms", "partner"),
        ("Name a reviewer", "host"),
        ("Clear the budget", "capital"),
    ]
    assert all(row.owed_by_id for row in follow_ups)

    walker.back()
    assert "2 people are not in the directory." in walker.window.messages.text()
    adds = next(each for each in walker.window.messages.buttons() if each.text().startswith("Add them"))
    adds.setFocus()
    walker.press("Space")
    enrolling = walker.dialog(EnrolDialog)
    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(enrolling))
    assert meetings.typed_only(meeting) == []


def test_progress_on_the_selected_record(walker: Walker) -> None:
    walker.press("Ctrl+N")
    walker.type("Send the study")
    walker.press("Enter")
    walker.wait(lambda: FollowUp.select().count() == 1)
    walker.back()
    follow_up = FollowUp.get()
    walker.window.show_record(follow_up)
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    walker.inputs = 0

    walker.press("Ctrl+R")
    dialog = walker.dialog(ProgressDialog)
    walker.press("Down")  # Open → In progress
    walker.press("Tab")
    walker.type("Half of it is sent")
    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(dialog))
    assert walker.inputs <= PROGRESS, walker.inputs
    update = Update.get(Update.subject == follow_up.id)
    assert (update.done, update.status_to) == ("Half of it is sent", "in_progress")


def test_progress_on_a_record_that_is_named(walker: Walker) -> None:
    walker.inputs = 0
    walker.press("Ctrl+R")
    dialog = walker.dialog(ProgressDialog)
    walker.type("WC-2024-1B.6")
    walker.press("Enter")
    walker.press("Tab", 2)
    walker.type("Terms agreed")
    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(dialog))
    assert walker.inputs <= PROGRESS, walker.inputs
    assert Update.get(Update.subject == links.find("WC-2024-1B.6").id).done == "Terms agreed"
