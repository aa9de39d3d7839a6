"""What all sheets share: the marking on top, frozen panes, widths, paper, header and footer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.properties import PageSetupProperties

from desktop.export import palette, styles, texts
from desktop.export.cells import Shown
from desktop.export.fonts import JAPANESE, LATIN
from desktop.export.rows import Rows
from desktop.i18n import _

PAPERS = {"letter": 1, "a3": 8, "a4": 9}
"""The numbers by which Excel knows them."""
READABLE = {
    LATIN: {"letter": 187.0, "a4": 200.0, "a3": 285.0},
    JAPANESE: {"letter": 164.0, "a4": 176.0, "a3": 255.0},
}
"""Up to this width, in characters of the workbook's font, a paper shows the body text at 7 points or more. A sheet that
is wider than A4 is set for A3, and one that is wider still goes over several pages side by side."""
MOST_ACROSS = 4
"""Pages side by side: beyond them a sheet is printed smaller."""
BORDER = 0.71
"""Characters that a column is wider than what it holds."""
A3_COLUMNS = 216
"""Up to this width A3 shows a sheet in its own size; a wider one is printed smaller."""
HEADER_LIMIT = 255
HIDDEN = 38.0
"""Width of a column that is hidden, should somebody show it."""
BUTTON = 3
"""Characters that the button of a filter takes from its heading."""


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    marking: str
    title: str
    as_of: str
    paper: str = ""
    """One of `PAPERS`; '' is by the width of the sheet."""
    plain: bool = False
    """Whether it is for a program to read: without colours and dropdowns."""
    moment: str = ""
    """Of when it is, without a word before it: what `as_of` says in a sentence."""
    font: str = LATIN
    """The workbook's own, by which its columns are measured."""


def page(
    sheet: Any,
    frame: Frame,
    widths: Sequence[float],
    *,
    titles: str = "",
    columns: int = 0,
    hidden: int = 0,
) -> None:
    """Widths of the columns, paper, margins, header and footer; `titles` are the rows that every page repeats, the
    first `columns` stand on each of several pages side by side, `hidden` is how many more columns follow that no reader
    sees."""
    for number, width in enumerate(widths, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter] = ColumnDimension(
            sheet, index=letter, width=width + BORDER, customWidth=True
        )
    for number in range(len(widths) + 1, len(widths) + hidden + 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter] = ColumnDimension(
            sheet, index=letter, width=HIDDEN, customWidth=True, hidden=True
        )
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = sheet.page_setup
    setup.orientation = "landscape"
    paper = frame.paper or ("a4" if _wide(widths) <= READABLE[frame.font]["a4"] else "a3")
    setup.paperSize = PAPERS[paper]
    setup.fitToWidth, setup.fitToHeight = across(widths, columns, READABLE[frame.font][paper]), 0
    if setup.fitToWidth > 1:
        sheet.print_title_cols = f"A:{get_column_letter(columns)}"
        setup.pageOrder = "overThenDown"
    margins = sheet.page_margins
    margins.left = margins.right = 0.3
    margins.top = margins.bottom = 0.75
    margins.header = margins.footer = 0.35
    if titles:
        sheet.print_title_rows = titles
    _header_and_footer(sheet, frame)


def across(widths: Sequence[float], columns: int, room: float) -> int:
    """How many pages side by side show a sheet so that it can be read; one where none of its columns is repeated."""
    if not columns:
        return 1
    wide, again = _wide(widths), _wide(widths[:columns])
    fits = (pages for pages in range(1, MOST_ACROSS) if wide + (pages - 1) * again <= pages * room)
    return next(fits, MOST_ACROSS)


def _wide(widths: Sequence[float]) -> float:
    return sum(widths) + BORDER * len(widths)


def _header_and_footer(sheet: Any, frame: Frame) -> None:
    marking, title = _code(frame.marking, 60), _code(frame.title, 70)
    as_of = _code(frame.as_of, 70)
    number = _("Page {page} of {pages}").format(page="&P", pages="&N")
    for name in ("odd", "even", "first"):
        header, footer = (
            getattr(sheet.HeaderFooter, f"{name}Header"),
            getattr(sheet.HeaderFooter, f"{name}Footer"),
        )
        header.left.text, header.center.text, header.right.text = title, marking, "&A"
        # In one part, which has the room of two: the name of a file is long.
        footer.left.text, footer.right.text = f"{as_of} · &F", number


def _code(text: str, most: int) -> str:
    """A text as header and footer take it: `&` begins their codes, so it is doubled."""
    line = " ".join(texts.legal(text)[0].split())
    if len(line) > most:
        line = line[: most - 1] + "…"
    return line.replace("&", "&&")


def dimension(sheet: Any, columns: int, rows: int) -> None:
    """Tell readers how far the sheet reaches, before its first row is written."""
    reference = f"A1:{get_column_letter(max(1, columns))}{max(1, rows)}"
    sheet.calculate_dimension = lambda: reference


def marking_row(rows: Rows, marking: str, columns: int, note: str = "", at: int = 0) -> None:
    """Row 1 of every sheet: how it is to be handled; and, from column `at` on, what it shows."""
    row: list[tuple[object, styles.Style] | None] = [(marking, styles.MARKING)]
    row += [(note if number == at else None, styles.NOTE) for number in range(1, columns)]
    rows.plain(row, 22)


def header_row(
    rows: Rows, columns: Sequence[Shown], labels: Sequence[str] | None = None, last: bool = True
) -> None:
    """A row of headings, as high as the longest of them needs: the columns' own, or `labels` in another language.

    The `last` one is that of the table, which has the buttons of its filters.
    """
    font = rows.book.font
    labels = [column.label for column in columns] if labels is None else labels
    room = BUTTON if last else 0
    most = max(
        styles.height(label, max(4.0, column.width - room), font)
        for label, column in zip(labels, columns, strict=True)
    )
    look = styles.HEADER if last else styles.HEADER_ABOVE
    header = [
        (label, replace(look, align=column.align, indent=column.right))
        for label, column in zip(labels, columns, strict=True)
    ]
    rows.plain(header, math.ceil(most + 8))


def freeze(sheet: Any, rows: int, columns: int) -> None:
    """Keep the first rows and columns in view."""
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100


def tab(sheet: Any, color: str = palette.ACCENT) -> None:
    """The colour of the sheet's tab."""
    sheet.sheet_properties.tabColor = color
