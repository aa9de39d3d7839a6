"""A frame that is one rounded area in a tone: what stands out from the page by its ground alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from desktop.ui import theme


class Ground(QFrame):
    """What stands in it sets `tone`, the name of one of the `Tones`."""

    tone = "surface"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(getattr(theme.current(), self.tone)))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
