"""A workbook on the table of somebody who fills it in: read once, edited in memory, and given back as if it was read.

Sheets are kept by the keys of their columns, so that what is done to a cell and what is done to the whole sheet can be
chosen apart from each other.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.export.intake.book import Book, SheetRead, State
from desktop.export.intake.wayback import syncing
from desktop.export.intake.wayback.sent import Sent

UID = "uid"


class Held(list[list[Any]]):
    """Rows in memory, with what is asked of those of a book."""

    def filled(self) -> Iterator[tuple[int, Sequence[Any]]]:
        for number, row in enumerate(self, 1):
            values = list(row)
            while values and values[-1] is None:
                values.pop()
            if values:
                yield number, values

    def is_formula(self, number: int, column: int) -> bool:
        return False


@dataclass
class Page:
    """A sheet of records: its columns from left to right by key, their headings, and a dict a row."""

    key: str
    name: str
    columns: list[str]
    headings: dict[str, str]
    rows: list[dict[str, Any]]
    above: list[list[Any]] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)

    def row(self, uid: str) -> dict[str, Any]:
        return next(row for row in self.rows if row.get(UID) == uid)

    def drawn(self) -> Held:
        head = [self.headings.get(key) for key in self.columns]
        return Held(
            [*self.above, head, *([row.get(key) for key in self.columns] for row in self.rows)],
        )


@dataclass(repr=False)
class Paper:
    """The whole workbook."""

    pages: dict[str, Page]
    rest: list[tuple[str, State, Held]]

    def copy(self) -> Paper:
        return Paper(copy.deepcopy(self.pages), self.rest)

    def book(self) -> Book:
        """As the reader gives it."""
        sheets = [
            _sheet(page.name, State.VISIBLE, page.drawn(), page.comments) for page in self.pages.values()
        ]
        sheets += [_sheet(name, state, rows, {}) for name, state, rows in self.rest]
        return Book("xlsx", sheets, [], Path(tempfile.mkdtemp(prefix="paper-")))


def _sheet(name: str, state: State, rows: Held, comments: dict[tuple[int, int], str]) -> SheetRead:
    width = max((len(values) for _number, values in rows.filled()), default=0)
    return SheetRead(name, state, rows, width, comments=comments)  # type: ignore[arg-type]


def of(book: Book, sent: Sent) -> Paper:
    """What was read, to be edited."""
    pages = {}
    for sheet in sent.sheets:
        columns = [*sheet.exported.columns, UID]
        rows = [[*row, *[None] * (len(columns) - len(row))] for row in sheet.read.rows]
        header = sheet.exported.header
        heads = {key: str(text) for key, text in zip(columns, rows[header - 1], strict=True)}
        body = [dict(zip(columns, row, strict=True)) for row in rows[header:]]
        pages[sheet.exported.key] = Page(
            sheet.exported.key, sheet.name, columns, heads, body, [list(row) for row in rows[: header - 1]]
        )
    known = {sheet.name for sheet in sent.sheets}
    rest = [
        (sheet.name, sheet.state, Held([list(row) for row in sheet.rows]))
        for sheet in book.sheets
        if sheet.name not in known
    ]
    assert syncing.read(book) is not None
    return Paper(pages, rest)
