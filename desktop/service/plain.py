"""Records as plain data: one object a record, for scripts and other programs.

The keys are the model's field names and stay what they are; references and sets are given by reference
(`FU-2026-014`), countries by ISO code, dates in ISO 8601, choices by their key. `docs/json.md` describes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.model import Entity, fields
from desktop.model.relations import SEPARATOR, Many, Reference
from desktop.service import query
from desktop.service.query import Query, Row
from desktop.service.workspace import Workspace


def question(entity: type[Entity], **asked: Any) -> Query:
    """The query for whole records of an entity; `asked` are further arguments of `Query`."""
    return Query(entity, tuple(f.name for f in fields(entity)), by_ref=True, **asked)


def record(workspace: Workspace, found: Any) -> dict[str, Any]:
    """One record."""
    asked = question(type(found))
    row = query.one(workspace, asked, found.id)
    assert row is not None
    return from_row(asked, row)


def records(workspace: Workspace, asked: Query) -> Iterator[dict[str, Any]]:
    """The records of a `question`, one after the other."""
    return (from_row(asked, row) for row in query.each(workspace, asked))


def from_row(asked: Query, row: Row) -> dict[str, Any]:
    """A row of a `question` as an object."""
    return {kind.name: _plain(kind, raw) for kind, raw in zip(asked.kinds, row[1:], strict=True)}


def _plain(kind: Any, raw: Any) -> Any:
    if isinstance(kind, Many):
        return sorted(raw.split(SEPARATOR)) if raw else []
    if isinstance(kind, Reference):
        return raw
    return kind.to_json(raw)
