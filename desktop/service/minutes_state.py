"""How far a meeting's minutes are: planned, held, in draft, final; and what leads from one to the next."""

from __future__ import annotations

from typing import Any

from desktop.i18n import _
from desktop.model import Invalid, Meeting
from desktop.service.operation import Writing


def begin_draft(writing: Writing, meeting: Any) -> None:
    """Whatever is written into the minutes of a meeting that was held begins their draft."""
    if meeting.state == "held":
        writing.change(meeting, {"state": "draft"})


def check_new(state: str) -> None:
    """Raise `Invalid` for a meeting that would be made with final minutes: nothing is in them yet."""
    if state == "final":
        raise Invalid(_("Log the meeting first; then make its minutes final."), "state")


def check_move(meeting: Any, state: str, today: str) -> None:
    """Raise `Invalid` for a meeting that cannot have been held yet."""
    day = meeting.on or today
    if state != "planned" and day > today[: len(day)]:
        raise Invalid(_("A meeting on a day to come cannot be held yet; change its date first."), "state")


def in_words(state: str, version: int | None) -> str:
    """The state of a meeting's minutes, with the version where they are final."""
    if state == "final" and version:
        return _("Final, version {number}").format(number=version)
    return str(Meeting.state.text(state))
