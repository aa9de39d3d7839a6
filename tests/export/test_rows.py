"""What stands in the rows: the very records, in the words of the language."""

from __future__ import annotations

import datetime as dt

from desktop.export.report import Request
from desktop.model import FollowUp, Meeting, Recommendation, Series
from desktop.service import minutes, progress, query, records, versions
from desktop.service.query import Condition, Order, Query
from desktop.service.workspace import Workspace

from .conftest import CLOSED, JAPANESE, LONG, Exported, Make


def test_the_open_and_the_closed_stand_apart_and_complete(workspace: Workspace, status: Exported) -> None:
    closed = ("done", "cancelled")
    for name, operator in (("Follow-ups open", "not"), (CLOSED, "in")):
        expected = query.page(
            workspace, Query(FollowUp, ("ref",), where=(Condition("status", operator, closed),))
        )
        assert sorted(status.column(name, "Ref")) == sorted(row[1] for row in expected)
    assert status.report.sheets["Follow-ups open"] == 11
    assert status.report.sheets[CLOSED] == 1


def test_the_earliest_due_comes_first(status: Exported) -> None:
    due = [
        revised or first
        for first, revised in zip(
            status.column("Follow-ups open", "Due (first)"),
            status.column("Follow-ups open", "Due (revised)"),
            strict=True,
        )
    ]
    assert due == sorted(due)


def test_a_date_that_was_moved_is_shown_as_first_agreed_and_as_revised(status: Exported) -> None:
    (ref,) = [
        ref
        for ref, slips in zip(
            status.column("Follow-ups open", "Ref"),
            status.column("Follow-ups open", "Times slipped"),
            strict=True,
        )
        if slips
    ]
    first = status.cell("Follow-ups open", ref, "Due (first)").value
    assert (first, status.cell("Follow-ups open", ref, "Due (revised)").value) == (
        dt.datetime(2026, 11, 12),
        dt.datetime(2027, 1, 15),
    )
    assert status.column("Follow-ups open", "Due (revised)").count(None) == 10


def test_a_date_that_was_withdrawn_is_said_to_be(workspace: Workspace, make: Make) -> None:
    follow_up = FollowUp.get(FollowUp.status == "open")
    records.change(workspace, follow_up, {"due_on": None}, reason="Not needed any more")
    made = make(workspace)
    assert made.cell("Follow-ups open", follow_up.ref, "Due (revised)").value == "Withdrawn"


def test_references_and_sets_are_in_words(status: Exported) -> None:
    owing = set(status.column("Follow-ups open", "Owed by"))
    assert owing == {"Embassy of Japan in Chile", "METI", "DFC (John Whitfield)", "CORFO"}
    assert set(status.column("Follow-ups open", "Owed by (side)")) == {
        "Owed by us", "Owed by capital", "Owed by the partner", "Owed by the host",
    }  # fmt: skip
    assert status.cell("Recommendations", "WC-2024-1A", "Countries").value == "Chile; Peru"
    assert status.cell("Initiatives", "IN-2026-001", "Partners").value == "DFC; United States"
    assert status.cell("Initiatives", "IN-2026-001", "Value").value == 1234567.5
    assert status.cell("Initiatives", "IN-2026-001", "Status").value == "Due soon"
    provenance = status.cell("Recommendations", "WC-2024-1A", "Provenance").value
    assert provenance == "Paragraph 3–4 · Endnotes 13; 14"


def test_the_latest_update_is_whole_and_in_its_own_script(status: Exported) -> None:
    updates = status.column("Follow-ups open", "Latest update")
    assert LONG in updates
    assert JAPANESE in updates
    assert "Remind.\nHolidays." in status.column("Follow-ups open", "Next step / blocker")


def test_the_progress_log_has_a_row_an_update(status: Exported) -> None:
    moves = status.column("Progress log", "Status from → to")
    assert "Open → In progress" in moves
    assert "Not started → Implemented" in moves
    days = status.column("Progress log", "Date")
    assert days == sorted(days, reverse=True)
    assert f"{LONG}\nNext: Remind.\nBlocked: Holidays." in status.column("Progress log", "Text")
    assert "WC-2024-1A Set up a working group" in status.column("Progress log", "Record")
    assert set(status.column("Progress log", "Author")) == {"Kenji Sato"}
    assert set(status.column("Progress log", "Country")) == {"Chile", "Peru", "Chile; Peru"}


def test_the_period_bounds_what_was_reported_and_closed(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(period_from="2026-09-12", period_to="2026-09-30"))
    assert made.report.sheets["Progress log"] == 2
    assert made.report.sheets["Closed since 2026-09-12"] == 1, (
        "closed after the period, and not open any more"
    )
    made = make(workspace, Request(period_from="2026-11-01"))
    assert (made.report.sheets["Progress log"], made.report.sheets["Closed since 2026-11-01"]) == (0, 0)


def test_overdue_is_told_by_the_day_as_of_which_it_is_written(workspace: Workspace, make: Make) -> None:
    early = make(workspace, Request(as_of="2026-08-31"))
    late = make(workspace, Request(as_of="2027-12-31"))
    assert not any(early.column("Follow-ups open", "Days overdue"))
    assert all(late.column("Follow-ups open", "Days overdue"))


def test_history_is_told_from_the_meetings_of_this_post(workspace: Workspace, status: Exported) -> None:
    states = dict(
        zip(status.column("Meetings", "Meeting"), status.column("Meetings", "Minutes"), strict=True)
    )
    assert states == {"Call on the Minister": "Minutes in draft", "Summit": "Historic"}
    assert status.column("Meetings", "Date")[1] == "2019-06", "as precise as the source"
    assert status.column("Meetings", "Attendees (theirs)")[0] == "John Whitfield; Ricardo Muñoz"
    assert status.column("Meetings", "Place")[0] == "Santiago, Chile"
    assert Meeting.select().count() == 2
    assert workspace.today() == "2026-11-21"


def test_meetings_tell_their_series_decisions_and_final_minutes(workspace: Workspace, make: Make) -> None:
    meeting = Meeting.get(Meeting.title == "Call on the Minister")
    found = records.add(workspace, Series, {"title": "Calls", "rhythm": "quarterly"})
    records.change(workspace, meeting, {"series": found.id})
    minutes.add(workspace, meeting, "decision", "A second letter")
    minutes.add(workspace, meeting, "note", "Nothing for the workbook")
    versions.make_final(workspace, Meeting.get_by_id(meeting.id))
    made = make(workspace)
    assert made.cell("Meetings", meeting.ref, "Series").value == "Calls"
    decided = made.cell("Meetings", meeting.ref, "Decisions").value
    assert decided.endswith("\nA second letter")
    assert "Nothing for" not in decided
    assert made.cell("Meetings", meeting.ref, "Minutes").value == "Minutes final, version 1"
    assert "Calls" not in made.column("Meetings", "Meeting")
    assert "Meeting series" not in made.book.sheetnames


def test_moved_dates_are_told_in_the_period(workspace: Workspace, make: Make) -> None:
    follow_up = FollowUp.get(FollowUp.status == "open")
    before = follow_up.due_on
    records.change(
        workspace, follow_up, {"due_on": "2027-03-01"}, reason="The ministry asked", agreed_by="METI"
    )
    made = make(workspace)
    told = {name: made.column("Extensions", name)[0] for name in made.headings("Extensions")}
    assert told["Record"] == f"{follow_up.ref} {follow_up.title}"
    assert (told["Was"].date().isoformat(), told["Is"].date().isoformat()) == (before, "2027-03-01")
    assert told["Days later"] == (told["Is"] - told["Was"]).days
    assert (told["Reason"], told["Agreed by"]) == ("The ministry asked", "METI")
    earlier = make(workspace, Request(period_to="2026-11-01"))
    assert "The ministry asked" not in earlier.column("Extensions", "Reason")


def test_the_desks_assessment_is_told_from_what_was_reported(workspace: Workspace, make: Make) -> None:
    rec = Recommendation.get(Recommendation.level == "recommendation")
    progress.report(workspace, rec, status="stalled", done="No news", aspect="desk")
    assert "Desk's assessment: Stalled" in make(workspace).column("Progress log", "Status from → to")


def test_what_is_saved_meanwhile_is_not_half_in_it(
    workspace: Workspace, make: Make, tmp_path: object
) -> None:
    """The export reads one snapshot, however long it takes."""
    from desktop.export.report import export

    rec = Recommendation.get(Recommendation.ref == "WC-2024-1C")
    done = []

    def meddle(_written: int, _total: int) -> bool:
        if not done:
            done.append(progress.report(workspace, rec, status="stalled", done="Meanwhile."))
        return True

    path = tmp_path / "meanwhile.xlsx"  # type: ignore[operator]
    report = export(workspace, Request(), path, meddle)
    made = Exported(path, report)
    assert made.cell("Recommendations", "WC-2024-1C", "Status (reported)").value == "Not started"
    assert "Meanwhile." not in made.column("Progress log", "Text")
    again = make(workspace, Request())
    assert again.cell("Recommendations", "WC-2024-1C", "Status (reported)").value == "Stalled"


def test_all_sorts_of_order_are_taken(workspace: Workspace, make: Make) -> None:
    for order in ((), (Order("title"),), (Order("rag", descending=True), Order("owner"))):
        made = make(workspace, Request(only=Query(FollowUp, ("ref", "rag"), order=order)))
        assert made.report.rows == 12
