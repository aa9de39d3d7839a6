"""How a record is told in one row elsewhere: its name, its reference, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.i18n import join_parts
from desktop.model import (
    Entity,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Series,
    Source,
)
from desktop.service import query
from desktop.service.query import Condition, Order, Query, Row
from desktop.service.workspace import Workspace

ICONS: dict[type[Entity], str] = {
    FollowUp: "follow-ups",
    Meeting: "meetings",
    Recommendation: "recommendations",
    Initiative: "initiatives",
    Organisation: "organisation",
    Person: "person",
    Source: "source",
    Series: "calendar",
}
"""The icon of each entity; all others have that of a sector."""

STANDS: dict[type[Entity], tuple[str, ...]] = {
    FollowUp: ("status", "due_on"),
    Recommendation: ("status",),
    Initiative: ("stage",),
    Meeting: ("on", "state"),
    Source: ("author", "published_on"),
    Series: ("rhythm",),
}
"""What a row says of a record beside its name."""


@dataclass(frozen=True)
class Summary:
    """A record in one row; `rag` is empty where the entity has none."""

    entity: type[Entity]
    id: int
    ref: str
    name: str
    detail: str
    rag: str = ""

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return icon_name(self.entity)

    @property
    def spoken(self) -> str:
        """As a screen reader and a tool tip tell it."""
        return join_parts(self.ref, self.name, self.detail)

    def record(self) -> Any:
        """The record itself, or None if it is gone."""
        return self.entity.get_or_none(self.entity.id == self.id)


def icon_name(entity: type[Entity]) -> str:
    """The icon of an entity."""
    return ICONS.get(entity, "sector")


def _columns(entity: type[Entity]) -> tuple[str, ...]:
    rag = ("rag",) if hasattr(entity, "rag") else ()
    return ("ref", entity.naming, *STANDS.get(entity, ()), *rag)


def _summary(entity: type[Entity], row: Row) -> Summary:
    columns = _columns(entity)
    shown = query.shown(Query(entity, columns), row)
    rag = row[-1] if columns[-1] == "rag" else ""
    detail = shown[2:-1] if rag else shown[2:]
    return Summary(entity, row[0], shown[0], shown[1], " · ".join(part for part in detail if part), rag)


def summary(workspace: Workspace, record: Any) -> Summary:
    """A record in one row."""
    entity = type(record)
    row = query.one(workspace, Query(entity, _columns(entity)), record.id)
    if row is None:
        return Summary(entity, record.id, record.ref, record.name_text(), "")
    return _summary(entity, row)


def summaries(
    workspace: Workspace,
    entity: type[Entity],
    where: Iterable[Condition],
    order: str = "ref",
    limit: int = 200,
) -> list[Summary]:
    """The records of an entity that conditions choose."""
    asked = Query(entity, _columns(entity), where=tuple(where), order=(Order(order),))
    return [_summary(entity, row) for row in query.page(workspace, asked, limit)]


def found(workspace: Workspace, entities: Iterable[type[Entity]], text: str, each: int) -> list[Summary]:
    """The records of several entities that a text finds, so many of each."""
    rows = []
    for entity in entities:
        asked = Query(entity, _columns(entity), text=text)
        rows += [_summary(entity, row) for row in query.page(workspace, asked, each)]
    return rows
