"""The menus of a list: of its rows, of its columns, and the popup in which columns are chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.i18n import _
from desktop.model import field
from desktop.service.grouping import groupable
from desktop.text import fold
from desktop.ui.accesskeys import unmarked
from desktop.ui.icons import icon
from desktop.ui.lists.checklist import Checklist, Option
from desktop.ui.lists.table import RecordTable
from desktop.ui.widgets.tips import plain_tip


class ColumnButton(QToolButton):
    """Opens the popup in which columns are chosen."""

    reset_requested = Signal()

    def __init__(self, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._list: Checklist | None = None
        self.setIcon(icon("columns", "muted"))
        self.setAutoRaise(True)
        self.setAccessibleName(_("Choose columns"))
        self.setToolTip(self.accessibleName())
        self.clicked.connect(lambda: self.open())

    def open(self) -> None:
        """Show the popup."""
        if self._list is None:
            self._list = Checklist(self, self._options, name=_("Columns"), clear=_("Reset columns"))
            self._list.ticked.connect(self._on_ticked)
            self._list.cleared.connect(self._on_cleared)
        self._list.show_under(self, frozenset(self._table.columns.shown), clears=True)

    def _options(self, text: str) -> Sequence[Option]:
        choices = self._table.columns.choices()
        return [Option(kind.name, kind.title) for kind in choices if fold(text) in fold(kind.title)]

    def _on_ticked(self, name: str, on: bool) -> None:
        self._table.show_columns(self._table.columns.toggled(name, on))
        self._list.set_checked(frozenset(self._table.columns.shown))

    def _on_cleared(self) -> None:
        self.reset_requested.emit()
        self._list.set_checked(frozenset(self._table.columns.shown))


def header_menu(table: RecordTable, name: str, choose: ColumnButton) -> QMenu:
    """What can be done with the column of this name; '' beside all columns."""
    menu = QMenu(table)
    if name:
        place, last = table.columns.shown.index(name), len(table.columns.shown) - 1
        _add(menu, _("Sort &ascending"), "sort-asc", lambda: table.sort_by(name, False))
        _add(menu, _("Sort &descending"), "sort-desc", lambda: table.sort_by(name, True))
        if any(kind.name == name for kind in groupable(table.columns.entity)):
            here = table.columns.group == name
            words = _("Do not &group") if here else _("&Group by this column")
            _add(menu, words, "group", lambda: table.group_by("" if here else name))
        menu.addSeparator()
        _add(menu, _("Move &left"), "chevron-left", lambda: table.move_column(name, -1), place > 0)
        _add(menu, _("Move &right"), "chevron-right", lambda: table.move_column(name, 1), place < last)
        _add(
            menu,
            _("&Hide column"),
            "",
            lambda: table.show_columns(table.columns.toggled(name, False)),
            last > 0,
        )
        menu.addSeparator()
    _add(menu, _("&Choose columns…"), "columns", choose.open)
    _add(menu, _("R&eset columns"), "", choose.reset_requested.emit)
    return menu


def row_menu(table: RecordTable, choose: ColumnButton) -> QMenu:
    """What can be done with the selected rows, and with the list; verbs of the window come after the first."""
    menu = QMenu(table)
    some = table.selected_count() > 0
    _add(menu, _("&Open"), "", table.open_current, table.selected_count() == 1)
    menu.addSeparator()
    copy = _add(menu, _("&Copy"), "copy", table.copy, some)
    copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    everything = _add(menu, _("Select &all"), "", table.selectAll, table.rows.rowCount() > 0)
    everything.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
    menu.addSeparator()
    sorting = menu.addMenu(_("&Sort by"))
    order = table.rows.query.order[0] if table.rows.query and table.rows.query.order else None
    for column in range(table.rows.columnCount()):
        kind = table.rows.kind(column)
        here = order is not None and order.field == kind.name
        down = here and not order.descending
        _add_ticked(
            sorting, unmarked(kind.title), here, lambda name=kind.name, down=down: table.sort_by(name, down)
        )
    _add(menu, _("C&hoose columns…"), "columns", choose.open)
    fill_grouping(table, menu.addMenu(_("&Group by")))
    return menu


def fill_grouping(table: RecordTable, menu: QMenu) -> None:
    """By what the rows can be grouped, and what can be done with the groups."""
    menu.clear()
    now = table.columns.group
    _add_ticked(menu, _("&Nothing"), not now, lambda: table.group_by(""))
    menu.addSeparator()
    for kind in groupable(table.columns.entity):
        _add_ticked(menu, unmarked(kind.title), kind.name == now, lambda name=kind.name: table.group_by(name))
    menu.addSeparator()
    _add(menu, _("&Fold all groups"), "", lambda: table.rows.folding.set_all(True), bool(now))
    _add(menu, _("&Unfold all groups"), "", lambda: table.rows.folding.set_all(False), bool(now))


class GroupButton(QToolButton):
    """Opens the menu of groups; says by what the list is grouped."""

    def __init__(self, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setIcon(icon("group", "muted"))
        self.setAutoRaise(True)
        self.clicked.connect(lambda: self.open())
        table.grouped.connect(self.show_group)
        self.show_group()

    def open(self) -> None:
        """Show the menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_grouping(self._table, menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def show_group(self) -> None:
        """Say by what the list is grouped now."""
        columns = self._table.columns
        words = _("Group the rows")
        if columns.group:
            words = _("Grouped by {field}").format(field=field(columns.entity, columns.group).title)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))


def _add_ticked(menu: QMenu, text: str, ticked: bool, act: object) -> None:
    action = _add(menu, text, "", act)
    action.setCheckable(True)
    action.setChecked(ticked)


def _add(menu: QMenu, text: str, drawing: str, act: object, enabled: bool = True) -> QAction:
    action = menu.addAction(icon(drawing), text) if drawing else menu.addAction(text)
    action.triggered.connect(lambda _checked=False: act())
    action.setEnabled(enabled)
    return action
