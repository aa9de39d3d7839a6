"""What stands out from the page by its ground alone: a frame in one tone, and the wash under an entry of a list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QStyle, QStyleOptionViewItem

from desktop.ui import theme


class Ground(QFrame):
    """What stands in it sets `tone`, the name of one of the `Tones`."""

    tone = "surface"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tones = theme.current()
        painter.setPen(theme.colour(tones.hairline) if tones.high else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(getattr(tones, self.tone)))
        half = 0.5 if tones.high else 0.0
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.RADIUS, theme.RADIUS
        )


def wash(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """Paint what lies under an entry of a list that is chosen or pointed at, and the ring of the one in focus.

    Answers whether the entry is chosen.
    """
    tones, state = theme.current(), option.state
    here = bool(state & QStyle.StateFlag.State_Selected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QRectF(option.rect.adjusted(0, 1, 0, -1)).adjusted(1, 1, -1, -1)
    if here or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(theme.colour(tones.soft_edge if here else tones.hover))
        painter.setBrush(theme.colour(tones.accent_soft if here else tones.hover))
        painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
    if here and state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(theme.colour(tones.accent), theme.RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
    return here
