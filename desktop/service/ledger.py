"""The ledger: what is open, by who owes it, grouped by the other end; and the follow-ups of one group.

Figures are counted by the database in one pass; the follow-ups of a group are read by windows when it is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from desktop.model import FollowUp, Person
from desktop.text import fold

US = "us"
DIRECTIONS: tuple[str, ...] = ("us", "partner", "host", "capital", "other")
"""Who owes, in the order of the page."""

Counterpart = tuple[int | None, int | None]
"""The id of an organisation, or else that of a person, or neither: nobody is named."""


@dataclass(frozen=True)
class Group:
    """What is open with one counterpart: those whom we owe, or those who owe."""

    organisation: int | None
    person: int | None
    """Only of a person who stands for no organisation."""
    name: str
    """'' where nobody is named."""
    count: int
    overdue: int
    oldest: str | None
    """The earliest day on which something of it is, or was, due."""
    slipped: int
    """How many of them were put off at least once."""

    @property
    def key(self) -> Counterpart:
        """What tells it from the other groups of its direction."""
        return self.organisation, self.person


@dataclass(frozen=True)
class Direction:
    """What is open of one direction."""

    key: str
    count: int
    overdue: int
    groups: int


@dataclass(frozen=True)
class Row:
    """A follow-up as the ledger shows it; `status`, `rag` are keys of their scales, `last_word` may be of lines."""

    id: int
    ref: str
    title: str
    due_on: str | None
    due_first: str | None
    days_overdue: int | None
    times_slipped: int
    last_word: str
    last_on: str | None
    status: str
    rag: str
    owner: str
    meeting: str
    meeting_title: str


def _sql(text: str) -> str:
    """An expression of the model's with the day as a named parameter."""

    def day(hole: re.Match[str]) -> str:
        return f"date(:today, '{hole[1]} days')" if hole[1] else ":today"

    return re.sub(r"\{today([+-]\d+)?\}", day, text.replace("{t}", "t"))


_OPEN, _OVERDUE = _sql(FollowUp.course.open), _sql(FollowUp.course.overdue)


def _end(direction: str) -> str:
    """The column of the counterpart's organisation, without `_id`; of their person, with `_person` behind it."""
    return "owed_to" if direction == US else "owed_by"


_GROUPED = f"""
    SELECT CASE t.direction WHEN '{US}' THEN t.owed_to_id ELSE t.owed_by_id END AS organisation,
        CASE t.direction WHEN '{US}' THEN t.owed_to_person_id ELSE t.owed_by_person_id END AS person,
        t.direction AS direction, count(*) AS count, sum({_OVERDUE} IS TRUE) AS overdue, min(t.due_on) AS oldest,
        sum(t.times_slipped > 0) AS slipped
    FROM follow_up t WHERE {_OPEN} GROUP BY 3, 1, 2
"""
"""SQL: the ends as they are named. There are few of them: persons are put to their organisations afterwards."""

_NAMED = f"""
    SELECT c.*, coalesce(nullif(o.acronym, ''), o.name, q.name, '') FROM (
        SELECT g.direction AS direction, coalesce(g.organisation, p.organisation_id) AS organisation,
            CASE WHEN coalesce(g.organisation, p.organisation_id) IS NULL THEN g.person END AS person,
            sum(g.count), sum(g.overdue), min(g.oldest), sum(g.slipped)
        FROM ({_GROUPED}) g LEFT JOIN person p ON p.id = g.person GROUP BY 1, 2, 3
    ) c LEFT JOIN organisation o ON o.id = c.organisation LEFT JOIN person q ON q.id = c.person
"""


def read(workspace: Any) -> dict[str, list[Group]]:
    """The groups of every direction, what presses most first; `workspace` needs only to be readable."""
    found: dict[str, list[Group]] = {direction: [] for direction in DIRECTIONS}
    for direction, *values, name in workspace.engine.rows(_NAMED, {"today": workspace.today()}):
        organisation, person, count, overdue, oldest, slipped = values
        found[direction].append(Group(organisation, person, name, count, overdue, oldest, slipped))
    for of_it in found.values():
        of_it.sort(key=_pressing)
    return found


def _pressing(group: Group) -> tuple[Any, ...]:
    return not group.overdue, group.oldest or "~", -group.count, fold(group.name), group.key


def directions(workspace: Any) -> list[Direction]:
    """What is open of each direction, in the order of the scale."""
    return summed(read(workspace))


def summed(found: dict[str, list[Group]]) -> list[Direction]:
    """The figures of each direction, from those of its groups."""
    return [
        Direction(key, sum(g.count for g in of_it), sum(g.overdue for g in of_it), len(of_it))
        for key, of_it in found.items()
    ]


def groups(workspace: Any, direction: str) -> list[Group]:
    """The groups of one direction, what presses most first."""
    return read(workspace)[direction]


def _members(direction: str, key: Counterpart) -> tuple[str, dict[str, Any]]:
    """The condition under which an open follow-up belongs to a group, and what it is sent with."""
    end = f"t.{_end(direction)}"
    organisation, person = key
    where = f"{_OPEN} AND t.direction = :direction AND "
    if organisation is not None:
        theirs = "SELECT id FROM person WHERE organisation_id = :organisation"
        where += f"({end}_id = :organisation OR ({end}_id IS NULL AND {end}_person_id IN ({theirs})))"
        return where, {"direction": direction, "organisation": organisation}
    if person is not None:
        return f"{where}{end}_id IS NULL AND {end}_person_id = :person", {
            "direction": direction,
            "person": person,
        }
    return f"{where}{end}_id IS NULL AND {end}_person_id IS NULL", {"direction": direction}


_ORDER = "t.due_on IS NULL, t.due_on, t.id"
_LAST = """(SELECT u.id FROM "update" u WHERE u.subject_id = t.id ORDER BY u."on" DESC, u.id DESC LIMIT 1)"""


def rows(workspace: Any, direction: str, key: Counterpart, limit: int = 200, offset: int = 0) -> list[Row]:
    """The follow-ups of a group, the longest due first, without a day last."""
    where, values = _members(direction, key)
    chosen = f"SELECT t.id FROM follow_up t WHERE {where} ORDER BY {_ORDER} LIMIT :limit OFFSET :offset"
    sql = f"""
        SELECT t.id, t.ref, t.title, t.due_on, t.due_first, CASE WHEN {_OVERDUE}
            THEN CAST(julianday(:today) - julianday(t.due_on) AS INTEGER) END, t.times_slipped,
            coalesce(nullif(u.done, ''), nullif(u.next, ''), u.blocks, ''), u."on", t.status,
            {_sql(FollowUp.course.rag)}, coalesce(o.name, ''), coalesce(m.ref, ''), coalesce(m.title, '')
        FROM follow_up t LEFT JOIN "update" u ON u.id = {_LAST} LEFT JOIN person o ON o.id = t.owner_id
            LEFT JOIN meeting m ON m.id = t.meeting_id
        WHERE t.id IN ({chosen}) ORDER BY {_ORDER}
    """
    values |= {"today": workspace.today(), "limit": limit, "offset": offset}
    return [Row(*row) for row in workspace.engine.rows(sql, values)]


def ids(workspace: Any, direction: str, key: Counterpart) -> list[int]:
    """The ids of a group's follow-ups, in the order of `rows`."""
    where, values = _members(direction, key)
    sql = f"SELECT t.id FROM follow_up t WHERE {where} ORDER BY {_ORDER}"
    return [row[0] for row in workspace.engine.rows(sql, values)]


def place_of(record: FollowUp) -> tuple[str, Counterpart] | None:
    """The direction and group in which a follow-up stands; None where it has ended."""
    if record.status in FollowUp.course.ended:
        return None
    end = _end(record.direction)
    organisation, person = getattr(record, f"{end}_id"), getattr(record, f"{end}_person_id")
    if organisation is None and person is not None:
        organisation = Person.pick(Person.organisation, Person.id == person)
    return record.direction, (organisation, None if organisation is not None else person)
