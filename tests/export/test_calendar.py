"""Calendar files: the right instants in every zone, whole days, and nothing that a text could slip in."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone

from desktop.export import calendar
from desktop.model import FollowUp, Invalid, Meeting, Organisation, Person
from desktop.model.dates import stamp
from desktop.service import meetings, records
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace

ZONES = ("Asia/Tokyo", "America/New_York", "America/Santiago")
HOSTILE = 'A; b, c: "d" \\n\\N é\r\nATTENDEE:mailto:spy@example.org\u2028BEGIN:VALARM\x85END:VEVENT\rX:1 🇨🇱👩‍👩‍👧 会議'


def meeting(workspace: Workspace, **values: Any) -> Any:
    """A new meeting."""
    return records.add(workspace, Meeting, {"title": "Talk", "on": "2026-11-24", **values})


def events(content: bytes) -> list[Event]:
    """The events of a file."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def only(content: bytes) -> Event:
    """Its one event."""
    (event,) = events(content)
    return event


def by_the_rules(rules: Timezone, wall: dt.datetime) -> dt.datetime:
    """The instant of a wall time by the file's own rules alone, as RFC 5545 reads them; the first, if there are two.

    A rule begins at an instant: when clocks that still show the time of before come to its DTSTART.
    """
    begun = []
    for rule in rules.subcomponents:
        first = rule["DTSTART"].dt
        onsets = [first]
        if "RDATE" in rule:
            onsets += [day.dt for day in rule["RDATE"].dts]
        if "RRULE" in rule:
            text = rule["RRULE"].to_ical().decode()
            onsets += rrulestr(text, dtstart=first).between(first, dt.datetime(wall.year + 1, 1, 1))
        begun += [(onset - rule["TZOFFSETFROM"].td, rule["TZOFFSETTO"].td) for onset in onsets]
    fitting = []
    for offset in {offset for _begins, offset in begun}:
        before = [each for each in begun if each[0] <= wall - offset]
        if before and max(before)[1] == offset:
            fitting.append(wall - offset)
    assert fitting, f"by the rules of {rules['TZID']} there is no {wall}"
    return min(fitting).replace(tzinfo=dt.UTC)


def instants(content: bytes) -> set[tuple[dt.datetime, dt.datetime]]:
    """Beginning and end of the one event: as icalendar reads them, and by the file's own rules."""
    parsed = Calendar.from_ical(content)
    (event,) = parsed.walk("VEVENT")
    rules = {zone["TZID"]: zone for zone in parsed.walk("VTIMEZONE")}
    ruled = []
    for name in ("DTSTART", "DTEND"):
        prop = event[name]
        zone = prop.params.get("TZID")
        ruled.append(by_the_rules(rules[zone], prop.dt.replace(tzinfo=None)) if zone else prop.dt)
    read = (event.decoded("DTSTART").astimezone(dt.UTC), event.decoded("DTEND").astimezone(dt.UTC))
    return {read, (ruled[0], ruled[1])}


@pytest.mark.parametrize(
    ("zone", "on", "starts", "begins", "ends"),
    [
        ("Asia/Tokyo", "2026-03-08", "09:00", "2026-03-08T00:00", "2026-03-08T01:30"),
        ("Asia/Tokyo", "2026-11-01", "09:00", "2026-11-01T00:00", "2026-11-01T01:30"),
        # the clocks go forward on 8 March and back on 1 November 2026
        ("America/New_York", "2026-03-07", "09:00", "2026-03-07T14:00", "2026-03-07T15:30"),
        ("America/New_York", "2026-03-08", "01:45", "2026-03-08T06:45", "2026-03-08T07:15"),
        ("America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00", "2026-03-08T08:30"),
        ("America/New_York", "2026-03-09", "09:00", "2026-03-09T13:00", "2026-03-09T14:30"),
        ("America/New_York", "2026-10-31", "09:00", "2026-10-31T13:00", "2026-10-31T14:30"),
        ("America/New_York", "2026-11-01", "00:00", "2026-11-01T04:00", "2026-11-01T05:30"),
        ("America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00", "2026-11-01T08:30"),
        ("America/New_York", "2026-11-02", "09:00", "2026-11-02T14:00", "2026-11-02T15:30"),
        # back at midnight before 5 April, forward at midnight before 6 September 2026
        ("America/Santiago", "2026-04-04", "09:00", "2026-04-04T12:00", "2026-04-04T13:30"),
        ("America/Santiago", "2026-04-05", "09:00", "2026-04-05T13:00", "2026-04-05T14:30"),
        ("America/Santiago", "2026-09-05", "09:00", "2026-09-05T13:00", "2026-09-05T14:30"),
        ("America/Santiago", "2026-09-06", "01:00", "2026-09-06T04:00", "2026-09-06T05:30"),
        ("America/Santiago", "2026-09-06", "09:00", "2026-09-06T12:00", "2026-09-06T13:30"),
    ],
)
def test_instants_on_both_sides_of_a_change(
    workspace: Workspace, zone: str, on: str, starts: str, begins: str, ends: str
) -> None:
    until = (dt.datetime.fromisoformat(f"{on}T{starts}") + dt.timedelta(minutes=90)).time()
    fold = "first" if starts == "00:00" else ""  # it ends within the hour that comes twice
    made = meeting(workspace, on=on, starts=starts, ends=f"{until:%H:%M}", zone=zone, fold=fold)
    content = calendar.invite(workspace, made, language="en")
    expected = tuple(dt.datetime.fromisoformat(f"{each}:00+00:00") for each in (begins, ends))
    assert instants(content) == {expected}
    assert f"DTSTART;TZID={zone}:{on.replace('-', '')}T{starts.replace(':', '')}00\r\n".encode() in content


def test_rules_that_outlook_understands(workspace: Workspace) -> None:
    found = {}
    for zone in ZONES:
        made = meeting(workspace, on="2026-06-15", starts="09:00", zone=zone)
        (rules,) = Calendar.from_ical(calendar.invite(workspace, made, language="en")).walk("VTIMEZONE")
        found[zone] = sorted(
            (
                rule.name,
                rule["TZOFFSETTO"].to_ical(),
                rule["DTSTART"].to_ical().decode()[4:],
                rule["RRULE"].to_ical().decode() if "RRULE" in rule else "",
            )
            for rule in rules.subcomponents
        )
    assert found == {
        "Asia/Tokyo": [("STANDARD", "+0900", "0101T090000", "")],
        "America/New_York": [
            ("DAYLIGHT", "-0400", "0309T020000", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
            ("STANDARD", "-0500", "1102T020000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
        ],
        "America/Santiago": [
            ("DAYLIGHT", "-0300", "0907T000000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=9"),
            ("STANDARD", "-0400", "0406T000000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"),
        ],
    }


@pytest.mark.parametrize("minute", [0, 59])
def test_an_hour_that_the_clocks_show_twice(workspace: Workspace, minute: int) -> None:
    made = meeting(
        workspace, on="2026-11-01", starts=f"01:{minute:02d}", zone="America/New_York", fold="first"
    )
    content = calendar.invite(workspace, made, language="en")
    begins = dt.datetime(2026, 11, 1, 5, minute, tzinfo=dt.UTC)  # the first of the two
    assert instants(content) == {(begins, begins + dt.timedelta(hours=1))}
    # Programs differ in which of the two they take: the time in UTC leaves no doubt.
    assert f"DTSTART:20261101T05{minute:02d}00Z\r\n".encode() in content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(sorted(zoneinfo.available_timezones() - {"localtime"})),
    day=st.dates(dt.date(1965, 1, 1), dt.date(2080, 12, 31)),
    quarter=st.integers(0, 95),
    length=st.integers(1, 300),
)
@example(zone="Africa/Casablanca", day=dt.date(2026, 3, 22), quarter=20, length=60)
@example(zone="Europe/Dublin", day=dt.date(2026, 3, 29), quarter=8, length=60)
@example(zone="Australia/Lord_Howe", day=dt.date(2026, 4, 5), quarter=9, length=60)
@example(zone="Pacific/Apia", day=dt.date(2011, 12, 31), quarter=0, length=60)
@example(zone="Etc/UTC", day=dt.date(2026, 4, 5), quarter=9, length=60)
def test_every_time_of_every_zone(
    workspace: Workspace, zone: str, day: dt.date, quarter: int, length: int
) -> None:
    there = zoneinfo.ZoneInfo(zone)
    wall = dt.datetime.combine(day, dt.time(quarter // 4, quarter % 4 * 15), tzinfo=there)
    begins = wall.astimezone(dt.UTC)
    # The model refuses a time that the clocks skip.
    assume(begins.astimezone(there).replace(tzinfo=None) == wall.replace(tzinfo=None))
    ends = begins + dt.timedelta(minutes=length)
    made = Meeting(
        title="Talk",
        on=day.isoformat(),
        starts=f"{wall:%H:%M}",
        zone=zone,
        uid="u",
        updated_at=stamp(begins),
        version=1,
    )
    made.derive()
    assert made.starts_at == stamp(begins)
    made.ends_at = stamp(ends)
    content = calendar.invite(workspace, made, language="en")
    assert instants(content) == {(begins, ends)}
    assert Calendar.from_ical(content).get_missing_tzids() == set()


@pytest.mark.parametrize("year", ["1001", "1850", "1919", "8999"])
def test_years_far_away(workspace: Workspace, year: str) -> None:
    made = meeting(workspace, on=f"{year}-06-15", starts="09:00", zone="America/Santiago")
    ((begins, _ends),) = instants(calendar.invite(workspace, made, language="en"))
    assert stamp(begins) == made.starts_at


def test_a_meeting_in_utc(workspace: Workspace) -> None:
    made = meeting(workspace, starts="09:00", zone="UTC")
    content = calendar.invite(workspace, made, language="en")
    assert b"DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\n" in content
    assert b"VTIMEZONE" not in content


@pytest.mark.parametrize(
    ("values", "begins", "ends"),
    [
        ({"starts": "09:00"}, "12:00", "13:00"),
        ({"starts": "09:00", "ends": "09:00"}, "12:00", "13:00"),
        ({"starts": "09:00", "ends": "11:15"}, "12:00", "14:15"),
    ],
)
def test_a_meeting_without_an_end_lasts_an_hour(
    workspace: Workspace, values: dict[str, str], begins: str, ends: str
) -> None:
    event = only(calendar.invite(workspace, meeting(workspace, **values), language="en"))
    shown = [f"{event.decoded(name).astimezone(dt.UTC):%H:%M}" for name in ("DTSTART", "DTEND")]
    assert shown == [begins, ends]
    assert event["TRANSP"] == "OPAQUE"


def test_a_meeting_of_days_that_begins_at_a_time(workspace: Workspace) -> None:
    made = meeting(workspace, on="2026-09-04", starts="09:00", ends_on="2026-09-05")
    event = only(calendar.invite(workspace, made, language="en"))
    # At its midnight Santiago's clocks are put forward.
    assert event.decoded("DTEND").isoformat() == "2026-09-06T01:00:00-03:00"
    timed = meeting(workspace, on="2026-09-04", starts="09:00", ends_on="2026-09-06", ends="12:00")
    event = only(calendar.invite(workspace, timed, language="en"))
    assert event.decoded("DTEND").isoformat() == "2026-09-06T12:00:00-03:00"


@pytest.mark.parametrize(
    ("values", "last"),
    [({}, b"20261125"), ({"ends": "12:00"}, b"20261125"), ({"ends_on": "2026-11-30"}, b"20261201")],
)
def test_a_meeting_without_times_is_of_whole_days(
    workspace: Workspace, values: dict[str, str], last: bytes
) -> None:
    content = calendar.invite(workspace, meeting(workspace, **values), language="en")
    assert b"DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:" + last + b"\r\n" in content
    assert b"TRANSP:TRANSPARENT\r\n" in content


@pytest.mark.parametrize("on", ["2026-11", "2026"])
def test_a_meeting_of_which_no_day_is_known_is_refused(workspace: Workspace, on: str) -> None:
    made = meeting(workspace, on=on)
    for asked in (calendar.invite, calendar.meeting_calendar):
        with pytest.raises(Invalid, match=f"needs the day of {made.ref}, not only its month or year") as told:
            asked(workspace, made, language="ja")
        assert told.value.field == "on"


def test_what_an_event_says(workspace: Workspace) -> None:
    host, john = Organisation.find("CORFO"), Person.find("John Whitfield")
    made = meetings.log_meeting(
        workspace,
        {
            "title": "Call on the Minister",
            "on": "2026-11-24",
            "place": "Teatinos 120",
            "country": "CL",
            "purpose": "Long words. " * 100,
        },
        [
            Attendee(person=john.id),
            Attendee(name="Ricardo Muñoz", organisation=host.id),
            Attendee(name="Absent", presence="excused"),
        ],
    )
    content = calendar.invite(workspace, made, language="es")
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    read = Calendar.from_ical(content)
    assert {name: str(read[name]) for name in ("VERSION", "CALSCALE", "METHOD", "PRODID")} == {
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "PRODID": "-//Juntos//Juntos//EN",
    }
    event = only(content)
    assert (event["UID"], event["SEQUENCE"]) == (f"{made.uid}@juntos", made.version)
    assert event.decoded("DTSTAMP") == dt.datetime(2026, 11, 21, 17, 5, tzinfo=dt.UTC)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Call on the Minister", "Teatinos 120, Chile")
    assert (event["STATUS"], event["CLASS"]) == ("CONFIRMED", "PRIVATE")
    marking, purpose, people = event["DESCRIPTION"].split("\n\n")
    assert marking == "Clasificación: Uso interno"
    assert purpose == "Long words. " * 49 + "Long words.…"
    assert people.endswith(": John Whitfield; Ricardo Muñoz")


def test_changes_count_and_openness_shows(workspace: Workspace) -> None:
    made = meeting(workspace)
    first = only(calendar.invite(workspace, made, language="en"))["SEQUENCE"]
    records.change(workspace, made, {"place": "Osaka", "visibility": "partner"})
    event = only(calendar.invite(workspace, Meeting.get_by_id(made.id), language="en"))
    assert event["SEQUENCE"] == first + 1
    assert "CLASS" not in event


def test_nobody_is_invited_and_no_address_leaks(workspace: Workspace) -> None:
    sato = Person.find("Kenji Sato")
    records.change(workspace, sato, {"email": "sato@example.org"})
    made = meetings.log_meeting(
        workspace,
        {"title": "Talk", "on": "2026-11-24", "starts": "10:00"},
        [Attendee(person=sato.id)],
        [{"title": "Write", "due_on": "2026-12-01", "owed_by_person": sato.id}],
    )
    content = calendar.meeting_calendar(workspace, made, language="en")
    assert len(events(content)) == 2
    for absent in (
        b"ATTENDEE",
        b"ORGANIZER",
        b"CATEGORIES",
        b"mailto",
        b"example.org",
        b"VTODO",
        b"@example",
    ):
        assert absent not in content


def test_due_dates(workspace: Workspace) -> None:
    host = Organisation.find("CORFO")
    values = {"title": "Send; the list", "due_on": "2026-12-01", "owed_by": host.id}
    made = records.add(workspace, FollowUp, values)
    content = calendar.due_dates(workspace, [made], language="en")
    assert b"DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261202\r\n" in content
    event = only(content)
    assert (event["SUMMARY"], event["TRANSP"]) == ("Due: Send; the list", "TRANSPARENT")
    about = ["Handling: Internal", "", made.ref, "Owed by: CORFO", "Owed to: Embassy of Japan in Chile"]
    assert event["DESCRIPTION"].split("\n") == about
    (alarm,) = event.walk("VALARM")
    rings = dt.datetime.combine(event.decoded("DTSTART"), dt.time()) + alarm.decoded("TRIGGER")
    assert rings == dt.datetime(2026, 11, 30, 9, 0)
    assert alarm["ACTION"] == "DISPLAY"


def test_only_what_is_open_and_dated_is_due(workspace: Workspace) -> None:
    open_one, done, undated = (
        records.add(workspace, FollowUp, {"title": title, **values})
        for title, values in (
            ("Open", {"due_on": "2026-12-01"}),
            ("Done", {"due_on": "2026-12-01", "status": "done", "outcome": "Sent."}),
            ("Undated", {}),
        )
    )
    content = calendar.due_dates(workspace, [done, undated, open_one], language="en")
    assert only(content)["UID"] == f"{open_one.uid}@juntos"
    with pytest.raises(Invalid, match="no due date to put into a calendar"):
        calendar.due_dates(workspace, [done, undated], language="en")


def test_a_meeting_with_what_came_of_it(workspace: Workspace) -> None:
    promises = [
        {"title": "Late", "due_on": "2026-12-20"},
        {"title": "Early", "due_on": "2026-12-01"},
        {"title": "Undated"},
        {"title": "Over", "due_on": "2026-12-02", "status": "cancelled", "outcome": "Moot."},
    ]
    values = {"title": "Talk", "on": "2026-11-20", "starts": "10:00"}
    made = meetings.log_meeting(workspace, values, [], promises)
    found = events(calendar.meeting_calendar(workspace, made, language="en"))
    assert [event["SUMMARY"] for event in found] == ["Talk", "Due: Early", "Due: Late"]
    assert len({event["UID"] for event in found}) == 3


@pytest.mark.parametrize("text", [HOSTILE, "会議🇯🇵" * 125, "a" * 500, "\\", "\\n", ";", "é" * 74], ids=repr)
def test_hostile_texts_stay_texts(workspace: Workspace, text: str) -> None:
    host = records.add(workspace, Organisation, {"name": text})
    made = meetings.log_meeting(
        workspace,
        {"title": text, "on": "2026-11-24", "starts": "10:00", "place": text, "purpose": text},
        [Attendee(name=text)],
        [{"title": text, "owed_by": host.id, "due_on": "2026-12-01"}],
    )
    content = calendar.meeting_calendar(workspace, made, language="en")
    assert not {*b"\r\n"} & {*content.replace(b"\r\n", b"")}
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    names = set(re.findall(r"^([A-Z-]+)[;:]", content.decode(), re.MULTILINE))
    assert names.isdisjoint({"ATTENDEE", "X"})
    event, due = events(content)
    assert (event["SUMMARY"], due["SUMMARY"]) == (made.title, f"Due: {made.title}")
    assert event["LOCATION"] == made.place
    assert event["DESCRIPTION"].startswith(f"Handling: Internal\n\n{made.purpose[:100]}")
    assert len(event.subcomponents) == 0


def test_the_same_records_make_the_same_file(workspace: Workspace) -> None:
    made = meeting(workspace, starts="09:00")
    twice = {calendar.invite(workspace, made, language="en") for _time in range(2)}
    assert len(twice) == 1
