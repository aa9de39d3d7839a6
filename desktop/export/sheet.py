"""One declared sheet as it stands in the workbook: marking, headings, table, dropdowns, colours, rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from desktop.export import layout, names, styles, tones
from desktop.export.cells import Cells, Rows, Shown
from desktop.export.columns import Column, Extended, Sheet
from desktop.i18n import _
from desktop.model import Person
from desktop.model.computed import Computed
from desktop.model.dates import Date
from desktop.model.kinds import Choice, Kind, Number
from desktop.model.relations import Reference
from desktop.service.query import Row

if TYPE_CHECKING:
    from desktop.export.workbook import Book

FIRST = 3
"""The row of the first record: the marking and the headings stand above it."""
MAX_ROWS = 1_048_576
MOST_FROZEN = 100
"""Characters that may stay in view; beyond them a screen has no room left for the rest."""
EMPTY = replace(styles.NOTE, size=12, italic=False)


def shown_as(column: Column, kinds: tuple[Kind, ...], label: str, font: str) -> Shown:
    """How a column looks, by the kind of its first part; it is never narrower than a word of its heading."""
    kind = inner(kinds[0])
    align, format = "left", styles.GENERAL
    if isinstance(kind, Date):
        align, format = "center", styles.DATE
    elif isinstance(kind, Number) and kind.align == "right":
        align, format = "center", styles.NUMBER
    elif kind.align == "right":
        align = "right"
    least = math.ceil(styles.least_width(label, font) + layout.BUTTON)
    return Shown(label, max(column.width or kinds[0].width, least), align, format)


def inner(kind: Kind) -> Kind:
    """The kind that shows a value: of a computed column, the one that shows what it computes."""
    return kind.as_ if isinstance(kind, Computed) else kind


class Written:
    """Writes one sheet of rows; `book` is the workbook that it stands in."""

    def __init__(self, book: Book, sheet: Sheet, title: str, query: Extended, count: int) -> None:
        self.book, self.sheet, self.query, self.count = book, sheet, query, count
        taken: set[str] = set()
        self.kinds = [column.kinds(sheet.entity) for column in sheet.columns]
        self.columns = [
            shown_as(column, kinds, names.heading(column.title(sheet.entity), taken), book.styles.font)
            for column, kinds in zip(sheet.columns, self.kinds, strict=True)
        ]
        self.to = book.add(title)
        self.last = FIRST + max(count, 1) - 1

    def write(self, selected: Iterator[Row], tick: Callable[[], None], note: str = "") -> None:
        """All of it; `tick` is called after each row, `note` says what is shown."""
        self._frame()
        rows = Rows(self.to, self.book.styles)
        layout.marking_row(rows, self.book.frame.marking, len(self.columns), note, self.sheet.frozen)
        layout.header_row(rows, self.columns)
        if not self.count:
            rows.plain([(_(self.sheet.empty), EMPTY)], 30)
            return
        self._table()
        self._choices()
        pick, makers = self._pickers(), self._makers()
        level, ref = self._place(self.sheet.levels), self._place("ref") or self._place("ref_shown")
        for row in selected:
            chosen = makers.get(row[level], makers[""]) if level else makers[""]
            rows.write([take(row) for take in pick], chosen, row[ref] if ref else "")
            tick()

    def _place(self, name: str) -> int:
        """Where in the selected rows a field stands, or 0."""
        return self.query.columns.index(name) + 1 if name in self.query.columns else 0

    def _frame(self) -> None:
        titles = "1:2"
        layout.page(self.to, self.book.frame, [column.width for column in self.columns], titles=titles)
        layout.dimension(self.to, len(self.columns), self.last)
        frozen = min(self.sheet.frozen, len(self.columns) - 1)
        if sum(column.width for column in self.columns[:frozen]) > MOST_FROZEN:
            frozen = 1
        layout.freeze(self.to, FIRST - 1, frozen)

    def _area(self, index: int) -> str:
        letter = get_column_letter(index + 1)
        return f"{letter}{FIRST}:{letter}{self.last}"

    def _table(self) -> None:
        reference = f"A{FIRST - 1}:{get_column_letter(len(self.columns))}{self.last}"
        table = Table(displayName=f"Juntos_{self.sheet.key}_{len(self.book.sheets)}", ref=reference)
        table.tableStyleInfo = TableStyleInfo(name=styles.TABLE, showRowStripes=True)
        table._initialise_columns()
        table.tableColumns = [
            TableColumn(id=number, name=column.label) for number, column in enumerate(self.columns, 1)
        ]
        self.to._tables.add(table)  # add_table() warns of columns that are there

    def _choices(self) -> None:
        """Dropdowns for choices and for owners; colours for what is good or bad news."""
        course = getattr(self.sheet.entity, "course", None)
        for index, kinds in enumerate(self.kinds):
            kind, area, label = inner(kinds[0]), self._area(index), self.columns[index].label
            if self.sheet.columns[index].join is not None:
                continue
            if isinstance(kind, Choice):
                self.book.lists.offer(self.to, area, label, [_(word) for word in kind.scale.values()])
                tones.colour(self.to, area, kind.scale, tones.of_scale(kind.scale, course))
            elif isinstance(kind, Reference) and kind.target is Person:
                self.book.lists.offer(self.to, area, label, self.book.officers, others=True)
            elif kinds[0].name == "days_overdue":
                tones.alarm(self.to, area)

    def _pickers(self) -> list[Callable[[Row], Any]]:
        """For each column, what takes its parts out of a row: one as it is, several as a tuple."""
        pick: list[Callable[[Row], Any]] = []
        at = 1
        for kinds in self.kinds:
            pick.append(itemgetter(*range(at, at + len(kinds))))
            at += len(kinds)
        return pick

    def _makers(self) -> dict[str, list[Cells]]:
        """The makers of cells, by the level of the record: headings in bold, asks set in."""
        plain = self._cells(self.columns)
        if not self.sheet.levels:
            return {"": plain}
        heading = [replace(column, bold=True) for column in self.columns]
        title = self.sheet.frozen - 1
        asked = [replace(c, indent=2) if number == title else c for number, c in enumerate(self.columns)]
        return {"": plain, "heading": self._cells(heading, titles=True), "ask": self._cells(asked)}

    def _cells(self, columns: list[Shown], titles: bool = False) -> list[Cells]:
        """The makers of a row's cells; `titles` leaves out how things stand, which a heading has no part in."""
        book = self.book
        return [
            Cells(
                shown,
                nothing if titles and kinds[0].section == "progress" else value_of(column, kinds),
                book.styles,
                book.told,
                book.long,
            )
            for shown, column, kinds in zip(columns, self.sheet.columns, self.kinds, strict=True)
        ]


def nothing(_raw: Any) -> None:
    """An empty cell, whatever was selected."""


def value_of(column: Column, kinds: tuple[Kind, ...]) -> Callable[[Any], Any]:
    """What makes of a column's selected parts what stands in its cell."""
    join = column.join
    if join is None:
        return kinds[0].cell
    if len(kinds) == 1:
        return lambda raw: join(kinds[0].cell(raw))
    return lambda raws: join(*(kind.cell(raw) for kind, raw in zip(kinds, raws, strict=True)))
