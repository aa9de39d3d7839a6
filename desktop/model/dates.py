"""Kinds of field that hold a date or a time.

They are ISO 8601 text throughout: it sorts and compares as it is, in Python, SQL, JSON and the journal alike;
a `date` object appears only where one computes. Text that is no date never reaches the column: it is checked
here, and the database has a CHECK as a net.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from desktop.i18n import _, format_date, format_datetime, parse_date, parse_fuzzy_date, parse_time, quoted
from desktop.model.kind import Column
from desktop.model.kinds import Text

YEARS = 1000, 9000
"""The first and the last year of a date. Some write 9999-12-31 for “never”: what is computed from it leads to where no
calendar goes."""

IS_INSTANT = "{column} IS strftime('%Y-%m-%dT%H:%M:%fZ', {column})"
"""SQL: whether a column (its quoted name) holds an instant as a `Timestamp` does."""


class Date(Column, pw.TextField):
    """A day, as `yyyy-mm-dd` or None."""

    width = 12
    align = "right"

    def __init__(self, label: str, **described: Any) -> None:
        super().__init__(label, null=True, **described)

    def constraint(self, column: str) -> str:
        # IS, not =: for what is no date, date() is NULL, and a CHECK that is NULL lets it pass.
        return f"{column} IS date({column})"

    def text(self, value: Any) -> str:
        return format_date(value) if value else ""

    def cell(self, raw: Any) -> Any:
        return dt.date.fromisoformat(raw) if raw else None

    def parse(self, text: str) -> str | None:
        if not text.strip():
            return None
        try:
            found = parse_date(text).isoformat()
        except ValueError as error:
            raise self.invalid(str(error)) from None
        return self._within(found, text)

    def parse_span(self, text: str) -> str | None:
        """The day, month or year that a text means, as what its dates begin with; raises `Invalid`."""
        if not text.strip():
            return None
        try:
            found = parse_fuzzy_date(text)
        except ValueError as error:
            raise self.invalid(str(error)) from None
        return self._within(found, text)

    def _within(self, found: str, text: str) -> str:
        """What was found; raises `Invalid` where the days, months and hours around it may be no dates any more."""
        if YEARS[0] <= int(found[:4]) <= YEARS[1]:
            return found
        sentence = _("“{text}” is too far away: years go from {first} to {last}.")
        raise self.invalid(sentence.format(text=quoted(text), first=YEARS[0], last=YEARS[1]))

    def check(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            value = value.isoformat()
        return super().check(self.parse(value or ""))

    def again(self, value: Any) -> Any:
        """As it was kept: the limit of years is for what is typed, or comes in, and was not always there."""
        return super().check(value)


class FuzzyDate(Date):
    """A date that a source may give only as a year or a month: `yyyy`, `yyyy-mm` or `yyyy-mm-dd`."""

    def constraint(self, column: str) -> str:
        # A month is completed to its first day; that of a year is not needed: any four digits are one.
        return (
            f"{column} IS NULL OR {column} GLOB '[0-9][0-9][0-9][0-9]' OR {column} IS"
            f" substr(date(substr({column} || '-01', 1, 10)), 1, length({column}))"
        )

    def cell(self, raw: Any) -> Any:
        return dt.date.fromisoformat(raw) if raw and len(raw) == 10 else raw

    def parse(self, text: str) -> str | None:
        return self.parse_span(text)


class Time(Date):
    """A wall-clock time, as `hh:mm` or None."""

    width = 8

    def constraint(self, column: str) -> str:
        # SQLite reads 24:00 as a time.
        return f"{column} IS substr(time({column}), 1, 5) AND {column} IS NOT '24:00'"

    def text(self, value: Any) -> str:
        return value or ""

    def cell(self, raw: Any) -> Any:
        return raw or None

    def parse(self, text: str) -> str | None:
        if not text.strip():
            return None
        try:
            return parse_time(text).strftime("%H:%M")
        except ValueError as error:
            raise self.invalid(str(error)) from None

    def parse_span(self, text: str) -> str | None:
        return self.parse(text)


class Timestamp(Column, pw.TextField):
    """An instant in UTC as `yyyy-mm-ddThh:mm:ss.mmmZ`; set by the program, never by hand."""

    width = 18

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("editable", False)
        described.setdefault("null", True)
        super().__init__(label, **described)

    def constraint(self, column: str) -> str:
        return IS_INSTANT.format(column=column)

    def text(self, value: Any) -> str:
        return f"{format_datetime(instant(value))} UTC" if value else ""

    def cell(self, raw: Any) -> Any:
        return instant(raw).replace(tzinfo=None) if raw else None


class Zone(Text):
    """An IANA time zone such as `America/Santiago`."""

    width = 20

    def parse(self, text: str) -> str:
        return unicodedata.normalize("NFKC", text).strip()

    def check(self, value: Any) -> str:
        name = super().check(self.parse(str(value or "")))
        if name and not is_zone(name):
            raise self.invalid(
                _("“{text}” is not a time zone; write it as America/Santiago.").format(text=quoted(name))
            )
        return name


def is_zone(name: str) -> bool:
    """Whether the time-zone database knows this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def stamp(moment: dt.datetime) -> str:
    """An aware datetime as kept in a `Timestamp`: UTC, to the millisecond."""
    utc = moment.astimezone(dt.UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="milliseconds") + "Z"


def instant(text: str) -> dt.datetime:
    """The aware datetime (UTC) of a `Timestamp`."""
    return dt.datetime.fromisoformat(text)


def local_instant(
    day: str | None, time: str | None, zone: str, fold: str = "", *, strict: bool = True
) -> dt.datetime | None:
    """The instant of a wall-clock time in a zone (UTC if none is named), or None where day or time is not exact.

    Of a time that the clocks of the zone show twice on that day, as they are put back, `fold` says which is meant:
    the first, unless it is "second". One that they skip raises ValueError, with a sentence, or is taken by the clock
    as it was before, where not `strict`.
    """
    if not day or len(day) != 10 or not time:
        return None
    wall = dt.datetime.fromisoformat(f"{day}T{time}").replace(
        tzinfo=ZoneInfo(zone or "UTC"), fold=int(fold == "second")
    )
    if strict and _skipped(wall):
        raise ValueError(
            _(
                "{time} does not exist on {day} in {zone}: the clocks are put forward over it. Write {before} or"
                " {after}."
            ).format(
                time=time,
                day=format_date(day),
                zone=zone,
                before=_after(wall, 1).strftime("%H:%M"),
                after=_after(wall, 0).strftime("%H:%M"),
            )
        )
    return wall.astimezone(dt.UTC)


def twice(day: str | None, time: str | None, zone: str) -> tuple[dt.datetime, dt.datetime] | None:
    """The two instants of a wall-clock time that the clocks of a zone show twice on that day; else None."""
    first, second = (local_instant(day, time, zone, fold, strict=False) for fold in ("first", "second"))
    # Of a time that is skipped, the "second" is the earlier one.
    return (first, second) if first is not None and second is not None and first < second else None


def _after(wall: dt.datetime, fold: int) -> dt.datetime:
    """What the clocks show at the instant that they call this, by their setting before (0) or after (1) a change."""
    return wall.replace(fold=fold).astimezone(dt.UTC).astimezone(wall.tzinfo)


def _skipped(wall: dt.datetime) -> bool:
    return _after(wall, wall.fold).replace(tzinfo=None, fold=0) != wall.replace(tzinfo=None, fold=0)
