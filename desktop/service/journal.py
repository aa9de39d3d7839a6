"""The one journal: what each operation changed, in terms that mean the same on another machine.

References and sets are written by uid, values as canonical JSON; operations form a chain of hashes. Undo, the
history tab, Activity, the audit sheet and every comparison are read from here and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from desktop.model import Change, Operation, Record, database, journalled
from desktop.model.relations import Many

WHOLE = "*"
"""The field of a change that made or deleted a whole record."""

HEAD = (
    "previous",
    "uid",
    "label",
    "at",
    "officer",
    "officer_name",
    "device",
    "sequence",
    "clock",
    "source",
    "reverts",
)
"""What the hash of an operation covers beside its steps, in this order."""


class Step(NamedTuple):
    """One change within an operation; `before` and `after` are canonical JSON or None."""

    entity: str
    uid: str
    field: str
    before: str | None
    after: str | None


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, characters as they are."""
    return _ENCODER.encode(value)


def snapshot(record: Record, elements: dict[str, frozenset[Any]] | None = None) -> dict[str, Any]:
    """All journalled values of a record that are not empty, in journal terms.

    `elements` are the record's sets where they are known; otherwise they are read.
    """
    values = {}
    for field in journalled(type(record)):
        if not isinstance(field, Many):
            value = stored(record, field.name)
        elif elements is not None:
            value = elements[field.name]
        else:
            value = field.read(record.id)
        if value != field.empty():
            values[field.name] = field.to_json(value)
    return values


def stored(record: Record, name: str) -> Any:
    """The value of a column as it is stored: of a reference, the id."""
    return record.__data__.get(name)


def last_seen(uid: str) -> dict[str, Any]:
    """What a record was when it was deleted last, in journal terms; nothing if it never was."""
    row = (
        Change.select(Change.before)
        .where((Change.uid == uid) & (Change.field == WHOLE) & Change.after.is_null())
        .order_by(Change.id.desc())
        .tuples()
        .first()
    )
    return dict(json.loads(row[0])) if row else {}


def born(uid: str) -> str | None:
    """When a record was made first, as a timestamp; None if it never was."""
    row = (
        Change.select(Operation.at)
        .join(Operation)
        .where((Change.uid == uid) & (Change.field == WHOLE) & Change.before.is_null())
        .order_by(Change.id)
        .tuples()
        .first()
    )
    return str(row[0]) if row else None


def made_in(uid: str) -> int:
    """The id of the operation that made a record last."""
    made = Change.select(Change.operation).where(
        (Change.uid == uid) & (Change.field == WHOLE) & Change.before.is_null()
    )
    return int(made.order_by(Change.id.desc()).tuples().first()[0])


def changed_since(uid: str, operation: int) -> bool:
    """Whether a later operation than that of this id changed a record."""
    return bool(Change.select().where((Change.uid == uid) & (Change.operation > operation)).exists())


def digest(head: Iterable[Any], steps: Iterable[Step]) -> str:
    """The hash of an operation: over its head, which includes the previous hash, and its steps."""
    return hashlib.sha256(canonical([list(head), [list(step) for step in steps]]).encode()).hexdigest()


# Written out, as peewee takes longer to put such statements together than SQLite to run them.
_LAST = (
    'SELECT hash, clock, (SELECT max(sequence) FROM "operation" WHERE device = ?)'
    ' FROM "operation" ORDER BY id DESC LIMIT 1'
)
_COLUMNS = (*HEAD, "hash")
_OPERATION = f'INSERT INTO "operation" ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})'
_CHANGE = (
    'INSERT INTO "change" (operation_id, entity, uid, field, "before", "after") VALUES (?, ?, ?, ?, ?, ?)'
)


def append(head: dict[str, Any], steps: list[Step]) -> str:
    """Write an operation and its steps at the end of the chain; returns its uid."""
    last, clock, sequence = database.execute_sql(_LAST, (head["device"],)).fetchone() or ("", 0, None)
    head["previous"], head["clock"], head["sequence"] = last, clock + 1, (sequence or 0) + 1
    head["hash"] = digest(_head(head), steps)
    written = database.execute_sql(_OPERATION, [head[name] for name in _COLUMNS]).lastrowid
    # executemany under peewee's connection: a catalogue is thousands of steps.
    database.connection().executemany(_CHANGE, [(written, *step) for step in steps])
    return str(head["uid"])


def _head(row: dict[str, Any]) -> list[Any]:
    return [row[name] for name in HEAD]


def steps_of(operation: Operation) -> list[Step]:
    """What an operation changed, in order."""
    rows: Any = (
        Change.select(Change.entity, Change.uid, Change.field, Change.before, Change.after)
        .where(Change.operation == operation.id)
        .order_by(Change.id)
        .tuples()
    )
    return [Step(*row) for row in rows]


def broken_at() -> str | None:
    """The uid of the first operation whose hash does not fit its content or its predecessor, or None.

    An end that was cut off is not seen here: only something outside the file can know that it was longer.
    """
    previous, clock = "", 0
    sequences: dict[str, int] = {}
    for row in Operation.walk():
        data = dict(row.__data__)
        clock, sequence = clock + 1, sequences.get(data["device"], 0) + 1
        whole = digest(_head(data), steps_of(row)) == data["hash"]
        in_place = (previous, clock, sequence) == (data["previous"], data["clock"], data["sequence"])
        if not (whole and in_place):
            return str(row.uid)
        previous, sequences[data["device"]] = data["hash"], sequence
    stray: Any = Change.select(Change.uid).where(Change.operation.not_in(Operation.select(Operation.id)))
    return stray.limit(1).scalar()  # type: ignore[no-any-return]
