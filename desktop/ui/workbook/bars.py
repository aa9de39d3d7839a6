"""Draws a chart of the workbook from its numbers: bars stacked in their colours, as Excel will."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.export import palette
from desktop.export.charts import LIGHT
from desktop.export.preview import Bars
from desktop.ui import theme

_DARK = {f"#{palette.STRONG[key]}" for key in LIGHT}
"""Fills on which a number is white."""
_NAMES, _GAP = 0.28, 0.45
"""The share of the width that the names take, and of a bar that stands between two."""


def paint_bars(painter: QPainter, area: QRectF, bars: Bars, font: QFont) -> None:
    """Paint a chart into an area; `font` is that of its words."""
    painter.save()
    painter.setClipRect(area)
    painter.setPen(QPen(theme.colour(f"#{palette.HAIRLINE}"), 1))
    painter.setBrush(theme.colour(f"#{palette.SURFACE}"))
    painter.drawRect(area.adjusted(0, 0, -1, -1))
    title = QFont(font)
    title.setBold(True)
    title.setPixelSize(round(font.pixelSize() * 12 / 9))
    line = painter.fontMetrics().height()
    painter.setPen(theme.colour(f"#{palette.TEXT}"))
    painter.setFont(title)
    top = QRectF(area.left(), area.top() + line / 2, area.width(), 1.5 * line)
    painter.drawText(top, int(Qt.AlignmentFlag.AlignCenter), bars.title)
    painter.setFont(font)
    foot = QRectF(area.left(), area.bottom() - 1.6 * line, area.width(), 1.6 * line)
    _legend(painter, foot, bars)
    _stacks(painter, QRectF(area.left(), top.bottom(), area.width(), foot.top() - top.bottom()), bars)
    painter.restore()


def _stacks(painter: QPainter, area: QRectF, bars: Bars) -> None:
    if not bars.names:
        return
    names = area.width() * _NAMES
    step = area.height() / len(bars.names)
    sums = [sum(values[at] for _name, _colour, values in bars.series) for at in range(len(bars.names))]
    unit = (area.width() - names - 24) / (max(sums) or 1)
    for at, name in enumerate(bars.names):
        top = area.top() + at * step
        words = QRectF(area.left() + 8, top, names - 16, step)
        painter.setPen(theme.colour(f"#{palette.TEXT}"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)
        left = area.left() + names
        for _name, colour, values in bars.series:
            if not values[at]:
                continue
            bar = QRectF(left, top + step * _GAP / 2, values[at] * unit, step * (1 - _GAP))
            painter.fillRect(bar, theme.colour(colour))
            painter.setPen(theme.colour(f"#{palette.ON_ACCENT if colour in _DARK else palette.TEXT}"))
            painter.drawText(bar, int(Qt.AlignmentFlag.AlignCenter), f"{values[at]:g}")
            left = bar.right()


def _legend(painter: QPainter, area: QRectF, bars: Bars) -> None:
    metrics = painter.fontMetrics()
    side = metrics.capHeight()
    widths = [metrics.horizontalAdvance(name) + side + 22 for name, _colour, _values in bars.series]
    left = area.center().x() - sum(widths) / 2
    for (name, colour, _values), width in zip(bars.series, widths, strict=True):
        painter.fillRect(QRectF(left, area.center().y() - side / 2, side, side), theme.colour(colour))
        painter.setPen(theme.colour(f"#{palette.TEXT}"))
        words = QRectF(left + side + 5, area.top(), width, area.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        left += width
