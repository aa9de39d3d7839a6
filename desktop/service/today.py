"""What the day asks for: the tiles of the Today page, each a query that a list can show in full."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.i18n import N_
from desktop.model import Entity, FollowUp, Meeting, Operation, Recommendation
from desktop.service import history, query
from desktop.service.query import Condition, Order, Query, Row
from desktop.service.workspace import Workspace

SHOWN = 6
"""Rows on a tile; the list behind it has them all."""


@dataclass(frozen=True)
class Tile:
    """One question of the day: its title (a message id), the query behind it, how many rows, the first of them."""

    title: str
    query: Query
    count: int
    rows: list[Row]

    @property
    def entity(self) -> type[Any]:
        return self.query.entity

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return self.query.where

    @property
    def columns(self) -> tuple[str, ...]:
        return self.query.columns


@dataclass(frozen=True)
class Board:
    """All that the Today page shows."""

    overdue: Tile
    this_week: Tile
    waiting: Tile
    stale: Tile
    meetings: Tile
    changes: list[Operation]
    rag: dict[str, int]
    """How many recommendations are red, amber, green and grey."""


def _follow_ups(*conditions: Condition) -> Query:
    return Query(
        FollowUp, ("ref", "title", "owed_by", "due_on", "rag"), where=conditions, order=(Order("due_on"),)
    )


def end_of_week(today: str) -> str:
    """The coming Sunday, or today if it is one."""
    day = dt.date.fromisoformat(today)
    return (day + dt.timedelta(days=6 - day.weekday())).isoformat()


def queries(workspace: Workspace) -> dict[str, tuple[str, Query]]:
    """Title and query of each tile, by its name on the board."""
    today = workspace.today()
    still_open = Condition("status", "in", FollowUp.course.followed)
    stale = Condition("attention", "in", ("stale",))
    meeting_columns = ("ref", "title", "on", "place", "counterparts")
    return {
        "overdue": (N_("Overdue"), _follow_ups(Condition("attention", "in", ("overdue",)))),
        "this_week": (
            N_("Due this week"),
            _follow_ups(
                still_open,
                Condition("due_on", "from", (today,)),
                Condition("due_on", "to", (end_of_week(today),)),
            ),
        ),
        "waiting": (N_("Waiting on the other side"), _follow_ups(Condition("status", "in", ("waiting",)))),
        "stale": (N_("Gone stale"), _follow_ups(stale)),
        "meetings": (
            N_("Next meetings"),
            Query(
                Meeting,
                meeting_columns,
                where=(
                    Condition("state", "in", ("planned",)),
                    Condition("historic", "in", (0,)),
                    Condition("on", "from", (today,)),
                ),
                order=(Order("on"),),
            ),
        ),
    }


def board(workspace: Workspace) -> Board:
    """The day as it stands."""
    tiles = {
        name: Tile(title, asked, query.count(workspace, asked), query.page(workspace, asked, SHOWN))
        for name, (title, asked) in queries(workspace).items()
    }
    return Board(**tiles, changes=list(history.operations(SHOWN)), rag=rag(workspace, Recommendation))


def rag(workspace: Workspace, entity: type[Entity]) -> dict[str, int]:
    """How many records have each RAG; of recommendations, those of that level only."""
    where = (Condition("level", "in", ("recommendation",)),) if entity is Recommendation else ()
    counts = dict.fromkeys(("red", "amber", "green", "grey"), 0)
    for row in query.page(workspace, Query(entity, ("rag",), where=where), limit=-1):
        counts[row[1]] += 1
    return counts
