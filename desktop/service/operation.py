"""The one door for writing: create, change and delete records, each act noted for the journal.

These are the plain acts; what an act means for a subject (a moved date is an extension, a status is an update)
is in the subject's own module. Undo replays the journal through these plain acts.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import peewee as pw

from desktop.i18n import _
from desktop.model import Alias, Counter, Entity, Invalid, Record, Subject, journalled
from desktop.model.base import Registered, field, sets
from desktop.model.dates import stamp
from desktop.service import derive, journal
from desktop.service.journal import WHOLE, Step, canonical, stored
from desktop.store import search

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


class Conflict(Exception):
    """The record has moved on since it was read, or is needed by others; the text is a whole sentence."""


class Writing:
    """The operation under way. Obtain it from `Workspace.operation()`."""

    def __init__(self, workspace: Workspace, label: str, source: str, reverts: str | None) -> None:
        self.workspace, self.label, self.source, self.reverts = workspace, label, source, reverts
        self.steps: list[Step] = []
        self.entities: set[str] = set()
        self.uids: set[str] = set()

    def create(self, entity: type[Record], values: dict[str, Any] | None = None, *, uid: str = "") -> Any:
        """Make a record of these values (of sets too); raises `Invalid`. Returns it with its id and ref."""
        record = entity()
        given = dict(values or {})
        many = {f.name: f for f in sets(entity)}
        elements = {name: f.check(given.pop(name, frozenset())) for name, f in many.items()}
        record.uid = uid or str(uuid.uuid4())
        if isinstance(record, Entity):
            wanted = str(given.pop("ref", "")).strip()
            record.ref = _free_ref(entity, wanted, restored=bool(uid)) or self._next_ref(entity)
        for f in journalled(entity):
            if f.name in many or f.name == "ref":
                continue
            default = entity._meta.fields[f.name].default
            setattr(record, f.name, f.check(given.pop(f.name, f.empty() if default is None else default)))
        if given:
            raise unknown_field(entity, next(iter(given)))
        now = stamp(self.workspace.now())
        record.created_at = record.updated_at = now
        record.version = 1
        self._settle(record)
        if isinstance(record, Registered):
            record.id = Subject.create(uid=record.uid, kind=entity.key()).id
        pw.Model.save(record, force_insert=True)
        for name, f in many.items():
            f.write(record.id, frozenset(), elements[name])
        self._note(record, WHOLE, None, canonical(journal.snapshot(record, elements)))
        self._wrote(record)
        return record

    def change(self, record: Any, values: dict[str, Any]) -> bool:
        """Set these fields; returns whether anything differs. Raises `Invalid`, or `Conflict` if it moved on."""
        entity = type(record)
        changed: dict[str, tuple[Any, Any]] = {}
        many = {f.name: f for f in sets(entity)}
        for name, value in values.items():
            f = _writable(entity, name)
            new = f.check(value)
            old = many[name].read(record.id) if name in many else stored(record, name)
            if new != old:
                changed[name] = (old, new)
        if not changed:
            return False
        before = dict(record.__data__)
        for name, (_old, new) in changed.items():
            if name not in many:
                setattr(record, name, new)
        try:
            self._settle(record)
            self._write(record, before)
        except BaseException:
            record.__data__.update(before)
            raise
        for name, (old, new) in changed.items():
            f = field(entity, name)
            if name in many:
                many[name].write(record.id, old, new)
            self._note(record, name, canonical(f.to_json(old)), canonical(f.to_json(new)))
        self._wrote(record)
        return True

    def _write(self, record: Any, before: dict[str, Any]) -> None:
        """Store the columns that differ, provided that the version is still the one that was read."""
        entity = type(record)
        record.updated_at = stamp(self.workspace.now())
        record.version = before["version"] + 1
        columns = {k: v for k, v in record.__data__.items() if k != "id" and v != before.get(k)}
        query = entity.update(columns).where((entity.id == record.id) & (entity.version == before["version"]))
        if not query.execute():
            raise Conflict(
                _("{record} was changed meanwhile; look at it again.").format(
                    record=self.workspace.say(record)
                )
            )
        record._dirty.clear()

    def delete(self, record: Any) -> None:
        """Delete a record alone; raises `Conflict` where others still need it (see `records.delete`)."""
        self._note(record, WHOLE, canonical(journal.snapshot(record)), None)
        try:
            for f in sets(type(record)):
                f.write(record.id, f.read(record.id), frozenset())
            type(record).delete().where(type(record).id == record.id).execute()
            if isinstance(record, Registered):
                Subject.delete().where(Subject.id == record.id).execute()
        except pw.IntegrityError:
            raise Conflict(
                _("{record} is still used by other records.").format(record=self.workspace.say(record))
            ) from None
        if search.indexed(type(record)):
            search.remove(record)
        derive.after_write(record)

    def _settle(self, record: Any) -> None:
        """Check the record as a whole and fill what follows from it."""
        if hasattr(record, "problems"):
            record.problems()
        derive.before_save(record, self.workspace)
        if isinstance(record, Entity):
            record.derive()

    def _wrote(self, record: Any) -> None:
        if search.indexed(type(record)):
            search.index(record)
        derive.after_write(record)

    def _note(self, record: Record, name: str, before: str | None, after: str | None) -> None:
        self.steps.append(Step(record.key(), record.uid, name, before, after))
        self.entities.add(record.key())
        self.uids.add(record.uid)

    def _next_ref(self, entity: type[Entity]) -> str:
        """The next free reference of an entity, such as `FU-2026-014`; never given twice."""
        name = f"{entity.prefix}-{self.workspace.today()[:4]}" if entity.yearly else entity.prefix
        while True:
            counter, _made = Counter.get_or_create(name=name)
            counter.last += 1
            Counter.update(last=counter.last).where(Counter.name == name).execute()
            ref = f"{name}-{counter.last:03d}"
            if not entity.select().where(entity.ref == ref).exists():
                return ref


def _free_ref(entity: type[Entity], ref: str, restored: bool) -> str:
    """A reference given by hand, if nobody has it, nor had it unless this one did; raises `Invalid`."""
    if not ref:
        return ""
    other = entity.get_or_none(pw.fn.UPPER(entity.ref) == ref.upper())
    formerly = Alias.select().where((Alias.old == ref.upper()) & (Alias.entity == entity.key()))
    if other is not None or (not restored and formerly.exists()):
        raise Invalid(
            _("The reference {ref} is taken already{by}; choose another or leave it out.").format(
                ref=ref, by=f" ({other.name_text()})" if other is not None else ""
            ),
            "ref",
        )
    return ref


def _writable(entity: type[Record], name: str) -> Any:
    for f in journalled(entity):
        if f.name == name:
            return f
    raise unknown_field(entity, name)


def unknown_field(entity: type[Record], name: str) -> Invalid:
    """The error of a field that an entity does not have, with those that it has."""
    known = ", ".join(f.name for f in journalled(entity) if f.editable)
    return Invalid(
        _("{kind} has no field “{field}” to set; it has: {known}.").format(
            kind=_(entity.singular), field=name, known=known
        ),
        name,
    )
