"""Before the window closes: nothing that somebody typed into a dialog is thrown away unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def may_close(window: MainWindow) -> bool:
    """Whether no dialog holds something that would be lost; if one does, the window says which."""
    held = next((each for each in window.findChildren(QDialog) if getattr(each, "typed", bool)()), None)
    if held is None:
        return True
    window.messages.show_message(
        _("“{dialog}” holds something that is not saved yet.").format(dialog=held.windowTitle()),
        "info",
        [(_("Go on"), held.come_back), (_("Discard"), held.discard)],
    )
    return False
