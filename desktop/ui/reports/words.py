"""What is said of frozen reports, and of what moved since one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop.i18n import (
    _,
    captioned,
    format_date,
    format_datetime,
    format_number,
    join_parts,
    ngettext,
)
from desktop.model import RECORDS, FrozenReport, Invalid, Person, field
from desktop.model.followed import Followed
from desktop.service import extensions, reporting
from desktop.service.changes import Moved, called
from desktop.service.changes.wording import title

ORDER = ("new", "progressed", "slipped", "closed", "reopened", "deleted", "changed")
"""The marks, as one asks for them."""
ICONS = {
    "new": "add",
    "progressed": "progress",
    "slipped": "calendar",
    "closed": "check",
    "reopened": "restore",
    "deleted": "delete",
    "changed": "edit",
}


def happened(moved: Moved, mark: str) -> str:
    """What happened to a record, under the heading of one of its marks."""
    entity: Any = RECORDS[moved.entity]
    if mark in ("closed", "reopened") and moved.status:
        return _pair(field(entity, entity.course.status), moved.status)
    if mark == "slipped" and moved.due:
        return _later(field(entity, extensions.DATES[entity][0]), moved.due)
    if mark == "progressed":
        return join_parts(_course(entity, moved), _updates(moved))
    if mark == "changed":
        parts = (_(RECORDS[key].singular) for key in moved.parts)
        return join_parts(*(title(entity, name) for name in moved.fields), *parts)
    others = (called(each) for each in moved.marks if each != mark)
    return join_parts(*others, _updates(moved) if mark == "new" else "")


def _course(entity: Any, moved: Moved) -> str:
    return _pair(field(entity, entity.course.status), moved.status) if moved.status else ""


def _updates(moved: Moved) -> str:
    words = ngettext("{count} update", "{count} updates", moved.updates)
    return words.format(count=format_number(moved.updates)) if moved.updates else ""


def _pair(kind: Any, pair: tuple[str, str]) -> str:
    before, after = (kind.text(value or None) or "–" for value in pair)
    return _("{before} → {after}").format(before=before, after=after)


def _later(kind: Any, pair: tuple[str, str]) -> str:
    """A date that was moved, and by how many days."""
    words = _pair(kind, pair)
    try:
        was, now = (dt.date.fromisoformat(day) for day in pair)
    except ValueError:
        return words
    days = (now - was).days
    count = f"{'+' if days > 0 else '−'}{format_number(abs(days))}"
    moved = ngettext("{count} day", "{count} days", abs(days)).format(count=count)
    return _("{change} ({days})").format(change=words, days=moved)


def kind_of(moved: Moved) -> str:
    """What kind of record it is."""
    return _(RECORDS[moved.entity].singular)


def is_followed(moved: Moved) -> bool:
    """Whether it is a recommendation, an initiative or a follow-up."""
    return issubclass(RECORDS[moved.entity], Followed)


# ---- of reports


def period(report: FrozenReport) -> str:
    """Of which days a report is."""
    if not report.period_from:
        return _("until {day}").format(day=format_date(report.period_to))
    begin, end = format_date(report.period_from), format_date(report.period_to)
    return _("{begin} – {end}").format(begin=begin, end=end)


def frozen(workspace: Any, report: FrozenReport) -> str:
    """Who froze a report, and when."""
    at = format_datetime(workspace.local(report.frozen_at))
    who = Person.get_or_none(Person.id == report.frozen_by_id)
    if who is None:
        return _("frozen on {day}").format(day=at)
    return _("frozen by {name} on {day}").format(name=who.name, day=at)


def audience(report: FrozenReport) -> str:
    """Who may read it."""
    return str(FrozenReport.audience.text(report.audience))


def facts(workspace: Any, report: FrozenReport, layout: str) -> str:
    """All that is known of a report, in a line; `layout` is the title of its layout."""
    view = reporting.scoped(report)
    only = captioned(_("Filter"), reporting.called(view)) if view is not None else ""
    whom = captioned(_("Recipient"), report.recipient) if report.recipient else ""
    told = (period(report), whom, audience(report), layout, only, frozen(workspace, report))
    return " · ".join(part for part in told if part)


def layout_title(key: str) -> str:
    """What a layout is called; '' for the usual one, and its key where it is gone."""
    from desktop.export import layouts  # with all that knows of workbooks

    try:
        return layouts.find(key).title if key else ""
    except Invalid:
        return key
