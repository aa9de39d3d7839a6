"""What the day asks for: the tiles of the Today page, each a query that a list can show in full."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.i18n import N_
from desktop.model import Entity, FollowUp, Initiative, Meeting, Recommendation
from desktop.service import query
from desktop.service.query import Condition, Order, Query, Row

SHOWN = 6
"""Rows on a tile; the list behind it has them all."""


COUNTED = Condition("level", "in", ("recommendation",))
"""Of recommendations, headings and asks are not counted."""


@dataclass(frozen=True)
class Tile:
    """One question of the day: its title (a message id), the lists behind it, how many rows, the first of them.

    A row comes with its query. The columns of each are the reference, the name, what stands beside it, the day
    and, where there is one, the RAG.
    """

    title: str
    queries: tuple[Query, ...]
    counts: tuple[int, ...]
    rows: list[tuple[Query, Row]]

    @property
    def count(self) -> int:
        """How many rows all its lists have."""
        return sum(self.counts)

    @property
    def leading(self) -> Query:
        """The list that it leads to: the first one that has rows."""
        return next(
            (asked for asked, count in zip(self.queries, self.counts, strict=True) if count), self.queries[0]
        )


@dataclass(frozen=True)
class Board:
    """What the Today page shows of the day."""

    tiles: dict[str, Tile]
    rag: dict[str, int]
    """How many recommendations are red, amber, green and grey."""
    troubled: list[Row]
    """Recommendations that are red, then those that are amber: reference, title, RAG."""


def _follow_ups(*conditions: Condition) -> tuple[Query, ...]:
    columns = ("ref", "title", "owed_by", "due_on", "rag")
    return (Query(FollowUp, columns, where=conditions, order=(Order("due_on"),)),)


def _waiting() -> tuple[Query, ...]:
    """What was set to wait, and what others owe and have not delivered in time."""
    late = (Condition("attention", "in", ("overdue",)), Condition("status", "not", ("waiting",)))
    return (
        *_follow_ups(Condition("status", "in", ("waiting",))),
        *_follow_ups(*late, Condition("direction", "not", ("us",))),
    )


def _stale() -> tuple[Query, ...]:
    """Whatever is owned and open and was not reported on for long: of each kind, the longest silent first."""
    where = (Condition("attention", "in", ("stale",)),)
    return tuple(
        Query(
            entity,
            ("ref", entity.naming, "owner", "last_update_on", "rag"),
            where=(COUNTED, *where) if entity is Recommendation else where,
            order=(Order("last_update_on"),),
        )
        for entity in (Recommendation, Initiative, FollowUp)
    )


def end_of_week(today: str) -> str:
    """The coming Sunday, or today if it is one."""
    day = dt.date.fromisoformat(today)
    return (day + dt.timedelta(days=6 - day.weekday())).isoformat()


def queries(workspace: Any) -> dict[str, tuple[str, tuple[Query, ...]]]:
    """Title and lists of each tile, by its name."""
    today = workspace.today()
    still_open = Condition("status", "in", FollowUp.course.followed)
    week = (Condition("due_on", "from", (today,)), Condition("due_on", "to", (end_of_week(today),)))
    to_come = (
        Condition("state", "in", ("planned",)),
        Condition("historic", "in", (0,)),
        Condition("on", "from", (today,)),
    )
    meetings = Query(Meeting, ("ref", "title", "counterparts", "on"), where=to_come, order=(Order("on"),))
    return {
        "overdue": (N_("Overdue"), _follow_ups(Condition("attention", "in", ("overdue",)))),
        "this_week": (N_("Due this week"), _follow_ups(still_open, *week)),
        "waiting": (N_("Waiting on the other side"), _waiting()),
        "stale": (N_("Gone stale"), _stale()),
        "meetings": (N_("Next meetings"), (meetings,)),
    }


def board(workspace: Any) -> Board:
    """The day as it stands; `workspace` needs only to be readable, so that a worker thread can ask too."""
    tiles = {name: _tile(workspace, title, asked) for name, (title, asked) in queries(workspace).items()}
    return Board(tiles, rag(workspace, Recommendation), _troubled(workspace))


def _tile(workspace: Any, title: str, queries: tuple[Query, ...]) -> Tile:
    counts = tuple(query.count(workspace, asked) for asked in queries)
    rows = [(asked, row) for asked in queries for row in query.page(workspace, asked, SHOWN)]
    return Tile(title, queries, counts, rows[:SHOWN])


def _troubled(workspace: Any) -> list[Row]:
    found: list[Row] = []
    for colour in ("red", "amber"):
        where = (COUNTED, Condition("rag", "in", (colour,)))
        asked = Query(Recommendation, ("ref", "title", "rag"), where=where, order=(Order("ref"),))
        found += query.page(workspace, asked, SHOWN)
    return found[:SHOWN]


def rag(workspace: Any, entity: type[Entity]) -> dict[str, int]:
    """How many records have each RAG; of recommendations, those of that level only."""
    where = (COUNTED,) if entity is Recommendation else ()
    counts = dict.fromkeys(("red", "amber", "green", "grey"), 0)
    for row in query.page(workspace, Query(entity, ("rag",), where=where), limit=-1):
        counts[row[1]] += 1
    return counts
