"""Quarters in a column of dates: told with what they would be, and taken as their last day where somebody says so."""

from __future__ import annotations

import pytest

from desktop.export.intake.tracker import applying, contents, quarters
from desktop.export.intake.tracker.mapping import ColumnRule, Mapping
from desktop.i18n import LANGUAGES, speaking
from desktop.model import FollowUp
from desktop.service.workspace import Workspace
from tests.export.intake.tracker.conftest import book_of, plan_of, understand


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Q3 2026", "2026-09-30"),
        ("q1/2026", "2026-03-31"),
        ("Q2-26", "2026-06-30"),
        ("Q4'26", "2026-12-31"),
        ("2026 Q3", "2026-09-30"),
        ("2026-Q2", "2026-06-30"),
        ("3Q26", "2026-09-30"),
        ("3Q 2026", "2026-09-30"),
        ("by the end of Q3 2026", "2026-09-30"),
        ("third quarter of 2026", "2026-09-30"),
        ("1st quarter 2028", "2028-03-31"),
        ("3T 2026", "2026-09-30"),
        ("T2 2026", "2026-06-30"),
        ("1er trimestre de 2026", "2026-03-31"),
        ("tercer trimestre 2026", "2026-09-30"),
        ("IV trimestre de 2026", "2026-12-31"),
        ("fines del 3T 2026", "2026-09-30"),
        ("4º trimestre de 2026", "2026-12-31"),
        ("segundo trimestre de 2026", "2026-06-30"),
        ("2026年第3四半期", "2026-09-30"),
        ("２０２６年第三四半期", "2026-09-30"),
        ("2026年度第2四半期", "2026-09-30"),
        ("2026年度第4四半期末まで", "2027-03-31"),
        ("2026年度Q1", "2026-06-30"),
        ("令和8年度第1四半期", "2026-06-30"),
        ("令和8年第1四半期", "2026-03-31"),
        ("Q1 1900", "1900-03-31"),
        ("2199年度Q4", "2200-03-31"),
    ],
)
def test_the_last_day_of_a_quarter(text: str, day: str) -> None:
    assert quarters.is_quarter(text)
    assert quarters.last_day(text) == quarters.taken(text, quarters.LAST_DAY) == day
    with pytest.raises(ValueError, match=r"is a quarter\. .*last day"):
        quarters.taken(text, "")


@pytest.mark.parametrize("text", ["Q3", "3T", "第3四半期", "third quarter"])
def test_a_quarter_without_its_year_is_none_of_any_year(text: str) -> None:
    assert quarters.is_quarter(text)
    with pytest.raises(ValueError, match="without its year"):
        quarters.taken(text, quarters.LAST_DAY)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "Q5 2026", "Q3 FY2026", "FY2026 Q3", "2026年3月", "quarterly", "Q3 2026 or later", "3 2026", "H1 2026",
     "T-Mobile 2026", "i 2026", "2026-03", "Q3 2026 " * 9, "第5四半期", "0000 Q1", "Q1 0000", "1899 Q4", "Q1 2200",
     "9999年度Q4", "0000年Q1", "9999年第4四半期"],
)  # fmt: skip
def test_what_is_no_quarter(text: str) -> None:
    assert not quarters.is_quarter(text)
    assert quarters.taken(text, quarters.LAST_DAY) == ""


def test_a_column_tells_of_its_quarters() -> None:
    assert quarters.told_of("Due", ["2026-09-30", "x"]) == []
    assert quarters.told_of("Due", ["Q3 2026", "x", "Q3 2026", "4T 2026"]) == [
        "Column “Due” has quarters: Q3 2026, 4T 2026."
    ]


def test_what_was_said_is_kept_and_an_older_version_reads_a_mapping_that_says_nothing() -> None:
    made = Mapping("follow_up", (ColumnRule("Action", letter="A", target="title"),))
    assert "quarters" not in made.as_json()
    said = made.with_quarters(quarters.LAST_DAY)
    assert Mapping.from_json(said.as_json()).columns[0].quarters == quarters.LAST_DAY


@pytest.mark.parametrize(
    ("codes", "dates"),
    [
        (["T1", "T2", "T3", "T4"], 0.0),
        (["Q1", "Q2", "Q3", "Q4"], 0.0),
        (["Q1 2026", "Q2 2026", "Q3", "Q4"], 0.5),
    ],
)
def test_codes_that_might_be_quarters_are_no_dates_without_a_year(codes: list[str], dates: float) -> None:
    seen = contents.profile(codes)
    assert (seen.dates, seen.codes) == (dates, 1 - dates)
    assert (contents.fit(FollowUp, "due_on", seen) > 0) == (dates > 0.5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_told_until_it_is_said_that_their_last_day_is_taken(
    workspace: Workspace, language: str
) -> None:
    heads = ["Task", "Due date", "Status"]
    rows = [
        ["Send the list", "2026年度第2四半期", "Open"],
        ["Return the letter", "Q4 2026", "Open"],
        ["Book the hall", "Q1", "Open"],
    ]
    with speaking(language):
        found = understand(workspace, book_of(("Actions", [heads, *rows])))
        assert found.fields["B"] == "due_on"
        assert any("2026年度第2四半期, Q4 2026, Q1" in told for told in found.mapping.told)
        plan = plan_of(workspace, found.book, found.mapping)
        assert [cell.text for cell in plan.untaken] == [row[1] for row in rows]
        assert not any("due_on" in row.taken.values for row in plan.rows)
        said = found.mapping.with_quarters(quarters.LAST_DAY)
        plan = plan_of(workspace, found.book, said)
        assert [cell.text for cell in plan.untaken] == ["Q1"]
        applying.apply(workspace, plan)
    taken = FollowUp.get(FollowUp.title == "Send the list")
    assert (taken.due_on, "2026年度第2四半期" in taken.detail) == ("2026-09-30", True), (
        "its wording is kept too"
    )
    assert FollowUp.get(FollowUp.title == "Return the letter").due_on == "2026-12-31"
