"""The directory: organisations, people, sectors and sources, each a page in a tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QTabWidget, QVBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model import Organisation, Person, Sector, Source
from desktop.service.query import Condition, Order, Query
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.pages.page import Page


class _Mergeable(Page):
    """A page on which duplicates can be merged."""

    merge_requested = Signal(list)
    """Somebody wants to make one of these records."""

    def toolbar(self) -> Sequence[QWidget]:
        self.merge_button = QPushButton(
            icon("merge", "muted"), _("&Merge…"), enabled=False, autoDefault=False
        )
        self.merge_button.setToolTip(_("Make one of two or more records that mean the same"))
        self.merge_button.clicked.connect(lambda: self.merge_requested.emit(self.selected_records()))
        self.table.chosen.connect(lambda: self.merge_button.setEnabled(self.selected_count() > 1))
        return (self.merge_button,)


class OrganisationsPage(_Mergeable):
    """Governments, agencies, banks, companies, forums."""

    entity = Organisation
    headed = False
    icon = "organisation"
    columns = ("acronym", "name", "kind", "country", "side", "own_name")
    default_order = (Order("name"),)
    filters = ("side", "kind", "country")
    searched = N_("Search organisations")
    empty_text = N_(
        "The organisations that you deal with stand here, on whose side they are, and what they owe."
    )
    empty_button = N_("Add an organisation")


class PeoplePage(_Mergeable):
    """Officers of this post, and those they deal with."""

    entity = Person
    headed = False
    icon = "person"
    columns = ("name", "own_name", "title", "organisation", "email", "phone")
    default_order = (Order("name"),)
    filters = ("organisation", "officer")
    searched = N_("Search people")
    empty_text = N_("The people that you deal with stand here, and the officers of this post.")
    empty_button = N_("Add a person")


class SectorsPage(Page):
    """Fields of policy."""

    entity = Sector
    headed = False
    icon = "sector"
    columns = ("ref", "name", "notes")
    default_order = (Order("name"),)
    searched = N_("Search sectors")
    empty_text = N_("The fields of policy into which you sort records stand here.")
    empty_button = N_("Add a sector")


class SourcesPage(Page):
    """The documents that the agenda comes from."""

    entity = Source
    headed = False
    icon = "source"
    columns = ("ref", "title", "author", "publisher", "published_on")
    default_order = (Order("published_on", descending=True),)
    searched = N_("Search sources")
    empty_text = N_("The documents that the agenda comes from stand here.")
    empty_button = N_("Add a source")


class DirectoryPage(QWidget):
    """Tabs of pages; what is asked of a page goes to the one that is shown."""

    key: ClassVar[str] = "directory"
    icon: ClassVar[str] = "directory"
    tabs: ClassVar[tuple[type[Page], ...]] = (OrganisationsPage, PeoplePage, SectorsPage, SourcesPage)

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
        return _("Directory")

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
            for name in ("selected", "opened", "new_requested", "count_changed", "menu_about_to_show"):
                getattr(made, name).connect(getattr(self, name))
            if isinstance(made, _Mergeable):
                made.merge_requested.connect(self.merge_requested)
            self._tabs.widget(index).hold(made)
        return self._pages[index]

    def _on_tab(self, index: int) -> None:
        shown = self._page(index)
        self._state["tab"] = shown.key
        self.setFocusProxy(shown)
        records = shown.selected_records() if shown.selected_count() == 1 else []
        self.selected.emit(records[0] if records else None)
        self.count_changed.emit(shown.status_text())

    def show_entity(self, entity: Any) -> Page:
        """Show the tab of an entity."""
        self._tabs.setCurrentIndex(next(n for n, each in enumerate(self.tabs) if each.entity is entity))
        return self.page

    def show_where(self, conditions: Sequence[Condition]) -> None:
        """Show the records of the tab at hand that meet these conditions."""
        self.page.show_where(conditions)

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
