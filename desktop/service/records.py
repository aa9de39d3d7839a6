"""The verbs that all entities share: add, change, delete, hand over, read as JSON.

They know what a plain act does not: a status that is set is an update of the progress log, a date that is moved
is an extension, and what belongs to a record goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.i18n import _, ngettext
from desktop.model import (
    Attendance,
    Entity,
    Extension,
    FollowUp,
    Invalid,
    Link,
    Meeting,
    Person,
    Recommendation,
    Update,
    field,
    fields,
)
from desktop.model.base import Registered, journalled, sets
from desktop.model.computed import Computed
from desktop.model.followed import Followed
from desktop.model.relations import Many
from desktop.service import extensions, progress
from desktop.service.journal import stored
from desktop.service.operation import Writing, unknown_field
from desktop.service.workspace import Workspace


def parse(entity: type[Entity], texts: dict[str, str]) -> dict[str, Any]:
    """Values for texts that somebody typed; raises `Invalid` for the first that cannot be taken."""
    known = {f.name: f for f in journalled(entity) if f.editable or f.name == "ref"}
    values = {}
    for name, text in texts.items():
        if name not in known:
            raise unknown_field(entity, name)
        values[name] = known[name].parse(text)
    return values


def add(workspace: Workspace, entity: type[Entity], values: dict[str, Any]) -> Any:
    """A new record; raises `Invalid`. A meeting or follow-up starts with what the day and the officer imply."""
    label = _("Add {kind}").format(kind=_(entity.singular))
    with workspace.operation(label) as writing:
        return make(writing, entity, values)


def make(writing: Writing, entity: type[Entity], values: dict[str, Any]) -> Any:
    """`add`, within an operation."""
    workspace = writing.workspace
    given = dict(values)
    if entity is FollowUp:
        # Without an owner it is the officer's who writes it down.
        given.setdefault("owner", workspace.officer.id if workspace.officer else None)
        due = given.get("due_on")
        given.setdefault("raised_on", min(workspace.today(), due) if due else workspace.today())
        given.setdefault("due_first", due)
        if given.get("status") in (*FollowUp.course.done, *FollowUp.course.closed):
            given.setdefault("closed_on", workspace.today())
    if entity is Recommendation:
        given.setdefault("target_first", given.get("target_on"))
    if entity is Meeting:
        given.setdefault("zone", workspace.facts.zone)
    return writing.create(entity, given)


def change(
    workspace: Workspace, record: Any, values: dict[str, Any], *, reason: str = "", agreed_by: str = ""
) -> bool:
    """Set fields of a record; returns whether anything differs. Raises `Invalid` or `Conflict`.

    `reason` and `agreed_by` go with a date that is moved.
    """
    names = ", ".join(field(type(record), name).title for name in values if _has(type(record), name))
    label = _("Change {record}: {fields}").format(record=workspace.say(record), fields=names)
    with workspace.operation(label) as writing:
        before = len(writing.steps)
        amend(writing, record, values, reason=reason, agreed_by=agreed_by)
        return len(writing.steps) > before


def amend(
    writing: Writing, record: Any, values: dict[str, Any], *, reason: str = "", agreed_by: str = ""
) -> None:
    """`change`, within an operation."""
    rest = dict(values)
    entity = type(record)
    if isinstance(record, Followed):
        for aspect in ("reported", "desk"):
            name = _status(entity, aspect)
            if name in rest:
                after = field(entity, name).check(rest.pop(name))
                if after and after != getattr(record, name):
                    progress.log(writing, record, status=after, aspect=aspect)
                elif not after and getattr(record, name):
                    rest[name] = after
    moved = extensions.movable(record)
    if moved and moved in rest:
        extensions.move(writing, record, rest.pop(moved), reason, agreed_by)
    if rest:
        writing.change(record, rest)


def _status(entity: type[Any], aspect: str) -> str:
    try:
        return progress.status_field(entity, aspect)
    except Invalid:
        return ""


def _has(entity: type[Entity], name: str) -> bool:
    return any(f.name == name for f in fields(entity))


def change_many(workspace: Workspace, records: Iterable[Any], values: dict[str, Any]) -> int:
    """Set the same fields of many records, such as their owner, as one operation; returns how many differ."""
    chosen = list(records)
    names = ", ".join(field(type(chosen[0]), name).title for name in values) if chosen else ""
    label = ngettext(
        "Change {fields} of {count} record", "Change {fields} of {count} records", len(chosen)
    ).format(fields=names, count=len(chosen))
    changed = 0
    with workspace.operation(label) as writing:
        for record in chosen:
            before = len(writing.steps)
            amend(writing, record, values)
            changed += len(writing.steps) > before
    return changed


def delete(workspace: Workspace, records: Iterable[Any]) -> None:
    """Delete records with what belongs to them, as one operation; raises `Conflict` where others need them."""
    chosen = list(records)
    if len(chosen) == 1:
        label = _("Delete {record}").format(record=workspace.say(chosen[0]))
    else:
        label = ngettext("Delete {count} record", "Delete {count} records", len(chosen)).format(
            count=len(chosen)
        )
    with workspace.operation(label) as writing:
        for record in chosen:
            remove(writing, record)


def remove(writing: Writing, record: Any) -> None:
    """`delete` of one record, within an operation: its parts first, then itself."""
    if isinstance(record, Registered):
        belongs = (
            Link.select().where((Link.from_subject == record.id) | (Link.to_subject == record.id)),
            Update.select().where(Update.subject == record.id),
            Extension.select().where(Extension.subject == record.id),
        )
        for rows in belongs:
            for row in rows:
                writing.delete(row)
    if isinstance(record, Meeting):
        for row in Attendance.select().where(Attendance.meeting == record.id):
            writing.delete(row)
        for follow_up in FollowUp.select().where(FollowUp.meeting == record.id):
            writing.change(follow_up, {"meeting": None})
    writing.delete(type(record).get_by_id(record.id))


def change_owner(workspace: Workspace, records: Iterable[Any], owner: Person) -> int:
    """Hand records over to another officer; returns how many changed hands."""
    return change_many(workspace, records, {"owner": owner.id})


def values_of(record: Any) -> dict[str, Any]:
    """All values of a record by field name, sets included, computed columns not."""
    values = {f.name: f.read(record.id) for f in sets(type(record))}
    for f in fields(type(record)):
        if not isinstance(f, Many | Computed):
            values[f.name] = stored(record, f.name)
    return values
