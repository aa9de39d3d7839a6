"""A value becomes the cell that shows it, and reads back as it was.

A text is always written as a text, whatever it looks like; what a cell cannot hold is left out or continued on
the sheet of long texts, and told. Styles, and the cells of values that recur, are made once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from zlib import crc32

from desktop.export import fragments, measure, styles, texts
from desktop.export.longtexts import LongTexts
from desktop.export.marks import mark
from desktop.export.styles import BODY, Style, Styles
from desktop.export.told import Told

MAX_HEIGHT = 409.0
"""The tallest row that Excel has, in points."""
PADDING = 4.0
"""Points between the text of a row and its borders, above and below together."""
MOST = MAX_HEIGHT - PADDING
"""Points of a text that a row shows whole."""
EPOCH = dt.date(1899, 12, 30)
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it the calendars of Excel and LibreOffice differ: such a date is written as text."""
MAX_DIGITS = 15
"""Digits that a number in a workbook keeps."""
REMEMBERED = 2_500
"""Different values that a column remembers the cell of, as long as they take no more than `SMALL` points: the days of
some six years."""
TRIED = 300
"""So many different texts in at most twice as many rows, and the column remembers none: they do not recur. Days and
numbers always do."""
SMALL = 60.0

Piece = bytes | tuple[Any, str]
"""A cell as it is written: its XML up to the next one of the row (see `fragments`), or, where openpyxl writes it, its
content and the number of its style."""
Prepared = tuple[Piece, float, int]
"""What is made of a value: its piece of the row, how high it stands, and the mark by which a workbook that comes back
tells whether it is still the same. A bare tuple: a column takes them all apart at once."""
Column = tuple[Sequence[Piece], Sequence[float], Sequence[int]]
"""What is made of the values of some rows: the pieces, heights and marks."""


class News(Exception):
    """Something is to be told of a cell; which one it is, is known where its row is written alone."""


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


@dataclass
class At:
    """The row that is being written: its number, and the reference of its record; of several the last number, and no
    reference."""

    number: int = 0
    ref: str | None = ""

    def named(self) -> str:
        """The reference; raises `News` where it is of several."""
        if self.ref is None:
            raise News
        return self.ref


class Cells(dict[Any, Prepared]):
    """The cells of one column by what was selected for them; those that are missing are made.

    `value` gives what stands in a cell for what was selected. A text that a row cannot show whole is continued in
    `long`, unless this is where it is continued.
    """

    def __init__(
        self, shown: Shown, value: Callable[[Any], Any], book: Styles, told: Told, long: LongTexts | None
    ) -> None:
        super().__init__()
        self.shown, self.value, self.book, self.told, self.long = shown, value, book, told, long
        self.style = shown.style
        self._room = styles.room(shown.width - shown.indent, book.font)
        self._letters = [styles.letters(book.font, wide) for wide in (False, True)]
        self._looks: dict[str, str] = {}
        self._text_looks = [""] * 4
        self._around: list[tuple[bytes, bytes]] = [(b"", b"")] * 4
        """What stands before and after a text in each of these looks."""
        self._narrow = self._room / self._letters[False][0]
        self._unbroken = measure.unbroken(self._room / max(latin for latin, _line in self._letters))
        self._values: dict[Any, Prepared] = {}
        """The cells of dates and numbers, of which several that was selected may come to the same."""
        self._nothing: Prepared | None = None
        self._remembers = True
        self._news = False
        self._following: str | None = None
        self._at = At()

    def place(self, at: At, following: str | None) -> None:
        """Where they stand, and what follows each of them in its row, if that is made of XML."""
        if following != self._following:
            self.clear()
            self._values.clear()
            self._text_looks = [""] * 4
            self._nothing = None
        self._at, self._following = at, following

    def column(self, values: Sequence[Any]) -> Column:
        """The cells of as many rows; raises `News` where there is any and they are several."""
        made: Iterable[Prepared]
        if self or self._remembers:
            made = map(self.__getitem__, values)
        else:
            text, other = self._text, self._other
            shown = values if self.value is as_selected else map(self.value, values)
            made = [text(value) if type(value) is str else other(value) for value in shown]
        pieces, heights, marks = zip(*made, strict=True)
        return pieces, heights, marks

    def __missing__(self, raw: Any) -> Prepared:
        self._news = False
        value = self.value(raw)
        text = type(value) is str
        made = self._text(value) if text else self._other(value)
        # What is told is told of every record anew.
        if self._remembers and made[1] <= SMALL and not self._news:
            self[raw] = made
            if text and len(self) == TRIED and self._at.number <= 2 * TRIED:
                self._remembers = False
                self.clear()
            elif len(self) >= REMEMBERED:
                self._remembers = False
        return made

    def _look(self, format: str = "") -> str:
        """The number of the style of a cell without a text."""
        found = self._looks.get(format)
        if found is None:
            style = replace(self.style, format=format or self.style.format)
            found = self._looks[format] = self.book.number(style)
        return found

    def _text_look(self, wide: bool, quoted: bool) -> str:
        """The number of the style of a text with or without full-width characters."""
        found = self.book.number(replace(self.style, quoted=quoted), wide)
        self._text_looks[wide + 2 * quoted] = found
        self._around[wide + 2 * quoted] = fragments.around(found, self._following or "")
        return found

    def _other(self, value: Any) -> Prepared:
        if value is None:
            return self._empty()
        if isinstance(value, str):
            return self._text(str(value))
        found = self._values.get(value)
        if found is None:
            found = self._value(value)
            if len(self._values) < REMEMBERED:
                self._values[value] = found
        return found

    def _value(self, value: Any) -> Prepared:
        if isinstance(value, dt.datetime):
            seconds = (value - dt.datetime.combine(EPOCH, dt.time())).total_seconds()
            return self._number(round(seconds / 86_400, 8), styles.MOMENT, mark(value))
        if isinstance(value, dt.date):
            if value < FIRST_DAY:
                return self._text(value.isoformat())
            return self._number((value - EPOCH).days, styles.DATE, mark(value))
        if isinstance(value, int | float | Decimal) and exact(value):
            return self._number(value, styles.decimals(value), mark(value))
        return self._text(f"{value:f}" if isinstance(value, Decimal) else str(value))

    def _empty(self) -> Prepared:
        if self._nothing is None:
            look = self._look()
            self._nothing = self._piece(None, look), 0.0, 0
        return self._nothing

    def _number(self, value: Any, format: str, marked: int) -> Prepared:
        return self._piece(value, self._look(format)), styles.line_height(self.book.font), marked

    def _piece(self, value: Any, look: str) -> Piece:
        if self._following is None:
            return value, look
        return fragments.cell(value, look, self._following)

    def _text(self, value: str) -> Prepared:
        following = self._following
        if following is None or not value or not value.isprintable() or len(value) > texts.SURE:
            return self._any_text(value)
        western = measure.western(value)
        wide = western is None
        latin, line = self._letters[wide]
        height = line
        # Most of what is short is on one line, whatever its letters.
        if western is None:
            height = measure.lines(value, self._room, latin, full=True) * line
        elif len(western) > self._unbroken:
            height = measure.narrow_lines(western, self._narrow) * line
        if height > MOST:
            return self._any_text(value)
        kind = wide + 2 * (value[0] in texts.BEGINNINGS)
        if not self._text_looks[kind]:
            self._text_look(wide, kind > 1)
        if not fragments.as_it_is(value):
            return fragments.text(value, self._text_looks[kind], following), height, mark(value)
        before, after = self._around[kind]
        said = value.encode()
        # What `mark` would say of it, sooner said: what reads alike is full-width or cannot be printed.
        return before + said + after, height, mark(value) if wide else crc32(said)

    def _any_text(self, value: str) -> Prepared:
        """The same, whatever there is in it."""
        text = self._legal(value)
        if not text:
            return self._empty()
        wide = measure.wide(text)
        latin, line = self._letters[wide]
        height = measure.lines(text, self._room, latin, wide) * line
        if height > MOST or len(text) > texts.SURE:
            text = self._short(text, height)
        quoted = text[0] in texts.BEGINNINGS
        look = self._text_looks[wide + 2 * quoted] or self._text_look(wide, quoted)
        return self._piece(text, look), height, mark(text)

    def _short(self, text: str, height: float) -> str:
        """A text that may be too long: itself, or its beginning and where it goes on."""
        if self.long is None or (height <= MOST and texts.fits(text)):
            return text
        ref = self._at.named()
        self._news = True
        return self.long.keep(text, ref, self.shown.label)

    def _legal(self, value: str) -> str:
        text, taken = texts.legal(value)
        if taken:
            ref = self._at.named()
            self._news = True
            self.told.left_out(taken, ref, self.shown.label)
        return text


class Hidden(Cells):
    """The cells of a column that no reader sees: texts as they are, which take no room.

    They are not wrapped: LibreOffice prints what is, letter below letter, at the edge of the page.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.style = replace(self.style, wrap=False)

    def column(self, values: Sequence[Any]) -> Column:
        if self._following is None or not fragments.all_as_they_are(values):
            return super().column(values)
        before, after = self._around[0] if self._text_looks[0] else self._begun()
        none = [0] * len(values)
        return [before + text + after for text in "\n".join(values).encode().split(b"\n")], none, none

    def __missing__(self, raw: Any) -> Prepared:
        if self._following is None or not raw or not raw.isprintable() or not fragments.as_it_is(raw):
            return self._piece(raw, self._look()), 0.0, 0
        before, after = self._around[0] if self._text_looks[0] else self._begun()
        return before + raw.encode() + after, 0.0, 0

    def _begun(self) -> tuple[bytes, bytes]:
        self._text_look(wide=False, quoted=False)
        return self._around[0]


def exact(value: float | Decimal | int) -> bool:
    """Whether a workbook's number, a double of `MAX_DIGITS` digits, is this very value."""
    if isinstance(value, float):
        return value == value and abs(value) != float("inf")
    _sign, digits, exponent = Decimal(value).normalize().as_tuple()
    return isinstance(exponent, int) and len(digits) + max(0, exponent) <= MAX_DIGITS


def as_selected(raw: Any) -> Any:
    """What was selected, as it is."""
    return raw
