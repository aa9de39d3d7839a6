"""Where the words of a search stand in a text that is shown, blind to case, accents and width as the search is."""

from __future__ import annotations

from functools import lru_cache

from desktop.text import fold, search_terms

Terms = tuple[str, ...]


def terms_of(text: str) -> Terms:
    """The words of a search as `hits` looks for them, the longest first."""
    words = {"".join(term) for term in search_terms(text)}
    return tuple(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=4096)
def hits(text: str, terms: Terms) -> tuple[tuple[int, int], ...]:
    """Start and end of each place where a word of the text begins with a term; they do not overlap."""
    folded, places = _folded(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        start = folded.find(term)
        while start >= 0:
            end = start + len(term)
            if _begins(folded, start) and all(end <= first or start >= last for first, last in found):
                found.append((start, end))
            start = folded.find(term, end)
    return tuple(sorted((places[start], places[end - 1] + 1) for start, end in found))


def _begins(folded: str, place: int) -> bool:
    """Whether a word begins here: after no letter, or among characters that are written without spaces."""
    return place == 0 or not folded[place - 1].isalnum() or ord(folded[place]) >= 0x2E80


def _folded(text: str) -> tuple[str, list[int] | range]:
    """The folded text, and for each of its characters the place of the one that it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    parts = [fold(char) for char in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _char in part]
