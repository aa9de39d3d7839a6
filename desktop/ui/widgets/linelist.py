"""A short list in a card: a line each, with what belongs to it at its end. Arrow keys go through, Enter chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n import join_parts
from desktop.ui import theme
from desktop.ui.tones import RAGS
from desktop.ui.widgets.rag import paint_shape, word
from desktop.ui.widgets.tips import plain_tip

_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """What stands on a line: the words, then, muted, whose it is, and at the end its date. `key` is told back."""

    key: Any
    words: str
    aside: str = ""
    end: str = ""
    rag: str = ""

    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return join_parts(self.words, self.aside, self.end, word(self.rag) if self.rag else "")


class LineList(QListWidget):
    """As high as its lines; without any it says why."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = False
        self._empty = ""
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_LineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(self._choose)

    def show_lines(self, lines: Sequence[Line], empty: str) -> None:
        """Show these, or the sentence where there is none; the line that was current stays so."""
        before = self.currentRow()
        self.clear()
        self._empty = empty
        for line in lines:
            item = QListWidgetItem(line.words)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken())
            item.setToolTip(plain_tip(line.words))
            if line.key is None:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addItem(item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if lines else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription("" if lines else empty)
        if lines:
            self.setCurrentRow(max(0, min(before, len(lines) - 1)))
        self.setFixedHeight(max(1, len(lines)) * self.line_height())

    def lines(self) -> list[Line]:
        """What is shown."""
        return [self.item(row).data(_LINE) for row in range(self.count())]

    def line_height(self) -> int:
        """The height of one line."""
        return theme.row_height(self, compact=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(item)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ring = False
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(max(1, self.count()) * self.line_height())
        super().changeEvent(event)

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if self.count() == 0 and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour(theme.current().muted))
            area = self.viewport().rect()
            text = painter.fontMetrics().elidedText(self._empty, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), text)

    def _choose(self, item: QListWidgetItem) -> None:
        line = item.data(_LINE)
        if line.key is not None:
            self.chosen.emit(line.key)


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, self.parent().line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line: Line = index.data(_LINE)
        tones, rect = theme.current(), option.rect
        owner = self.parent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver and line.key is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tones.hover))
            painter.drawRoundedRect(QRectF(rect), theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus and owner.ring:
            painter.setPen(QPen(theme.colour(tones.accent), theme.RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = theme.RING / 2
            painter.drawRoundedRect(
                QRectF(rect).adjusted(half, half, -half, -half), theme.RADIUS, theme.RADIUS
            )
        self._paint_parts(painter, option, rect.adjusted(theme.TIGHT, 0, -theme.TIGHT, 0), line)
        painter.restore()

    def _paint_parts(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, line: Line) -> None:
        tones, metrics, direction = theme.current(), option.fontMetrics, option.direction
        left, right = room.left(), room.right() + 1
        if line.rag in RAGS:
            side = max(8, metrics.capHeight())
            square = QRect(left, room.center().y() - side // 2 + 1, side, side)
            paint_shape(painter, QRectF(QStyle.visualRect(direction, room, square)), line.rag)
            left += side + theme.SMALL
        painter.setFont(theme.tabular(option.font))
        painter.setPen(theme.colour(tones.muted))
        for text, most in ((line.end, 1.0), (line.aside, 0.34)):
            if not text:
                continue
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(most * room.width()))
            width = metrics.horizontalAdvance(shown) + 1
            area = QRect(right - width, room.top(), width, room.height())
            painter.drawText(
                QStyle.visualRect(direction, room, area), int(Qt.AlignmentFlag.AlignCenter), shown
            )
            right -= width + theme.MEDIUM
        painter.setFont(option.font)
        painter.setPen(theme.colour(tones.text))
        area = QRect(left, room.top(), max(0, right - left), room.height())
        shown = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, area.width())
        flags = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QStyle.visualRect(direction, room, area), int(flags), shown)
