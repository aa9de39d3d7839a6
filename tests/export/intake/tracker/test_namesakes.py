"""Columns of one name: none is taken for the field before the officer says which."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.export.intake.tracker import applying, guessing, namesakes
from desktop.export.intake.tracker.columns import Column
from desktop.export.intake.tracker.mapping import Mapping
from desktop.model import FollowUp, Invalid
from desktop.service.workspace import Workspace

from .conftest import book_of, plan_of, unaccounted, understand

HEADS = ["Task", "Due", "Status", "Due"]
ROWS = [
    ["Send the list of companies", "2026-12-01", "Open", "2026-12-15"],
    ["Return the questionnaire", "2026-12-08", "Open", "2027-01-20"],
]
ASKED = "Several columns are called “Due”: B and D. None becomes a field until you say which."


def tracker(heads: list[Any] = HEADS, rows: list[list[Any]] = ROWS) -> Any:
    return book_of(("Actions", [heads, *rows]))


def targets_of(mapping: Mapping) -> dict[str, str]:
    return {rule.letter: rule.target for rule in mapping.columns}


def test_neither_is_taken_and_it_is_told(workspace: Workspace) -> None:
    book = tracker()
    mapping = understand(workspace, book).mapping
    assert targets_of(mapping) == {"A": "title", "B": "", "C": "status", "D": ""}
    plan = plan_of(workspace, book, mapping)
    assert plan.told[0] == ASKED
    assert not unaccounted(book, plan)
    applying.apply(workspace, plan)
    made = FollowUp.get(FollowUp.title == ROWS[0][0])
    assert made.due_on is None


def test_each_guess_says_why(workspace: Workspace) -> None:
    guessed = understand(workspace, tracker()).guess.columns
    assert [each.reason == ASKED for each in guessed] == [False, True, False, True]


def test_what_the_officer_chose_is_taken_and_nothing_asked(workspace: Workspace) -> None:
    book = tracker()
    mapping = understand(workspace, book).mapping
    with pytest.raises(Invalid, match="name it by its letter"):
        mapping.corrected("Due", "due_on")
    plan = plan_of(workspace, book, mapping.corrected("D", "due_on"))
    assert ASKED not in plan.told
    assert [row.values["due_on"] for row in plan.rows] == ["2026-12-15", "2027-01-20"]


def test_control_without_looking_the_first_would_be_taken(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "_unclear", lambda header, taken: set())
    assert targets_of(understand(workspace, tracker()).mapping) == {
        "A": "title",
        "B": "due_on",
        "C": "status",
        "D": "",
    }


def test_one_alone_is_guessed_as_ever(workspace: Workspace) -> None:
    book = tracker(["Task", "Due", "Status", "Colour"])
    mapping = understand(workspace, book).mapping
    assert targets_of(mapping)["B"] == "due_on"
    assert namesakes.told(mapping) == []


def test_columns_of_one_name_under_other_headings_are_told_apart(workspace: Workspace) -> None:
    columns = [Column(2, "Due", "First"), Column(4, "Due", "Now"), Column(5, "Due", "Now", 2)]
    assert namesakes.of(columns) == {("due", "now"): columns[1:]}


def test_of_one_name_but_told_apart_by_what_stands_in_them_each_is_told(workspace: Workspace) -> None:
    rows = [
        ["Send the list", "2026-09-01", "Open", "2026-12-01"],
        ["Return the forms", "2026-09-08", "Open", "2026-12-09"],
    ]
    book = tracker(["Task", "Date", "Status", "Date"], rows)
    mapping = understand(workspace, book).mapping
    assert targets_of(mapping) == {"A": "title", "B": "raised_on", "C": "status", "D": "due_on"}
    told = "Several columns are called “Date”. What they become: B: Raised; D: Due."
    assert plan_of(workspace, book, mapping).told[0] == told


def test_a_name_that_stands_twice_is_asked_before_anything_is_made(workspace: Workspace) -> None:
    book = tracker(["Task", "Task", "Status", "Due"], [["One", "Another", "Open", "2026-12-01"]])
    with pytest.raises(Invalid, match="Several columns are called “Task”: A and B"):
        plan_of(workspace, book, understand(workspace, book).mapping)


def test_a_kept_mapping_does_not_choose_among_more_columns_than_it_knew(workspace: Workspace) -> None:
    before = tracker(["Task", "Due", "Status", "Colour"])
    mapping = understand(workspace, before).mapping
    book = tracker()
    plan = plan_of(workspace, book, mapping)
    assert ASKED in plan.told
    assert not any("due_on" in row.values for row in plan.rows)
    assert not unaccounted(book, plan)


def test_words_that_are_no_field_may_stand_twice(workspace: Workspace) -> None:
    book = tracker(["Task", "Xyzzy", "Status", "Xyzzy"])
    assert namesakes.told(understand(workspace, book).mapping) == []
