"""Recommendations, in the order of their references; headings and asks can be let in by the filter of the level."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import Recommendation
from desktop.service.query import Condition, Order
from desktop.ui.pages.page import Page


class RecommendationsPage(Page):
    """The list of recommendations."""

    entity = Recommendation
    icon = "recommendations"
    columns = ("ref", "title", "status", "rag", "target_on", "owner")
    default_order = (Order("ref"),)
    filters = ("level", "status", "rag", "attention", "owner", "countries", "sectors", "source")
    default_filters = (Condition("level", "in", ("recommendation",)),)
    searched = N_("Search recommendations")
    empty_text = N_(
        "What your post is asked to advance stands here. The catalogue brings what two reports recommend."
    )
    empty_button = N_("Add a recommendation")
