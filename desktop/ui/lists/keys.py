"""What a key press over a list means."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Keys that go from row to row."""
_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def commands(event: QKeyEvent) -> bool:
    """Whether a key press is a shortcut. AltGr, which some systems tell as Ctrl and Alt, makes letters."""
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(held) and held != both


def select_framed(view: QAbstractItemView) -> None:
    """A key that had nowhere to go, as in a list of one row, selects the row that it stands on."""
    current = view.currentIndex()
    if current.isValid() and not view.selectionModel().hasSelection():
        view.selectionModel().select(current, _ROW)
