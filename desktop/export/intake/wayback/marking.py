"""Marks of the cells that came back, each value's made once."""

from __future__ import annotations

import struct
from typing import Any

from desktop.export.intake.values import UNCOMPUTED
from desktop.export.marks import mark

REMEMBERED = 50_000
LONG = 200
"""Characters of a text that is looked up: longer ones hardly recur."""
NONE = 2**32 - 1
"""Of a formula without its result."""


def packing(cells: int) -> struct.Struct:
    """How the marks of so many cells are kept."""
    return struct.Struct(f">{cells}I")


def unpacked(marks: bytes) -> tuple[int, ...]:
    """The marks of a row."""
    return packing(len(marks) // 4).unpack(marks)


def marked(value: Any) -> int:
    """The mark of a cell that was read. A formula without its result has one that no cell was exported with."""
    return NONE if value is UNCOMPUTED else mark(value)


class Marks(dict[Any, int]):
    """By what stands in a cell, its mark."""

    def __missing__(self, value: Any) -> int:
        found = marked(value)
        if len(self) < REMEMBERED and (type(value) is not str or len(value) < LONG):
            self[value] = found
        return found
