"""What there is to be reminded of as the clock goes on; putting it off; when it is quiet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.model import FollowUp, Meeting, Operation, Snooze
from desktop.service import facts, meetings, records, reminders, undo
from desktop.service.meetings import Attendee
from desktop.service.reminders import Due
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from tests.service.conftest import World

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
"""Nine in the morning at the post in Santiago, on a Saturday."""


@pytest.fixture
def world(world: World) -> World:
    """The small world, whose overdue follow-up is Mori's."""
    records.change(world.workspace, world.suppliers, {"owner": world.mori.id})
    return world


@pytest.fixture
def day(world: World) -> World:
    """A day with something of each kind, all of it Sato's but one."""
    for title, due_on, owner in (
        ("Late", "2026-11-20", world.sato),
        ("Today", "2026-11-21", world.sato),
        ("Tomorrow", "2026-11-22", world.sato),
        ("Theirs", "2026-11-21", world.mori),
    ):
        records.add(world.workspace, FollowUp, {"title": title, "due_on": due_on, "owner": owner.id})
    for title, starts in (("Soon", "09:45"), ("At noon", "12:00")):
        meet(world, title, starts=starts)
    return world


def meet(world: World, title: str, **values: Any) -> Meeting:
    given = {"title": title, "on": "2026-11-21", "zone": "America/Santiago", **values}
    return records.add(world.workspace, Meeting, given)


def due(world: World, *, mine: bool = True) -> Due:
    return reminders.due(world.workspace, world.workspace.now(), world.workspace.officer, mine=mine)


def told(world: World, *, mine: bool = True) -> list[tuple[str, str]]:
    return [(row.kind, row.name) for row in due(world, mine=mine).rows]


def test_what_a_day_has(day: World) -> None:
    assert told(day) == [
        ("soon", "Soon"),
        ("due_today", "Today"),
        ("meeting_today", "At noon"),
        ("overdue", "Late"),
    ]
    assert due(day).counts == {"soon": 1, "due_today": 1, "meeting_today": 1, "overdue": 1}
    everything = told(day, mine=False)
    assert ("due_today", "Theirs") in everything
    assert ("overdue", "Send the list of suppliers") in everything


def test_without_an_officer_all_is_shown(day: World) -> None:
    day.workspace.sign_in("")
    assert ("due_today", "Theirs") in told(day)


def test_what_one_owns_with_others_is_ones_own(day: World) -> None:
    records.change(day.workspace, FollowUp.get(FollowUp.title == "Theirs"), {"co_owners": {day.sato.id}})
    assert ("due_today", "Theirs") in told(day)


def test_what_is_done_reminds_nobody(day: World) -> None:
    late = FollowUp.get(FollowUp.title == "Late")
    records.change(day.workspace, late, {"status": "cancelled", "outcome": "Not needed."})
    assert ("overdue", "Late") not in told(day)


def test_meetings_are_those_that_one_attends_or_that_nobody_is_named_for(day: World) -> None:
    for title, officer in (("Mine", day.sato), ("Mori's", day.mori)):
        values = {"title": title, "on": "2026-11-21", "starts": "15:00", "state": "planned"}
        meetings.log_meeting(day.workspace, values, [Attendee(person=officer.id)], [], [])
    names = [name for kind, name in told(day) if kind == "meeting_today"]
    assert sorted(names) == ["At noon", "Mine"]
    assert ("meeting_today", "Mori's") in told(day, mine=False)


def test_meetings_that_were_held_or_are_history_do_not_remind(day: World) -> None:
    meet(day, "Held", starts="10:30", state="held")
    meet(day, "Of the catalogue", historic=1)
    meet(day, "Some day this month", on="2026-11")
    assert {"Held", "Of the catalogue", "Some day this month"}.isdisjoint(name for _kind, name in told(day))


def test_a_meeting_of_several_days_without_times(day: World) -> None:
    meet(day, "Conference", on="2026-11-20", ends_on="2026-11-22", state="planned")
    assert ("meeting_today", "Conference") in told(day)
    day.clock.forward(days=2)
    assert ("meeting_today", "Conference") not in told(day)


def test_a_meeting_comes_near_begins_and_ends(day: World) -> None:
    noon = Meeting.get(Meeting.title == "At noon")
    seen = []
    for minutes in (119, 1, 1, 59, 59, 1):
        day.clock.forward(seconds=60 * minutes)
        seen.append(next((kind for kind, name in told(day) if name == noon.title), ""))
    # 10:59, 11:00, 11:01, 12:00, 12:59 and 13:00: no end is named, so it takes an hour
    assert seen == ["meeting_today", "soon", "soon", "meeting_today", "meeting_today", ""]


def test_a_meeting_after_midnight_is_near_before(world: World) -> None:
    meet(world, "At night", on="2026-11-22", starts="00:15")
    assert told(world) == []
    world.clock.now = dt.datetime(2026, 11, 22, 2, 30, tzinfo=dt.UTC)  # half past eleven in the evening
    assert told(world) == [("soon", "At night")]


def test_the_zone_of_the_meeting_counts(world: World) -> None:
    meet(world, "With Tokyo", starts="22:00", zone="Asia/Tokyo")  # 10:00 in Santiago
    assert told(world) == [("soon", "With Tokyo")]


def test_the_list_says_when_it_changes_by_itself(day: World) -> None:
    """Nothing but the clock moves; each change of the list falls on a moment that was foretold."""
    reminders.snooze(
        day.workspace, [FollowUp.get(FollowUp.title == "Late").uid], NOW + dt.timedelta(minutes=100)
    )
    last = due(day)
    moments = []
    for _minute in range(26 * 60):
        day.clock.forward(seconds=60)
        now = due(day)
        if (now.rows, now.counts) != (last.rows, last.counts):
            assert last.changes_at <= day.clock.now, day.clock.now
            assert last.changes_at > day.clock.now - dt.timedelta(minutes=1)
            moments.append(day.clock.now.strftime("%d %H:%M"))
        last = now
    # near, begun and over, one after the other; what was put off; midnight in Santiago
    assert moments == ["21 12:45", "21 13:40", "21 13:45", "21 14:00", "21 15:00", "21 16:00", "22 03:00"]


def test_only_the_first_are_read_and_all_are_counted(world: World) -> None:
    with world.workspace.operation("Many"):
        for number in range(reminders.SHOWN + 5):
            values = {"title": f"No. {number}", "due_on": "2026-11-01", "owner": world.sato.id}
            records.add(world.workspace, FollowUp, values)
    found = due(world)
    assert len(found.rows) == reminders.SHOWN
    assert found.counts["overdue"] == reminders.SHOWN + 5


# ---- putting off


def test_what_is_put_off_stays_away_until_then(day: World) -> None:
    uid = FollowUp.get(FollowUp.title == "Late").uid
    reminders.snooze(day.workspace, [uid], NOW + dt.timedelta(hours=1))
    assert ("overdue", "Late") not in told(day)
    assert due(day).counts["overdue"] == 0
    day.clock.forward(seconds=3599)
    assert ("overdue", "Late") not in told(day)
    day.clock.forward(seconds=1)
    assert ("overdue", "Late") in told(day)


def test_it_is_put_off_for_one_officer(day: World) -> None:
    uid = FollowUp.get(FollowUp.title == "Theirs").uid
    reminders.snooze(day.workspace, [uid], NOW + dt.timedelta(hours=1))
    assert ("due_today", "Theirs") not in told(day, mine=False)
    day.workspace.sign_in(day.mori.uid)
    assert ("due_today", "Theirs") in told(day)


def test_it_can_be_brought_back_and_put_off_again(day: World) -> None:
    uid = FollowUp.get(FollowUp.title == "Late").uid
    reminders.snooze(day.workspace, [uid], NOW + dt.timedelta(hours=1))
    reminders.snooze(day.workspace, [uid], NOW + dt.timedelta(hours=2))
    assert [row.until for row in Snooze.select()] == ["2026-11-21T14:00:00.000Z"]
    reminders.wake(day.workspace, [uid])
    assert ("overdue", "Late") in told(day)


def test_putting_off_is_no_edit(day: World) -> None:
    before, undoable = Operation.select().count(), undo.undoable(day.workspace)
    reminders.snooze(day.workspace, ["somebody"], NOW + dt.timedelta(hours=1))
    assert (Operation.select().count(), undo.undoable(day.workspace)) == (before, undoable)


def test_what_is_past_is_thrown_away(day: World) -> None:
    reminders.snooze(day.workspace, ["a"], NOW + dt.timedelta(hours=1))
    day.clock.forward(hours=1)
    reminders.snooze(day.workspace, ["b"], NOW + dt.timedelta(hours=3))
    assert [row.record for row in Snooze.select()] == ["b"]


def test_it_is_kept_with_the_workspace(day: World) -> None:
    uid, path = FollowUp.get(FollowUp.title == "Late").uid, day.workspace.engine.path
    reminders.snooze(day.workspace, [uid], NOW + dt.timedelta(hours=1))
    day.workspace.close()
    again = Workspace.open(path, clock=day.clock)
    again.sign_in(day.uids["sato"])
    assert uid not in {row.uid for row in reminders.due(again, again.now(), again.officer).rows}
    again.close()


@pytest.mark.parametrize(
    ("hour", "wanted"),
    [
        (12, ["21 10:00", "21 14:00", "22 09:00", "23 09:00"]),  # UTC; three hours less at the post
        (18, ["21 16:00", "22 09:00", "23 09:00"]),
    ],
)
def test_until_when_it_can_be_put_off(world: World, hour: int, wanted: list[str]) -> None:
    world.clock.now = NOW.replace(hour=hour)
    zone = dt.timezone(dt.timedelta(hours=-3))
    found = [
        moment.astimezone(zone).strftime("%d %H:%M") for _words, moment in reminders.moments(world.workspace)
    ]
    assert found == wanted


# ---- quiet


@pytest.mark.parametrize(
    ("begin", "end", "local", "quiet"),
    [
        ("20:00", "07:00", "19:59", False),
        ("20:00", "07:00", "20:00", True),
        ("20:00", "07:00", "06:59", True),
        ("20:00", "07:00", "07:00", False),
        ("12:00", "14:00", "13:00", True),
        ("12:00", "14:00", "14:00", False),
        ("", "07:00", "03:00", False),
        ("20:00", "", "23:00", False),
        ("09:00", "09:00", "09:00", False),
    ],
)
def test_quiet_hours_are_those_of_the_post(
    world: World, begin: str, end: str, local: str, quiet: bool
) -> None:
    hour, minute = map(int, local.split(":"))
    world.clock.now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC) + dt.timedelta(hours=hour + 3, minutes=minute)
    settings = Settings(quiet_from=begin, quiet_to=end)
    assert reminders.is_quiet(world.workspace, settings, False) is quiet


@pytest.mark.parametrize(
    ("on", "off"),
    [
        ("2026-11-20", False),
        ("2026-11-21", True),
        ("2026-11-22", True),
        ("2026-12-08", True),
        ("2026-12-24", True),
    ],
)
def test_weekends_holidays_and_closed_days_are_days_off(world: World, on: str, off: bool) -> None:
    with world.workspace.operation("Close") as writing:
        found = world.workspace.facts
        facts.write(writing, facts.Facts(**{**vars(found), "closed_days": ("2026-12-24",)}))
    assert reminders.is_day_off(world.workspace, on) is off
    settings = Settings(quiet_from="", quiet_to="")
    assert reminders.is_quiet(world.workspace, settings, off) is off
    assert not reminders.is_quiet(world.workspace, Settings(quiet_days="", quiet_from=""), off)
