"""What is offered while somebody types a part of a name: records of an entity, with the words that tell them apart.

`offers()` finds, `caption()` tells how one record reads in a field. To have an entity read otherwise: a line in
`SHOWN`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from desktop.i18n import _
from desktop.model import (
    Entity,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Sector,
    Series,
    Source,
)
from desktop.model.relations import Many, Reference
from desktop.sectors import catalogued, sector_name
from desktop.service import query, records
from desktop.service.query import Condition, Order, Query, Row
from desktop.service.workspace import Workspace
from desktop.text import fold

MOST = 30
"""Records offered at once."""
GAP = "  "
"""Between a reference and a name."""

SHOWN: dict[type[Entity], tuple[str, ...]] = {
    Organisation: ("acronym", "name", "country"),
    Person: ("name", "title", "organisation"),
    Sector: ("name",),
    Source: ("title", "author"),
    Meeting: ("ref", "title", "on"),
    Recommendation: ("ref", "title"),
    Initiative: ("ref", "name"),
    FollowUp: ("ref", "title"),
    Series: ("ref", "title"),
}
"""The columns that an offer shows; what a field shows are those that name the record."""

BY_NAME = (Organisation, Person, Sector)
"""Entities of which the name is enough to make one while typing."""
OWNERS = ("owner", "co_owners")
"""Fields that officers of the post stand in."""
OFFICERS = (Condition("officer", "in", (1,)),)


@dataclass(frozen=True)
class New:
    """Stands for a record that is not there yet: picked, it is made."""

    name: str


def with_new(entity: type[Entity], found: list[tuple[Any, str]], text: str) -> list[tuple[Any, str]]:
    """What was found, and last the offer to add what is typed to the directory, where it is not there already."""
    name = " ".join(text.split())
    known = {fold(part) for _key, label in found for part in re.split(f"{GAP}| · ", label)}
    spoken = sector_name(catalogued(name) or name) if entity is Sector else name
    if entity not in BY_NAME or len(name) < 2 or {fold(name), fold(spoken)} & known:
        return found
    return [*found, (New(name), _("Add “{name}” to the directory").format(name=name))]


def add(workspace: Workspace, entity: type[Entity], new: New) -> tuple[int, str]:
    """Make what was picked as new; raises `Invalid`."""
    record = records.add(workspace, entity, {entity.naming: new.name})
    return record.id, caption(workspace, entity, record.id)


def offers(workspace: Workspace, entity: type[Entity], text: str, kind: Any = None) -> list[tuple[int, str]]:
    """Id and words of the records that a text finds; owners are sought among the post's officers first."""
    text = text.split(GAP)[-1] if entity not in BY_NAME else text
    order = (Order(entity.naming),) if entity in BY_NAME and not text.strip() else ()
    base = Query(entity, SHOWN[entity], text=text, order=order)
    if kind is None or kind.name not in OWNERS:
        rows = query.page(workspace, base, MOST)
    else:
        officers = Query(entity, base.columns, text=text, order=base.order, where=OFFICERS)
        rows = query.page(workspace, officers, MOST)
        seen = {row[0] for row in rows}
        if text.strip():
            rows += [row for row in query.page(workspace, base, MOST) if row[0] not in seen]
    return [(row[0], words(entity, row)) for row in rows]


def words(entity: type[Entity], row: Row) -> str:
    """An offer in one line, from a row of the columns in `SHOWN`."""
    columns = SHOWN[entity]
    shown = dict(zip(columns, query.shown(Query(entity, columns), row), strict=True))
    return _joined(entity, shown, with_more=True)


def caption(workspace: Workspace, entity: type[Entity], record_id: int | None) -> str:
    """How a record reads in a field: its reference and name, or its acronym and name."""
    if record_id is None:
        return ""
    columns = SHOWN[entity]
    wanted = Query(entity, columns)
    row = query.one(workspace, wanted, record_id)
    if row is None:
        return ""
    return _joined(entity, dict(zip(columns, query.shown(wanted, row), strict=True)), with_more=False)


def _joined(entity: type[Entity], shown: dict[str, str], *, with_more: bool) -> str:
    name = shown.pop(entity.naming)
    lead = shown.pop("ref", "") or shown.pop("acronym", "")
    shown.pop("acronym", None)
    named = GAP.join(part for part in (lead, name) if part)
    more = [part for part in shown.values() if part] if with_more else []
    return " · ".join((named, *more))


def short(kind: Reference | Many, key: Any) -> str:
    """How an element of a set reads on its chip."""
    return kind.target.words_of(key) if kind.target is not None else kind.of.text(key)


def among(options: list[tuple[Any, str]], text: str) -> list[tuple[Any, str]]:
    """The options whose label begins with a text, or that are called so; then those that have it somewhere."""
    sought = fold(text.strip())
    folded = [(option, fold(option[1])) for option in options]
    first = [o for o, label in folded if label.startswith(sought) or fold(str(o[0])) == sought]
    return first + [o for o, label in folded if sought in label and o not in first]
