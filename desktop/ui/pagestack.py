"""The pages of the window, each made when it is first shown; what the one that is shown tells goes on from here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget

from desktop.ui.context import Context
from desktop.ui.named import named
from desktop.ui.navigation import PAGES
from desktop.ui.record.dropping import FileDrop


class PageStack(QStackedWidget):
    """A page may be any widget: what it has of these signals and of the methods asked for is used."""

    selected = Signal(object)
    opened = Signal(object)
    count_changed = Signal(str)
    command_requested = Signal(str)
    """Somebody wants what the command of this key does."""
    merge_requested = Signal(list)
    menu_about_to_show = Signal(QMenu)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.made: dict[str, Any] = {}
        FileDrop(context, self)

    def show_page(self, key: str) -> str:
        """Show the page of this key, or the first one for a key that is none, in its own arrangement; returns which."""
        entry = next((each for each in PAGES if each.key == key), PAGES[0])
        if entry.key not in self.made:
            page = self.made[entry.key] = named(entry.where)(self.context)
            self.addWidget(page)
            self._listen(page)
        getattr(self.made[entry.key], "leave_view", lambda: None)()
        self.setCurrentWidget(self.made[entry.key])
        self.context.settings.last_page = entry.key
        return entry.key

    def _listen(self, page: Any) -> None:
        for name in (
            "selected",
            "opened",
            "count_changed",
            "merge_requested",
            "menu_about_to_show",
            "command_requested",
        ):
            if hasattr(page, name):
                getattr(page, name).connect(
                    lambda told, page=page, name=name: self._pass_on(page, name, told)
                )
        if hasattr(page, "new_requested"):
            page.new_requested.connect(lambda: self.command_requested.emit("new_record"))

    def _pass_on(self, page: Any, name: str, told: Any) -> None:
        """A page that is not shown has nothing to say here: its list may go on counting."""
        if page is self.currentWidget():
            getattr(self, name).emit(told)

    def ask(self, what: str, default: Any = None) -> Any:
        """The result of a method of the page shown, or `default` where it has none of this name."""
        return getattr(self.currentWidget(), what, lambda: default)()
