"""Follow-ups: promising something, and what it serves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.i18n import _
from desktop.model import FollowUp, Link
from desktop.service import records
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
