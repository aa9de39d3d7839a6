"""What calamine does not tell of an .xls, .xlsb or .ods: errors, and formulas with and without their results.

It gives errors, and formulas without results, as empty cells. A light look through the file finds where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO

from desktop.export.intake.faults import Unreadable
from desktop.export.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from desktop.export.intake.package import Package
from desktop.export.intake.spool import SheetSpool
from desktop.export.intake.values import UNCOMPUTED, ErrorValue, Value

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""By their numbers in binary workbooks."""
MOST = 2_000_000
DENSE = 8_000_000
"""Cells of the rectangle around all filled ones; calamine holds each of them."""


class Lost:
    """What one sheet has, by row, from 1, and column, from 0."""

    def __init__(self) -> None:
        self.cells: dict[int, dict[int, Value]] = {}
        self.formulas: dict[int, list[int]] = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.count = 0

    def error(self, row: int, column: int, code: int) -> None:
        """A cell with an error, by its number."""
        self.put(row, column, ErrorValue(ERRORS.get(code, f"#{code}")))

    def put(self, row: int, column: int, value: Value) -> None:
        """A cell that calamine gives as empty."""
        self._count(row, column)
        self.cells.setdefault(row, {})[column] = value

    def formula(self, row: int, column: int) -> None:
        """A cell that is a formula."""
        self._count(row, column)
        self.formulas.setdefault(row, []).append(column)

    def _count(self, row: int, column: int) -> None:
        self.count += 1
        if self.count > MOST or not (0 < row <= MOST_ROWS and 0 <= column < MOST_COLUMNS):
            raise Unreadable("too many cells", most=MOST_CELLS)

    def mended(self, made: SheetSpool, row: int, line: list[Value]) -> tuple[list[Value], list[int]]:
        """The row with what was lost, and where in it formulas are."""
        for column, value in self.cells.pop(row, {}).items():
            if column >= len(line):
                line.extend([None] * (column + 1 - len(line)))
            if value is UNCOMPUTED and line[column] is not None:
                continue
            line[column] = value
            made.mark(row, column, value)
        return line, sorted(self.formulas.pop(row, []))

    def rest(self, made: SheetSpool) -> None:
        """The rows that hold nothing else, below those that calamine gives, and what is hidden."""
        for row in sorted(self.cells.keys() | self.formulas.keys()):
            line, formulas = self.mended(made, row, [])
            made.add(row, line, formulas)
        for row in self.hidden_rows:
            made.hide_row(row)
        made.hidden_columns = self.hidden_columns
        made.merged = self.merged


def of(kind: str, file: BinaryIO, package: Package | None) -> dict[str, Lost]:
    """By the names of the sheets."""
    from desktop.export.intake import biff, odf  # one of them, for few files

    readers: dict[str, Callable[[Any], dict[str, Lost]]] = {
        "xls": biff.xls,
        "xlsb": biff.xlsb,
        "ods": odf.ods,
    }
    return readers[kind](file if package is None else package)
