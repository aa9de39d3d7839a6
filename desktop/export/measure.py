"""How much room a text takes: its width in a proportional font, and the lines it makes in a column.

Widths are in hundredths of an em, those of Latin letters as in Calibri; a full-width character takes a whole one,
twice what a digit takes.
"""

from __future__ import annotations

import re
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
    return _sum(text.encode("latin-1", "replace").translate(_WIDTHS))


def _sum(widths: bytes) -> int:
    return (adler32(widths) & 0xFFFF) - 1 if len(widths) <= _SUMMED else sum(widths)


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
    return narrow_lines(line.encode("latin-1", "replace"), room / latin)


def western(text: str) -> bytes | None:
    """The letters of a text, those that are not Western as question marks; None with full-width characters."""
    if text.isascii():
        return text.encode()
    letters = text.encode("latin-1", "ignore")
    if len(letters) == len(text):
        return letters
    return None if wide(text) else text.encode("latin-1", "replace")


def narrow_lines(line: bytes, room: float) -> int:
    """The lines of a text without line ends of which this is `western`; `room` as for the letters of Calibri."""
    widths = line.translate(_WIDTHS)
    taken = _sum(widths)
    if taken <= room:
        return 1
    if len(line) > _BY_WORDS or b" " not in line:
        return int(-(-taken // (room * _WASTE)))
    return _by_words(line, widths, taken, room)


def _by_words(line: bytes, widths: bytes, rest: int, room: float) -> int:
    """The lines where each takes as many words as it has room for; `rest` is the width of all.

    Where a line ends is guessed by what a letter takes on average, and put right word by word.
    """
    count, begin, end = 1, 0, len(line)
    broken = 0.0  # what stands on the lines above of a word that is longer than a line
    while rest - broken > room:
        count += 1
        at = line.rfind(b" ", begin, begin + int((end - begin) * room / rest) + 1)
        if at < 0:
            at = line.find(b" ", begin)
        taken = (adler32(widths[begin:at]) & 0xFFFF) - 1 if at >= 0 else rest
        if taken - broken > room:
            while taken - broken > room and (before := line.rfind(b" ", begin, at)) >= 0:
                taken -= (adler32(widths[before:at]) & 0xFFFF) - 1
                at = before
            if taken - broken > room:
                broken += room
                continue
        else:
            left = room + broken
            while (after := line.find(b" ", at + 1)) >= 0:
                more = taken + (adler32(widths[at:after]) & 0xFFFF) - 1
                if more > left:
                    break
                taken, at = more, after
        rest -= taken + _SPACE
        begin, broken = at + 1, 0.0
    return count
