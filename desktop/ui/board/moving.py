"""The small form in the column to which a card is moved: what was done, if somebody wants to say it, and Enter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from desktop.i18n import _, captioned
from desktop.model.scales import STAGE
from desktop.ui import theme
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.heading import Heading

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class MoveForm(Ground):
    """Asks nothing that must be answered: Enter saves, Esc leaves the card where it was."""

    tone = "accent_soft"

    saved = Signal(str)
    """Move it; the words say what was done."""
    cancelled = Signal()
    aside_requested = Signal(int)
    """Rather to the stage so many places to the right."""

    def __init__(self, record: Any, stage: str) -> None:
        super().__init__()
        self.record, self.stage = record, stage
        step = _("{before} → {after}").format(before=_(STAGE[record.stage]), after=_(STAGE[stage]))
        sentence = captioned(f"{record.ref} {record.name}", step)
        self.setAccessibleName(sentence)
        head = Heading(step, 3)
        head.setWordWrap(True)
        told = QLabel(f"{record.ref} {record.name}", wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words = QLineEdit(placeholderText=_("What was done (optional)"))
        self.words.setAccessibleName(_("What was done (optional)"))
        self.words.setAccessibleDescription(sentence)
        self.words.returnPressed.connect(self._save)
        self.words.installEventFilter(self)
        self.save = QPushButton(_("Save"), autoDefault=False)
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        cancel = QPushButton(_("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.cancelled)
        buttons = QHBoxLayout(spacing=theme.SMALL)
        buttons.addWidget(self.save)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.addWidget(head)
        column.addWidget(told)
        column.addWidget(self.words)
        column.addLayout(buttons)

    def _save(self) -> None:
        self.saved.emit(self.words.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As long as nothing is typed, the keys that move a card move it on."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and not self.words.text() and event.modifiers() & _BOTH == _BOTH and event.key() in _ASIDE:
            self.aside_requested.emit(_ASIDE[event.key()])
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            event.accept()
            return
        super().keyPressEvent(event)
