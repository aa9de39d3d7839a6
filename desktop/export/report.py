"""Exporting: what is asked for, and the workbook that comes of it.

    report = export(workspace, Request(period_from="2026-07-01", marking="Restricted"), Path("Status.xlsx"))

It may run on a worker thread; it reads one snapshot of the workspace and writes nothing but the file.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from desktop.export.errors import Cancelled, ExportError
from desktop.export.names import file_name
from desktop.export.request import Progress, Report, Request
from desktop.i18n import LANGUAGES, _, format_number, language, speaking

SUFFIX = ".xlsx"
MOST = 200
"""Characters of the marking, and of who prepared it."""


def suggested_name(workspace: Any, as_of: str = "") -> str:
    """A good name for the file: `Juntos_Status_<post>_<yyyy-mm-dd>.xlsx`."""
    parts = ("Juntos", "Status", file_name(workspace.facts.post), as_of or workspace.today())
    return "_".join(part for part in parts if part) + SUFFIX


def export(workspace: Any, request: Request, path: Path | str, progress: Progress | None = None) -> Report:
    """Write the workbook; raises `ExportError`, and then what stood at `path` still stands there."""
    with speaking(request.language or language()):
        from desktop.export import writing  # openpyxl takes a quarter of a second to load

        return writing.write(workspace, completed(workspace, request), Path(path), progress)


def completed(workspace: Any, request: Request) -> Request:
    """The request with what follows from the workspace filled in; raises `ExportError` for days that are none."""
    for text, what in ((request.marking, _("Handling")), (request.prepared_by, _("Prepared by"))):
        if len(text) > MOST:
            raise ExportError(
                _("{what}: {count} characters are too many, {most} is the most.").format(
                    what=what, count=format_number(len(text)), most=format_number(MOST)
                )
            )
    as_of = _day(request.as_of, _("As of")) or workspace.today()
    since, until = _day(request.period_from, _("From")), _day(request.period_to, _("To")) or as_of
    if since and since > until:
        raise ExportError(
            _("The period ends on {until}, before it begins on {since}.").format(since=since, until=until)
        )
    return Request(
        period_from=since,
        period_to=until,
        as_of=as_of,
        language=language(),
        marking=marking_of(workspace, request.marking),
        prepared_by=" ".join(request.prepared_by.split()),
        only=request.only,
    )


def marking_of(workspace: Any, asked: str) -> str:
    """How a file is marked: as asked, else as the post marks its files, else as internal.

    That a file is internal is said in the language of its readers, whoever asked for it in another one, unless the
    post has a marking of its own.
    """
    marking, own = " ".join(asked.split()), workspace.facts.marking
    if not own and marking in _internal():
        marking = ""
    return marking or own or _("Internal")


def _internal() -> list[str]:
    """The marking that stands where nobody says another one, in each language."""
    found = []
    for code in LANGUAGES:
        with speaking(code):
            found.append(_("Internal"))
    return found


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
    "export",
    "marking_of",
    "suggested_name",
]
