"""The states of minutes as steps: where they stand is told by shape and weight, not by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import N_, _, format_number
from desktop.model import scales
from desktop.ui import theme

STEPS = {
    "planned": N_("Planned"),
    "held": N_("Held"),
    "draft": N_("Minutes in draft"),
    "final": N_("Final"),
}
"""The states in their order, as a step says each."""


class Steps(QWidget):
    """The states in their order: done ones with a tick, the present one filled and bold, those ahead hollow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_step(self, state: str) -> None:
        """Show which one is reached."""
        self._at = list(STEPS).index(state)
        words = _("State of the minutes: {state}, step {number} of {count}")
        self.setAccessibleName(
            words.format(
                state=_(scales.MEETING_STATE[state]),
                number=format_number(self._at + 1),
                count=format_number(len(STEPS)),
            )
        )
        self.updateGeometry()
        self.update()

    def step(self) -> str:
        """The state that is reached."""
        return list(STEPS)[self._at]

    def _widths(self) -> list[int]:
        plain, bold = self.fontMetrics(), _metrics(self)
        return [
            (bold if place == self._at else plain).horizontalAdvance(_(word))
            for place, word in enumerate(STEPS.values())
        ]

    def _side(self) -> int:
        return max(9, round(self.fontMetrics().capHeight()))

    def sizeHint(self) -> QSize:
        each = self._side() + theme.TIGHT
        gaps = (len(STEPS) - 1) * theme.WIDE
        return QSize(sum(self._widths()) + len(STEPS) * each + gaps + 2, self.fontMetrics().height() + 10)

    def minimumSizeHint(self) -> QSize:
        """Where there is no room for all, the present one alone is told."""
        widest = max(_metrics(self).horizontalAdvance(_(word)) for word in STEPS.values())
        return QSize(widest + len(STEPS) * (self._side() + theme.SMALL), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.width() >= self.sizeHint().width()
        side, middle, x = self._side(), self.height() / 2, 1.0
        for place, (word, width) in enumerate(zip(STEPS.values(), self._widths(), strict=True)):
            here = place == self._at
            ink = tones.accent if place <= self._at else tones.muted
            self._paint_mark(painter, QRectF(x, middle - side / 2, side, side), place, ink)
            x += side + theme.TIGHT
            if whole or here:
                painter.setPen(theme.colour(tones.text if here else tones.muted))
                painter.setFont(theme.heading_font(self.font(), 3) if here else self.font())
                area = QRectF(x, 0, width + 2, self.height())
                painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), _(word))
                x += width
            if place < len(STEPS) - 1:
                gap = theme.WIDE if whole else theme.TIGHT
                if whole:
                    painter.setPen(QPen(theme.colour(tones.hairline), 1))
                    painter.drawLine(QPointF(x + 6, middle), QPointF(x + gap - 6, middle))
                x += gap

    def _paint_mark(self, painter: QPainter, square: QRectF, place: int, ink: str) -> None:
        colour = theme.colour(ink)
        painter.setPen(QPen(colour, 1.5))
        inner = square.adjusted(1, 1, -1, -1)
        if place < self._at:
            painter.drawPolyline(
                [
                    QPointF(inner.left(), inner.center().y()),
                    QPointF(inner.left() + inner.width() * 0.38, inner.bottom() - 1),
                    QPointF(inner.right(), inner.top() + 1),
                ]
            )
            return
        painter.setBrush(colour if place == self._at else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inner)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)


def _metrics(widget: QWidget) -> QFontMetrics:
    """How wide the present step's words are."""
    return QFontMetrics(theme.heading_font(widget.font(), 3))
