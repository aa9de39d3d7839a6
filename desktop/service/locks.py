"""What final minutes lock: the meeting itself, who was there, its agenda, its points and what it discussed.

Only a change of the meeting's state gets through, which makes minutes final or reopens them, what is said beside the
minutes (the series, who may see it), and what `Writing.mended` lets through: one record made of two in the directory,
whom a typed name meant, and a record elsewhere that is deleted. What was final is in its version, as it was.
"""

from __future__ import annotations

from typing import Any

from desktop.i18n import _
from desktop.model import AgendaItem, Attendance, Invalid, Link, Meeting, Point, Record, database

FINAL = "final"
BESIDE = frozenset({"series", "visibility", "text_visibility"})
"""Fields of a meeting that its minutes do not hold."""


def check_meeting(record: Record, state: str, changed: set[str]) -> None:
    """Raise `Invalid` for a meeting whose minutes are final (`state` is what it was), if these fields change."""
    if isinstance(record, Meeting) and state == FINAL and "state" not in changed and changed - BESIDE:
        raise _final(record.id)


def check_part(record: Record) -> None:
    """Raise `Invalid` for a part of final minutes that is made, changed or deleted."""
    meeting = meeting_of(record)
    if meeting is not None and is_final(meeting):
        raise _final(meeting)


def meeting_of(record: Record) -> int | None:
    """The id of the meeting whose minutes a record is part of; of a discussed link, of its first end."""
    if isinstance(record, AgendaItem | Point | Attendance):
        return int(record.__data__["meeting"])
    if isinstance(record, Link) and record.relation == "discussed":
        return int(record.__data__["from_subject"])
    return None


def is_final(meeting: int) -> bool:
    """Whether the minutes of the meeting of this id are final; False for an id that is no meeting's."""
    sql = "SELECT 1 FROM meeting WHERE id = ? AND state = ?"
    return database.execute_sql(sql, (meeting, FINAL)).fetchone() is not None


def _final(meeting: Any) -> Invalid:
    return Invalid(
        _("The minutes of {meeting} are final; reopen them to change them.").format(
            meeting=Meeting.words_of(meeting)
        ),
        "state",
    )
