"""A calendar of days: a column each week, a square each day, the fuller the more was done on it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.charts.chart import Chart, Places
from desktop.ui.tones import Tones, mix

SIDE, LEAST = 28.0, 9.0
"""The side of a square with its gap: at most, and at least; where even that has no room, the oldest weeks go."""
LEVELS = 4
_GAP = 2.0


def level(value: int, most: int) -> int:
    """How full a square is, from 0 for nothing to `LEVELS`: by the order of the number, so that one busy day leaves
    the others seen."""
    if not value:
        return 0
    return 1 + min(LEVELS - 1, int((LEVELS - 1) * math.log(value) / math.log(most))) if most > 1 else LEVELS


class HeatMap(Chart):
    """The rows of the figure are weeks, its columns weekdays."""

    newest_last = True

    def wanted_height(self, width: float) -> int:
        if self.figure.blank:
            return theme.row_height(self, compact=True)
        _left, _top, side, _first = self._grid(QRectF(0, 0, width, 0))
        return round(7 * side + 2 * (self.metrics().height() + theme.TIGHT))

    def _grid(self, area: QRectF) -> tuple[float, float, float, int]:
        """The left and top of the squares, their side, and the first week that has room."""
        metrics = self.metrics()
        left = (
            area.left() + max(metrics.horizontalAdvance(name) for name in self.figure.heads[1:]) + theme.SMALL
        )
        top = area.top() + metrics.height() + theme.TIGHT
        room, weeks = area.right() - left, len(self.figure.rows)
        side = max(LEAST, min(SIDE, room / weeks))
        return left, top, side, max(0, weeks - int((room + 0.01) // side))

    def arrange(self, area: QRectF) -> Places:
        left, top, side, first = self._grid(area)
        return {
            (week, day): QRectF(left + (week - first) * side, top + day * side, side - _GAP, side - _GAP)
            for week in range(first, len(self.figure.rows))
            for day, cell in enumerate(self.figure.rows[week].cells)
            if cell is not None
        }

    def draw(self, painter: QPainter, area: QRectF, places: Places, tones: Tones) -> None:
        metrics, most = self.metrics(), self.figure.most
        left, top, side, first = self._grid(area)
        for (week, day), place in places.items():
            cell = self.figure.cell(week, day)
            _paint_square(painter, place, level(cell.value if cell else 0, most), tones)
        painter.setPen(theme.colour(tones.muted))
        for day in range(0, 7, 2):
            y = top + day * side + (side - _GAP + metrics.capHeight()) / 2
            painter.drawText(QPointF(area.left(), y), self.figure.heads[day + 1])
        free = left
        for week in range(first, len(self.figure.rows)):
            x, tick = left + (week - first) * side, self.figure.rows[week].tick
            needed = metrics.horizontalAdvance(tick)
            if tick and x >= free and x + needed <= area.right():
                painter.drawText(QPointF(x, area.top() + metrics.ascent()), tick)
                free = x + needed + theme.SMALL
        self._draw_legend(painter, left, top + 7 * side + theme.TIGHT, tones)

    def _draw_legend(self, painter: QPainter, left: float, top: float, tones: Tones) -> None:
        """What the fullness means."""
        metrics = self.metrics()
        square = metrics.capHeight() + 2
        painter.setPen(theme.colour(tones.muted))
        less, more = _("Less"), _("More")
        painter.drawText(QPointF(left, top + metrics.ascent()), less)
        left += metrics.horizontalAdvance(less) + theme.SMALL
        for each in range(LEVELS + 1):
            place = QRectF(left, top + metrics.ascent() - square + 1, square, square)
            _paint_square(painter, place, each, tones)
            left += square + _GAP + 1
        painter.setPen(theme.colour(tones.muted))
        painter.drawText(QPointF(left + theme.TIGHT, top + metrics.ascent()), more)


def _paint_square(painter: QPainter, place: QRectF, full: int, tones: Tones) -> None:
    if full:
        share = (0.28, 0.52, 0.76, 1.0)[full - 1]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(mix(tones.surface, tones.accent, share)))
        painter.drawRoundedRect(place, 2, 2)
    else:
        painter.setPen(QPen(theme.colour(tones.hairline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
