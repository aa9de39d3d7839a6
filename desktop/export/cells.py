"""The one place where rows are written: a value becomes the cell that shows it, and reads back as it was.

A text is always written as a text, whatever it looks like; what a cell cannot hold is left out or continued on
the sheet of long texts, and told. Styles, and the cells of values that recur, are made once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from desktop.export import measure, styles, texts
from desktop.export.longtexts import LongTexts
from desktop.export.styles import BODY, Style, Styles
from desktop.export.told import Told

MAX_HEIGHT = 409.0
"""The tallest row that Excel has, in points."""
PADDING = 4.0
"""Points between the text of a row and its borders, above and below together."""
EPOCH = dt.date(1899, 12, 30)
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it the calendars of Excel and LibreOffice differ: such a date is written as text."""
MAX_DIGITS = 15
"""Digits that a number in a workbook keeps."""
REMEMBERED = 2_000
"""Different values that a column remembers the cell of, as long as they take no more than `SMALL` points."""
SMALL = 60.0


class Prepared(NamedTuple):
    """What is written of a value: its content, Excel's type, the number of its style, and how high it stands."""

    content: Any
    type: str
    style: str
    height: float


@dataclass(frozen=True)
class Shown:
    """How a column is shown."""

    label: str
    width: float
    align: str = "left"
    format: str = styles.GENERAL
    indent: int = 0
    bold: bool = False

    @property
    def right(self) -> int:
        """How far a column that is set to the right stays off the next one."""
        return int(self.align == "right")

    @property
    def style(self) -> Style:
        """The style of its cells."""
        return replace(BODY, align=self.align, indent=self.indent or self.right, bold=self.bold)


class StyledCell(Cell):  # type: ignore[misc]
    """A cell whose coordinate and style are known: openpyxl would work them out anew for each one."""

    __slots__ = ("coordinate", "has_style", "style_id")


class Cells:
    """Makes the cells of one column: `value` gives what stands in it for what was selected.

    A text that a row cannot show whole is continued in `long`, unless this is where it is continued.
    """

    def __init__(
        self, shown: Shown, value: Callable[[Any], Any], book: Styles, told: Told, long: LongTexts | None
    ) -> None:
        self.shown, self.value, self.book, self.told, self.long = shown, value, book, told, long
        self.style = shown.style
        self.memory: dict[Any, Prepared] = {}
        self._news = False
        self.empty = Prepared(None, "n", book.number(self.style), 0.0)

    def prepare(self, raw: Any, ref: str) -> Prepared:
        """The cell for what was selected; `ref` tells of which record, where a text is too long for it."""
        self._news = False
        made = self._prepared(self.value(raw), ref)
        # What is told is told of every record anew.
        if len(self.memory) < REMEMBERED and made.height <= SMALL and not self._news:
            self.memory[raw] = made
        return made

    def _prepared(self, value: Any, ref: str) -> Prepared:
        if value is None or value == "":
            return self.empty
        if isinstance(value, str):
            return self._text(value, ref)
        if isinstance(value, dt.datetime):
            seconds = (value - dt.datetime.combine(EPOCH, dt.time())).total_seconds()
            return self._number(round(seconds / 86_400, 8), styles.MOMENT)
        if isinstance(value, dt.date):
            if value < FIRST_DAY:
                return self._text(value.isoformat(), ref)
            return self._number((value - EPOCH).days, styles.DATE)
        if isinstance(value, int | float | Decimal) and exact(value):
            return self._number(value, styles.decimals(value))
        return self._text(f"{value:f}" if isinstance(value, Decimal) else str(value), ref)

    def _number(self, value: Any, format: str) -> Prepared:
        number = self.book.number(replace(self.style, format=format))
        return Prepared(value, "n", number, styles.line_height(self.book.font))

    def _text(self, value: str, ref: str) -> Prepared:
        text, taken = texts.legal(value)
        if taken:
            self._news = True
            self.told.left_out(taken, ref, self.shown.label)
        if not text:
            return self.empty
        wide = measure.wide(text)
        height = styles.height(text, self.shown.width - self.shown.indent, self.book.font)
        if self.long is not None and (height > MAX_HEIGHT - PADDING or not texts.fits(text)):
            text = self.long.keep(text, ref, self.shown.label)
        style = replace(self.style, quoted=True) if text.startswith(texts.GUARDED) else self.style
        return Prepared(texts.escape(text), "s", self.book.number(style, wide), height)


def exact(value: float | Decimal | int) -> bool:
    """Whether a workbook's number, a double of `MAX_DIGITS` digits, is this very value."""
    if isinstance(value, float):
        return value == value and abs(value) != float("inf")
    _sign, digits, exponent = Decimal(value).normalize().as_tuple()
    return isinstance(exponent, int) and len(digits) + max(0, exponent) <= MAX_DIGITS


class Heights(dict[int, dict[str, str]]):
    """Stands in for openpyxl's dimensions of rows, which would remember each row of the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.now: dict[str, str] = {}

    def get(self, key: int, default: Any = None) -> Any:
        return self.now


class Rows:
    """Writes rows into a sheet, from the first to the last."""

    def __init__(self, sheet: Any, book: Styles) -> None:
        self.sheet, self.book = sheet, book
        self.number = 0
        self._heights = sheet.row_dimensions = Heights()
        sheet._values_to_row = lambda values, number: values
        self._cells: list[StyledCell] = []
        self._letters: list[str] = []

    def write(self, row: Sequence[Any], makers: Sequence[Cells], ref: str = "") -> None:
        """One row: for each column what was selected. `ref` names it, should a text be too long for its cell."""
        prepared = []
        height = 0.0
        for raw, maker in zip(row, makers, strict=True):
            found = maker.memory.get(raw) or maker.prepare(raw, ref)
            if found.height > height:
                height = found.height
            prepared.append(found)
        self._write(prepared, min(height + PADDING, MAX_HEIGHT))

    def plain(self, values: Sequence[tuple[Any, Style] | None], height: float = 0.0) -> None:
        """One row of values with a style of their own each, for sheets that are no tables."""
        self._write([value and self._styled(*value) for value in values], height)

    def _styled(self, content: Any, style: Style) -> Prepared:
        if isinstance(content, str):
            text = texts.legal(content)[0]
            style = replace(style, quoted=text.startswith(texts.GUARDED))
            return Prepared(texts.escape(text), "s", self.book.number(style, measure.wide(text)), 0.0)
        if isinstance(content, dt.date):
            content, style = (content - EPOCH).days, replace(style, format=styles.DATE)
        return Prepared(content, "n", self.book.number(style), 0.0)

    def _write(self, row: Sequence[Prepared | None], height: float) -> None:
        self.number += 1
        cells = self._cells
        while len(cells) < len(row):
            cell = StyledCell(self.sheet, row=1, column=len(cells) + 1)
            cell.has_style = True
            cells.append(cell)
            self._letters.append(get_column_letter(len(cells)))
        number = str(self.number)
        written = []
        for cell, letter, prepared in zip(cells, self._letters, row, strict=False):
            if prepared is None:
                continue
            cell._value, cell.data_type, cell.style_id, _height = prepared
            cell.coordinate = letter + number
            written.append(cell)
        self._heights.now = {"ht": f"{height:g}", "customHeight": "1"} if height else {}
        self.sheet.append(written)
