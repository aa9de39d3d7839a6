"""The first rows of a sheet, the headings marked, what is not taken in grey."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from desktop.export.intake.book import SheetRead, letters
from desktop.export.intake.tracker.columns import Header
from desktop.export.intake.tracker.headings import LOOKED_AT
from desktop.export.intake.tracker.shown import is_filled, text_of
from desktop.export.intake.values import Value
from desktop.i18n import _, format_number
from desktop.ui import theme
from desktop.ui.widgets.tips import plain_tip

SHOWN = 16
OVER = 4
"""Rows over the headings that are shown where they stand far down."""
NARROWEST, WIDEST, COLUMNS = 48, 240, 60


class SheetPreview(QTableWidget):
    """Enter or a double click on a row says that the headings stand there."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._numbers: list[int] = []
        self.setAccessibleName(_("The first rows of the sheet"))
        self.setProperty("quiet", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setToolTip(_("Enter or a double click says that the headings stand in this row."))
        self.itemDoubleClicked.connect(lambda item: self._choose(item.row()))

    def show_sheet(self, sheet: SheetRead, header: Header) -> None:
        """Show the rows around its headings."""
        start = 1 if header.first <= SHOWN - OVER else header.first - OVER
        rows = list(islice(((n, v) for n, v in sheet.rows.filled() if n >= start), SHOWN))
        self._numbers = [number for number, _values in rows]
        width = min(COLUMNS, max((len(values) for _number, values in rows), default=0))
        self.clear()
        self.clearSpans()
        self.setRowCount(len(rows))
        self.setColumnCount(width)
        self.setHorizontalHeaderLabels([letters(number) for number in range(1, width + 1)])
        self.setVerticalHeaderLabels([format_number(number) for number in self._numbers])
        left = {outside.row for outside in header.outside}
        for place, (number, values) in enumerate(rows):
            heading = header.first <= number <= header.last
            for column in range(width):
                text = text_of(values[column]) if column < len(values) else ""
                self.setItem(place, column, _item(text, heading, number in left or number < header.first))
            filled = [column for column, value in enumerate(values[:width]) if is_filled(value)]
            if number < header.first and len(filled) == 1 and filled[0] + 1 < width:
                self.setSpan(place, filled[0], 1, width - filled[0])  # a title runs on
            if heading:
                self.setCurrentCell(place, 0)
        for column in range(width):
            self.setColumnWidth(column, self._wide(column, header, rows))

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._numbers):
            self.chosen.emit(self._numbers[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentRow())  # and not the button of the dialog
            return
        super().keyPressEvent(event)

    def _wide(self, column: int, header: Header, rows: Sequence[tuple[int, Sequence[Value]]]) -> int:
        """What the cells of the table need; titles over it may run on."""
        metrics = self.fontMetrics()
        texts = [
            text_of(values[column])
            for number, values in rows
            if number >= header.first and column < len(values)
        ]
        widest = max((metrics.horizontalAdvance(text[:60]) for text in texts), default=0)
        return min(WIDEST, max(NARROWEST, round(1.1 * widest) + theme.MEDIUM))


def wanted(sheet: SheetRead, header: Header, row: int) -> int:
    """The row that somebody means who goes to this one: headings stand in no empty row. 0 where there is none."""
    numbers = [number for number, _values in islice(sheet.rows.filled(), LOOKED_AT)]
    if row in numbers and not header.first <= row < header.last:
        return row
    if row < header.last:
        return max((number for number in numbers if number < min(row, header.first)), default=0)
    return min((number for number in numbers if number > row), default=0)


def _item(text: str, heading: bool, left: bool) -> QTableWidgetItem:
    tones = theme.current()
    item = QTableWidgetItem(" ".join(text.split()))
    item.setToolTip(plain_tip(text))
    if heading:
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        item.setBackground(theme.colour(tones.accent_soft))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, _("Heading"))
    elif left:
        item.setForeground(theme.colour(tones.muted))
    return item
