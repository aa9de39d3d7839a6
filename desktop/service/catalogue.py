"""The catalogue that a first start loads: what the source documents name, from plain files with natural keys.

Records get the uid5 of their natural key, so that two offices which load the same catalogue have the same
records. Loading again adds only what is new: what is there, edited or not, stays as it is, and what an officer
deleted stays deleted.
"""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.i18n import _
from desktop.model import (
    Alias,
    Attendance,
    Change,
    Entity,
    Initiative,
    Link,
    Meeting,
    Operation,
    Organisation,
    Person,
    Recommendation,
    Record,
    Sector,
    Source,
    fields,
)
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.model.visibility import PUBLIC
from desktop.paths import bundled
from desktop.service import journal, references
from desktop.service.journal import WHOLE
from desktop.service.meetings import side_of
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace

SOURCE = "catalogue"

NAMESPACE = uuid.UUID("6f1c9f2e-4a0b-5d0e-9a55-4a754e544f53")
"""Of the natural keys; never changes, or offices would no longer have the same records."""

FILES: dict[str, type[Entity]] = {
    "source": Source,
    "sector": Sector,
    "organisation": Organisation,
    "person": Person,
    "recommendation": Recommendation,
    "initiative": Initiative,
    "meeting": Meeting,
}
"""Table name in the files, and the entity of its records."""

NOT_FIELDS = ("key", "figure_rows", "found_as", "attendees", "names")
"""What the files keep beside the model's fields: for loading, or as the source prints it."""

OPEN: tuple[type[Entity], ...] = (Source, Sector)
"""What is public from the first: what a published document and a field of policy are called says nothing of the post.
What is done about them is internal like all else."""


@dataclass
class Loaded:
    """How many records were made, and how many were there already or had been deleted by an officer."""

    made: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def note(self, entity: type[Record], made: bool) -> None:
        """Count one record."""
        counts = self.made if made else self.kept
        counts[entity.key()] = counts.get(entity.key(), 0) + 1


def uid(kind: str, key: str) -> str:
    """The uid of a record of the catalogue."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{key}"))


def tables(folder: Path | None = None) -> dict[str, list[dict[str, Any]]]:
    """All records of the catalogue's files, by table name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((folder or bundled("data", "catalogue")).glob("*.toml")):
        with path.open("rb") as file:
            for name, records in tomllib.load(file).items():
                found.setdefault(name, []).extend(records)
    return found


def load(workspace: Workspace, folder: Path | None = None) -> Loaded:
    """Add what the catalogue has and the workspace does not, as one operation."""
    with workspace.operation(_("Load the catalogue"), source=SOURCE) as writing:
        loader = _Loader(writing, tables(folder))
        for name in FILES:
            for record in loader.tables.get(name, []):
                loader.record(name, record["key"])
        for record in loader.tables.get("meeting", []):
            loader.attendances(record)
        for link in loader.tables.get("link", []):
            loader.link(link)
        return loader.loaded


class _Loader:
    """One loading: makes each record after those that it refers to."""

    def __init__(self, writing: Writing, found: dict[str, list[dict[str, Any]]]) -> None:
        self.writing, self.tables, self.loaded = writing, found, Loaded()
        self.records = {(name, r["key"]): r for name in FILES for r in found.get(name, [])}
        self.ids: dict[tuple[str, str], int | None] = {}

    def record(self, name: str, key: str) -> int | None:
        """The id of a record, which is made if it was never there; None if an officer deleted it.

        Of one that was merged into another, the id of that one.
        """
        if (name, key) not in self.ids:
            entity, wanted = FILES[name], uid(name, key)
            found = _id_of(entity, wanted)
            if found is None and _may_make(wanted):
                self.ids[name, key] = self._make(entity, name, key, wanted)
            else:
                self.ids[name, key] = found or _merged_into(entity, wanted)
                self.loaded.note(entity, made=False)
        return self.ids[name, key]

    def _make(self, entity: type[Entity], name: str, key: str, wanted: str) -> int:
        raw = {k: v for k, v in self.records[name, key].items() if k not in NOT_FIELDS}
        known = {f.name: f for f in fields(entity)}
        values = {field_name: self._value(known[field_name], value) for field_name, value in raw.items()}
        # The one that it had, should it have been taken back; else the catalogue's, unless an officer gave it away.
        refs = (journal.last_seen(wanted).get("ref", ""), values.pop("ref", ""))
        values["ref"] = next((r for r in refs if r and references.taken_by(entity, r, wanted) is None), "")
        if entity in OPEN:
            values.setdefault("visibility", PUBLIC)
        record = self.writing.create(entity, values, uid=wanted)
        self.loaded.note(entity, made=True)
        return int(record.id)

    def _value(self, f: Any, value: Any) -> Any:
        """A value of the files as the model has it: natural keys become ids."""
        if isinstance(f, Reference):
            return self.record(f.target.key(), value)
        if isinstance(f, Many) and f.target is not None:
            found = (self.record(f.target.key(), key) for key in value)
            return frozenset(each for each in found if each is not None)
        return value

    def attendances(self, meeting: dict[str, Any]) -> None:
        """Those whom the catalogue names as present at an encounter."""
        at = self.ids["meeting", meeting["key"]]
        for key in meeting.get("attendees", []):
            wanted, person = uid("attendance", f"{meeting['key']}:{key}"), self.record("person", key)
            if at is None or person is None:
                continue
            somebody = Person.get_by_id(person)
            side = side_of(somebody, somebody.organisation_id)
            values = {"meeting": at, "person": person, "organisation": somebody.organisation_id, "side": side}
            self._part(Attendance, wanted, values)

    def link(self, raw: dict[str, Any]) -> None:
        """A relation between two records of the catalogue."""
        one, other = (raw["from_kind"], raw["from"]), (raw["to_kind"], raw["to"])
        ends = self.record(*one), self.record(*other)
        if None in ends:
            return
        wanted = uid("link", f"{':'.join(one)} {raw['relation']} {':'.join(other)}")
        values = {"from_subject": ends[0], "to_subject": ends[1], "relation": raw["relation"]}
        if Link.get_or_none(**values) is not None:
            self.loaded.note(Link, made=False)
        else:
            self._part(Link, wanted, {**values, "note": raw.get("note", "")})

    def _part(self, entity: type[Record], wanted: str, values: dict[str, Any]) -> None:
        new = _id_of(entity, wanted) is None and _may_make(wanted)
        if new:
            self.writing.create(entity, values, uid=wanted)
        self.loaded.note(entity, made=new)


def _id_of(entity: type[Record], wanted: str) -> int | None:
    try:
        return entity.id_of(wanted)
    except LookupError:
        return None


def _may_make(wanted: str) -> bool:
    """Whether it was never there, or went only because its loading was taken back."""
    operation = (
        Operation.select()
        .join(Change)
        .where((Change.uid == wanted) & (Change.field == WHOLE))
        .order_by(Change.id.desc())
        .first()
    )
    while operation is not None and operation.reverts:
        operation = Operation.get_or_none(Operation.uid == operation.reverts)
    return operation is None or operation.source == SOURCE


def _merged_into(entity: type[Entity], wanted: str) -> int | None:
    """The id of the record into which a deleted one was merged, to which its reference leads since."""
    old = SortKey.key(journal.last_seen(wanted).get("ref", ""))
    formerly = Alias.get_or_none((Alias.old == old) & (Alias.entity == entity.key()))
    return _id_of(entity, formerly.uid) if formerly is not None else None
