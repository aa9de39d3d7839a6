"""A text as the grammars read it, which knows for each character where it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

HIDDEN = "\x00"
"""Stands for what is not read: quotations, and what the caller has read already."""
_QUOTED = re.compile('"[^"]*"|“[^”]*”|«[^»]*»|「[^」]*」|『[^』]*』')
_ACCENTS = re.compile("[\u0300-\u036f]")
_DASHES = re.compile("[‐‑‒–—−]")
_APOSTROPHES = re.compile("[‘’ʼ´]")


@dataclass(frozen=True)
class Folded:
    """Half-width, without accents, one kind of space, dash and apostrophe; case is kept."""

    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str, hidden: Iterable[tuple[int, int]] = ()) -> Folded:
        """The folded form of a text, with quotations and the `hidden` spans unreadable."""
        covered: set[int] = set()
        for start, end in (*hidden, *quotations(text)):
            covered.update(range(start, end))
        plain: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for position, character in enumerate(text):
            folded = HIDDEN if position in covered else _folded(character)
            if plain and (not folded or (folded == " " and plain[-1] == " ")):
                ends[-1] = position + 1
                continue
            plain.extend(folded)
            starts.extend([position] * len(folded))
            ends.extend([position + 1] * len(folded))
        return cls("".join(plain), tuple(starts), tuple(ends))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the folded text stands in the text as it was typed."""
        return self.starts[start], self.ends[end - 1]


def quotations(text: str) -> list[tuple[int, int]]:
    """What stands in quotation marks, the marks included."""
    return [match.span() for match in _QUOTED.finditer(text)]


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() else character
    folded = _ACCENTS.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character)))
    folded = unicodedata.normalize("NFC", folded)
    return " " if folded.isspace() else _APOSTROPHES.sub("'", _DASHES.sub("-", folded))
