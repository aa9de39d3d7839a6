"""Places in a text as Python counts them and as Qt does: a character beyond the first 65,536 takes two places there."""

from __future__ import annotations

import re
from bisect import bisect_left

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Turns places of one text into each other."""

    def __init__(self, text: str) -> None:
        self._wide = [found.start() for found in _WIDE.finditer(text)]
        self._in_qt = [place + number for number, place in enumerate(self._wide)]

    def to_qt(self, place: int) -> int:
        """In UTF-16 units."""
        return place + bisect_left(self._wide, place)

    def from_qt(self, place: int) -> int:
        """In characters; the middle of one is its end."""
        return place - bisect_left(self._in_qt, place)
