"""Meetings, the latest first, without the encounters that a catalogue tells of; in a second tab their series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.i18n import N_, _
from desktop.model import Meeting, Series
from desktop.service.query import Condition, Order
from desktop.ui.dialogs.plan import plan_next
from desktop.ui.icons import icon
from desktop.ui.pages.page import Page
from desktop.ui.pages.tabbed import TabbedPage


class MeetingsPage(Page):
    """The list of meetings."""

    entity = Meeting
    headed = False
    icon = "meetings"
    columns = ("ref", "title", "on", "state", "counterparts", "place")
    default_order = (Order("on", descending=True),)
    filters = ("on", "state", "kind", "counterparts", "countries", "sectors", "historic")
    default_filters = (Condition("historic", "in", (0,)),)
    searched = N_("Search meetings")
    empty_text = N_("Meetings stand here: those ahead, and those held, with who came and what was decided.")
    empty_button = N_("Log a meeting")


class SeriesPage(Page):
    """The series of meetings; the next one of each is planned from here."""

    entity = Series
    headed = False
    icon = "calendar"
    columns = ("ref", "title", "rhythm", "counterparts", "meetings", "last_on", "next_on")
    default_order = (Order("title"),)
    filters = ("rhythm", "counterparts", "ended")
    default_filters = (Condition("ended", "in", (0,)),)
    searched = N_("Search series")
    empty_text = N_("Meetings that come back in a rhythm stand here; the next date is proposed for each.")
    empty_button = N_("Add a series")

    def toolbar(self) -> Sequence[QWidget]:
        self.plan_button = QPushButton(
            icon("calendar", "muted"), _("&Plan the next meeting…"), enabled=False, autoDefault=False
        )
        self.plan_button.setToolTip(_("Proposes the next date of the rhythm on which both sides work"))
        self.plan_button.clicked.connect(self._plan)
        self.table.chosen.connect(lambda: self.plan_button.setEnabled(self.selected_count() == 1))
        return (self.plan_button,)

    def _plan(self) -> None:
        plan_next(self.context, self.window(), self.selected_records()[0])


class MeetingPages(TabbedPage):
    """Both of them."""

    key = "meetings"
    named = N_("Meetings")
    icon: ClassVar[str] = "meetings"
    tabs = (MeetingsPage, SeriesPage)
