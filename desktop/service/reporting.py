"""Reporting periods: closing one freezes how far the journal had come, for whom it was and what it covered.

    report = freeze(workspace, {"title": "Third quarter", "period_to": "2026-09-30", "recipient": "Tokyo"})
    delta = changes.since(workspace.engine.rows, changes.of(report))

A frozen report keeps no copy of anything: what has changed since follows from the journal.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from desktop.i18n import _, join_list, quoted
from desktop.model import FrozenReport, Invalid, Operation, field
from desktop.model.dates import stamp
from desktop.model.kinds import SortKey
from desktop.model.visibility import INTERNAL
from desktop.service import views
from desktop.service.workspace import Workspace

OWN = ("operation", "frozen_at", "frozen_by")
"""Fields that the program fills, once and for all."""


def freeze(workspace: Workspace, values: dict[str, Any], at: str = "") -> FrozenReport:
    """Close a period: everything up to here is taken in, or up to the operation `at` (see `ending`). One operation;
    raises `Invalid`.

    `values` are those of the fields that a person fills; a period that says no end ends today.
    """
    given = _allowed(values)
    title = field(FrozenReport, "title").check(given.get("title"))
    given["period_to"] = given.get("period_to") or workspace.today()
    with workspace.operation(_("Freeze the report {title}").format(title=quoted(title))) as writing:
        own = {
            # What this operation itself does comes after it.
            "operation": at or _newest(),
            "frozen_at": stamp(workspace.now()),
            "frozen_by": workspace.officer.id if workspace.officer else None,
        }
        return writing.create(FrozenReport, given | own)  # type: ignore[no-any-return]


def proposed(workspace: Workspace, audience: str = INTERNAL) -> dict[str, Any]:
    """What a new report begins with: the period since the last one for the same audience, and as that one was."""
    before = last(audience)
    values: dict[str, Any] = {"audience": audience, "period_to": workspace.today()}
    if before is None:
        return values
    next_day = (dt.date.fromisoformat(before.period_to) + dt.timedelta(days=1)).isoformat()
    values["period_from"] = min(next_day, workspace.today())
    return values | {name: getattr(before, name) for name in ("recipient", "layout", "scope")}


def _allowed(values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that a person does not fill; raises `Invalid` where one was given."""
    for name in OWN:
        if name in values:
            title = field(FrozenReport, name).title
            raise Invalid(_("“{field}” is filled by the program; leave it out.").format(field=title), name)
    return dict(values)


def _newest() -> str:
    """The uid of the last operation, '' before the first."""
    return str(Operation.select(Operation.uid).order_by(Operation.id.desc()).limit(1).scalar() or "")


# ---- which there are


def reports() -> list[FrozenReport]:
    """All frozen reports, the newest first."""
    return list(FrozenReport.select().order_by(FrozenReport.frozen_at.desc(), FrozenReport.id.desc()))


def last(audience: str) -> FrozenReport | None:
    """The newest report for an audience; None if there was none."""
    return next((report for report in reports() if report.audience == audience), None)


def find(text: str) -> FrozenReport:
    """The report of this uid or title; raises `Invalid`, with those that there are."""
    found = named(text)
    if found is None:
        raise Invalid(
            _("There is no frozen report “{title}”; there are: {titles}.").format(
                title=quoted(text), titles=titles()
            )
        )
    return found


def named(text: str) -> FrozenReport | None:
    """The report of this uid or title, if there is one; raises `Invalid` where it could be several."""
    wanted = SortKey.key(text.strip())
    there = reports()
    found = [row for row in there if row.uid == text.strip()] or [
        row for row in there if SortKey.key(str(row.title)) == wanted
    ]
    if len(found) > 1:
        raise Invalid(
            _("Several reports are called “{title}”; use the uid of one: {uids}.").format(
                title=quoted(text), uids=join_list(row.uid for row in found)
            )
        )
    return found[0] if found else None


def titles() -> str:
    """The titles of all reports, as a sentence names them."""
    return join_list(_("“{title}”").format(title=quoted(str(row.title))) for row in reports()) or "–"


# ---- what can be done with them


def change(workspace: Workspace, report: FrozenReport, values: dict[str, Any]) -> bool:
    """Set fields of a frozen report; returns whether anything differs. How far it goes stays. Raises `Invalid`."""
    label = _("Change the report {title}").format(title=quoted(str(report.title)))
    with workspace.operation(label) as writing:
        return writing.change(report, _allowed(values))


def delete(workspace: Workspace, report: FrozenReport) -> None:
    """Delete a frozen report, which opens its period again; undo brings it back."""
    label = _("Delete the report {title}").format(title=quoted(str(report.title)))
    with workspace.operation(label) as writing:
        writing.delete(report)


# ---- with which filter


def scope(view: views.View) -> str:
    """A list's filter as a report keeps it: by the kind of record, with the name it had."""
    return json.dumps(
        {
            "entity": view.entity.key(),
            "name": view.name,
            "definition": json.loads(view.definition.as_json()),
        },
        ensure_ascii=False,
    )


def scoped(report: FrozenReport) -> views.View | None:
    """The filter of a report as a view, for `views.query`; None where it covered everything, or is not understood."""
    try:
        kept = json.loads(report.scope or "null")
        entity = views.BY_KEY[kept["entity"]]
        return views.View(
            report.uid, str(kept.get("name", "")), entity, views.read(json.dumps(kept["definition"]))
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def called(view: views.View) -> str:
    """What the filter of a report is called: by its name, else by the records that it is of."""
    return view.name or _(view.entity.plural)
