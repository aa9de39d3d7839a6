"""New rows that may be there already: in the workspace, or in an earlier row of the same file.

Names are compared by their words, whatever their order; what is only alike counts where date or organisation agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from desktop.export.intake.tracker.plan import Likely, PlannedRow
from desktop.export.intake.tracker.shown import is_japanese, plain
from desktop.model import Entity, FollowUp, Initiative, Meeting, Organisation, Person, Recommendation

SAME, ALIKE = 97, 88
"""From how many per cent of likeness on two names are one; and are, where date or organisation agree too."""
COMMON = 400
"""Names with a word in common beyond which that word tells nothing."""
FACTS: dict[type[Any], tuple[str, ...]] = {
    FollowUp: ("due_on", "owed_by", "owed_by_person", "meeting"),
    Initiative: ("founded", "start_on"),
    Recommendation: ("target_on",),
    Meeting: ("on",),
    Person: ("organisation", "email"),
    Organisation: ("country",),
}
"""What must agree where names are only alike."""


@dataclass(frozen=True)
class Named:
    """Something that a new row is compared with."""

    name: str
    facts: tuple[Any, ...]
    likely: Likely


class Names:
    """Names by their words: only those with one in common are compared."""

    def __init__(self, entity: type[Entity]) -> None:
        self.facts = FACTS[entity]
        self._held: list[Named] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)

    def add(self, name: str, facts: tuple[Any, ...], likely: Likely) -> None:
        """Keep a name to compare with."""
        bare = plain(name)
        for word in _words(bare):
            self._by_word[word].append(len(self._held))
        self._by_name[bare].append(len(self._held))
        self._held.append(Named(bare, facts, likely))

    def like(self, name: str, facts: tuple[Any, ...]) -> list[Likely]:
        """What bears nearly this name, likeliest first."""
        bare = plain(name)
        lists = sorted((self._by_word.get(word, []) for word in _words(bare)), key=len)
        candidates = {*self._by_name.get(bare, [])[:3]}
        candidates |= {at for held in lists if len(held) <= COMMON for at in held}
        found = []
        for at in candidates:
            other = self._held[at]
            likeness = fuzz.token_sort_ratio(bare, other.name)
            facts_agree = likeness >= SAME or (likeness >= ALIKE and _agree(facts, other.facts))
            if bare == other.name or (facts_agree and _counts(bare, other.name)):
                found.append((-round(likeness), at))
        return [replace(self._held[at].likely, likeness=-likeness) for likeness, at in sorted(found)[:3]]


def _words(bare: str) -> set[str]:
    if is_japanese(bare):
        return {bare[at : at + 2] for at in range(len(bare) - 1)} or {bare}
    return {word for word in bare.split() if len(word) > 2} or {bare}


def _counts(one: str, other: str) -> bool:
    """Whether two names have the same numbers in them."""
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)


def _agree(one: Iterable[Any], other: Iterable[Any]) -> bool:
    return any(a is not None and a != "" and a == b for a, b in zip(one, other, strict=True))


def existing(entity: type[Entity]) -> Names:
    """The names of all records of a kind."""
    held = Names(entity)
    columns: list[Any] = [getattr(entity, name) for name in ("ref", entity.naming, *held.facts)]
    rows: Any = entity.select(*columns).tuples()
    for ref, name, *facts in list(rows):
        held.add(name, tuple(facts), Likely(0, name, ref))
    return held


def mark(rows: Iterable[PlannedRow], entity: type[Entity], there: Names) -> None:
    """Note at each new row what it may be once more."""
    before = Names(entity)
    for row in rows:
        if not row.name:
            continue
        facts = tuple(row.values.get(name) for name in before.facts)
        row.likely = (*there.like(row.name, facts), *before.like(row.name, facts))[:3]
        before.add(row.name, facts, Likely(0, row.name, "", row.taken.sheet, row.taken.row))
