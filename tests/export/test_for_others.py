"""What a workbook for others says where it shows nothing, and what stays with the post whatever is shared."""

from __future__ import annotations

import pytest

from desktop.export import layouts, mail
from desktop.export.layouts import Definition, LayoutColumn, LayoutSheet
from desktop.export.report import Request
from desktop.model import FollowUp, Meeting, Person
from desktop.model.visibility import PARTNER, PUBLIC
from desktop.service import meetings, progress, records, sharing
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace

from .conftest import Make


def texts(make: Make, workspace: Workspace, audience: str) -> str:
    made = make(workspace, Request(audience=audience))
    return "\n".join(
        str(cell.value)
        for sheet in made.book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def test_others_are_not_told_that_nothing_was_entered(workspace: Workspace, make: Make) -> None:
    found = texts(make, workspace, PARTNER)
    assert "Nothing to show here." in found
    assert "entered yet" not in found
    assert "No follow-up is open." not in found


@pytest.mark.parametrize(("audience", "told"), [("internal", True), (PARTNER, False)])
def test_a_link_that_proves_something_stays_with_the_post(
    workspace: Workspace, make: Make, audience: str, told: bool
) -> None:
    follow_up = FollowUp.select().where(FollowUp.status.not_in(("done", "cancelled"))).first()
    values = {"status": "done", "outcome": "Sent", "evidence_link": "https://intranet.example.org/44"}
    records.change(workspace, follow_up, values)
    sharing.share(workspace, [FollowUp.get_by_id(follow_up.id)], PARTNER, texts=["all"], parts=["all"])
    found = texts(make, workspace, audience)
    assert follow_up.ref in found
    assert ("intranet.example.org" in found) == told


def test_columns_in_which_nothing_may_be_shown_are_left_out(workspace: Workspace, make: Make) -> None:
    rows = list(FollowUp.select().where(FollowUp.owner.is_null(False)))
    sharing.share(workspace, rows, PARTNER)
    sheet = "Follow-ups open"
    own = make(workspace).headings(sheet)
    theirs = make(workspace, Request(audience=PARTNER)).headings(sheet)
    assert {"Owner", "Latest update"} <= set(own)
    assert not {"Owner", "Latest update"} & set(theirs), "no person and no update is shared"
    assert {"Ref", "Follow-up", "Due (first)", "Status", "RAG"} <= set(theirs)
    sharing.share(workspace, list(Person.select()), PARTNER)
    assert "Owner" in make(workspace, Request(audience=PARTNER)).headings(sheet)


def test_a_sheet_of_no_records_keeps_its_columns(workspace: Workspace, make: Make) -> None:
    theirs = make(workspace, Request(audience=PARTNER))
    assert theirs.report.sheets["Follow-ups open"] == 0
    assert "Owner" in theirs.headings("Follow-ups open")


def test_rag_and_times_slipped_follow_from_what_is_shared_in_every_sheet_and_it_is_said(
    workspace: Workspace, make: Make
) -> None:
    row = next(
        each
        for each in FollowUp.select().where((FollowUp.status == "open") & (FollowUp.due_on > "2026-12-31"))
        if not each.times_slipped
    )
    for day in ("2027-06-01", "2027-07-01"):
        records.change(workspace, FollowUp.get_by_id(row.id), {"due_on": day}, reason="CANARY", agreed_by="")
    sharing.share(workspace, [FollowUp.get_by_id(row.id)], PARTNER)
    sheet = "Follow-ups open"
    own, theirs = make(workspace), make(workspace, Request(audience=PARTNER), "Theirs.xlsx")
    assert own.cell(sheet, row.ref, "Times slipped").value == 2
    assert own.cell(sheet, row.ref, "RAG").value == "Red"
    assert theirs.column(sheet, "Ref") == [row.ref]
    assert theirs.cell(sheet, row.ref, "Times slipped").value == 0
    assert theirs.cell(sheet, row.ref, "RAG").value != "Red"
    said = "computed from what is shared here alone"
    cover = [str(cell.value) for line in theirs.book["Cover"].iter_rows() for cell in line]
    assert any(said in words for words in cover)
    assert not any(said in str(cell.value) for line in own.book["Cover"].iter_rows() for cell in line)


def test_a_draft_for_others_does_not_go_to_ourselves(workspace: Workspace) -> None:
    ours = Person.select().where(Person.officer == 1).first()
    records.change(workspace, ours, {"email": "sato@embassy.example"})
    theirs = records.add(workspace, Person, {"name": "Guest", "email": "guest@ministry.example"})
    meeting = meetings.log_meeting(
        workspace,
        {"title": "Talks", "on": "2026-11-20"},
        [Attendee(person=ours.id, side="post"), Attendee(person=theirs.id, side="host")],
        [],
        [],
    )
    sharing.share(workspace, [meeting], PARTNER, texts=["all"], parts=["all"])
    shared = Meeting.get_by_id(meeting.id)
    for audience, expected in (("internal", True), (PARTNER, False)):
        draft, _told = mail.minutes_mail(workspace, shared, b"%PDF", "Minutes.pdf", "en", audience)
        head = draft.partition(b"\r\n\r\n")[0]
        assert b"guest@ministry.example" in head
        assert (b"sato@embassy.example" in head) == expected


def test_a_sheet_of_which_no_column_is_left_has_the_references(workspace: Workspace, make: Make) -> None:
    """As it was, a layout with columns of nothing but hidden names made no workbook."""
    rows = list(FollowUp.select().where(FollowUp.owner.is_null(False)))
    sharing.share(workspace, rows, PARTNER)
    sheets = (LayoutSheet("follow_ups_open", columns=(LayoutColumn("owner"), LayoutColumn("latest_update"))),)
    key = layouts.save(workspace, Definition("", "Who", sheets)).key
    made = make(workspace, Request(layout=key, audience=PARTNER))
    assert made.headings("Follow-ups open") == ["Ref"]
    assert set(made.column("Follow-ups open", "Ref")) <= {row.ref for row in rows}
    assert "Owner" in make(workspace, Request(layout=key)).headings("Follow-ups open")


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        ("extensions", ("agreed_by",)),
        ("extensions", ("subject_countries", "agreed_by")),
        ("progress_log", ("author",)),
    ],
)
def test_of_moved_dates_and_progress_it_has_the_records(
    workspace: Workspace, make: Make, sheet: str, hidden: tuple[str, ...]
) -> None:
    """As it was, a layout of nothing but these made no workbook: neither has a reference of its own."""
    row = records.add(workspace, FollowUp, {"title": "Of no country", "due_on": "2026-12-31"})
    records.change(workspace, row, {"due_on": "2027-06-01"}, reason="CANARY", agreed_by="")
    progress.report(workspace, FollowUp.get_by_id(row.id), done="Written.")
    sharing.share(workspace, [FollowUp.get_by_id(row.id)], PUBLIC, texts=["all"], parts=["all"])
    columns = tuple(LayoutColumn(each) for each in hidden)
    key = layouts.save(workspace, Definition("", "Who", (LayoutSheet(sheet, columns=columns),))).key
    made = make(workspace, Request(layout=key, audience=PUBLIC))
    (name,) = made.report.sheets
    assert made.headings(name) == ["Record"]
    assert any(row.ref in str(each) for each in made.column(name, "Record"))
