"""Public holidays, and the next day on which all sides work.

The days come from the library `holidays`, which is pinned tightly: each of its releases changes some. The office
adds its own closed days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from desktop.i18n import _, language, weekday_name

DAY = dt.timedelta(days=1)
SATURDAY = 5


class Skipped(NamedTuple):
    """A day that is no working day, why, and in which country; '' is everywhere, or the office itself."""

    day: str
    country: str
    name: str


def holidays_of(country: str, year: int) -> Mapping[str, str]:
    """Name by day of a country's public holidays in a year: in the language spoken, where the library has it.

    Else in English, else in the country's own. A country that it lacks has none; `unsupported` tells.
    """
    return _holidays(country, year, language())


@lru_cache(maxsize=512)
def _holidays(country: str, year: int, spoken: str) -> Mapping[str, str]:
    calendar = _calendar(country)
    if calendar is None:
        return {}
    named = (each for code in (spoken, "en") for each in calendar.supported_languages if each[:2] == code)
    days = calendar(years=year, language=next(named, None))
    return {day.isoformat(): "; ".join(days.get_list(day)) for day in sorted(days)}


@cache
def _calendar(country: str) -> Any:
    """The library's class for a country, or None."""
    import holidays  # with its countries it takes 0.4 s to load, and few days ask for it

    try:
        return type(holidays.country_holidays(country)) if country else None
    except NotImplementedError:
        return None


def unsupported(countries: Iterable[str]) -> list[str]:
    """Those countries whose holidays are not known."""
    return [country for country in dict.fromkeys(countries) if _calendar(country) is None]


def next_working_day(
    day: str, countries: Iterable[str], own_days: Iterable[str] = ()
) -> tuple[str, list[Skipped]]:
    """That day, or the first one after it, on which all these countries and the office work; and what was skipped.

    `own_days` are the days, `yyyy-mm-dd`, on which the office is closed. Raises ValueError for a day that is none.
    """
    places, closed = list(dict.fromkeys(countries)), frozenset(own_days)
    found, skipped = dt.date.fromisoformat(day), []
    while reasons := _reasons(found, places, closed):
        skipped += reasons
        found += DAY
    return found.isoformat(), skipped


def _reasons(day: dt.date, countries: list[str], closed: frozenset[str]) -> list[Skipped]:
    """Why it is no working day; nothing for one that is."""
    text = day.isoformat()
    if day.weekday() >= SATURDAY:
        return [Skipped(text, "", weekday_name(day.weekday()))]
    reasons = [
        Skipped(text, country, days[text])
        for country in countries
        if text in (days := holidays_of(country, day.year))
    ]
    return [*reasons, Skipped(text, "", _("The office is closed"))] if text in closed else reasons
