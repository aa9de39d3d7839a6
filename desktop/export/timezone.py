"""The rules of a time zone as a calendar file carries them (VTIMEZONE), for the years around what it holds.

icalendar makes such rules too, but lets each summer time begin an hour late, and lists its days one by one, where
Outlook understands “the second Sunday in March”.
"""

from __future__ import annotations

import calendar
import datetime as dt
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY = dt.timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Turn(NamedTuple):
    """The clocks of a zone are put forward or back: the instant (UTC), both offsets, and the name of the new time."""

    at: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str

    @property
    def onset(self) -> dt.datetime:
        """What the clocks show as they are put: the wall time of before."""
        return (self.at + self.before).replace(tzinfo=None)


def rules(zone: str, first: dt.datetime, last: dt.datetime) -> Timezone:
    """The rules of a zone, right from the instant `first` to `last` and for a year around them."""
    years = range(max(first.year - 1, 2), min(last.year + 2, 9998))
    turns = _turns(ZoneInfo(zone), years)
    if not turns or turns[0].at > first:
        start = dt.datetime(years[0], 1, 1, tzinfo=dt.UTC)
        wall = start.astimezone(ZoneInfo(zone))
        offset = wall.utcoffset() or dt.timedelta()
        turns.insert(0, Turn(start, offset, offset, wall.tzname() or zone))
    made = Timezone()
    made.add("TZID", zone)
    for _same, alike in groupby(sorted(turns, key=_kind), key=_kind):
        made.add_component(_rule(sorted(alike), years))
    return made


def _kind(turn: Turn) -> tuple[dt.timedelta, dt.timedelta, str]:
    return turn[1:]


def _turns(zone: ZoneInfo, years: range) -> list[Turn]:
    """All changes of a zone's offset in these years."""
    found = []
    at, end = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (years[0], years[-1] + 1))
    while at < end:
        if _offset(at, zone) != _offset(at + DAY, zone):
            low, high = at, at + DAY
            while high - low > dt.timedelta(seconds=1):
                middle = low + dt.timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if _offset(middle, zone) == _offset(at, zone) else (low, middle)
            name = high.astimezone(zone).tzname() or zone.key
            found.append(Turn(high, _offset(low, zone), _offset(high, zone), name))
        at += DAY
    return found


def _offset(at: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return at.astimezone(zone).utcoffset() or dt.timedelta()


def _rule(turns: list[Turn], years: range) -> TimezoneStandard | TimezoneDaylight:
    """One rule for changes of one kind, the first of them first."""
    first = turns[0]
    onsets = [turn.onset for turn in turns]
    made = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    made.add("DTSTART", onsets[0])
    made.add("TZOFFSETFROM", first.before)
    made.add("TZOFFSETTO", first.after)
    made.add("TZNAME", first.name)
    yearly = _yearly(onsets, years)
    if yearly:
        made.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": onsets[0].month, "BYDAY": yearly})
    elif onsets[1:]:
        made.add("RDATE", onsets[1:])
    return made


def _yearly(onsets: list[dt.datetime], years: range) -> str:
    """The weekday in its month, as `2SU` or `-1SU`, on which it comes in each of the years; '' where it is another."""
    if [onset.year for onset in onsets] != [*years]:
        return ""
    if len({(onset.month, onset.weekday(), onset.time()) for onset in onsets}) > 1:
        return ""
    weekday = WEEKDAYS[onsets[0].weekday()]
    if all(onset.day + 7 > calendar.monthrange(onset.year, onset.month)[1] for onset in onsets):
        return f"-1{weekday}"
    places = {(onset.day - 1) // 7 + 1 for onset in onsets}
    return f"{places.pop()}{weekday}" if len(places) == 1 else ""
