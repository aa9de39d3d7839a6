"""A plan is carried out: all of it as one operation, after a backup, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desktop.export.errors import Cancelled
from desktop.export.intake.tracker import targets, trial, writing
from desktop.export.intake.tracker.plan import Act, Plan, PlannedRow
from desktop.i18n import _, captioned, ngettext
from desktop.i18n import format_number as number
from desktop.model import Invalid, Operation
from desktop.service import backups
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Committed, Workspace

SOURCE = "import"
Progress = Callable[[int, int], bool | None]


@dataclass(frozen=True)
class Choices:
    """What the officer decided about a plan."""

    leave: frozenset[tuple[str, int]] = frozenset()
    """Rows that are left, by sheet and number."""
    become: dict[tuple[str, int], str] = field(default_factory=dict)
    """Rows that are not new but change the record of this reference."""
    leave_likely: bool = False
    """Whether new rows that may be there already are left."""
    same: dict[tuple[str, str], int] = field(default_factory=dict)
    """By kind and plain name of people and organisations that the directory does not have: the id of the one who is
    meant all the same, wherever the file has the name."""
    reason: str = ""
    """Why dates are moved; else that the file says so."""


def apply(
    workspace: Workspace, plan: Plan, choices: Choices | None = None, progress: Progress | None = None
) -> Operation | None:
    """Make and change what a plan says; returns the operation, None where nothing was to be done.

    Raises `Invalid` or `Conflict`, with the row, where a record has moved on since, and `Cancelled`: then nothing is
    written. Undo takes all of it back at once.
    """
    chosen = choices or Choices()
    rows = [row for row in plan.rows if _acts(row, chosen)]
    if not rows:
        return None
    backups.make(workspace, "before-import")
    done: list[str] = []

    def note(committed: Committed) -> None:
        done.append(committed.operation)

    workspace.listen(note)
    try:
        _write(workspace, plan, rows, chosen, progress)
    finally:
        workspace.unlisten(note)
    found: Any = Operation.get_or_none(Operation.uid == done[-1]) if done else None
    return found  # type: ignore[no-any-return]


def _acts(row: PlannedRow, chosen: Choices) -> bool:
    if row.key in chosen.leave or row.act in (Act.LEAVE, Act.SAME):
        return False
    return not (chosen.leave_likely and row.act is Act.MAKE and row.likely and row.key not in chosen.become)


def _write(
    workspace: Workspace, plan: Plan, rows: list[PlannedRow], chosen: Choices, progress: Progress | None
) -> None:
    label = ngettext("Take in {count} row of {file}", "Take in {count} rows of {file}", len(rows))
    made = writing.Made(dict(chosen.same))
    with workspace.operation(label.format(count=number(len(rows)), file=plan.file), source=SOURCE) as act:
        for at, row in enumerate(rows):
            if progress is not None and progress(at, len(rows)) is False:
                raise Cancelled(_("Stopped. Nothing was written."))
            try:
                _one(act, plan, row, chosen, made)
            except Invalid as error:
                raise Invalid(_told(row, error), error.field) from error
            except Conflict as error:
                raise Conflict(_told(row, error)) from error


def _told(row: PlannedRow, error: Exception) -> str:
    where = _("Sheet “{sheet}”, row {row}").format(sheet=row.taken.sheet, row=row.taken.row)
    return captioned(where, str(error))


def _one(act: Any, plan: Plan, row: PlannedRow, chosen: Choices, made: writing.Made) -> None:
    entity = targets.entity_of(plan.mapping.kind)
    wanted = chosen.become.get(row.key, "") if row.act is Act.MAKE else ""
    if row.act is Act.MAKE and not wanted:
        writing.make(act, entity, row.values, row.taken, made, plan.file)
        return
    record = entity.find(wanted) if wanted else entity.one("uid", row.uid)
    if record is None or (not wanted and record.version != row.version):
        raise Conflict(_("{ref} was changed meanwhile; look at the file anew.").format(ref=row.ref))
    values = row.values
    if wanted:
        kept = {
            name: value for name, value in row.taken.values.items() if name in row.values and name != "ref"
        }
        values = trial.changed(
            record, trial.noted(record, targets.NOTES[plan.mapping.kind], kept, row.taken.note)
        )
    entries = writing.new_entries(record, row.taken.entries)
    why = chosen.reason or trial.reason(plan.file)
    writing.change(act, record, values, entries, row.taken, made, plan.file, why)
