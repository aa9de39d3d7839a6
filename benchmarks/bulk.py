"""Writing records in bulk as the services would: same columns, same journal; by `executemany`.

A record is given its final values at once, and the journal the values that it had when it was made: what happens
to it later is noted by `changed()`, in an operation of its own. Indexes are dropped first and made last.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from desktop.model import Entity, Record, Subject, journalled, summaries
from desktop.model.base import Registered, sets
from desktop.model.kinds import SortKey
from desktop.service import journal
from desktop.service.journal import WHOLE, Step, canonical
from desktop.service.workspace import Workspace

FLUSHED = 20_000
"""Rows of a table that are written together."""

HEAD = (*"uid label at officer officer_name device sequence clock source reverts previous hash".split(),)  # noqa: SIM905


class Bulk:
    """One pass over an empty or freshly set-up workspace."""

    def __init__(self, workspace: Workspace, rng: random.Random) -> None:
        self.workspace, self.rng = workspace, rng
        self.connection = workspace.engine.db.connection()
        self.uids: dict[str, dict[int, str]] = {}
        """By table, the uid of each id: what the journal writes for a reference."""
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._into: dict[str, str] = {}
        self._next: dict[str, int] = {}
        self._counted: dict[str, int] = {}
        self._steps: list[Step] = []
        self._hash, self._clock = self._one(
            'SELECT hash, clock FROM "operation" ORDER BY id DESC LIMIT 1'
        ) or ("", 0)
        self._operation = self._id("operation") - 1
        self._sequence = (self._one('SELECT max(sequence) FROM "operation"') or (0,))[0] or 0

    # ---- records

    def make(
        self, entity: type[Record], at: str, values: dict[str, Any], first: dict[str, Any] | None = None
    ) -> int:
        """A record of these final values (sets too); `first` are those that it had otherwise when it was made."""
        shape = _shape(entity)
        row = {**shape.defaults, "created_at": at, "updated_at": at, **values}
        uid = row["uid"] = self.uid()
        if issubclass(entity, Entity):
            row["ref"] = self._ref(entity, at)
            for name, of in shape.keys:
                row[name] = SortKey.key(row[of])
        if issubclass(entity, Registered):
            number = self._id("subject")
            self.insert(Subject, {"id": number, "uid": uid, "kind": entity.key()})
            self.uids.setdefault("subject", {})[number] = uid
        else:
            number = self._id(entity.key())
        row["id"] = number
        self.uids.setdefault(entity.key(), {})[number] = uid
        self.insert(entity, row)
        for name, many in shape.many.items():
            for element in values.get(name, ()):
                self.insert(
                    many.through, {"subject": number, "role": many.role, many.through.element: element}
                )
        begun = self._snapshot(shape, {**row, **first} if first else row)
        self._steps.append(Step(entity.key(), uid, WHOLE, None, canonical(begun)))
        return number

    def changed(self, entity: type[Record], number: int, name: str, before: Any, after: Any) -> None:
        """A later change of a field of a record that is already written."""
        target = _target(entity._meta.fields[name])
        old, new = (canonical(self._json(target, value)) for value in (before, after))
        self._steps.append(Step(entity.key(), self.uids[entity.key()][number], name, old, new))

    def uid(self) -> str:
        """A random uid (version 4), from the seed."""
        digits = f"{self.rng.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    # ---- operations

    @contextmanager
    def operation(self, label: str, at: str, officer: tuple[str, str]) -> Iterator[None]:
        """What is made and changed within becomes one operation of the chain; `officer` is uid and name."""
        yield
        self._clock, self._sequence, self._operation = (
            self._clock + 1,
            self._sequence + 1,
            self._operation + 1,
        )
        head = {
            "previous": self._hash,
            "uid": self.uid(),
            "label": label,
            "at": at,
            "officer": officer[0],
            "officer_name": officer[1],
            "device": self.workspace.device,
            "sequence": self._sequence,
            "clock": self._clock,
            "source": "window",
            "reverts": None,
        }
        self._hash = head["hash"] = journal.digest(journal._head(head), self._steps)
        self._add("operation", ("id", *HEAD), (self._operation, *(head[name] for name in HEAD)))
        columns = ("operation_id", "entity", "uid", "field", "before", "after")
        for step in self._steps:
            self._add("change", columns, (self._operation, *step))
        self._steps = []

    # ---- rows

    def insert(self, table: Any, values: dict[str, Any]) -> None:
        """A row of a table, by field names."""
        names, columns = _columns(table)
        self._add(table._meta.table_name, columns, tuple(values.get(name) for name in names))

    def _add(self, table: str, columns: tuple[str, ...], row: tuple[Any, ...]) -> None:
        rows = self._rows.get(table)
        if rows is None:
            rows = self._rows[table] = []
            names = ", ".join(f'"{column}"' for column in columns)
            holes = ", ".join("?" * len(columns))
            self._into[table] = f'INSERT INTO "{table}" ({names}) VALUES ({holes})'
        rows.append(row)
        if len(rows) >= FLUSHED:
            self.connection.executemany(self._into[table], rows)
            rows.clear()

    def flush(self) -> None:
        """Write what is still held, and the counters of the references."""
        for table, rows in self._rows.items():
            self.connection.executemany(self._into[table], rows)
            rows.clear()
        self.connection.executemany(
            "INSERT INTO counter (name, last) VALUES (?, ?) ON CONFLICT DO UPDATE SET last = excluded.last",
            list(self._counted.items()),
        )

    def _id(self, table: str) -> int:
        number = self._next.get(table)
        if number is None:
            number = (self._one(f'SELECT max(id) FROM "{table}"') or (0,))[0] or 0
        self._next[table] = number = number + 1
        return number

    def _ref(self, entity: type[Entity], at: str) -> str:
        name = f"{entity.prefix}-{at[:4]}" if entity.yearly else entity.prefix
        last = self._counted.get(name)
        if last is None:
            last = (self._one("SELECT last FROM counter WHERE name = ?", name) or (0,))[0]
        self._counted[name] = last = last + 1
        return f"{name}-{last:03d}"

    def _one(self, sql: str, *parameters: Any) -> Any:
        return self.connection.execute(sql, parameters).fetchone()

    # ---- journal terms

    def _snapshot(self, shape: _Shape, values: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name, target, empty in shape.journalled:
            value = values.get(name, empty)
            if value != empty:
                found[name] = self._json(target, value)
        return found

    def _json(self, target: str | None, value: Any) -> Any:
        if target is None or value is None:
            return sorted(value) if isinstance(value, frozenset) else value
        uids = self.uids[target]
        return sorted(uids[each] for each in value) if isinstance(value, frozenset) else uids[value]


class _Shape:
    """What is needed again and again of an entity."""

    def __init__(self, entity: type[Record]) -> None:
        fields = entity._meta.fields
        self.many = {f.name: f for f in sets(entity)}
        self.keys = [(f.name, f.of) for f in fields.values() if isinstance(f, SortKey)]
        self.journalled = [(f.name, _target(f), f.empty()) for f in journalled(entity)]
        self.defaults = {
            f.name: f.default if f.default is not None else (f.empty() if hasattr(f, "empty") else None)
            for f in fields.values()
        }


@cache
def _shape(entity: type[Record]) -> _Shape:
    return _Shape(entity)


@cache
def _columns(table: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = [f for f in table._meta.sorted_fields if f.name != "id" or "uid" in table._meta.fields]
    return tuple(f.name for f in known), tuple(f.column_name for f in known)


def _target(kind: Any) -> str | None:
    """The table whose uids stand for a field's values; None for plain values."""
    target = getattr(kind, "target", None)
    return target._meta.table_name if target is not None else None


def known_uids(bulk: Bulk, *entities: type[Record]) -> None:
    """Take note of the records that the services have made."""
    for entity in entities:
        table = entity._meta.table_name
        bulk.uids[table] = dict(bulk.connection.execute(f'SELECT id, uid FROM "{table}"').fetchall())


@contextmanager
def without_indexes(connection: Any, say: Any) -> Iterator[None]:
    """Drop all indexes that were made by name; make them again at the end, in the same order."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
    indexes = connection.execute(sql).fetchall()
    for name, _sql in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for number, (_name, made) in enumerate(indexes, 1):
        say(f"index {number} of {len(indexes)}")
        connection.execute(made)


@contextmanager
def without_summaries(connection: Any) -> Iterator[None]:
    """Drop the triggers that keep the figures; make them again at the end. The figures are to be rebuilt then."""
    for name, _sql in summaries.triggers():
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in summaries.triggers():
        connection.execute(sql)
