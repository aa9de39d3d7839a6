"""What stands in a cell, and its form in the private file between the reading process and the program.

A value is None, str, int, float, Decimal, bool, date, datetime, time, timedelta, an `ErrorValue` such as `#N/A`, or
`UNCOMPUTED`. One more kind: `Kind`, `_KINDS`, and how it is kept: `frozen` and `_THAWED`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias


class Kind(Enum):
    """What stands in a cell."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    DURATION = "duration"
    BOOL = "bool"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"
    """A formula without its result: never to be taken for an empty cell."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error, as `#N/A`, or whose content is none that its type allows."""

    text: str

    def __str__(self) -> str:
        return self.text


class Uncomputed:
    """A formula whose result the file does not hold; there is one, `UNCOMPUTED`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNCOMPUTED"

    def __str__(self) -> str:
        return ""


UNCOMPUTED = Uncomputed()

Value: TypeAlias = (
    str
    | int
    | float
    | Decimal
    | bool
    | dt.date
    | dt.datetime
    | dt.time
    | dt.timedelta
    | ErrorValue
    | Uncomputed
    | None
)

_KINDS: dict[type, Kind] = {
    type(None): Kind.EMPTY,
    str: Kind.TEXT,
    int: Kind.NUMBER,
    float: Kind.NUMBER,
    Decimal: Kind.NUMBER,
    bool: Kind.BOOL,
    dt.date: Kind.DATE,
    dt.datetime: Kind.DATETIME,
    dt.time: Kind.TIME,
    dt.timedelta: Kind.DURATION,
    ErrorValue: Kind.ERROR,
    Uncomputed: Kind.UNCOMPUTED,
}


def kind_of(value: Value) -> Kind:
    """The kind of a value that a sheet gave."""
    return _KINDS[type(value)]


# ---- in the private file: JSON, with a list of a mark and a text for what JSON does not know

EXACT = 2**53
"""Up to here each whole number is a double of its own."""
MICROSECOND = dt.timedelta(microseconds=1)


def frozen(value: Any) -> list[str]:
    """What JSON keeps of a value that it does not know."""
    kind = type(value)
    if kind is dt.datetime:
        return ["t", value.isoformat()]
    if kind is dt.date:
        return ["d", value.isoformat()]
    if kind is dt.time:
        return ["h", value.isoformat()]
    if kind is dt.timedelta:
        return ["s", str(value // MICROSECOND)]
    if kind is Decimal:
        return ["n", str(value)]
    if kind is ErrorValue:
        return ["e", value.text]
    if kind is Uncomputed:
        return ["f", ""]
    raise TypeError(f"a cell holds a {kind.__name__}")


_THAWED: dict[str, Callable[[str], Value]] = {
    "t": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "h": dt.time.fromisoformat,
    "s": lambda text: int(text) * MICROSECOND,
    "n": Decimal,
    "e": ErrorValue,
    "f": lambda _text: UNCOMPUTED,
}
_PLAIN = frozenset({str, int, bool, type(None)})


def whole(number: float) -> int | float:
    """5.0 as 5: workbooks know no other numbers than doubles."""
    return int(number) if number.is_integer() and -EXACT <= number <= EXACT else number


def _thaw(value: Any) -> Value:
    return whole(value) if type(value) is float else _THAWED[value[0]](value[1])


def thawed(row: Any) -> list[Value]:
    """The values of a row as the private file keeps it: all of them, or `{c: columns, v: values}` of a thin one."""
    if type(row) is list:
        while row and row[-1] is None:
            row.pop()
        return [value if type(value) in _PLAIN else _thaw(value) for value in row]
    values: list[Value] = [None] * (row["c"][-1] + 1 if row["c"] else 0)
    for column, value in zip(row["c"], row["v"], strict=True):
        values[column] = value if type(value) in _PLAIN else _thaw(value)
    return values
