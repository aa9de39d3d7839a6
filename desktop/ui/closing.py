"""Before the window closes: nothing that was typed into a dialog, or that one writes, is thrown away unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFrame

from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.ui.record.window import RecordWindow
    from desktop.ui.window import MainWindow

QUICK_ENTRY = "quick_entry"
"""The name of the bar that keeps a line which was not added."""


def may_close(window: MainWindow | RecordWindow, *, quick: bool = True) -> bool:
    """Whether no dialog holds something that would be lost; if one does, the window says which.

    `quick` asks the bar of quick entry too, which outlives the window of a record.
    """
    asked = [*window.findChildren(QDialog), *(window.findChildren(QFrame, QUICK_ENTRY) if quick else ())]
    held = next((each for each in asked if _holds(window, each)), None)
    if held is None:
        return True
    window.messages.show_message(
        _("“{dialog}” holds something that is not saved yet.").format(dialog=held.windowTitle()),
        "info",
        [(_("Go on"), held.come_back), (_("Discard"), held.discard)],
    )
    return False


def _holds(window: MainWindow | RecordWindow, dialog: Any) -> bool:
    typed = getattr(dialog, "typed", bool)() and not _stays(window, dialog)
    return bool(typed or getattr(dialog, "going", bool)())


def _stays(window: MainWindow | RecordWindow, dialog: Any) -> bool:
    """Whether what is decided in it is on the disk, and offered the next time."""
    keeper: Any = getattr(window, "keeper", None)
    stands = getattr(dialog, "standing", lambda: None)() is not None
    return bool(stands and keeper is not None and keeper.keep_now())
