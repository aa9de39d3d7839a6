"""Paints the cells of the list of changes: a ring around the row one is on, and what a proposal is as a chip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.export.intake.wayback import Kind, Proposal
from desktop.ui import theme
from desktop.ui.intake.wayback import words
from desktop.ui.widgets.rag import chip_size, paint_chip


class RowDelegate(QStyledItemDelegate):
    """The focus is on a whole row: its ring is painted cell by cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        self.paint_content(painter, option, index)
        view = option.widget
        if view.hasFocus() and index.row() == view.currentIndex().row():
            ink, rect, width = theme.colour(theme.current().accent), option.rect, theme.RING
            painter.fillRect(rect.x(), rect.y(), rect.width(), width, ink)
            painter.fillRect(rect.x(), rect.bottom() - width + 1, rect.width(), width, ink)

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """What stands in the cell."""
        super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the ring says so


class KindDelegate(RowDelegate):
    """For the column that says what a proposal is."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        proposal = index.model().proposal(index.row())
        if proposal is None:
            return
        ground = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(ground, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        room = option.rect.adjusted(theme.TIGHT, 2, -theme.TIGHT, -2)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        paint_chip(painter, room, words.RAGS[proposal.kind], proposal.title, side)
        painter.restore()


def width_of_kinds(metrics: QFontMetrics) -> int:
    """What the widest chip takes, with what is around it."""
    widths = [chip_size(metrics, words.RAGS[kind], Proposal(kind, "").title).width() for kind in Kind]
    return max(widths) + 2 * theme.TIGHT + 2
