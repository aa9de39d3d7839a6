"""What the day asks for: the tiles and pictures of the Today page, each with the list that shows it in full.

Counts and pictures are read from the figures that are kept (`summaries`); of a list, the first few rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from desktop.i18n import N_
from desktop.model import Entity, FollowUp, Initiative, Meeting, Recommendation
from desktop.service import query, summaries
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
    """What was read of the Today page: all of it, or what a change concerns."""

    tiles: dict[str, Tile] = field(default_factory=dict)
    pictures: dict[str, Any] = field(default_factory=dict)
    """What the functions of `PICTURES` give."""
    troubled: list[Row] | None = None
    """Recommendations that are red, then those that are amber: reference, title, RAG; None where it was not read."""


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


def counts(workspace: Any) -> dict[str, Callable[[], tuple[int, ...]]]:
    """How many rows the lists of each tile have, from the figures that are kept."""
    day = workspace.today()

    def needing(what: str, *entities: type[Entity]) -> tuple[int, ...]:
        return tuple(summaries.needing(workspace, entity, what) for entity in entities)

    return {
        "overdue": lambda: needing("overdue", FollowUp),
        "this_week": lambda: (summaries.due_between(workspace, FollowUp, day, end_of_week(day)),),
        "waiting": lambda: summaries.waiting(workspace),
        "stale": lambda: needing("stale", Recommendation, Initiative, FollowUp),
        "meetings": lambda: (summaries.coming(workspace),),
    }


PICTURES: dict[str, Callable[[Any], Any]] = {
    "rag": lambda workspace: summaries.rag(workspace, Recommendation),
    "weeks": summaries.weeks,
    "worst": summaries.worst,
    "stages": summaries.stages,
    "activity": summaries.activity,
}
"""What each picture is drawn from."""

_NAMES = frozenset({"organisation", "person", "fact"})
_COURSE = frozenset({"update", "extension", "fact"})
CONCERNED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("overdue", "this_week", "waiting"), _NAMES | _COURSE | {"follow_up"}),
    "stale": _NAMES | _COURSE | {"recommendation", "initiative", "follow_up"},
    "meetings": _NAMES | {"meeting", "attendance"},
    **dict.fromkeys(("rag", "troubled"), _COURSE | {"recommendation"}),
    "weeks": frozenset({"follow_up"}),
    "worst": _NAMES | {"follow_up"},
    "stages": frozenset({"initiative"}),
}
"""Whose changes each part shows. What is not named here follows every operation."""
PARTS = (*CONCERNED, "activity")


def concerned(touched: Collection[str]) -> frozenset[str]:
    """The parts that may show something else after records of these entities were written."""
    return frozenset(
        part for part in PARTS if not CONCERNED.get(part, frozenset(touched)).isdisjoint(touched)
    )


def board(workspace: Any, parts: Collection[str] = PARTS) -> Board:
    """The day as it stands; `workspace` needs only to be readable, so that a worker thread can ask too."""
    counted = counts(workspace)
    return Board(
        {
            name: _tile(workspace, title, asked, counted[name]())
            for name, (title, asked) in queries(workspace).items()
            if name in parts
        },
        {name: read(workspace) for name, read in PICTURES.items() if name in parts},
        _troubled(workspace) if "troubled" in parts else None,
    )


def _tile(workspace: Any, title: str, queries: tuple[Query, ...], counts: tuple[int, ...]) -> Tile:
    rows: list[tuple[Query, Row]] = []
    for asked, count in zip(queries, counts, strict=True):
        if count and len(rows) < SHOWN:
            rows += [(asked, row) for row in query.page(workspace, asked, SHOWN - len(rows))]
    return Tile(title, queries, counts, rows)


def _troubled(workspace: Any) -> list[Row]:
    found: list[Row] = []
    for colour in ("red", "amber"):
        asked = Query(Recommendation, ("ref", "title", "rag"), where=standing(colour), order=(Order("ref"),))
        found += query.page(workspace, asked, SHOWN)
    return found[:SHOWN]


def rag(workspace: Any, entity: type[Entity]) -> dict[str, int]:
    """How many records have each RAG; of recommendations, those of that level only."""
    return summaries.rag(workspace, entity)


# ---- the lists behind the marks of the pictures


def standing(colour: str) -> tuple[Condition, ...]:
    """Of the recommendations, those of a RAG."""
    return COUNTED, Condition("rag", "in", (colour,))


def in_week(what: str, week: summaries.Week) -> tuple[Condition, ...]:
    """Of the follow-ups, those that were `raised` or `closed` in a week."""
    day = f"{what}_on"
    return Condition(day, "from", (week.monday,)), Condition(day, "to", (week.sunday,))


def overdue_with(other: summaries.Counterpart, way: str) -> tuple[Condition, ...]:
    """Of the follow-ups, those overdue with a counterpart: `us` owe it, or `them`."""
    end = "owed_to" if way == "us" else "owed_by"
    ours = Condition("direction", "in" if way == "us" else "not", ("us",))
    late = Condition("attention", "in", ("overdue",))
    if other.organisation is not None:
        return late, ours, Condition(end, "in", (other.organisation,))
    person = Condition(f"{end}_person", "empty", (True,))
    if other.person is not None:
        person = Condition(f"{end}_person", "in", (other.person,))
    return late, ours, Condition(end, "empty", (True,)), person


def at_stage(stage: summaries.Stage) -> tuple[Condition, ...]:
    """Of the initiatives, those of a stage."""
    return (Condition("stage", "in", (stage.key,)),)
