"""The commands of the day: a follow-up from one line, and what there is to be reminded of.

To add one: a function here, its name in `COMMANDS`, its arguments in `arguments`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.i18n import N_, _, format_date, format_time
from desktop.model import FollowUp, Invalid, field
from desktop.model.dates import stamp
from desktop.service import quick, reminders

KINDS = {
    "soon": N_("Meeting soon"),
    "due_today": N_("Due today"),
    "meeting_today": N_("Meeting today"),
    "overdue": N_("Overdue"),
}


def quick_(asked: Namespace) -> None:
    """`juntos quick`"""
    text = " ".join(asked.text)
    with opened(asked) as workspace:
        understood = quick.understand(workspace, text)
        if understood.problems:
            raise Invalid("\n".join(understood.problems))
        if not understood.title:
            raise Invalid(_("The line says nothing about what is to be done; add some words."), "title")
        marks = [(text[mark.start : mark.end], mark.meaning) for mark in understood.marks]
        output.pairs([(field(FollowUp, "title").title, understood.title), *marks])
        if not asked.dry_run:
            print(quick.add(workspace, understood).ref)


def reminders_(asked: Namespace) -> None:
    """`juntos reminders`"""
    with opened(asked) as workspace:
        due = reminders.due(workspace, workspace.now(), workspace.officer, mine=not asked.all)
        if asked.format == "json":
            output.objects(
                {
                    "reminder": row.kind,
                    "kind": row.entity.key(),
                    "ref": row.ref,
                    "name": row.name,
                    "on": row.on,
                    "starts": stamp(row.starts) if row.starts else None,
                }
                for row in due.rows
            )
            return
        if not due.rows:
            print(_("Nothing is overdue or due today, and no meeting is planned."))
            return
        rows = [
            (
                _(KINDS[row.kind]),
                row.ref,
                row.name,
                format_time(workspace.local(stamp(row.starts))) if row.starts else format_date(row.on),
                row.aside,
            )
            for row in due.rows
        ]
        output.table([_("What"), _("Ref"), _("Name"), _("When"), _("Who or where")], rows)


COMMANDS: dict[str, Callable[[Namespace], None]] = {"quick": quick_, "reminders": reminders_}
