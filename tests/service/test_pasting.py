"""Rows pasted from a spreadsheet: understood by header or order, refused by row and column, written at once or not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.i18n import LANGUAGES, speaking
from desktop.model import ENTITIES, Extension, FollowUp, Invalid, Operation, Series, fields
from desktop.service import handling, pasting, query, records, undo
from desktop.service.query import Query
from desktop.text import guard


def tsv(rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in '\t\n\r"') else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


def copied(world: Any, entity: Any, names: tuple[str, ...]) -> str:
    """What the list puts on the clipboard."""
    asked = Query(entity, names)
    head = [kind.title for kind in asked.kinds]
    rows = [query.shown(asked, row) for row in query.each(world.workspace, asked)]
    return tsv([head, *[[guard(text) for text in row] for row in rows]])


def test_a_header_is_recognised_in_every_language(world: Any) -> None:
    for code in LANGUAGES:
        with speaking(code):
            head = [FollowUp.ref.title, FollowUp.title.title, FollowUp.due_on.title]
        pasted = pasting.read(world.workspace, FollowUp, tsv([head, ["", "Write a note", "2026-12-01"]]), ())
        assert pasted.headed
        assert [kind and kind.name for kind in pasted.columns] == ["ref", "title", "due_on"]
        assert (pasted.new, pasted.changed, pasted.problems) == (1, 0, [])


def test_without_a_header_the_columns_are_those_of_the_list(world: Any) -> None:
    text = tsv([["", "Write a note", "high"], ["", "Another", "Low"]])
    pasted = pasting.read(world.workspace, FollowUp, text, ("ref", "title", "priority"))
    assert not pasted.headed
    assert pasting.accept(world.workspace, pasted) == 2
    made = FollowUp.get(FollowUp.title == "Another")
    assert (made.priority, FollowUp.get(FollowUp.title == "Write a note").priority) == ("low", "high")
    undo.undo(world.workspace)
    assert FollowUp.get_or_none(FollowUp.title == "Another") is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_stands_above_the_headings_of_a_table_of_ours_is_no_row(world: Any, code: str) -> None:
    with speaking(code):
        marking = handling.row("Restricted", 3)
        head = [FollowUp.ref.title, FollowUp.title.title, FollowUp.due_on.title]
    rows = [["", "Write a note", "2026-12-01"], ["", "Another", "soon"]]
    pasted = pasting.read(world.workspace, FollowUp, tsv([marking, head, *rows]), ())
    assert pasted.headed
    assert [row.number for row in pasted.rows] == [3, 4], "as they were pasted"
    assert [problem.row for problem in pasted.problems] == [4]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_first_record_that_begins_as_the_line_does_is_a_row(world: Any, code: str) -> None:
    with speaking(code):
        (first,) = handling.row("of the containers", 1)
    for rows, columns in (
        ([[first], ["Another title"]], ("title",)),
        ([[first]], ("title",)),
        ([[first, "foo"], ["Another title", ""]], ("title", "detail")),
    ):
        pasted = pasting.read(world.workspace, FollowUp, tsv(rows), columns)
        assert not pasted.headed
        assert [(row.number, row.values["title"]) for row in pasted.rows] == [
            (number, row[0]) for number, row in enumerate(rows, 1)
        ]


def test_reading_writes_nothing(world: Any) -> None:
    before = Operation.select().count(), FollowUp.select().count()
    pasting.read(world.workspace, FollowUp, tsv([["", "Write a note"]]), ("ref", "title"))
    assert (Operation.select().count(), FollowUp.select().count()) == before
    assert records.add(world.workspace, FollowUp, {"title": "Next"}).ref == "FU-2026-003"


def test_what_is_wrong_is_told_by_row_and_column(world: Any) -> None:
    rows = [
        ["Ref", "Follow-up", "Due", "Owed by"],
        ["", "Good", "2026-12-01", "METI"],
        ["FU-2026-999", "Gone", "", ""],
        ["", "Bad day", "the day after", ""],
        ["", "", "2026-12-01", ""],
        ["", "Nobody", "", "ACME"],
    ]
    pasted = pasting.read(world.workspace, FollowUp, tsv(rows), ())
    told = {(problem.row, problem.column) for problem in pasted.problems}
    assert told == {(3, "Ref"), (4, "Due"), (5, "Follow-up"), (6, "Owed by")}
    assert all(problem.sentence.endswith(".") for problem in pasted.problems)
    before = FollowUp.select().count()
    with pytest.raises(Invalid, match="Row 3, Ref"):
        pasting.accept(world.workspace, pasted)
    assert FollowUp.select().count() == before
    assert pasting.accept(world.workspace, pasted, without_bad=True) == 1
    assert FollowUp.select().count() == before + 1


def test_an_agreed_date_needs_a_reason(world: Any) -> None:
    text = tsv([["Ref", "Due"], [world.suppliers.ref, "2026-12-24"]])
    pasted = pasting.read(world.workspace, FollowUp, text, ())
    assert pasted.moves
    assert pasted.changed == 1
    with pytest.raises(Invalid, match="why the date is moved"):
        pasting.accept(world.workspace, pasted)
    pasting.accept(world.workspace, pasted, reason="Holidays")
    assert world.suppliers.due_on == "2026-12-24"
    assert Extension.get().reason == "Holidays"


def test_empty_cells_empty_a_field_only_where_asked(world: Any) -> None:
    text = tsv([["Ref", "Owed to"], [world.suppliers.ref, ""]])
    assert pasting.read(world.workspace, FollowUp, text, ()).changed == 0
    pasted = pasting.read(world.workspace, FollowUp, text, (), clears=True)
    assert pasted.changed == 1
    pasting.accept(world.workspace, pasted)
    assert world.suppliers.owed_to is None


def test_a_record_that_stands_twice_is_refused(world: Any) -> None:
    row = [world.suppliers.ref, "A"]
    pasted = pasting.read(world.workspace, FollowUp, tsv([["Ref", "Follow-up"], row, row]), ())
    assert [problem.row for problem in pasted.problems] == [2, 3]


@pytest.mark.parametrize("text", ["", "\r\n\t\t\r\n", "one\ttwo\r\n"])
def test_what_is_no_table_of_ours_is_refused(world: Any, text: str) -> None:
    with pytest.raises(Invalid):
        pasting.read(world.workspace, FollowUp, text, ("rag", "ref"))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key())
def test_what_was_copied_changes_nothing(world: Any, entity: Any, code: str) -> None:
    records.add(world.workspace, Series, {"title": "Talks", "counterparts": {world.minrel.id}})
    with speaking(code):
        names = tuple(kind.name for kind in fields(entity) if kind.section != "system")
        pasted = pasting.read(world.workspace, entity, copied(world, entity, names), names, clears=True)
    assert len(pasted.rows) == entity.select().count() > 0
    assert (pasted.problems, pasted.new, pasted.changed) == ([], 0, 0)
    before = Operation.select().count()
    assert pasting.accept(world.workspace, pasted) == 0
    assert Operation.select().count() == before


LINES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(title=LINES, detail=st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_that_was_copied_comes_back_as_it_was(world: Any, title: str, detail: str) -> None:
    try:
        record = records.add(world.workspace, FollowUp, {"title": title, "detail": detail})
    except Invalid:
        return
    names = ("ref", "title", "detail", "due_on", "owed_by", "countries")
    pasted = pasting.read(world.workspace, FollowUp, copied(world, FollowUp, names), names)
    assert (pasted.problems, pasted.new, pasted.changed) == ([], 0, 0)
    records.delete(world.workspace, [record])
