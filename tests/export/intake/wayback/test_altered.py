"""What a spreadsheet program alters by itself in a workbook that comes back: proposed, and not accepted unasked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.wayback import (
    CLEAN,
    OURS,
    THEIRS,
    Kind,
    Proposal,
    accept,
    apply,
    cells,
    decide,
    propose,
    recognise,
)
from desktop.export.intake.wayback.altered import by_itself
from desktop.model import FollowUp, Initiative
from desktop.service import progress, records
from desktop.service.workspace import Workspace

from .conftest import Office

WORDS = "may have changed this by itself"
LONG = "Note of the meeting. " * 20
BY_ITSELF: list[tuple[str, Any]] = [
    ("007", 7),
    ("+81312345678", 81312345678),
    ("1,250.50", 1250.5),
    ("1.250,50", 1250.5),
    ("(12)", -12),
    ("50%", 0.5),
    ("12E3", 12000),
    ("123456789012345678", 123456789012345000),
    ("123456789012345679", 123456789012345680),
    ("1234567890123", "1.23457E+12"),
    ("true", True),
    ("1-2", 46024),
    ("2 Mar", 46083),
    ('The "draft" of Kenji\'s office', "The “draft” of Kenji’s office"),
    ("Draft -- the last one...", "Draft – the last one…"),
    ("The draft", "The draft_x005F_x000D_"),
    ("A literal _x0041_", "A literal A"),
    ("0071", "'0071"),
    (LONG, LONG[:255]),
]
"""What stood in a cell of text, and what a program made of it."""
MEANT: list[tuple[str, Any]] = [
    ("007", 8),
    ("123456789012345678", "123456789012345679"),
    ("123456789012345678", 123456789012355000),
    ("1-2", 46025),
    ("2 Mar", 46000),
    ("true", "truly"),
    ("Send the draft", "Send “the very last draft”"),
    ("Send the draft", "Send the drafts"),
    (LONG, LONG[:200]),
]
"""What stood there, and what somebody typed."""


def came(office: Office, workspace: Workspace, cases: list[tuple[str, Any]]) -> list[Proposal]:
    """What is proposed where these stood in the workbook, and came back in a file that a program saved."""
    made: dict[str, Any] = {}
    with workspace.operation("Many") as writing:
        for number, (was, value) in enumerate(cases):
            named = {"name": f"Case {number}", "milestone": was}
            made[records.make(writing, Initiative, named).uid] = value
    return saved(office, office.send(), "Next milestone", made)


def saved(office: Office, path: Path, heading: str, values: dict[str, Any]) -> list[Proposal]:
    """What is proposed where these values, by uid, stand in the file as a program saved it."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for row in sheet.iter_rows(1, 4) for cell in row if cell.value}
        for row in sheet.iter_rows() if heading in heads else ():
            for uid in {cell.value for cell in row} & values.keys():
                sheet.cell(row[0].row, heads[heading]).value = values[uid]
    book.save(path)
    with read(path) as back:
        return propose(office.workspace, recognise(back))


def shown(found: list[Proposal]) -> dict[str, tuple[Kind, bool, bool]]:
    """By what the record is called."""
    return {each.record.partition(", ")[2]: (each.kind, each.accepted, WORDS in each.told) for each in found}


def test_what_a_program_altered_by_itself_is_not_accepted_unasked(
    office: Office, workspace: Workspace
) -> None:
    found = came(office, workspace, BY_ITSELF)
    names = [f"Case {number}" for number in range(len(BY_ITSELF))]
    assert shown(found) == dict.fromkeys(names, (Kind.CHANGE, False, True))
    for how in (THEIRS, OURS, CLEAN):
        assert not any(each.accepted for each in decide(found, how))
    assert not any(each.accepted for each in accept(found))
    assert apply(workspace, decide(found, THEIRS), "Status.xlsx") is None


def test_what_somebody_typed_is_accepted(office: Office, workspace: Workspace) -> None:
    found = came(office, workspace, MEANT)
    names = [f"Case {number}" for number in range(len(MEANT))]
    assert shown(found) == dict.fromkeys(names, (Kind.CHANGE, True, False))
    assert all(each.accepted for each in decide(found, CLEAN))


def test_without_looking_it_would_be_accepted(
    office: Office, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of both."""
    monkeypatch.setattr(cells, "by_itself", lambda shown, came: False)
    found = came(office, workspace, BY_ITSELF)
    assert all(each.accepted for each in found)
    assert len(found) == len(BY_ITSELF)


def test_chosen_it_is_taken(office: Office, workspace: Workspace) -> None:
    found = came(office, workspace, [("007", 7)])
    assert apply(workspace, accept(found, found), "Status.xlsx") is not None
    assert Initiative.get(Initiative.name == "Case 0").milestone == "7"


def test_what_was_changed_here_too_is_a_conflict_that_is_told_so(
    office: Office, workspace: Workspace
) -> None:
    record: Any = Initiative.get(Initiative.name == "Humboldt Cable")
    records.change(workspace, record, {"milestone": "007"})
    path = office.send()
    records.change(workspace, record, {"milestone": "Ours"})
    (found,) = saved(office, path, "Next milestone", {record.uid: 7})
    assert (found.kind, found.accepted, found.exported, found.came) == (Kind.CONFLICT, False, "007", "7")
    assert WORDS in found.told
    assert decide([found], THEIRS) == [found]


def test_a_text_of_several_lines(office: Office, workspace: Workspace) -> None:
    record: Any = FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref).first()
    progress.report(workspace, record, done="First line\nsecond line")
    path = office.send()
    made = {record.uid: "First line_x005F_x000D_\nsecond line  "}
    (found,) = saved(office, path, "Latest update", made)
    assert (found.kind, found.accepted) == (Kind.CHANGE, False)
    assert WORDS in found.told


def test_a_day_that_a_program_made_of_a_text_is_no_text(office: Office, workspace: Workspace) -> None:
    (found,) = came(office, workspace, [("1-2", dt.date(2026, 1, 2))])
    assert (found.kind, found.accepted) == (Kind.ERROR, False)
    assert "make dates of what looks like one" in found.told


@pytest.mark.parametrize(
    ("was", "value", "expected"),
    [
        ("1-2", dt.date(2026, 1, 2), True),
        ("1/2", dt.datetime(2026, 2, 1), True),
        ("MAR1", dt.date(2026, 3, 1), True),
        ("3月4日", dt.date(2026, 3, 4), True),
        ("2026-03", dt.date(2026, 3, 1), True),
        ("2026-05", dt.date(2026, 5, 12), False),
        ("May 2026", dt.date(2026, 5, 1), True),
        ("May 2026", dt.date(2026, 5, 12), False),
        ("5-2026", dt.date(2026, 4, 5), False),
        ("2026-05", dt.date(2026, 1, 5), False),
        ("1-2", dt.date(2026, 1, 3), False),
        ("12", dt.date(2026, 1, 12), False),
        ("A-2", dt.date(2026, 1, 2), False),
        ("10:30", dt.time(10, 30), True),
        ("26:05", dt.timedelta(hours=26, minutes=5), True),
        ("10:30", dt.time(10, 31), False),
        (dt.date(2026, 1, 2), dt.date(2026, 1, 3), False),
        (12.5, 125, False),
        (1.5, 15, False),
        (Decimal("1.250"), 1250, False),
        (50, "50%", False),
        (1.2, 46024, False),
        (123456789012345678, 123456789012345000, True),
        (Decimal("1234567890.12"), "1.23457E+9", True),
        (None, 7, False),
        ("007", None, False),
    ],
)
def test_days_and_times(was: Any, value: Any, expected: bool) -> None:
    assert by_itself(was, value) is expected
