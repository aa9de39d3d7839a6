"""One declared sheet as it stands in the workbook: marking, headings, table, dropdowns, colours, rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from desktop.export import layout, names, styles, texts, tones, wording
from desktop.export.cells import Cells, Hidden, Shown, as_selected
from desktop.export.columns import UID, Column, Extended, Sheet
from desktop.export.rows import Rows, batches
from desktop.export.wording import inner
from desktop.i18n import _, speaking
from desktop.model import Person
from desktop.model.dates import Date
from desktop.model.kinds import Choice, Kind, Number
from desktop.model.relations import Reference
from desktop.service.query import Row

if TYPE_CHECKING:
    from desktop.export.sync import Sync
    from desktop.export.workbook import Book

ABOVE = 3
"""Rows that may stand above the first record: the marking, and headings in up to two languages."""
MAX_ROWS = 1_048_576
MOST_FROZEN = 100
"""Characters that may stay in view; beyond them a screen has no room left for the rest."""
LOOKED_THROUGH = 1_000
"""Rows among which is looked for columns where nothing stands; a sheet of more is hardly printed."""
NARROWED = 12.0
"""Such a column takes half its width, but this much: there is room to fill it in, and more for the others."""
EMPTY = replace(styles.NOTE, size=12, italic=False)


def shown_as(column: Column, kinds: tuple[Kind, ...], labels: Sequence[str], font: str) -> Shown:
    """How a column looks, by the kind of its first part; it is never narrower than a word of its headings."""
    kind = inner(kinds[0])
    align, format = "left", styles.GENERAL
    if isinstance(kind, Date):
        align, format = "center", styles.DATE
    elif isinstance(kind, Number) and kind.align == "right":
        align, format = "center", styles.NUMBER
    elif kind.align == "right":
        align = "right"
    return Shown(labels[0], max(column.width or kinds[0].width, least_width(labels, font)), align, format)


def least_width(labels: Sequence[str], font: str) -> int:
    """What the longest word of a column's headings takes, with the button of its filter."""
    return math.ceil(max(styles.least_width(label, font) for label in labels) + layout.BUTTON)


class Written:
    """Writes one sheet of rows; `book` is the workbook that it stands in."""

    def __init__(self, book: Book, sheet: Sheet, title: str, query: Extended, count: int) -> None:
        self.book, self.sheet, self.query, self.count = book, sheet, query, count
        self.declared = (*sheet.columns, UID) if sheet.tracked else sheet.columns
        self.kinds = [column.kinds(sheet.entity) for column in self.declared]
        self.headings = [self._labels(language) for language in book.languages]
        """In each language."""
        self.columns = [
            shown_as(column, kinds, labels, book.styles.font)
            for column, kinds, labels in zip(
                self.declared, self.kinds, zip(*self.headings, strict=True), strict=True
            )
        ]
        self.to = book.add(title)
        self.first = 2 + len(self.headings)
        """The row of the first record: the marking and the headings stand above it."""
        self.last = self.first + max(count, 1) - 1

    def _labels(self, language: str) -> list[str]:
        taken: set[str] = set()
        with speaking(language):
            return [names.heading(column.title(self.sheet.entity), taken) for column in self.declared]

    def write(self, selected: Iterable[Row], tick: Callable[[int], None], note: str = "") -> None:
        """All of it; `tick` is told how many rows have been written since it was last, `note` says what is shown."""
        if self.count <= LOOKED_THROUGH and self._wide():
            selected = list(selected)
            self._narrow(selected)
        self._frame()
        rows = Rows(self.to, self.book.styles)
        layout.marking_row(rows, self.book.frame.marking, len(self.columns), note, self.sheet.frozen)
        for labels in self.headings:
            layout.header_row(rows, self.columns, labels, last=labels is self.headings[-1])
        if not self.count:
            rows.plain([(_(self.sheet.empty), EMPTY)], 30)
            return
        self._table()
        if not self.book.frame.plain:
            self._choices()
        self._records(rows, selected, tick)

    def _records(self, rows: Rows, selected: Iterable[Row], tick: Callable[[int], None]) -> None:
        pick, makers, sync = self._pick(), self._makers(), self._sync()
        level, ref = self._place(self.sheet.levels), self._place("ref") or self._place("ref_shown")
        for batch in batches(selected):
            # Of rows that follow each other, those of one level are of one look.
            alike = groupby(batch, itemgetter(level)) if level else [("", batch)]
            for key, group in alike:
                written = [*group]
                refs = [row[ref] if ref else "" for row in written]
                marks = rows.together([*map(pick, written)], makers.get(key, makers[""]), refs)
                if sync is not None:
                    sync.records([row[-2] for row in written], [row[-1] for row in written], marks[:-1])
            tick(len(batch))

    def _wide(self) -> bool:
        """Whether even the largest paper shows it smaller than it is."""
        return sum(column.width for column in self.columns[: len(self.sheet.columns)]) > layout.A3_COLUMNS

    def _narrow(self, rows: list[Row]) -> None:
        """Make the columns narrower in which nothing stands yet."""
        pick, values = self._pick(), [value_of(*each) for each in zip(self.declared, self.kinds, strict=True)]
        empty = set(range(len(self.sheet.columns)))
        for row in rows:
            picked = pick(row)
            empty = {number for number in empty if values[number](picked[number]) in (None, "")}
        for number in empty:
            column, labels = self.columns[number], [labels[number] for labels in self.headings]
            half = max(column.width / 2, NARROWED, least_width(labels, self.book.styles.font))
            self.columns[number] = replace(column, width=min(column.width, half))

    def _sync(self) -> Sync | None:
        """Where is noted what each cell holds, if the rows are records."""
        sync = self.book.sync if self.sheet.tracked else None
        if sync is not None:
            keys = [column.key for column in self.sheet.columns]
            sync.sheet(self.sheet.key, self.to.title, self.sheet.entity.key(), self.first - 1, keys)
        return sync

    def _place(self, name: str) -> int:
        """Where in the selected rows a field stands, or 0."""
        return self.query.columns.index(name) + 1 if name in self.query.columns else 0

    def _frame(self) -> None:
        widths = [column.width for column in self.columns]
        shown = len(self.sheet.columns)
        hidden = len(widths) - shown
        titles = f"1:{self.first - 1}"
        layout.dimension(self.to, len(self.columns), self.last)
        frozen = min(self.sheet.frozen, shown - 1)
        if sum(column.width for column in self.columns[:frozen]) > MOST_FROZEN:
            frozen = 1
        frame = self.book.frame
        # What there is to say of an empty sheet stands on one page.
        again = frozen if self.count else 0
        layout.page(self.to, frame, widths[:shown], titles=titles, columns=again, hidden=hidden)
        layout.freeze(self.to, self.first - 1, frozen)

    def _area(self, index: int) -> str:
        letter = get_column_letter(index + 1)
        return f"{letter}{self.first}:{letter}{self.last}"

    def _table(self) -> None:
        reference = f"A{self.first - 1}:{get_column_letter(len(self.columns))}{self.last}"
        table = Table(displayName=f"Juntos_{self.sheet.key}_{len(self.book.sheets)}", ref=reference)
        table.tableStyleInfo = TableStyleInfo(name=styles.TABLE, showRowStripes=True)
        table._initialise_columns()
        table.tableColumns = [
            # With the escapes that the cell of the heading has: Excel wants them alike.
            TableColumn(id=number, name=texts.escape(label))
            for number, label in enumerate(self.headings[-1], 1)
        ]
        self.to._tables.add(table)  # add_table() warns of columns that are there

    def _choices(self) -> None:
        """Dropdowns for choices and for owners; colours for what is good or bad news."""
        course = getattr(self.sheet.entity, "course", None)
        for index, kinds in enumerate(self.kinds):
            kind, area, label = inner(kinds[0]), self._area(index), self.columns[index].label
            if self.declared[index].join is not None:
                continue
            if isinstance(kind, Choice):
                name = wording.name_of(kinds[0])
                self.book.lists.offer(self.to, area, label, wording.words(kind.scale, name))
                tones.colour(self.to, area, kind.scale, tones.of_scale(kind.scale, course), name)
            elif isinstance(kind, Reference) and kind.target is Person:
                self.book.lists.offer(self.to, area, label, self.book.officers, others=True)
            elif kinds[0].name == "days_overdue":
                tones.alarm(self.to, area)

    def _pick(self) -> Callable[[Row], Sequence[Any]]:
        """What takes the columns out of a selected row: one part as it is, several as a tuple."""
        taken: list[int | slice] = []
        at = 1
        for kinds in self.kinds[: len(self.sheet.columns)]:
            taken.append(at if len(kinds) == 1 else slice(at, at + len(kinds)))
            at += len(kinds)
        if self.sheet.tracked:
            taken.append(-2)
        take = itemgetter(*taken)
        return take if len(taken) > 1 else lambda row: (take(row),)

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
            (Hidden if column.hidden else Cells)(
                shown,
                nothing if titles and kinds[0].section == "progress" else value_of(column, kinds),
                book.styles,
                book.told,
                book.long,
            )
            for shown, column, kinds in zip(columns, self.declared, self.kinds, strict=True)
        ]


def nothing(_raw: Any) -> None:
    """An empty cell, whatever was selected."""


def text_or_none(raw: Any) -> str | None:
    """A text that was selected; none where it is empty."""
    return None if raw is None else str(raw) or None


def as_text(kind: Kind) -> bool:
    """Whether a kind shows a text as it was selected, which then needs nobody to be asked."""
    own = type(inner(kind))
    return own.cell is Kind.cell and own.shown is Kind.shown and own.text is Kind.text


def value_of(column: Column, kinds: tuple[Kind, ...]) -> Callable[[Any], Any]:
    """What makes of a column's selected parts what stands in its cell."""
    join = column.join
    if join is None:
        return as_selected if as_text(kinds[0]) else wording.cell(kinds[0])
    # Of a text nobody need be asked: what was selected is what its cell would hold.
    cells = [text_or_none if as_text(kind) else wording.cell(kind) for kind in kinds]
    first, second = cells[0], cells[-1]
    if len(kinds) == 1:
        return lambda raw: join(first(raw))
    if len(kinds) == 2:
        return lambda raws: join(first(raws[0]), second(raws[1]))
    return lambda raws: join(*(cell(raw) for cell, raw in zip(cells, raws, strict=True)))
