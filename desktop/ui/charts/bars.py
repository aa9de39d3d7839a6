"""Bars that lie: a row each, with its name before and its number behind; the columns of a row stand end to end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.i18n import format_number
from desktop.ui import theme
from desktop.ui.charts.chart import Chart, Places
from desktop.ui.charts.inks import legend_height, paint_legend, paint_mark
from desktop.ui.tones import RAGS, Tones
from desktop.ui.widgets.rag import paint_shape

_NAMES, _NOTES = 0.42, 0.56
"""Most of the width that the names take, and the notes."""
_GAP = 1.0


class Bars(Chart):
    """One bar a row."""

    def row_height(self) -> int:
        return theme.row_height(self, compact=True)

    def wanted_height(self, width: float) -> int:
        if self.figure.blank:
            return self.row_height()
        return round(legend_height(self.figure, self.metrics())) + len(self.figure.rows) * self.row_height()

    def _number(self, row: int) -> str:
        cells = self.figure.rows[row].cells[: self.figure.drawn]
        return format_number(sum(cell.value for cell in cells if cell))

    def _measures(self, area: QRectF) -> tuple[float, float, float, float]:
        """The left end of the bars, their length, the widths of numbers and of notes."""
        metrics, rows = self.metrics(), self.figure.rows
        mark = metrics.capHeight() + theme.SMALL if any(row.rag for row in rows) else 0.0
        names = max(metrics.horizontalAdvance(row.label) for row in rows) + mark + 1
        names = min(names, area.width() * _NAMES)
        numbers = max(metrics.horizontalAdvance(self._number(place)) for place in range(len(rows))) + 1
        notes = max((metrics.horizontalAdvance(row.note) for row in rows if row.note), default=0.0)
        notes = min(notes + theme.MEDIUM, area.width() * _NOTES) if notes else 0.0
        left = area.left() + names + theme.MEDIUM
        return left, max(theme.WIDE, area.right() - notes - numbers - theme.SMALL - left), numbers, notes

    def arrange(self, area: QRectF) -> Places:
        left, length, _numbers, _notes = self._measures(area)
        top = area.top() + legend_height(self.figure, self.metrics())
        sums = [sum(c.value for c in row.cells[: self.figure.drawn] if c) for row in self.figure.rows]
        scale = length / max(1, *sums)
        places: Places = {}
        for number, row in enumerate(self.figure.rows):
            x = left
            for column, cell in enumerate(row.cells[: self.figure.drawn]):
                if cell is None or (not cell.value and self.figure.drawn > 1):
                    continue
                wide = max(cell.value * scale - _GAP, 3.0 if cell.value else 1.0)
                y = top + number * self.row_height()
                places[number, column] = QRectF(x, y + 4, wide, self.row_height() - 8)
                x += wide + _GAP
        return places

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Where a row is one mark, all of the row is."""
        found = super().indexAt(point)
        if found.isValid() or self.figure.drawn > 1 or not self.places:
            return found
        y = point.y() - self.places[0, 0].top() + 4
        row = int(y // self.row_height())
        return self.model().index(row, 0) if 0 <= row < len(self.figure.rows) else found

    def draw(self, painter: QPainter, area: QRectF, places: Places, tones: Tones) -> None:
        metrics = self.metrics()
        left, _length, _numbers, notes = self._measures(area)
        paint_legend(painter, area, self.figure, metrics, tones)
        top = area.top() + legend_height(self.figure, metrics)
        for number, row in enumerate(self.figure.rows):
            line = QRectF(area.left(), top + number * self.row_height(), area.width(), self.row_height())
            self._draw_name(
                painter,
                QRectF(line.left(), line.top(), left - theme.MEDIUM - line.left(), line.height()),
                number,
                tones,
            )
            end = left
            for column in range(self.figure.drawn):
                place = places.get((number, column))
                if place is not None:
                    empty = not row.cells[column] or not row.cells[column].value
                    if empty:
                        painter.fillRect(place, theme.colour(tones.hairline))
                    else:
                        paint_mark(painter, place, column, tones, row.rag)
                    end = place.right()
            self._draw_words(painter, line, end + theme.SMALL, notes - theme.MEDIUM, number, tones)

    def _draw_words(
        self, painter: QPainter, line: QRectF, left: float, room: float, number: int, tones: Tones
    ) -> None:
        """The number behind a bar, and at the end of the line its note."""
        painter.setFont(theme.tabular(self.font()))
        painter.setPen(theme.colour(tones.text))
        beside = line.adjusted(left - line.left(), 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, int(middle | Qt.AlignmentFlag.AlignLeft), self._number(number))
        note = self.figure.rows[number].note
        if note:
            painter.setPen(theme.colour(tones.muted))
            end = line.adjusted(line.width() - room, 0, 0, 0)
            words = self.metrics().elidedText(note, Qt.TextElideMode.ElideRight, room + 1)
            painter.drawText(end, int(middle | Qt.AlignmentFlag.AlignRight), words)
        painter.setFont(self.font())

    def _draw_name(self, painter: QPainter, room: QRectF, number: int, tones: Tones) -> None:
        metrics, row = self.metrics(), self.figure.rows[number]
        if row.rag in RAGS:
            side = max(8.0, metrics.capHeight())
            square = QRectF(room.left(), room.center().y() - side / 2, side, side)
            paint_shape(painter, square, row.rag, tones.rag(row.rag)[0])
            room = room.adjusted(side + theme.SMALL, 0, 0, 0)
        painter.setPen(theme.colour(tones.text))
        words = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
