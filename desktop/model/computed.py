"""Computed columns: never typed, never stored, written as one SQL expression over the record's own row.

`{t}` is the row's table; `{today}` the workspace's day, `{today+14}` a day relative to it: they are bound when
the query runs, so that its SQL can be kept. To add one: a `Computed(...)` line in the entity; no migration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import peewee as pw

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.kind import literal
from desktop.model.kinds import Choice, Kind
from desktop.model.relations import next_place

DUE_SOON_DAYS = 14
STALE_DAYS = 60


@dataclass(frozen=True)
class Day:
    """A parameter that stands for the workspace's today, plus some days."""

    offset: int = 0


_HOLE = re.compile(r"\{today(?P<offset>[+-]\d+)?\}")


def sql(text: str, table: str = "t") -> pw.SQL:
    """The peewee expression of an SQL text with `{t}` and `{today+n}` in it."""
    days = [Day(int(hole["offset"] or 0)) for hole in _HOLE.finditer(text)]
    return pw.SQL("(" + _HOLE.sub("?", text).replace("{t}", table) + ")", days)


class Computed(Kind):
    """A column computed by SQL; `as_` is the kind that shows what it gives.

    `cases` gives, for its values, conditions that say the same and that an index can answer: lists filter by them.
    """

    is_column = False

    def __init__(
        self,
        label: str,
        expression: str,
        as_: Kind,
        *,
        cases: Mapping[str, str] | None = None,
        **described: Any,
    ) -> None:
        described.setdefault("width", as_.width)
        super().__init__(label, derived=True, **described)
        self._order = next_place()
        self.expression, self.as_, self.cases = expression, as_, dict(cases or {})
        self.align = as_.align

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = self.as_.name = name

    def text(self, value: Any) -> str:
        return self.as_.text(value)

    def cell(self, raw: Any) -> Any:
        return self.as_.cell(raw)

    def parse(self, text: str) -> Any:
        return self.as_.parse(text)

    def order(self, column: Any) -> Any:
        return self.as_.order(column)

    def to_json(self, value: Any) -> Any:
        return self.as_.to_json(value)


ATTENTION = {"overdue": N_("Overdue"), "due_soon": N_("Due soon"), "stale": N_("Stale")}


@dataclass(frozen=True)
class Course:
    """How a record's status, due date and updates make it overdue, stale, and red, amber or green.

    `status` and `due` are columns, `scale` the scale of the status; of its values, those in `done` and `closed`
    end the course, `stalled` makes red, `paused` amber, `not_started` grey. `grey_where` is SQL for what is never
    followed. The order of the tests is that of docs/workbook.md.
    """

    status: str
    scale: Mapping[str, str] = field(hash=False)
    due: str
    done: tuple[str, ...]
    closed: tuple[str, ...]
    stalled: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    not_started: tuple[str, ...] = ()
    grey_where: str = ""

    @property
    def ended(self) -> tuple[str, ...]:
        """The values of the scale with which there is nothing more to follow."""
        return self.done + self.closed

    @property
    def followed(self) -> tuple[str, ...]:
        """The other values of the scale."""
        return tuple(value for value in self.scale if value not in self.ended)

    @property
    def open(self) -> str:
        """SQL: the record is still to be followed."""
        followed = f"{{t}}.{self.status} IN ({_words(self.followed)})"
        return f"({followed} AND NOT {self.grey_where})" if self.grey_where else followed

    @property
    def overdue(self) -> str:
        """SQL: open, and its date has passed."""
        return f"({self.open} AND {{t}}.{self.due} < {{today}})"

    @property
    def due_soon(self) -> str:
        """SQL: open, and due within `DUE_SOON_DAYS`."""
        day = f"{{t}}.{self.due}"
        return f"({self.open} AND {day} >= {{today}} AND {day} <= {{today+{DUE_SOON_DAYS}}})"

    @property
    def stale(self) -> str:
        """SQL: open, owned, and without an update for `STALE_DAYS`."""
        return (
            f"({self.open} AND {{t}}.owner_id IS NOT NULL"
            f" AND coalesce({{t}}.last_update_on, {{t}}.adopted_on) < {{today-{STALE_DAYS}}})"
        )

    @property
    def untouched(self) -> str:
        """SQL: nobody owns it and nothing was ever reported, as in a catalogue that was just loaded."""
        return "({t}.owner_id IS NULL AND {t}.last_update_on IS NULL)"

    @property
    def rag(self) -> str:
        """SQL: green, grey, red or amber; the first test that holds decides."""
        status = f"{{t}}.{self.status}"
        return (
            f"CASE WHEN {status} IN ({_words(self.done)}) THEN 'green'"
            f" WHEN {self.grey_where or 0} OR {status} IN ({_words(self.closed)}) THEN 'grey'"
            f" WHEN {{t}}.rag_set <> '' THEN {{t}}.rag_set"
            f" WHEN {status} IN ({_words(self.stalled)}) OR {self.overdue} OR {{t}}.times_slipped >= 2 THEN 'red'"
            f" WHEN {status} IN ({_words(self.paused)}) OR {{t}}.times_slipped = 1 OR {self.due_soon}"
            f" OR {self.stale} THEN 'amber'"
            f" WHEN {status} IN ({_words(self.not_started)}) OR {self.untouched} THEN 'grey' ELSE 'green' END"
        )

    def rag_column(self) -> Computed:
        """The RAG as a column."""
        return Computed(
            N_("RAG"),
            self.rag,
            Choice("", scales.RAG),
            listed=True,
            filtered=True,
            width=10,
            section="progress",
        )

    def attention_column(self) -> Computed:
        """What calls for attention, the most pressing of it, as a column."""
        pressing = {"overdue": self.overdue, "due_soon": self.due_soon, "stale": self.stale}
        # A date that is missing makes a test NULL, whose NOT would be NULL too.
        only_stale = f"({self.stale} AND {self.overdue} IS NOT TRUE AND {self.due_soon} IS NOT TRUE)"
        tests = " ".join(f"WHEN {test} THEN '{word}'" for word, test in pressing.items())
        return Computed(
            N_("Attention"),
            f"CASE {tests} ELSE '' END",
            Choice("", ATTENTION),
            cases={**pressing, "stale": only_stale},
            filtered=True,
            width=12,
            section="progress",
        )


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(map(literal, values)) or "NULL"
