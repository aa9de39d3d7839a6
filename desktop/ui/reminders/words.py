"""Reminders in words: what a row says, and all of them in a line."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from desktop.i18n import _, format_date, format_datetime, format_number, format_time, join_parts, ngettext
from desktop.service.reminders import Due, Reminder
from desktop.service.workspace import Workspace

RAG = {"overdue": "red", "due_today": "amber", "soon": "amber", "meeting_today": "grey"}
"""The shape before a row; its words say the same."""


def when(workspace: Workspace, row: Reminder) -> str:
    """Since when or when: “overdue since 18 Nov”, “in 25 minutes, at 15:00”."""
    if row.kind == "overdue":
        return _("overdue since {date}").format(date=format_date(row.on, "day"))
    if row.kind == "due_today":
        return _("due today")
    if row.starts is None:
        return _("meeting today")
    now = workspace.now()
    time = format_time(row.starts.astimezone(ZoneInfo(workspace.facts.zone)))
    if row.starts <= now:
        return _("meeting since {time}").format(time=time)
    if row.kind == "soon":
        minutes = max(1, -(-int((row.starts - now).total_seconds()) // 60))
        return ngettext(
            "meeting in {count} minute, at {time}", "meeting in {count} minutes, at {time}", minutes
        ).format(count=format_number(minutes), time=time)
    return _("meeting at {time}").format(time=time)


def summary(due: Due) -> str:
    """How many of what: “1 meeting soon, 2 due today, 3 overdue”."""
    count = due.counts.get
    soon, today = count("soon", 0), count("due_today", 0)
    meetings, overdue = count("meeting_today", 0), count("overdue", 0)
    return join_parts(
        soon
        and ngettext("{count} meeting soon", "{count} meetings soon", soon).format(count=format_number(soon)),
        today
        and ngettext("{count} due today", "{count} due today", today).format(count=format_number(today)),
        meetings
        and ngettext("{count} meeting today", "{count} meetings today", meetings).format(
            count=format_number(meetings)
        ),
        overdue
        and ngettext("{count} overdue", "{count} overdue", overdue).format(count=format_number(overdue)),
    )


def until(workspace: Workspace, moment: dt.datetime) -> str:
    """Until when something is put off, by the clock of the post."""
    local = moment.astimezone(ZoneInfo(workspace.facts.zone))
    if local.date().isoformat() == workspace.today():
        return format_time(local)
    return format_datetime(local, "weekday")
