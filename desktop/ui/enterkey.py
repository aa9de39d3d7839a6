"""Enter presses the button that has the focus, as it does in dialogs; outside of them Qt leaves that to Space."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget


def pressed(window: QWidget, event: QKeyEvent) -> bool:
    """Whether a key that nothing else in the window wanted was Enter on a button, which is pressed then."""
    button, enter = window.focusWidget(), event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not (enter and isinstance(button, QPushButton | QToolButton)):
        return False
    button.click()
    return True
