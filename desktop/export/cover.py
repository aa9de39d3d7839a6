"""The cover: whose status this is, of when, how to handle it, how things stand; beside it what the words mean."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from desktop.export import layout, palette, picture, styles, wording
from desktop.export.legend import COMPUTED, REPORTED, Entry
from desktop.export.rows import Rows
from desktop.export.styles import Style
from desktop.export.tones import of_words
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
CHANGES = Style(size=11, vertical="center", indent=1, line=palette.HAIRLINE)
VALUE = Style(line=palette.HAIRLINE, vertical="center")
LABEL = replace(VALUE, color=palette.MUTED)
LINK = replace(VALUE, color=palette.ACCENT)
COUNT = replace(VALUE, align="right", format=styles.NUMBER)
SECTION = Style(size=12, bold=True, color=palette.ACCENT, wrap=False, vertical="bottom", line=palette.ACCENT)
SECTION_HEIGHT, LEAST = 26, 18

Placed = list[tuple[Any, Style] | None]
Named = tuple[dict[str, str], str]
"""A scale, and its name where another one has the same values."""


@dataclass(frozen=True)
class Cover:
    """What it says."""

    title: str
    post: str
    headline: str
    changes: str
    """What changed since the last report, in words."""
    facts: list[tuple[str, str]]
    """Label and text of each fact."""
    contents: list[tuple[str, str, int]]
    """Name, description and number of rows of each sheet."""
    sources: list[tuple[str, str]]
    """Reference and description of each source document."""
    scales: list[Named] | None = None
    """Those whose words stand in the workbook and need a key; None for all."""
    logo: bytes = b""
    reckoned: str = ""
    """From what it was computed, where that is not all that the post knows."""


@dataclass(frozen=True)
class Part:
    """A row of one of the two blocks; `joined` lets its text run on over the number's column, `whole` over all."""

    cells: Placed
    height: float
    joined: bool = False
    link: str = ""
    whole: bool = False


def write(book: Book, sheet: Any, cover: Cover) -> None:
    """Fill the sheet."""
    layout.page(sheet, book.frame, WIDTHS)
    sheet.page_setup.fitToHeight = 1
    sheet.print_options.horizontalCentered = True
    layout.freeze(sheet, 1, 0)
    wide = styles.height(cover.headline, sum(WIDTHS) - 4, book.styles.font, HEADLINE.size)
    top: list[tuple[Placed, float]] = [
        ([(cover.title, TITLE)], 40),
        ([(cover.post, POST)], 24),
        ([None], 6),
        ([(cover.headline, HEADLINE), *[(None, HEADLINE)] * (len(WIDTHS) - 1)], math.ceil(wide + 14)),
        ([None], 6),
    ]
    if cover.changes:
        tall = styles.height(cover.changes, sum(WIDTHS) - 4, book.styles.font, CHANGES.size)
        top.insert(
            4, ([(cover.changes, CHANGES), *[(None, CHANGES)] * (len(WIDTHS) - 1)], math.ceil(tall + 12))
        )
        sheet.merged_cells.add(f"A6:{LAST}6")
    if cover.logo:
        picture.place(sheet, cover.logo, WIDTHS, 1, sum(height for _cells, height in top[:2]))
    body = list(zip_longest(_left(book, cover), _key(book, _shown(REPORTED, cover.scales))))
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
        if left and left.whole:
            sheet.merged_cells.add(f"A{number}:C{number}")
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
    parts += _key(book, _shown(COMPUTED, cover.scales), joined=True)
    if cover.reckoned:
        cells = [(cover.reckoned, VALUE), (None, VALUE), (None, VALUE)]
        parts.append(Part(cells, _height(book, cover.reckoned, sum(WIDTHS[:3])), whole=True))
    return parts


def _shown(legend: tuple[Entry, ...], scales: list[Named] | None) -> tuple[Entry, ...]:
    """The parts of the key that the workbook needs."""
    return tuple(
        entry for entry in legend if entry.needed and (scales is None or (entry.scale, entry.name) in scales)
    )


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
    for entry in legend:
        parts.append(_section(_(entry.title), 2 + joined))
        colours = of_words(entry.scale, entry.tones, entry.name)
        for word, values in wording.words(entry.scale, entry.name).items():
            text = " ".join(dict.fromkeys(_(entry.definitions[value]) for value in values))
            height = max(_height(book, text, WIDTHS[5]), _height(book, word, WIDTHS[0 if joined else 4]))
            parts.append(Part([(word, _chip(colours.get(word, ""))), (text, VALUE), *more], height, joined))
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
