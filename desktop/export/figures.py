"""What the cover and the summary count. Headings and meetings are in no count; asks are counted by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any

from desktop.export import wording
from desktop.export.snapshot import Snapshot
from desktop.model import FollowUp, Initiative, Recommendation, Record, Update, field, scales
from desktop.model.visibility import INTERNAL
from desktop.service.query import Condition, Order, Query, Row

RAGS = tuple(scales.RAG)
OPEN = (Condition("status", "not", (*FollowUp.course.done, *FollowUp.course.closed)),)
COUNTED = (Condition("level", "in", ("recommendation",)),)
ASKS = (Condition("level", "in", ("ask",)),)
BROKEN_DOWN: dict[str, tuple[type[Record], tuple[Condition, ...]]] = {
    "follow_ups": (FollowUp, OPEN),
    "initiatives": (Initiative, ()),
    "recommendations": (Recommendation, COUNTED),
}
"""What is broken down by country and sector."""


@dataclass
class Line:
    """A row of a breakdown: what is counted for one country, sector or side, by RAG."""

    name: str
    rags: Counter[str] = dataclass_field(default_factory=Counter)
    overdue: int = 0


class Figures:
    """The counts of one snapshot, for a period."""

    def __init__(
        self, snapshot: Snapshot, since: str, until: str, closed: tuple[str, ...] | None = None
    ) -> None:
        self._snapshot, self.since, self.until = snapshot, since, until
        self._closed = closed
        """The uids of the follow-ups that were closed in the period; None where the days tell it."""

    @cached_property
    def recommendations(self) -> Counter[Row]:
        """By status and RAG."""
        return self._snapshot.tally(Query(Recommendation, ("status", "rag"), where=COUNTED))

    @cached_property
    def asks(self) -> Counter[Row]:
        """What recommendations ask for in particular, by status and RAG."""
        return self._snapshot.tally(Query(Recommendation, ("status", "rag"), where=ASKS))

    @cached_property
    def initiatives(self) -> Counter[Row]:
        """By stage and RAG."""
        return self._snapshot.tally(Query(Initiative, ("stage", "rag")))

    @cached_property
    def follow_ups(self) -> Counter[Row]:
        """By status and RAG; the closed ones as far back as the period goes."""
        return self._tally_follow_ups()

    def _tally_follow_ups(self) -> Counter[Row]:
        closed = [Condition("status", "in", OPEN[0].values)]
        if self._closed is not None:
            closed.append(Condition("uid", "in", self._closed))
        elif self.since:
            closed.append(Condition("closed_on", "from", (self.since,)))
        both = Counter[Row]()
        for where in (OPEN, tuple(closed)):
            both.update(self._snapshot.tally(Query(FollowUp, ("status", "rag"), where=where)))
        return both

    @cached_property
    def overdue(self) -> int:
        """Follow-ups whose date has passed."""
        return sum(line.overdue for line in self.by_side)

    @cached_property
    def updates(self) -> int:
        """Entries of the progress log in the period."""
        bounds = (("from", self.since), ("to", self.until))
        where = tuple(Condition("on", operator, (day,)) for operator, day in bounds if day)
        return self._snapshot.count(Query(Update, ("on",), where=where))

    @cached_property
    def by_recommendation(self) -> list[Row]:
        """Ref, title, status, RAG, linked initiatives, open and overdue follow-ups of each recommendation."""
        columns = ("ref", "title", "status", "rag", "initiatives", "follow_ups", "follow_ups_overdue")
        query = Query(Recommendation, columns, where=COUNTED, order=(Order("ref"),))
        return [
            (*row[1:5], len(row[5].split(";")) if row[5] else 0, *row[6:])
            for row in self._snapshot.rows(query)
        ]

    @cached_property
    def by_side(self) -> list[Line]:
        """Open follow-ups by who owes them, in the order of the scale."""
        kind = field(FollowUp, "direction")
        lines = {kind.text(key): Line(kind.text(key)) for key in scales.DIRECTION}
        self._add(lines, FollowUp, OPEN, "direction", lambda raw: [kind.text(raw)])
        return [line for line in lines.values() if line.rags]

    def by_country(self, what: str) -> list[Line]:
        """Follow-ups that are open, initiatives or recommendations of each country, the most laden first."""
        return self._by_set(what, "countries")

    def by_sector(self, what: str) -> list[Line]:
        """The same of each sector."""
        return self._by_set(what, "sectors")

    def _by_set(self, what: str, name: str) -> list[Line]:
        entity, where = BROKEN_DOWN[what]
        kind: Any = field(entity, name)
        lines: dict[str, Line] = {}
        words = wording.cell(kind)
        self._add(lines, entity, where, name, lambda raw: str(words(raw)).split("; ") if raw else [])
        return sorted(lines.values(), key=lambda line: (-sum(line.rags.values()), line.name))

    def _add(
        self,
        lines: dict[str, Line],
        entity: type[Record],
        where: tuple[Condition, ...],
        name: str,
        elements: Callable[[Any], list[str]],
    ) -> None:
        query = Query(entity, (name, "rag", "attention"), where=where)
        for (raw, rag, attention), count in self._snapshot.tally(query).items():
            for element in elements(raw):
                line = lines.setdefault(element, Line(element))
                line.rags[rag] += count
                line.overdue += count if attention == "overdue" else 0

    @property
    def whole(self) -> bool:
        """Whether all that there is is counted, not only what others may see."""
        return self._snapshot.audience == INTERNAL

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to count at all."""
        return not (self.recommendations or self.asks or self.initiatives or self.follow_ups)
