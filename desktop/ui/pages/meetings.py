"""Meetings: the latest first; the encounters that a catalogue tells of are filtered out."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import Meeting
from desktop.service.query import Condition, Order
from desktop.ui.pages.page import Page


class MeetingsPage(Page):
    """The list of meetings."""

    entity = Meeting
    icon = "meetings"
    columns = ("ref", "title", "on", "state", "counterparts", "place")
    default_order = (Order("on", descending=True),)
    filters = ("on", "state", "kind", "counterparts", "countries", "sectors", "historic")
    default_filters = (Condition("historic", "in", (0,)),)
    searched = N_("Search meetings")
    empty_text = N_("Meetings stand here: those ahead, and those held, with who came and what was decided.")
    empty_button = N_("Log a meeting")
