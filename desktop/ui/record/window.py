"""A record in a window of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.context import Context
from desktop.ui.record.pane import RecordPane

PLACE = "record_window"
"""Under which name the settings keep its size and place."""
USUAL = (620, 760)


class RecordWindow(QWidget):
    """Closed by Esc or the usual keys; its pane then saves what is typed. The next one has the size of the last."""

    report_requested = Signal(object)

    def __init__(self, context: Context, record: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.pane = RecordPane(context)
        self.pane.set_alone(True)
        self.pane.report_requested.connect(self.report_requested)
        self.pane.shown.connect(self._name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)
        for keys in (QKeySequence(QKeySequence.StandardKey.Close), QKeySequence("Esc")):
            QShortcut(keys, self).activated.connect(self.close)
        self.resize(*USUAL)
        geometry = context.settings.pages.get(PLACE, {}).get("geometry", "")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(str(geometry).encode()))
        self.pane.show_record(record)

    def _name(self, record: Any) -> None:
        if record is not None:
            self.setWindowTitle(_("{ref} {name}").format(ref=record.ref, name=record.name_text()))

    def closeEvent(self, event: QCloseEvent) -> None:
        place = self.context.settings.pages.setdefault(PLACE, {})
        place["geometry"] = bytes(self.saveGeometry().toBase64()).decode()
        super().closeEvent(event)
