"""Other views of a page's records than its list, and the switch between them: such as a board, or a tree.

To make one: a widget that takes a `Context`, as described in `Alternative`, and a `View` in the page's `views`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.i18n import N_, _
from desktop.service.query import Query
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.lists.area import ListArea
from desktop.ui.named import named


class View(NamedTuple):
    """A view beside the list. `title` is a message id, `where` names the widget's class as `module:Class`."""

    key: str
    title: str
    icon: str
    where: str


LIST = View("list", N_("List"), "list", "")
RELAYED = ("opened", "menu_about_to_show", "find_requested", "composed")


class Alternative(Protocol):
    """What a view's widget offers; it has also the signals `selected` (a record or None) and `opened` (a record).

    It may have `menu_about_to_show` (a QMenu whose first action opens the record), `find_requested` (the text
    that somebody types over it), `composed` (an input method's event over it) and a method `copy`. It reads anew
    by itself when the context tells of a change.
    """

    def show_query(self, query: Query) -> None:
        """Show the records of this query; of the same one as before, what is selected and in view stays."""

    def selected_records(self) -> list[Any]:
        """The selected records, in the order of the view."""

    def select_record(self, record: Any) -> bool:
        """Select a record and bring it into view, if need be later; False where the query does not have it."""


class Views(QObject):
    """The views of one page: a widget is made when it is first chosen, and the choice is remembered in `state`."""

    switched = Signal(object)
    """Another view is shown than before, in which this record (or None) was selected."""
    selected = Signal(object)
    opened = Signal(object)
    menu_about_to_show = Signal(QMenu)
    find_requested = Signal(str)
    composed = Signal(object)

    def __init__(
        self, context: Context, views: tuple[View, ...], state: dict[str, Any], area: ListArea
    ) -> None:
        super().__init__(area)
        self._context, self._views, self._state, self._area = context, views, state, area
        self._made: dict[str, Any] = {}
        self._key = LIST.key
        self._chosen: Any = None
        self.switches = [ViewSwitch((LIST, *views))] if views else []
        """What stands in the page's head: nothing where there is nothing to choose."""
        for switch in self.switches:
            switch.chosen.connect(self.choose)

    @property
    def other(self) -> Any:
        """The view that is shown in place of the list; None for the list."""
        return self._made.get(self._key)

    def restore(self) -> None:
        """Show the view that was shown last."""
        key = self._state.get("view")
        if any(view.key == key for view in self._views):
            self.choose(key)

    def choose(self, key: str) -> None:
        """Show the view of this key."""
        if key not in self._made and key != LIST.key:
            view = next(each for each in self._views if each.key == key)
            self._made[key] = self._listened(named(view.where)(self._context))
        self._key = self._state["view"] = key
        for switch in self.switches:
            switch.show_chosen(key)
        self._area.hold(self._made.get(key))
        self.switched.emit(self._chosen)

    def _listened(self, made: Any) -> Any:
        """A new view's widget; what it tells goes on from here while it is shown."""
        calls = {name: getattr(self, name).emit for name in RELAYED} | {"selected": self.tell}
        for name, call in calls.items():
            if hasattr(made, name):
                getattr(made, name).connect(lambda told, call=call: self.other is made and call(told))
        return made

    def tell(self, record: Any) -> None:
        """Tell that this record is selected."""
        self._chosen = record
        self.selected.emit(record)

    def tell_of_list(self, record: Any) -> None:
        """The list has another selection: nobody is told while it is not shown."""
        if self.other is None:
            self.tell(record)

    def copy(self) -> None:
        """Let the view that is shown copy what is selected in it, if it can."""
        getattr(self.other, "copy", lambda: None)()

    def show_query(self, query: Query) -> None:
        """Let the view that is shown show this; the others are told when they are chosen."""
        if self.other is not None:
            self.other.show_query(replace(query, group=""))  # that is a matter of the list alone


class ViewSwitch(QWidget):
    """A button a view, of which one is down; arrow keys go from one to the other."""

    chosen = Signal(str)

    def __init__(self, views: tuple[View, ...]) -> None:
        super().__init__()
        self.setAccessibleName(_("View"))
        self._group = QButtonGroup(self, exclusive=True)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self, spacing=2)
        row.setContentsMargins(0, 0, theme.TIGHT, 0)
        for view in views:
            button = QToolButton(checkable=True, iconSize=QSize(18, 18))
            button.setIcon(icon(view.icon, "muted"))
            button.setText(_(view.title))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAccessibleName(_(view.title))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _down=False, key=view.key: self.chosen.emit(key))
            self._group.addButton(button)
            self.buttons[view.key] = button
            row.addWidget(button)
        self.buttons[views[0].key].setChecked(True)

    def show_chosen(self, key: str) -> None:
        """Show which view is shown."""
        self.buttons[key].setChecked(True)
