"""Takes over what was accepted: on a worker, as one operation after a backup; its outcome is told in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from desktop.export.intake.wayback import Meanwhile, apply
from desktop.i18n import _
from desktop.model import Operation
from desktop.service import undo
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.intake.wayback.choices import Choices


def take_over(
    owner: QObject,
    context: Context,
    choices: Choices,
    file: str,
    done: Callable[[Any], None],
    failed: Callable[[str], None],
) -> None:
    """Write; then `done` with the operation, or with `Meanwhile` where somebody changed one of the records."""
    workspace = context.workspace

    def slow() -> Any:
        try:
            return apply(workspace, choices.decided(), file)
        except Meanwhile as error:
            return error

    context.work(slow, while_there(owner, done), while_there(owner, failed))


def take_back(context: Any, operation: Operation) -> bool:
    """Take back what was taken over, whatever was done after it; False, after it was told, where that cannot be."""

    def verb() -> bool:
        undo.revert(context.workspace, operation, _("Take back: {what}").format(what=operation.label))
        return True

    if not context.attempt(verb):
        return False
    context.said.emit(_("Taken back: {what}").format(what=operation.label), [])
    return True
