"""Counts by RAG as one bar, with a legend of shapes, numbers and words. Delegates call `paint_bar()`."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, join_parts
from desktop.ui import theme
from desktop.ui.tones import RAGS
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.rag import Chip, paint_shape, word

_GAP = 2


class RagBar(QWidget):
    """A stacked bar. Its accessible description and its tool tip read the counts."""

    def __init__(self, legend: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar(self)
        self._chips = {rag: Chip(rag, parent=self) for rag in RAGS} if legend else {}
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._bar)
        if legend:
            words = FlowLayout()
            for chip in self._chips.values():
                words.addWidget(chip)
            outer.addLayout(words)
        self.setAccessibleName(_("By status"))
        self.set_counts({})

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many of each RAG key; keys left out are none."""
        self._bar.counts = {rag: counts.get(rag, 0) for rag in RAGS}
        for rag, chip in self._chips.items():
            chip.show_rag(rag, self._told(rag))
            chip.setVisible(self._bar.counts[rag] > 0)
        self.setAccessibleDescription(self.told())
        self.setToolTip(self.told())
        self._bar.update()

    def told(self) -> str:
        """The counts in words, such as "2 Red, 1 Amber, 5 Green"."""
        parts = [self._told(rag) for rag, count in self._bar.counts.items() if count]
        return join_parts(*parts) or _("Nothing to count")

    def _told(self, rag: str) -> str:
        count = format_number(self._bar.counts[rag])
        return _("{count} {rag}").format(count=count, rag=word(rag))


class _Bar(QWidget):
    """The bar alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(8 * height, height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * self.fontMetrics().height(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), self.rect(), self.counts, self.layoutDirection())


def paint_bar(
    painter: QPainter, area: QRect, counts: Mapping[str, int], direction: Qt.LayoutDirection
) -> None:
    """Paint counts by RAG as one bar: a segment each, its shape and number inside where there is room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QPainterPath()
    whole.addRoundedRect(QRectF(area), theme.TIGHT, theme.TIGHT)
    painter.setClipPath(whole, Qt.ClipOperation.IntersectClip)
    shown = [(rag, count) for rag, count in counts.items() if count]
    if not shown:
        painter.fillRect(area, theme.colour(theme.current().grey_on))
    for (rag, count), rect in zip(shown, _segments(painter, area, shown, direction), strict=True):
        _paint_segment(painter, rect, rag, count)
    painter.restore()


def _segments(
    painter: QPainter, area: QRect, shown: list[tuple[str, int]], direction: Qt.LayoutDirection
) -> list[QRect]:
    """Places in reading order: each as wide as its number needs, if there is room for all, the rest by share."""
    room = area.width() - _GAP * (len(shown) - 1)
    total = sum(count for _rag, count in shown)
    least = [_needed(painter, count) + theme.SMALL for _rag, count in shown]
    if sum(least) > room:
        least = [area.height() // 2] * len(shown)  # even a single one among thousands stays visible
    spare = max(0, room - sum(least))
    places, x = [], 0.0
    for (_rag, count), own in zip(shown, least, strict=True):
        width = own + spare * count / total
        rect = QRect(area.left() + round(x), area.top(), round(x + width) - round(x), area.height())
        if direction == Qt.LayoutDirection.RightToLeft:
            rect.moveRight(area.right() - round(x))
        places.append(rect)
        x += width + _GAP
    return places


def _side(painter: QPainter) -> int:
    return max(7, round(painter.fontMetrics().capHeight() * 0.95))


def _needed(painter: QPainter, count: int) -> int:
    """What a shape and a number need."""
    return _side(painter) + theme.TIGHT + painter.fontMetrics().horizontalAdvance(format_number(count))


def _paint_segment(painter: QPainter, rect: QRect, rag: str, count: int) -> None:
    tones = theme.current()
    ink, ground = tones.rag(rag)
    painter.fillRect(rect, theme.colour(ground))
    painter.fillRect(rect.adjusted(0, rect.height() - 3, 0, 0), theme.colour(ink))
    text = format_number(count)
    side, needed = _side(painter), _needed(painter, count)
    if needed + theme.SMALL > rect.width():
        return
    left = rect.left() + (rect.width() - needed) // 2
    middle = rect.top() + (rect.height() - 2) / 2
    paint_shape(painter, QRectF(left, middle - side / 2, side, side), rag)
    painter.setPen(theme.colour(ink))
    area = QRect(left + side + theme.TIGHT, rect.top(), needed, rect.height() - 2)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
