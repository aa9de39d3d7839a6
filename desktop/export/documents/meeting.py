"""What brief and minutes say alike of a meeting: when and where it is, and who sits on which side.

They read it from the content of its minutes (`minutes_content.of`), now or as a version keeps it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from desktop.countries import country_name
from desktop.export.chasing import OURS
from desktop.export.documents.content import Span, Spans, Table, words
from desktop.i18n import (
    _,
    captioned,
    format_date,
    format_datetime,
    format_number,
    format_time,
    join_parts,
    ngettext,
)
from desktop.model.dates import is_zone, local_instant

HOUR, MINUTE = 3600, 60
SIDES = (50.0, 50.0)


def when(told: Mapping[str, Any], post_zone: str) -> list[str]:
    """The day and the times with their zone; and, where its clocks differ, what those of the post show then."""
    zone = _zone(told.get("zone"))
    begin, end = _instants(told, zone)
    if begin is None:
        return [_days(told["on"], told.get("ends_on"))]
    lines = [_span(begin, end, zone)]
    post = _zone(post_zone)
    if begin.astimezone(post).utcoffset() != begin.astimezone(zone).utcoffset():
        lines.append(captioned(_("At the post"), _span(begin, end, post)))
    return lines


def _zone(name: str | None) -> ZoneInfo:
    return ZoneInfo(name if name and is_zone(name) else "UTC")


def _instants(told: Mapping[str, Any], zone: ZoneInfo) -> tuple[dt.datetime | None, dt.datetime | None]:
    try:
        fold, last = told.get("fold") or "", told.get("ends_on") or told["on"]
        begin = local_instant(told["on"], told.get("starts"), zone.key, fold)
        end = local_instant(last, told.get("ends"), zone.key, fold)
        if begin and end and end < begin:
            end = local_instant(last, told.get("ends"), zone.key, "second")
        return begin, end
    except ValueError:
        # The rules of the zone have changed since: that time is now one that its clocks skip.
        return None, None


def _days(first: str, last: str | None) -> str:
    shown = format_date(first, "weekday")
    return f"{shown} – {format_date(last, 'weekday')}" if last and last != first else shown


def _span(begin: dt.datetime, end: dt.datetime | None, zone: ZoneInfo) -> str:
    start = begin.astimezone(zone)
    finish = end.astimezone(zone) if end is not None else None
    if finish is not None and finish.date() != start.date():
        times = f"{format_datetime(start, 'weekday')} – {format_datetime(finish, 'weekday')}"
    else:
        hours = format_time(start) + (f"–{format_time(finish)}" if finish is not None else "")
        times = join_parts(format_date(start, "weekday"), hours)
    offset = _offset(start)
    named = zone.key if offset == zone.key else join_parts(zone.key.replace("_", " "), offset)
    return _("{times} ({zone})").format(times=times, zone=named)


def _offset(moment: dt.datetime) -> str:
    """How far its clocks are from UTC: `UTC−3`, `UTC+5:30`."""
    seconds = int((moment.utcoffset() or dt.timedelta()).total_seconds())
    if not seconds:
        return "UTC"
    hours, rest = divmod(abs(seconds), HOUR)
    minutes = f":{rest // MINUTE:02d}" if rest else ""
    return f"UTC{'+' if seconds > 0 else '−'}{hours}{minutes}"


def where(told: Mapping[str, Any]) -> str:
    """The place and its country."""
    country = told.get("country")
    return join_parts(told.get("place") or "", country_name(country) if country else "")


def attendees(
    found: Sequence[Mapping[str, Any]], heads: tuple[str, str], most: int = 0, plain: Sequence[str] = ()
) -> Table | None:
    """Who is there, by side, those who are excused below; None where nobody is named.

    At most so many of each are named, where there is a `most`. Organisations that need no saying are `plain`.
    """
    if not found:
        return None
    rows: list[tuple[Spans, ...]] = []
    for presence, caption in (("present", ""), ("excused", _("Excused"))):
        cells = []
        for ours in (True, False):
            there = [
                each for each in found if each["presence"] == presence and (each["side"] in OURS) == ours
            ]
            cells.append(_names(there, caption, most, plain))
        if any(cells):
            rows.append(tuple(cells))
    return Table(heads, tuple(rows), SIDES)


def _names(there: Sequence[Mapping[str, Any]], caption: str, most: int, plain: Sequence[str]) -> Spans:
    shown = there[:most] if most else there
    spans: list[Span] = [Span(captioned(caption, "").rstrip(), muted=True)] if caption and shown else []
    for each in shown:
        organisation = "" if each["organisation"] in plain else each["organisation"]
        name = " ".join(filter(None, (each["name"], each.get("own_name"))))
        office = join_parts(each.get("title") or "", organisation)
        # The name stands out; what joins it to the office belongs to that.
        after = join_parts(name, office)[len(name) :]
        spans += [Span("\n" if spans else ""), Span(name, bold=True), Span(after, muted=True)]
    left = len(there) - len(shown)
    if left:
        spans.append(Span("\n" + more(left), muted=True))
    return tuple(span for span in spans if span.text)


def more(count: int) -> str:
    """That so many more are not shown."""
    text = ngettext("and {count} more", "and {count} more", count)
    return text.format(count=format_number(count))


def lines(texts: Sequence[str]) -> Spans:
    """Several lines in one place."""
    return words("\n".join(text for text in texts if text))
