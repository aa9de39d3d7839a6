"""Counts by RAG as one bar, with a legend of shapes, numbers and words."""

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
    """The bar alone: a segment a RAG, its shape and number inside where there is room."""

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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), theme.TIGHT, theme.TIGHT)
        painter.setClipPath(whole)
        shown = [(rag, count) for rag, count in self.counts.items() if count]
        if not shown:
            painter.fillRect(self.rect(), theme.colour(theme.current().grey_on))
            return
        for (rag, count), rect in zip(shown, self._segments(shown), strict=True):
            self._paint_segment(painter, rect, rag, count)

    def _segments(self, shown: list[tuple[str, int]]) -> list[QRect]:
        """Places by share, in reading order; even a single one among thousands stays visible."""
        least = self.height() // 2
        room = self.width() - _GAP * (len(shown) - 1)
        total = sum(count for _rag, count in shown)
        spare = max(0, room - least * len(shown))
        places, x = [], 0.0
        for _rag, count in shown:
            width = least + spare * count / total
            rect = QRect(round(x), 0, round(x + width) - round(x), self.height())
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                rect.moveRight(self.width() - 1 - rect.left())
            places.append(rect)
            x += width + _GAP
        return places

    def _paint_segment(self, painter: QPainter, rect: QRect, rag: str, count: int) -> None:
        tones = theme.current()
        ink, ground = tones.rag(rag)
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(rect.adjusted(0, rect.height() - 3, 0, 0), theme.colour(ink))
        text = format_number(count)
        side = max(7, round(painter.fontMetrics().capHeight() * 0.95))
        needed = side + theme.TIGHT + painter.fontMetrics().horizontalAdvance(text)
        if needed + theme.SMALL > rect.width():
            return
        left = rect.left() + (rect.width() - needed) // 2
        middle = rect.top() + (rect.height() - 2) / 2
        paint_shape(painter, QRectF(left, middle - side / 2, side, side), rag)
        painter.setPen(theme.colour(ink))
        area = QRect(left + side + theme.TIGHT, rect.top(), needed, rect.height() - 2)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
