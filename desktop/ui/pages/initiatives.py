"""Initiatives: what advances the recommendations."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import Initiative
from desktop.service.query import Order
from desktop.ui.pages.page import Page
from desktop.ui.pages.views import View


class InitiativesPage(Page):
    """The list of initiatives, and their board."""

    entity = Initiative
    icon = "initiatives"
    columns = ("ref", "name", "type", "stage", "rag", "milestone_on")
    default_order = (Order("name"),)
    filters = ("stage", "rag", "attention", "type", "partners", "countries", "sectors", "owner")
    views = (View("board", N_("Board"), "board", "desktop.ui.board.board:Board"),)
    searched = N_("Search initiatives")
    empty_text = N_(
        "Dialogues, programmes, projects, funds and agreements stand here, with their stage and partners."
    )
    empty_button = N_("Add an initiative")
