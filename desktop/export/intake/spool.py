"""The private file that cells are written to as they are read, and what is known of each sheet meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from desktop.export.intake.faults import Unreadable
from desktop.export.intake.limits import MOST_CELLS, MOST_NAMED, MOST_SPOOL
from desktop.export.intake.values import ErrorValue, Uncomputed, frozen

ROWS, CELLS = 256, 50_000
"""Of one block at most, empty cells among the filled ones counted too."""
GAP = 64
"""Empty rows that are written out rather than begin a new block."""
THIN = 64
"""Columns more than four times the filled cells, from which only the filled ones are written."""

encode: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"), default=frozen
).encode


class Spool:
    """Where all cells of a file go; too many of them are refused."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.offset = 0
        self.cells = 0
        self.sheets: list[SheetSpool] = []

    def sheet(self, name: str, state: str = "visible") -> SheetSpool:
        """Begin a sheet; the one before is complete."""
        made = SheetSpool(self, name, state)
        self.sheets.append(made)
        return made

    def write(self, first: int, rows: Sequence[Any], formulas: list[int], cells: int) -> list[int]:
        """Put a block down: the number of its first row, its rows, and where in it formulas are."""
        return self.put(first, len(rows), encode([rows, formulas]), cells)

    def put(self, first: int, many: int, text: str, cells: int) -> list[int]:
        """Put down a block that is encoded."""
        content = text.encode("utf-8", "replace")
        self.cells += cells
        if self.cells > MOST_CELLS or self.offset + len(content) > MOST_SPOOL:
            raise Unreadable("too many cells", most=MOST_CELLS)
        self.file.write(content)
        block = [first, many, self.offset, len(content)]
        self.offset += len(content)
        return block

    def told(self) -> list[dict[str, Any]]:
        """All that is known of the sheets, for the program."""
        return [sheet.told() for sheet in self.sheets]


class SheetSpool:
    """One sheet: rows come in order, each once."""

    def __init__(self, spool: Spool, name: str, state: str) -> None:
        self.spool = spool
        self.name = name
        self.state = state
        self.blocks: list[list[int]] = []
        self.width = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.hidden_rows: list[list[int]] = []
        self.comments: list[tuple[int, int, str]] = []
        self.errors = self.uncomputed = 0
        self.example: tuple[int, int] | None = None
        self._first = self._last = 0
        self._rows: list[Any] = []
        self._formulas: list[int] = []
        self._cells = self._extent = 0

    def add(self, number: int, values: list[Any], formulas: Sequence[int] = ()) -> None:
        """A row by its number in the file, and the columns, from 0, that are formulas. Changes `values`."""
        while values and values[-1] is None:
            values.pop()
        if values or formulas:
            self._place(number, formulas, len(values), len(values) - values.count(None))
            if len(values) > THIN + 4 * (len(values) - values.count(None)):
                columns = [column for column, value in enumerate(values) if value is not None]
                self._rows.append({"c": columns, "v": [values[column] for column in columns]})
            else:
                self._rows.append(values)

    def add_thin(self, number: int, values: dict[int, Any], formulas: Sequence[int] = ()) -> None:
        """A row with few cells far apart, by their columns from 0."""
        columns = sorted(values)
        self._place(number, formulas, columns[-1] + 1, len(columns))
        self._rows.append({"c": columns, "v": [values[column] for column in columns]})

    def add_many(self, first: int, rows: list[list[Any]]) -> None:
        """Rows of one width that follow one another, whose empty cells are empty texts, as calamine has them.

        They become null in the JSON, not one by one here: a comma or a bracket and then two quotation marks are
        an empty text and never within another, where a mark has a backslash before it.
        """
        self.flush()
        if rows:
            text = encode([rows, []]).replace(',""', ",null").replace('[""', "[null")
            self.blocks.append(self.spool.put(first, len(rows), text, len(rows) * len(rows[0])))
            self.width = max(self.width, len(rows[0]))

    def _place(self, number: int, formulas: Sequence[int], width: int, filled: int) -> None:
        full = len(self._rows) >= ROWS or self._extent >= CELLS
        if self._rows and (full or number - self._last > GAP):
            self.flush()
        if self._rows:
            self._rows.extend([] for _gap in range(number - self._last - 1))
        else:
            self._first = number
        self._last = number
        if formulas:
            at = number - self._first
            for column in formulas:
                self._formulas += (at, column)
        self.width = max(self.width, width)
        self._cells += filled
        self._extent += width

    def mark(self, number: int, column: int, value: Any) -> None:
        """Count a cell that is an error or has no result."""
        if type(value) is Uncomputed:
            self.uncomputed += 1
            self.example = self.example or (number, column + 1)
        elif type(value) is ErrorValue:
            self.errors += 1

    def hide_row(self, number: int) -> None:
        """Note that a row is hidden; rows come in order."""
        if self.hidden_rows and self.hidden_rows[-1][1] == number - 1:
            self.hidden_rows[-1][1] = number
        elif len(self.hidden_rows) < MOST_NAMED:
            self.hidden_rows.append([number, number])

    def flush(self) -> None:
        """Write down what has come so far."""
        if self._rows:
            self.blocks.append(self.spool.write(self._first, self._rows, self._formulas, self._cells))
            self._rows, self._formulas, self._cells, self._extent = [], [], 0, 0

    def told(self) -> dict[str, Any]:
        self.flush()
        return {
            "name": self.name,
            "state": self.state,
            "blocks": self.blocks,
            "width": self.width,
            "merged": self.merged,
            "hidden_columns": self.hidden_columns,
            "hidden_rows": self.hidden_rows,
            "comments": self.comments,
            "uncomputed": self.uncomputed,
            "errors": self.errors,
            "example": self.example,
        }
