"""Days of a log that are written without their year: the year that the days around them leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

YEAR = 2000
"""The year in which days without one are held: it has a 29 February."""


def filled(on: Sequence[str], without: Sequence[bool], limit: str) -> list[str]:
    """The days of a log in its own order, those without a year (of `YEAR`, where `without`) in the likeliest one.

    `limit` is the last day that they can be, '' for none. '' stays where a line has no day, and comes where no year
    has it.
    """
    days = list(on)
    open_ones = [at for at, day in enumerate(days) if day and without[at]]
    if len(open_ones) == sum(map(bool, days)):
        _by_limit(days, open_ones, limit or "9998-12-31")
        return days
    behind, found = [""] * len(days), ""
    for at in range(len(days) - 1, -1, -1):
        found = days[at] if days[at] and not without[at] else found
        behind[at] = found
    before = ""
    for at, day in enumerate(days):
        if day and without[at]:
            days[at] = _near(day, [each for each in (before, behind[at]) if each], limit)
        before = days[at] or before
    return days


def _by_limit(days: list[str], places: list[int], limit: str) -> None:
    """Each the last such day up to the limit, or before the next one where a log goes one way through the years.

    The way on which the whole log takes the shortest time is the likeliest.
    """
    alone = {at: _last(days[at], limit) for at in places}
    ways = (alone, _chained(days, places[::-1], limit), _chained(days, places, limit))
    whole = [way for way in ways if all(way.values())] or [alone]
    for at, day in min(whole, key=lambda way: _span(way.values())).items():
        days[at] = day


def _chained(days: Sequence[str], places: Sequence[int], limit: str) -> dict[int, str]:
    found = {}
    for at in places:
        found[at] = _last(days[at], limit)
        if not found[at]:
            break
        limit = found[at]
    return found


def _span(days: Iterable[str]) -> int:
    found = sorted(dt.date.fromisoformat(day) for day in days if day)
    return (found[-1] - found[0]).days if found else 0


def _last(day: str, limit: str) -> str:
    """The last such day that is not after the limit; '' where there is none."""
    last = int(limit[:4])
    years = range(last, last - 9, -1)
    return next((found for year in years if (found := _in(day, year)) and found <= limit), "")


def _near(day: str, others: Sequence[str], limit: str) -> str:
    """The day in the year in which it is nearest to the others; not after the limit, if that can be."""
    years = {int(other[:4]) + more for other in others for more in (-1, 0, 1)}
    found = [in_year for each in sorted(years) if (in_year := _in(day, each))]
    early = [each for each in found if not limit or each <= limit]
    bases = [dt.date.fromisoformat(other) for other in others]
    return min(
        early or found or [_last(day, max(others))],
        key=lambda each: sum(abs((dt.date.fromisoformat(each) - base).days) for base in bases) if each else 0,
    )


def _in(day: str, year: int) -> str:
    """The day in a year, '' where that year has no such day."""
    try:
        return dt.date(year, int(day[5:7]), int(day[8:10])).isoformat()
    except ValueError:
        return ""
