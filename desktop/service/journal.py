"""The one journal: what each operation changed, in terms that mean the same on another machine.

References and sets are written by uid, values as canonical JSON; operations form a chain of hashes. Undo, the
history tab, Activity, the audit sheet and every comparison are read from here and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from desktop.model import Change, Operation, Record, journalled
from desktop.model.base import sets

WHOLE = "*"
"""The field of a change that made or deleted a whole record."""


class Step(NamedTuple):
    """One change within an operation; `before` and `after` are canonical JSON or None."""

    entity: str
    uid: str
    field: str
    before: str | None
    after: str | None


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def snapshot(record: Record, elements: dict[str, frozenset[Any]] | None = None) -> dict[str, Any]:
    """All journalled values of a record that are not empty, in journal terms.

    `elements` are the record's sets where they are known; otherwise they are read.
    """
    many = {field.name for field in sets(type(record))}
    values = {}
    for field in journalled(type(record)):
        if field.name in many:
            value = elements[field.name] if elements is not None else field.read(record.id)  # type: ignore[attr-defined]
        else:
            value = stored(record, field.name)
        if value != field.empty():
            values[field.name] = field.to_json(value)
    return values


def stored(record: Record, name: str) -> Any:
    """The value of a column as it is stored: of a reference, the id."""
    return record.__data__.get(name)


def digest(head: Iterable[Any], steps: Iterable[Step]) -> str:
    """The hash of an operation: over its head, which includes the previous hash, and its steps."""
    return hashlib.sha256(canonical([list(head), [list(step) for step in steps]]).encode()).hexdigest()


def append(head: dict[str, Any], steps: list[Step]) -> Operation:
    """Write an operation and its steps at the end of the chain."""
    last = Operation.select(Operation.hash, Operation.clock).order_by(Operation.id.desc()).tuples().first()
    head["previous"], head["clock"] = (last[0], last[1] + 1) if last else ("", 1)
    newest = (
        Operation.select(Operation.sequence)
        .where(Operation.device == head["device"])
        .order_by(Operation.sequence.desc())
        .tuples()
        .first()
    )
    head["sequence"] = (newest[0] if newest else 0) + 1
    head["hash"] = digest(_head(head), steps)
    row = Operation.create(**head)
    rows = [(row.id, *step) for step in steps]
    # executemany under peewee's connection: a catalogue is thousands of steps.
    Change._meta.database.connection().executemany(
        'INSERT INTO "change" (operation_id, entity, uid, field, "before", "after") VALUES (?, ?, ?, ?, ?, ?)',
        rows,
    )
    return row


def _head(row: dict[str, Any]) -> list[Any]:
    names = (
        "previous uid label at officer officer_name device sequence clock source reverts".split()  # noqa: SIM905
    )
    return [row[name] for name in names]


def steps_of(operation: Operation) -> list[Step]:
    """What an operation changed, in order."""
    rows = (
        Change.select(Change.entity, Change.uid, Change.field, Change.before, Change.after)
        .where(Change.operation == operation.id)
        .order_by(Change.id)
    )
    return [Step(*row) for row in rows.tuples()]


def broken_at() -> str | None:
    """The uid of the first operation whose hash does not fit its content or its predecessor, or None."""
    previous = ""
    for row in Operation.select().order_by(Operation.id).iterator():
        data = dict(row.__data__)
        if data["previous"] != previous or digest(_head(data), steps_of(row)) != data["hash"]:
            return str(row.uid)
        previous = data["hash"]
    return None
