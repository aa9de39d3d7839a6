"""Mappings kept under a name, words that mean nothing, names that mean somebody, and many rows at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from desktop.export.intake.tracker import applying, kept, names, tables
from desktop.export.intake.tracker.applying import Choices
from desktop.export.intake.tracker.names import Party
from desktop.export.intake.tracker.plan import Act
from desktop.model import (
    Attendance,
    FollowUp,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Update,
    database,
)
from desktop.service import derive, journal, mappings, records, summaries, undo
from desktop.service.workspace import Workspace
from desktop.store import search
from tests.export.intake.tracker.conftest import book_of, plan_of, understand
from tests.service.conftest import state
from tests.service.test_summaries import check_rebuilt

HEADS = ["Task", "Responsible", "Due date", "Status", "Progress", "Colour"]


def tracker(count: int, heads: list[str] = HEADS) -> Any:
    ministries = ("Ministry of Energy", "Ministry of Health", "Kenji Sato / Bank of the North")
    rows = [
        [
            f"Return the questionnaire {number}",
            ministries[number % 3],
            f"2027-0{number % 9 + 1}-1{number % 10}",
            ("Open", "In progress", "Done")[number % 3],
            f"2026-11-0{number % 9 + 1}: asked of it\n2026-11-1{number % 3}: answered",
            "green",
        ]
        for number in range(count)
    ]
    return book_of(("Actions", [heads, *rows]))


# ---- kept


def test_a_kept_mapping_is_found_by_its_name_and_the_best_fitting_comes_first(workspace: Workspace) -> None:
    book = tracker(4)
    mapping = understand(workspace, book).mapping.corrected("Colour", "outcome")
    other = understand(workspace, book_of(("Old", [["Task", "Deadline"], ["Send it", "2026-12-01"]]))).mapping
    kept.save(workspace, other, "A few")
    saved = kept.save(workspace, replace(mapping, sheets=("Actions",)), " Monthly  tracker ")
    assert (saved.name, saved.sheets) == ("Monthly tracker", ())
    assert kept.find("MONTHLY TRACKER").as_json() == saved.as_json()
    found = kept.fitting(tables.find(book))
    assert [(fit.mapping.name, fit.common, fit.headings) for fit in found] == [
        ("Monthly tracker", 6, 6),
        ("A few", 1, 2),
    ]
    with pytest.raises(Invalid, match="already"):
        kept.save(workspace, mapping, "monthly tracker")
    assert undo.undo(workspace) == "Save the mapping Monthly tracker"
    assert [row.name for row in mappings.rows()] == ["A few"]


def test_a_mapping_of_a_newer_program_is_not_offered_and_told_when_it_is_named(workspace: Workspace) -> None:
    mappings.save(workspace, "Newer", '{"version": 99}')
    assert kept.fitting(()) == []
    with pytest.raises(Invalid, match="newer version"):
        kept.find("Newer")


def test_a_kept_mapping_updates_by_its_key(workspace: Workspace) -> None:
    heads = ["Ref", *HEADS[1:]]
    made = records.add(workspace, FollowUp, {"title": "Send the list"})
    book = book_of(("Actions", [heads, [made.ref, None, "2027-02-01", "In progress", None, None]]))
    mapping = replace(understand(workspace, tracker(3), "follow_up").mapping, key=("ref",))
    mapping = replace(
        mapping, columns=(replace(mapping.columns[0], title="Ref", target="ref"), *mapping.columns[1:])
    )
    kept.save(workspace, mapping, "By reference")
    plan = plan_of(workspace, book, kept.find("By reference"))
    assert [(row.act, row.ref) for row in plan.rows] == [(Act.CHANGE, made.ref)]


@pytest.mark.parametrize(
    ("text", "is_file"),
    [("Monthly", False), ("monthly.json", True), ("A.JSON", True), ("kept/monthly", True), ("v1.2", False)],
)
def test_a_file_or_a_name(text: str, is_file: bool) -> None:
    assert kept.is_file(text) == is_file


# ---- words and names


def test_a_word_that_was_said_to_mean_nothing_is_not_guessed_again(workspace: Workspace) -> None:
    book = tracker(2)
    mapping = understand(workspace, book).mapping
    rule = mapping.rule("status")
    assert rule is not None
    assert rule.words["Open"] == "open"
    columns = tuple(
        replace(each, words={**each.words, "Open": ""}) if each is rule else each for each in mapping.columns
    )
    plan = plan_of(workspace, book, replace(mapping, columns=columns))
    assert [(cell.row, cell.text) for cell in plan.untaken] == [(2, "Open")]


@pytest.mark.parametrize(
    "text",
    [
        "Ministry of Economy, Trade and Industry",
        "Ministerio de Economía, Fomento y Turismo",
        "Ministério da Agricultura, Pecuária e Abastecimento",
        "Ministry of Economy, Trade",
    ],
)
def test_a_name_with_a_comma_in_it_is_one(workspace: Workspace, text: str) -> None:
    assert names.party(text) == Party(organisation=text)
    assert names.enumerated(text) == [text]
    book = book_of(("Actions", [["Task", "Responsible", "Status"], ["Send it", text, "Open"]]))
    plan = plan_of(workspace, book, understand(workspace, book, "follow_up").mapping)
    assert [(new.wanted.kind, new.wanted.name) for new in plan.names] == [("organisation", text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ana Silva, Luis Rojas", ["Ana Silva", "Luis Rojas"]),
        ("METI, DFC", ["METI", "DFC"]),
        ("Ministry of Health, Bank of the North", ["Ministry of Health", "Bank of the North"]),
        ("外務省、経済産業省", ["外務省", "経済産業省"]),
    ],
)
def test_what_a_comma_parts_is_several(text: str, parts: list[str]) -> None:
    assert names.enumerated(text) == parts
    assert names.party("Ana Silva, Ministry of Health") == Party("Ana Silva", "Ministry of Health")


def test_somebody_who_is_meant_is_meant_wherever_the_name_stands(workspace: Workspace) -> None:
    ana = records.add(workspace, Person, {"name": "Ana María Rojas"})
    energy = records.add(workspace, Organisation, {"name": "Ministerio de Energía"})
    heads = ["Date", "Meeting", "Counterpart", "Attendees", "Minutes"]
    rows = [
        ["2026-10-02", "Talks on energy", "Ministry of Energy", "Ana Maria Roja; Ken Mori", "They met."],
        ["2026-10-09", "Talks on tariffs", "Ministry of Energy", "Roja, Ana Maria", "They met again."],
    ]
    book = book_of(("Meetings", [heads, *rows]))
    mapping = understand(workspace, book, "meeting").mapping
    plan = plan_of(workspace, book, mapping)
    assert {(each.wanted.name, each.like) for each in plan.typed} >= {
        ("Ana Maria Roja", ("Ana María Rojas",))
    }
    same = {("person", "ana maria roja"): ana.id, ("organisation", "ministry of energy"): energy.id}
    applying.apply(workspace, plan, Choices(same=same))
    meeting = Meeting.get(Meeting.title == "Talks on energy")
    there = [(row.person_id, row.name) for row in Attendance.select().where(Attendance.meeting == meeting.id)]
    assert sorted(there, key=str) == sorted([(ana.id, ""), (None, "Ken Mori")], key=str)
    assert Organisation.get_or_none(Organisation.name == "Ministry of Energy") is None
    assert energy.id in derived_counterparts(meeting)


def derived_counterparts(meeting: Any) -> frozenset[int]:
    found: frozenset[int] = records.values_of(meeting)["counterparts"]
    return found


# ---- many rows


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many statements are run."""
    count, run = [0], database.obj.execute_sql

    def execute(*given: Any, **named: Any) -> Any:
        count[0] += 1
        return run(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", execute)
        yield count


def test_all_that_follows_from_records_follows_from_taken_in_ones(workspace: Workspace) -> None:
    before = state()
    book = tracker(60)
    mapping = understand(workspace, book).mapping
    operation = applying.apply(workspace, plan_of(workspace, book, mapping))
    assert operation is not None
    check_rebuilt(workspace)
    there = state()
    with workspace.engine.write():
        derive.rebuild(workspace.facts, summaries.since(workspace))
    assert state() == there
    assert journal.broken_at() is None
    mine = list(FollowUp.select().where(FollowUp.title.startswith("Return the questionnaire ")))
    assert [row.version for row in mine] == [1] * 60
    assert Update.select().where(Update.subject.in_([row.id for row in mine])).count() == 120
    found = index(workspace)
    with workspace.engine.write():
        search.rebuild()
    assert index(workspace) == found
    query = f"SELECT count(*) FROM {search.table(FollowUp)} WHERE words MATCH ?"
    assert workspace.engine.rows(query, ("answered AND questionnaire",)) == [(60,)]
    undo.revert(workspace, operation, operation.label)
    assert state() == before
    assert workspace.engine.rows(query, ("answered",)) == [(0,)]


def index(workspace: Workspace) -> list[Any]:
    """The words of all records of the search, where they stand."""
    return [
        workspace.engine.rows(
            f"SELECT count(*), sum(rowid) FROM {search.table(entity)} WHERE words MATCH ?", (word,)
        )
        for entity in (FollowUp, Person, Organisation)
        for word in ("questionnaire", "asked", "energy", "sato", "in*", "green")
    ]


def test_statements_grow_with_the_rows_and_no_faster(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: dict[int, tuple[int, int]] = {}
    mapping = understand(workspace, tracker(6)).mapping
    for size in (60, 120, 240):
        book = tracker(size)
        with counted(monkeypatch) as planned:
            plan = plan_of(workspace, book, mapping)
        with counted(monkeypatch) as applied:
            operation = applying.apply(workspace, plan)
        assert operation is not None
        spent[size] = planned[0], applied[0]
        undo.revert(workspace, operation, operation.label)
    for at in (0, 1):
        first, second = spent[120][at] - spent[60][at], spent[240][at] - spent[120][at]
        assert second <= 2.1 * first, spent
    assert spent[240][0] <= 10 * 240, spent
    assert spent[240][1] <= 24 * 240, spent
