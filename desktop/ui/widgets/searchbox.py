"""The search box: acts on text, never on keys, and only after the typing has settled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import _
from desktop.ui.dropped import leave_files
from desktop.ui.icons import icon

SETTLE_MS = 80


class SearchBox(QLineEdit):
    """A line with a magnifier, a button that clears it, and Esc for the same."""

    text_changed_settled = Signal(str)
    """The text, once nothing has changed for 80 ms. What an input method is still converting is no change."""
    down_pressed = Signal()
    """Somebody goes on to what stands below."""

    def __init__(
        self, placeholder: str | None = None, shortcut: str = "Ctrl+F", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        leave_files(self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(lambda: self.text_changed_settled.emit(self.text()))
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("close", "muted"), _("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)  # only now: the line looks at changes alone
        self.textChanged.connect(self._on_text_changed)
        self.set_placeholder(placeholder or _("Search"), shortcut)

    def set_placeholder(self, text: str, shortcut: str = "") -> None:
        """What stands in the empty box, with the shortcut that leads here as this platform writes it."""
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setPlaceholderText(f"{text}  {keys}".rstrip())
        self.setAccessibleName(text)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._settled.start()

    def event(self, event: QEvent) -> bool:
        """Esc belongs to this box while there is something to clear, and to the dialog or page otherwise."""
        if event.type() == QEvent.Type.ShortcutOverride and self._clears(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clears(event):
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _clears(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and bool(self.text())
