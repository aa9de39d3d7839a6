"""What taking in a tracker would do: rows to make, to change and to leave, and every cell that could not be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from desktop.export.intake.book import place
from desktop.export.intake.tracker.columns import Column, Outside
from desktop.export.intake.tracker.log_cells import Entry
from desktop.export.intake.tracker.mapping import Mapping
from desktop.i18n import _


class Fate(Enum):
    """Where a cell of the table went."""

    FIELD = "field"
    NOTE = "note"
    UPDATE = "update"
    LINK = "link"
    MARK = "mark"
    """It is only a dash."""
    LEFT = "left"
    """Its column is left out."""
    UNTAKEN = "untaken"
    """It is told in `Plan.untaken`, and stands in the note as well where one is kept."""


class Act(Enum):
    """What becomes of a row."""

    MAKE = "make"
    CHANGE = "change"
    SAME = "same"
    """Its record says all of it already."""
    LEAVE = "leave"


class Wanted(NamedTuple):
    """A person or an organisation that the directory does not have yet."""

    kind: str
    name: str
    organisation: str = ""
    """Of a person: the name of whom they work for."""


@dataclass(frozen=True)
class Untaken:
    """A cell that could not be taken, and why; `part` where it is only a part of its cell."""

    sheet: str
    row: int
    column: Column
    text: str
    why: str

    def told(self) -> str:
        """Where, what and why."""
        return _("{place} ({title}): {why}").format(
            place=place(self.sheet, self.row, self.column.number), title=self.column.shown, why=self.why
        )


@dataclass(frozen=True)
class Changed:
    """A field of a record that a row changes, in words."""

    field: str
    title: str
    was: str
    now: str


@dataclass(frozen=True)
class Likely:
    """What a new row may be once more: a record (`ref`), or an earlier row of the file."""

    likeness: int
    name: str
    ref: str = ""
    sheet: str = ""
    row: int = 0

    def told(self) -> str:
        """What it is like."""
        if self.ref:
            return _("It may be {ref} ({name}).").format(ref=self.ref, name=self.name)
        return _("It may be row {row} of sheet “{sheet}” once more.").format(row=self.row, sheet=self.sheet)


@dataclass
class Taken:
    """What the cells of one row say."""

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    """By field; a person or organisation that is not there yet is a `Wanted`."""
    sources: dict[str, Column] = field(default_factory=dict)
    """The column that a value came from."""
    entries: list[Entry] = field(default_factory=list)
    next: str = ""
    blocks: str = ""
    updated: str = ""
    """The day that the row gives for its latest update."""
    links: list[Any] = field(default_factory=list)
    """Records that it serves or advances."""
    attendees: list[tuple[Any, Any]] = field(default_factory=list)
    """Each a person's id or a typed name, and an organisation."""
    note: list[str] = field(default_factory=list)
    untaken: list[Untaken] = field(default_factory=list)
    fates: dict[int, Fate] = field(default_factory=dict)
    """By number of column."""


@dataclass
class PlannedRow:
    """What becomes of a row."""

    taken: Taken
    act: Act
    name: str
    ref: str = ""
    uid: str = ""
    version: int = 0
    """Of the record that it changes, as it was when the plan was made."""
    values: dict[str, Any] = field(default_factory=dict)
    changes: tuple[Changed, ...] = ()
    entries: tuple[Entry, ...] = ()
    """Updates that its record does not have yet."""
    likely: tuple[Likely, ...] = ()
    why: str = ""
    """Why it is left."""

    @property
    def key(self) -> tuple[str, int]:
        """Its sheet and number."""
        return self.taken.sheet, self.taken.row


@dataclass(frozen=True)
class NewName:
    """Somebody who is put into the directory; `like` are the references of those whose name is like it."""

    wanted: Wanted
    rows: int
    like: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A column of which nothing is taken."""

    sheet: str
    column: Column
    cells: int


@dataclass(frozen=True)
class Plan:
    """All that would be done, and all that would not."""

    mapping: Mapping
    file: str
    rows: tuple[PlannedRow, ...]
    names: tuple[NewName, ...]
    typed: tuple[NewName, ...]
    """Attendees who go in as a typed name, and who may be somebody of the directory."""
    untaken: tuple[Untaken, ...]
    outside: tuple[Outside, ...]
    left_out: tuple[LeftOut, ...]
    shifted: tuple[Outside, ...]
    """Rows whose cells seem to stand in wrong columns."""
    told: tuple[str, ...]
    """What was decided for whole columns, and what there is to look at."""

    def count(self, act: Act) -> int:
        """How many rows that becomes of."""
        return self.counts[act]

    @property
    def counts(self) -> Dict[Act, int]:
        """How many rows, by what becomes of them."""
        return Counter(row.act for row in self.rows)

    @property
    def likely(self) -> tuple[PlannedRow, ...]:
        """New rows that may be there already."""
        return tuple(row for row in self.rows if row.likely)

    @property
    def updates(self) -> int:
        """How many entries of progress logs it would add."""
        return sum(len(row.entries) for row in self.rows if row.act in (Act.MAKE, Act.CHANGE))
