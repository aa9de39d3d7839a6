"""What is typed over a page's list goes to its search box, whether the letters come from keys or an input method."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.widgets.searchbox import SearchBox


class Typing(QObject):
    """Listens to the `find_requested` and `composed` of what shows the records."""

    def __init__(self, search: SearchBox, *shown: Any) -> None:
        super().__init__(search)
        self._search, self._composing = search, False
        for part in shown:
            part.find_requested.connect(self._find)
            part.composed.connect(self._compose)

    def _find(self, text: str) -> None:
        """Somebody types over the list."""
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setText(text)

    def _compose(self, event: QInputMethodEvent) -> None:
        """An input method converts over the list: the search box shows it, and takes over once it is done."""
        if not (self._composing or event.preeditString() or event.commitString()):
            return  # it resets itself, as it does in the midst of a commit: what was typed is not marked again
        if not self._composing:
            self._search.selectAll()
        self._composing = bool(event.preeditString())
        QApplication.sendEvent(self._search, event)
        if event.commitString():
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """What was typed last is not searched for any more: the workspace is about to be closed."""
        self._search.blockSignals(True)
