"""The Window menu that programs have on macOS: to minimise and zoom, and to come to any window that is open."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.i18n import _
from desktop.ui.accesskeys import unmarked
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

MINIMISE = "Ctrl+M"
"""⌘M; what has these keys elsewhere has others there (`actions.ON_MACOS`)."""
RECORD_WINDOW = "desktop.ui.record.window:RecordWindow"


def belongs() -> bool:
    """Whether programs have such a menu here."""
    return sys.platform == "darwin"


class WindowMenu(QMenu):
    """What it does, it does with the window in front; its list is made anew whenever it is opened."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(_("&Window"), window)
        self._window = window
        self._listed: list[QAction] = []
        self.minimise = self.addAction(_("&Minimise"))
        self.minimise.setShortcut(QKeySequence(MINIMISE))
        self.minimise.triggered.connect(lambda: self._front().showMinimized())
        self.zoom = self.addAction(_("&Zoom"))
        self.zoom.triggered.connect(lambda: _zoom(self._front()))
        self.addSeparator()
        self._end = self.addSeparator()
        self.all_to_front = self.addAction(_("&Bring All to Front"))
        self.all_to_front.triggered.connect(self.bring_all_to_front)
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def windows(self) -> list[QWidget]:
        """The main window, and the windows of records that are open."""
        records = [each for each in self._window.findChildren(named(RECORD_WINDOW)) if not each.isHidden()]
        return [self._window, *records]

    def refresh(self) -> None:
        """List the windows that are open, the one in front marked."""
        for action in self._listed:
            self.removeAction(action)
            action.deleteLater()
        front, self._listed = self._front(), []
        for each in self.windows():
            action = QAction(unmarked(each.windowTitle()), self, checkable=True, checked=each is front)
            action.triggered.connect(lambda _checked=False, each=each: come_to_front(each))
            self.insertAction(self._end, action)
            self._listed.append(action)

    def bring_all_to_front(self) -> None:
        """All windows, in the order that they have; the one in front stays there."""
        front = self._front()
        for each in (*(each for each in self.windows() if each is not front), front):
            come_to_front(each)

    def _front(self) -> QWidget:
        active = QApplication.activeWindow()
        return active if active in self.windows() else self._window


def come_to_front(window: QWidget) -> None:
    """Show a window over all others, with the keyboard, if it was minimised too."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def _zoom(window: QWidget) -> None:
    if window.isMaximized():
        window.showNormal()
    else:
        window.showMaximized()
