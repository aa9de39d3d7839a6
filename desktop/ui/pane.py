"""The place of the record pane at the right of the window: it is there when wanted and when the page has records."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.i18n import _
from desktop.ui import layout
from desktop.ui.context import Context
from desktop.ui.named import named
from desktop.ui.record.dropping import FileDrop
from desktop.ui.widgets.emptystate import EmptyState

PANE, WINDOW = "desktop.ui.record.pane:RecordPane", "desktop.ui.record.window:RecordWindow"
"""Imported with the first record that is shown: a start does not wait for them."""
LEAST = 300
"""Width in pixels, however small the text."""


class Pane(QWidget):
    """Makes the `RecordPane` when the first record is to be shown, and the windows of records."""

    report_requested = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.wanted = True
        self._offered = self._opened = False
        self._made: Any = None
        self._record: Any = None
        self._dress()
        FileDrop(context, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("pane-right", _("Select a record to see it here.")))

    def set_wanted(self, wanted: bool) -> None:
        """Whether the officer wants the pane beside lists."""
        self.wanted = wanted
        self._update()

    def offer(self, offered: bool) -> None:
        """Whether the page shown has records to look at."""
        self._offered = offered
        self._update()

    def _update(self) -> None:
        self.setVisible(self.wanted and self._offered)
        if self.isVisibleTo(self.parentWidget()):
            self._show()

    def show_record(self, record: Any) -> None:
        """Show a record, or that none is selected."""
        self._record = record
        if self.wanted and self._offered:
            self._show()

    def _show(self) -> None:
        if self._made is None:
            if self._record is None:
                return
            self._made = named(PANE)(self.context)
            self._made.report_requested.connect(self.report_requested)
            self._made.window_requested.connect(self.open_window)
            self._stack.addWidget(self._made)
            self._stack.setCurrentWidget(self._made)
        self._made.show_record(self._record)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._dress()

    def _dress(self) -> None:
        self.setMinimumWidth(max(LEAST, layout.NARROW_PANE * layout.letter(self)))

    def record_pane(self) -> Any:
        """The pane itself, once it was needed."""
        return self._made

    def commit(self) -> None:
        """Save what is being typed, here and in the windows of records."""
        for pane in self._panes():
            pane.commit()

    def leave(self) -> None:
        """Save what is typed, whatever it is, here and in the windows of records; all of them close."""
        for pane in self._panes():
            pane.leave()

    def _panes(self) -> list[Any]:
        own = [self._made] if self._made is not None else []
        windows = self.window().findChildren(named(WINDOW)) if self._opened else []
        return [*own, *(window.pane for window in windows)]

    def open_window(self, record: Any) -> Any:
        """Show a record in a window of its own; returns that."""
        self._opened = True
        window = named(WINDOW)(self.context, record, self.window())
        window.show()
        return window
