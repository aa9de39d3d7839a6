"""Texts within the tables of documents: cut to their room, and with what is to be said of them below."""

from __future__ import annotations

from desktop.export import measure
from desktop.export.documents.content import Span, Spans, words

MOST = 4_000
"""What a text within a table takes before it is cut, in hundredths of an em."""


def told(text: str, below: str) -> Spans:
    """A text, and under it, muted, what is to be said of it."""
    return (Span(text), Span(f"\n{below}", muted=True)) if below else words(text)


def short(text: str, most: float = MOST) -> str:
    """A text on one line, cut where it takes too much room."""
    line = " ".join(text.split())
    if measure.width(line) <= most:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure.width(line[:middle]) <= most else (low, middle - 1)
    kept = line[:low]
    if not measure.wide(kept) and " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;:、，；：") + "…"
