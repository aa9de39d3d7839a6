"""Keys of a place in the minutes: they belong to whoever has the focus there, before any menu of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.ui.editorwidget import is_undo

DECISION, FOLLOW_UP, UP, DOWN, REMOVE = "Ctrl+D", "Ctrl+T", "Alt+Up", "Alt+Down", "Delete"
"""What turns a point into a decision or a follow-up (and back into a note), moves it, or takes it away."""


def shown(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def open_menu(button: QToolButton) -> None:
    """Open the menu of a button under it, as a click does."""
    menu = button.menu()
    if menu is not None:
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


class Keys(QObject):
    """Calls what stands beside the keys. Undo is the window's where nothing is `typed`."""

    def __init__(
        self,
        watched: QWidget,
        calls: Mapping[str, Callable[[], object]],
        typed: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(watched)
        self._calls = {QKeySequence(keys)[0]: call for keys, call in calls.items()}
        self._typed = typed
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            call = self._calls.get(event.keyCombination())
            if event.type() == QEvent.Type.ShortcutOverride:
                if call is not None:
                    event.accept()
                    return True
                if is_undo(event) and not self._typed():
                    event.ignore()
                    return True
            elif event.type() == QEvent.Type.KeyPress and call is not None:
                call()
                return True
        return super().eventFilter(watched, event)
