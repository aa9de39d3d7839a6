"""Follow-ups: who owes what to whom, by when. What is soonest due stands first; what is closed is filtered out."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import FollowUp
from desktop.service.query import Condition, Order
from desktop.ui.pages.page import Page


class FollowUpsPage(Page):
    """The list of follow-ups."""

    entity = FollowUp
    icon = "follow-ups"
    columns = ("ref", "title", "owed_by", "due_on", "rag", "status")
    default_order = (Order("due_on"),)
    filters = ("status", "rag", "attention", "direction", "due_on", "owner", "countries", "sectors")
    default_filters = (Condition("status", "in", ("open", "in_progress", "waiting")),)
    searched = N_("Search follow-ups")
    empty_text = N_("What somebody has promised to somebody stands here, with the day by which it is due.")
    empty_button = N_("Add a follow-up")
