"""The text of a source with its structure: where its paragraphs stand, and what a selection is called.

`desktop.export.passages` reads a file into a `SourceText`; `locating` finds a quote again in another edition.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

Kind = Literal["heading", "paragraph", "endnote", "figure"]

CONTEXT = 60
"""Characters that a selector keeps before and after its quote."""
FORMAT = 1
"""Of what `to_json` writes; a later one is another number."""

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ", "0123456789ivxlc")
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ⁱᵛˣˡᶜ]+|\[([ivxlc]{1,8}|\d{1,3})\]")
_AFTER_SENTENCE = re.compile(r"[.,;:!?…”’\"')\]。、」』）]*")


@dataclass(frozen=True)
class Part:
    """A piece of the text; between two parts there is nothing but line ends."""

    start: int
    end: int
    kind: Kind
    section: str
    number: int
    """Paragraph within its section, counted from 1; row of a figure, 0 for its heads, caption and source; number
    of a note; 0 for a heading."""
    endnotes: tuple[str, ...] = ()
    """The notes that it cites; of a note its own mark."""
    page: int | None = None


@dataclass(frozen=True)
class Anchor:
    """What a place is called, as the catalogue calls places: `1.A`, `3–4`, `13; 14`."""

    section: str
    paragraph: str
    endnotes: str
    page: int | None
    quote: str


@dataclass(frozen=True)
class Selector:
    """A quote that can be found again: a W3C TextQuoteSelector with the start of its TextPositionSelector."""

    quote: str
    before: str
    after: str
    start: int


@dataclass(frozen=True)
class SourceText:
    """The whole text as one string (NFC, line ends LF, no other control characters), and its parts in order."""

    text: str
    parts: tuple[Part, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self.parts]

    def overlapping(self, start: int, end: int) -> Iterator[Part]:
        """The parts that share a character with these."""
        for part in self.parts[max(0, bisect_right(self._starts, start) - 1) :]:
            if part.start >= end:
                return
            if part.end > start:
                yield part

    def section_at(self, position: int) -> str:
        """The section in which a character stands; that of the part before where it is a line end."""
        found = bisect_right(self._starts, position)
        return self.parts[found - 1].section if found else ""

    def at(self, start: int, end: int) -> Anchor:
        """What to call these characters. Raises `ValueError` where there are none."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError("a place needs at least one character of the text")
        parts = list(self.overlapping(start, end))
        if not parts:
            return Anchor(self.section_at(start), "", "", None, self.text[start:end])
        first = next((part for part in parts if part.kind == "paragraph"), parts[0])
        alike = [part for part in parts if (part.kind, part.section) == (first.kind, first.section)]
        # a note at the foot of the page may stand between two paragraphs that were selected
        citing = [part for part in parts if first.kind == "endnote" or part.kind != "endnote"]
        notes = [note for part in citing for note in self._cited(part, start, end)]
        return Anchor(
            first.section,
            _paragraph(alike),
            "; ".join(dict.fromkeys(notes)),
            first.page,
            self.text[start:end],
        )

    def _cited(self, part: Part, start: int, end: int) -> Iterator[str]:
        """The notes whose marks stand in the selection, or right behind the sentence that it ends."""
        if part.kind == "endnote":
            yield from part.endnotes
            return
        due = list(part.endnotes)
        behind = _AFTER_SENTENCE.match(self.text, end)
        end = behind.end() if behind else end
        for found in _MARK.finditer(self.text, part.start, part.end):
            mark = mark_of(found)
            if mark in due:
                del due[: due.index(mark) + 1]
                if start <= found.start() <= end:
                    yield mark
                    end = max(end, found.end())

    def to_json(self) -> str:
        """The text as the workspace keeps it; `from_json` is the inverse."""
        parts = [
            [part.start, part.end, part.kind, part.section, part.number, part.endnotes, part.page]
            for part in self.parts
        ]
        kept = {"format": FORMAT, "text": self.text, "parts": parts}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, kept: str) -> SourceText:
        """The text that `to_json` wrote. Raises `ValueError` for anything else."""
        try:
            found = json.loads(kept)
            if found["format"] != FORMAT:
                raise ValueError("this text was kept by another version")
            text, parts = found["text"], tuple(_part(row) for row in found["parts"])
        except (KeyError, TypeError) as error:
            raise ValueError("this is no text that was kept") from error
        end = 0
        for part in parts:
            if not end <= part.start < part.end <= len(text):
                raise ValueError("the parts of this text are not in order")
            end = part.end
        return cls(text, parts)


def mark_of(found: re.Match[str]) -> str:
    """The note that a mark names: ¹³ is 13, ⁱᵛ and [iv] are iv."""
    return found[1] or found[0].translate(_DIGITS)


def marks(text: str) -> list[str]:
    """The notes that the marks in a text name, in order."""
    return [mark_of(found) for found in _MARK.finditer(text)]


def selector(text: SourceText, start: int, end: int) -> Selector:
    """What to keep of a selection so that it is found again."""
    whole = text.text
    return Selector(
        whole[start:end], whole[max(0, start - CONTEXT) : start], whole[end : end + CONTEXT], start
    )


def _part(row: list[Any]) -> Part:
    start, end, kind, section, number, endnotes, page = row
    if kind not in get_args(Kind) or not isinstance(start, int) or not isinstance(end, int):
        raise ValueError("this is no part of a text")
    return Part(start, end, kind, section, number, tuple(endnotes), page)


def _paragraph(parts: list[Part]) -> str:
    """`3`, `3–4`, `row 13`; nothing for a heading, a caption or a note."""
    numbers = [part.number for part in parts if part.number and part.kind in ("paragraph", "figure")]
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    span = str(first) if first == last else f"{first}–{last}"
    return f"row {span}" if parts[0].kind == "figure" else span
