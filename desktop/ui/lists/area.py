"""Where a list stands: the table or another view of its records, or what is said while there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.i18n import _, quoted
from desktop.ui.lists.table import RecordTable
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.emptystate import EmptyState


class ListArea(PassesFocus, QStackedWidget):
    """The focus goes to what is shown: the table, or the button of what is said."""

    action_requested = Signal()
    """The button under what is said."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__()
        self._table = table
        self._shown: QWidget = table
        self.nothing: EmptyState | None = None
        self.addWidget(table)
        self.pass_focus_to(table)

    def hold(self, view: QWidget | None) -> None:
        """Show the records in another view from now on; None: in the table."""
        self._shown = view or self._table
        if self.indexOf(self._shown) < 0:
            self.addWidget(self._shown)
        if self.currentWidget() is not self.nothing:
            self.show_records()

    def show_records(self) -> None:
        """Show the table, or the view in its place."""
        focused = self.nothing is not None and self.nothing.button.hasFocus()
        self.setCurrentWidget(self._shown)
        self.pass_focus_to(self._shown)
        if focused:
            self._shown.setFocus()

    def show_nothing(self, drawing: str, sentence: str, button: str) -> None:
        """Say why there are no rows, and offer what can be done."""
        focus = self.window().focusWidget()
        focused = focus is not None and (focus is self._shown or self._shown.isAncestorOf(focus))
        if self.nothing is None:
            self.nothing = EmptyState(drawing, sentence, button)
            self.nothing.action_requested.connect(self.action_requested)
            self.addWidget(self.nothing)
        self.nothing.say(drawing, sentence, button)
        self.setCurrentWidget(self.nothing)
        self.pass_focus_to(self.nothing.button)
        if focused:
            self.nothing.button.setFocus()

    def show_none_found(self, text: str) -> None:
        """Say that nothing passes the filters, or the search for a text."""
        sentence = _("No record passes these filters.")
        if text:
            sentence = _("Nothing found for “{text}”.").format(text=quoted(text))
        self.show_nothing("search" if text else "filter", sentence, _("Show all"))
