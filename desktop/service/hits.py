"""Where the words of a search stand in a text, blind to case, accents and width as the search is."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.store.terms import pieces
from desktop.text import fold, search_terms

Terms = tuple[str, ...]
"""The words of a search; of one that FTS5 takes for several, a space between these."""

_WIDE = "[\u2e80-\U0003ffff]"
"""Written without spaces: a word begins at each of them, and after each."""
_BEGINS = rf"(?:(?<![^\W_])|(?<={_WIDE}))"
# A character with what is written over it, before composition or in half width.
_CLUSTER = re.compile("(?s).[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f]*")


def terms_of(text: str) -> Terms:
    """The words of a search as `hits` looks for them, the longest first."""
    words = {" ".join(pieces(term)) for term in search_terms(text)}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=512)
def pattern(term: str) -> re.Pattern[str]:
    """What a term is in a folded text: at the beginning of a word, its parts apart by no letter or digit."""
    begins = "" if re.match(_WIDE, term) else _BEGINS
    return re.compile(begins + r"[\W_]*".join(map(re.escape, term.split(" "))))


def present(folded: str, terms: Terms) -> int:
    """How many of the terms a folded text has."""
    return sum(pattern(term).search(folded) is not None for term in terms)


@lru_cache(maxsize=4096)
def hits(text: str, terms: Terms) -> tuple[tuple[int, int], ...]:
    """Start and end of each place where a word of the text begins with a term; they do not overlap."""
    folded, starts, ends = _folded(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        for match in pattern(term).finditer(folded):
            start, end = match.span()
            if all(end <= first or start >= last for first, last in found):
                found.append((start, end))
    return tuple(sorted((starts[start], ends[end - 1]) for start, end in found))


def _folded(text: str) -> tuple[str, list[int] | range, list[int] | range]:
    """The folded text; for each of its characters, where that began and ended which it came from."""
    if text.isascii():
        return text.lower(), range(len(text)), range(1, len(text) + 1)
    parts = [(_fold(match[0]), match.start(), match.end()) for match in _CLUSTER.finditer(text)]
    return (
        "".join(part for part, _start, _end in parts),
        [start for part, start, _end in parts for _char in part],
        [end for part, _start, end in parts for _char in part],
    )


@lru_cache(maxsize=8192)
def _fold(cluster: str) -> str:
    return fold(cluster)
