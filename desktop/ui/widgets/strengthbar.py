"""How good a passphrase is: a bar of three parts, and always the words beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.store.strength import SHORTEST, Strength
from desktop.store.strength import strength as strength_of
from desktop.ui import theme

PARTS, LINES, WIDE = 3, 2, 30
"""Parts of the bar; lines of the words at least, and the letters across that they have beside it, else under it."""
_TONES = ("red", "amber", "green", "green")
"""By level; the colour only repeats what length and words say."""


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.level = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        one = self.fontMetrics().averageCharWidth()
        return QSize(PARTS * 6 * one, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - (PARTS - 1) * theme.TIGHT) / PARTS
        high = max(6, self.fontMetrics().averageCharWidth())
        top = (self.height() - high) // 2
        ink = theme.colour(tones.rag(_TONES[self.level])[0])
        for part in range(PARTS):
            box = QRectF(part * (width + theme.TIGHT), top, width, high).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(ink if part < self.level else theme.colour(tones.control))
            painter.setBrush(ink if part < self.level else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 2, 2)


class StrengthBar(QWidget):
    """Keeps the room of the longest that it says, so that nothing below it moves while one types."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = _Bar()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setProperty("muted", True)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.show_strength(None)
        self._keep_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_room()  # it had its width before it was visible

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_room()

    def _keep_room(self) -> None:
        metrics, flags = self.words.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        least, wide = LINES * metrics.lineSpacing(), WIDE * metrics.averageCharWidth()
        beside = self.width() - self._bar.sizeHint().width() - theme.SMALL if self.isVisible() else wide
        directions, under = QBoxLayout.Direction, beside < wide
        self._row.setDirection(directions.TopToBottom if under else directions.LeftToRight)
        room = QRect(0, 0, self.width() if under else beside, 0)
        said = (None, strength_of(""), strength_of("a" * SHORTEST))  # the longest of its sentences
        boxes = [metrics.boundingRect(room, flags, _told(each)) for each in said]
        self.words.setMinimumHeight(max(least, *(box.height() for box in boxes)))

    def show_strength(self, strength: Strength | None) -> None:
        """Tell how good it is; None while nothing is typed."""
        self._bar.level = strength.level if strength is not None else 0
        self._bar.update()
        self.words.setText(_told(strength))
        self.setAccessibleName(_("Strength of the passphrase"))
        self.setAccessibleDescription(self.words.text())


def _told(strength: Strength | None) -> str:
    return strength.sentence if strength is not None else _("12 characters or 5 words, or more.")
