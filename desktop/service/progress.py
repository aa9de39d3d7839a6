"""Progress: the dated, signed log of a record, which sets the status that it reports."""

from __future__ import annotations

from typing import Any

from desktop.i18n import _
from desktop.model import FollowUp, Initiative, Invalid, Recommendation, Update, database, field
from desktop.model.base import Registered
from desktop.service import closing
from desktop.service.closing import Ending
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace

DESK = "desk"


def status_field(entity: type[Any], aspect: str = "reported") -> str:
    """The field that an update of this aspect sets; raises `Invalid` where there is none."""
    if entity is Recommendation and aspect == DESK:
        return "assessment"
    if entity in (Recommendation, FollowUp, Initiative) and aspect == "reported":
        return str(entity.course.status)
    raise Invalid(_("{kind} has no progress of this kind to report.").format(kind=_(entity.singular)))


def report(
    workspace: Workspace,
    record: Registered,
    *,
    status: str = "",
    done: str = "",
    next: str = "",
    blocks: str = "",
    on: str = "",
    aspect: str = "reported",
    ending: Ending | None = None,
    label: str = "",
) -> Update:
    """Add an entry to a record's progress log and set its status (empty: unchanged).

    `on` is the day of the entry, today if none is given; `ending` goes with a status that ends a follow-up, whose
    outcome are else the words of what was done. Raises `Invalid` or `Conflict`.
    """
    if not (status or done.strip() or next.strip() or blocks.strip()):
        raise Invalid(_("An update needs a status or some words."), "done")
    told = ending or Ending()
    file = told.read()
    label = label or _("Report progress on {record}").format(record=workspace.say(record))
    with workspace.operation(label) as writing:
        # What the update says of the status before must be true.
        writing.current(record)
        name = status_field(type(record), aspect)
        before = getattr(record, name)
        after = field(type(record), name).check(status or before)
        day = field(Update, "on").check(on or workspace.today())
        if day > workspace.today():
            raise Invalid(_("Progress cannot be reported for a day to come."), "on")
        given: dict[str, Any] = {}
        if isinstance(record, FollowUp):
            given = told.values()
            closing.keep_file(writing, record, file)
            if after != before:
                given |= closing.follows(record, after, given, day, done=done, words=(blocks, next))
        writing.change(record, {name: after, **given})
        return log(writing, record, aspect, before, after, day, done=done, next=next, blocks=blocks)


def updates(record: Any) -> Any:
    """The entries of a record's progress log, newest first."""
    return Update.select().where(Update.subject == record.id).order_by(Update.on.desc(), Update.id.desc())


def told(record: Any) -> list[tuple[str, str, str, str]]:
    """The entries of a record's progress log as day, what was done, what is next and what blocks; in no order."""
    return database.execute_sql(_TOLD, (record.id,)).fetchall()  # type: ignore[no-any-return]


_TOLD = 'SELECT "on", done, next, blocks FROM "update" WHERE subject_id = ?'


def log(
    writing: Writing, record: Any, aspect: str, before: str, after: str, day: str, **words: str
) -> Update:
    """The entry itself, within an operation that sets the status."""
    officer = writing.workspace.officer
    return writing.create(  # type: ignore[no-any-return]
        Update,
        {
            "subject": record.id,
            "on": day,
            "aspect": aspect,
            "status_from": before,
            "status_to": after,
            "author": officer.id if officer else None,
            **words,
        },
    )
