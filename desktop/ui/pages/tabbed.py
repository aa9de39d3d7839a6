"""Pages in tabs, as one page of the window: the directory, the meetings with their series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QTabWidget, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.service.query import Condition, Query
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.pages.page import Page
from desktop.ui.passing import PassesFocus

RELAYED = ("selected", "opened", "new_requested", "count_changed", "menu_about_to_show", "merge_requested")
"""What the pages tell goes on from here."""


class TabbedPage(PassesFocus, QWidget):
    """What is asked of it goes to the page that is shown. A subclass names its `tabs`."""

    key: ClassVar[str]
    named: ClassVar[str]
    """Message id of the title."""
    tabs: ClassVar[tuple[type[Page], ...]]

    selected = Signal(object)
    opened = Signal(object)
    new_requested = Signal()
    count_changed = Signal(str)
    menu_about_to_show = Signal(QMenu)
    merge_requested = Signal(list)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._pages: dict[int, Page] = {}
        self._state = context.settings.pages.setdefault(self.key, {})
        self._tabs = QTabWidget(documentMode=True)
        self._tabs.setAccessibleName(self.title)
        for each in self.tabs:
            self._tabs.addTab(_Place(), icon(each.icon, "muted"), _(each.entity.plural))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._tabs)
        self._tabs.currentChanged.connect(self._on_tab)
        self._tabs.setCurrentIndex(self._remembered())
        self._on_tab(self._tabs.currentIndex())

    @property
    def title(self) -> str:
        """The page's title in the user's language."""
        return _(self.named)

    @property
    def page(self) -> Page:
        """The page of the tab that is shown."""
        return self._page(self._tabs.currentIndex())

    @property
    def entity(self) -> Any:
        """The entity of the tab that is shown."""
        return self.page.entity

    def _remembered(self) -> int:
        tab = self._state.get("tab")
        return next((n for n, each in enumerate(self.tabs) if each.entity.key() == tab), 0)

    def _page(self, index: int) -> Page:
        """The page of a tab, made when it is first shown."""
        if index not in self._pages:
            made = self._pages[index] = self.tabs[index](self.context)
            for name in RELAYED:
                if hasattr(made, name):
                    getattr(made, name).connect(getattr(self, name))
            self._tabs.widget(index).hold(made)
        return self._pages[index]

    def _on_tab(self, index: int) -> None:
        shown = self._page(index)
        self._state["tab"] = shown.key
        self.pass_focus_to(shown)
        records = shown.selected_records() if shown.selected_count() == 1 else []
        self.selected.emit(records[0] if records else None)
        self.count_changed.emit(shown.status_text())

    def show_entity(self, entity: Any) -> Page:
        """Show the tab of an entity."""
        self._tabs.setCurrentIndex(next(n for n, each in enumerate(self.tabs) if each.entity is entity))
        return self.page

    def show_key(self, key: str) -> Page:
        """Show the tab of an entity by its key; for any other key the one at hand."""
        entity = next((each.entity for each in self.tabs if each.entity.key() == key), self.entity)
        return self.show_entity(entity)

    def show_where(self, conditions: Sequence[Condition]) -> None:
        """Show the records of the tab at hand that meet these conditions."""
        self.page.show_where(conditions)

    def show_view(self, view: Any) -> None:
        """Show a saved view in the tab of its list."""
        self.show_entity(view.entity).show_view(view)

    def leave_view(self) -> None:
        """Take up the own arrangement of every tab."""
        for page in self._pages.values():
            page.leave_view()

    def select_record(self, record: Any) -> None:
        """Show the tab of a record and select it there."""
        self.show_entity(type(record)).select_record(record)

    def current_query(self) -> Query:
        return self.page.current_query()

    def selected_records(self) -> list[Any]:
        return self.page.selected_records()

    def selected_count(self) -> int:
        return self.page.selected_count()

    def defaults(self) -> dict[str, Any]:
        return self.page.defaults()

    def status_text(self) -> str:
        return self.page.status_text()

    def focus_search(self) -> None:
        self.page.focus_search()


class _Place(QWidget):
    """Where a tab's page goes once it is made."""

    def hold(self, page: Page) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
