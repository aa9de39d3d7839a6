"""The fonts of what is written out, for workbooks and documents alike; see `styles` for why these two."""

from __future__ import annotations

LATIN, JAPANESE = "Calibri", "Yu Gothic"


def main_font(language: str) -> str:
    """The font of a file in this language."""
    return JAPANESE if language == "ja" else LATIN
