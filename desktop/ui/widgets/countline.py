"""Counts the letters of a text once they come near the most that fit; takes no room before."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from desktop.i18n import _, format_number
from desktop.text import MAX_LONG_TEXT

NEAR = 0.9
"""The part of the longest text from which on the letters are counted."""


def counted(letters: int, most: int) -> str:
    """How many letters there are of how many, once that is near; '' before."""
    if letters <= NEAR * most:
        return ""
    words = _("{count} of {most} characters")
    return words.format(count=format_number(letters), most=format_number(most))


class CountLine(QLabel):
    """Stands under a text of several lines that no editor of a field counts."""

    def __init__(self, text: Any, most: int = MAX_LONG_TEXT, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True)
        self._text, self._most = text, most
        self.setProperty("muted", True)
        self.hide()
        text.textChanged.connect(self._count)

    def _count(self) -> None:
        words = counted(self._text.document().characterCount() - 1, self._most)
        if words != self.text():
            self.setText(words)
            self.setVisible(bool(words))
