"""The days that words mean, whatever the language: weekdays, days of a month, ends, so many days from now.

Each function raises `Unclear` rather than guess. Weeks begin on Monday, wherever one is: «next week» must not
mean two things in one office.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from desktop.i18n.dates import format_date, month_name, weekday_name
from desktop.i18n.messages import _
from desktop.i18n.typed_dates import parse_date

FRIDAY = 4
MOST = {"days": 3650, "weeks": 520, "months": 120, "years": 10}
"""The most that «in … days» may be; beyond it, it is a slip of the keyboard."""


class Unclear(ValueError):
    """Looks like a date and is none; the sentence has `{text}` where it quotes what was typed."""


def vague() -> Unclear:
    """What names a span of days, or none in particular."""
    return Unclear(
        _(
            "“{text}” does not say which day. Write the day, as in 2026-11-21;"
            " put it in quotation marks if it is part of the text."
        )
    )


def no_day() -> Unclear:
    """What names a month or a year alone."""
    return Unclear(_("“{text}” has no day. Write the whole date, as in 2026-11-21."))


def first_after(today: date, weekday: int) -> date:
    """The first such weekday after today: on a Friday, «Friday» is the one in a week."""
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def in_week(today: date, weekday: int, weeks: int) -> date:
    """The weekday of the week that is so many weeks ahead; 0 is this week, of which some days are past."""
    found = today + timedelta(weekday - today.weekday() + 7 * weeks)
    if found < today:
        raise Unclear(
            _("“{text}” is past: it was {date}. Write the day, as in 2026-11-21.").replace(
                "{date}", format_date(found, "weekday")
            )
        )
    return found


def week_end(today: date, weeks: int) -> date:
    """The Friday of a week, its last working day."""
    return in_week(today, FRIDAY, weeks)


def of_month(today: date, month: int, day: int, year: int | None = None, weekday: int | None = None) -> date:
    """A day of a named month: of its year, or else the next such day, today included."""
    if year is not None:
        try:
            found = parse_date(f"{year:04d}-{month:02d}-{day:02d}")
        except ValueError as error:
            raise Unclear(str(error)) from None
    else:
        found = _next(today, month, day)
    return agreeing(found, weekday)


def _next(today: date, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Unclear(
            _("“{text}” has the month {month}; months go from 1 to 12.").replace("{month}", str(month))
        )
    last = 29 if month == 2 else calendar.monthrange(2000, month)[1]
    if not 1 <= day <= last:
        sentence = _("“{text}” is no date: {month} has the days 1 to {last}.")
        raise Unclear(sentence.replace("{month}", month_name(month)).replace("{last}", str(last)))
    years = range(today.year, today.year + 9)  # between two leap years lie eight at most
    possible = (made for year in years if (made := _possible(year, month, day)))
    return next(found for found in possible if found >= today)


def agreeing(found: date, weekday: int | None) -> date:
    """The date, if it falls on the weekday that was named beside it."""
    if weekday is not None and found.weekday() != weekday:
        raise Unclear(
            _("“{text}” does not agree with itself: {date} is a {weekday}.")
            .replace("{date}", format_date(found))
            .replace("{weekday}", weekday_name(found.weekday()))
        )
    return found


def next_numbered(today: date, day: int, weekday: int | None = None) -> date:
    """The next day of this number, today included: «the 15th»; a month that has none is passed over."""
    if not 1 <= day <= 31:
        raise Unclear(_("“{text}” is no date: months have the days 1 to 31."))
    year, month = today.year, today.month
    while True:
        found = _possible(year, month, day)
        if found and found >= today:
            return agreeing(found, weekday)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def of_month_ahead(today: date, months: int, day: int, weekday: int | None = None) -> date:
    """A day of the month that is so many months ahead: «the 15th of next month», 来月15日."""
    year, month = month_ahead(today, months)
    found = of_month(today, month, day, year, weekday)
    if found < today:
        raise past(found)
    return found


def past(found: date) -> Unclear:
    """A day before today that was not written with its year."""
    sentence = _("“{text}” is past: it was {date}. Write the day, as in 2026-11-21.")
    return Unclear(sentence.replace("{date}", format_date(found, "weekday")))


def month_ahead(today: date, months: int) -> tuple[int, int]:
    """Year and month, so many months ahead."""
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def month_end(today: date, months: int = 0) -> date:
    """The last day of the month that is so many months ahead."""
    return last_day(*month_ahead(today, months))


def end_of(unit: str, today: date, ahead: int = 0) -> date:
    """The end of this `week`, `month` or `year`, or of the one so many of them ahead."""
    if unit == "week":
        return week_end(today, ahead)
    return month_end(today, ahead) if unit == "month" else year_end(today, ahead)


def named_month_end(today: date, month: int, year: int | None = None) -> date:
    """The last day of a named month: of its year, or else the next one."""
    if not 1 <= month <= 12:
        raise Unclear(
            _("“{text}” has the month {month}; months go from 1 to 12.").replace("{month}", str(month))
        )
    if year is not None:
        return last_day(year, month)
    return last_day(today.year if month >= today.month else today.year + 1, month)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def year_end(today: date, years: int = 0) -> date:
    """31 December."""
    return date(today.year + years, 12, 31)


def fiscal_year_end(today: date, years: int = 0) -> date:
    """31 March, the end of Japan's fiscal year, which begins on 1 April."""
    begun = today.year - (today.month < 4)
    return date(begun + 1 + years, 3, 31)


def ahead(today: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years from today; a day that a month lacks becomes its last one."""
    if not 0 < count <= MOST[unit]:
        raise vague()
    if unit in ("days", "weeks"):
        return today + timedelta(count * (7 if unit == "weeks" else 1))
    year, month = month_ahead(today, count * (12 if unit == "years" else 1))
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def two_numbers(today: date, one: int, other: int) -> date | None:
    """15/12: day and month in either order, if they make one date; None where they make none at all."""
    # 2000 is a leap year: what does not exist in it exists in none
    pairs = {(m, d) for m, d in ((one, other), (other, one)) if _possible(2000, m, d)}
    found = sorted(_next(today, *pair) for pair in pairs)
    if len(found) == 2:
        sentence = _("“{text}” can mean {first} or {second}. Write {first_iso} or {second_iso}.")
        raise Unclear(
            sentence.replace("{first}", format_date(found[0]))
            .replace("{second}", format_date(found[1]))
            .replace("{first_iso}", found[0].isoformat())
            .replace("{second_iso}", found[1].isoformat())
        )
    return found[0] if found else None


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
