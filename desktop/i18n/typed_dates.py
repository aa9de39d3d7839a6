"""Dates and times as people type them: in any of our languages, with full-width digits too.

Accepted: ISO, the year first with slashes or points, the name of the month, 2026年11月21日; the year last, where
day and month can be told apart: 28/11/2026. Refused with a sentence that says what is wrong: days that do not
exist, 03/04/2024, years of two digits.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time
from functools import cache

from desktop.i18n.dates import format_date, weekday_name
from desktop.i18n.messages import LANGUAGES, _, quoted, table

_FILLERS = {
    "de",
    "del",
    "of",
    "the",
    "on",
    "el",
    "em",
    "dia",
    "feira",
    "st",
    "nd",
    "rd",
    "th",
    "o",
    "a",
    "er",
    "ro",
}
_DAY, _YEAR = re.compile("[0-9]{1,2}"), re.compile("[0-9]{4}")


def parse_date(text: str) -> date:
    """The date that a text means. Raises ValueError with a sentence for the person who typed it."""
    typed = _plain(text)
    if not typed:
        raise ValueError(_("A date is missing. Write it as 2026-11-21 or 21 Nov 2026."))
    found = _year_first(typed) or _year_last(typed) or _with_month_name(typed)
    if found:
        return _real_date(*found, text)
    if _fuzzy(typed):
        raise ValueError(
            _("“{text}” has no day. Write the whole date, as in 2026-11-21.").format(text=quoted(text))
        )
    raise ValueError(_why_not(typed, text))


def parse_fuzzy_date(text: str) -> str:
    """`2026`, `2026-11` or `2026-11-21`; `2026年`, `Nov 2026` and `11/2026` are understood too."""
    typed = _plain(text)
    found = _fuzzy(typed)
    if not found:
        return parse_date(text).isoformat()
    year, month = found
    if month is None:
        _check_month(year, 1, text)
        return f"{year:04d}"
    _check_month(year, month, text)
    return f"{year:04d}-{month:02d}"


def parse_time(text: str) -> time:
    """The time of day that a text means: 14:30, 1430, 14h30, 2:30 pm, 14時30分, 午後2時30分."""
    typed = _plain(text).replace(" ", "")
    typed = re.sub(r"^(午前|午後)(.*)$", lambda m: m[2] + ("am" if m[1] == "午前" else "pm"), typed)
    match = re.fullmatch(
        r"([0-9]{1,2})(?:[:.h時](?:([0-9]{2})(?:[:分]([0-9]{2})|分|min|m)?秒?)?)?([ap]\.?m\.?)?", typed
    ) or re.fullmatch(r"([0-9]{2})([0-9]{2})()()", typed)
    if match is None:
        raise ValueError(_("“{text}” is not a time. Write it as 14:30.").format(text=quoted(text)))
    hour, minute, second = (int(part or 0) for part in match.groups()[:3])
    half = (match[4] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise ValueError(
            _("“{text}” is not a time: before am or pm, hours go from 1 to 12.").format(text=quoted(text))
        )
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(
            _("“{text}” is not a time: hours go from 0 to 23, minutes from 0 to 59.").format(
                text=quoted(text)
            )
        )
    return time(hour, minute, second)


def _plain(text: str) -> str:
    """Half-width, lower case, one kind of dash and of space: what the patterns below expect."""
    text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    return text if len(text) <= 100 else text[:100] + "?"  # which no pattern accepts


def _year_first(typed: str) -> tuple[int, int, int, int | None] | None:
    """Year, month, day and, where one is named, the weekday."""
    match = re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", typed)
    if match:
        return int(match[1]), int(match[3]), int(match[4]), None
    match = re.fullmatch(
        r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日 ?(?:\(?([月火水木金土日])(?:曜日?)?\)?)?",
        typed,
    )
    if match:
        weekday = "月火水木金土日".index(match[4]) if match[4] else None
        return int(match[1]), int(match[2]), int(match[3]), weekday
    return None


def _year_last(typed: str) -> tuple[int, int, int, int | None] | None:
    """Day and month in either order, where they make one date and not two."""
    match = re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})", typed)
    readings = _readings(int(match[1]), int(match[3]), int(match[4])) if match else []
    return (*readings[0].timetuple()[:3], None) if len(readings) == 1 else None


def _with_month_name(typed: str) -> tuple[int, int, int, int | None] | None:
    words = _words(typed)
    weekday = None
    if len(words) == 4:  # «mar» is a Tuesday and a March: only as a fourth word is it a weekday
        weekday = _weekdays().get(words.pop(0))
        if weekday is None:
            return None
    if len(words) != 3:
        return None
    first, second, third = words
    for year, month, day in ((third, second, first), (third, first, second), (first, second, third)):
        if month in _months() and _DAY.fullmatch(day) and _YEAR.fullmatch(year):
            return int(year), _months()[month], int(day), weekday
    return None


def _fuzzy(typed: str) -> tuple[int, int | None] | None:
    match = re.fullmatch(r"([0-9]{4}) ?年?", typed)
    if match:
        return int(match[1]), None
    match = re.fullmatch(r"([0-9]{4})(?:[-/.]| ?年 ?)([0-9]{1,2}) ?月?", typed)
    if match:
        return int(match[1]), int(match[2])
    match = re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{4})", typed)
    if match:
        return int(match[2]), int(match[1])
    words = _words(typed)
    if len(words) == 2 and words[0] in _months() and _YEAR.fullmatch(words[1]):
        return int(words[1]), _months()[words[0]]
    return None


def _words(typed: str) -> list[str]:
    """The numbers and names of a typed date without accents, dots and words such as «de»."""
    if re.search(r"[^\w ,.\-/()]", _bare(typed)):
        return []
    words = re.findall(r"[0-9]+|[^\W\d_]+", _bare(typed))
    return [word for word in words if word not in _FILLERS]


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _names(wide: str, short: str) -> Iterator[tuple[str, int]]:
    for code in LANGUAGES:
        if code == "ja":
            continue
        for position, name in enumerate(table(code)[wide]):
            stem = _bare(name).split("-")[0]
            yield stem, position
            yield stem[:3], position
            yield _bare(table(code)[short][position]).rstrip("."), position


@cache
def _months() -> dict[str, int]:
    return {name: position + 1 for name, position in _names("months", "months_short")}


@cache
def _weekdays() -> dict[str, int]:
    return dict(_names("weekdays", "weekdays_short"))


# ---- what is wrong


def _check_month(year: int, month: int, text: str) -> None:
    if not 1 <= month <= 12:
        raise ValueError(
            _("“{text}” has the month {month}; months go from 1 to 12.").format(
                text=quoted(text), month=month
            )
        )
    if year < 1:
        raise ValueError(_("“{text}” has the year 0; years begin at 1.").format(text=quoted(text)))


def _real_date(year: int, month: int, day: int, weekday: int | None, text: str) -> date:
    _check_month(year, month, text)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            _("“{text}” is no date: {month} has the days 1 to {last}.").format(
                text=quoted(text), month=format_date(f"{year:04d}-{month:02d}", "long"), last=last
            )
        )
    found = date(year, month, day)
    if weekday is not None and weekday != found.weekday():
        raise ValueError(
            _("“{text}” does not agree with itself: {date} is a {weekday}.").format(
                text=quoted(text), date=format_date(found), weekday=weekday_name(found.weekday())
            )
        )
    return found


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readings(one: int, other: int, year: int) -> list[date]:
    """The dates that two numbers can mean whose order is not known."""
    both = (_possible(year, other, one), _possible(year, one, other))
    return sorted({found for found in both if found})


def _why_not(typed: str, text: str) -> str:
    """The sentence for a text that is no date: ambiguous, without a year, with a short year, or else."""
    shown = quoted(text)
    if re.fullmatch(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}", typed):
        return _("“{text}” has a year of two digits. Write it with four, as in 2026-11-21.").format(
            text=shown
        )
    match = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{4}))?", typed)
    if match is None:
        return _("“{text}” is not a date. Write it as 2026-11-21 or 21 Nov 2026.").format(text=shown)
    # 2000 is a leap year: what does not exist in it exists in none
    one, other, year = int(match[1]), int(match[2]), int(match[3] or 2000)
    readings = _readings(one, other, year)
    if not readings:
        return _("“{text}” is no date: there is no such day and month. Write it as 2026-11-21.").format(
            text=shown
        )
    if match[3] is None:
        return _("“{text}” has no year. Write the whole date, as in 2026-11-21.").format(text=shown)
    if len(readings) == 1:
        return _(
            "“{text}” has the day and the month in an order that differs by country. Write {date}."
        ).format(text=shown, date=readings[0].isoformat())
    return _("“{text}” can mean {first} or {second}. Write {first_iso} or {second_iso}.").format(
        text=shown,
        first=format_date(readings[0]),
        second=format_date(readings[1]),
        first_iso=readings[0].isoformat(),
        second_iso=readings[1].isoformat(),
    )
