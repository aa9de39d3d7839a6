"""The directory: organisations, people, sectors and sources, each a page in a tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.i18n import N_, _
from desktop.model import Organisation, Person, Sector, Source
from desktop.service.query import Order
from desktop.ui.icons import icon
from desktop.ui.pages.page import Page
from desktop.ui.pages.tabbed import TabbedPage


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


class DirectoryPage(TabbedPage):
    """All that the office knows of others."""

    key = "directory"
    named = N_("Directory")
    icon: ClassVar[str] = "directory"
    tabs = (OrganisationsPage, PeoplePage, SectorsPage, SourcesPage)
