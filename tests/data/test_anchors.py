"""Each anchor of the catalogue exists in the index of its document, and Figure 3 is kept row by row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from scripts.index_source import digest
from tests.data.anchors import Record, places

Catalogue = dict[str, list[Record]]


def paragraphs(indexes: dict[str, Any], record: Record) -> dict[int, Any]:
    """What the index knows of a record's section: its paragraphs, or a figure's rows, by number."""
    index, section = indexes[record["source"]], record["section"]
    if section.startswith("Figure "):
        (figure,) = [figure for figure in index["figures"] if f"Figure {figure['figure']}" == section]
        return {row["row"]: row for row in figure["rows"] if row["row"]}
    (found,) = [found for found in index["sections"] if found["section"] == section]
    return {paragraph["paragraph"]: paragraph for paragraph in found["paragraphs"]}


def test_each_anchor_exists(anchored: list[Record], indexes: dict[str, Any]) -> None:
    for record in anchored:
        known = paragraphs(indexes, record)
        numbers = places(record.get("paragraph", ""))
        assert set(numbers) <= set(known), record["ref"]
        assert numbers == sorted(set(numbers)), record["ref"]
        assert ("row" in record.get("paragraph", "")) == (record["section"] == "Figure 3"), record["ref"]
        # A figure without a table and a heading have no paragraphs to point to; all others are pointed to.
        assert numbers or not known, record["ref"]


def test_the_endnotes_stand_in_the_paragraph(anchored: list[Record], indexes: dict[str, Any]) -> None:
    for record in anchored:
        known = paragraphs(indexes, record)
        there = [
            note
            for number in places(record.get("paragraph", ""))
            for note in known[number].get("endnotes", [])
        ]
        cited = record["endnotes"].split("; ") if "endnotes" in record else []
        assert set(cited) <= set(there), record["ref"]
        assert cited == [note for note in there if note in cited], record["ref"]


def test_places_named_in_notes_exist(catalogue: Catalogue, indexes: dict[str, Any]) -> None:
    """Notes say `1.B, paragraph 2` or `Introduction, paragraphs 4–5`; either document may be meant."""
    length: dict[str, int] = {}
    for section in (section for index in indexes.values() for section in index["sections"]):
        name = section["section"]
        length[name] = max(length.get(name, 0), len(section["paragraphs"]))
    sections = "|".join(re.escape(name) for name in sorted(length, key=len, reverse=True))
    named = re.compile(rf"({sections}), paragraphs? (\d+)(?:(?:–| and )(\d+))?")
    found = [
        (record.get("ref", record.get("from")), match)
        for records in catalogue.values()
        for record in records
        for field in ("source_note", "note")
        for match in named.finditer(record.get(field, ""))
    ]
    assert len(found) > 100
    assert [(ref, m[0]) for ref, m in found if int(m[3] or m[2]) > length[m[1]]] == []


def test_recommendations_cover_their_section(catalogue: Catalogue, indexes: dict[str, Any]) -> None:
    """A recommendation is anchored in all of its section, an ask within that of its recommendation."""
    by_key = {record["key"]: record for record in catalogue["recommendation"]}
    for record in by_key.values():
        if record["level"] == "recommendation":
            known = paragraphs(indexes, record)
            assert places(record["paragraph"]) == list(known), record["ref"]
            notes = [note for paragraph in known.values() for note in paragraph["endnotes"]]
            assert record.get("endnotes", "") == "; ".join(notes), record["ref"]
        elif record["level"] == "ask":
            assert record["section"] == by_key[record["parent"]]["section"], record["ref"]


# ---- Figure 3


@pytest.fixture
def figure_rows(catalogue: Catalogue) -> list[tuple[Record, Record]]:
    """The rows of the figure with the records that keep them, in the order of the figure."""
    pairs = [(row, record) for record in catalogue["initiative"] for row in record.get("figure_rows", [])]
    return sorted(pairs, key=lambda pair: pair[0]["row"])


def test_each_row_of_figure_3_is_in_one_record(figure_rows: list[tuple[Record, Record]]) -> None:
    assert [row["row"] for row, _ in figure_rows] == list(range(1, 27))


def test_the_cells_are_as_printed(figure_rows: list[tuple[Record, Record]], indexes: dict[str, Any]) -> None:
    (figure,) = [figure for figure in indexes["WC-2024"]["figures"] if figure["figure"] == "3"]
    printed = {row["row"]: row["cells"] for row in figure["rows"]}
    for row, record in figure_rows:
        kept = [digest(row[cell]) for cell in ("initiative", "partners", "founded")]
        assert kept == printed[row["row"]][:3], (record["ref"], row["row"])
        assert row["description_note"]
        assert record["paragraph"] == "; ".join(f"row {other['row']}" for other in record["figure_rows"])


def test_records_of_figure_3_stand_in_its_order(catalogue: Catalogue) -> None:
    first = [record["figure_rows"][0]["row"] for record in catalogue["initiative"] if "figure_rows" in record]
    assert all(one < other for one, other in pairwise(first))


def test_discrepancies_of_figure_3_are_named(figure_rows: list[tuple[Record, Record]]) -> None:
    for row, record in figure_rows:
        year = re.fullmatch(r"\d{4}", row["founded"])
        if year:
            assert record["founded"] == row["founded"], record["ref"]
        else:
            assert "founded" not in record, record["ref"]
            assert record["founded_wording"], record["ref"]
        if not year or len(record["figure_rows"]) > 1:
            assert record["source_note"], record["ref"]
    twice = {record["key"]: record for _, record in figure_rows if len(record["figure_rows"]) > 1}
    assert set(twice) == {
        "japan-us-clean-energy-partnership",
        "us-japan-global-digital-connectivity-partnership",
    }
    assert all(record["source_note"].startswith("Listed twice") for record in twice.values())
