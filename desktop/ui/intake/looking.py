"""What a file from outside is: read in a process of its own, and a workbook of ours compared. For a worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from desktop.export.errors import ExportError
from desktop.export.intake.book import Book
from desktop.export.intake.reading import read
from desktop.export.intake.refusal import Reason, Refusal
from desktop.i18n import _
from desktop.service.workspace import Workspace
from desktop.ui.dialogs.running import Running


class Stage(Running):
    """Tells also what is being done just now."""

    doing = Signal(str)


@dataclass
class Found:
    """What a file is: `sent` and `proposals` of a workbook of ours, `wrong` where that cannot be compared."""

    path: Path
    book: Book
    sent: Any = None
    proposals: Any = None
    wrong: str = ""


def look(workspace: Workspace, path: Path, stage: Stage) -> Found:
    """Read a file and compare it, on a worker; raises `Refusal`."""
    from desktop.export.intake import wayback  # with all that parses

    book = read(path, stage.progress)
    try:
        if not wayback.is_ours(book):
            return Found(path, book)
        stage.doing.emit(_("Comparing with the workspace…"))
        try:
            sent = wayback.recognise(book)
        except ExportError as error:
            return Found(path, book, wrong=str(error))
        proposals = wayback.propose(workspace, sent, stage.progress)
        for each in proposals:
            each.seen  # noqa: B018 - worked out here, so that no decision waits for it
        if not stage.progress(1, 1):
            raise Refusal(Reason.CANCELLED, path.name)
        return Found(path, book, sent, proposals)
    except BaseException:
        book.close()
        raise
