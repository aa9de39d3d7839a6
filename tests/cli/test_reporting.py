"""`juntos reports` and `juntos changes`: periods are closed, and what changed since is told."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from .conftest import Juntos


@pytest.fixture
def frozen(juntos: Juntos) -> Juntos:
    """A follow-up, a report, and what was done since."""
    assert juntos("add", "follow-up", "title=Send the list", "raised_on=2026-07-01").code == 0
    made = juntos("reports", "freeze", "--title", "Third quarter", "--from", "2026-07-01", "--to", "2026-09-30",
                  "--for", "Tokyo", "--layout", "GAO style", "--view", "Overdue", "--note", "As agreed")  # fmt: skip
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
    assert report["filter"] == {"kind": "follow_up", "name": "Overdue"}
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
    assert lines[0] == ["Kind", "Ref", "Record", "Field", "Was", "Is", "By", "When"]
    assert lines[2][:6] == ["sector", "SEC-002", "SEC-002 =2+2", "New", "", "'=2+2"]


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
