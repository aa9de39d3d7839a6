"""A line whose text stands for a value: what is typed is understood when the line is left.

`DateEdit` and `TimeEdit` are such lines; another kind of value takes a `ValueEdit` with a `parse` of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget


class ValueEdit(QLineEdit):
    """`parse` turns a text into the value's one written form, or raises ValueError with a sentence."""

    committed = Signal()
    """The line was left or Enter pressed, and the value is another."""
    problem = Signal(str)
    """What is wrong with the text, as a sentence; empty once it is right again."""

    def __init__(self, parse: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parse = parse
        self._value: str | None = None
        self._wrong = ""
        self.editingFinished.connect(self.commit)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> str | None:
        """The value last understood; None for empty. A text that is wrong changes nothing."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a value that is already in its written form. Emits no `committed`."""
        self._value = value or None
        self.setText(value or "")
        self._say("")

    def wrong(self) -> str:
        """What is wrong with the text, or nothing."""
        return self._wrong

    def commit(self) -> bool:
        """Understand the text now, as on leaving; whether it is right."""
        try:
            value = self._understood()
        except ValueError as error:
            self._say(str(error))
            return False
        changed = value != self._value
        self._value = value
        if (value or "") != self.text():
            self.setText(value or "")
        self._say("")
        if changed:
            self.committed.emit()
        return True

    def revert(self) -> None:
        """Back to the value last understood."""
        self.set_value(self._value)
        self.selectAll()

    def take(self, value: str) -> None:
        """Put in a value that was chosen, not typed, and commit it."""
        self.setText(value)
        self.commit()

    def event(self, event: QEvent) -> bool:
        """Esc is this line's while there is something to take back, the dialog's otherwise."""
        if event.type() == QEvent.Type.ShortcutOverride and self._reverts(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._reverts(event):
            self.revert()
            return
        super().keyPressEvent(event)

    def _reverts(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return escape and self.text() != (self._value or "") and not self.isReadOnly()

    def _understood(self) -> str | None:
        return self._parse(self.text()) if self.text().strip() else None

    def _on_text_changed(self) -> None:
        """A fault is told on leaving, but taken back as soon as it is mended."""
        if self._wrong:
            try:
                self._understood()
            except ValueError:
                return
            self._say("")

    def _say(self, sentence: str) -> None:
        if sentence == self._wrong:
            return
        self._wrong = sentence
        self.setAccessibleDescription(sentence)
        self.setProperty("problem", bool(sentence))
        self.style().polish(self)  # the style sheet looks at the property
        self.problem.emit(sentence)
