"""Looking back: what happened to a record, and everything that was done."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from desktop.i18n import _
from desktop.model import ENTITIES, RECORDS, Change, Operation, Point, Record, Subject, field, fields
from desktop.model.base import Registered
from desktop.model.dates import stamp
from desktop.model.journal import DELETION
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.service import journal
from desktop.service.conflicts import Conflict
from desktop.service.journal import WHOLE, Step, canonical
from desktop.service.operation import Writing
from desktop.service.undo import apply_back, restore
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
    return [_event(row) for row in list(rows)]


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
    """A value of the journal in words; what was deleted is named as it was called last."""
    value = json.loads(text or "null")
    if value is None:
        return ""
    try:
        f = field(entity, name)
    except KeyError:
        return str(value)
    if isinstance(f, Reference):
        return _called(f.target, value)
    if isinstance(f, Many) and f.target is not None:
        return "; ".join(sorted((_called(f.target, uid) for uid in value), key=SortKey.key))
    return f.text(f.from_json(value))


def _called(target: Any, uid: str) -> str:
    """What stands for the record of a uid, deleted or not."""
    try:
        return str(target.words_of(target.id_of(uid)))
    except LookupError:
        last = journal.last_seen(uid)
        if not issubclass(target, Registered | Subject):
            last = {"ref": last.get("acronym") or last.get("name") or last.get("ref")}
        return str(target.spoken(last.get("ref") or uid))


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
    """What stands for the record of a step, deleted ones too: reference and name, or what a part belongs to."""
    entity: Any = RECORDS[step.entity]
    whole = json.loads((step.after or step.before or "{}") if step.field == WHOLE else "{}")
    if "ref" in whole:
        return f"{whole['ref']} {whole.get(entity.naming, '')}".strip()
    record = entity.get_or_none(entity.uid == step.uid)
    if entity in ENTITIES:
        return str(record.ref if record is not None else journal.last_seen(step.uid).get("ref", ""))
    known = whole or (journal.snapshot(record) if record is not None else journal.last_seen(step.uid))
    ends = (f for f in fields(entity) if isinstance(f, Reference) and f.required)
    called = [_called(f.target, known[f.name]) for f in ends if f.name in known]
    return " – ".join(called) or str(known.get("name", ""))


def operations(limit: int = 200, before: int | None = None) -> Iterator[Operation]:
    """What was done, newest first; `before` is the id of the last one already seen."""
    rows = Operation.select().order_by(Operation.id.desc()).limit(limit)
    return iter(rows if before is None else rows.where(Operation.id < before))


def set_back(rows: Sequence[Operation]) -> frozenset[int]:
    """The ids of those of these operations before which the clock of the machine had been set back.

    Operations stand in the order in which they were done, whatever it showed.
    """
    if not rows:
        return frozenset()
    ids = [row.id for row in rows]
    before = Operation.alias()
    last = before.select(pw.fn.max(before.id)).where(before.id < Operation.id)
    other = Operation.alias()
    found = (
        Operation.select(Operation.id)
        .join(other, on=(other.id == last))
        .where((Operation.id >= min(ids)) & (Operation.id <= max(ids)) & (Operation.at < other.at))
    )
    return frozenset(row.id for row in found)


def after_day(workspace: Workspace, day: str) -> int | None:
    """The id of the first operation after a day of the post's clock: those before it are of that day and earlier."""
    end = dt.datetime.combine(
        dt.date.fromisoformat(day) + dt.timedelta(days=1), dt.time(), ZoneInfo(workspace.facts.zone)
    )
    later = Operation.select(Operation.id).where(Operation.at >= stamp(end.astimezone(dt.UTC)))
    found: Any = later.order_by(Operation.at, Operation.id).limit(1).scalar()
    return None if found is None else int(found)


def deleted(workspace: Workspace, limit: int = 500) -> list[tuple[Operation, Step]]:
    """The entities that are deleted now, with the operation that deleted each, newest first."""
    kinds = [entity.key() for entity in ENTITIES]
    found: dict[str, tuple[Operation, Step]] = {}
    for row in Change.walk(newest_first=True, where=DELETION & Change.entity.in_(kinds)):
        entity = RECORDS[row.entity]
        if row.uid not in found and not entity.select().where(entity.uid == row.uid).exists():
            found[row.uid] = (row.operation, Step(row.entity, row.uid, row.field, row.before, row.after))
            if len(found) == limit:
                break
    return list(found.values())


def bring_back(workspace: Workspace, operation: Operation, step: Step) -> list[str]:
    """Make a deleted record again, with what was deleted with it and still has its other end; raises `Conflict`.

    What it pointed to and is gone itself stays away; returns a sentence for each such field.
    """
    label = _("Bring back {record}").format(record=name_of(step))
    with workspace.operation(label) as writing:
        whole, told = _without_gone(step)
        apply_back(writing, whole)
        # What belonged to it comes back, and what belonged to that; the fields of a record that pointed, together.
        back = {step.uid}
        along = [part for part in reversed(journal.steps_of(operation)) if part.uid != step.uid]
        for (_entity, uid), group in groupby(along, lambda part: (part.entity, part.uid)):
            steps = list(group)
            if any(_went_along(part, back) for part in steps) and _came_back(writing, steps, told):
                back.add(uid)
        return told


def _without_gone(step: Step) -> tuple[Step, list[str]]:
    """A deletion without what the record pointed to and is gone itself, and a sentence about each such field."""
    entity = RECORDS[step.entity]
    whole = json.loads(step.before or "{}")
    told = []
    for f in fields(entity):
        if not isinstance(f, Reference | Many) or f.target is None or f.name not in whole:
            continue
        value = whole[f.name]
        uids = value if isinstance(f, Many) else [value]
        gone = [uid for uid in uids if f.target.get_or_none(f.target.uid == uid) is None]
        if not gone:
            continue
        whole[f.name] = [uid for uid in uids if uid not in gone] if isinstance(f, Many) else None
        told.append(
            _("{field}: {names} is deleted and was left out.").format(
                field=f.title, names="; ".join(_called(f.target, uid) for uid in gone)
            )
        )
    kept = {name: value for name, value in whole.items() if value not in (None, [])}
    return step._replace(before=canonical(kept)), told


def _went_along(part: Step, back: set[str]) -> bool:
    """Whether a step of the same operation removed something because one of these records was deleted."""
    belongs = part.after is None and RECORDS[part.entity] not in ENTITIES
    pointed = part.field != WHOLE and part.after == "null"
    return (belongs or pointed) and part.before is not None and any(uid in part.before for uid in back)


def _came_back(writing: Writing, steps: list[Step], told: list[str]) -> bool:
    """Undo what was done to one record that went along; whether it could be. What it lost is told."""
    try:
        with writing.nested():
            if steps[0].field == WHOLE:
                whole, lost = _without_gone(steps[0])
                apply_back(writing, _as_note(whole))
                told.extend(lost)
            else:
                restore(writing, steps)
    except Conflict:
        # What it cannot be without is gone, or it has moved on: the record itself comes back all the same.
        return False
    return True


def _as_note(whole: Step) -> Step:
    """A point of minutes whose follow-up is gone comes back as a note, with the follow-up's last words if need be."""
    values = json.loads(whole.before or "{}")
    if whole.entity != Point.key() or values.get("kind") != "follow_up" or values.get("follow_up"):
        return whole
    return whole._replace(before=canonical({**values, "kind": "note", "was": "follow_up"}))
