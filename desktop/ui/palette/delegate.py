"""Paints the rows of the palette: icon, reference, name and RAG; under them the sentence, the hit in bold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.i18n import captioned
from desktop.service.finding.hit import Marks
from desktop.ui import icons, theme
from desktop.ui.palette.entries import Entry
from desktop.ui.tones import Tones
from desktop.ui.widgets.rag import chip_size, paint_chip, word

ICON = 18
PAD = theme.MEDIUM
LEFT = PAD + ICON + PAD
"""Where texts begin."""
APART = 10
"""Above and under the two lines of a record."""
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class EntryDelegate(QStyledItemDelegate):
    """For a list whose model has `entries`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        entry: Entry = index.model().entries[index.row()]
        line = QFontMetrics(option.font).height()
        if entry.heading:
            return QSize(0, line + APART + theme.TIGHT)
        return QSize(0, line * 2 + 2 * APART - theme.TIGHT if entry.second else line + APART + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry: Entry = index.model().entries[index.row()]
        tones, rect = theme.current(), option.rect
        painter.save()
        painter.setFont(option.font)
        if entry.heading:
            self._paint_heading(painter, rect, entry, tones)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                _paint_ground(painter, rect, tones)
            self._paint_entry(painter, rect, entry, tones)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, entry: Entry, tones: Tones) -> None:
        painter.setFont(_bold(painter.font()))
        painter.setPen(theme.colour(tones.muted))
        painter.drawText(rect.adjusted(PAD, theme.TIGHT, -PAD, 0), _LINE, entry.title)

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry, tones: Tones) -> None:
        ink = tones.text if entry.enabled else tones.disabled
        first = rect.adjusted(LEFT, 0, -PAD, 0)
        if entry.second:
            height = painter.fontMetrics().height()
            first.setTop(rect.top() + APART - 2)
            first.setHeight(height)
            second = first.translated(0, height + 2)
            self._paint_second(painter, second, entry, tones)
        if entry.icon:
            icon = QRect(rect.left() + PAD, first.center().y() - ICON // 2, ICON, ICON)
            icons.paint(painter, icon, entry.icon, tones.muted if entry.enabled else tones.disabled)
        first = self._paint_end(painter, first, entry, tones)
        if entry.ref:
            painter.setFont(theme.tabular(painter.font()))
            painter.setPen(theme.colour(tones.muted))
            painter.drawText(first, _LINE, entry.ref)
            first.setLeft(first.left() + painter.fontMetrics().horizontalAdvance(entry.ref) + theme.SMALL)
        paint_marked(painter, first, entry.title, entry.marks, ink, ink)

    def _paint_end(self, painter: QPainter, first: QRect, entry: Entry, tones: Tones) -> QRect:
        """The RAG, or the shortcut, at the right; returns what is left for the name."""
        if entry.rag:
            size = chip_size(painter.fontMetrics(), entry.rag, word(entry.rag))
            place = QRect(first.right() - size.width() + 1, first.top(), size.width(), first.height())
            paint_chip(painter, place.adjusted(0, -3, 0, 3), entry.rag, word(entry.rag))
            return first.adjusted(0, 0, -size.width() - theme.SMALL, 0)
        if entry.keys:
            painter.setPen(theme.colour(tones.muted if entry.enabled else tones.disabled))
            painter.drawText(first, _LINE | int(Qt.AlignmentFlag.AlignRight), entry.keys)
            width = painter.fontMetrics().horizontalAdvance(entry.keys)
            return first.adjusted(0, 0, -width - theme.SMALL, 0)
        return QRect(first)

    def _paint_second(self, painter: QPainter, rect: QRect, entry: Entry, tones: Tones) -> None:
        """Where it was found, and the sentence; the marks move behind the label."""
        text, marks = entry.second, entry.second_marks
        if entry.label:
            text = captioned(entry.label, entry.second)
            by = text.rindex(entry.second)
            marks = tuple((start + by, end + by) for start, end in marks)
        paint_marked(painter, rect, text, marks, tones.muted, tones.text)


def paint_marked(painter: QPainter, rect: QRect, text: str, marks: Marks, ink: str, strong: str) -> None:
    """A text in one line, what is marked in bold; what does not fit is elided."""
    plain, bold = painter.font(), _bold(painter.font())
    left = rect.left()
    for piece, marked in _pieces(text, marks):
        painter.setFont(bold if marked else plain)
        painter.setPen(theme.colour(strong if marked else ink))
        metrics, room = painter.fontMetrics(), rect.right() - left
        width = metrics.horizontalAdvance(piece)
        if width > room:
            piece = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, rect.top(), max(room, 0) + 1, rect.height()), _LINE, piece)
        left += width
        if left >= rect.right():
            break
    painter.setFont(plain)


def _pieces(text: str, marks: Marks) -> list[tuple[str, bool]]:
    pieces, place = [], 0
    for start, end in marks:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [(piece, marked) for piece, marked in [*pieces, (text[place:], False)] if piece]


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _paint_ground(painter: QPainter, rect: QRect, tones: Tones) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour(tones.accent))
    painter.setBrush(theme.colour(tones.accent_soft))
    painter.drawRoundedRect(rect.adjusted(2, 1, -3, -2), theme.RADIUS, theme.RADIUS)
