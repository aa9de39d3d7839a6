"""Paints the cells of the tree: two lines of text each, a chip for a record's RAG, a bar for those below a heading."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from desktop.service.tree import DOCUMENT, Node
from desktop.ui import icons, theme
from desktop.ui.lists.delegate import PAD, PAD_RIGHT, CellDelegate
from desktop.ui.tree import words
from desktop.ui.tree.words import COLUMNS
from desktop.ui.widgets.rag import paint_chip
from desktop.ui.widgets.ragbar import paint_bar
from desktop.ui.widgets.tips import plain_tip

_ICON = 18
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = ("follow_ups", "last_activity")


def height_for(view: Any) -> int:
    """The height of a row: two lines, and some air."""
    compact = view.context.settings.density == "compact"
    return 2 * QFontMetrics(view.font()).height() + (4 if compact else 10)


class TreeDelegate(CellDelegate):
    """For a `TreeView`, which paints the ground and the ring of its rows."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        node = self._table.rows.node(index)
        column = COLUMNS[index.column()]
        inner = option.rect.adjusted(theme.TIGHT if column == "title" else PAD, 0, -PAD_RIGHT, 0)
        painter.save()
        painter.setFont(self.tabular(option.font))
        if column == "title":
            inner = self._paint_level(painter, inner, node)
        if column == "rag":
            self._paint_rag(painter, inner, node)
        else:
            self._paint_lines(painter, inner, node, column)
        painter.restore()

    def _paint_level(self, painter: QPainter, inner: QRect, node: Node) -> QRect:
        """The icon of the level; what is left for the words."""
        tones = theme.current()
        place = QRect(inner.left(), inner.center().y() - _ICON // 2, _ICON, _ICON)
        if self._table.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(inner.right())
            left = inner.adjusted(0, 0, -_ICON - theme.SMALL, 0)
        else:
            left = inner.adjusted(_ICON + theme.SMALL, 0, 0, 0)
        icons.paint(painter, place, words.ICONS[node.level], tones.muted)
        return left

    def _paint_rag(self, painter: QPainter, inner: QRect, node: Node) -> None:
        if not words.heads(node):
            paint_chip(painter, inner, node.rag, words.lines(node, "rag")[0])
        elif node.below.rag:
            height = painter.fontMetrics().height() + 4
            bar = QRect(inner.left(), inner.center().y() - height // 2, inner.width(), height)
            paint_bar(painter, bar, node.below.rag, self._table.layoutDirection())

    def _paint_lines(self, painter: QPainter, inner: QRect, node: Node, column: str) -> None:
        tones = theme.current()
        first, second = words.lines(node, column)
        side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
        height = painter.fontMetrics().height()
        top = inner.center().y() + 1 - (height if second else height // 2)
        upper = QRect(inner.left(), top, inner.width(), height)
        plain = painter.font()
        if column == "title":
            painter.setFont(_weighted(plain, node))
            first = self._cut(painter, first, inner.width())
            if self._table.terms:
                self._paint_hits(painter, upper, first, tones)
        painter.setPen(theme.colour(tones.text if self._bright(node) else tones.muted))
        painter.drawText(upper, int(_LINE | side), self._cut(painter, first, inner.width()))
        painter.setFont(plain)
        painter.setPen(theme.colour(tones.red if column == "follow_ups" else tones.muted))
        painter.drawText(
            upper.translated(0, height), int(_LINE | side), self._cut(painter, second, inner.width())
        )

    def _bright(self, node: Node) -> bool:
        """Not what is only there for what it contains."""
        return node.matching or node.level == DOCUMENT or not self._table.narrowed

    def _cut(self, painter: QPainter, text: str, width: int) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        node, column = self._table.rows.node(index), COLUMNS[index.column()]
        metrics = QFontMetrics(_weighted(self.tabular(option.font), node))
        width = max(metrics.horizontalAdvance(line) for line in words.lines(node, column))
        own = _ICON + theme.SMALL if column == "title" else 0
        return QSize(width + own + PAD + PAD_RIGHT + 1, height_for(self._table))

    def helpEvent(
        self, event: QHelpEvent, view: Any, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """A tool tip: there is always more to say than a cell shows."""
        if not index.isValid():
            return False
        node, column = self._table.rows.node(index), COLUMNS[index.column()]
        QToolTip.showText(event.globalPos(), plain_tip(words.told(node, column)), view)
        return True


def _weighted(font: QFont, node: Node) -> QFont:
    """The font of a title: what heads others stands out."""
    if not words.heads(node):
        return font
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy
