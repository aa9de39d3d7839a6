"""The line that is typed into: acts on its text, and hands on the keys that move and choose below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit

from desktop.i18n import _
from desktop.ui.dropped import leave_files
from desktop.ui.icons import icon

SETTLE_MS = 25

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class PaletteLine(QLineEdit):
    """An input method has the keys first: what arrives here is no part of a conversion."""

    typed = Signal(str)
    """The text, once nothing has changed for a moment."""
    moved = Signal(int)
    """Up or down by so many rows."""
    chosen = Signal(bool)
    """Enter; True where it is meant for a window of its own."""
    left = Signal()
    """Esc."""

    def __init__(self) -> None:
        super().__init__()
        leave_files(self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(lambda: self.typed.emit(self.text()))
        self.textChanged.connect(lambda _text: self._settled.start())
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setPlaceholderText(_("Search everything; > for commands"))
        self.setAccessibleName(_("Search everywhere"))
        self.setAccessibleDescription(_("Up and Down choose a result, Enter opens it."))

    def settle(self) -> bool:
        """Tell at once what was typed; whether there was anything to tell."""
        waiting = self._settled.isActive()
        if waiting:
            self._settled.stop()
            self.typed.emit(self.text())
        return waiting

    def event(self, event: QEvent) -> bool:
        """The keys that act here are no shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not _ours(event):
            super().keyPressEvent(event)
            return
        if key in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(key)])
        elif key in _ENTER:
            self.chosen.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            self.left.emit()
        event.accept()


def _ours(event: QKeyEvent) -> bool:
    control = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _ENTER:
        return control in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)
    return control == Qt.KeyboardModifier.NoModifier and (
        event.key() in _STEPS or event.key() == Qt.Key.Key_Escape
    )
