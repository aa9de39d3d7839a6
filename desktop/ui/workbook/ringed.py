"""The ring around the entry at which the keys work, in the lists and tables of the layouts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.reports.rows import paint_ring


class RingedDelegate(QStyledItemDelegate):
    """The current entry has a ring while its view has the focus, instead of Qt's own faint line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        drawn = QStyleOptionViewItem(option)
        drawn.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, drawn, index)
        view: Any = self.parent()
        if view.hasFocus() and index == view.currentIndex():
            paint_ring(painter, option.rect)
