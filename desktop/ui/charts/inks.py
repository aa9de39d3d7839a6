"""How the marks of one column are told from those of another: by fill and outline, not by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.ui import theme
from desktop.ui.charts.figure import Figure
from desktop.ui.tones import RAGS, Tones


def paint_mark(painter: QPainter, place: QRectF, column: int, tones: Tones, rag: str = "") -> None:
    """A mark of the first column is full, one of the second outlined; of a RAG, in its ink."""
    ink = tones.rag(rag)[0] if rag in RAGS else tones.accent
    if column == 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ink))
        painter.drawRoundedRect(place, 2, 2)
        return
    painter.setPen(QPen(theme.colour(ink), 1))
    painter.setBrush(theme.colour(tones.accent_soft))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def legend_height(figure: Figure, metrics: QFontMetricsF) -> float:
    """The room of the legend; none where there is only one column to tell."""
    return metrics.height() + theme.SMALL if figure.drawn > 1 else 0.0


def paint_legend(
    painter: QPainter, area: QRectF, figure: Figure, metrics: QFontMetricsF, tones: Tones
) -> None:
    """The columns by name, at the top of an area."""
    if figure.drawn < 2:
        return
    side, left = round(metrics.capHeight()), area.left()
    for column, name in enumerate(figure.heads[1 : figure.drawn + 1]):
        square = QRectF(left, area.top() + (metrics.height() - side) / 2, side, side)
        paint_mark(painter, square, column, tones)
        left += side + theme.TIGHT + 2
        painter.setPen(theme.colour(tones.muted))
        painter.drawText(QPointF(left, area.top() + metrics.ascent()), name)
        left += metrics.horizontalAdvance(name) + theme.LARGE
