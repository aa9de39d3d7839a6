"""Recommendations, in the order of their references or as a tree; by how long nothing has happened about them.

Headings and asks can be let into the list by the filter of the level; the tree has them all.
"""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import Recommendation
from desktop.service.query import Order
from desktop.service.today import COUNTED
from desktop.ui.pages.page import Page
from desktop.ui.pages.views import View
from desktop.ui.tree.activityrow import ActivityRow


class RecommendationsPage(Page):
    """The page of recommendations, with a row above their list and their tree that narrows both by activity."""

    entity = Recommendation
    icon = "recommendations"
    columns = ("ref", "title", "status", "rag", "target_on", "owner")
    default_order = (Order("ref"),)
    filters = ("level", "status", "rag", "attention", "owner", "countries", "sectors", "source")
    default_filters = (COUNTED,)
    views = (View("tree", N_("Tree"), "tree", "desktop.ui.tree.view:TreeView"),)
    searched = N_("Search recommendations")
    empty_text = N_(
        "What your post is asked to advance stands here. The catalogue brings what two reports recommend."
    )
    empty_button = N_("Add a recommendation")

    def _lay_out(self) -> None:
        super()._lay_out()
        self.activity = ActivityRow(self.context, self.filter_bar)
        self.layout().insertWidget(1, self.activity)
        self.setTabOrder(self.column_button, self.activity)

    def _apply(self, keep: object) -> None:
        super()._apply(keep)
        self.activity.show_query(self.current_query())
