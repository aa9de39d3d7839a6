"""Looking back: what happened to a record, and everything that was done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.i18n import _
from desktop.model import RECORDS, Change, Operation, Record, field
from desktop.service import journal
from desktop.service.journal import WHOLE, Step
from desktop.service.operation import Conflict
from desktop.service.undo import apply_back
from desktop.service.workspace import Workspace


@dataclass(frozen=True)
class Event:
    """One change of one field, in words."""

    at: str
    who: str
    what: str
    """The label of the operation."""
    field: str
    before: str
    after: str
    operation: str


def of(record: Record) -> list[Event]:
    """Everything that happened to a record itself, newest first."""
    rows = (
        Change.select(Change, Operation)
        .join(Operation)
        .where(Change.uid == record.uid)
        .order_by(Change.operation.desc(), Change.id.desc())
    )
    return [_event(row) for row in rows]


def _event(row: Any) -> Event:
    entity = RECORDS[row.entity]
    operation = row.operation
    if row.field == WHOLE:
        name = _("Created") if row.before is None else _("Deleted")
        before = after = ""
    else:
        name = _title(entity, row.field)
        before, after = read(entity, row.field, row.before), read(entity, row.field, row.after)
    return Event(operation.at, operation.officer_name, operation.label, name, before, after, operation.uid)


def _title(entity: type[Record], name: str) -> str:
    try:
        return field(entity, name).title
    except KeyError:
        return name


def read(entity: type[Record], name: str, text: str | None) -> str:
    """A value of the journal in words; what no longer exists is shown as it was written."""
    value = json.loads(text or "null")
    try:
        f = field(entity, name)
        return f.text(f.from_json(value))
    except LookupError:
        return str(value)


def describe(step: Step) -> str:
    """One step of an operation in a sentence."""
    entity = RECORDS[step.entity]
    name = name_of(step)
    if step.field == WHOLE:
        form = _("{kind} {name} created") if step.before is None else _("{kind} {name} deleted")
        return form.format(kind=_(entity.singular), name=name)
    return _("{name}: {field}: {before} → {after}").format(
        name=name,
        field=_title(entity, step.field),
        before=read(entity, step.field, step.before) or "–",
        after=read(entity, step.field, step.after) or "–",
    )


def name_of(step: Step) -> str:
    """What stands for the record of a step, deleted ones too."""
    entity: Any = RECORDS[step.entity]
    whole = json.loads((step.after or step.before or "{}") if step.field == WHOLE else "{}")
    if "ref" in whole:
        return f"{whole['ref']} {whole.get(entity.naming, '')}".strip()
    record = entity.get_or_none(entity.uid == step.uid)
    return str(getattr(record, "ref", "") or _(entity.singular))


def operations(limit: int = 200, before: int | None = None) -> Iterator[Operation]:
    """What was done, newest first; `before` is the id of the last one already seen."""
    rows = Operation.select().order_by(Operation.id.desc()).limit(limit)
    return iter(rows if before is None else rows.where(Operation.id < before))


def deleted(workspace: Workspace) -> list[tuple[Operation, Step]]:
    """The entities that are deleted now, with the operation that deleted each, newest first."""
    rows = (
        Change.select(Change, Operation)
        .join(Operation)
        .where((Change.field == WHOLE) & Change.after.is_null())
        .order_by(Change.id.desc())
    )
    found: dict[str, tuple[Operation, Step]] = {}
    for row in rows:
        entity: Any = RECORDS[row.entity]
        if not hasattr(entity, "ref") or row.uid in found:
            continue
        if entity.get_or_none(entity.uid == row.uid) is None:
            step = Step(row.entity, row.uid, row.field, row.before, row.after)
            found[row.uid] = (row.operation, step)
    return list(found.values())


def bring_back(workspace: Workspace, operation: Operation, step: Step) -> None:
    """Make a deleted record again, with what was deleted with it and still has its other end; raises `Conflict`."""
    name = name_of(step)
    with workspace.operation(_("Bring back {record}").format(record=name)) as writing:
        steps = journal.steps_of(operation)
        apply_back(writing, step)
        for part in reversed(steps):
            if (
                part.field == WHOLE
                and part.after is None
                and part.uid != step.uid
                and _mentions(part, step.uid)
            ):
                try:
                    apply_back(writing, part)
                except Conflict:
                    # Its other end is gone for good; the record itself comes back all the same.
                    continue


def _mentions(part: Step, uid: str) -> bool:
    return part.before is not None and uid in part.before
