"""Series of meetings: when the next one would be, and planning it."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.i18n import _
from desktop.model import Invalid, Meeting, Organisation, Series
from desktop.service import holidays, records
from desktop.service.workspace import Workspace

DAYS = {"weekly": 7, "fortnightly": 14}
MONTHS = {"monthly": 1, "monthly_weekday": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
TAKEN_OVER = ("title", "kind", "place", "starts", "ends", "purpose")
"""What a meeting has from its series."""


@dataclass(frozen=True)
class Proposal:
    """When the next meeting would be, and which days were skipped for it: (day, country, name of the holiday)."""

    on: str
    skipped: tuple[tuple[str, str, str], ...]


def meetings(series: Any) -> list[Meeting]:
    """The meetings of a series, the first one first."""
    return list(Meeting.select().where(Meeting.series == series.id).order_by(Meeting.on, Meeting.id))


def propose(workspace: Workspace, series: Series) -> Proposal:
    """The next day of a series' rhythm from its last meeting on, or from today, that both sides work on.

    Weekends, the holidays of both sides' countries and the days on which the post is closed are skipped. A day that
    has passed already is no proposal: the rhythm goes on until one lies ahead.
    """
    today = workspace.today()
    exact = [meeting.on for meeting in meetings(series) if len(meeting.on) == 10]
    day = exact[-1] if exact else today
    count = 0
    while not exact or day <= today or day <= exact[-1]:
        count += 1
        day = step(exact[-1] if exact else today, series.rhythm, count)
        if not exact:
            break
    on, skipped = holidays.next_working_day(day, countries(workspace, series), workspace.facts.closed_days)
    return Proposal(on, tuple(skipped))


def step(day: str, rhythm: str, count: int = 1) -> str:
    """The day so many steps of a rhythm after `day`; the last of a month where it has no such day."""
    start = dt.date.fromisoformat(day)
    if rhythm in DAYS:
        return (start + dt.timedelta(days=DAYS[rhythm] * count)).isoformat()
    months = start.month - 1 + MONTHS[rhythm] * count
    year, month = start.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if rhythm == "monthly_weekday":
        first = dt.date(year, month, 1).weekday()
        # The nth such weekday of the month; of a fifth one that is missing, the fourth.
        number = 1 + (start.weekday() - first) % 7 + 7 * ((start.day - 1) // 7)
        return dt.date(year, month, number if number <= last else number - 7).isoformat()
    return dt.date(year, month, min(start.day, last)).isoformat()


def countries(workspace: Workspace, series: Series) -> list[str]:
    """The countries of both sides: where the post is, whose post it is, and those of the counterparts."""
    facts = workspace.facts
    theirs: list[str] = [
        Organisation.pick(Organisation.country, Organisation.id == each)
        for each in sorted(Series.counterparts.read(series.id))
    ]
    return [*dict.fromkeys(filter(None, [*facts.accreditations[:1], facts.own_government, *theirs]))]


def values(workspace: Workspace, series: Any) -> dict[str, Any]:
    """What a meeting of a series begins with; of a series that names no countries, those of the counterparts."""
    sets = {name: getattr(Series, name).read(series.id) for name in ("counterparts", "countries", "sectors")}
    sets["countries"] = sets["countries"] or _where(workspace, sets["counterparts"])
    plain = {name: getattr(series, name) for name in TAKEN_OVER}
    return {**plain, **sets, "series": series.id, **({"zone": series.zone} if series.zone else {})}


def _where(workspace: Workspace, counterparts: frozenset[int]) -> frozenset[str]:
    """The country of the post if one of the counterparts is of it, else the countries of all of them."""
    host = frozenset(workspace.facts.accreditations[:1])
    ids = list(counterparts)
    rows: Any = Organisation.select(Organisation.country).where(Organisation.id.in_(ids)).tuples()
    theirs = frozenset(country for (country,) in rows if country)
    return host & theirs or theirs


def plan_next(workspace: Workspace, series: Series, on: str = "") -> Meeting:
    """Plan the next meeting of a series, on the day that `propose` gives unless another one is; raises `Invalid`."""
    if series.ended:
        raise Invalid(_("{series} has ended.").format(series=series.ref), "ended")
    day = on or propose(workspace, series).on
    label = _("Plan the next meeting of {series}").format(series=workspace.say(series))
    with workspace.operation(label) as writing:
        return records.make(writing, Meeting, {**values(workspace, series), "on": day})  # type: ignore[no-any-return]
