"""Filters as they are remembered: by name where they mean another day each day, a region, or an empty field.

A filter of a field is a list of keys, any of which a record may have. The window chooses by them, saved views keep
them, and `conditions` says what they ask of a query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from desktop.countries import region_members
from desktop.i18n import N_, first_weekday
from desktop.model.computed import Computed
from desktop.model.dates import Date, Time
from desktop.model.kinds import Country, Kind
from desktop.model.relations import Many
from desktop.service.query import Condition

NONE = "\x00none"
"""The choice of records in which the field is empty."""
REGION = "region:"
BETWEEN = "between"
"""The choice of two ends, which follow it."""

Ends = tuple[str | None, str | None]
"""First and last day, `yyyy-mm-dd`, either open."""


class Span(NamedTuple):
    """A named span of days; `overdue` takes open records alone."""

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


_TODAY = Span("today", N_("Today"), _days(0, 0))
_WEEK = Span("week", N_("This week"), _week)
_FORTNIGHT = Span("fortnight", N_("Next 14 days"), _days(0, 14))
DUE = (Span("overdue", N_("Overdue"), _days(None, -1), overdue=True), _TODAY, _WEEK, _FORTNIGHT)
"""For the date by which something is due."""
OTHER = (
    Span("upcoming", N_("From today on"), _days(0, None)),
    _TODAY,
    _WEEK,
    _FORTNIGHT,
    Span("month", N_("Last 30 days"), _days(-30, 0)),
    Span("year", N_("Last 12 months"), _days(-365, 0)),
)
"""For all other dates."""


def spans_of(entity: Any, kind: Kind) -> dict[str, Span]:
    """The spans that a date of an entity is filtered by, by their keys."""
    course = getattr(entity, "course", None)
    due = course is not None and course.due == kind.name
    return {span.key: span for span in (DUE if due else OTHER)}


def country_codes(keys: Iterable[Any]) -> tuple[str, ...]:
    """The countries that countries and regions stand for."""
    codes: set[str] = set()
    for key in map(str, keys):
        codes.update(region_members(key.removeprefix(REGION)) if key.startswith(REGION) else [key])
    return tuple(sorted(codes))


def conditions(entity: Any, kind: Kind, keys: tuple[Any, ...], today: str) -> tuple[Condition, ...]:
    """What the chosen keys of a field's filter ask of a query."""
    if not keys:
        return ()
    if keys == (NONE,):
        return (Condition(kind.name, "empty", (True,)),)
    plain = kind.as_ if isinstance(kind, Computed) else kind
    if isinstance(plain, Date) and not isinstance(plain, Time):
        return _within(entity, kind, keys, dt.date.fromisoformat(today))
    if isinstance(plain, Country) or (isinstance(kind, Many) and kind.target is None):
        return (Condition(kind.name, "in", country_codes(keys)),)
    return (Condition(kind.name, "in", tuple(keys)),)


def _within(entity: Any, kind: Kind, keys: tuple[Any, ...], today: dt.date) -> tuple[Condition, ...]:
    span = spans_of(entity, kind).get(str(keys[0]))
    if span is None and keys[0] != BETWEEN:
        return ()
    first, last = span.ends(today) if span is not None else (*keys[1:], None, None)[:2]
    found = [Condition(kind.name, "from", (first,))] if first else []
    found += [Condition(kind.name, "to", (last,))] if last else []
    if span is not None and span.overdue:
        course = entity.course
        found.append(Condition(course.status, "not", (*course.done, *course.closed)))
    return tuple(found)
