"""A record in a window of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.i18n import _
from desktop.ui.context import Context
from desktop.ui.record.pane import RecordPane

PLACE = "record_window"
"""Under which name the settings keep its size and place."""
USUAL = (620, 760)


def centre(window: QWidget, over: QRect) -> None:
    """Let a window stand over the middle of another, on the screen as a whole."""
    room = window.screen().availableGeometry()
    window.resize(window.size().boundedTo(room.size()))
    place = window.rect()
    place.moveCenter(over.center())
    left = max(room.left(), min(place.left(), room.right() - place.width()))
    window.move(left, max(room.top(), min(place.top(), room.bottom() - place.height())))


class RecordWindow(QWidget):
    """Closed by Esc or the usual keys; its pane then saves what is typed. The next one has the size of the last.

    What it leads to is shown in it too: the window under it is hidden by it.
    """

    report_requested = Signal(object)

    def __init__(self, context: Context, record: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self._before = parent.focusWidget() if parent is not None else None
        here = _Here(context, self)
        here.record_requested.connect(self._show)
        self.pane = RecordPane(here)
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
        if parent is not None:
            centre(self, parent.frameGeometry())
        self.pane.show_record(record)

    def _show(self, record: Any) -> None:
        """Show another record, to which something in this one leads."""
        self.pane.show_record(record)
        view = self.pane.view()
        if view is not None:
            view.form.focus_field()

    def _name(self, record: Any) -> None:
        if record is not None:
            self.setWindowTitle(_("{ref} {name}").format(ref=record.ref, name=record.name_text()))

    def closeEvent(self, event: QCloseEvent) -> None:
        place = self.context.settings.pages.setdefault(PLACE, {})
        place["geometry"] = bytes(self.saveGeometry().toBase64()).decode()
        self.context.safely(self.pane.leave)
        super().closeEvent(event)
        if self.parent() is not None:
            self.parent().activateWindow()
            if self._before is not None and isValid(self._before):
                self._before.setFocus(Qt.FocusReason.ActiveWindowFocusReason)


class _Here(QObject):
    """The context of one window: a record that is asked for in it is shown in it, all else is the common one's."""

    record_requested = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)
