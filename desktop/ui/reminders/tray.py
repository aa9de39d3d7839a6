"""The icon in the tray, where the desktop has one: how much there is in its tooltip, the first of it in its menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.i18n import _, join_parts
from desktop.paths import APPLICATION
from desktop.service.reminders import Due, Reminder
from desktop.ui.accesskeys import unmarked
from desktop.ui.icons import app_icon
from desktop.ui.reminders import words

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

LISTED = 6
"""Reminders in the menu."""
LONGEST = 60
"""Characters of a name there."""


class Tray(QObject):
    """It goes with the window, and never keeps the program alive."""

    open_requested = Signal(object)
    list_requested = Signal()
    """All of them are wanted, in the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.menu = QMenu(window)
        self.icon = QSystemTrayIcon(app_icon(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.list_requested)
        self._shown: tuple[str, ...] = ()
        self.show_due(Due())
        self.icon.show()

    def show_due(self, due: Due) -> None:
        """Tell of these."""
        told = words.summary(due) or _("Nothing to be reminded of")
        names = [self._named(row) for row in due.rows[:LISTED]]
        if self._shown == (told, *names):
            return  # a menu that is open stays so
        self._shown = (told, *names)
        self.icon.setToolTip(f"{APPLICATION} — {told}")
        self.menu.clear()
        self._add(_("Show {program}").format(program=APPLICATION), self._raise)
        self._add(_("Quick entry…"), lambda: self._run("quick_entry"))
        self.menu.addSeparator()
        for row, name in zip(due.rows, names, strict=False):
            self._add(name, lambda row=row: self._open(row))
        more = self._add(_("All reminders"), self.list_requested.emit)
        more.setEnabled(bool(due.rows))
        self.menu.addSeparator()
        self._add(_("Quit"), lambda: self._run("quit"))

    def bubble(self, rows: list[Reminder]) -> None:
        """Say outside of the window how much is new; what it is about is for no other screen or log."""
        told = words.summary(Due(tuple(rows), Counter(row.kind for row in rows)))
        self.icon.showMessage(_("Reminders"), told, app_icon())

    def _named(self, row: Reminder) -> str:
        name = row.name if len(row.name) <= LONGEST else row.name[: LONGEST - 1] + "…"
        return join_parts(name, words.when(self._window.context.workspace, row))

    def _add(self, text: str, call: Callable[[], Any]) -> QAction:
        action = self.menu.addAction(unmarked(text))
        action.triggered.connect(lambda _checked=False: call())
        return action

    def _open(self, row: Reminder) -> None:
        self._raise()
        self.open_requested.emit(row)

    def _run(self, command: str) -> None:
        self._raise()
        self._window.commands.run(command)

    def _raise(self) -> None:
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._raise()
            self.list_requested.emit()

    def take_down(self) -> None:
        """Before the window goes: an icon that is left behind leads nowhere."""
        self.icon.hide()
