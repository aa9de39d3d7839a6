"""How much room a text takes: its width in a proportional font, and the lines it makes in a column.

Widths are in hundredths of an em, those of Latin letters as in Calibri; a full-width character takes a whole one,
twice what a digit takes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from zlib import adler32

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff]+"
)
_BEYOND = re.compile("[\u1100-\u115f\u2e80-\U0010ffff]")
FULL, UNKNOWN = 100, 50

# fmt: off
_ASCII = (  # from the space to the tilde
    23, 33, 41, 50, 51, 72, 69, 23, 31, 31, 50, 50, 25, 31, 26, 39, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 27, 27,
    50, 50, 50, 47, 90, 58, 55, 54, 62, 49, 46, 64, 63, 26, 32, 52, 43, 86, 65, 67, 52, 68, 55, 46, 49, 65, 57, 89,
    52, 49, 47, 31, 39, 31, 50, 50, 30, 48, 53, 43, 53, 50, 31, 48, 53, 23, 24, 46, 23, 80, 53, 53, 53, 53, 35, 40,
    34, 53, 46, 72, 44, 46, 40, 32, 47, 32, 50,
)
_ACCENTED = (  # from À to ÿ
    58, 58, 58, 58, 58, 58, 77, 54, 49, 49, 49, 49, 26, 26, 26, 26, 63, 65, 67, 67, 67, 67, 67, 50, 67, 65, 65, 65,
    65, 49, 52, 53, 48, 48, 48, 48, 48, 48, 78, 43, 50, 50, 50, 50, 23, 23, 23, 23, 53, 53, 53, 53, 53, 53, 53, 50,
    53, 53, 53, 53, 53, 46, 53, 46,
)
# fmt: on
_WIDTHS = bytes([0] * 32) + bytes(_ASCII) + bytes([UNKNOWN] * 65) + bytes(_ACCENTED)
_WIDEST, _SPACE = max(_WIDTHS), _WIDTHS[32]
_SUMMED = 65_519 // _WIDEST
"""Letters of which `adler32` tells the sum: the lower half of it is one more, modulo 65,521."""
_REMEMBERED = 4_000
_BY_WORDS = 160
"""Up to this length the breaks between words are found one by one, beyond it by what a line wastes on average."""
_WASTE = 0.95


def wide(text: str) -> bool:
    """Whether there are full-width characters in it."""
    if text.isascii() or len(text.encode("latin-1", "ignore")) == len(text):
        return False
    # The first search is four times as fast, and says no to nearly all that is written in letters.
    return _BEYOND.search(text) is not None and _WIDE.search(text) is not None


def unbroken(room: float) -> int:
    """So many letters take one line with this room, whichever they are, as long as none is full-width."""
    return int(room // _WIDEST)


def width(text: str, latin: float = 1.0) -> float:
    """What it takes on one line; `latin` is how much wider than in Calibri the other letters are."""
    if text.isascii():
        return _letters(text) * latin
    rest = _WIDE.sub("", text)
    return _letters(rest) * latin + (len(text) - len(rest)) * FULL


def _letters(text: str) -> int:
    """The width of letters in Calibri, those that are not Western being taken for question marks."""
    taken = text.encode("latin-1", "replace").translate(_WIDTHS)
    return (adler32(taken) & 0xFFFF) - 1 if len(taken) <= _SUMMED else sum(taken)


class _Words(dict[str, int]):
    """What words take with the space after them: most of them recur."""

    def __missing__(self, word: str) -> int:
        taken = _letters(word) + _SPACE
        if len(self) < _REMEMBERED and word.isalpha():
            self[word] = taken
        return taken


_words = _Words()


def lines(text: str, room: float, latin: float = 1.0, full: bool | None = None) -> int:
    """The lines that it makes in a column with this room; `full`, if known, whether it has full-width characters."""
    if full is None:
        full = wide(text)
    if "\n" not in text:
        return _wrapped(text, room, latin, full)
    return sum(_wrapped(line, room, latin, full and wide(line)) for line in text.split("\n"))


def _wrapped(line: str, room: float, latin: float, full: bool) -> int:
    if full:
        # Japanese breaks between any two characters, with half of one left over at the most, and never
        # before a full stop.
        taken = width(line, latin)
        return 1 if taken <= room else int(-(-taken // max(FULL, room - FULL * 1.5)))
    room /= latin
    if len(line) * _WIDEST <= room:
        return 1
    if len(line) > _BY_WORDS or " " not in line:
        taken = _letters(line)
        return 1 if taken <= room else int(-(-taken // (room * _WASTE)))
    reach = [*accumulate(map(_words.__getitem__, line.split(" ")))]
    count, begin, word = 1, 0.0, 0
    while (end := bisect_right(reach, begin + room + _SPACE, word)) < len(reach):
        # A word that is longer than the line is broken where the line ends.
        begin, word = (reach[end - 1], end) if end > word else (begin + room, word)
        count += 1
    return count
