"""The pages of the window, in the order of the side bar; each is imported and made when it is first visited.

To add a page: an `Entry` in `PAGES`. Any widget that takes a `Context` can stand there; what `Page` offers beyond
that (selection, search, a query to export) is asked for only where it is offered.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from desktop.i18n import N_


class Entry(NamedTuple):
    """A place in the side bar. `where` names the widget's class as `module:Class`."""

    key: str
    title: str
    icon: str
    where: str
    entities: tuple[str, ...] = ()
    """Keys of the entities whose records the page shows."""
    own_digit: str = ""
    """The digit that leads to it with Ctrl, where it is not that of its place."""


PAGES: tuple[Entry, ...] = (
    Entry("today", N_("Today"), "today", "desktop.ui.pages.today:TodayPage"),
    Entry(
        "follow_up",
        N_("Follow-ups"),
        "follow-ups",
        "desktop.ui.pages.follow_ups:FollowUpsPage",
        ("follow_up",),
    ),
    Entry("ledger", N_("Who owes whom"), "ledger", "desktop.ui.pages.ledger:LedgerPage"),
    Entry(
        "meeting",
        N_("Meetings"),
        "meetings",
        "desktop.ui.pages.meetings:MeetingPages",
        ("meeting", "series"),
    ),
    Entry(
        "recommendation",
        N_("Recommendations"),
        "recommendations",
        "desktop.ui.pages.recommendations:RecommendationsPage",
        ("recommendation",),
    ),
    Entry(
        "initiative",
        N_("Initiatives"),
        "initiatives",
        "desktop.ui.pages.initiatives:InitiativesPage",
        ("initiative",),
    ),
    Entry("country", N_("Countries"), "globe", "desktop.ui.pages.countries:CountriesPage"),
    Entry("reports", N_("Reports"), "reports", "desktop.ui.pages.reports:ReportsPage", own_digit="0"),
    Entry(
        "directory",
        N_("Directory"),
        "directory",
        "desktop.ui.pages.directory:DirectoryPage",
        ("organisation", "person", "sector", "source"),
    ),
    Entry("activity", N_("Activity"), "activity", "desktop.ui.pages.activity:ActivityPage"),
)


def digit_of(entry: Entry) -> str:
    """The digit that leads to a page: its own, else that of its place among those without; '' beyond the ninth."""
    if entry.own_digit:
        return entry.own_digit
    place = [each.key for each in PAGES if not each.own_digit].index(entry.key) + 1
    return str(place) if place <= 9 else ""


def page_of(entity: str) -> str:
    """The key of the page that shows records of this entity key; '' where none does."""
    return next((entry.key for entry in PAGES if entity in entry.entities), "")


def tab_of(page: Any, entity: str) -> Any:
    """What on a page shows records of this entity key: the tab that it brings to the front, or the page itself."""
    return getattr(page, "show_key", lambda _key: page)(entity)
