"""Reminders: what is overdue or due today, and the meetings of the day; putting them off; when it is quiet.

`due` reads what there is to be reminded of at a moment, and says when that changes although nobody writes: at
midnight, as a meeting comes near, begins or ends, as something put off comes back. Until then, and as long as
nothing is saved, there is no need to ask again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from desktop.i18n import N_, _
from desktop.model import FollowUp, Meeting, Record, Snooze
from desktop.model.dates import instant, stamp
from desktop.service import holidays
from desktop.service.workspace import Workspace
from desktop.settings import Settings

SOON = dt.timedelta(minutes=60)
"""So long before it begins a meeting is near."""
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
SHOWN = 100
"""The most of each kind that are read; all are counted."""
KINDS = ("soon", "due_today", "meeting_today", "overdue")
"""A meeting that is near, a follow-up due today, another meeting of the day, an overdue follow-up: in this order."""

_PUT_OFF = (
    "EXISTS (SELECT 1 FROM snooze s WHERE s.officer = :officer AND s.record = {t}.uid AND s.until > :now)"
)
_FOLLOW_UPS = f"""
    FROM follow_up f WHERE {FollowUp.course.open.replace("{t}", "f")} AND f.due_on {{when}} :today
    AND (:mine = 0 OR f.owner_id = :person OR EXISTS (SELECT 1 FROM subject_person c
    WHERE c.subject_id = f.id AND c.role = 'co_owner' AND c.person_id = :person))
    AND NOT {_PUT_OFF.format(t="f")}
"""
# Who owes it, unless it is the post itself.
_OWING = """
    coalesce((SELECT p.name FROM person p WHERE p.id = f.owed_by_person_id),
    (SELECT coalesce(nullif(o.acronym, ''), o.name) FROM organisation o
    WHERE o.id = f.owed_by_id AND o.uid <> :post), '')
"""
_ENDS = "coalesce(m.ends_at, strftime('%Y-%m-%dT%H:%M:%fZ', m.starts_at, '+1 hour'))"
"""SQL: when a meeting is over; an hour after it began, where nobody said."""
_MEETINGS = f"""
    SELECT m.id, m.uid, m.ref, m.title, m.place, m."on", m.starts_at, {_ENDS} FROM meeting m
    WHERE m.state = 'planned' AND m.historic = 0
    AND (CASE WHEN m.starts_at IS NULL THEN m."on" <= :today AND coalesce(m.ends_on, m."on") >= :today
        AND length(m."on") = 10
        ELSE m.starts_at < max(:midnight, :near) AND {_ENDS} > :now END)
    AND (:mine = 0 OR EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = :person)
        OR NOT EXISTS (SELECT 1 FROM attendance a JOIN person p ON p.id = a.person_id
            WHERE a.meeting_id = m.id AND p.officer))
    AND NOT {_PUT_OFF.format(t="m")}
    ORDER BY m.starts_at NULLS LAST, m.id
"""


@dataclass(frozen=True)
class Reminder:
    """One thing to be reminded of."""

    kind: str
    """One of `KINDS`."""
    entity: type[Record]
    id: int
    uid: str
    ref: str
    name: str
    aside: str
    """Who owes it, if others do; of a meeting, the place."""
    on: str
    """The day: when it is or was due, when the meeting is."""
    starts: dt.datetime | None = None
    """When a meeting begins, where its time is known; aware."""


@dataclass(frozen=True)
class Due:
    """All that there is to be reminded of at a moment."""

    rows: tuple[Reminder, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    """How many of each kind, those beyond `SHOWN` included."""
    changes_at: dt.datetime = NEVER
    """When this is no longer so, although nothing is saved."""
    day_off: bool = False
    """Whether nobody works today."""


def due(workspace: Any, now: dt.datetime, officer: Any, *, mine: bool = True) -> Due:
    """What there is to be reminded of; `workspace` needs only to be readable, so that a worker can ask.

    `mine` keeps to what this officer owns or attends, and to the meetings that no officer is named for; where
    nobody is known, all is shown.
    """
    local = now.astimezone(ZoneInfo(workspace.facts.zone))
    midnight = _at(local + dt.timedelta(days=1), "00:00")
    given = {
        "today": local.date().isoformat(),
        "now": stamp(now),
        "near": stamp(now + SOON),
        "midnight": stamp(midnight),
        "officer": officer.uid if officer else "",
        "person": officer.id if officer else None,
        "post": workspace.facts.post_uid,
        "mine": int(mine and officer is not None),
    }
    found = {"overdue": _follow_ups(workspace, "<", given), "due_today": _follow_ups(workspace, "=", given)}
    meetings = _meetings(workspace, now, given)
    for kind in ("soon", "meeting_today"):
        rows = [row for row, _ends in meetings if row.kind == kind]
        found[kind] = rows, len(rows)
    moments = [midnight, *_put_off_until(workspace, given)]
    for row, ends in meetings:
        moments += [row.starts - SOON, row.starts, ends] if row.starts and ends else []
    return Due(
        tuple(row for kind in KINDS for row in found[kind][0]),
        {kind: found[kind][1] for kind in KINDS},
        min(moment for moment in moments if moment > now),
        is_day_off(workspace, local.date().isoformat()),
    )


def _follow_ups(workspace: Any, when: str, given: dict[str, Any]) -> tuple[list[Reminder], int]:
    behind = _FOLLOW_UPS.format(when=when)
    rows = _rows(workspace, f"SELECT f.id, f.uid, f.ref, f.title, {_OWING}, f.due_on {behind}"
                 f" ORDER BY f.due_on, f.id LIMIT {SHOWN}", given)  # fmt: skip
    count = len(rows) if len(rows) < SHOWN else _rows(workspace, f"SELECT count(*) {behind}", given)[0][0]
    kind = "overdue" if when == "<" else "due_today"
    return [Reminder(kind, FollowUp, *row) for row in rows], count


def _meetings(
    workspace: Any, now: dt.datetime, given: dict[str, Any]
) -> list[tuple[Reminder, dt.datetime | None]]:
    """The meetings of the day, each with its end."""
    found = []
    for record, uid, ref, name, place, on, starts_at, ends_at in _rows(workspace, _MEETINGS, given):
        starts = instant(starts_at) if starts_at else None
        near = starts is not None and now < starts <= now + SOON
        kind = "soon" if near else "meeting_today"
        reminder = Reminder(kind, Meeting, record, uid, ref, name, place, on, starts)
        found.append((reminder, instant(ends_at) if ends_at else None))
    return found


def _put_off_until(workspace: Any, given: dict[str, Any]) -> list[dt.datetime]:
    rows = _rows(workspace, "SELECT min(until) FROM snooze WHERE officer = :officer AND until > :now", given)
    return [instant(until) for (until,) in rows if until]


def _rows(workspace: Any, sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = workspace.engine.rows(sql, given)
    return found


def _at(local: dt.datetime, time: str) -> dt.datetime:
    """The instant of a wall-clock time on the day of `local`, in its zone."""
    wall = dt.datetime.combine(local.date(), dt.time.fromisoformat(time), local.tzinfo)
    return wall.astimezone(dt.UTC)


# ---- when it is quiet


def is_day_off(workspace: Any, day: str) -> bool:
    """Whether that day is of a weekend, a public holiday of the host country, or one on which the post is closed."""
    facts = workspace.facts
    return holidays.next_working_day(day, facts.accreditations[:1], facts.closed_days)[0] != day


def is_quiet(workspace: Workspace, settings: Settings, day_off: bool) -> bool:
    """Whether nothing is to be shown by itself now; `day_off` as `Due` has it."""
    if day_off and settings.quiet_days:
        return True
    begin, end = settings.quiet_from, settings.quiet_to
    if not (begin and end) or begin == end:
        return False
    time = workspace.now().astimezone(ZoneInfo(workspace.facts.zone)).strftime("%H:%M")
    return begin <= time < end if begin < end else time >= begin or time < end


# ---- putting off


def moments(workspace: Workspace) -> list[tuple[str, dt.datetime]]:
    """Until when something can be put off now: in words (a message id), and the instant."""
    now = workspace.now()
    local = now.astimezone(ZoneInfo(workspace.facts.zone))
    monday = local + dt.timedelta(days=7 - local.weekday())
    found = [
        (N_("For an hour"), now + dt.timedelta(hours=1)),
        (N_("Until this afternoon"), _at(local, "14:00")),
        (N_("Until tomorrow morning"), _at(local + dt.timedelta(days=1), "09:00")),
        (N_("Until next week"), _at(monday, "09:00")),
    ]
    return [(words, moment) for words, moment in found if moment > now]


def snooze(workspace: Workspace, uids: Iterable[str], until: dt.datetime) -> None:
    """Remind the officer of none of these records before that moment. No edit: the journal knows nothing of it."""
    officer = workspace.officer.uid if workspace.officer else ""
    with workspace.operation(_("Put off reminders")):
        Snooze.delete().where(Snooze.until <= stamp(workspace.now())).execute()
        for uid in uids:
            moment = stamp(until)
            seal = Snooze.sealed(officer, uid, moment)
            row = {"officer": officer, "record": uid, "until": moment, "seal": seal}
            Snooze.insert(row).on_conflict_replace().execute()


def wake(workspace: Workspace, uids: Iterable[str]) -> None:
    """Remind the officer of these records again."""
    officer = workspace.officer.uid if workspace.officer else ""
    with workspace.operation(_("Put off reminders")):
        Snooze.delete().where((Snooze.officer == officer) & Snooze.record.in_(list(uids))).execute()
