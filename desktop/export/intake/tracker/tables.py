"""Where the table stands: under titles, logos and blank rows, on one sheet or on many of the same headings.

Rows that are none of the table (titles, totals, legends, notes, headings once more) are told and not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.export.intake.book import Book, SheetRead, State
from desktop.export.intake.tracker import headings, rowkinds
from desktop.export.intake.tracker.columns import Header, Outside
from desktop.export.intake.tracker.shown import is_filled, text_of
from desktop.export.intake.values import Value

ALIKE = 0.6
"""The share of headings that two tables have in common when they are one."""
SAMPLE = 300
"""Rows by which a table is understood."""
SHOWN = 120
"""Characters of a row that a sentence shows."""


def find_table(sheet: SheetRead, row: int = 0) -> Header | None:
    """The table of a sheet, None where it has none. `row` says where its headings are, 0 to look for them."""
    top = headings.top_of(sheet)
    found = headings.at(sheet, top, row) if row else headings.best(sheet, top)
    if found is None:
        return None
    first, last, columns, score = found
    header = Header(sheet.name, first, last, columns, last + 1, len(sheet.rows), score=score)
    header = replace(header, hidden=sheet.state is not State.VISIBLE)
    return _bounded(sheet, header)


def _bounded(sheet: SheetRead, header: Header) -> Header:
    """The same with the end of the table, and what is none of it."""
    kinds = rowkinds.classified(sheet, header)
    outside = []
    above = header.first or header.begin
    rows = [number for number, why in kinds.items() if not why]
    begin, end = (rows[0], rows[-1]) if rows else (header.begin, header.begin - 1)
    for number, values in sheet.rows.filled():
        why = kinds.get(number, rowkinds.ABOVE if number < above else "")
        if why:
            text = " | ".join(text_of(value) for value in values if is_filled(value))
            outside.append(Outside(sheet.name, number, text[:SHOWN], rowkinds.sentence(why)))
    return replace(header, begin=begin, end=end, outside=tuple(outside))


def find(book: Book, sheets: Sequence[SheetRead] = ()) -> list[Header]:
    """The tables of a book that are one: the best first, then those of other sheets with the same headings.

    `sheets` are those that an officer chose; without, hidden ones are left out unless there is no other.
    """
    found = [header for header in map(find_table, sheets or book.sheets) if header is not None]
    shown = [
        header for header in found if sheets or (not header.hidden and header.end >= header.begin)
    ] or found
    if not shown:
        return []
    best = max(shown, key=lambda header: header.score * min(header.end - header.begin + 2, 12) ** 0.3)
    alike = [header for header in shown if header is best or same(best, header)]
    return [best, *(header for header in alike if header is not best)]


def same(one: Header, other: Header) -> bool:
    """Whether two tables have the same headings, but for a few."""
    both = len(one.keys & other.keys)
    return bool(both) and both >= ALIKE * max(len(one.keys), len(other.keys))


def rows(sheet: SheetRead, header: Header) -> Iterator[tuple[int, list[Value]]]:
    """The rows of the table with their numbers; what was merged over several rows stands in each of them."""
    left = {outside.row for outside in header.outside}
    down = _merged_down(sheet, header)
    for number, values in sheet.rows.filled():
        if number > header.end:
            return
        if number < header.begin or number in left:
            continue
        filled = list(values)
        for column, top in down.get(number, ()):
            filled.extend([None] * (column - len(filled)))
            if filled[column - 1] is None:
                filled[column - 1] = sheet.cell(top, column).value
        yield number, filled


def _merged_down(sheet: SheetRead, header: Header) -> dict[int, list[tuple[int, int]]]:
    """By row, the columns whose value stands in a row above that it was merged with."""
    found: dict[int, list[tuple[int, int]]] = {}
    for area in sheet.merged:
        if area.bottom > area.top >= header.begin and area.bottom <= header.end:
            for row in range(area.top + 1, area.bottom + 1):
                found.setdefault(row, []).append((area.left, area.top))
    return found


def sample(book: Book, headers: Sequence[Header]) -> list[list[Value]]:
    """Rows from all sheets of a table, in the order of the first one's columns."""
    taken: list[list[Value]] = []
    for header in headers:
        order = positions(headers[0], header)
        for _number, values in rows(book.sheet(header.sheet), header):
            taken.append([values[at - 1] if at and at <= len(values) else None for at in order])
            if len(taken) >= SAMPLE:
                return taken
    return taken


def positions(first: Header, other: Header) -> list[int]:
    """Where the columns of one table stand in another, 0 where it has no such column."""
    there = {column.key: column.number for column in other.columns}
    return [there.get(column.key, 0) for column in first.columns]
