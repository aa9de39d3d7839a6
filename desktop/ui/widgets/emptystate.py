"""What an empty list shows: what belongs here, and the one button that starts it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.icons import icon

_SIDE = 48
_MEASURE = 46
"""The width of the sentence, in average letters."""


class EmptyState(QWidget):
    """An icon, a sentence, a button; without a button's text, none."""

    action_requested = Signal()

    def __init__(
        self, icon_name: str, sentence: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence = QLabel(
            alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=Qt.TextFormat.PlainText
        )
        self._sentence.setProperty("muted", True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.button = QPushButton()
        self.button.clicked.connect(self.action_requested)
        outer = QVBoxLayout(self, spacing=theme.MEDIUM)
        outer.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        outer.addStretch(2)
        for part in (self._picture, self._sentence, self.button):
            outer.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self._icon_name = icon_name
        theme.changed.connect(self._draw)
        self.say(icon_name, sentence, button)

    def say(self, icon_name: str, sentence: str, button: str = "") -> None:
        """Show another sentence, as when a filter and not the workspace is empty."""
        self._icon_name = icon_name
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._draw()
        self._measure()

    def _draw(self) -> None:
        picture = icon(self._icon_name, "disabled")
        self._picture.setPixmap(picture.pixmap(QSize(_SIDE, _SIDE), self.devicePixelRatioF()))

    def _measure(self) -> None:
        width = _MEASURE * self.fontMetrics().averageCharWidth()
        room = self.contentsRect().width() - 2 * theme.WIDE
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized) or self.isVisible():
            width = max(1, min(width, room))
        self._sentence.setFixedSize(width, self._sentence.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()  # before it is shown its font may be another

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        elif event.type() == QEvent.Type.FontChange:
            self._measure()
        return super().event(event)
