"""All that concerns a country: recommendations, initiatives, open commitments, contacts, people.

Each part is a query that a list shows in full, how many rows it has, and the first of them. To add a part: a
function that gives its `Part`, a field of `Country`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, cast

from desktop.countries import countries as names
from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import (
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Update,
    field,
    scales,
)
from desktop.model.gathered import OWN, Gathered
from desktop.service import query
from desktop.service.query import Condition, Order, Query, Row
from desktop.service.today import COUNTED

SHOWN = 8
"""Rows of a part that are read unless more are asked for; the list behind it has them all."""

RAGS = ("red", "amber", "green", "grey")
"""The most pressing first: so are recommendations and initiatives shown."""

OURS, THEIRS = "us", tuple(key for key in scales.DIRECTION if key != "us")
"""Of the directions of a commitment, ours and those of the other sides."""

OPEN = Condition("status", "in", FollowUp.course.followed)
HELD = Condition("state", "not", ("planned",))
NOT_HISTORIC = Condition("historic", "in", (0,))


@dataclass(frozen=True)
class Part:
    """One list: its title (a message id), the query behind it, how many rows that has, the first of them."""

    title: str
    query: Query
    count: int
    rows: list[Row]


@dataclass(frozen=True)
class Counts:
    """How much concerns a country; `commitments` are those that are open, `contacts` meetings held."""

    recommendations: int = 0
    initiatives: int = 0
    commitments: int = 0
    contacts: int = 0
    people: int = 0
    organisations: int = 0
    overdue: int = 0
    """Of the open commitments; told only of one country."""

    def words(self) -> list[str]:
        """How much there is of each kind of which there is any: `9 recommendations`, `4 initiatives`."""
        counts = asdict(self)
        said = {
            "recommendations": ngettext(
                "{count} recommendation", "{count} recommendations", self.recommendations
            ),
            "initiatives": ngettext("{count} initiative", "{count} initiatives", self.initiatives),
            "commitments": ngettext("{count} open commitment", "{count} open commitments", self.commitments),
            "contacts": ngettext("{count} meeting held", "{count} meetings held", self.contacts),
            "people": ngettext("{count} person", "{count} people", self.people),
            "organisations": ngettext("{count} organisation", "{count} organisations", self.organisations),
        }
        told = {name: text.format(count=format_number(counts[name])) for name, text in said.items()}
        if self.overdue:
            late = _("{commitments} ({count} overdue)")
            told["commitments"] = late.format(
                commitments=told["commitments"], count=format_number(self.overdue)
            )
        return [text for name, text in told.items() if counts[name]]


@dataclass(frozen=True)
class Said:
    """The last report on a record: the day, what was done, what is next and what blocks."""

    on: str
    done: str
    next: str
    blocks: str


@dataclass(frozen=True)
class Country:
    """What is known of a country, by its ISO code."""

    code: str
    recommendations: Part
    rag: dict[str, int]
    """How many of its recommendations are red, amber, green and grey."""
    initiatives: Part
    commitments: dict[str, Part]
    """What is open, by who owes it: the keys of `scales.DIRECTION`."""
    overdue: int
    """How many of the open ones are overdue."""
    contacts: Part
    planned: Part
    people: Part
    organisations: Part
    said: dict[str, Said]
    """The last report on each recommendation and initiative that is shown, by its reference."""

    @property
    def counts(self) -> Counts:
        """How much there is of each kind."""
        parts = (self.recommendations, self.initiatives, self.contacts, self.people, self.organisations)
        recommendations, initiatives, contacts, people, organisations = (part.count for part in parts)
        return Counts(recommendations, initiatives, self.open, contacts, people, organisations, self.overdue)

    @property
    def open(self) -> int:
        """How many commitments are open, whoever owes them."""
        return sum(part.count for part in self.commitments.values())


def concerning(entity: type[Any], code: str) -> Condition:
    """The condition that a record concerns a country; which places tell that, the entity's field says."""
    name = {Recommendation: "countries", Organisation: "country", Person: "country"}.get(entity, "concerns")
    return Condition(name, "in", (code,))


def view(workspace: Any, code: str, shown: int = SHOWN) -> Country:
    """What concerns a country, of each part the first `shown` rows; `workspace` needs only to be readable."""
    recommendations = _pressing(
        workspace,
        N_("Recommendations"),
        Query(
            Recommendation,
            ("ref", "title", "status", "assessment", "last_update_on", "target_on", "rag"),
            where=(concerning(Recommendation, code), COUNTED),
        ),
        shown,
    )
    initiatives = _pressing(
        workspace,
        N_("Initiatives"),
        Query(
            Initiative,
            ("ref", "name", "stage", "partners", "value", "currency", "last_update_on", "rag"),
            where=(concerning(Initiative, code),),
        ),
        shown,
    )
    late = (*_open(code), Condition("attention", "in", ("overdue",)))
    return Country(
        code,
        recommendations,
        _tally(workspace, recommendations.query),
        initiatives,
        _commitments(workspace, code, shown),
        query.count(workspace, Query(FollowUp, ("ref",), where=late)),
        _part(workspace, N_("Last contacts"), _meetings(code, HELD, Order("on", descending=True)), shown),
        _part(workspace, N_("Next meetings"), _meetings(code, *_to_come(workspace), Order("on")), shown),
        _part(workspace, N_("People"), _people(code), shown),
        _part(workspace, N_("Organisations"), _organisations(code), shown),
        {**_said(workspace, recommendations), **_said(workspace, initiatives)},
    )


def _part(workspace: Any, title: str, asked: Query, shown: int) -> Part:
    return Part(title, asked, query.count(workspace, asked), query.page(workspace, asked, shown))


def _tally(workspace: Any, asked: Query) -> dict[str, int]:
    counts = dict.fromkeys(RAGS, 0)
    counts.update(query.tally(workspace, Query(asked.entity, ("rag",), where=asked.where)))
    return counts


def _pressing(workspace: Any, title: str, asked: Query, shown: int) -> Part:
    """The red ones first, then the amber ones, and so on."""
    found: list[Row] = []
    for colour in RAGS:
        where = (*asked.where, Condition("rag", "in", (colour,)))
        one = Query(asked.entity, asked.columns, where=where, order=(Order("ref"),))
        found += query.page(workspace, one, shown - len(found)) if len(found) < shown else []
    return Part(title, asked, query.count(workspace, asked), found)


def _open(code: str) -> tuple[Condition, ...]:
    return (concerning(FollowUp, code), OPEN)


def _commitments(workspace: Any, code: str, shown: int) -> dict[str, Part]:
    """What is open, the first due first.

    What concerns the country is found once for all directions: as an audience sees them, tens of thousands are looked
    up one by one.
    """
    columns, order = (
        ("ref", "title", "counterpart", "status", "due_on", "times_slipped", "rag"),
        (Order("due_on"),),
    )
    counts, first = Counter[str](), {direction: list[str]() for direction in scales.DIRECTION}
    every = Query(FollowUp, ("uid", "direction"), where=_open(code), order=order)
    for _id, uid, direction in query.page(workspace, every, -1):
        counts[direction] += 1
        if counts[direction] <= shown:
            first[direction].append(uid)
    parts = {}
    for direction, title in scales.DIRECTION.items():
        where = (*_open(code), Condition("direction", "in", (direction,)))
        asked = Query(FollowUp, columns, where=where, order=order)
        these = Query(
            FollowUp, columns, where=(Condition("uid", "in", tuple(first[direction])),), order=order
        )
        rows = query.page(workspace, these, shown) if first[direction] else []
        parts[direction] = Part(title, asked, counts[direction], rows)
    return parts


def _meetings(code: str, *asked: Condition | Order) -> Query:
    where = tuple(each for each in asked if isinstance(each, Condition))
    order = tuple(each for each in asked if isinstance(each, Order))
    columns = ("ref", "title", "counterparts", "place", "attendees_theirs", "on")
    return Query(Meeting, columns, where=(concerning(Meeting, code), NOT_HISTORIC, *where), order=order)


def _to_come(workspace: Any) -> tuple[Condition, ...]:
    return (Condition("state", "in", ("planned",)), Condition("on", "from", (workspace.today(),)))


def _people(code: str) -> Query:
    """Those met last first."""
    columns = ("ref", "name", "own_name", "title", "organisation", "last_contact")
    order = (Order("last_contact", descending=True),)
    return Query(Person, columns, where=(concerning(Person, code),), order=order)


def _organisations(code: str) -> Query:
    columns = ("ref", "name", "acronym", "kind", "side")
    return Query(Organisation, columns, where=(concerning(Organisation, code),), order=(Order("name"),))


def _said(workspace: Any, part: Part) -> dict[str, Said]:
    """The last report on each record of a part that is shown."""
    found = {}
    columns = ("on", "done", "next", "blocks")
    for row in part.rows:
        mine = (Condition("subject", "in", (row[0],)),)
        asked = Query(Update, columns, where=mine, order=(Order("on", descending=True),))
        for _id, *last in query.page(workspace, asked, 1):
            found[str(row[1])] = Said(*(text or "" for text in last))
    return found


# ---- which countries there are


def _counting(entity: type[Any], pairs: str, where: str = "1") -> str:
    """SQL: of each country, how many records of an entity concern it, by pairs of record and country."""
    return (
        f"SELECT g.country, count(DISTINCT g.id) FROM ({pairs}) g JOIN {entity.key()} t ON t.id = g.id"
        f" WHERE g.country <> '' AND {where} GROUP BY g.country"
    )


def _pairs(entity: type[Any], name: str) -> str:
    return cast(Gathered, field(entity, name)).pairs


_COUNTED = {
    "recommendations": _counting(Recommendation, OWN, "t.level = 'recommendation'"),
    "initiatives": _counting(Initiative, _pairs(Initiative, "concerns")),
    "commitments": _counting(FollowUp, _pairs(FollowUp, "concerns"), FollowUp.course.open.format(t="t")),
    "contacts": _counting(Meeting, _pairs(Meeting, "concerns"), "t.state <> 'planned' AND NOT t.historic"),
    "people": _counting(Person, _pairs(Person, "country")),
    "organisations": "SELECT country, count(*) FROM organisation WHERE country <> '' GROUP BY country",
}
"""SQL of each of the `Counts`."""


def countries(workspace: Any) -> list[tuple[str, Counts]]:
    """The countries that anything concerns, and how much: those of accreditation first, then by name."""
    counts: dict[str, dict[str, int]] = {code: {} for code in workspace.facts.accreditations}
    for name, sql in _COUNTED.items():
        for code, count in workspace.engine.rows(sql):
            counts.setdefault(code, {})[name] = count
    first = list(workspace.facts.accreditations)
    ordered = [*first, *(code for code in names() if code in counts and code not in first)]
    return [(code, Counts(**counts[code])) for code in ordered]
