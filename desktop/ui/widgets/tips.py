"""What stands in a tool tip as it is written: Qt would take a text with tags in it for rich text."""

from __future__ import annotations

from PySide6.QtGui import Qt  # QtGui adds the two functions to the namespace


def plain_tip(text: str) -> str:
    """The text for `setToolTip`; every text that somebody typed goes through here."""
    if not Qt.mightBeRichText(text):
        return text
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)
