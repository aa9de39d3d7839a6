"""Time zones whose rules change: what is agreed for the clock on the wall stays so, and its instant follows."""

from __future__ import annotations

import datetime as dt

from desktop.i18n import format_number, ngettext
from desktop.model import Meeting
from desktop.model.dates import stamp
from desktop.service.workspace import Workspace


def keep_wall_times(workspace: Workspace) -> str:
    """Let the instants of the meetings ahead be those of their wall-clock times by the rules of today.

    Those of meetings that were stay: by the rules of their day they were right. Returns a sentence where some moved,
    else ''. Nothing is journalled, for nothing that was entered changes; a workspace that cannot be written is left.
    """
    if workspace.readonly:
        return ""
    moved = _moved(workspace.now())
    if not moved:
        return ""
    with workspace.engine.write():
        for meeting in moved:
            Meeting.update(starts_at=meeting.starts_at, ends_at=meeting.ends_at).where(
                Meeting.id == meeting.id
            ).execute()
    return ngettext(
        "The rules of a time zone have changed: {count} meeting keeps its time of day and is at another moment now.",
        "The rules of a time zone have changed: {count} meetings keep their time of day and are at another moment now.",
        len(moved),
    ).format(count=format_number(len(moved)))


def _moved(now: dt.datetime) -> list[Meeting]:
    """The meetings ahead whose instants are not those of their times any more, with those that they should have."""
    # By the index on the day first; that of the place of the meeting may be the day before ours.
    near = (now - dt.timedelta(days=1)).date().isoformat()
    begins = Meeting.starts_at.is_null(False) | Meeting.ends_at.is_null(False)
    moved = []
    for meeting in Meeting.select().where((Meeting.on >= near) & begins):
        before = meeting.starts_at, meeting.ends_at
        meeting.derive()
        if (meeting.starts_at, meeting.ends_at) != before and (before[0] or before[1]) > stamp(now):
            moved.append(meeting)
    return moved
