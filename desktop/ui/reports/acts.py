"""What is done with a record that changed, and with a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.model import RECORDS, FrozenReport
from desktop.service import reporting
from desktop.service.changes import Moved
from desktop.ui import verbs
from desktop.ui.context import Context
from desktop.ui.reports import comparison

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def lead(context: Context, moved: Moved, to: Callable[[Any], None]) -> None:
    """Hand on the record; one that is deleted can be brought back."""
    entity: Any = RECORDS[moved.entity]
    record = entity.get_or_none(entity.uid == moved.uid)
    if record is not None:
        to(record)
        return
    sentence = _("{record} is deleted.").format(record=moved.ref or moved.name)
    context.said.emit(sentence, [(_("Bring back"), lambda: bring_back(context, moved))])


def bring_back(context: Context, moved: Moved) -> None:
    """Make a deleted record again, and say so."""
    left_out = context.attempt(lambda: comparison.bring_back(context.workspace, moved.uid))
    if left_out is not None:
        name = f"{moved.ref} {moved.name}".strip()
        context.said.emit("\n".join([_("Brought back: {what}").format(what=name), *left_out]), [])


def delete(window: MainWindow, report: FrozenReport) -> None:
    """Delete a report; undo brings it back."""
    context, title = window.context, str(report.title)

    def verb() -> bool:
        reporting.delete(context.workspace, report)
        return True

    if context.attempt(verb):
        sentence = _("The report “{title}” was deleted.").format(title=title)
        context.said.emit(sentence, [(_("Undo"), lambda: verbs.undo(window))])
