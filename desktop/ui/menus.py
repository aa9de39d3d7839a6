"""The commands as actions of one window: in its menus, its tool bar, and wherever something calls `run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar

from desktop.i18n import N_, _
from desktop.model import FollowUp, Meeting, Organisation, Person, Source
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.model.followed import Followed
from desktop.service import extensions
from desktop.ui import readonly
from desktop.ui.accesskeys import unmarked
from desktop.ui.actions import COMMANDS, LINE, MENUS, PAPERS, ROW_MENU, TOOLBAR, Command, keys_of
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.windowmenu import WindowMenu, belongs

if TYPE_CHECKING:
    from desktop.ui.record.window import RecordWindow
    from desktop.ui.window import MainWindow

SUBMENUS = {
    "recent": (N_("Open &recent"), "desktop.ui.verbs:fill_recent"),
    "group": (N_("&Group by"), "desktop.ui.verbs:fill_groups"),
    "officers": (N_("&Officer at the desk"), "desktop.ui.verbs:fill_officers"),
}
"""Menus within others, and what fills them when these are opened."""


class Commands:
    """The commands as actions of one window, in its menus and its tool bar."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.actions = {command.key: self._action(command) for command in COMMANDS}
        self._make_menus()
        self._make_tool_bar()

    def _action(self, command: Command) -> QAction:
        # The pages bear the words of the side bar, and their number as access key.
        page = f"&{command.shortcuts[0][-1]}  " if command.given else ""
        action = QAction(page + _(command.text), self.window)
        action.setShortcuts([QKeySequence(keys) for keys in keys_of(command)])
        if command.everywhere:
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        action.setMenuRole(command.role)
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(bool(command.icon))
        if command.icon:
            action.setIcon(icon(command.icon, "muted"))
        action.triggered.connect(lambda _checked=False, key=command.key: self.run(key))
        self.window.addAction(action)
        return action

    def run(self, key: str, given: Any = None) -> None:
        """Do what a command does, whatever calls for it; `given` is what it concerns, where that is not selected."""
        if readonly.refused(self.window.context, key):  # a button of a page may ask for it
            return
        command = next(each for each in COMMANDS if each.key == key)
        given = given or command.given
        self.window.pane.commit()
        named(command.calls)(self.window, *([given] if given else []))
        self.refresh()

    def fill_row_menu(self, menu: QMenu) -> None:
        """Put the verbs for selected rows before the page's own."""
        first = menu.actions()[1] if len(menu.actions()) > 1 else None
        self.refresh()
        for key in ROW_MENU:
            if key in PAPERS and not self.actions[key].isEnabled():
                continue
            if key == LINE:
                menu.insertSeparator(first)
            else:
                menu.insertAction(first, self.actions[key])

    def _make_menus(self) -> None:
        bar = self.window.menuBar()
        for title, keys in MENUS:
            if title == MENUS[-1][0] and belongs():  # before Help
                bar.addMenu(WindowMenu(self.window))
            menu = bar.addMenu(_(title))
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.refresh)
            for key in keys:
                if key == LINE:
                    menu.addSeparator()
                elif key in SUBMENUS:
                    words, fill = SUBMENUS[key]
                    inner = menu.addMenu(_(words))
                    menu.aboutToShow.connect(lambda inner=inner, fill=fill: named(fill)(self.window, inner))
                else:
                    menu.addAction(self.actions[key])

    def _make_tool_bar(self) -> None:
        bar = QToolBar(_("Tool bar"), movable=False, floatable=False)
        bar.setObjectName("tools")
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.setIconSize(QSize(18, 18))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for key in TOOLBAR:
            if key == LINE:
                bar.addSeparator()
                continue
            action, command = self.actions[key], next(each for each in COMMANDS if each.key == key)
            action.setIconText(_(command.toolbar))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{_(command.toolbar)}  {keys}")
            bar.addAction(action)
            button = bar.widgetForAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(_(command.toolbar))
        self.window.addToolBar(bar)

    def refresh(self) -> None:
        """Enable the commands that there is something for."""
        window = self.window
        met = held(window)
        for command in COMMANDS:
            if command.needs:
                self.actions[command.key].setEnabled(met[command.needs])
        readonly.disable(self.actions, window.context.workspace)
        self.actions["lock"].setVisible(met["encrypted"])
        self.actions["record_pane"].setChecked(window.pane.wanted)
        self.actions["shrink"].setChecked(window.sidebar.is_shrunk())

    def refresh_undo(self, _committed: Any = None) -> None:
        """Name what undo and redo would do."""
        from desktop.service import undo  # no window begins with an undo

        workspace = self.window.context.workspace
        for key, words, found in (
            ("undo", _("&Undo {what}"), undo.undoable(workspace)),
            ("redo", _("&Redo {what}"), undo.redoable(workspace)),
        ):
            what = unmarked(undo.label_of(found)) if found else ""
            self.actions[key].setText(words.format(what=what).strip())
            self.actions[key].setEnabled(found is not None and not workspace.readonly)


def held(window: MainWindow | RecordWindow) -> dict[str, bool]:
    """Which of the needs of commands are met."""
    count = window.ask("selected_count", 0)
    entity = getattr(window.page, "entity", object)
    return {
        "encrypted": window.context.workspace.engine.key is not None,
        "one": count == 1,
        "some": count > 0,
        "registered": count == 1 and issubclass(entity, Registered),
        "followed": count > 0 and issubclass(entity, Followed),
        "follow_up": count == 1 and entity is FollowUp,
        "dated": count == 1 and entity in extensions.DATES,
        "counterpart": (count == 1 and entity is FollowUp) or window.ask("counterpart") is not None,
        "meeting": count == 1 and entity is Meeting,
        "dated_event": count == 1 and entity in (Meeting, FollowUp),
        "sourced": count == 1 and issubclass(entity, Source | Anchored),
        "alike": count > 1 and entity in (Organisation, Person),
        "list": hasattr(window.page, "defaults"),
    }
