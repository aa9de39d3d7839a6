"""The cells of a sheet of an .xlsx, one by one, with nothing lost: errors, formulas without results, exact numbers.

Rows go to the spool as they come. Where a sheet gives rows out of their order or a cell in another's row, it is read
once more and all of it is gathered and sorted first (`OutOfOrder`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from desktop.export.intake import formats, ooxml
from desktop.export.intake.faults import damaged
from desktop.export.intake.limits import MOST_COLUMNS, MOST_NAMED, MOST_ROWS
from desktop.export.intake.spool import SheetSpool
from desktop.export.intake.values import EXACT, UNCOMPUTED, ErrorValue, Value

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_WHOLE = re.compile(r"[+-]?\d{1,4000}$")
_DIGITS = "0123456789"
MOST_DIGITS = 17
"""Significant digits that a double needs at most; what has more was none."""
FAR = 1_000
"""Empty cells before one from which a row is kept as the few cells that it has."""
TRUE, FALSE = ("1", "true", "TRUE"), ("0", "false", "FALSE")


class OutOfOrder(Exception):
    """The rows or cells do not come in the order of the sheet."""


def column_of(name: str) -> int:
    """The number of a column from 0, -1 for a name that no column has."""
    number = 0
    for letter in name.upper():
        if not "A" <= letter <= "Z" or number > MOST_COLUMNS:
            return -1
        number = number * 26 + ord(letter) - 64
    return number - 1 if 0 < number <= MOST_COLUMNS else -1


def area(text: str) -> tuple[int, int, int, int] | None:
    """`A1:B3` as top, left, bottom and right, counted from 1."""
    found = _AREA.match(text.strip())
    if not found:
        return None
    left, right = column_of(found[1]) + 1, column_of(found[3]) + 1
    top, bottom = int(found[2]), int(found[4])
    if not (0 < left <= right and 0 < top <= bottom <= MOST_ROWS):
        return None
    return top, left, bottom, right


def number(text: str) -> Value:
    """A number as it is written, exactly; what is none is an error that shows it."""
    text = text.strip()
    if _WHOLE.match(text):
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return ErrorValue(text)
    if value - value != 0:  # beyond a double, or none
        return _exact(text)
    mantissa = text.lower().partition("e")[0]
    if len(mantissa) > MOST_DIGITS and len(mantissa.strip("+-0.").replace(".", "")) > MOST_DIGITS:
        return _exact(text)
    return int(value) if value.is_integer() and -EXACT <= value <= EXACT else value


def _exact(text: str) -> Value:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ErrorValue(text)
    return value if value.is_finite() and len(text) < 4_000 else ErrorValue(text[:100])


class Arguments(NamedTuple):
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    meanings: Sequence[int]
    """For each style what it makes of a number."""
    since_1904: bool


class SheetReader:
    """Reads one sheet's XML into a `SheetSpool`."""

    def __init__(self, spool: SheetSpool, shared: Arguments, gather: bool) -> None:
        self.spool = spool
        self.strings, self.meanings, self.since_1904 = shared
        self.gathered: dict[int, tuple[dict[int, Value], list[int]]] | None = {} if gather else None
        self.parser = ooxml.new_parser()
        self.parser.StartElementHandler = self._root
        self._columns: dict[str, int] = {}
        self._row, self._row_text, self._next = 0, "", 0
        self._values: list[Value] = []
        self._formulas: list[int] = []
        self._far: dict[int, Value] = {}
        self._pieces: list[str] = []
        self._taking = self._reading = False
        self._attributes: dict[str, str] = {}
        self._is_formula = self._has_value = False

    def read(self, pieces: Iterable[bytes], name: str) -> None:
        """All of it; raises `OutOfOrder` unless it gathers."""
        ooxml.parse(pieces, self.parser, name)
        for row in sorted(self.gathered or ()):
            values, formulas = (self.gathered or {})[row]
            line: list[Value] = [None] * (max(values, default=-1) + 1)
            for column, value in values.items():
                line[column] = value
            self.spool.add(row, line, sorted(formulas))

    # ---- expat's calls

    def _root(self, tag: str, _attributes: dict[str, str]) -> None:
        colon = tag.rpartition(":")
        prefix = colon[0] + colon[1]
        self._tags = {prefix + name: name for name in ("row", "mergeCell", "col", "rPh", "is")}
        self._c, self._v, self._t, self._f = (prefix + name for name in "cvtf")
        self._end_row, self._end_reading = prefix + "row", prefix + "rPh"
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._c:
            self._attributes = attributes
            self._is_formula = self._has_value = False
            self._pieces.clear()
        elif tag == self._v:
            self._taking = self._has_value = True
        elif tag == self._t:
            self._has_value = True
            self._taking = not self._reading
        elif tag == self._f:
            self._is_formula = True
        elif tag in self._tags:
            self._other(self._tags[tag], attributes)

    def _end(self, tag: str) -> None:
        if tag == self._v or tag == self._t:
            self._taking = False
        elif tag == self._c:
            self._cell()
        elif tag == self._end_row:
            self._flush_row()
        elif tag == self._end_reading:
            self._reading = False

    def _data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)

    def _other(self, name: str, attributes: dict[str, str]) -> None:
        spool = self.spool
        if name == "row":
            self._begin_row(attributes)
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            found = area(attributes.get("ref", ""))
            if found and len(spool.merged) < MOST_NAMED:
                spool.merged.append(found)
        elif name == "col" and attributes.get("hidden") in TRUE:
            first, last = (ooxml.whole_number(attributes.get(which, "")) or 0 for which in ("min", "max"))
            if 0 < first <= last and len(spool.hidden_columns) < MOST_NAMED:
                spool.hidden_columns.append((first, min(last, MOST_COLUMNS)))

    # ---- rows and cells

    def _begin_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r", "")
        row = self._row + 1
        if text:
            row = ooxml.whole_number(text) or 0
            if not 0 < row <= MOST_ROWS:
                raise damaged(f"{self.spool.name}!{text[:20]}")
        if row <= self._row and self.gathered is None:
            raise OutOfOrder
        if row > MOST_ROWS:
            raise damaged(f"{self.spool.name}!{row}")
        self._row, self._row_text, self._next = row, text or str(row), 0
        if attributes.get("hidden") in TRUE:
            self.spool.hide_row(row)

    def _flush_row(self) -> None:
        if self._far:
            self._far.update(each for each in enumerate(self._values) if each[1] is not None)
            self.spool.add_thin(self._row, self._far, self._formulas)
            self._values, self._formulas, self._far = [], [], {}
        elif self._values or self._formulas:
            self.spool.add(self._row, self._values, self._formulas)
            self._values, self._formulas = [], []

    def _cell(self) -> None:
        at = self._attributes.get("r", "")
        row = self._row
        if at:
            name = at.rstrip(_DIGITS)
            column = self._columns.get(name, -1)
            if column < 0:
                column = self._columns[name] = column_of(name)
                if column < 0:
                    raise damaged(f"{self.spool.name}!{at[:20]}")
            written = at[len(name) :]
            if written != self._row_text:
                row = self._stray(written)
        else:
            column = self._next
            if column >= MOST_COLUMNS:
                raise damaged(f"{self.spool.name}!{row}")
        self._next = column + 1
        if self._has_value or self._is_formula:
            value = self._value()
            if value is not None or self._is_formula:
                self._put(row, column, value)

    def _stray(self, written: str) -> int:
        """The row of a cell that stands in another's; only where all is gathered."""
        row = ooxml.whole_number(written) or 0
        if not 0 < row <= MOST_ROWS:
            raise damaged(f"{self.spool.name}!{written[:20]}")
        if row != self._row and self.gathered is None:
            raise OutOfOrder
        return row

    def _put(self, row: int, column: int, value: Value) -> None:
        if type(value) is ErrorValue or value is UNCOMPUTED:
            self.spool.mark(row, column, value)
        if self.gathered is not None:
            values, formulas = self.gathered.setdefault(row, ({}, []))
            values[column] = value
            if self._is_formula and column not in formulas:
                formulas.append(column)
            return
        line = self._values
        if column == len(line):
            line.append(value)
        elif column > len(line) + FAR or self._far:
            self._far[column] = value
        elif column > len(line):
            line.extend([None] * (column - len(line)))
            line.append(value)
        else:
            line[column] = value
        if self._is_formula:
            self._formulas.append(column)

    def _value(self) -> Value:
        attributes = self._attributes
        text = "".join(self._pieces)
        kind = attributes.get("t", "n")
        if kind == "s":
            index = ooxml.whole_number(text)
            if index is not None and index < len(self.strings):
                return self.strings[index] or self._blank(True)
            return ErrorValue(text) if text else self._blank(False)
        if kind in ("str", "inlineStr"):
            return ooxml.unescape(text) or self._blank(self._has_value)
        if not text.strip():
            return self._blank(False)
        if kind == "n":
            return self._number(text, attributes.get("s"))
        if kind == "b":
            text = text.strip()
            return True if text in TRUE else False if text in FALSE else ErrorValue(text)
        if kind == "d":
            return formats.iso(text.strip())
        return ErrorValue(text.strip())

    def _blank(self, known: bool) -> Value:
        """A cell without letters: a formula with an empty text, one without a result, or nothing."""
        return None if not self._is_formula else "" if known else UNCOMPUTED

    def _number(self, text: str, style: str | None) -> Value:
        value = number(text)
        if style is None or type(value) is ErrorValue:
            return value
        index = ooxml.whole_number(style)
        meaning = self.meanings[index] if index is not None and index < len(self.meanings) else 0
        if meaning == formats.NUMBER or not isinstance(value, int | float):
            return value
        try:
            if meaning == formats.DURATION:
                return formats.duration(float(value), text)
            return formats.moment(float(value), text, self.since_1904)
        except OverflowError:
            return value
