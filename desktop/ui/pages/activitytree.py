"""The tree in which Activity shows what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop.i18n import _, format_datetime
from desktop.model.dates import instant
from desktop.ui import theme
from desktop.ui.widgets.tips import plain_tip

DATA = Qt.ItemDataRole.UserRole
"""What stands behind a line."""


class ActivityTree(QTreeWidget):
    """Lines of several columns, one of which takes the room; a line can open to steps over the whole width."""

    end_reached = Signal()
    """Somebody scrolled to the end of what is there."""

    def __init__(self, titles: Sequence[str], wide: int) -> None:
        super().__init__()
        self.setHeaderLabels(list(titles))
        self.setAccessibleName(_("Activity"))
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setItemDelegate(_Row(self))
        self.setIndentation(theme.WIDE)
        header = self.header()
        header.setStyleSheet(f"QHeaderView::section:first {{ padding-left: {theme.WIDE}px; }}")
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(titles)):
            mode = (
                QHeaderView.ResizeMode.Stretch if column == wide else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(column, mode)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def line(self, cells: Sequence[str]) -> QTreeWidgetItem:
        """Add a line at the end."""
        item = QTreeWidgetItem(list(cells))
        for column, text in enumerate(cells):
            item.setToolTip(column, plain_tip(text))
        self.addTopLevelItem(item)
        return item

    def step(self, parent: QTreeWidgetItem, words: str, data: Any) -> None:
        """Add a line under another one, over all columns."""
        item = QTreeWidgetItem(parent, [words])
        item.setData(0, DATA, data)
        item.setToolTip(0, plain_tip(words))
        item.setFirstColumnSpanned(True)

    def keep(self, fill: Callable[[], None]) -> None:
        """Fill anew, with the same line current as far as it is still there."""
        current = self.currentItem()
        place = self.indexOfTopLevelItem(current) if current else -1
        fill()
        if self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(min(max(0, place), self.topLevelItemCount() - 1)))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        # As in the tables of records: a wash of the accent, not the accent itself.
        tones = theme.current()
        option.palette.setColor(QPalette.ColorRole.Highlight, theme.colour(tones.accent_soft))
        option.palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour(tones.text))
        super().drawRow(painter, option, index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_scrolled(self.verticalScrollBar().value())

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() and self.topLevelItemCount():
            self.end_reached.emit()


class _Row(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + theme.LARGE, theme.row_height(self.parent()))


def moment(stamp: str, zone: str) -> str:
    """An instant of the journal as the post's clock showed it."""
    return format_datetime(instant(stamp).astimezone(ZoneInfo(zone)))
