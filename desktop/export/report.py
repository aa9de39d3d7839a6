"""Exporting: what is asked for, and the workbook that comes of it.

    report = export(workspace, Request(period_from="2026-07-01", marking="Restricted"), Path("Status.xlsx"))

It may run on a worker thread; it reads one snapshot of the workspace and writes nothing but the file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace as replaced
from pathlib import Path
from typing import Any

from desktop.export import handling
from desktop.export.audience import signed
from desktop.export.errors import Cancelled, ExportError, WouldReplace
from desktop.export.handling import marking_of
from desktop.export.layouts import stored
from desktop.export.layouts.definition import Definition
from desktop.export.leftout import left_out
from desktop.export.names import file_name
from desktop.export.request import Progress, Report, Request
from desktop.export.since import baseline
from desktop.i18n import _, format_number, language, speaking
from desktop.model import Invalid
from desktop.model.visibility import AUDIENCES, INTERNAL
from desktop.service import ending, reports

SUFFIX = ".xlsx"
MOST = 200
"""Characters of the marking, and of who prepared it."""


def suggested_name(workspace: Any, as_of: str = "", audience: str = INTERNAL) -> str:
    """A good name for the file: `Juntos_Status_<post>_<yyyy-mm-dd>.xlsx`; one for others says for whom at its end, so
    that nobody sends the wrong one."""
    whom = "" if audience == INTERNAL else audience
    parts = ("Juntos", "Status", file_name(workspace.facts.post), as_of or workspace.today(), whom)
    return "_".join(part for part in parts if part) + SUFFIX


def export(
    workspace: Any,
    request: Request,
    path: Path | str,
    progress: Progress | None = None,
    *,
    replace: bool = False,
) -> Report:
    """Write the workbook; raises `ExportError`, and then what stood at `path` still stands there.

    What Juntos wrote there and nobody has changed since is replaced; for anything else `WouldReplace` is raised,
    unless `replace` says that it may go. `note` is to be called with what this returns.
    """
    layout = layout_of(request)
    with speaking(language_of(request, layout)):
        from desktop.export import writing  # openpyxl takes a quarter of a second to load

        asked = completed(workspace, request, layout)
        written = writing.write(workspace, asked, layout, Path(path), progress, replace)
        return replaced(written, left_out=left_out(workspace, asked), freezes=request.freezes)


def note(workspace: Any, report: Report) -> str:
    """Note in the journal that a workbook was written; returns the uid of its export. Not for a worker thread.

    The report that is frozen with it ends from now on where the workbook does.
    """
    uid = reports.exported(
        workspace,
        report.path.name,
        marking=report.marking,
        rows=report.rows,
        uid=report.export_uid,
        audience=report.audience,
        layout=report.layout,
        digest=report.digest,
        operation=report.operation,
        frozen=report.freezes,
    )
    if report.freezes and report.operation:
        ending.settle(workspace, report.freezes, report.operation)
    return uid


def layout_of(request: Request) -> Definition:
    """The layout that is asked for; raises `ExportError` where there is none of the name."""
    try:
        found = stored.find(request.layout)
    except Invalid as error:
        raise ExportError(str(error)) from None
    if request.headings:
        both = (request.language or language(), request.headings)
        found = replaced(found, languages=tuple(dict.fromkeys(both)))
    return found


def language_of(request: Request, layout: Definition) -> str:
    """The language of the cells."""
    return layout.languages[0] if layout.languages else request.language or language()


def completed(workspace: Any, request: Request, layout: Definition | None = None) -> Request:
    """The request with what follows from workspace and layout filled in; raises `ExportError` for what makes no
    sense in it. A document has no layout, and tells of no changes."""
    if request.audience not in AUDIENCES:
        raise ExportError(_("“{name}” is no audience.").format(name=request.audience))
    for text, what in ((request.marking, _("Handling")), (request.prepared_by, _("Prepared by"))):
        if len(text) > MOST:
            raise ExportError(
                _("{what}: {count} characters are too many, {most} is the most.").format(
                    what=what, count=format_number(len(text)), most=format_number(MOST)
                )
            )
    asked = request.marking or (layout.marking if layout else "")
    handling.check(asked, request.audience)
    as_of = _day(request.as_of, _("As of")) or workspace.today()
    since, until = _day(request.period_from, _("From")), _day(request.period_to, _("To")) or as_of
    if since and since > until:
        raise ExportError(
            _("The period ends on {until}, before it begins on {since}.").format(since=since, until=until)
        )
    told_since = None
    if request.only is None and layout is not None:
        told_since = baseline(workspace, request.since, request.audience, since)
    if told_since is not None and not since and told_since.day <= until:
        since = told_since.day
    return replaced(
        request,
        period_from=since,
        period_to=until,
        as_of=as_of,
        language=language(),
        marking=marking_of(workspace, asked, request.audience),
        prepared_by=signed(workspace, request.prepared_by, request.audience),
        layout=layout.key if layout else "",
        since=told_since.report or told_since.day if told_since is not None else "",
    )


def _day(text: str, what: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ExportError(
            _("{what}: “{text}” is not a day; write it as 2026-11-21.").format(what=what, text=text)
        ) from None


__all__ = [
    "Cancelled",
    "ExportError",
    "Progress",
    "Report",
    "Request",
    "WouldReplace",
    "export",
    "language_of",
    "layout_of",
    "marking_of",
    "note",
    "suggested_name",
]
