"""A table within a sheet: its columns, its rows, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop.export.intake.book import letters, place
from desktop.export.intake.tracker.shown import plain
from desktop.i18n import _
from desktop.service import handling

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Column:
    """A column of a table. `group` is the heading above its title, where headings have two levels."""

    number: int
    """Counted from 1."""
    title: str
    group: str = ""
    occurrence: int = 1
    """Which of those of the same name it is, from the left."""
    hidden: bool = False

    @property
    def letter(self) -> str:
        """Its name in the spreadsheet."""
        return letters(self.number)

    @property
    def shown(self) -> str:
        """What it is called, its letter where it has no title."""
        title = " ".join(self.title.split())
        if not title:
            return _("Column {letter}").format(letter=self.letter)
        return f"{' '.join(self.group.split())} – {title}" if self.group else title

    @property
    def key(self) -> Key:
        """By which it is the same column on another sheet or in another file."""
        return plain(self.title) or self.letter, plain(self.group), self.occurrence


class Outside(NamedTuple):
    """A row that is no row of the table, and why it is not taken."""

    sheet: str
    row: int
    text: str
    why: str

    def told(self) -> str:
        """Where, what and why."""
        return _("Sheet “{sheet}”, row {row}: {why}").format(sheet=self.sheet, row=self.row, why=self.why)


@dataclass(frozen=True)
class Header:
    """Where the table of a sheet stands. Rows are counted as the file counts them, from 1."""

    sheet: str
    first: int
    """The first row of headings; 0 where there is none."""
    last: int
    columns: tuple[Column, ...]
    begin: int
    """The first row of the table itself."""
    end: int
    outside: tuple[Outside, ...] = ()
    """Rows above, within and below that are not taken."""
    score: float = 0.0
    """How much it looks like a table."""
    hidden: bool = False
    """Whether its sheet is hidden."""

    @property
    def keys(self) -> frozenset[Key]:
        """Of all its columns that have a title."""
        return frozenset(column.key for column in self.columns if column.title)

    @property
    def above(self) -> list[str]:
        """What stands above the headings and may tell what the table is, and of when: the marking does not."""
        texts = [outside.text for outside in self.outside if outside.row < self.first]
        return [text for text in texts if not handling.is_row(text.split(" | "), ())]

    def column(self, number: int) -> Column:
        """The column of this number; one without a title where the table has none there."""
        found = next((column for column in self.columns if column.number == number), None)
        return found or Column(number, "")

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, in words."""
        return place(self.sheet, row, column)


def numbered(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, each told apart from those of the same name before it."""
    seen: Counter[tuple[str, str]] = Counter()
    told = []
    for column in columns:
        name = column.key[:2]
        seen[name] += 1
        told.append(replace(column, occurrence=seen[name]))
    return tuple(told)
