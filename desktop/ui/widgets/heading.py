"""A heading: larger than the text around it, and still so when the system's text grows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.ui import theme


class Heading(QLabel):
    """Level 1 is a page's title, 2 a section's, 3 a group's or a card's."""

    def __init__(self, text: str = "", level: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._level = level
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        self.setFont(theme.heading_font(QApplication.font(self), self._level))
