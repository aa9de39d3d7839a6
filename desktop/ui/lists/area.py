"""Where a list stands: the table, or what is said while there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.ui.lists.table import RecordTable
from desktop.ui.widgets.emptystate import EmptyState


class ListArea(QStackedWidget):
    """The focus goes to what is shown: the table, or the button of what is said."""

    action_requested = Signal()
    """The button under what is said."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__()
        self._table = table
        self.nothing: EmptyState | None = None
        self.addWidget(table)
        self.setFocusProxy(table)

    def show_table(self) -> None:
        """Show the rows."""
        focused = self.nothing is not None and self.nothing.button.hasFocus()
        self.setCurrentWidget(self._table)
        self.setFocusProxy(self._table)
        if focused:
            self._table.setFocus()

    def show_nothing(self, drawing: str, sentence: str, button: str) -> None:
        """Say why there are no rows, and offer what can be done."""
        focused = self._table.hasFocus()
        if self.nothing is None:
            self.nothing = EmptyState(drawing, sentence, button)
            self.nothing.action_requested.connect(self.action_requested)
            self.addWidget(self.nothing)
        self.nothing.say(drawing, sentence, button)
        self.setCurrentWidget(self.nothing)
        self.setFocusProxy(self.nothing.button)
        if focused:
            self.nothing.button.setFocus()
