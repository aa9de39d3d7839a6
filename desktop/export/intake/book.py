"""What was read of a file from outside: sheets of cells, paged from a private file, and what is to be told of it.

    with read(path) as book:
        for sheet in book.sheets:
            for number, values in sheet.rows.filled():  # number as the file counts, from 1
                ...

What a value can be stands in `values`. The private file goes when the book is closed, or at the latest with it.
"""

from __future__ import annotations

import json
import shutil
import weakref
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import NamedTuple, overload

from desktop.export.intake.values import (
    UNCOMPUTED,
    ErrorValue,
    Kind,
    Uncomputed,
    Value,
    kind_of,
    thawed,
)
from desktop.i18n import _, format_number

__all__ = [
    "UNCOMPUTED",
    "Area",
    "Book",
    "Cell",
    "ErrorValue",
    "Kind",
    "Rows",
    "SheetRead",
    "State",
    "Uncomputed",
    "Value",
    "kind_of",
    "letters",
    "place",
]


class State(Enum):
    """How a sheet is shown in its workbook."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


class Area(NamedTuple):
    """Merged cells: first and last row and column, counted from 1, both included."""

    top: int
    left: int
    bottom: int
    right: int


class Cell(NamedTuple):
    """One cell and where it stands, rows and columns counted from 1."""

    sheet: str
    row: int
    column: int
    value: Value
    formula: bool

    @property
    def kind(self) -> Kind:
        return kind_of(self.value)

    @property
    def place(self) -> str:
        """Where it stands, for a sentence."""
        return place(self.sheet, self.row, self.column)


def letters(column: int) -> str:
    """The name of a column counted from 1: A, Z, AA, XFD."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(sheet: str, row: int, column: int) -> str:
    """Where a cell stands, in words."""
    return _("sheet “{sheet}”, row {row}, column {column}").format(
        sheet=sheet, row=format_number(row), column=letters(column)
    )


class Block(NamedTuple):
    """Rows that follow one another and are kept together: the number of the first, from 1, how many, and where."""

    first: int
    many: int
    offset: int
    size: int


class _Held(NamedTuple):
    rows: list[list[Value]]
    formulas: frozenset[tuple[int, int]]


class Rows(Sequence[Sequence[Value]]):
    """The rows of a sheet from the first of the file, few of them in memory at a time.

    `rows[0]` is row 1 of the file. A row ends with its last filled cell, one without any is empty.
    """

    HELD = 8
    """Blocks in memory."""

    def __init__(self, file: Path, blocks: list[Block]) -> None:
        self._file = file
        self._blocks = blocks
        self._held: OrderedDict[int, _Held] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return self._blocks[-1].first + self._blocks[-1].many - 1 if self._blocks else 0

    @overload
    def __getitem__(self, index: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sequence[Value]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[Value] | list[Sequence[Value]]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        number = index % len(self) + 1
        at = self._block_of(number)
        return self._load(at).rows[number - self._blocks[at].first] if at >= 0 else []

    def __iter__(self) -> Iterator[Sequence[Value]]:
        next_one = 1
        for number, values in self._numbered():
            for _gap in range(number - next_one):
                yield []
            yield values
            next_one = number + 1

    def filled(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """The rows that hold anything, with their numbers in the file."""
        return ((number, values) for number, values in self._numbered() if values)

    def is_formula(self, number: int, column: int) -> bool:
        """Whether a cell, counted from 1, is a formula, with or without its result."""
        at = self._block_of(number)
        return at >= 0 and (number - self._blocks[at].first, column - 1) in self._load(at).formulas

    def _numbered(self) -> Iterator[tuple[int, Sequence[Value]]]:
        for at, block in enumerate(self._blocks):
            yield from enumerate(self._load(at).rows, block.first)

    def _block_of(self, number: int) -> int:
        """The index of the block that a row stands in, -1 where it stands in none."""
        low, high = 0, len(self._blocks)
        while low < high:
            middle = (low + high) // 2
            if self._blocks[middle].first <= number:
                low = middle + 1
            else:
                high = middle
        at = low - 1
        inside = at >= 0 and number < self._blocks[at].first + self._blocks[at].many
        return at if inside else -1

    def _load(self, at: int) -> _Held:
        with self._lock:
            held = self._held.get(at)
            if held is None:
                held = self._held[at] = self._read(self._blocks[at])
                while len(self._held) > self.HELD:
                    self._held.popitem(last=False)
            else:
                self._held.move_to_end(at)
        return held

    def _read(self, block: Block) -> _Held:
        with self._file.open("rb") as file:
            file.seek(block.offset)
            rows, formulas = json.loads(file.read(block.size))
        return _Held(
            [thawed(row) for row in rows], frozenset(zip(formulas[::2], formulas[1::2], strict=True))
        )


@dataclass(frozen=True)
class SheetRead:
    """A sheet of cells. Numbers of rows and columns count from 1, as the file shows them."""

    name: str
    state: State
    rows: Rows
    width: int
    """Columns up to the last filled one."""
    merged: list[Area] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    """From where to where, both included."""
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    """Notes at cells, by row and column."""
    uncomputed: int = 0
    """Formulas without results."""
    errors: int = 0

    def cell(self, row: int, column: int) -> Cell:
        """A cell, counted from 1; an empty one where the sheet has none."""
        values = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        value = values[column - 1] if 0 < column <= len(values) else None
        return Cell(self.name, row, column, value, self.rows.is_formula(row, column))

    def is_hidden(self, row: int) -> bool:
        """Whether a row is hidden, by hand or by a filter."""
        return any(first <= row <= last for first, last in self.hidden_rows)


@dataclass
class Book:
    """A file that was read. `kind` is what it really is: xlsx, xlsm, xlsb, xls, ods, csv; a csv has one sheet."""

    kind: str
    sheets: list[SheetRead]
    told: list[str]
    """Sentences on what was not taken as it stood."""
    folder: Path
    encoding: str = ""
    separator: str = ""
    seconds: float = 0.0
    """How long the reading took."""
    peak: float = 0.0
    """Megabytes that the reading process took at most, where the system tells."""
    digest: str = ""
    """SHA-256 of what was read, by which the same file is known again."""

    def __post_init__(self) -> None:
        self._done = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the private file away; the rows cannot be read any more."""
        self._done()

    def sheet(self, name: str) -> SheetRead:
        """The sheet of that name; raises `KeyError`."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)
