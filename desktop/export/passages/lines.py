"""What the readers of the formats hand to `structure.build`, and how lines that a page cut are joined."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from desktop.service.quoting import Kind

SENTENCE_END = (".", "?", "!", "…", "。", "！", "？", "．")
CLOSERS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ”’\"'»)]」』）")
"""Signs that may stand behind the end of a sentence, beside marks of notes in brackets."""
_MARK = re.compile(r"\[(?:[ivxlc]{1,8}|\d{1,3})\]$")
LONGEST_MARK = 10
LAST_WORDS = 200
"""Characters at the end of a paragraph that tell how the next line is joined to it."""
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_CUT = re.compile(r"([^\W\d_]+)[-‐]$")
_DASHED = re.compile(r"\w[-‐—–/]$")
_BEGINS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")


@dataclass(slots=True)
class Line:
    """A paragraph or a piece of one, with what its format knows of it."""

    text: str
    kind: Kind | None = None
    """None: to be guessed from the words."""
    page: int | None = None
    gap: int = 1
    """Empty lines before it."""
    label: str = ""
    """The mark of a note."""
    whole: bool = False
    """A paragraph by the word of its format: never joined to its neighbours."""


def normalise(text: str) -> str:
    return " ".join(text.split())


def finished(text: str) -> bool:
    """Whether a text ends where a sentence does."""
    end = len(text)
    while end and (text[end - 1] in CLOSERS or text[end - 1].isspace()):
        mark = _MARK.search(text[max(0, end - LONGEST_MARK) : end])
        end -= len(mark[0]) if mark else 1
    return text.endswith(SENTENCE_END, 0, end)


def words(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document, compounds with their hyphens too, but none that a line end cut."""
    return frozenset(
        found for text in texts for found in _WORDS.findall(text.lower()) if not found.endswith("-")
    )


def join_to(pieces: list[str], other: str, known: Container[str] = frozenset()) -> None:
    """`join` to a text in pieces: its end is copied each time, the rest of a long one only once."""
    end = pieces.pop()
    pieces += [end[:-LAST_WORDS]] * (len(end) > LAST_WORDS)
    pieces.append(join(end[-LAST_WORDS:], other, known))


def join(one: str, other: str, known: Container[str] = frozenset()) -> str:
    """Two pieces of a paragraph; Japanese without a space, a word that a hyphen cut made whole.

    `known` are the words of the document: they tell a compound (“long-” “term”) from a cut (“coopera-” “tion”).
    """
    if not one or not other:
        return one or other
    if one.endswith("\u00ad"):
        return one[:-1] + other
    word, rest = one.rsplit(maxsplit=1)[-1], _BEGINS.match(other)
    cut = _CUT.fullmatch(word)
    if cut and rest and cut[1].islower() and rest[0].islower():
        compound = f"{cut[1]}-{rest[0]}" in known or (cut[1] in known and rest[0] in known)
        return one + other if compound and cut[1] + rest[0] not in known else one[:-1] + other
    if _DASHED.search(word):
        return one + other
    return one + other if CJK.match(one[-1]) and CJK.match(other[0]) else f"{one} {other}"
