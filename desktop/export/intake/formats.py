"""Which number formats of a workbook mean a date or a time, and which day a number then is."""

from __future__ import annotations

import datetime as dt
import re

from desktop.export.intake.values import ErrorValue, Value, whole

BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
"""Numbers of formats that need no code; 27 to 36 and 50 to 58 are those of Japanese and Chinese workbooks."""
BUILT_IN_DURATION = 46
NUMBER, MOMENT, DURATION = 0, 1, 2

_LITERALS = re.compile(r'"[^"]*"?|\\.|[_*].')
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_GENERAL = re.compile("general", re.IGNORECASE)
_MOMENT = re.compile(r"[ymdhsYMDHS]|AM/PM|[gG]{1,3}(?![a-z])|[eE](?![+\-])")

DAY = 86_400_000
"""Milliseconds."""
LAST_DAY = 2_958_465
"""9999-12-31."""
EPOCH = dt.datetime(1899, 12, 30)
LEAP = 60
"""The day that never was, 29 February 1900: what comes before it is counted one less."""
OFFSET_1904 = 1_462


def meaning_of(code: str) -> int:
    """What a format code makes of a number: `NUMBER`, `MOMENT` or `DURATION`."""
    bare = _LITERALS.sub("", code).partition(";")[0]
    for inside in _BRACKETS.findall(bare):
        if inside and inside.lower().strip(inside[0].lower()) == "" and inside[0].lower() in "hms":
            return DURATION
    bare = _GENERAL.sub("", _BRACKETS.sub("", bare))
    return MOMENT if _MOMENT.search(bare) else NUMBER


def meaning_of_id(number: int, codes: dict[int, int]) -> int:
    """What a format does by its number; `codes` are those that the workbook defines itself."""
    if number in codes:
        return codes[number]
    if number == BUILT_IN_DURATION:
        return DURATION
    return MOMENT if number in BUILT_IN_DATES else NUMBER


def moment(serial: float, text: str, since_1904: bool) -> Value:
    """The day, the time or both that a number means: a whole number is a day, below one is a time of day."""
    if serial < 0 or serial != serial:
        return ErrorValue(text)
    if since_1904 and serial >= 1:
        serial += OFFSET_1904
    if serial >= LAST_DAY + 1:
        return whole(serial)
    milliseconds = int(serial * DAY + 0.5)
    days, rest = divmod(milliseconds, DAY)
    if serial < 1:
        return (EPOCH + dt.timedelta(milliseconds=rest)).time()
    if days < LEAP:
        days += 1
    if days > LAST_DAY:
        return whole(serial)
    at = EPOCH + dt.timedelta(days=days, milliseconds=rest)
    return at.date() if float(serial).is_integer() else at


def duration(serial: float, text: str) -> Value:
    """How long a number means, in days."""
    try:
        return dt.timedelta(milliseconds=int(serial * DAY + (0.5 if serial >= 0 else -0.5)))
    except (OverflowError, ValueError):
        return ErrorValue(text)


def iso(text: str) -> Value:
    """A date as text, which Strict workbooks hold."""
    for kind in (dt.date, dt.datetime, dt.time):
        try:
            found = kind.fromisoformat(text)
        except ValueError:
            continue
        return found.replace(tzinfo=None) if isinstance(found, dt.datetime | dt.time) else found
    return ErrorValue(text)
