"""How cells look: fonts, grounds and number formats, each combination registered once with the workbook.

The font is chosen for each text: Yu Gothic, which every Windows 10 and 11 and Office for Mac has, holds Japanese
and Latin; Calibri (Carlito, cut to the same widths, on LibreOffice) is narrower and at home where a text has no
full-width characters. So a Japanese workbook is in Yu Gothic throughout, and in the others a Japanese name
stands in Yu Gothic among Calibri.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from desktop.export import measure, palette
from desktop.export.fonts import JAPANESE, LATIN, main_font

SIZE = 10
NORMAL = 11
"""Size of the style that Excel measures the widths of columns by."""
LINE_HEIGHT = {LATIN: 1.29, JAPANESE: 1.72}
"""Height of a line as a multiple of the font's size."""
ROOM = {LATIN: 51.0, JAPANESE: 58.0}
"""Room in a column a character wide, in hundredths of an em of the body text, by the workbook's font."""
LETTERS = {LATIN: 1.0, JAPANESE: 1.15}
"""Width of Latin letters as a multiple of those of Calibri."""

BOLD = 1.06
"""Width of bold letters as a multiple of those that are not."""

DATE, NUMBER, GENERAL = "yyyy-mm-dd", "#,##0", "General"
MOMENT = 'yyyy-mm-dd hh:mm "UTC"'
"""Of an instant, which a cell can only hold without its zone."""
TABLE = "Juntos"
"""The name of the style of tables."""


@dataclass(frozen=True)
class Style:
    """What a cell looks like; the font's name is added when it is used."""

    size: float = SIZE
    bold: bool = False
    italic: bool = False
    color: str = palette.TEXT
    ground: str = ""
    line: str = ""
    """Colour of the line under the cell."""
    stroke: str = "thin"
    """Weight of that line."""
    align: str = "left"
    vertical: str = "top"
    indent: int = 0
    wrap: bool = True
    format: str = GENERAL
    quoted: bool = False
    """Whether Excel must keep taking it for a text when it is edited."""


BODY = Style(line=palette.HAIRLINE)
HEADER = Style(
    bold=True,
    color=palette.ON_ACCENT,
    ground=palette.ACCENT,
    vertical="center",
    line=palette.ON_ACCENT,  # keeps the first row of texts off the ground
    stroke="thick",
)
HEADER_ABOVE = Style(bold=True, color=palette.ON_ACCENT, ground=palette.ACCENT, vertical="center")
"""Of the first of two languages."""
MARKING = Style(size=10, bold=True, color=palette.TONES["red"][0], wrap=False, vertical="center")
PLAIN = Style()
NOTE = Style(color=palette.MUTED, italic=True, wrap=False, vertical="center")


class Styles:
    """The styles of one workbook."""

    def __init__(self, book: Any, language: str) -> None:
        self.book = book
        self.language = language
        self.font = main_font(language)
        self._ids: dict[tuple[Style, str], Any] = {}
        normal = Font(name=self.font, size=NORMAL, color=palette.TEXT)
        book._fonts[0] = normal
        book._named_styles["Normal"].font = normal

    def of(self, style: Style, wide: bool = False) -> Any:
        """The style array of a style, in the font for texts with or without full-width characters."""
        name = JAPANESE if wide else self.font
        found = self._ids.get((style, name))
        if found is None:
            found = self._ids[style, name] = self._made(style, name)
        return found

    def number(self, style: Style, wide: bool = False) -> str:
        """The number by which a cell refers to a style."""
        return str(self.book._cell_styles.add(self.of(style, wide)))

    def _made(self, style: Style, name: str) -> Any:
        cell = WriteOnlyCell(self.book.worksheets[0])
        cell.font = _font(name, style.size, style.bold, style.italic, style.color)
        if style.ground:
            cell.fill = PatternFill("solid", fgColor=style.ground)
        if style.line:
            cell.border = Border(bottom=Side(style.stroke, color=style.line))
        cell.alignment = Alignment(style.align, style.vertical, wrap_text=style.wrap, indent=style.indent)
        cell.number_format = style.format
        cell._style.quotePrefix = int(style.quoted)
        return cell._style


@cache
def _font(name: str, size: float, bold: bool, italic: bool, color: str) -> Any:
    # Charset 128 tells a machine without this very font to take another Japanese one.
    charset = 128 if name == JAPANESE else None
    return Font(name=name, size=size, bold=bold, italic=italic, color=color, family=2, charset=charset)


def decimals(value: Any) -> str:
    """The format that shows a number with the decimals it has."""
    digits = 0 if isinstance(value, int) else -int(Decimal(str(value)).normalize().as_tuple().exponent)
    return NUMBER if digits <= 0 else f"{NUMBER}.{'0' * max(digits, 2)}"


def height(text: str, width: float, font: str, size: float = SIZE) -> float:
    """Points that a text takes when it is wrapped into a column; `font` is the workbook's."""
    wide = measure.wide(text)
    latin, line = letters(font, wide, size)
    return measure.lines(text, room(width, font, size), latin, wide) * line


def room(width: float, font: str, size: float = SIZE) -> float:
    """What a line of text in a column so many characters wide may take; `font` is the workbook's."""
    return width * ROOM[font] * SIZE / size


def letters(font: str, wide: bool, size: float = SIZE) -> tuple[float, float]:
    """Of a text with or without full-width characters: how wide its Latin letters are, and from line to line."""
    name = JAPANESE if wide else font
    return LETTERS[name], line_height(name, size)


def least_width(label: str, font: str) -> float:
    """The width of a column, in characters, that breaks no word of its heading; Japanese breaks anywhere, and
    has room for two lines with what these leave over."""
    if measure.wide(label):
        return (measure.width(label, LETTERS[JAPANESE] * BOLD) / 2 + 0.75 * measure.FULL) / ROOM[font]
    words = re.findall(r"[^\s-]+-?", label)
    return max((measure.width(word, LETTERS[font] * BOLD) / ROOM[font] for word in words), default=0.0)


def line_height(name: str, size: float = SIZE) -> float:
    """Points from one line to the next."""
    return round(LINE_HEIGHT[name] * size, 2)
