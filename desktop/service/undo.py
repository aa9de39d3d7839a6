"""Taking back: an operation's changes replayed backwards, as a new operation.

So undo is itself in the journal, and redo is the undo of an undo. Ctrl+Z walks this officer's own edits; what
set up, loaded or imported the workspace is taken back from Activity, by `revert`.
"""

from __future__ import annotations

import json
from typing import Any

from desktop.i18n import _
from desktop.model import RECORDS, Operation, Record, field, journalled
from desktop.model.base import sets
from desktop.service import journal
from desktop.service.journal import WHOLE, Step, canonical, stored
from desktop.service.operation import Conflict, Writing
from desktop.service.workspace import Workspace

EDITS = ("window", "command_line")
"""Sources of operations that Ctrl+Z walks."""


def undoable(workspace: Workspace) -> Operation | None:
    """The operation that undo would take back."""
    cancelled: set[str] = set()
    for operation in _own(workspace):
        if operation.uid in cancelled:
            continue
        if operation.reverts is None:
            return operation  # type: ignore[no-any-return]
        # A redo cancels the undo that it takes back, which then cancels nothing.
        cancelled.add(operation.reverts)
    return None


def redoable(workspace: Workspace) -> Operation | None:
    """The undo that redo would take back; None once something new was done."""
    cancelled: set[str] = set()
    for operation in _own(workspace):
        if operation.reverts is None:
            return None
        if _is_redo(operation):
            cancelled.add(operation.reverts)
        elif operation.uid not in cancelled:
            return operation
    return None


def _own(workspace: Workspace) -> Any:
    """This officer's edits and undos, newest first."""
    officer = workspace.officer.uid if workspace.officer else ""
    mine = (Operation.officer == officer) & Operation.source.in_(EDITS)
    return Operation.select().where(mine).order_by(Operation.id.desc()).iterator()


def _reverted(operation: Operation) -> Operation | None:
    return Operation.get_or_none(Operation.uid == operation.reverts)


def _is_redo(operation: Operation) -> bool:
    target = _reverted(operation)
    return target is not None and target.reverts is not None


def undo(workspace: Workspace) -> str | None:
    """Take back the last edit of this officer; returns its label, None if there is none. Raises `Conflict`."""
    operation = undoable(workspace)
    if operation is None:
        return None
    revert(workspace, operation, _("Undo: {what}").format(what=operation.label))
    return str(operation.label)


def redo(workspace: Workspace) -> str | None:
    """Bring back what the last undo took away; returns its label, None if there is none. Raises `Conflict`."""
    operation = redoable(workspace)
    if operation is None:
        return None
    label = label_of(operation)
    revert(workspace, operation, _("Redo: {what}").format(what=label))
    return label


def label_of(operation: Any) -> str:
    """What an operation did, or what the one did that it, or its like, takes back."""
    while operation.reverts:
        operation = _reverted(operation)
    return str(operation.label)


def revert(workspace: Workspace, operation: Operation, label: str) -> None:
    """Replay an operation backwards; raises `Conflict`, with nothing changed, where a record has moved on."""
    source = operation.source if operation.source in EDITS else workspace.source
    with workspace.operation(label, source=source, reverts=operation.uid) as writing:
        for step in reversed(journal.steps_of(operation)):
            apply_back(writing, step)


def apply_back(writing: Writing, step: Step) -> None:
    """Undo one change; raises `Conflict` if the record is no longer as the change left it."""
    entity = RECORDS[step.entity]
    if step.field != WHOLE:
        _restore_field(writing, entity, step)
    elif step.after is None:
        values = {name: _value(entity, name, raw) for name, raw in json.loads(step.before or "{}").items()}
        writing.create(entity, values, uid=step.uid)
    else:
        record = _record(entity, step.uid)
        if canonical(journal.snapshot(record)) != step.after:
            raise _moved_on(writing, record)
        writing.delete(record)


def _restore_field(writing: Writing, entity: type[Record], step: Step) -> None:
    record = _record(entity, step.uid)
    f = field(entity, step.field)
    many = {s.name: s for s in sets(entity)}
    now = many[f.name].read(record.id) if f.name in many else stored(record, f.name)
    if canonical(f.to_json(now)) != step.after:
        raise _moved_on(writing, record)
    writing.change(record, {f.name: _value(entity, f.name, json.loads(step.before or "null"))})


def _value(entity: type[Record], name: str, raw: Any) -> Any:
    f = next((f for f in journalled(entity) if f.name == name), None)
    if f is None:
        raise Conflict(_("The field “{field}” does not exist any more.").format(field=name))
    try:
        return f.from_json(raw)
    except LookupError:
        raise Conflict(
            _("What “{field}” pointed to does not exist any more.").format(field=f.title)
        ) from None


def _record(entity: type[Record], uid: str) -> Any:
    record = entity.get_or_none(entity.uid == uid)
    if record is None:
        raise Conflict(_("The record was deleted meanwhile; bring it back from Activity first."))
    return record


def _moved_on(writing: Writing, record: Record) -> Conflict:
    return Conflict(
        _("{record} was changed since, so this cannot be taken back by itself.").format(
            record=writing.workspace.say(record)
        )
    )
