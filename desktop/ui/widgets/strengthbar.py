"""How good a passphrase is: a bar of three parts, and always the words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.store.keys import Strength
from desktop.ui import theme

PARTS = 3
_TONES = ("red", "amber", "green", "green")
"""By level; the colour only repeats what length and words say."""


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.level = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        one = self.fontMetrics().averageCharWidth()
        return QSize(PARTS * 6 * one, max(6, one))

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - (PARTS - 1) * theme.TIGHT) / PARTS
        ink = theme.colour(tones.rag(_TONES[self.level])[0])
        for part in range(PARTS):
            box = QRectF(part * (width + theme.TIGHT), 0, width, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(ink if part < self.level else theme.colour(tones.control))
            painter.setBrush(ink if part < self.level else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 2, 2)


class StrengthBar(QWidget):
    """Keeps its room while there is nothing to say, so that nothing moves at the first letter."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = _Bar()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setProperty("muted", True)
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar)
        row.addWidget(self.words, 1)
        self.show_strength(None)

    def show_strength(self, strength: Strength | None) -> None:
        """Tell how good it is; None while nothing is typed."""
        self._bar.level = strength.level if strength is not None else 0
        self._bar.update()
        self.words.setText(
            strength.sentence if strength is not None else _("12 characters or 5 words, or more.")
        )
        self.setAccessibleName(_("Strength of the passphrase"))
        self.setAccessibleDescription(self.words.text())
