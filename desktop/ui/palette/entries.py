"""The rows of the palette: headings, records, pages and commands, each with all that is painted and said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.i18n import _, captioned, format_date, join_parts
from desktop.service.finding import Hit
from desktop.service.finding.hit import Marks
from desktop.service.hits import Terms, hits, present, terms_of
from desktop.text import fold
from desktop.ui.palette.offers import Offer
from desktop.ui.widgets.rag import word

ICONS = {
    "follow_up": "follow-ups",
    "meeting": "meetings",
    "series": "calendar",
    "recommendation": "recommendations",
    "initiative": "initiatives",
    "organisation": "organisation",
    "person": "person",
    "sector": "sector",
    "source": "source",
}
"""By entity key."""
COMMAND_MARKS = (">", "\uff1e")
"""What restricts a search to commands, in either width."""
SOON = 3
"""Letters from which commands that begin so come before records."""


@dataclass(frozen=True)
class Entry:
    """A row. A heading has a title alone; what cannot be chosen is greyed."""

    title: str
    heading: bool = False
    icon: str = ""
    marks: Marks = ()
    ref: str = ""
    rag: str = ""
    label: str = ""
    """What stands before the second line: where the words were found."""
    second: str = ""
    second_marks: Marks = ()
    keys: str = ""
    enabled: bool = True
    hit: Hit | None = None
    command: str = ""
    """The key of a command."""
    act: Callable[[], Any] | None = None
    """What is done when it is chosen, where it is no record."""

    def said(self) -> str:
        """The row in words, for a screen reader."""
        if self.heading:
            return self.title
        rag = word(self.rag) if self.rag else ""
        name = f"{self.ref} {self.title}".strip()
        return join_parts(
            name, rag, captioned(self.label, self.second) if self.label else self.second, self.keys
        )


def of_records(found: Iterable[Hit]) -> list[Entry]:
    """Records under the heading of their kind; the kind of the best one comes first."""
    groups: dict[Any, list[Entry]] = {}
    for hit in found:
        groups.setdefault(hit.entity, []).append(of_hit(hit))
    return [row for entity, rows in groups.items() for row in (Entry(_(entity.plural), heading=True), *rows)]


def of_hit(hit: Hit) -> Entry:
    """A record."""
    sentence, label, second, marks = hit.sentence, "", hit.facts, ()
    if sentence is not None:
        label = join_parts(sentence.label, format_date(sentence.day) if sentence.day else "")
        second, marks = sentence.text, sentence.marks
    return Entry(
        hit.name, icon=ICONS[hit.entity.key()], marks=hit.marks, ref=hit.ref, rag=hit.rag, label=label,
        second=second, second_marks=marks, hit=hit,
    )  # fmt: skip


def recent(found: Sequence[Hit]) -> list[Entry]:
    """Records that were worked on last."""
    return [Entry(_("Recently changed"), heading=True), *map(of_hit, found)] if found else []


def of_offers(title: str, offers: Iterable[Offer], text: str) -> list[Entry]:
    """Under a title what is offered and has all words in its name, here or in English; all without a text."""
    terms = terms_of(text)
    if text.strip() and not terms:
        return []
    rows = [
        Entry(
            each.name, icon=each.icon, marks=hits(each.name, terms), keys=each.keys, enabled=each.enabled,
            command=each.command, act=each.act,
        )
        for each in offers
        if _named(each, terms)
    ]  # fmt: skip
    if terms:
        rows.sort(key=lambda row: (not begins(row, text), not row.enabled))
    return [Entry(title, heading=True), *rows] if rows else []


def _named(offer: Offer, terms: Terms) -> bool:
    return any(present(fold(each), terms) == len(terms) for each in (offer.name, offer.source))


def begins(row: Entry, text: str) -> bool:
    """Whether the name of a row begins with what was typed."""
    return fold(row.title).startswith(" ".join(fold(text).split()))


def together(text: str, records: list[Entry], *others: list[Entry]) -> list[Entry]:
    """All rows: records, then the others; of these, before the records, those that begin with what was typed."""
    before: list[Entry] = []
    after: list[Entry] = []
    for rows in others:
        soon = len(text.strip()) >= SOON and any(begins(row, text) and row.enabled for row in rows[1:])
        (before if soon else after).extend(rows)
    return [*before, *records, *after]
