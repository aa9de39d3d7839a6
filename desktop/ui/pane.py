"""The place of the record pane at the right of the window: it is there when wanted and when the page has records."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.context import Context

PANE, WINDOW = "desktop.ui.record.pane:RecordPane", "desktop.ui.record.window:RecordWindow"
"""Imported with the first record that is shown: a start does not wait for them."""
LEAST = 300


class Pane(QWidget):
    """Makes the `RecordPane` when the first record is to be shown; windows of records belong to it too."""

    report_requested = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.wanted = True
        self._offered = False
        self._pane: Any = None
        self._windows: list[QWidget] = []
        self.setMinimumWidth(LEAST)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def set_wanted(self, wanted: bool) -> None:
        """Whether the officer wants the pane beside lists."""
        self.wanted = wanted
        self.setVisible(wanted and self._offered)

    def offer(self, offered: bool) -> None:
        """Whether the page shown has records to look at."""
        self._offered = offered
        self.setVisible(self.wanted and offered)

    def show_record(self, record: Any) -> None:
        """Show a record, or that none is selected."""
        if self._pane is None:
            if record is None:
                return
            self._pane = resolve_name(PANE)(self.context)
            self._pane.report_requested.connect(self.report_requested)
            self._layout.addWidget(self._pane)
        self._pane.show_record(record)

    def record_pane(self) -> Any:
        """The pane itself, once there was a record to show."""
        return self._pane

    def open_window(self, record: Any) -> None:
        """Show a record in a window of its own."""
        window = resolve_name(WINDOW)(self.context, record)
        self._windows.append(window)
        window.destroyed.connect(lambda: self._windows.remove(window))
        window.show()
