"""What a text must go through to stand in a cell: Excel's limits, its escapes, and how much room it takes.

Nothing is lost in silence: what is taken out or does not fit is returned, to be told and continued elsewhere.
"""

from __future__ import annotations

import re

MAX_UNITS = 32_767
"""UTF-16 code units that a cell holds."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)|\r")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff]"
)
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
"""A text that begins so could be taken for something else when it is edited or passed on."""

SHORT = 240
"""Up to this length the breaks between words are counted one by one, beyond it by their average."""


def legal(text: str) -> tuple[str, int]:
    """The text without what XML cannot carry (control characters, halves of characters), and how many there were."""
    return (text, 0) if text.isprintable() else _ILLEGAL.subn("", text)


def escape(text: str) -> str:
    """The text as the file holds it: what looks like one of Excel's own escapes (`_x0041_`) stays literal."""
    return _ESCAPES.sub(lambda found: "_x000D_" if found[0] == "\r" else "_x005F_", text)


def unescape(text: str) -> str:
    """The inverse of `escape`, as Excel and LibreOffice read it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def units(text: str) -> int:
    """Its length as Excel counts: characters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


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


def wide(text: str) -> bool:
    """Whether there are full-width characters in it."""
    return not text.isascii() and _WIDE.search(text) is not None


def columns(text: str) -> int:
    """How many half-width columns it takes on one line; full-width characters take two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def lines(text: str, width: float) -> int:
    """An estimate of the lines that it takes, wrapped into a column of that many characters."""
    if "\n" not in text:
        return _wrapped(text, width)
    return sum(_wrapped(line, width) for line in text.split("\n"))


def _wrapped(line: str, width: float) -> int:
    taken = columns(line)
    if taken <= width:
        return 1
    if taken != len(line):
        # Japanese breaks between any two characters, but never leaves half of one at the end.
        return int(-(-taken // max(2.0, width - 2)))
    if taken > SHORT:
        return int(-(-taken // (width * 0.92)))
    count, room = 1, width
    for word in line.split(" "):
        size = len(word)
        if size > room and room < width:
            count, room = count + 1, width
        while size > width:
            count, size = count + 1, int(size - width)
            room = width
        room -= size + 1
    return count
