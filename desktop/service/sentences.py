"""The sentence around a place in a text: to the full stop before it and the one behind it, within its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.service.quoting import SourceText

# What ends a sentence, with the quotation marks and the marks of notes that follow it.
_END = re.compile(
    r"[.!?…][”’\"')\]»]*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ]+|\[(?:[ivxlc]{1,8}|\d{1,3})\])*(?=\s|$)"
    r"|[。！？][」』）”’]*[⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ]*"
)
_SHORT = re.compile(r"(?:^|[\s(“\"'‘])(\w{1,5}|(?:\w\.)+\w)\.$")
_BEFORE_NAMES = "mr mrs ms dr prof st gov sen rep gen sr sra srta vs cf e.g i.e"
_BEFORE_NUMBERS = "no nos vol vols art arts fig figs ch p pp núm pág ed eds"
_ABBREVIATIONS = frozenset(_BEFORE_NAMES.split())
"""Words, without their last full stop, after which a sentence goes on."""
_NUMBERED = frozenset(_BEFORE_NUMBERS.split())
"""The same, where a number follows."""
_COUNTRIES = frozenset({"u.s", "us", "ee.uu", "u.k", "e.u"})
"""Abbreviations that are mostly followed by a name."""


def widen(text: SourceText, start: int, end: int) -> tuple[int, int]:
    """The whole sentences that share a character with these.

    Of a cursor behind a paragraph its last one, of one between two the next; the place itself where there is none.
    """
    if start == end:
        start = end = _nearest(text, start)
    parts = list(text.overlapping(start, max(end, start + 1)))
    if not parts:
        return start, end
    first, last = parts[0], parts[-1]
    begin = max((place for place in _bounds(text.text, first.start, first.end) if place <= start), default=0)
    close = min(
        (place for place in _bounds(text.text, last.start, last.end) if place >= max(end, start + 1)),
        default=last.end,
    )
    begin = max(begin, first.start)
    while begin < close and text.text[begin].isspace():
        begin += 1
    return begin, close


def _nearest(text: SourceText, place: int) -> int:
    """A cursor's place, moved to a character of a paragraph."""
    if next(text.overlapping(place, place + 1), None) is not None:
        return place
    if any(True for _part in text.overlapping(place - 1, place)):
        return place - 1
    return next((part.start for part in text.parts if part.start >= place), place)


def _bounds(whole: str, start: int, end: int) -> Iterator[int]:
    """Where sentences of a paragraph begin or end: its own ends, and each place behind a full stop."""
    yield start
    for found in _END.finditer(whole, start, end):
        if not _goes_on(whole[start : found.start() + 1], whole[found.end() : end]):
            yield found.end()
    yield end


def _goes_on(before: str, behind: str) -> bool:
    """Whether the full stop is that of an abbreviation, an initial or a number."""
    follows = behind.lstrip()[:1]
    if follows.islower():
        return True
    short = _SHORT.search(before)
    if short is None:
        return False
    word = short[1].lower()
    if word in _NUMBERED and follows.isdigit():
        return True
    # an initial is followed by a name
    return word in _ABBREVIATIONS or word in _COUNTRIES or (len(word) == 1 and word.isalpha())
