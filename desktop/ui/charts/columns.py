"""Columns that stand side by side over time: a group a row of the figure, a column each of its columns."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QModelIndex, QPoint, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from desktop.i18n import format_number
from desktop.ui import theme
from desktop.ui.charts.chart import Chart, Places
from desktop.ui.charts.inks import legend_height, paint_legend, paint_mark
from desktop.ui.tones import Tones

LINES = 13
"""Lines of text that it is high, without legend and axis."""


def round_up(value: int) -> int:
    """The least number with one digit, and an even one, that is not below: 2, 4, 6, 8, 10, 20, 40, …"""
    step = 1
    while 10 * step < value:
        step *= 10
    return next(each * step for each in (2, 4, 6, 8, 10) if each * step >= value)


class Columns(Chart):
    """Groups of columns over one axis."""

    newest_last = True

    def wanted_height(self, width: float) -> int:
        metrics = self.metrics()
        if self.figure.blank:
            return theme.row_height(self, compact=True)
        return round(legend_height(self.figure, metrics) + (LINES + 1) * metrics.height() + theme.TIGHT)

    def _plot(self, area: QRectF) -> QRectF:
        """Where the columns stand."""
        metrics = self.metrics()
        scale = metrics.horizontalAdvance(format_number(round_up(self.figure.most))) + theme.SMALL
        top = legend_height(self.figure, metrics) + metrics.height() / 2
        return area.adjusted(scale, top, 0, -(metrics.height() + theme.TIGHT))

    def arrange(self, area: QRectF) -> Places:
        plot, drawn = self._plot(area), self.figure.drawn
        group = plot.width() / max(1, len(self.figure.rows))
        wide = max(1.0, min(14.0, group * 0.8 / drawn))
        scale = plot.height() / round_up(self.figure.most)
        places: Places = {}
        for number, row in enumerate(self.figure.rows):
            left = plot.left() + number * group + (group - wide * drawn) / 2
            for column, cell in enumerate(row.cells[:drawn]):
                tall = max(cell.value * scale, 2.0 if cell.value else 1.0) if cell else 0.0
                places[number, column] = QRectF(left + column * wide, plot.bottom() - tall, wide - 0.5, tall)
        return places

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Over a column, however low it is, all of the height is its own."""
        for (row, column), place in self.places.items():
            if place.left() <= point.x() <= place.right() + 0.5:
                return self.model().index(row, column)
        return super().indexAt(point)

    def draw(self, painter: QPainter, area: QRectF, places: Places, tones: Tones) -> None:
        metrics, plot, most = self.metrics(), self._plot(area), round_up(self.figure.most)
        paint_legend(painter, area, self.figure, metrics, tones)
        painter.setFont(theme.tabular(self.font()))
        for value in (0, most // 2, most):
            y = plot.bottom() - plot.height() * value / most
            painter.setPen(QPen(theme.colour(tones.hairline), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(theme.colour(tones.muted))
            number = format_number(value)
            left = plot.left() - theme.SMALL - metrics.horizontalAdvance(number)
            painter.drawText(QPointF(left, y + metrics.capHeight() / 2), number)
        painter.setFont(self.font())
        for (number, column), place in places.items():
            cell = self.figure.cell(number, column)
            if cell is not None and cell.value:
                paint_mark(painter, place, column, tones)
        painter.setPen(theme.colour(tones.muted))
        group, free = plot.width() / max(1, len(self.figure.rows)), plot.left()
        for number, row in enumerate(self.figure.rows):
            left, needed = plot.left() + number * group, metrics.horizontalAdvance(row.tick)
            if row.tick and left >= free and left + needed <= plot.right():
                painter.drawText(QPointF(left, area.bottom() - metrics.descent()), row.tick)
                free = left + needed + theme.SMALL
