"""`juntos export`: the status workbook, and the report that is frozen with it.

What makes workbooks is imported by the command: no other one waits for it.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.opening import Failed, opened
from desktop.i18n import LANGUAGES, _, join_list, quoted
from desktop.model import FrozenReport, Invalid, field
from desktop.model.dates import Date
from desktop.service import ending
from desktop.service.workspace import Workspace

if TYPE_CHECKING:
    from desktop.export.request import Report


def export(asked: Namespace) -> None:
    """`juntos export`"""
    from desktop.export.report import Request, WouldReplace, note
    from desktop.export.report import export as write

    path = Path(asked.file).expanduser()
    reader, headings = languages(asked)
    with opened(asked) as workspace:
        day = Date(_("Date"))
        request = Request(
            period_from=day.parse(asked.period_from) or "",
            period_to=day.parse(asked.period_to) or "",
            as_of=day.parse(asked.as_of) or "",
            language=reader,
            marking=asked.marking,
            prepared_by=workspace.officer.name if workspace.officer else "",
            layout=asked.layout,
            since=asked.since,
            audience=asked.audience,
            headings=headings,
        )
        report = _report(asked, request)
        try:
            written = write(workspace, request, path, replace=asked.replace)
        except WouldReplace as error:
            raise Failed(_("{problem} Add --replace to replace it.").format(problem=error)) from None
        note(workspace, written)
        frozen = _frozen(workspace, report, written)
    print(written.path)
    left_out = written.left_out.sentences() if written.left_out is not None else []
    for sentence in (*left_out, *written.told, *frozen):
        print(sentence, file=sys.stderr)


def languages(asked: Namespace) -> tuple[str, str]:
    """The reader's language, and that of the headings beside it; raises `Invalid`. Either may be ''."""
    named = [each.strip() for each in asked.headings.split(",") if each.strip()]
    unknown = next((each for each in named if each not in LANGUAGES), None)
    if unknown is not None:
        raise Invalid(
            _("“{language}” is no language of headings; there are: {languages}.").format(
                language=quoted(unknown), languages=join_list(sorted(LANGUAGES))
            )
        )
    if len(named) > 2:
        raise Invalid(_("Headings stand in two languages at most; write them as --headings en,ja."))
    if named and asked.reader not in (None, named[0]):
        raise Invalid(
            _("The cells are in the first language of the headings: write --headings {both}.").format(
                both=",".join(dict.fromkeys((asked.reader, named[0])))
            )
        )
    return (named[0], named[-1]) if named else (asked.reader or "", "")


def _report(asked: Namespace, request: Any) -> dict[str, Any] | None:
    """What the report says that is frozen with the workbook, checked before that is written; raises `Invalid`."""
    if not asked.freeze:
        if asked.recipient:
            raise Invalid(_("--recipient is of the report that --freeze makes; add --freeze TITLE."))
        return None
    return {
        "title": field(FrozenReport, "title").check(asked.freeze),
        "period_from": request.period_from or None,
        "period_to": request.period_to or request.as_of or None,
        "recipient": field(FrozenReport, "recipient").check(asked.recipient),
        "audience": request.audience,
    }


def _frozen(workspace: Workspace, values: dict[str, Any] | None, written: Report) -> list[str]:
    """Close the period exactly where the workbook was made; says so."""
    if values is None:
        return []
    report = ending.freeze(workspace, {**values, "layout": written.layout}, written.operation)
    return [_("The report “{title}” is frozen.").format(title=report.title)]


COMMANDS: dict[str, Callable[[Namespace], None]] = {"export": export}
