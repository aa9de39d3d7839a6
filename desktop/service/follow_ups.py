"""Follow-ups: promising something, what it serves, and ending it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.i18n import _
from desktop.model import FollowUp, Link, Update
from desktop.service import progress, records
from desktop.service.closing import Ending
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace


def add(workspace: Workspace, values: dict[str, Any], serves: Iterable[Any] = ()) -> FollowUp:
    """A new follow-up that serves these recommendations and initiatives, as one operation; raises `Invalid`."""
    with workspace.operation(records.labelled(_("Add a follow-up"), FollowUp, values)) as writing:
        return make(writing, values, serves)


def make(writing: Writing, values: dict[str, Any], serves: Iterable[Any] = ()) -> FollowUp:
    """`add`, within an operation."""
    follow_up = records.make(writing, FollowUp, values)
    for served in dict.fromkeys(record.id for record in serves):
        writing.create(Link, {"from_subject": follow_up.id, "to_subject": served, "relation": "serves"})
    return follow_up  # type: ignore[no-any-return]


def close(
    workspace: Workspace,
    follow_up: FollowUp,
    *,
    outcome: str,
    on: str = "",
    evidence_link: str = "",
    evidence_meeting: Any = None,
    evidence_file: Path | None = None,
    verified_by: Any = None,
    cancelled: bool = False,
) -> Update:
    """End a follow-up, with its outcome (the reason, if it is cancelled) as the entry of the log that ends it.

    One operation, evidence included; raises `Invalid` or `Conflict`. What must be told is in `closing`.
    """
    told = Ending(outcome, evidence_link, evidence_meeting, evidence_file, verified_by)
    return end(workspace, follow_up, "cancelled" if cancelled else "done", told, on=on)


def end(workspace: Workspace, follow_up: FollowUp, status: str, told: Ending, *, on: str = "") -> Update:
    """`close`, by the status and by what is told of it."""
    words = _("Cancel {record}") if status in FollowUp.course.closed else _("Close {record}")
    return progress.report(
        workspace,
        follow_up,
        status=status,
        done=told.outcome,
        on=on,
        ending=told,
        label=words.format(record=workspace.say(follow_up)),
    )
