"""Dates and times as people read them: with the name of the month, or ISO; never 03/04.

A date that a source gives only as a year or a month is *fuzzy*: the text `2026`, `2026-11` or `2026-11-21`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time

from desktop.i18n.messages import first_weekdays, language, system_language, system_territory, table


def format_date(value: date | str | None, style: str = "medium") -> str:
    """A date in words; fuzzy dates too, and a text that is none stays as it is.

    `medium` 21 Nov 2026, `long` 21 November 2026, `weekday` Sat 21 Nov 2026, `short` 2026-11-21,
    `day` 21 Nov, where the year is plain from what stands around it.
    """
    if not value:
        return ""
    if isinstance(value, str):
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
        if match is None or style == "short":
            return value
        year, month, day = (int(part) if part else None for part in match.groups())
    else:
        year, month, day = value.year, value.month, value.day
        if style == "short":
            return date(year, month, day).isoformat()
    names = table()
    if year is None or month is None:
        return f"{year:04d}" if language() != "ja" else f"{year:04d}年"
    if day is None:
        style = "month_long" if style == "long" else "month"
    pattern: str = names["date"][style]
    return pattern.format(
        year=f"{year:04d}",
        number=month,
        month=names["months"][month - 1],
        mon=names["months_short"][month - 1],
        day=day,
        wday=names["weekdays_short"][calendar.weekday(year, month, day)] if day else "",
    )


def format_time(value: time | datetime) -> str:
    """The time of day on the 24-hour clock: 14:30."""
    return f"{value.hour:02d}:{value.minute:02d}"


def format_datetime(value: datetime, style: str = "medium") -> str:
    """Date and time as the value's own clock shows them; bring it into the reader's zone before."""
    pattern: str = table()["datetime"]
    return pattern.format(date=format_date(value, style), time=format_time(value))


def month_name(month: int, short: bool = False) -> str:
    """The name of a month, 1 to 12."""
    return str(table()["months_short" if short else "months"][month - 1])


def weekday_name(day: int, short: bool = False) -> str:
    """The name of a weekday, 0 for Monday."""
    return str(table()["weekdays_short" if short else "weekdays"][day])


def first_weekday() -> int:
    """The day on which weeks begin, 0 for Monday: by the system's country if it speaks this language."""
    territory = system_territory() if system_language() == language() else None
    return first_weekdays().get(territory or table()["territory"], 0)
