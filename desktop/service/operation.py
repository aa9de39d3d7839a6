"""The one door for writing: create, change and delete records, each act noted for the journal.

These are the plain acts; what an act means for a subject (a moved date is an extension, a status is an update)
is in the subject's own module. Undo replays the journal through these plain acts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import peewee as pw

from desktop.i18n import _
from desktop.model import Entity, Fact, Invalid, Record, Subject, database, journalled
from desktop.model.base import Registered, sets
from desktop.model.dates import stamp
from desktop.model.kind import Kind
from desktop.model.relations import Many, Reference
from desktop.service import conflicts, derive, journal, locks, references, summaries
from desktop.service import facts as facts_table
from desktop.service.conflicts import Conflict
from desktop.service.journal import WHOLE, Step, canonical, stored
from desktop.store import search
from desktop.text import clean_line

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

__all__ = ["Conflict", "Writing", "unknown_field"]


class Writing:
    """The operation under way. Obtain it from `Workspace.operation()`."""

    def __init__(self, workspace: Workspace, label: str, source: str, reverts: str | None) -> None:
        self.workspace, self.source, self.reverts = workspace, source, reverts
        # It may name a record as it was typed.
        self.label = clean_line(label)[0]
        self.steps: list[Step] = []
        self.remarks: list[str] = []
        """Sentences about what was taken out of the values: control characters, say."""
        self.mending = False
        """Whether final minutes may be touched; see `mended`."""
        self._kept_before = False
        self._at = ""
        self._facts, self._officer = workspace.facts, workspace.officer
        self._memory: list[tuple[Any, dict[str, Any]]] = []
        """The records in memory that were written, each with its values before."""
        self._indexing: dict[tuple[type[Entity], int], None] = {}
        """Whose words are indexed at the end: each once, however many of its parts are written."""

    @property
    def at(self) -> str:
        """When it is done, the same for all that it writes: a check compares what records say with the journal."""
        self._at = self._at or stamp(self.workspace.now())
        return self._at

    def create(self, entity: type[Record], values: dict[str, Any] | None = None, *, uid: str = "") -> Any:
        """Make a record of these values (of sets too); raises `Invalid` or `Conflict`.

        `uid` is given for a record that was there before, or that has a natural key. Returns it with id and ref.
        """
        record, elements = self._made(entity, values, uid)
        self._memory.append((record, {}))
        self._insert(record, elements)
        return record

    def _made(
        self, entity: type[Record], values: dict[str, Any] | None, uid: str
    ) -> tuple[Any, dict[str, frozenset[Any]]]:
        """A record of these values as it would be stored, and its sets."""
        record: Any = entity()
        given = dict(values or {})
        record.uid = uid or str(uuid.uuid4())
        born = journal.born(uid) if uid else None
        if issubclass(entity, Entity):
            ref = str(given.pop("ref", "") or "").strip()
            record.ref = ref and references.free_ref(entity, ref, record.uid, again=born is not None)
        elements = {}
        for f in journalled(entity):
            if f.name == "ref":
                continue
            value = self._checked(f, given.pop(f.name, _initial(f)))
            if isinstance(f, Many):
                elements[f.name] = value
            else:
                setattr(record, f.name, value)
        if given:
            raise unknown_field(entity, next(iter(given)))
        if issubclass(entity, Entity) and not record.ref:
            record.ref = self._next_ref(entity)
        record.created_at, record.updated_at = born or self.at, self.at
        record.version = 1
        self._settle(record, {})
        if not self.mending:
            locks.check_part(record)
        return record, elements

    def _next_ref(self, entity: type[Entity]) -> str:
        return references.next_ref(entity, self.workspace.today()[:4])

    def _insert(self, record: Any, elements: dict[str, frozenset[Any]]) -> None:
        """Store a new record."""
        entity = type(record)
        with conflicts.refused(record):
            if isinstance(record, Registered):
                sql = "INSERT INTO subject (uid, kind) VALUES (?, ?)"
                record.id = database.execute_sql(sql, (record.uid, entity.key())).lastrowid
            record.insert_row()
            for many in sets(entity):
                many.write(record.id, frozenset(), elements[many.name])
        self._note(record, WHOLE, None, canonical(journal.snapshot(record, elements)))
        if search.indexed(entity):
            self._found(entity, record.id)
        derive.after_write(record, self._found)

    def change(self, record: Any, values: dict[str, Any]) -> bool:
        """Set these fields; returns whether anything differs. Raises `Invalid`, or `Conflict` if it moved on."""
        entity = type(record)
        before = dict(record.__data__)
        elements: dict[str, tuple[Many, Any, Any]] = {}
        columns = {}
        for name, given in values.items():
            f = _writable(entity, name)
            value = self._checked(f, given)
            if not isinstance(f, Many):
                columns[name] = value
            elif f.read(record.id) != value:
                elements[name] = f, f.read(record.id), value
        if not elements and all(before.get(name) == value for name, value in columns.items()):
            return False
        if not self.mending:
            differing = {
                name for name, value in columns.items() if before.get(name) != value
            } | elements.keys()
            locks.check_meeting(record, before.get("state", ""), differing)
            locks.check_part(record)
        self._memory.append((record, before))
        try:
            for name, value in columns.items():
                setattr(record, name, value)
            self._settle(record, before)
            self._update(record, before, elements)
        except BaseException:
            self._remember(len(self._memory) - 1)
            raise
        return True

    def _update(
        self, record: Any, before: dict[str, Any], elements: dict[str, tuple[Many, Any, Any]]
    ) -> None:
        """Store what differs of a record, its sets too."""
        entity = type(record)
        with conflicts.refused(record):
            written = self._write(record, before)
            for many, before_it, after in elements.values():
                many.write(record.id, before_it, after)
        changed = set()
        for f in journalled(entity):
            if f.name in elements:
                _many, was, now = elements[f.name]
            elif f.name in written:
                was, now = before.get(f.name), written[f.name]
            else:
                continue
            self._note(record, f.name, canonical(f.to_json(was)), canonical(f.to_json(now)))
            changed.add(f.name)
        if search.indexed(entity) and not changed.isdisjoint(search.searched(entity)):
            self._found(entity, record.id)
        derive.after_write(record, self._found)

    def _write(self, record: Any, before: dict[str, Any]) -> dict[str, Any]:
        """Store the columns that differ, provided that the version is still the one that was read; returns them."""
        entity = type(record)
        if isinstance(record, Entity) and record.ref != before["ref"]:
            references.free_ref(entity, record.ref, record.uid)
            references.keep_ref(record, before["ref"])
        record.updated_at = self.at
        record.version = before["version"] + 1
        kept = derive.kept(record, before)
        columns = {k: v for k, v in record.__data__.items() if v != kept.get(k, before.get(k))}
        where, read = _as_read(record, before["version"])
        # Written out, as peewee takes longer to put the statement together than SQLite to run it.
        kinds = [entity._meta.fields[name] for name in columns]
        given = ", ".join(f'"{kind.column_name}" = ?' for kind in kinds)
        values = [kind.db_value(value) for kind, value in zip(kinds, columns.values(), strict=True)]
        sql = f'UPDATE "{entity.key()}" SET {given} WHERE {where}'
        if not database.execute_sql(sql, (*values, *read)).rowcount:
            raise conflicts.moved_on(record, before)
        record._dirty.clear()
        return columns

    def current(self, record: Any) -> None:
        """Raise `Conflict` unless a record is still as it was read."""
        where, read = _as_read(record, record.version)
        if not database.execute_sql(f'SELECT 1 FROM "{record.key()}" WHERE {where}', read).fetchone():
            raise conflicts.moved_on(record, dict(record.__data__))

    def delete(self, record: Any) -> None:
        """Delete a record alone, as it is now; raises `Conflict` where others need it (see `records.delete`)."""
        entity = type(record)
        now = entity.get_or_none(entity.uid == record.uid)
        if now is None:
            raise conflicts.gone(self.workspace.say(record))
        if not self.mending:
            locks.check_meeting(now, now.__data__.get("state", ""), {WHOLE})
            locks.check_part(now)
        whole = canonical(journal.snapshot(now))
        try:
            # The sets are restored, should the record be needed.
            with self.workspace.engine.nested():
                for many in sets(entity):
                    many.write(now.id, many.read(now.id), frozenset())
                entity.delete().where(entity.id == now.id).execute()
                if isinstance(now, Registered):
                    Subject.delete().where(Subject.id == now.id).execute()
        except pw.IntegrityError as error:
            raise conflicts.needed(now) from error
        self._note(now, WHOLE, whole, None)
        if search.indexed(entity):
            search.remove(now)
        derive.after_write(now, self._found)

    @contextmanager
    def mended(self) -> Iterator[None]:
        """A part of the operation that may touch final minutes: what they said is kept as their version."""
        before, self.mending = self.mending, True
        try:
            yield
        finally:
            self.mending = before

    @contextmanager
    def kept_before(self) -> Iterator[None]:
        """A part of the operation whose values were kept before: a limit that came since does not refuse them."""
        before, self._kept_before = self._kept_before, True
        try:
            yield
        finally:
            self._kept_before = before

    @contextmanager
    def nested(self) -> Iterator[Writing]:
        """A part of the operation that is taken back alone if its body raises."""
        steps, remarks, memory = len(self.steps), len(self.remarks), len(self._memory)
        facts, officer = self.workspace.facts, self.workspace.officer
        try:
            with self.workspace.engine.nested():
                yield self
        except BaseException:
            del self.steps[steps:], self.remarks[remarks:]
            self._remember(memory)
            self.workspace.facts, self.workspace.officer = facts, officer
            raise

    def finish(self) -> None:
        """What follows from the operation as a whole: words that are found, the figures of its day, and sides, where
        the facts changed."""
        by_entity: dict[type[Entity], list[int]] = {}
        for entity, number in self._indexing:
            by_entity.setdefault(entity, []).append(number)
        for entity, numbers in by_entity.items():
            search.index(entity, numbers)
        if any(step.entity == Fact.key() for step in self.steps):
            self.workspace.facts = facts_table.read()
            if self.workspace.facts != self._facts:
                derive.rebuild_sides(self.workspace.facts)
            if self.workspace.facts.zone != self._facts.zone:
                summaries.rebuild_activity(self.workspace.facts.zone)
        summaries.note(self.workspace.today(), self.source)

    def forget(self) -> None:
        """Give what is in memory (records, the workspace's facts) the values that it had before the operation."""
        self._remember(0)
        self.workspace.facts, self.workspace.officer = self._facts, self._officer

    def _remember(self, mark: int) -> None:
        for record, before in reversed(self._memory[mark:]):
            record.__data__.clear()
            record.__data__.update(before)
            record.__rel__.clear()
            record._dirty.clear()
        del self._memory[mark:]

    def _checked(self, f: Kind, value: Any) -> Any:
        self.remarks.extend(f.remarks(value))
        return f.again(value) if self._kept_before else f.check(value)

    def _settle(self, record: Any, before: dict[str, Any]) -> None:
        """Check the record as a whole and fill what follows from it."""
        entity: type[Record] = type(record)
        record.problems()
        for f in _own_kind(entity):
            if references.leads_back(record, f, stored(record, f.name)):
                raise f.invalid(
                    _("{record} cannot be part of itself.").format(record=references.name(record))
                )
        derive.before_save(record, self.workspace, before)

    def _found(self, entity: type[Any], number: int) -> None:
        self._indexing[entity, number] = None

    def _note(self, record: Record, name: str, before: str | None, after: str | None) -> None:
        self.steps.append(Step(record.key(), record.uid, name, before, after))


@cache
def _own_kind(entity: type[Record]) -> tuple[Reference, ...]:
    """The fields by which a record refers to another of its kind."""
    return tuple(f for f in journalled(entity) if isinstance(f, Reference) and f.target is entity)


def _initial(f: Any) -> Any:
    """The value of a field in which nothing was entered."""
    default = getattr(f, "default", None)
    return f.empty() if default is None else default


def _as_read(record: Any, version: int) -> tuple[str, tuple[Any, ...]]:
    """The condition that the record is there and of this version: SQL, and what it asks for."""
    return "id = ? AND uid = ? AND version = ?", (record.id, record.uid, version)


def _writable(entity: type[Record], name: str) -> Kind:
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
