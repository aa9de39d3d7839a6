"""A page of records, generated from what its entity declares: title, search, filters, table, count.

To make one: a subclass with `entity` and what differs (`columns`, `default_order`, `filters`, `empty_text`, …), and
its entry in `navigation.PAGES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, ngettext
from desktop.model import fields
from desktop.service.query import Condition, Order, Query, page
from desktop.ui import layout, theme
from desktop.ui.context import Context
from desktop.ui.lists.area import ListArea
from desktop.ui.lists.beginning import beginning
from desktop.ui.lists.columns import Columns
from desktop.ui.lists.filterbar import FilterBar
from desktop.ui.lists.menus import ColumnButton, GroupButton, header_menu, row_menu
from desktop.ui.lists.model import Keep, RowsModel
from desktop.ui.lists.spokencount import SpokenCount
from desktop.ui.lists.table import RecordTable
from desktop.ui.lists.telling import Telling, records_of
from desktop.ui.pages.typing import Typing
from desktop.ui.pages.viewed import Viewed
from desktop.ui.pages.views import View, Views
from desktop.ui.passages.lines import ElidedLabel
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.searchbox import SearchBox


class Page(Viewed, PassesFocus, QWidget):
    """A list of one entity's records. Facts go out as `selected`, wishes as `opened` and `…_requested`."""

    entity: ClassVar[Any]
    icon: ClassVar[str] = "source"
    columns: ClassVar[tuple[str, ...]] = ()
    """The fields that are shown until somebody chooses others; without any, those that are `listed`."""
    default_order: ClassVar[tuple[Order, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    """The fields whose filters are always at hand; the others that are `filtered` can be added."""
    default_filters: ClassVar[tuple[Condition, ...]] = ()
    """What is filtered until somebody chooses otherwise; a search looks beyond it. One condition a field."""
    searched: ClassVar[str] = ""
    """Message id of what the search box says while it is empty."""
    views: ClassVar[tuple[View, ...]] = ()
    """Other views of the same records than the list."""
    headed: ClassVar[bool] = True
    """Whether the page says its title; a tab says it already."""
    empty_text: ClassVar[str] = ""
    """Message id: what belongs here."""
    empty_button: ClassVar[str] = ""
    """Message id of the button that starts it."""

    selected = Signal(object)
    """The one record that is selected; None where there is none, or several."""
    opened = Signal(object)
    """Somebody wants to see this record in full."""
    new_requested = Signal()
    """Somebody wants to add a record of this page's entity."""
    count_changed = Signal(str)
    """How many there are, in words."""
    menu_about_to_show = Signal(QMenu)
    """The context menu of the selected rows is made; verbs are added at its end, or before its actions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._state = self._own = context.settings.pages.setdefault(self.key, {})
        self._wanted: int | None = None
        self._make_parts()
        self._lay_out()
        self._wire()
        self._restore_filters()
        self._apply(Keep.NOTHING)
        self._views.restore()

    # ---- what differs from page to page

    @property
    def key(self) -> str:
        """The page's key."""
        return str(self.entity.key())

    @property
    def title(self) -> str:
        """The page's title in the user's language."""
        return _(self.entity.plural)

    def toolbar(self) -> Sequence[QWidget]:
        """Buttons of this page alone, beside the search box."""
        return ()

    def defaults(self) -> dict[str, Any]:
        """Values that a new record starts with, from what the list is narrowed to."""
        return beginning(self.entity, self.filter_bar.conditions())

    # ---- how it is made

    def _make_parts(self) -> None:
        listed = tuple(kind.name for kind in fields(self.entity) if kind.listed)
        self._columns = Columns(self.entity, self.columns or listed, self.default_order, self._state)
        self.model = RowsModel(self.context, self)
        self.table = RecordTable(self.model, self._columns)
        self.table.setAccessibleName(self.title)
        self.search = SearchBox(_(self.searched) or _("Search"), "Ctrl+F")
        self.filter_bar = FilterBar(self.context, self.entity, self.filters)
        self.column_button, self.group_button = ColumnButton(self.table), GroupButton(self.table)
        self._title, self._count = ElidedLabel(self.title), ElidedLabel()
        for label in (self._title, self._count):  # where there is no room for all, the words give way
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._count.setProperty("muted", True)
        self._area = ListArea(self.table)
        self._views = Views(self.context, self.views, self._state, self._area)
        self._telling = Telling(self.table, self.entity)
        SpokenCount(self.search, self.filter_bar, self.model)
        self._searching = QTimer(self, singleShot=True, interval=300)

    def _lay_out(self) -> None:
        head = QHBoxLayout(spacing=theme.SMALL)
        head.setContentsMargins(theme.LARGE, theme.LARGE, theme.MEDIUM, theme.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addStretch()
        for part in (*self.toolbar(), *self._views.switches):
            head.addWidget(part)
        head.addWidget(self.search, 2)
        head.addWidget(self.group_button)
        head.addWidget(self.column_button)
        chips = QHBoxLayout()
        chips.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.MEDIUM)
        chips.addWidget(self.filter_bar)
        outer = QVBoxLayout(self, spacing=0)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(head)
        outer.addLayout(chips)
        outer.addWidget(self._area, 1)
        self.pass_focus_to(self._area)
        for stop, after in pairwise(
            [self.search, self.group_button, self.column_button, *self.filter_bar.stops(), self.table]
        ):
            QWidget.setTabOrder(stop, after)
        self._dress()

    def _dress(self) -> None:
        self._title.setFont(theme.heading_font(self.font(), 1))
        self._title.setVisible(self.headed or self.view is not None)
        letter = layout.letter(self)
        self.setMinimumWidth(layout.PAGE * letter)
        self.search.setMinimumWidth(18 * letter)
        self.search.setMaximumWidth(44 * letter)

    def _wire(self) -> None:
        self.search.text_changed_settled.connect(self._on_searched)
        self.search.returnPressed.connect(self._go_to_table)
        self.search.down_pressed.connect(self._go_to_table)
        self.filter_bar.changed.connect(self._on_filtered)
        self.model.order_changed.connect(self._columns.set_order)
        self.model.counted.connect(self._on_counted)
        self.model.replaced.connect(lambda _keep: self._show_emptiness())
        self.table.chosen.connect(lambda: self.count_changed.emit(self.status_text()))
        self._telling.selected.connect(self._views.tell_of_list)
        for name in ("selected", "opened", "menu_about_to_show"):
            getattr(self._views, name).connect(getattr(self, name))
        self._views.selected.connect(lambda _record: self.count_changed.emit(self.status_text()))
        self._views.switched.connect(self._on_switched)
        self.table.opened.connect(self._on_opened)
        self._typing = Typing(self.search, self.table, self._views)
        self.table.menu_requested.connect(self._show_menu)
        self.table.header_menu_requested.connect(
            lambda place, name: header_menu(self.table, name, self.column_button).popup(place)
        )
        self.column_button.reset_requested.connect(self._reset_columns)
        self._area.action_requested.connect(self._on_empty_action)
        self._searching.timeout.connect(self._say_count)
        self.context.changed.connect(self._on_changed)
        self.context.stopping.connect(self._typing.stop)

    # ---- the query

    def current_query(self) -> Query:
        """What the list shows: for an export of this list."""
        return Query(
            self.entity,
            self._columns.shown,
            text=self.search.text(),
            where=self.filter_bar.conditions(),
            order=self._columns.order,
            group=self._columns.group,
        )

    def _apply(self, keep: Keep) -> None:
        self._views.show_query(self.current_query())
        self.model.show(self.current_query(), keep)

    def show_where(self, conditions: Sequence[Condition]) -> None:
        """Show the records of these conditions, and no other filter or search."""
        self.leave_view()
        self._clear_search()
        self.filter_bar.take(conditions)
        self._remember_filters()
        self._apply(Keep.NOTHING)

    def _on_searched(self, text: str) -> None:
        """A search looks beyond the default filters, which come back after it; not beyond others."""
        if text.strip():
            self.filter_bar.lift(self.default_filters)
        else:
            self.filter_bar.put_back()
        self._apply(Keep.SELECTION)

    def _clear_search(self) -> None:
        with QSignalBlocker(self.search):
            self.search.clear()
        self.filter_bar.put_back()

    def _on_filtered(self) -> None:
        self._remember_filters()
        self._apply(Keep.SELECTION)

    def _remember_filters(self) -> None:
        self._state["filters"] = self.filter_bar.state()

    def _restore_filters(self) -> None:
        if "filters" in self._state:
            self.filter_bar.restore(self._state["filters"])
        else:
            self.filter_bar.take(self.default_filters)

    def clear_filters(self) -> None:
        """Show everything."""
        self._clear_search()
        self.filter_bar.clear()

    def _reset_columns(self) -> None:
        self._columns.reset()
        self._apply(Keep.SELECTION)

    def _on_changed(self, committed: Any) -> None:
        if committed is None and self.isVisible():
            self._apply(Keep.PLACE)  # with another day, “this week” is another

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.model.query is not None and self.model.query.where != self.filter_bar.conditions():
            self._apply(Keep.PLACE)
        self.model.set_awake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self.model.set_awake(False)
        super().hideEvent(event)

    # ---- records

    def _on_switched(self, chosen: Any) -> None:
        """Another view is shown: of the same records, with the same one selected."""
        for button in (self.group_button, self.column_button):
            button.setVisible(self._views.other is None)
        self._views.show_query(self.current_query())
        if not isinstance(chosen, self.entity) or not self._select(chosen.id):
            self._views.tell(None)

    def selected_records(self) -> list[Any]:
        """The selected records, in the order of the list; at most 20,000."""
        if self._views.other is not None:
            return list(self._views.other.selected_records())
        return records_of(self.entity, self.table.selected_ids())

    def copy(self) -> None:
        """Copy the selected records."""
        (self.table if self._views.other is None else self._views).copy()

    def selected_count(self) -> int:
        """How many rows are selected."""
        other = self._views.other
        return self.table.selected_count() if other is None else len(other.selected_records())

    def select_record(self, record: Any) -> None:
        """Select a record and bring it into view, without filters and search if they hide it."""
        if self._select(record.id):
            return
        self._wanted = record.id
        if self.model.exact and not self.model.waiting:
            self._show_all_for_wanted()

    def _show_all_for_wanted(self) -> None:
        if self.filter_bar.active or self.search.text():
            self._clear_search()
            self.filter_bar.take(())
            self._remember_filters()
            self._apply(Keep.NOTHING)
        self._select_wanted()

    def _select_wanted(self) -> None:
        """Select what was asked for as soon as the rows are known."""
        if self._wanted is None:
            return
        if self._select(self._wanted):
            self._wanted = None
        elif self.model.exact and not self.model.waiting:
            if self.filter_bar.active or self.search.text():
                self._show_all_for_wanted()
            else:
                self._wanted = None

    def _select(self, record_id: int) -> bool:
        """Select a record in the view that is shown; whether it is there."""
        other, record = self._views.other, self._record(record_id)
        if other is None or record is None:
            return self.table.select_id(record_id)
        return bool(other.select_record(record))

    def _record(self, record_id: int) -> Any:
        return self.entity.get_or_none(self.entity.id == record_id)

    def _on_opened(self, record_id: int) -> None:
        record = self._record(record_id)
        if record is not None:
            self.opened.emit(record)

    # ---- search and keys

    def focus_search(self) -> None:
        """Go to the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_to_table(self) -> None:
        """To the first hit of a search; without one, to what is selected."""
        text = self.search.text()
        if self.model.query is not None and self.model.query.text != text:
            self._on_searched(text)  # Down does not wait until the typing has settled
        if self.model.rowCount():
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
            alone = self._views.other is None
            if alone and (self.search.text().strip() or not self.table.selected_count()):
                self.table.select_first()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout() is not None:
            self._dress()

    def _show_menu(self, place: QPoint) -> None:
        menu = row_menu(self.table, self.column_button)
        self.menu_about_to_show.emit(menu)
        menu.popup(place)

    # ---- count and emptiness

    def status_text(self) -> str:
        """The count, and how many are selected, in words."""
        selected = self.selected_count()
        if not selected:
            return self.model.count_text()
        words = ngettext("{count} selected", "{count} selected", selected)
        return f"{self.model.count_text()} · {words.format(count=format_number(selected))}"

    def _on_counted(self) -> None:
        if self.model.waiting:
            self._searching.start()
        else:
            self._searching.stop()
            self._say_count()
        self._show_emptiness()
        self._select_wanted()

    def _say_count(self) -> None:
        self._count.setText(_("Searching…") if self.model.waiting else self.model.count_text())
        self.count_changed.emit(self.status_text())

    def _show_emptiness(self) -> None:
        """Show the table, or why there is nothing in it and what can be done."""
        if self.model.rowCount() or self.model.waiting or not self.model.exact:
            self._area.show_records()
        elif self._narrowed() and page(self.context.workspace, Query(self.entity, ()), 1):
            self._area.show_none_found(self.search.text().strip())
        else:
            self._area.show_nothing(self.icon, _(self.empty_text), _(self.empty_button))

    def _narrowed(self) -> bool:
        """Whether somebody narrowed the list beyond what it comes with."""
        where = self.filter_bar.conditions()
        return bool(self.search.text()) or (bool(where) and where != self.default_filters)

    def _on_empty_action(self) -> None:
        if self._narrowed():
            self.clear_filters()
            self.setFocus()
        else:
            self.new_requested.emit()
