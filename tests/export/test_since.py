"""What changed since the last report: a column, a sheet, what was closed, a paragraph; nothing where nothing was."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from desktop.export import since
from desktop.export.errors import ExportError
from desktop.export.report import Request, export, note
from desktop.model import FollowUp, Meeting, Operation, Person, Recommendation
from desktop.service import changes, ending, progress, records, reporting, undo
from desktop.service.views import Definition, View
from desktop.service.workspace import Workspace

from .conftest import CHANGES, CLOSED, SINCE, Exported, Make, Reported

LAST = "Since last report"
CLOSED_SINCE, CHANGED_SINCE = "Closed since last report", "Changes since 2026-11-20"


def test_the_closed_since_the_last_report_are_those(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    made = make(workspace, Request())
    assert made.column(CLOSED_SINCE, "Ref") == [reported.closed.ref]
    assert made.cell(CLOSED_SINCE, reported.closed.ref, "Closed on").value == dt.datetime(2026, 11, 21)
    assert reported.closed.ref not in made.column("Follow-ups open", "Ref")


def test_what_was_closed_and_reopened_is_not_closed(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    progress.report(workspace, FollowUp.get_by_id(reported.closed.id), status="open", done="Not yet.")
    made = make(workspace, Request())
    assert made.report.sheets[CLOSED_SINCE] == 0
    assert reported.closed.ref in made.column("Follow-ups open", "Ref")


def test_an_act_that_was_undone_is_no_change(workspace: Workspace, reported: Reported, make: Make) -> None:
    records.change(workspace, reported.untouched, {"title": "Otherwise"})
    undo.undo(workspace)
    made = make(workspace, Request())
    assert reported.untouched.ref not in " ".join(made.column(CHANGED_SINCE, "Record"))
    assert made.cell("Follow-ups open", reported.untouched.ref, LAST).value is None


def test_the_column_says_what_became_of_each_record(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    made = make(workspace, Request())
    told = {
        ref: made.cell("Follow-ups open", ref, LAST).value for ref in made.column("Follow-ups open", "Ref")
    }
    assert told[reported.new.ref] == "New"
    assert told[reported.moved.ref].startswith("Slipped: ")
    assert "30 Jun 2027" in told[reported.moved.ref]
    assert {ref for ref, words in told.items() if words} == {reported.new.ref, reported.moved.ref}
    assert made.cell("Recommendations", "WC-2024-1C", LAST).value.startswith("Progressed: ")
    assert LAST in made.headings("Initiatives")
    for other in ("Meetings", "Extensions", "Progress log", CLOSED_SINCE):
        assert LAST not in made.headings(other)


def test_the_sheet_of_changes_tells_each_field(workspace: Workspace, reported: Reported, make: Make) -> None:
    made = make(workspace, Request())
    rows = list(made.book[CHANGED_SINCE].iter_rows(3, values_only=True))
    told = {(row[0], row[1]): row[2:] for row in rows}
    moved = f"{reported.moved.ref} {reported.moved.title}"
    was, now, by, when = told[moved, "Due"]
    assert (now, by, when) == ("30 Jun 2027", "Kenji Sato", dt.datetime(2026, 11, 21))
    assert was
    assert any(record.startswith(reported.gone.ref) and field == "Deleted" for record, field in told)
    assert any(record.startswith(reported.new.ref) and field == "New" for record, field in told)
    assert all(reported.untouched.ref not in record for record, _field in told)


def test_the_changes_tell_nothing_that_no_sheet_shows(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    records.change(workspace, Meeting.get(), {"minutes": "CANARY-MINUTES", "place": "SHOWN-PLACE"})
    records.change(workspace, Person.get(), {"email": "canary@example.org"})
    records.change(workspace, FollowUp.get_by_id(reported.untouched.id), {"detail": "SHOWN-OR-NOT"})
    made = make(workspace, Request())
    words = "\n".join(
        str(cell) for row in made.book[CHANGED_SINCE].iter_rows(values_only=True) for cell in row
    )
    assert "canary" not in words.lower()
    assert "SHOWN-PLACE" in words


def test_the_cover_has_a_paragraph_of_it(workspace: Workspace, reported: Reported, make: Make) -> None:
    made = make(workspace, Request())
    words = made.book["Cover"]["A6"].value
    assert words.startswith("Since the report of 20 Nov 2026")
    assert "1 new" in words
    assert "1 closed" in words
    assert "A6:F6" in {str(area) for area in made.book["Cover"].merged_cells.ranges}
    assert made.book["Cover"]["A5"].value.endswith("since 2026-11-20.")


def test_a_day_is_a_baseline_too(status: Exported) -> None:
    assert CLOSED in status.book.sheetnames
    assert status.headings("Recommendations")[-1] == SINCE
    assert status.report.sheets[CHANGES] > 5
    assert status.book["Cover"]["A6"].value.startswith("Since 1 Jul 2026")


def test_without_a_baseline_there_is_nothing_of_it(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request())
    assert "Closed" in made.book.sheetnames
    assert not [name for name in made.book.sheetnames if "since" in name.lower()]
    for sheet in made.tables:
        assert not [name for name in made.headings(sheet.title) if name.startswith("Since")]
    assert made.book["Cover"]["A6"].value is None


def test_what_is_asked_for_goes_before_the_last_report(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    later = reporting.freeze(workspace, {"title": "Later"})
    made = make(workspace, Request())
    assert made.report.sheets[CLOSED_SINCE] == 0, "since the last one"
    for asked in ("Third quarter", str(reported.report.uid)):
        assert make(workspace, Request(since=asked)).report.sheets[CLOSED_SINCE] == 1
    by_day = make(workspace, Request(since="2026-09-01"))
    assert by_day.report.sheets["Closed since 2026-09-01"] == 2
    assert later.title == "Later"


def filtered(workspace: Workspace, audience: str = "internal") -> tuple[FollowUp, FollowUp]:
    """A report of follow-ups of high priority alone, and two that were closed since: of high priority, and of low."""
    view = View("", "High priority", FollowUp, Definition(filters={"priority": ["high"]}))
    scope = reporting.scope(view)
    reporting.freeze(workspace, {"title": "Filtered", "scope": scope, "audience": audience})
    found = []
    for priority in ("high", "low"):
        row = FollowUp.get((FollowUp.status == "open") & (FollowUp.priority == priority))
        records.change(workspace, row, {"evidence_link": "https://example.org/done"})
        progress.report(workspace, FollowUp.get_by_id(row.id), status="done", done="Handed over.")
        found.append(row)
    return found[0], found[1]


def test_the_filter_of_the_report_is_that_of_all_that_is_told_since(workspace: Workspace, make: Make) -> None:
    progress.report(workspace, Recommendation.get(Recommendation.ref == "WC-2024-1C"), done="Before.")
    high, low = filtered(workspace)
    progress.report(workspace, Recommendation.get(Recommendation.ref == "WC-2024-1C"), done="After.")
    made = make(workspace, Request())
    assert made.column(CLOSED_SINCE, "Ref") == [high.ref]
    told = " ".join(made.column("Changes since 2026-11-21", "Record"))
    assert high.ref in told
    assert low.ref not in told
    assert "WC-2024-1C" not in told
    assert LAST not in made.headings("Recommendations")
    words = made.book["Cover"]["A6"].value
    assert "1 closed" in words
    assert words.endswith("Only what the report’s filter “High priority” has is told.")


def test_others_do_not_read_what_the_filter_is_called(workspace: Workspace, make: Make) -> None:
    filtered(workspace, "partner")
    words = make(workspace, Request(audience="partner")).book["Cover"]["A6"].value
    assert words.endswith("Only what the report covers is told.")


def test_a_workbook_knows_of_which_point_it_was_made(workspace: Workspace, tmp_path: Path) -> None:
    def meanwhile(done: int, _all: int) -> bool:
        if not seen:
            seen.append(records.add(workspace, FollowUp, {"title": "Added while it was written"}))
        return True

    seen: list[FollowUp] = []
    at = str(Operation.select(Operation.uid).order_by(Operation.id.desc()).scalar())
    made = export(workspace, Request(), tmp_path / "Status.xlsx", meanwhile)
    note(workspace, made)
    assert made.operation == at
    [kept] = ending.workbooks(workspace, "internal")
    report = ending.freeze(workspace, {"title": "With it"}, kept.operation)
    told = changes.since(workspace.engine.rows, changes.of(report))
    assert [each.ref for each in told.moved] == [seen[0].ref]


def test_a_period_begins_on_its_day_whatever_reports_are_called(workspace: Workspace, make: Make) -> None:
    for _number in range(2):
        reporting.freeze(workspace, {"title": "2026-07-01", "audience": "partner"})
    made = make(workspace, Request(period_from="2026-07-01"))
    assert {CLOSED, CHANGES} <= set(made.book.sheetnames)
    assert made.column(CHANGES, "Record"), "since the day, not since the report of that name"


def test_a_report_for_others_is_not_the_last_one_for_us(workspace: Workspace, make: Make) -> None:
    reporting.freeze(workspace, {"title": "For the partner", "audience": "partner"})
    assert "Closed" in make(workspace, Request()).book.sheetnames
    assert CLOSED_SINCE in make(workspace, Request(audience="partner")).book.sheetnames


@pytest.mark.parametrize("asked", ["Nothing like it", "2031-01-01"])
def test_a_baseline_that_is_none(workspace: Workspace, make: Make, asked: str) -> None:
    with pytest.raises(ExportError, match=re.escape(asked) + r"|1 Jan 2031"):
        make(workspace, Request(since=asked))


def test_a_list_tells_of_no_changes(workspace: Workspace, reported: Reported, make: Make) -> None:
    from desktop.service.query import Query

    made = make(workspace, Request(only=Query(FollowUp, ("ref", "title"))))
    assert made.book.sheetnames == ["Follow-ups", "_sync"]
    assert made.headings("Follow-ups") == ["Ref", "Follow-up"]


def test_the_counts_of_the_summary_are_of_the_same_closed_ones(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    made = make(workspace, Request())
    rows = list(made.book["Summary"].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if "Follow-ups by status" in row)
    column = rows[at].index("Follow-ups by status")
    done = next(row for row in rows[at:] if row[column] == "Done")
    assert done[column + 5] == made.report.sheets[CLOSED_SINCE] == 1


def test_more_closed_than_can_be_picked_are_told_by_days(
    workspace: Workspace, reported: Reported, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(since, "MOST_CLOSED", 0)
    made = make(workspace, Request())
    assert made.column(CLOSED_SINCE, "Ref") == [reported.closed.ref]


def test_the_column_is_left_out_of_a_sheet_in_which_it_would_be_empty(
    workspace: Workspace, make: Make
) -> None:
    reporting.freeze(workspace, {"title": "Before", "period_to": "2026-11-20"})
    for ref in ("WC-2024-1C", "WC-2024-1B"):
        progress.report(workspace, Recommendation.get(Recommendation.ref == ref), done="Talks went on.")
    made = make(workspace)
    assert LAST in made.headings("Recommendations")
    assert LAST not in made.headings("Initiatives")
    assert LAST not in made.headings("Follow-ups open")
