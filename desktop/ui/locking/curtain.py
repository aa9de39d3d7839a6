"""Nothing of the workspace on the screen: all windows of the program hidden at once, its icon and the clipboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QSystemTrayIcon, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class Curtain:
    """Drawn again and again until it is lifted: what comes up meanwhile is hidden too."""

    def __init__(self) -> None:
        self._hidden: list[QWidget] = []
        self._icons: list[Any] = []

    def draw(self, page: QWidget, window: MainWindow | None) -> None:
        """Hide all but the page."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        modal = QApplication.activeModalWidget()
        if isinstance(modal, QDialog) and modal is not page:
            modal.reject()  # somebody waits for it; a file is chosen again
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and each is not page and not isinstance(each, QMenu):
                each.hide()
                if each not in self._hidden and each.windowType() != Qt.WindowType.ToolTip:
                    self._hidden.append(each)
        for icon in window.findChildren(QSystemTrayIcon) if window is not None else ():
            if icon.isVisible():
                icon.hide()
                self._icons.append(icon)

    def lift(self) -> None:
        """Show what was hidden and is still there."""
        for each in [*self._hidden, *self._icons]:
            if isValid(each):
                each.show()
        self._hidden, self._icons = [], []


def clear_clipboard() -> None:
    """Forget what was copied here; what another program copied stays."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)


def nothing_waits() -> bool:
    """Whether no dialog is waited for within what the program is doing: then windows can be taken down."""
    return QThread.currentThread().loopLevel() <= 1
