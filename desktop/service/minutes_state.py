"""How far a meeting's minutes are: planned, held, in draft, final; and what leads from one to the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop.i18n import _
from desktop.model import Invalid, Meeting
from desktop.service.operation import Writing


def begin_draft(writing: Writing, meeting: Any) -> None:
    """Whatever is written into the minutes of a meeting that was held begins their draft."""
    if meeting.state == "held":
        writing.change(meeting, {"state": "draft"})


def check_new(state: str, on: str, today: str) -> None:
    """Raise `Invalid` for a meeting that would be made with final minutes, or held on a day to come."""
    if state == "final":
        raise Invalid(_("Log the meeting first; then make its minutes final."), "state")
    check_day(state, on, today)


def check_day(state: str, on: str, today: str) -> None:
    """Raise `Invalid` for a meeting that cannot have been held yet. East of the post it may be tomorrow already."""
    latest = (dt.date.fromisoformat(today) + dt.timedelta(days=1)).isoformat()
    if state != "planned" and (on or today) > latest[: len(on or today)]:
        raise Invalid(_("A meeting on a day to come cannot be held yet; change its date first."), "state")


def in_words(state: str, version: int | None) -> str:
    """The state of a meeting's minutes, with the version where they are final."""
    if state == "final" and version:
        return _("Final, version {number}").format(number=version)
    return str(Meeting.state.text(state))
