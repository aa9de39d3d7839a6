"""The sheet of the texts that a row of another one could not show whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.export import layout, longtexts
from desktop.export.cells import Cells, Shown
from desktop.export.rows import Rows, batches
from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.export.workbook import Book


def write(book: Book) -> None:
    """Write it, if there is such a text."""
    if not book.long.rows:
        return
    labels = (_("Ref"), 14.0), (_("Field"), 20.0), (_("Part"), 12.0), (_("Text"), float(longtexts.WIDTH))
    shown = [Shown(label, width) for label, width in labels]
    to = book.add(book.long.sheet_name)
    layout.page(to, book.frame, [column.width for column in shown], titles="1:2")
    layout.dimension(to, len(shown), book.long.rows + 2)
    layout.freeze(to, 2, 2)
    rows = Rows(to, book.styles)
    layout.marking_row(rows, book.frame.marking, len(shown))
    layout.header_row(rows, shown)
    makers = [Cells(column, lambda raw: raw, book.styles, book.told, book.long) for column in shown]
    for parts in batches(book.long.read()):
        rows.together(parts, makers, [part[0] for part in parts])
