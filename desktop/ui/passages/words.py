"""How places and passages read in the window."""

from __future__ import annotations

from desktop.i18n import _, join_parts

SHORT = 180
"""Characters of a passage that are shown where there is little room."""


def place_words(section: str, paragraph: str, endnotes: str) -> str:
    """Where in a source something stands: `1.A, paragraph 3, endnotes 13; 14`."""
    parts = [section]
    if paragraph:
        parts.append(_("paragraph {number}").format(number=paragraph))
    if endnotes:
        parts.append(_("endnotes {numbers}").format(numbers=endnotes))
    return join_parts(*parts)


def shortened(words: str, most: int = SHORT) -> str:
    """A passage on one line, in its marks, cut where it is long."""
    line = " ".join(words.split())
    return _("“{text}”").format(text=line if len(line) <= most else line[: most - 1].rstrip() + "…")
