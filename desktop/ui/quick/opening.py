"""The door to quick entry: the bar comes up over whichever window of the program one is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.quick.bar import QuickBar

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

LEAST = 260
"""A window lower than this has no room for the bar: the main window takes it."""


def quick_entry(window: MainWindow) -> None:
    """Open the bar, with what was left in it, where one works now."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()  # the offers of a field would keep the keyboard
    bar = window.findChild(QuickBar) or QuickBar(window)
    bar.open_over(host_of(window))


def host_of(window: MainWindow) -> QWidget:
    """The window of the program that is in front, if it is one of this main window's and has the room."""
    active = QApplication.activeWindow()
    root = active
    while root is not None and root is not window:
        parent = root.parentWidget()
        root = parent.window() if parent is not None else None
    if active is None or root is None or not active.isVisible() or active.height() < LEAST:
        return window
    return active
