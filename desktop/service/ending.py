"""Where a report ends that is frozen with a workbook: exactly where that was made, whatever was done meanwhile.

    made = workbook(workspace, "Juntos_Status_Santiago_2026-09-30.xlsx", "internal")
    report = freeze(workspace, {"title": "Third quarter"}, made.operation)

What is done between the making of a workbook and the freezing of its report is not in the workbook, so it is news of
the next one; what is done between a freezing and the making of the workbook is in it, so it is none (`settle`).
"""

from __future__ import annotations

from typing import Any

from desktop.i18n import _, join_list, quoted
from desktop.model import ENTITIES, Change, FrozenReport, Invalid, Operation
from desktop.model.visibility import INTERNAL
from desktop.service import reporting, reports
from desktop.service.changes.wording import PARTS
from desktop.service.reports import Export
from desktop.service.workspace import Workspace

TOLD = tuple(each.key() for each in (*ENTITIES, *PARTS))
"""What changes are told of."""
LATEST = 2**62
"""Later than any operation."""


def freeze(workspace: Workspace, values: dict[str, Any], at: str) -> FrozenReport:
    """Close a period at the operation `at`, of which its workbook was made; '' is up to now. Raises `Invalid`."""
    if at:
        _check(str(values.get("audience") or INTERNAL), at)
    return reporting.freeze(workspace, values, at)


def _check(audience: str, at: str) -> None:
    """Raise `Invalid` where a report would end before the last one for its audience, or nowhere."""
    at_end, before = place(at), reporting.last(audience)
    if at_end is None:
        raise Invalid(_("The journal does not have what this workbook was made of."))
    if before is not None and at_end < (place(before.operation) or 0):
        raise Invalid(
            _(
                "The workbook was made before the end of the report “{title}”; make a new one, or freeze up to now."
            ).format(title=quoted(str(before.title)))
        )


def workbooks(workspace: Workspace, audience: str) -> list[Export]:
    """The workbooks that were made for an audience since its last report, the newest first: it may be frozen with one
    of them, and then ends where that does."""
    before = reporting.last(audience)
    least = place(before.operation) if before is not None else 0
    found = []
    for made in reports.exports(workspace):
        if made.operation and not made.frozen and (made.audience or INTERNAL) == audience:
            at_end = place(made.operation)
            if at_end is not None and at_end > (least or 0):
                found.append(made)
    return found


def workbook(workspace: Workspace, name: str, audience: str) -> Export:
    """The newest of these workbooks whose file has this name; raises `Invalid`."""
    there = workbooks(workspace, audience)
    found = next((made for made in there if name in (made.file, made.uid)), None)
    if found is None:
        raise Invalid(
            _(
                "No workbook “{file}” was made for this audience since its last report; there are: {files}."
            ).format(file=quoted(name), files=join_list(dict.fromkeys(made.file for made in there)) or "–")
        )
    return found


def settle(workspace: Workspace, uid: str, at: str) -> bool:
    """Let a report end at the operation `at`, with which its workbook was made; returns whether that is elsewhere.

    What was done between the freezing and the making of the workbook is in the workbook, so it is no news after it. A
    report that is not the last one of its audience stays as it is: the next one goes on from there.
    """
    report: Any = FrozenReport.get_or_none(FrozenReport.uid == uid)
    newest = reporting.last(report.audience) if report is not None else None
    after = place(at)
    if after is None or newest is None or newest.uid != uid:
        return False
    if not _anything_between(*sorted((place(report.operation) or 0, after))):
        return False
    label = _("End the report {title} with its workbook").format(title=quoted(str(report.title)))
    with workspace.operation(label) as writing:
        return writing.change(report, {"operation": at})


def anything_after(at: str) -> bool:
    """Whether anything was done after an operation that a report could tell."""
    begun = place(at)
    return begun is not None and _anything_between(begun, LATEST)


def place(operation: str) -> int | None:
    """Where an operation stands in the journal; 0 of '', None where it is not in it."""
    if not operation:
        return 0
    found: Any = Operation.select(Operation.id).where(Operation.uid == operation).scalar()
    return int(found) if found is not None else None


def _anything_between(after: int, until: int) -> bool:
    """Whether anything was done between two points that a report could tell."""
    done = (Change.operation > after) & (Change.operation <= until)
    return bool(Change.select().where(done & Change.entity.in_(TOLD)).exists())
