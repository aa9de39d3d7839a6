"""Finding a quote again in a newer edition of its source: as it was, in another setting, or nearly.

A text is compared by its `Folded` form, which knows for each character where it came from.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Literal

from rapidfuzz import fuzz

from desktop.service.quoting import CONTEXT, Anchor, SourceText
from desktop.text import fold

Exactness = Literal["exact", "normalised", "near"]

LIKE = 90
"""How like (0–100, by insertions and deletions) a passage must be to be the quote in other words."""
SHORTEST = 24
"""Folded characters below which a likeness says nothing."""
MOST = 1_000
"""Occurrences of a quote that are weighed against each other: those nearest to where it stood."""
BLOCK = 256
"""Characters of a block of the index that likenesses are looked for with."""
WINDOWS = 6
"""Candidate windows that are compared in full."""

# Runs that stand for themselves; marks of notes; a dash between digits, which says something; a letter with
# the sound mark that follows it in half-width kana; any other character.
_TOKENS = re.compile(
    r"([A-Za-z0-9]+)"
    r"|([⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ]+|\[(?:[ivxlc]{1,8}|\d{1,3})\])"
    r"|((?<=[0-9])\s*[-‐‑‒–—−]\s*(?=[0-9]))"
    r"|([\s\-‐‑‒–—―−\u00ad\u200b\u2060\ufeff\"'“”‘’„‚«»‹›「」『』`´′″]+)"
    r"|(.[\u3099\u309a\uff9e\uff9f]?)",
    re.DOTALL,
)
_WORDS = re.compile(
    r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
_UNSPACED = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Found:
    """Where a quote stands now; `near` is for a person to confirm."""

    start: int
    end: int
    exactness: Exactness


@dataclass(frozen=True)
class Folded:
    """A text blind to white space, hyphens, quotation marks, note marks, case, width and accents."""

    key: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, text: str) -> Folded:
        """The folded form of a text."""
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        for token in _TOKENS.finditer(text):
            kind = token.lastindex
            start, end = token.span()
            if kind == 1:
                pieces.append(token[0].lower())
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            elif kind in (3, 5):
                folded = "-" if kind == 3 else _folded(token[0])
                pieces.append(folded)
                starts.extend([start] * len(folded))
                ends.extend([end] * len(folded))
        return cls("".join(pieces), starts, ends)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return "".join(fold(character).split())


@lru_cache(maxsize=4)
def _fold_text(text: str) -> Folded:
    return Folded.of(text)


@lru_cache(maxsize=4)
def _blocks(text: str) -> dict[str, list[int]]:
    """Each word of the text with the blocks in which it stands."""
    found: dict[str, list[int]] = {}
    for word in _WORDS.finditer(text):
        block = word.start() // BLOCK
        blocks = found.setdefault(_folded(word[0]), [])
        if not blocks or blocks[-1] != block:
            blocks.append(block)
    return found


@dataclass(frozen=True)
class _Wanted:
    """A quote with what is known of where it stood, folded once."""

    quote: str
    key: str
    before: str
    after: str
    near: Anchor | int | None
    cut_before: bool
    """Whether the quote begins inside a word, so that it may do so again."""
    cut_after: bool


def locate(
    text: SourceText, quote: str, before: str = "", after: str = "", near: Anchor | int | None = None
) -> Found | None:
    """Where a quote stands in this text, or None where it is lost.

    `before` and `after` are what stood around it, `near` its old place or position: they choose between
    several occurrences. The same call always gives the same answer.
    """
    if not quote.strip():
        return None
    before, after = before[-CONTEXT:], after[:CONTEXT]
    wanted = _Wanted(
        quote,
        Folded.of(quote).key,
        Folded.of(before).key,
        Folded.of(after).key,
        near,
        _joined(before[-1:], quote[0]),
        _joined(quote[-1], after[:1]),
    )
    found = {place.start: place for place in _normalised(text, wanted)}
    found |= {place.start: place for place in _exact(text, wanted)}
    if found:
        return max(found.values(), key=lambda place: _fit(text, wanted, place))
    return _near(text, wanted)


def _joined(one: str, other: str) -> bool:
    """Whether two characters belong to one word; scripts without spaces have no words to cut."""
    return one.isalnum() and other.isalnum() and not _UNSPACED.match(one) and not _UNSPACED.match(other)


def _whole(text: str, wanted: _Wanted, start: int, end: int) -> bool:
    """Whether the place does not cut a word that the quote did not cut."""
    before = start > 0 and not wanted.cut_before and _joined(text[start - 1], text[start])
    after = end < len(text) and not wanted.cut_after and _joined(text[end - 1], text[end])
    return not before and not after


def _position(text: SourceText, near: Anchor | int | None) -> int:
    if isinstance(near, int):
        return near
    if near is not None:
        return next((part.start for part in text.parts if part.section == near.section), 0)
    return 0


def _occurrences(whole: str, needle: str, around: int) -> list[int]:
    """Where the needle stands, the nearest `MOST` to `around`, the first before the later."""
    found: list[int] = []
    position = whole.find(needle, max(0, around))
    while position >= 0 and len(found) < MOST:
        found.append(position)
        position = whole.find(needle, position + 1)
    earlier: list[int] = []
    position = whole.rfind(needle, 0, max(0, around) + len(needle) - 1)
    while position >= 0 and len(earlier) < MOST:
        earlier.append(position)
        position = whole.rfind(needle, 0, position + len(needle) - 1)
    return sorted(sorted(found + earlier, key=lambda place: abs(place - around))[:MOST])


def _in_context(whole: str, before: str, needle: str, after: str, around: int) -> list[int]:
    """Occurrences with the whole context where there are any, else all."""
    if before or after:
        places = _occurrences(whole, before + needle + after, around - len(before))
        if places:
            return [place + len(before) for place in places]
    return _occurrences(whole, needle, around)


def _exact(text: SourceText, wanted: _Wanted) -> Iterator[Found]:
    around = _position(text, wanted.near)
    for start in _occurrences(text.text, wanted.quote, around):
        end = start + len(wanted.quote)
        if _whole(text.text, wanted, start, end):
            yield Found(start, end, "exact")


def _normalised(text: SourceText, wanted: _Wanted) -> Iterator[Found]:
    if not wanted.key:
        return
    folded = _fold_text(text.text)
    around = bisect_left(folded.starts, _position(text, wanted.near))
    for place in _in_context(folded.key, wanted.before, wanted.key, wanted.after, around):
        found = _taken_back(text.text, wanted, folded, place)
        if _whole(text.text, wanted, found.start, found.end):
            yield found


def _taken_back(whole: str, wanted: _Wanted, folded: Folded, place: int) -> Found:
    """A place in the folded text as one in the text, with the marks that folding took from its ends."""
    start, end = folded.starts[place], folded.ends[place + len(wanted.key) - 1]
    own = Folded.of(wanted.quote)
    exact = start - own.starts[0]
    if exact >= 0 and whole.startswith(wanted.quote, exact):
        return Found(exact, exact + len(wanted.quote), "exact")
    least = folded.ends[place - 1] if place else 0
    most = folded.starts[place + len(wanted.key)] if place + len(wanted.key) < len(folded.key) else len(whole)
    if wanted.quote[: own.starts[0]].strip():
        while start > least and not whole[start - 1].isspace():
            start -= 1
    if wanted.quote[own.ends[-1] :].strip():
        while end < most and not whole[end].isspace():
            end += 1
    return Found(start, end, "normalised")


def _fit(text: SourceText, wanted: _Wanted, place: Found) -> tuple[int, bool, bool, int, int]:
    """How well a place fits what is known of the old one; the earlier of two equals is the better."""
    folded = _fold_text(text.text)
    first, last = bisect_left(folded.starts, place.start), bisect_left(folded.starts, place.end)
    before = folded.key[max(0, first - len(wanted.before)) : first]
    after = folded.key[last : last + len(wanted.after)]
    context = _alike(before[::-1], wanted.before[::-1]) + _alike(after, wanted.after)
    section = isinstance(wanted.near, Anchor) and text.section_at(place.start) == wanted.near.section
    apart = abs(place.start - wanted.near) if isinstance(wanted.near, int) else 0
    return context, section, place.exactness == "exact", -apart, -place.start


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    for count, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return count
    return min(len(one), len(other))


# ---- in other words


def _near(text: SourceText, wanted: _Wanted) -> Found | None:
    if len(wanted.key) < SHORTEST:
        return None
    folded = _fold_text(text.text)
    best: tuple[float, bool, int, int] | None = None
    for low, high in _windows(text, wanted):
        first, last = bisect_left(folded.starts, low), bisect_left(folded.starts, high)
        # The shorter of the two is looked for in the other: a window must not become what is looked for.
        if last - first < len(wanted.key):
            first = max(0, last - len(wanted.key))
        alignment = fuzz.partial_ratio_alignment(wanted.key, folded.key[first:last], score_cutoff=LIKE - 10)
        if alignment is None or last - first < len(wanted.key):
            continue
        start, end = _trimmed(
            wanted.key, folded.key, first + alignment.dest_start, first + alignment.dest_end
        )
        score = fuzz.ratio(wanted.key, folded.key[start:end], score_cutoff=LIKE)
        section = isinstance(wanted.near, Anchor) and (
            text.section_at(folded.starts[start]) == wanted.near.section
        )
        if score and (best is None or (score, section, -start) > best[:3]):
            best = (score, section, -start, end)
    if best is None:
        return None
    return _at_words(text.text, folded.starts[-best[2]], folded.ends[best[3] - 1])


def _trimmed(key: str, whole: str, start: int, end: int) -> tuple[int, int]:
    """The alignment with its ends where those of the quote stand: the passage may be longer or shorter than it."""
    reach, edge = len(key) // 5, key[:8]
    found = [start, end]
    low = max(0, start - reach)
    places = _occurrences(whole[low : start + reach + len(edge)], edge, start - low)
    if places:
        found[0] = low + min(places, key=lambda place: abs(low + place - start))
    edge = key[-8:]
    low = max(0, end - reach - len(edge))
    places = _occurrences(whole[low : end + reach], edge, end - low - len(edge))
    if places:
        found[1] = low + len(edge) + min(places, key=lambda place: abs(low + place + len(edge) - end))
    better = fuzz.ratio(key, whole[found[0] : found[1]]) > fuzz.ratio(key, whole[start:end])
    return (found[0], found[1]) if better and found[0] < found[1] else (start, end)


def _at_words(whole: str, start: int, end: int) -> Found:
    while start > 0 and _joined(whole[start - 1], whole[start]):
        start -= 1
    while end < len(whole) and _joined(whole[end - 1], whole[end]):
        end += 1
    return Found(start, end, "near")


def _windows(text: SourceText, wanted: _Wanted) -> list[tuple[int, int]]:
    """Where most of the quote's words stand together, weighed by how rare they are; those of its section first."""
    index = _blocks(text.text)
    total = len(text.text) // BLOCK + 1
    span = len(wanted.quote) // BLOCK + 2
    weights: Counter[int] = Counter()
    whole = 0.0
    for word in sorted({_folded(word[0]) for word in _WORDS.finditer(wanted.quote)}):
        blocks = index.get(word, [])
        weight = log(1 + total / (len(blocks) or 1))
        whole += weight
        # A word counts once in a window, however often it stands there.
        covered = sorted({start for block in blocks for start in range(max(0, block - span + 1), block + 1)})
        for start in covered:
            weights[start] += round(weight * 1000)
    least = whole * 1000 * 0.4
    likely = [(start, weight) for start, weight in weights.items() if weight >= least]
    section = wanted.near.section if isinstance(wanted.near, Anchor) else None
    likely.sort(key=lambda found: (-found[1], text.section_at(found[0] * BLOCK) != section, found[0]))
    chosen: list[int] = []
    for start, _weight in likely:
        if len(chosen) < WINDOWS and all(abs(start - other) >= max(1, span // 2) for other in chosen):
            chosen.append(start)
    margin = BLOCK // 2
    return [(max(0, start * BLOCK - margin), (start + span) * BLOCK + margin) for start in chosen]
