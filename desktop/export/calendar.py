"""Meetings and due dates as a calendar file (.ics) that Outlook, Thunderbird and Apple Calendar take in.

It is published, not sent: there is no ATTENDEE or ORGANIZER in it, and nobody's address. A due date is an event
of a whole day, as Outlook takes no tasks from a file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vText

from desktop.countries import country_name
from desktop.export.audience import anew, refused, seen
from desktop.export.report import marking_of
from desktop.export.timezone import rules
from desktop.i18n import _, captioned, join_parts, speaking
from desktop.model import FollowUp, Invalid, Meeting, Organisation, Person, field
from desktop.model.dates import instant
from desktop.model.visibility import INTERNAL
from desktop.service import handling, meetings
from desktop.text import clean

SUFFIX = ".ics"
MIME = "text/calendar"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
REMINDER = dt.timedelta(hours=-15)
"""From the midnight that a due day begins with: nine o'clock on the day before."""
MOST = 600
"""Characters of a purpose that a calendar shows."""
MOST_NAMES = 20


def invite(workspace: Any, meeting: Meeting, *, language: str, audience: str = INTERNAL) -> bytes:
    """A meeting as a calendar in that language; raises `Invalid` where its day is not known.

    For others it has what they may see of it; raises `ExportError` where that is nothing.
    """
    _check(meeting)
    with speaking(language), seen(workspace, audience, meeting) as (shown,):
        return _calendar([_meeting(shown)], marking_of(workspace, "", audience))


def due_dates(
    workspace: Any, follow_ups: Iterable[FollowUp], *, language: str, audience: str = INTERNAL
) -> bytes:
    """The due dates of those that are open, as a calendar; raises `Invalid` where there are none.

    Others get those that they may see; raises `ExportError` where they may see none of them.
    """
    dated = [each for each in follow_ups if _is_due(each)]
    if not dated:
        raise Invalid(_("There is no due date to put into a calendar: nothing of this is open and has one."))
    with speaking(language), seen(workspace, audience):
        shown = anew(dated)
        if not shown:
            raise refused(dated[0], audience)
        return _calendar(map(_due_date, shown), marking_of(workspace, "", audience))


def meeting_calendar(workspace: Any, meeting: Meeting, *, language: str, audience: str = INTERNAL) -> bytes:
    """A meeting and the due dates of what came of it, as one calendar; raises as `invite` does."""
    _check(meeting)
    with speaking(language), seen(workspace, audience, meeting) as (shown,):
        promised = FollowUp.select().where(FollowUp.meeting == shown.id)
        dated = [each for each in promised.order_by(FollowUp.due_on, FollowUp.id) if _is_due(each)]
        return _calendar([_meeting(shown), *map(_due_date, dated)], marking_of(workspace, "", audience))


def _check(meeting: Any) -> None:
    if len(meeting.on or "") < 10:
        raise Invalid(
            _(
                "A calendar needs the day of {meeting}, not only its month or year; set the date first."
            ).format(meeting=meeting.ref),
            "on",
        )


def _is_due(follow_up: Any) -> bool:
    return bool(follow_up.due_on) and follow_up.status in FollowUp.course.followed


def _calendar(events: Iterable[Event], marking: str) -> bytes:
    """A calendar of events; each says at its head how it is to be handled, as each is taken in for itself."""
    made = Calendar()
    made.add("PRODID", "-//Juntos//Juntos//EN")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    whole = list(events)
    zones: dict[str, list[dt.datetime]] = {}
    for event in whole:
        for name in ("DTSTART", "DTEND"):
            moment = event.decoded(name)
            if isinstance(moment, dt.datetime) and isinstance(moment.tzinfo, ZoneInfo):
                zones.setdefault(moment.tzinfo.key, []).append(moment.astimezone(dt.UTC))
    for zone, moments in zones.items():
        made.add_component(rules(zone, min(moments), max(moments)))
    for event in whole:
        about = handling.above(marking, str(event.pop("DESCRIPTION", "")))
        event.add("DESCRIPTION", _words(about))
        made.add_component(event)
    return bytes(made.to_ical())


def _event(record: Any, summary: str) -> Event:
    """What all events have: who they are, and in which version."""
    event = Event()
    event.add("UID", f"{record.uid}@juntos")
    event.add("DTSTAMP", instant(record.updated_at).replace(microsecond=0))
    event.add("SEQUENCE", record.version)
    event.add("SUMMARY", _words(summary))
    event.add("STATUS", "CONFIRMED")
    if record.visibility == INTERNAL:
        event.add("CLASS", "PRIVATE")
    return event


class Words(vText):
    """A text, escaped as RFC 5545 has it: icalendar's own way breaks a line at the `\\N` of `C:\\New`."""

    def to_ical(self) -> bytes:
        """The text as it stands in the file."""
        return re.sub(r"([\\;,])", r"\\\1", self).replace("\n", "\\n").encode()


def _words(text: str) -> Words:
    """A text as records keep it: what a calendar could take for the end of a line is none."""
    return Words(clean(text)[0])


def _meeting(meeting: Any) -> Event:
    event = _event(meeting, meeting.title)
    if meeting.starts_at:
        begin, end = _span(meeting)
        event.add("DTSTART", _shown(begin, meeting.zone))
        event.add("DTEND", _shown(end, meeting.zone))
        event.add("TRANSP", "OPAQUE")
    else:
        event.add("DTSTART", dt.date.fromisoformat(meeting.on))
        event.add("DTEND", dt.date.fromisoformat(meeting.ends_on or meeting.on) + DAY)
        # At what time is not known: the day is not taken.
        event.add("TRANSP", "TRANSPARENT")
    where = join_parts(meeting.place, country_name(meeting.country) if meeting.country else "")
    about = "\n\n".join(part for part in (_shortened(meeting.purpose), _participants(meeting)) if part)
    for name, text in (("LOCATION", where), ("DESCRIPTION", about)):
        if text:
            event.add(name, _words(text))
    return event


def _span(meeting: Any) -> tuple[dt.datetime, dt.datetime]:
    """Its beginning and end (UTC). Of one whose end is not known, an hour, or till the end of its last day."""
    begin = instant(meeting.starts_at)
    if meeting.ends_at:
        end = instant(meeting.ends_at)
    elif meeting.ends_on and meeting.ends_on > meeting.on:
        midnight = dt.datetime.fromisoformat(meeting.ends_on) + DAY
        end = midnight.replace(tzinfo=ZoneInfo(meeting.zone or "UTC")).astimezone(dt.UTC)
    else:
        end = begin
    return begin, end if end > begin else begin + HOUR


def _shown(moment: dt.datetime, zone: str) -> dt.datetime:
    """An instant on the clocks of a zone; in UTC where none is named, or where they show that time twice.

    Programs differ in which of the two they take.
    """
    if zone in ("", "UTC"):
        return moment
    wall = moment.astimezone(ZoneInfo(zone))
    twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return moment if twice else wall


def _shortened(text: str) -> str:
    """The beginning of a long text, to the end of a word."""
    if len(text) <= MOST:
        return text
    head = text[:MOST]
    return (head[: head.rfind(" ")] if " " in head[MOST // 2 :] else head).rstrip() + "…"


def _participants(meeting: Any) -> str:
    """Who is expected, or was present, by name."""
    present = [each for each in meetings.attendance(meeting) if each.presence == "present"]
    names = [Person.words_of(each.person_id) if each.person_id else each.name for each in present]
    if not names:
        return ""
    return captioned(
        _("Participants"), "; ".join([*names[:MOST_NAMES], *(["…"] * (len(names) > MOST_NAMES))])
    )


def _due_date(follow_up: Any) -> Event:
    summary = captioned(_("Due"), follow_up.title)
    event = _event(follow_up, summary)
    day = dt.date.fromisoformat(follow_up.due_on)
    event.add("DTSTART", day)
    event.add("DTEND", day + DAY)
    event.add("TRANSP", "TRANSPARENT")
    event.add("DESCRIPTION", _words("\n".join([follow_up.ref, *_ends(follow_up)])))
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", _words(summary))
    alarm.add("TRIGGER", REMINDER)
    event.add_component(alarm)
    return event


def _ends(follow_up: Any) -> list[str]:
    """Who owes it, and to whom."""
    told = []
    for end in ("owed_by", "owed_to"):
        person, organisation = getattr(follow_up, f"{end}_person_id"), getattr(follow_up, f"{end}_id")
        words = [Person.words_of(person)] if person else []
        words += [Organisation.words_of(organisation)] if organisation else []
        if words:
            told.append(captioned(field(FollowUp, end).title, join_parts(*words)))
    return told
