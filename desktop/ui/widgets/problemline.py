"""A line that says what is wrong with what stands over it, and takes no room while nothing is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class ProblemLine(QLabel):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.setProperty("problem", True)

    def say(self, sentence: str) -> None:
        """Tell what is wrong; empty once nothing is."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
