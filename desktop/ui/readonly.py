"""What writes the workspace: where it can only be read that cannot be chosen, and says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.service import locks
from desktop.service.workspace import Workspace
from desktop.ui.context import Context
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.widgets.tips import plain_tip

WRITING = frozenset(
    {
        "take_in",
        "sent",
        "freeze_report",
        "backup",
        "passphrase",
        "facts",
        "undo",
        "redo",
        "paste",
        "save_view",
        "log_meeting",
        "add_follow_up",
        "quick_entry",
        "report_progress",
        "close",
        "move_date",
        "new_record",
        "edit",
        "link",
        "attach",
        "take_in_text",
        "change_owner",
        "edit_many",
        "share",
        "merge",
        "delete",
        "catalogue",
    }
)
"""Keys of commands."""


def refused(context: Context, key: str) -> bool:
    """Whether a command is not done here, whatever asks for it; then it is said why."""
    reason = context.workspace.readonly
    if reason and key in WRITING:
        context.problem.emit(reason)
        return True
    return False


def disable(actions: Mapping[str, QAction], workspace: Workspace) -> None:
    """Have what would write not chosen, with the reason as its tool tip."""
    if not workspace.readonly:
        return
    for key in WRITING & actions.keys():
        actions[key].setEnabled(False)
        actions[key].setToolTip(plain_tip(workspace.readonly))


def locked(context: Context, meeting: Any) -> bool:
    """Whether the minutes of a meeting cannot be changed: they are final, or nothing can be saved at all."""
    return meeting.state == locks.FINAL or bool(context.workspace.readonly)


def lock(view: QWidget, context: Context, *buttons: QWidget) -> None:
    """Have these buttons, and those that give a level of visibility, not pressed where nothing can be saved."""
    reason = context.workspace.readonly
    if not reason:
        return
    for each in (*buttons, *view.findChildren(LevelButton)):
        each.setEnabled(False)
    for each in buttons:
        each.setToolTip(plain_tip(reason))
