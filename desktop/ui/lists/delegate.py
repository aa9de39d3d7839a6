"""Paints the cells of a list: a chip, or one line of text, on the ground of its row.

All in Python from the model's ready texts, without asking it once a role: that takes less time a frame than Qt's
own delegate with a model in Python.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.i18n import format_number
from desktop.ui import icons, theme
from desktop.ui.lists.chips import is_chip, rag_of
from desktop.ui.lists.hits import hits
from desktop.ui.widgets.rag import chip_size, paint_chip
from desktop.ui.widgets.tips import plain_tip

PAD = theme.SMALL
"""Between a column's left edge and its text."""
PAD_RIGHT = 12
"""Between the text and the right edge, where the header has the mark of the sorted column."""
EDGE = theme.SMALL
"""What the first column has before that: its text stands under the page's title."""

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class CellDelegate(QStyledItemDelegate):
    """For a `RecordTable`, which tells which row is hovered and which is current."""

    def __init__(self, table: Any) -> None:
        super().__init__(table)
        self._table = table
        self._tabular = QFont()
        self._of = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        table, model = self._table, self._table.rows
        rect, row, column = option.rect, index.row(), index.column()
        tones = theme.current()
        ground = table.ground(row, tones)
        if ground:
            painter.fillRect(rect, theme.colour(ground))
        line = model.line(row)
        if line is not None:
            self._paint_content(painter, rect, option.font, line, column, tones)
        elif (header := model.folding.header(row)) is not None:
            self._paint_header(painter, rect, option.font, header, bool(ground), tones)
        if table.is_current(row):
            self._paint_ring(painter, rect, column, tones)
        elif tones.high and table.selectionModel().isRowSelected(row):
            self._paint_ring(painter, rect, column, tones, 1)

    def _paint_content(
        self, painter: QPainter, rect: QRect, font: QFont, line: Any, column: int, tones: Any
    ) -> None:
        model = self._table.rows
        text = line[1][column]
        if not text:
            return
        kind = model.kind(column)
        inner = rect.adjusted(PAD + (EDGE if self._table.is_first(column) else 0), 0, -PAD_RIGHT, 0)
        painter.setFont(self.tabular(font))
        if is_chip(kind):
            paint_chip(painter, inner, rag_of(kind, line[0][column + 1]), text)
            return
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        side = Qt.AlignmentFlag.AlignRight if kind.align == "right" else Qt.AlignmentFlag.AlignLeft
        ink = tones.muted if text == "0" else tones.text  # what is not there is not shouted
        if self._table.terms and kind.searched:
            self._paint_hits(painter, inner, text, tones)
        painter.setPen(theme.colour(ink if self._table.isEnabled() else tones.disabled))
        painter.drawText(inner, int(_LINE | side), text)

    def _paint_header(
        self, painter: QPainter, rect: QRect, font: QFont, header: Any, lit: bool, tones: Any
    ) -> None:
        """The part of a group's header that falls on this cell: it runs over all columns, and never scrolls away."""
        painter.save()
        painter.setClipRect(rect)
        if not lit:
            painter.fillRect(rect, theme.colour(tones.hover))
        side = painter.fontMetrics().height()
        left = PAD + EDGE
        middle = rect.center().y() - side // 2 + 1
        arrow = "chevron-right" if header.folded else "chevron-down"
        icons.paint(painter, QRect(left, middle, side, side), arrow, tones.muted)
        bold = QFont(self.tabular(font))
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        left += side + theme.SMALL
        metrics = painter.fontMetrics()
        room = max(0, self._table.viewport().width() - left - 80)
        text = metrics.elidedText(header.text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour(tones.text))
        painter.drawText(QRect(left, rect.top(), room, rect.height()), int(_LINE), text)
        left += metrics.horizontalAdvance(text) + theme.SMALL
        painter.setFont(self.tabular(font))
        painter.setPen(theme.colour(tones.muted))
        painter.drawText(QRect(left, rect.top(), 80, rect.height()), int(_LINE), format_number(header.count))
        painter.restore()

    def _paint_hits(self, painter: QPainter, inner: QRect, text: str, tones: Any) -> None:
        """A wash under what was searched for."""
        metrics = painter.fontMetrics()
        for start, end in hits(text, self._table.terms):
            left = inner.left() + metrics.horizontalAdvance(text[:start])
            width = metrics.horizontalAdvance(text[start:end])
            top = inner.center().y() - metrics.height() // 2
            painter.fillRect(left - 1, top, width + 2, metrics.height() + 1, theme.colour(tones.amber_on))
            if tones.high:
                painter.fillRect(left, top + metrics.height(), width, 2, theme.colour(tones.text))

    def _paint_ring(
        self, painter: QPainter, rect: QRect, column: int, tones: Any, width: int = theme.RING
    ) -> None:
        """The focus is on a whole row: its ring is painted cell by cell."""
        ink = theme.colour(tones.accent)
        painter.fillRect(rect.x(), rect.y(), rect.width(), width, ink)
        painter.fillRect(rect.x(), rect.bottom() - width + 1, rect.width(), width, ink)
        if self._table.is_first(column):
            painter.fillRect(rect.x(), rect.y(), width, rect.height(), ink)
        if self._table.is_last(column):
            painter.fillRect(rect.right() - width + 1, rect.y(), width, rect.height(), ink)

    def tabular(self, font: QFont) -> QFont:
        """The font with digits of equal width, made once."""
        key = font.key()
        if key != self._of:
            self._of, self._tabular = key, theme.tabular(font)
        return self._tabular

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """What a column needs for this cell, as when its edge is double-clicked."""
        model = self._table.rows
        line = model.line(index.row())
        text = line[1][index.column()] if line else ""
        metrics = QFontMetrics(self.tabular(option.font))
        kind = model.kind(index.column())
        if is_chip(kind):
            width = chip_size(
                metrics, rag_of(kind, line[0][index.column() + 1] if line else None), text
            ).width()
        else:
            width = metrics.horizontalAdvance(text)
        width += EDGE if self._table.is_first(index.column()) else 0
        return QSize(width + PAD + PAD_RIGHT + 1, self._table.verticalHeader().defaultSectionSize())

    def helpEvent(
        self, event: QHelpEvent, view: Any, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """A tool tip only where the cell does not show all of its text."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        whole = self._table.rows.whole_text(index.row(), index.column())
        fits = self.sizeHint(option, index).width() <= view.columnWidth(index.column())
        QToolTip.showText(event.globalPos(), "" if fits and "\n" not in whole else plain_tip(whole), view)
        return True
