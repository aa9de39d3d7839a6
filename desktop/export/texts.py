"""What a text must go through to stand in a cell: Excel's limits and its escapes.

Nothing is lost in silence: what is taken out or does not fit is returned, to be told and continued elsewhere.
"""

from __future__ import annotations

import re

from desktop.text import guard, unguard

__all__ = [
    "BEGINNINGS",
    "GUARDED",
    "MAX_UNITS",
    "SURE",
    "escape",
    "fits",
    "guard",
    "legal",
    "split",
    "unescape",
    "unguard",
    "units",
]

MAX_UNITS = 32_767
"""UTF-16 code units that a cell holds."""
SURE = MAX_UNITS // 7
"""Characters that a cell holds whatever they are, escapes and all."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)|\r")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
"""A text that begins so could be taken for something else when it is edited or passed on."""
BEGINNINGS = frozenset(GUARDED)


def legal(text: str) -> tuple[str, int]:
    """The text without what XML cannot carry (control characters, halves of characters), and how many there were."""
    return (text, 0) if text.isprintable() else _ILLEGAL.subn("", text)


def escape(text: str) -> str:
    """The text as the file holds it: what looks like one of Excel's own escapes (`_x0041_`) stays literal."""
    if "_x" not in text and "\r" not in text:
        return text
    return _ESCAPES.sub(lambda found: "_x000D_" if found[0] == "\r" else "_x005F_", text)


def unescape(text: str) -> str:
    """The inverse of `escape`, as Excel and LibreOffice read it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def units(text: str) -> int:
    """Its length as Excel counts: characters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def fits(text: str) -> bool:
    """Whether a cell holds it, escapes and all."""
    return len(text) <= SURE or units(escape(text)) <= MAX_UNITS


def split(text: str, most: int) -> list[str]:
    """The text in parts of at most `most` units each, broken at a line end or a space where one is near."""
    parts = []
    start = 0
    while start < len(text):
        end = start + _fitting(text[start : start + most], most)
        if end < len(text):
            near = max(text.rfind("\n", start + most // 2, end), text.rfind(" ", start + most // 2, end))
            end = near + 1 if near > 0 else end
        parts.append(text[start:end])
        start = end
    return parts or [""]


def _fitting(text: str, most: int) -> int:
    """How many of these characters fit into `most` units."""
    if units(text) <= most:
        return len(text)
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > most:
            return index
    return len(text)
