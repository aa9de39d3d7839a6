"""The commands that write documents for readers, as Word or PDF. To add one: a function here, its name in `COMMANDS`.

What makes documents is imported by the command that does: no other one waits for it.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.meetings import meeting_of
from desktop.cli.opening import Failed, opened
from desktop.i18n import _
from desktop.model import Organisation, field
from desktop.service import reports
from desktop.service.workspace import Workspace

if TYPE_CHECKING:
    from desktop.export.documents.content import Document
    from desktop.export.request import Request


def write(
    asked: Namespace, compose: Callable[[Workspace, Request], Document], about: Callable[[], list[Any]]
) -> None:
    """Compose a document of the workspace and save it; its path goes to standard output.

    `about` gives the records that it is about, none where it is about all.
    """
    from desktop.export.documents.saving import save
    from desktop.export.leftout import left_out, left_out_of
    from desktop.export.request import Request

    path = Path(asked.file).expanduser()
    if path.exists() and not asked.replace:
        raise Failed(_("{path} exists already; add --replace to replace it.").format(path=path))
    with opened(asked) as workspace:
        request = Request(
            language=asked.reader or "",
            marking=asked.marking,
            prepared_by=workspace.officer.name if workspace.officer else "",
            audience=asked.audience,
        )
        document = compose(workspace, request)
        saved = save(document, path, printer=asked.printer, replace=asked.replace)
        reports.exported(workspace, saved.path.name, marking=saved.marking, audience=asked.audience)
        shown = about()
        left = left_out_of(workspace, shown, asked.audience) if shown else left_out(workspace, request)
    print(saved.path)
    for sentence in (*saved.told, *left.sentences()):
        print(sentence, file=sys.stderr)


def dossier(asked: Namespace) -> None:
    """`juntos dossier`"""
    from desktop.export.documents import dossier as of_country

    code = str(field(Organisation, "country").parse(asked.country))
    write(asked, lambda workspace, request: of_country.dossier(workspace, code, request), list)


def brief(asked: Namespace) -> None:
    """`juntos brief`"""
    from desktop.export.documents import brief as for_meeting

    write(
        asked,
        lambda workspace, request: for_meeting.brief(workspace, meeting_of(asked.ref), request),
        lambda: [meeting_of(asked.ref)],
    )


def minutes(asked: Namespace) -> None:
    """`juntos minutes`"""
    from desktop.export.documents import minutes as of_meeting

    write(
        asked,
        lambda workspace, request: of_meeting.minutes(
            workspace, meeting_of(asked.ref), request, asked.number
        ),
        lambda: [meeting_of(asked.ref)],
    )


COMMANDS: dict[str, Callable[[Namespace], None]] = {"dossier": dossier, "brief": brief, "minutes": minutes}
