"""How a follow-up is told in one row of the minutes: who owes whom, how it stands, when it is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from desktop.i18n import _, format_date, format_number, ngettext
from desktop.model import FollowUp, Meeting, Organisation, Person
from desktop.service.workspace import Workspace
from desktop.ui.record.summaries import Summary, summary


def follow_up(workspace: Workspace, record: Any) -> Summary:
    """A follow-up in one row."""
    parts = [
        _owing(workspace, record),
        FollowUp.status.text(record.status),
        _due(record, workspace.today()),
    ]
    return replace(summary(workspace, record), detail=" · ".join(part for part in parts if part))


def _owing(workspace: Workspace, record: Any) -> str:
    by = _end(workspace, record.owed_by_id, record.owed_by_person_id)
    to = _end(workspace, record.owed_to_id, record.owed_to_person_id)
    words = _("{debtor} → {creditor}") if to else "{debtor}"
    return words.format(debtor=by or "–", creditor=to)


def _end(workspace: Workspace, organisation: int | None, person: int | None) -> str:
    """Who owes, or is owed: our own post as «us»."""
    if organisation is not None:
        row = Organisation.get_by_id(organisation)
        return _("us") if row.uid == workspace.facts.post_uid else str(Organisation.words_of(organisation))
    return str(Person.words_of(person)) if person is not None else ""


def _due(record: Any, today: str) -> str:
    if not record.due_on:
        return ""
    due = _("due {day}").format(day=format_date(record.due_on))
    late = _days(record.due_on, today) if record.status in FollowUp.course.followed else 0
    if late <= 0:
        return due
    words = ngettext("{count} day overdue", "{count} days overdue", late)
    return f"{due}, {words.format(count=format_number(late))}"


def _days(day: str, today: str) -> int:
    return (dt.date.fromisoformat(today) - dt.date.fromisoformat(day)).days


def from_meeting(meeting_id: int) -> str:
    """From which meeting something comes: its reference and day."""
    meeting = Meeting.get_by_id(meeting_id)
    return _("from {ref}, {day}").format(ref=meeting.ref, day=format_date(meeting.on))
