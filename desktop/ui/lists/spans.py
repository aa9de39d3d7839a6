"""Spans of days that a filter on a date offers by name; they move with the day on which they are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from desktop.i18n import N_, first_weekday

Ends = tuple[str | None, str | None]
"""First and last day, `yyyy-mm-dd`, either open."""


@dataclass(frozen=True)
class Span:
    """A named span; `overdue` takes open records alone."""

    key: str
    label: str
    ends: Callable[[dt.date], Ends]
    overdue: bool = False


def _days(first: int | None, last: int | None) -> Callable[[dt.date], Ends]:
    def ends(today: dt.date) -> Ends:
        start = None if first is None else (today + dt.timedelta(days=first)).isoformat()
        return start, None if last is None else (today + dt.timedelta(days=last)).isoformat()

    return ends


def _week(today: dt.date) -> Ends:
    start = today - dt.timedelta(days=(today.weekday() - first_weekday()) % 7)
    return start.isoformat(), (start + dt.timedelta(days=6)).isoformat()


TODAY = Span("today", N_("Today"), _days(0, 0))
WEEK = Span("week", N_("This week"), _week)
DUE = (
    Span("overdue", N_("Overdue"), _days(None, -1), overdue=True),
    TODAY,
    WEEK,
    Span("fortnight", N_("Next 14 days"), _days(0, 14)),
)
"""For the date by which something is due."""
OTHER = (
    Span("upcoming", N_("From today on"), _days(0, None)),
    TODAY,
    WEEK,
    Span("fortnight", N_("Next 14 days"), _days(0, 14)),
    Span("month", N_("Last 30 days"), _days(-30, 0)),
    Span("year", N_("Last 12 months"), _days(-365, 0)),
)
"""For all other dates."""
