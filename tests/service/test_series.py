"""Series: the rhythm, and the next day on which both sides work."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import Invalid, Meeting, Series
from desktop.model.scales import RHYTHM
from desktop.service import query, records, series, undo
from desktop.service.query import Query
from desktop.service.setup import change_facts
from tests.service.conftest import World


def made(world: World, rhythm: str, *days: str, **values: Any) -> Any:
    given_values = {"title": "Round table", "rhythm": rhythm, "counterparts": {world.minrel.id}}
    found = records.add(world.workspace, Series, given_values | values)
    for day in days:
        series.plan_next(world.workspace, found, day)
    return found


@pytest.mark.parametrize(
    ("rhythm", "day", "count", "then"),
    [
        ("weekly", "2026-11-19", 1, "2026-11-26"),
        ("fortnightly", "2026-12-24", 2, "2027-01-21"),
        ("monthly", "2026-01-31", 1, "2026-02-28"),
        ("monthly", "2026-01-31", 2, "2026-03-31"),
        ("monthly_weekday", "2026-11-19", 1, "2026-12-17"),  # the third Thursday
        ("monthly_weekday", "2026-10-29", 1, "2026-11-26"),  # there is no fifth
        ("quarterly", "2026-11-30", 1, "2027-02-28"),
        ("half_yearly", "2026-08-31", 1, "2027-02-28"),
        ("yearly", "2028-02-29", 1, "2029-02-28"),
    ],
)
def test_the_rhythm(rhythm: str, day: str, count: int, then: str) -> None:
    assert series.step(day, rhythm, count) == then


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.sampled_from(sorted(RHYTHM)), st.integers(1, 30)
)
def test_the_rhythm_goes_forward(day: dt.date, rhythm: str, count: int) -> None:
    then = series.step(day.isoformat(), rhythm, count)
    assert series.step(day.isoformat(), rhythm, count - 1) < then
    if rhythm == "monthly_weekday":
        assert dt.date.fromisoformat(then).weekday() == day.weekday()


def test_holidays_of_both_sides_are_skipped(world: World) -> None:
    # The post of Japan in Chile: 8 December is a holiday in Chile, 29 April in Japan.
    first = made(world, "weekly", "2026-12-01")
    found = series.propose(world.workspace, first)
    assert found.on == "2026-12-09"
    assert [(day, country) for day, country, _name in found.skipped] == [("2026-12-08", "CL")]
    second = made(world, "monthly", "2026-11-23")
    assert series.countries(world.workspace, second) == ["CL", "JP"]
    change_facts(world.workspace, closed_days=("2026-12-09",))
    assert series.propose(world.workspace, first).on == "2026-12-10"


def test_what_has_passed_is_no_proposal(world: World) -> None:
    found = made(world, "weekly", "2026-09-03")
    assert series.propose(world.workspace, found).on > world.workspace.today()
    fresh = made(world, "yearly")
    assert series.propose(world.workspace, fresh).on > world.workspace.today()


def test_a_planned_meeting_has_what_the_series_says(world: World) -> None:
    found = made(world, "weekly", starts="10:00", ends="11:00", place="Palacio", countries={"CL"})
    meeting = series.plan_next(world.workspace, found, "2026-12-03")
    assert (meeting.title, meeting.starts, meeting.ends, meeting.place) == (
        "Round table",
        "10:00",
        "11:00",
        "Palacio",
    )
    assert (meeting.series_id, meeting.state, meeting.zone) == (found.id, "planned", "America/Santiago")
    assert Meeting.counterparts.read(meeting.id) == {world.minrel.id}
    assert undo.undo(world.workspace) == f"Plan the next meeting of {found.ref}"
    assert series.meetings(found) == []
    records.change(world.workspace, found, {"ended": True})
    with pytest.raises(Invalid, match="has ended"):
        series.plan_next(world.workspace, found)


def test_a_series_goes_and_its_meetings_stay(world: World) -> None:
    found = made(world, "weekly", "2026-12-03")
    meeting = series.meetings(found)[0]
    records.delete(world.workspace, [found])
    assert Meeting.get_by_id(meeting.id).series_id is None
    undo.undo(world.workspace)
    again = Series.get(Series.uid == found.uid)
    assert Meeting.get_by_id(meeting.id).series_id == again.id


def test_the_last_meeting_was_held_and_the_next_one_is_planned(world: World) -> None:
    found = made(world, "monthly", "2026-12-01", "2027-01-05")
    given_values = {"title": "Held", "on": "2026-11-03", "state": "held", "series": found.id}
    records.add(world.workspace, Meeting, given_values)
    assert query.one(world.workspace, Query(Series, ("last_on", "next_on")), found.id)[1:] == (
        "2026-11-03",
        "2026-12-01",
    )


def test_without_countries_it_is_about_those_of_the_counterparts(world: World) -> None:
    def countries(*counterparts: Any, **values: Any) -> frozenset[str]:
        found = made(world, "monthly", counterparts={each.id for each in counterparts}, **values)
        return Meeting.countries.read(series.plan_next(world.workspace, found, "2026-12-01").id)

    assert countries(world.minrel, world.dfc) == {"CL"}
    assert countries(world.dfc) == {"US"}
    assert countries(world.dfc, countries=frozenset({"PE"})) == {"PE"}
