"""The cover and the summary: one sentence, counts that agree with the rows, charts that draw the tables."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from typing import Any

import pytest

import desktop
from desktop.export import headline
from desktop.export.figures import Figures
from desktop.export.report import Request
from desktop.export.snapshot import Snapshot
from desktop.i18n import speaking
from desktop.model import FollowUp, Meeting, Organisation, Person, Recommendation
from desktop.service import progress, records
from desktop.service.query import Condition, Order, Query
from desktop.service.workspace import Workspace

from .conftest import CLOSED, REQUEST, Exported, Make


def texts_of(sheet: Any) -> list[Any]:
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def fact(sheet: Any, label: str) -> Any:
    return next(row[1] for row in sheet.iter_rows(values_only=True) if row[0] == label)


def table(sheet: Any, title: str) -> dict[str, list[Any]]:
    """The rows below a title of the summary, by their names."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == title:
                found = {}
                at = cell.row + 2
                while sheet.cell(at, cell.column + 1).value is not None:
                    found[sheet.cell(at, cell.column).value] = [
                        sheet.cell(at, cell.column + number).value for number in range(1, 7)
                    ]
                    at += 1
                return found
    raise AssertionError(title)


def test_the_cover_says_whose_of_when_and_how_things_stand(status: Exported) -> None:
    sheet = status.book["Cover"]
    assert sheet["A2"].value == "Status report"
    assert sheet["A3"].value == "Embassy of Japan in Chile"
    assert sheet["A5"].value == (
        "3 recommendations: 1 implemented, 1 in progress, 1 not started; 1 ask: 1 not started;"
        " 5 follow-ups overdue; 7 updates since 2026-07-01."
    )
    assert fact(sheet, "Reporting period") == "1 Jul 2026 to 21 Nov 2026"
    assert fact(sheet, "As of") == "21 Nov 2026, 14:05 (America/Santiago)"
    assert fact(sheet, "Prepared by") == "Kenji Sato, Economic Section"
    assert fact(sheet, "Handling") == "Internal"
    assert fact(sheet, "Made with") == f"Juntos {desktop.__version__}"
    assert fact(sheet, "WC-2024") == "Working together, A. Author, 2024"


def test_the_cover_lists_the_sheets_with_their_rows_and_leads_there(status: Exported) -> None:
    sheet = status.book["Cover"]
    rows = {row[0]: row[2] for row in sheet.iter_rows(values_only=True) if isinstance(row[2], int)}
    assert rows == status.report.sheets
    links = {c.value: c.hyperlink.location for (c,) in sheet.iter_rows(max_col=1) if c.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in status.report.sheets}


@pytest.mark.parametrize("word", ["Red", "Stalled", "Waiting on the other side", "Financing", "Overdue"])
def test_the_key_defines_the_words(status: Exported, word: str) -> None:
    assert word in texts_of(status.book["Cover"])


def test_another_day_has_no_time(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(as_of="2026-10-31", marking="Restricted"))
    assert fact(made.book["Cover"], "As of") == "31 Oct 2026"
    assert {sheet["A1"].value for sheet in made.book if sheet.title not in ("Lists", "_sync")} == {
        "Restricted"
    }
    assert fact(made.book["Cover"], "Reporting period") == "Everything until 31 Oct 2026"


def test_counts_agree_with_the_rows(status: Exported) -> None:
    summary = status.book["Summary"]
    counted = table(summary, "Follow-ups by status")
    rows = Counter()
    for name in ("Follow-ups open", CLOSED):
        rows.update(zip(status.column(name, "Status"), status.column(name, "RAG"), strict=True))
    for word, numbers in counted.items():
        if word != "Total":
            assert numbers[:4] == [rows[word, rag] for rag in ("Red", "Amber", "Green", "Grey")]
    assert counted["Total"][4] == 12
    owed = table(summary, "Open follow-ups by who owes them")
    sides = Counter(status.column("Follow-ups open", "Owed by (side)"))
    assert {name: numbers[4] for name, numbers in owed.items()} == sides
    assert sum(numbers[5] for numbers in owed.values()) == 5
    assert table(summary, "Open follow-ups by country")["Peru"][4] == 6
    assert table(summary, "Initiatives by sector")["Telecommunications"][4] == 1


def test_counts_take_recommendations_only(status: Exported) -> None:
    counted = table(status.book["Summary"], "Recommendations by status")
    assert counted["Total"][4] == 3
    assert len(status.column("Recommendations", "Ref")) == 5
    names = [text for text in texts_of(status.book["Summary"]) if str(text).startswith("WC-2024")]
    assert [name.split()[0] for name in names] == ["WC-2024-1A", "WC-2024-1B", "WC-2024-1C"]


def test_asks_are_told_by_themselves(status: Exported, empty: Workspace) -> None:
    counted = table(status.book["Summary"], "Asks by status")
    assert (counted["Not started"][4], counted["Total"][4]) == (1, 1)
    one = records.add(empty, Recommendation, {"title": "One"})
    ask = records.add(empty, Recommendation, {"title": "Two", "level": "ask", "parent": one.id})
    progress.report(empty, ask, status="in_progress", done="Begun.")
    assert sentence(empty).startswith("1 recommendation: 1 not started; 1 ask: 1 in progress; 0 follow-ups")


def test_historic_meetings_are_in_no_count(workspace: Workspace, make: Make) -> None:
    before = texts_of(make(workspace).book["Summary"])
    records.delete(workspace, [Meeting.get(Meeting.historic == 1)])
    assert texts_of(make(workspace).book["Summary"]) == before


def test_two_charts_draw_the_tables_in_the_colours_of_the_rag(status: Exported) -> None:
    with zipfile.ZipFile(status.path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    for name in charts:
        xml = status.part(name)
        assert len(re.findall("<ser>|<c:ser>", xml)) == 4
        for colour in ("C8372E", "E0A100", "2E9E63", "A3ACB8"):
            assert colour in xml
        for formula in re.findall(r"<f>'Summary'!([^<]+)</f>", xml):
            values = [cell.value for row in _area(status.book["Summary"], formula) for cell in row]
            assert all(value is not None for value in values), formula
        assert "sourceLinked" in xml
        cached = re.findall(r"<strCache>.*?</strCache>", xml, re.S)
        assert "Red" in "".join(cached)


def _area(sheet: Any, formula: str) -> Any:
    area = sheet[formula.replace("$", "")]
    return area if isinstance(area, tuple) else ((area,),)


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("en", "1 recommendation: 1 not started", "2 recommendations: 2 not started")],
)
def test_the_headline_agrees_with_its_numbers(empty: Workspace, language: str, one: str, two: str) -> None:
    with speaking(language):
        records.add(empty, Recommendation, {"title": "One"})
        assert sentence(empty) == f"{one}; 0 follow-ups overdue; 0 updates in all."
        records.add(empty, Recommendation, {"title": "Two"})
        records.add(empty, FollowUp, {"title": "Late", "raised_on": "2026-01-01", "due_on": "2026-02-01"})
        assert sentence(empty) == f"{two}; 1 follow-up overdue; 0 updates in all."


def sentence(workspace: Workspace) -> str:
    with Snapshot(workspace, workspace.today()) as snapshot:
        return headline.headline(Figures(snapshot, "", workspace.today()))


def test_an_empty_workspace_gives_a_finished_workbook(empty: Workspace, make: Make) -> None:
    made = make(empty)
    assert made.book["Cover"]["A5"].value == "Nothing has been entered yet."
    assert made.book["Summary"]["A2"].value == "Nothing has been entered yet."
    for name, words in {
        "Recommendations": "No recommendations have been entered yet.",
        "Follow-ups open": "No follow-up is open.",
        CLOSED: "No follow-up was closed in this period.",
        "Meetings": "No meeting has been entered yet.",
    }.items():
        assert made.book[name]["A3"].value == words
        assert made.headings(name)[0] == "Ref"
    assert made.report.rows == 0
    assert made.report.told == []


def test_a_filter_is_told_in_words(workspace: Workspace) -> None:
    owner = Person.get(Person.name == "Kenji Sato")
    ministry = Organisation.get(Organisation.acronym == "METI")
    query = Query(
        FollowUp,
        ("ref",),
        where=(
            Condition("owner", "in", (owner.id,)),
            Condition("owed_by", "in", (ministry.id,)),
            Condition("countries", "in", ("CL", "PE")),
            Condition("due_on", "from", ("2026-09-01",)),
            Condition("due_on", "to", ("2026-12-31",)),
            Condition("outcome", "empty", (True,)),
        ),
        order=(Order("due_on"),),
    )
    with Snapshot(workspace, workspace.today()) as snapshot:
        assert headline.in_words(snapshot, query) == (
            "Follow-ups: Owner: Kenji Sato; Owed by: Ministry of Economy; Countries: Chile or Peru;"
            " Due from 1 Sep 2026; Due until 31 Dec 2026; Outcome is empty; sorted by Due"
        )
        assert headline.in_words(snapshot, Query(FollowUp, ("ref",))) == "All follow-ups"


def test_a_cover_without_what_nobody_said(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request())
    labels = [row[0] for row in made.book["Cover"].iter_rows(values_only=True)]
    assert "Prepared by" not in labels
    assert REQUEST.prepared_by not in texts_of(made.book["Cover"])
