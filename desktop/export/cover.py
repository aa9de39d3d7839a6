"""The cover: whose status this is, of when, how to handle it, how things stand; beside it what the words mean."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from desktop.export import layout, palette, styles
from desktop.export.cells import Rows
from desktop.export.legend import COMPUTED, REPORTED, Entry
from desktop.export.styles import Style
from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.export.workbook import Book

WIDTHS = (24.0, 54.0, 9.0, 3.0, 24.0, 62.0)
"""Label, text and number to the left; a gap; word and meaning to the right."""
LAST = get_column_letter(len(WIDTHS))
TITLE = Style(size=22, bold=True, wrap=False, vertical="center")
POST = Style(size=14, color=palette.MUTED, wrap=False, vertical="center")
HEADLINE = Style(
    size=12, bold=True, color=palette.ACCENT, ground=palette.ACCENT_GROUND, vertical="center", indent=1
)
VALUE = Style(line=palette.HAIRLINE, vertical="center")
LABEL = replace(VALUE, color=palette.MUTED)
LINK = replace(VALUE, color=palette.ACCENT)
COUNT = replace(VALUE, align="right", format=styles.NUMBER)
SECTION = Style(size=12, bold=True, color=palette.ACCENT, wrap=False, vertical="bottom", line=palette.ACCENT)
SECTION_HEIGHT, LEAST = 26, 18

Placed = list[tuple[Any, Style] | None]


@dataclass(frozen=True)
class Cover:
    """What it says."""

    title: str
    post: str
    headline: str
    facts: list[tuple[str, str]]
    """Label and text of each fact."""
    contents: list[tuple[str, str, int]]
    """Name, description and number of rows of each sheet."""
    sources: list[tuple[str, str]]
    """Reference and description of each source document."""


@dataclass(frozen=True)
class Part:
    """A row of one of the two blocks; `joined` lets its text run on over the number's column."""

    cells: Placed
    height: float
    joined: bool = False
    link: str = ""


def write(book: Book, sheet: Any, cover: Cover) -> None:
    """Fill the sheet."""
    layout.page(sheet, book.frame, WIDTHS)
    sheet.page_setup.fitToHeight = 1
    layout.freeze(sheet, 1, 0)
    wide = styles.height(cover.headline, sum(WIDTHS) - 4, book.styles.font, HEADLINE.size)
    top: list[tuple[Placed, float]] = [
        ([(cover.title, TITLE)], 40),
        ([(cover.post, POST)], 24),
        ([None], 6),
        ([(cover.headline, HEADLINE), *[(None, HEADLINE)] * (len(WIDTHS) - 1)], math.ceil(wide + 14)),
        ([None], 6),
    ]
    body = list(zip_longest(_left(book, cover), _key(book, REPORTED)))
    sources = _sources(book, cover)
    first = len(top) + 2
    layout.dimension(sheet, len(WIDTHS), first + len(body) + len(sources) - 1)
    sheet.merged_cells.add(f"A5:{LAST}5")
    rows = Rows(sheet, book.styles)
    layout.marking_row(rows, book.frame.marking, len(WIDTHS))
    for cells, height in top:
        rows.plain(cells, height)
    for number, (left, right) in enumerate(body, first):
        if left and left.joined:
            sheet.merged_cells.add(f"B{number}:C{number}")
        cells = [*(left.cells if left else [None] * 3), None, *(right.cells if right else [])]
        rows.plain(cells, max(part.height for part in (left, right) if part))
        if left and left.link:
            place = f"{quote_sheetname(left.link)}!A1"
            sheet._hyperlinks.append(Hyperlink(ref=f"A{number}", location=place, display=left.link))
    for number, part in enumerate(sources, first + len(body)):
        if part.joined:
            sheet.merged_cells.add(f"B{number}:{LAST}{number}")
        rows.plain(part.cells, part.height)


def _left(book: Book, cover: Cover) -> list[Part]:
    """The facts, the sheets with their rows, and what is computed."""
    both = WIDTHS[1] + WIDTHS[2]
    parts = [_section(_("This report"), 3)]
    for label, text in cover.facts:
        parts.append(
            Part([(label, LABEL), (text, VALUE), (None, VALUE)], _height(book, text, both), joined=True)
        )
    parts.append(_section(_("Contents"), 3))
    parts[-1].cells[2] = (_("Rows"), replace(SECTION, size=styles.SIZE, bold=False, align="right"))
    for name, about, count in cover.contents:
        cells: Placed = [(name, LINK), (about, VALUE), (count, COUNT)]
        parts.append(
            Part(cells, max(_height(book, about, WIDTHS[1]), _height(book, name, WIDTHS[0])), link=name)
        )
    return parts + _key(book, COMPUTED, joined=True)


def _sources(book: Book, cover: Cover) -> list[Part]:
    """The documents, below both blocks: their titles are long."""
    if not cover.sources:
        return []
    parts = [_section(_("Sources"), len(WIDTHS))]
    for ref, text in cover.sources:
        cells: Placed = [(ref, LABEL), (text, VALUE), *[(None, VALUE)] * (len(WIDTHS) - 2)]
        parts.append(Part(cells, _height(book, text, sum(WIDTHS[1:])), joined=True))
    return parts


def _key(book: Book, legend: tuple[Entry, ...], joined: bool = False) -> list[Part]:
    """Every word of the scales in its colour, and what it means."""
    parts = []
    more: Placed = [(None, VALUE)] if joined else []
    for title, scale, definitions, tones in legend:
        parts.append(_section(_(title), 2 + joined))
        for key, meaning in definitions.items():
            word, text = _(scale[key]), _(meaning)
            height = max(_height(book, text, WIDTHS[5]), _height(book, word, WIDTHS[0 if joined else 4]))
            parts.append(Part([(word, _chip(tones.get(key, ""))), (text, VALUE), *more], height, joined))
    return parts


def _section(title: str, columns: int) -> Part:
    return Part([(title, SECTION), *[(None, SECTION)] * (columns - 1)], SECTION_HEIGHT)


def _chip(tone: str) -> Style:
    if not tone:
        return replace(VALUE, bold=True)
    text, ground = palette.TONES[tone]
    return replace(VALUE, bold=True, color=text, ground=ground)


def _height(book: Book, text: str, width: float) -> float:
    return max(LEAST, math.ceil(styles.height(text, width, book.styles.font) + 5))
