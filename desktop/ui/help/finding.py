"""Search in the help: pages that have all words, those first that have them in their title or their headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.export.documents import markdown
from desktop.ui.help.pages import Page
from desktop.ui.lists.hits import Terms, hits, terms_of

AROUND = 32
"""Characters shown on either side of the first hit."""


class Found(NamedTuple):
    """A page and where in it the words stand."""

    page: Page
    excerpt: str


def find(pages: Sequence[Page], text: str) -> list[Found]:
    """The pages that have all words of a text, the best first; all of them for a text without words."""
    terms = terms_of(text)
    if not terms:
        return [Found(page, "") for page in pages]
    ranked = []
    for place, page in enumerate(pages):
        said = markdown.flat(page.text)
        if all(hits(said, (term,)) for term in terms):
            ranked.append((-_weight(page, said, terms), place, Found(page, _excerpt(said, terms))))
    return [found for _weight_, _place, found in sorted(ranked, key=lambda each: each[:2])]


def _weight(page: Page, said: str, terms: Terms) -> int:
    """A word in the title counts for ten, in a heading for three."""
    headings = " ".join(line for line in page.text.splitlines()[1:] if line.startswith("#"))
    return 10 * len(hits(page.title, terms)) + 3 * len(hits(headings, terms)) + min(9, len(hits(said, terms)))


def _excerpt(said: str, terms: Terms) -> str:
    """The first hit beyond the title, with what stands around it."""
    places = hits(said, terms)
    start, end = next((place for place in places if place[0] > AROUND), places[0])
    first, last = max(0, start - AROUND), min(len(said), end + 2 * AROUND)
    return ("…" if first else "") + said[first:last].strip() + ("…" if last < len(said) else "")
