"""What a palette offers beside records: pages, commands, what submenus have, and saved views.

In the window of a record its own commands are about its record; what else needs something selected is greyed there,
and all the rest is done in the main window, which comes to the front.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.i18n import _, captioned
from desktop.service import views
from desktop.ui.actions import COMMANDS, Command, plain
from desktop.ui.menus import SUBMENUS, held
from desktop.ui.named import named
from desktop.ui.windowmenu import come_to_front

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

_DIGIT = re.compile(r"^&\d  ")
"""What entries of submenus are counted by."""


class Offer(NamedTuple):
    """Something that can be done; `source` is its name in English, by which it is found too."""

    name: str
    act: Callable[[], Any]
    source: str = ""
    icon: str = ""
    keys: str = ""
    enabled: bool = True
    command: str = ""


class Offers:
    """What is offered in a window: `desk` is the main one, which may be the same."""

    def __init__(self, window: Any, desk: MainWindow) -> None:
        self._window, self._desk = window, desk
        self._apart = window is not desk
        self._menus: list[QMenu] = []
        self._in_menus: list[Offer] | None = None

    def refresh(self) -> None:
        """See anew what can be done now."""
        self._desk.commands.refresh()
        for menu in self._menus:
            menu.deleteLater()
        self._menus, self._in_menus = [], None

    def pages(self) -> list[Offer]:
        """The pages of the main window."""
        return [self._command(each, {}) for each in COMMANDS if each.given]

    def commands(self) -> list[Offer]:
        """The commands, then what the menus within menus offer now."""
        met = held(self._window)
        found = [self._command(each, met) for each in COMMANDS if not each.given and each.key != "search"]
        if self._in_menus is None:
            self._in_menus = self._submenus()
        return [*found, *self._in_menus]

    def views(self) -> list[Offer]:
        """The saved views."""
        return [
            Offer(
                view.name, lambda view=view: self._at_desk(lambda: self._desk.shelf.open(view)), icon="view"
            )
            for view in views.views()
        ]

    def _command(self, command: Command, met: dict[str, bool]) -> Offer:
        action = self._desk.commands.actions[command.key]
        here = self._apart and command.key in self._window.own
        act: Callable[[], Any] = lambda: self._at_desk(lambda: self._desk.commands.run(command.key))  # noqa: E731
        enabled = action.isEnabled() and not (self._apart and command.needs)
        if here:
            act = lambda: self._window.run(command.key)  # noqa: E731
            enabled = met[command.needs] if command.needs else action.isEnabled()
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        name = plain(_(command.text) if command.given else action.text())
        return Offer(name, act, plain(command.text), command.icon, keys, enabled, command.key)

    def _submenus(self) -> list[Offer]:
        found: list[Offer] = []
        for words, fill in SUBMENUS.values():
            menu = QMenu(self._desk)
            self._menus.append(menu)
            named(fill)(self._desk, menu)
            for action in menu.actions():
                name = plain(_DIGIT.sub("", action.text()))
                if action.isSeparator() or not name:
                    continue
                found.append(
                    Offer(
                        captioned(plain(_(words)), name),
                        lambda action=action: self._at_desk(action.trigger),
                        captioned(plain(words), name),
                        enabled=action.isEnabled(),
                    )
                )
        return found

    def _at_desk(self, act: Callable[[], Any]) -> None:
        if self._apart:
            come_to_front(self._desk)
        act()
