"""A record in a window of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.i18n import _
from desktop.ui import enterkey, layout, readonly, theme
from desktop.ui.actions import COMMANDS, keys_of
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.menus import held
from desktop.ui.named import named
from desktop.ui.passages.here import Here
from desktop.ui.record.dropping import FileDrop
from desktop.ui.record.pane import RecordPane
from desktop.ui.saying import Saying
from desktop.ui.widgets.messagebar import MessageBar

PLACE = "record_window"
"""Under which name the settings keep its size and place."""
USUAL = (620, 760)
OWN = frozenset(
    (
        *("undo", "redo", "print_record", "report_progress", "close", "move_date", "remind"),
        *("log_meeting", "add_follow_up", "edit", "link", "read_text", "search", "share"),
    )
)
"""Commands that have their keys here too; those that have them everywhere need no mention."""
IN_PANE = {"edit": "edit", "link": "begin_link"}
"""What of them its own pane does."""


def centre(window: QWidget, over: QRect) -> None:
    """Let a window stand over the middle of another, on the screen as a whole."""
    place = QRect(QPoint(), window.size().boundedTo(layout.room_for(window).size()))
    place.moveCenter(over.center())
    layout.keep_on_screen(window, place.topLeft())


class RecordWindow(QWidget):
    """Closed by Esc or the usual keys; its pane then saves what is typed. The next one has the size of the last.

    What it leads to is shown in it too: the window under it is hidden by it. The commands that concern a record
    work in it as in the main window, for its own record, and what they tell is told in it.
    """

    def __init__(self, context: Context, record: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context: Any = Here(context, self)
        self.context.record_requested.connect(self.show_record)
        self.drafts: dict[Any, Any] = {}
        self._pressed_at: QWidget | None = None
        self._before = parent.focusWidget() if parent is not None else None
        self.pane, self.messages = RecordPane(self.context), MessageBar()
        Saying(self.context, self.messages)
        self.pane.set_alone(True)
        self.pane.report_requested.connect(lambda _record: self.run("report_progress"))
        self.pane.shown.connect(self._name)
        told = QVBoxLayout()
        told.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        told.addWidget(self.messages)
        column = QVBoxLayout(self, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane, 1)
        column.addLayout(told)
        for keys in (QKeySequence(QKeySequence.StandardKey.Close), QKeySequence("Esc")):
            QShortcut(keys, self).activated.connect(self.close)
        for keys in ("F6", "Shift+F6"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._go_to_pane)
        for command in COMMANDS:
            for keys in keys_of(command) if command.key in OWN else ():
                QShortcut(QKeySequence(keys), self).activated.connect(lambda key=command.key: self.run(key))
        self.resize(*USUAL)
        geometry = context.settings.pages.get(PLACE, {}).get("geometry", "")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(str(geometry).encode()))
        centre(self, parent.frameGeometry() if parent is not None else self.screen().availableGeometry())
        self.pane.show_record(record)
        FileDrop(self.context, self.pane)

    # ---- what the commands ask of a window

    own = OWN

    def run(self, key: str) -> None:
        """Do what a command of the main window does, for the record that is shown here."""
        command = next(each for each in COMMANDS if each.key == key)
        self.pane.commit()
        if (command.needs and not held(self)[command.needs]) or readonly.refused(self.context, key):
            return
        if key in IN_PANE:
            getattr(self.pane, IN_PANE[key])()
        else:
            named(command.calls)(self)

    @property
    def page(self) -> Any:
        """It stands for a page on which its record is selected."""
        return self

    @property
    def entity(self) -> Any:
        """Of which kind its record is."""
        return type(self.pane.record())

    def selected(self) -> list[Any]:
        """Its record; none once that is deleted."""
        return [self.pane.record()] if self.pane.view() is not None else []

    def ask(self, what: str, default: Any = None) -> Any:
        """What a page tells of what is selected in it."""
        return len(self.selected()) if what == "selected_count" else default

    def _go_to_pane(self) -> None:
        """From the record to a message with something to do about it, and back."""
        focus = self.focusWidget()
        inside = focus is not None and self.messages.isAncestorOf(focus)
        if inside or not self.messages.go_in():
            self.pane.edit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self._pressed_at = self.focusWidget()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in a line may have led to a button: that one was not meant.
        meant, self._pressed_at = self._pressed_at is self.focusWidget(), None
        if not meant or not enterkey.pressed(self, event):
            super().keyPressEvent(event)

    # ---- the window

    def show_record(self, record: Any) -> None:
        """Show another record, to which something in this one leads."""
        self.pane.show_record(record)
        view = self.pane.view()
        if view is not None:
            view.form.focus_field()

    def _name(self, record: Any) -> None:
        if record is not None:
            self.setWindowTitle(_("{ref} {name}").format(ref=record.ref, name=record.name_text()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not may_close(self, quick=False):
            event.ignore()
            return
        common = self.context.common
        self.context.problem.connect(common.problem)  # what cannot be saved now is told where one reads it
        place = self.context.settings.pages.setdefault(PLACE, {})
        place["geometry"] = bytes(self.saveGeometry().toBase64()).decode()
        self.context.safely(self.pane.leave)
        super().closeEvent(event)
        if self.parent() is not None:
            self.parent().activateWindow()
            if self._before is not None and isValid(self._before):
                self._before.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
