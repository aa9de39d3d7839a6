"""How rows look on the page of reports: a wash of the accent where one is selected, a ring where the focus is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme


class RowDelegate(QStyledItemDelegate):
    """A text, with room at its sides: `pad` that of the first column, and of the others. The view paints the ground."""

    pad = (0, 0)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        gone = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
        option.state &= ~(gone | QStyle.StateFlag.State_MouseOver)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        option.rect.adjust(self.pad[bool(index.column())], 0, -self.pad[1], 0)
        super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        view: Any = self.parent()
        return QSize(40, theme.row_height(view))


def paint_ring(painter: QPainter, area: QRect) -> None:
    """The ring around the row at which the keys work."""
    painter.save()
    painter.setPen(QPen(theme.colour(theme.current().accent), theme.RING))
    painter.drawRect(area.adjusted(1, 1, -1, -1))
    painter.restore()
