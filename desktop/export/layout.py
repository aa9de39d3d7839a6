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
from desktop.export.cells import Rows, Shown
from desktop.i18n import _

A3, A4 = 8, 9
A4_COLUMNS = 190
"""Up to this width, in characters, a sheet is still read on A4; a wider one is set for A3."""
HEADER_LIMIT = 255
BUTTON = 3
"""Characters that the button of a filter takes from its heading."""


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    marking: str
    title: str
    as_of: str


def page(
    sheet: Any, frame: Frame, widths: Sequence[float], *, portrait: bool = False, titles: str = ""
) -> None:
    """Widths of the columns, paper, margins, header and footer; `titles` are the rows that every page repeats."""
    for number, width in enumerate(widths, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter] = ColumnDimension(
            sheet, index=letter, width=width + 0.71, customWidth=True
        )
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = sheet.page_setup
    setup.orientation = "landscape"
    setup.paperSize = A4 if sum(widths) <= A4_COLUMNS else A3
    setup.fitToWidth, setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.75
    margins.header = margins.footer = 0.35
    if titles:
        sheet.print_title_rows = titles
    _header_and_footer(sheet, frame)


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


def header_row(rows: Rows, columns: Sequence[Shown]) -> None:
    """The row of the headings, as high as the longest of them needs."""
    font = rows.book.font
    most = max(styles.height(column.label, max(4.0, column.width - BUTTON), font) for column in columns)
    header = [
        (column.label, replace(styles.HEADER, align=column.align, indent=column.right)) for column in columns
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
