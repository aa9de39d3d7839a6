"""`juntos reports` and `juntos changes`: periods are closed, and what changed since is told."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .conftest import Juntos


@pytest.fixture
def frozen(juntos: Juntos) -> Juntos:
    """A follow-up, a report, and what was done since."""
    assert juntos("add", "follow-up", "title=Send the list", "raised_on=2026-07-01").code == 0
    made = juntos("reports", "freeze", "--title", "Third quarter", "--from", "2026-07-01", "--to", "2026-09-30",
                  "--recipient", "Tokyo", "--layout", "GAO style", "--note", "As agreed")  # fmt: skip
    assert made.code == 0, made.err
    ref = json.loads(juntos("list", "follow-ups", "--format", "json").out)[0]["ref"]
    assert juntos("report", ref, "--status", "in progress", "--done", "=1+1").code == 0
    assert juntos("add", "sector", "name=Space").code == 0
    return juntos


def objects(printed: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed)
    return found


def test_reports_are_listed(frozen: Juntos) -> None:
    shown = frozen("reports").out
    assert shown == frozen("reports", "list").out
    for word in ("Third quarter", "30 Sep 2026", "Tokyo", "Internal"):
        assert word in shown
    [report] = objects(frozen("reports", "--format", "json").out)
    assert report["uid"]
    assert report["frozen_by"] == "PER-001"
    assert report["filter"] is None
    assert {name: report[name] for name in ("title", "period_from", "period_to", "layout", "note")} == {
        "title": "Third quarter",
        "period_from": "2026-07-01",
        "period_to": "2026-09-30",
        "layout": "gao",
        "note": "As agreed",
    }


def test_what_changed_since_is_told(frozen: Juntos) -> None:
    shown = frozen("reports", "show", "third quarter").out
    assert "Since the report of 30 Sep 2026: 1 progressed (FU-" in shown
    assert "Open" in shown
    assert "As agreed" in shown
    found = objects(frozen("reports", "show", "third quarter", "--format", "json").out)
    assert found == objects(frozen("changes", "--since", "Third quarter", "--format", "json").out)
    assert [(each["kind"], each["marks"]) for each in found] == [
        ("sector", ["new"]),
        ("follow_up", ["progressed"]),
    ]
    assert found[1]["status"] == ["open", "in_progress"]
    assert found[1]["updates"] == 1
    assert [(cell["field"], cell["was"], cell["is"]) for cell in found[1]["cells"][:1]] == [
        ("Status", "Open", "In progress")
    ]
    assert found[1]["cells"][1]["is"].endswith("\n=1+1")


def test_csv_is_guarded(frozen: Juntos) -> None:
    assert frozen("add", "sector", "name==2+2").code == 0
    lines = [*csv.reader(io.StringIO(frozen("changes", "--since", "Third quarter", "--format", "csv").out))]
    assert lines[0] == ["Handling: Internal", *[""] * 7]
    assert lines[1] == ["Kind", "Ref", "Record", "Field", "Was", "Is", "By", "When"]
    assert lines[3][:6] == ["sector", "SEC-002", "SEC-002 =2+2", "New", "", "'=2+2"]


def test_for_others_only_what_is_for_them(frozen: Juntos) -> None:
    found = frozen("changes", "--since", "Third quarter", "--audience", "partner", "--format", "json")
    assert objects(found.out) == []
    assert (
        "no recommendation, initiative or follow-up has moved"
        in frozen("changes", "--since", "Third quarter", "--audience", "partner").out
    )
    assert frozen("reports", "freeze", "--title", "For both", "--audience", "partner").code == 0
    assert frozen("add", "sector", "name=Sea", "visibility=partner").code == 0
    assert frozen("add", "sector", "name=Secret").code == 0
    found = frozen("reports", "show", "For both", "--format", "json")
    assert [each["name"] for each in objects(found.out)] == ["Sea"]


def test_between_two_reports(frozen: Juntos) -> None:
    assert frozen("reports", "freeze", "--title", "Fourth").code == 0
    assert frozen("add", "sector", "name=Sea").code == 0
    since = ("changes", "--since", "Third quarter", "--format", "json")
    assert len(objects(frozen(*since).out)) == 3
    assert len(objects(frozen(*since, "--until", "Fourth").out)) == 2
    assert len(objects(frozen("reports", "show", "Fourth", "--format", "json").out)) == 1
    assert (
        objects(frozen("changes", "--since", "Fourth", "--until", "Third quarter", "--format", "json").out)
        == []
    )


def test_a_report_is_deleted_and_brought_back(frozen: Juntos) -> None:
    assert frozen("reports", "delete", "Third quarter").code == 0
    assert objects(frozen("reports", "--format", "json").out) == []
    assert frozen("undo").code == 0
    assert len(objects(frozen("reports", "--format", "json").out)) == 1


def test_the_filter_of_a_report_is_applied_and_said(frozen: Juntos) -> None:
    assert frozen("reports", "freeze", "--title", "Late", "--view", "High priority").code == 0
    report = next(
        each for each in objects(frozen("reports", "--format", "json").out) if each["title"] == "Late"
    )
    assert report["filter"] == {"kind": "follow_up", "name": "High priority"}
    for title, priority in (("Ask Tokyo", "high"), ("Ask Osaka", "low")):
        words = ("add", "follow-up", f"title={title}", "raised_on=2026-07-01", f"priority={priority}")
        assert frozen(*words).code == 0
    told = objects(frozen("reports", "show", "Late", "--format", "json").out)
    assert [each["name"] for each in told] == ["Ask Tokyo"]
    assert told == objects(frozen("changes", "--since", "Late", "--format", "json").out)
    assert re.search(r"Filter +High priority", frozen("reports", "show", "Late").out)
    said = "Only what the report’s filter “High priority” has is told."
    assert said in frozen("changes", "--since", "Late").out
    assert frozen("reports", "freeze", "--title", "Later").code == 0
    assert (
        "(first: “High priority”; then: everything)"
        in frozen("changes", "--since", "Late", "--until", "Later").out
    )


def test_a_report_ends_where_its_workbook_was_made(frozen: Juntos, tmp_path: Path) -> None:
    path = tmp_path / "Status.xlsx"
    assert frozen("export", str(path)).code == 0
    assert frozen("add", "sector", "name=Sea").code == 0
    now = frozen("reports", "freeze", "--title", "Now")
    assert "What was done after Status.xlsx was made is within the report" in now.err
    assert objects(frozen("reports", "show", "Now", "--format", "json").out) == []
    assert frozen("undo").code == 0
    made = frozen("reports", "freeze", "--title", "Then", "--workbook", str(path))
    assert (made.code, made.err) == (0, "")
    told = objects(frozen("reports", "show", "Then", "--format", "json").out)
    assert [each["name"] for each in told] == ["Sea"]
    again = frozen("reports", "freeze", "--title", "Again", "--workbook", "Status.xlsx")
    assert again.code == 2
    assert "No workbook “Status.xlsx” was made for this audience since its last report" in again.err


def test_an_export_closes_the_period_with_it(frozen: Juntos, tmp_path: Path) -> None:
    words = ("--freeze", "Fourth", "--recipient", "Tokyo", "--from", "2026-10-01", "--layout", "gao")
    made = frozen("export", str(tmp_path / "Status.xlsx"), *words)
    assert made.code == 0, made.err
    assert "The report “Fourth” is frozen." in made.err
    report = next(
        each for each in objects(frozen("reports", "--format", "json").out) if each["title"] == "Fourth"
    )
    assert (report["recipient"], report["period_from"], report["layout"]) == ("Tokyo", "2026-10-01", "gao")
    assert objects(frozen("reports", "show", "Fourth", "--format", "json").out) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--freeze", "x" * 5000), "Title"),
        (("--recipient", "Tokyo"), "add --freeze TITLE"),
        (("--headings", "en,xx"), "“xx” is no language of headings; there are: en, es, ja and pt."),
        (("--headings", "en,ja,es"), "two languages at most"),
        (("--headings", "en,ja", "--in", "ja"), "write --headings ja,en"),
    ],
)
def test_an_export_that_makes_no_sense_writes_nothing(
    frozen: Juntos, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    told = frozen("export", str(tmp_path / "Status.xlsx"), *words)
    assert told.code == 2, told.err
    assert sentence in told.err
    assert not (tmp_path / "Status.xlsx").exists()
    assert len(objects(frozen("reports", "--format", "json").out)) == 1


@pytest.mark.parametrize(
    ("headings", "heads"),
    [
        ("en,ja", ["Ref", "整理番号"]),
        ("ja,en", ["整理番号", "Ref"]),
        ("ja", ["整理番号"]),
        ("es,pt", ["Ref.", "Ref."]),
    ],
)
def test_headings_in_one_language_or_two(
    frozen: Juntos, tmp_path: Path, headings: str, heads: list[str]
) -> None:
    path = tmp_path / "Status.xlsx"
    assert frozen("export", str(path), "--headings", headings).code == 0
    sheet = openpyxl.load_workbook(path).worksheets[2]
    assert [sheet.cell(row, 1).value for row in range(2, 2 + len(heads))] == heads
    assert sheet.cell(2 + len(heads), 1).value not in ("Ref", "整理番号")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("reports", "show", "Spring"), "There is no frozen report “Spring”; there are: “Third quarter”."),
        (("reports", "delete", "Spring"), "There is no frozen report “Spring”"),
        (("changes", "--since", "Spring"), "“Spring” is neither a frozen report nor a day."),
        (("changes", "--since", "2199-01-01"), "still to come"),
        (("changes", "--since", "Third quarter", "--until", "never"), "“never” is neither"),
        (("changes",), "--since"),
        (("reports", "freeze"), "--title"),
        (("reports", "freeze", "--title", "x", "--to", "soonish"), "soonish"),
        (("reports", "freeze", "--title", "x", "--layout", "moon"), "moon"),
        (("reports", "freeze", "--title", "x", "--view", "moon"), "moon"),
        (("reports", "freeze", "--title", "x", "--audience", "press"), "press"),
    ],
)
def test_bad_input_gets_a_sentence(frozen: Juntos, words: tuple[str, ...], sentence: str) -> None:
    told = frozen(*words)
    assert told.code == 2, told.err
    assert sentence in told.err
    assert "Traceback" not in told.err
    assert len(objects(frozen("reports", "--format", "json").out)) == 1
