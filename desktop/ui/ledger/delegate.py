"""Paints the ledger: a counterpart over the whole width, a follow-up column by column."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.service.ledger import Group
from desktop.ui import theme
from desktop.ui.ledger.columns import COLUMNS, PAD
from desktop.ui.ledger.model import more_words, name_of, open_words, overdue_words
from desktop.ui.widgets.rag import chip_size, paint_chip

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class LedgerDelegate(QStyledItemDelegate):
    """For a `LedgerTree`, which paints the ground of its rows."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model: Any = index.model()
        painter.save()
        painter.setFont(theme.tabular(option.font))
        if not index.internalId():
            if index.column() == 0:
                self._paint_group(painter, option.rect, model.group(index))
        else:
            line = model.line(index)
            if line is not None:
                self._paint_cell(painter, option.rect, line, index.column())
        painter.restore()

    def _paint_group(self, painter: QPainter, area: QRect, group: Group) -> None:
        tones = theme.current()
        area = area.adjusted(0, 0, -PAD, 0)
        plain = painter.font()
        painter.setFont(theme.heading_font(plain, 3))
        overdue, more = overdue_words(group.overdue), more_words(group)
        room = area.width() - theme.LARGE - painter.fontMetrics().horizontalAdvance(open_words(group.count))
        if overdue:
            room -= chip_size(painter.fontMetrics(), "red", overdue).width() + theme.MEDIUM
        area = self._write(painter, area, name_of(group), tones.text, max(room, area.width() // 3))
        painter.setFont(plain)
        area = self._write(painter, area, open_words(group.count), tones.muted)
        if overdue:
            size = chip_size(painter.fontMetrics(), "red", overdue)
            place = QRect(area.left(), area.top(), min(size.width(), max(0, area.width())), area.height())
            paint_chip(painter, place, "red", overdue)
            area.setLeft(area.left() + size.width() + theme.MEDIUM)
        self._write(painter, area, more, tones.muted)

    def _write(self, painter: QPainter, area: QRect, text: str, tone: str, most: int = 0) -> QRect:
        """Write a text at the left; returns the room that is left behind it."""
        room = min(area.width(), most) if most else area.width()
        if room <= 0:
            return area
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour(tone))
        painter.drawText(area, int(_LINE | Qt.AlignmentFlag.AlignLeft), shown)
        return area.adjusted(painter.fontMetrics().horizontalAdvance(shown) + theme.MEDIUM, 0, 0, 0)

    def _paint_cell(self, painter: QPainter, area: QRect, line: Any, number: int) -> None:
        row, texts = line
        column, text = COLUMNS[number], texts[number]
        if not text:
            return
        tones = theme.current()
        inner = area.adjusted(PAD if number else 0, 0, -PAD, 0)
        if column.chip:
            paint_chip(painter, inner, row.rag if column.name == "rag" else None, text)
            return
        late = column.name == "days_overdue"
        painter.setPen(theme.colour(tones.rag("red")[0] if late else tones.text))
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(_LINE | side), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        tree: Any = self.parent()
        return QSize(40, tree.row_height())
