"""Where several officers share a workspace, the first time it is opened on this machine: who works here?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.service import directory
from desktop.ui.accesskeys import unmarked
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

OFFICERS = "desktop.ui.verbs:fill_officers"
FEW = 3
"""As many officers fit as buttons in a message."""


def ask_who(window: MainWindow, sign_in: Callable[[str], None]) -> None:
    """Ask where nobody is signed in, and there is somebody who could be."""
    workspace = window.context.workspace
    officers = directory.officers() if workspace.officer is None else []
    if not officers or workspace.readonly:
        return
    choices = [(unmarked(each.name), lambda each=each: sign_in(each.uid)) for each in officers]
    if len(choices) > FEW:
        choices = [(_("Choose…"), lambda: _offer(window))]
    window.messages.show_message(_("Who is working here?"), "info", choices)


def _offer(window: MainWindow) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMenu

    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    named(OFFICERS)(window, menu)
    menu.popup(window.stack.mapToGlobal(window.stack.rect().center()))
