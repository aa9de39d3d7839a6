"""What is found: a record, how it stands, and the sentence in which the words were found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.i18n import join_parts
from desktop.model import Entity, field
from desktop.service import query
from desktop.service.query import Statement

Marks = tuple[tuple[int, int], ...]
"""Start and end of what was searched for, in the text as it is shown."""

FACTS: dict[str, tuple[str, ...]] = {
    "follow_up": ("status", "counterpart", "due_on"),
    "recommendation": ("status", "target_on"),
    "initiative": ("stage", "countries"),
    "meeting": ("state", "on", "counterparts"),
    "series": ("rhythm", "counterparts"),
    "organisation": ("kind", "country"),
    "person": ("title", "organisation"),
    "source": ("author", "published_on"),
}
"""By entity key, what is told of a record where no sentence is."""


@dataclass(frozen=True)
class Sentence:
    """A piece of a record's text. `part` is the field that it stands in, or the table of the part of the record."""

    text: str
    marks: Marks
    part: str
    label: str
    """What `part` is called."""
    day: str = ""
    """When it was written, where that is kept."""


@dataclass(frozen=True)
class Hit:
    """A record that was found."""

    entity: type[Entity]
    id: int
    ref: str
    name: str
    marks: Marks = ()
    """Of the name."""
    rag: str = ""
    facts: str = ""
    sentence: Sentence | None = None

    def record(self) -> Any:
        """The record itself; None where it is gone."""
        return self.entity.get_or_none(self.entity.id == self.id)


def rows(workspace: Any, entity: type[Entity], ids: Sequence[int]) -> dict[int, Hit]:
    """How these records stand, by id."""
    text, parameters = _statement(entity).bind((), workspace.today())
    facts = [field(entity, name) for name in FACTS.get(entity.key(), ())]
    found = {}
    for number, ref, name, rag, *values in workspace.engine.rows(text, [*parameters, json.dumps(list(ids))]):
        told = join_parts(*(kind.shown(value) for kind, value in zip(facts, values, strict=True) if value))
        found[number] = Hit(entity, number, ref, name, rag=rag, facts=told)
    return found


@cache
def _statement(entity: type[Entity]) -> Statement:
    table = entity.alias("t")
    names = (["rag"] if hasattr(entity, "course") else []) + [*FACTS.get(entity.key(), ())]
    columns = [query.expression(field(entity, name), table) for name in names]
    if not hasattr(entity, "course"):
        columns.insert(0, "")
    select = table.select(table.id, table.ref, getattr(table, entity.naming), *columns)
    text, parameters = select.sql()
    return Statement(f"{text} WHERE t.id IN (SELECT value FROM json_each(?))", tuple(parameters))
