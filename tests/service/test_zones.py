"""The rule of a time zone changes: meetings ahead keep their time of day, those that were stay at their moment."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.model import Invalid, Meeting, Operation, dates
from desktop.service import journal, records, session, zones
from desktop.settings import Settings
from tests.service.conftest import World

SANTIAGO = "America/Santiago"


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes Chile keep its winter time from now on."""

    def change() -> None:
        def other(name: str) -> ZoneInfo:
            return ZoneInfo("Etc/GMT+4" if name == SANTIAGO else name)

        monkeypatch.setattr(dates, "ZoneInfo", other)

    return change


def meeting(world: World, on: str, **values: Any) -> Meeting:
    given = {"title": f"Talk of {on}", "on": on, "starts": "10:00", "zone": SANTIAGO, **values}
    return records.add(world.workspace, Meeting, given)


def test_meetings_ahead_keep_their_time_of_day(world: World, changed: Any) -> None:
    workspace = world.workspace
    ahead = meeting(world, "2026-12-10", ends="11:00")
    today = meeting(world, "2026-11-21", starts="18:00")
    past = meeting(world, "2026-11-20")
    elsewhere = meeting(world, "2026-12-10", zone="Asia/Tokyo")
    assert (ahead.starts_at, past.starts_at) == ("2026-12-10T13:00:00.000Z", "2026-11-20T13:00:00.000Z")
    versions = {each.id: each.version for each in Meeting.select()}
    operations = Operation.select().count()
    assert zones.keep_wall_times(workspace) == ""
    changed()
    assert zones.keep_wall_times(workspace) == (
        "The rules of a time zone have changed: 2 meetings keep their time of day and are at another moment now."
    )
    now = {each.id: each for each in Meeting.select()}
    assert (now[ahead.id].starts_at, now[ahead.id].ends_at) == (
        "2026-12-10T14:00:00.000Z",
        "2026-12-10T15:00:00.000Z",
    )
    assert now[today.id].starts_at == "2026-11-21T22:00:00.000Z"
    assert now[past.id].starts_at == past.starts_at
    assert now[elsewhere.id].starts_at == elsewhere.starts_at
    assert {each.starts for each in now.values() if each.id in (ahead.id, past.id)} == {"10:00"}
    # Nothing was entered: no operation, no other version, and the journal stands.
    assert {each.id: each.version for each in now.values()} == versions
    assert Operation.select().count() == operations
    assert journal.broken_at() is None
    assert zones.keep_wall_times(workspace) == ""


def test_a_time_that_is_skipped_by_now_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = meeting(world, "2027-03-14", starts="02:30", zone="America/Santiago")
    monkeypatch.setattr(dates, "ZoneInfo", lambda _name: ZoneInfo("America/New_York"))
    assert zones.keep_wall_times(world.workspace)
    now = Meeting.get_by_id(ahead.id)
    assert (now.starts, now.starts_at) == ("02:30", "2027-03-14T07:30:00.000Z")


def test_it_is_done_at_opening(world: World, changed: Any) -> None:
    ahead = meeting(world, "2099-12-10")
    path = world.workspace.engine.path
    world.workspace.close()
    changed()
    again = session.open_workspace(path, Settings())
    try:
        assert "1 meeting keeps its time of day" in again.zones_moved
        assert Meeting.get_by_id(ahead.id).starts_at == "2099-12-10T14:00:00.000Z"
    finally:
        again.close()


def test_control_without_it_the_meeting_would_be_an_hour_early(world: World, changed: Any) -> None:
    ahead = meeting(world, "2026-12-10")
    changed()
    kept = dates.instant(Meeting.get_by_id(ahead.id).starts_at)
    wall = dt.datetime(2026, 12, 10, 10, 0, tzinfo=dates.ZoneInfo(SANTIAGO))
    assert kept != wall


def test_which_of_two_hours_is_asked_and_kept(world: World) -> None:
    values = {"title": "Night call", "on": "2027-04-03", "starts": "23:30", "zone": SANTIAGO}
    with pytest.raises(Invalid, match="comes twice") as caught:
        records.add(world.workspace, Meeting, values)
    assert caught.value.field == "fold"
    made = records.add(world.workspace, Meeting, values | {"fold": "second"})
    assert Meeting.get_by_id(made.id).starts_at == "2027-04-04T03:30:00.000Z"
    changes = records.change(world.workspace, Meeting.get_by_id(made.id), {"fold": "first"})
    assert changes
    assert Meeting.get_by_id(made.id).starts_at == "2027-04-04T02:30:00.000Z"
