"""Taking back: an operation's changes replayed backwards, as a new operation.

So undo is itself in the journal, and redo is the undo of an undo. Ctrl+Z walks this officer's own edits, a
take-back from Activity among them; what set up or loaded the workspace is taken back from Activity,
by `revert`.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from desktop.i18n import _
from desktop.model import RECORDS, Change, Invalid, Meeting, Operation, Record, database, field
from desktop.model.relations import Many
from desktop.service import journal, locks, references
from desktop.service.conflicts import Conflict
from desktop.service.journal import WHOLE, Step, canonical, stored
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace

EDITS = ("window", "command_line", "import")
"""Sources of operations that Ctrl+Z walks: what an officer did, a file that was taken in as one of their steps."""
MENDS = "check"
"""Source of operations that put right what was damaged in the file: no edits, so nothing is there to take back."""
_IN_MINUTES = ("agenda_item", "point", "attendance", "link")
UNDO = "undo"
"""Source of what undo and redo themselves do."""


def undoable(workspace: Workspace) -> Operation | None:
    """The operation that undo would take back: this officer's last edit that still stands."""
    return next((edit for edit in _own(workspace, *EDITS) if stands(edit.uid)), None)


def redoable(workspace: Workspace) -> Operation | None:
    """The undo that redo would take back; None once something new was done."""
    last = next(_own(workspace, *EDITS), None)
    for operation in _own(workspace, UNDO):
        if last is not None and operation.id < last.id:
            return None
        if stands(operation.uid) and not _is_redo(operation):
            return operation
    return None


def _own(workspace: Workspace, *sources: str) -> Iterator[Operation]:
    """This officer's operations of these sources, newest first; read from the index as far as they are asked for."""
    officer = workspace.officer.uid if workspace.officer else ""
    found = (
        Operation.walk(newest_first=True, where=(Operation.officer == officer) & (Operation.source == source))
        for source in sources
    )
    return heapq.merge(*found, key=lambda operation: -operation.id)


def stands(uid: str) -> bool:
    """Whether nobody took an operation back, or all who did were taken back themselves."""
    # Plain SQL: after much undoing, this is asked hundreds of times.
    rows = database.execute_sql('SELECT uid FROM "operation" WHERE reverts = ?', (uid,)).fetchall()
    return not any(stands(other) for (other,) in rows)


def _reverted(operation: Operation) -> Operation | None:
    return Operation.get_or_none(Operation.uid == operation.reverts)


def _is_redo(operation: Operation) -> bool:
    target = _reverted(operation)
    return target is not None and target.source == UNDO


def undo(workspace: Workspace) -> str | None:
    """Take back the last edit of this officer; returns its label, None if there is none. Raises `Conflict`."""
    operation = undoable(workspace)
    if operation is None:
        return None
    _take_back(workspace, operation, _("Undo: {what}").format(what=operation.label), UNDO)
    return str(operation.label)


def redo(workspace: Workspace) -> str | None:
    """Bring back what the last undo took away; returns its label, None if there is none. Raises `Conflict`."""
    operation = redoable(workspace)
    if operation is None:
        return None
    label = label_of(operation)
    _take_back(workspace, operation, _("Redo: {what}").format(what=label), UNDO)
    return label


def label_of(operation: Operation) -> str:
    """What an operation did, or for an undo or redo what the edit did that it is about."""
    while operation.source == UNDO and (target := _reverted(operation)) is not None:
        operation = target
    return str(operation.label)


def revert(workspace: Workspace, operation: Operation, label: str) -> None:
    """Take back any operation, as an edit; raises `Conflict`, with nothing changed, where a record has moved on, and
    `Invalid` for what is no edit."""
    if operation.source == MENDS:
        raise Invalid(_("This put the file right, and is not taken back."))
    if not stands(operation.uid):
        raise Conflict(_("“{what}” was taken back already.").format(what=operation.label))
    _take_back(workspace, operation, label)


def _take_back(workspace: Workspace, operation: Operation, label: str, source: str = "") -> None:
    with workspace.operation(label, source=source, reverts=operation.uid) as writing:
        backwards = list(reversed(journal.steps_of(operation)))
        writing.mending = _was_final_then(operation, backwards)
        # The fields of a record go back together: one after the other they might contradict each other.
        for (_entity, _uid, whole), steps in groupby(
            backwards, lambda s: (s.entity, s.uid, s.field == WHOLE)
        ):
            if whole:
                for step in steps:
                    apply_back(writing, step)
            else:
                restore(writing, list(steps))


def _was_final_then(operation: Operation, steps: list[Step]) -> bool:
    """Whether all minutes that an operation touched, and that are final now, were final when it was done.

    Then it only mended them, and can be taken back; what was done to a draft that was made final later cannot.
    """
    meetings = {step.uid for step in steps if step.entity == Meeting.key()}
    for step in steps:
        if step.entity in _IN_MINUTES:
            whole = json.loads((step.after or step.before or "{}") if step.field == WHOLE else "{}")
            meetings |= {whole.get("meeting"), whole.get("from_subject")} - {None}
            part = RECORDS[step.entity].get_or_none(RECORDS[step.entity].uid == step.uid)
            owner = locks.meeting_of(part) if part is not None else None
            if owner is not None and locks.is_final(owner):
                meetings.add(Meeting.uid_of(owner))
    final = Meeting.select().where(Meeting.uid.in_(list(meetings)) & (Meeting.state == locks.FINAL))
    return all(_state_before(operation, each.uid) == f'"{locks.FINAL}"' for each in list(final))


def _state_before(operation: Operation, uid: str) -> str | None:
    """The state of a meeting's minutes before an operation, in journal terms."""
    states: Any = Change.select(Change.after).where(
        (Change.uid == uid) & (Change.field == "state") & (Change.operation < operation.id)
    )
    row = states.order_by(Change.id.desc()).tuples().first()
    return str(row[0]) if row else None


def apply_back(writing: Writing, step: Step) -> None:
    """Undo one change; raises `Conflict` if the record is no longer as the change left it."""
    if step.field != WHOLE:
        restore(writing, [step])
    elif step.after is None:
        _make_again(writing, step)
    else:
        record = _record(step)
        if canonical(journal.snapshot(record)) != step.after:
            raise _moved_on(record)
        try:
            writing.delete(record)
        except Invalid as error:
            raise Conflict(str(error)) from error


def _make_again(writing: Writing, step: Step) -> None:
    entity = RECORDS[step.entity]
    if entity.get_or_none(entity.uid == step.uid) is not None:
        raise Conflict(_("What was deleted is there again already."))
    values = {name: _value(entity, name, raw) for name, raw in json.loads(step.before or "{}").items()}
    try:
        with writing.kept_before():
            writing.create(entity, values, uid=step.uid)
    except Invalid as error:
        raise Conflict(str(error)) from error


def restore(writing: Writing, steps: list[Step]) -> None:
    """Set the fields of one record back, given its changes with the last one first."""
    record = _record(steps[0])
    entity = type(record)
    values: dict[str, str | None] = {}
    for step in steps:
        if values.get(step.field, _now(record, step.field)) != step.after:
            raise _moved_on(record)
        values[step.field] = step.before
    try:
        with writing.kept_before():
            writing.change(
                record,
                {name: _value(entity, name, json.loads(raw or "null")) for name, raw in values.items()},
            )
    except Invalid as error:
        # What it was then does not go with what was changed since.
        raise Conflict(str(error)) from error


def _now(record: Record, name: str) -> str:
    """The value of a field in journal terms."""
    f = _known(type(record), name)
    value = f.read(record.id) if isinstance(f, Many) else stored(record, name)
    return canonical(f.to_json(value))


def _value(entity: type[Record], name: str, raw: Any) -> Any:
    f = _known(entity, name)
    try:
        return f.from_json(raw)
    except LookupError:
        raise Conflict(
            _("What “{field}” pointed to was deleted; bring that back first.").format(field=f.title)
        ) from None


def _known(entity: type[Record], name: str) -> Any:
    try:
        return field(entity, name)
    except KeyError:
        raise Conflict(_("The field “{field}” does not exist any more.").format(field=name)) from None


def _record(step: Step) -> Any:
    entity = RECORDS[step.entity]
    record = entity.get_or_none(entity.uid == step.uid)
    if record is None:
        raise Conflict(_("The record was deleted meanwhile; bring it back from Activity first."))
    return record


def _moved_on(record: Record) -> Conflict:
    return Conflict(
        _("{record} was changed since, so this cannot be taken back by itself.").format(
            record=references.name(record)
        )
    )
