"""Wall-clock times, their instants, and the hours that summer time skips or repeats."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import Invalid, Meeting
from desktop.model.dates import Date, Timestamp, instant, is_zone, local_instant, stamp, twice

# Northern and southern summer time, a half-hour zone, a zone whose summer time is half an hour, and none at all.
ZONES = ("America/New_York", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Tokyo", "UTC")


@given(
    moment=st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1)).map(
        lambda m: m.replace(second=0, microsecond=0)
    ),
    zone=st.sampled_from(ZONES),
)
def test_a_time_that_exists_is_the_instant_that_the_clocks_show_it(moment: dt.datetime, zone: str) -> None:
    there = moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    found = local_instant(there.date().isoformat(), there.strftime("%H:%M"), zone)
    assert found is not None
    shown = found.astimezone(ZoneInfo(zone))
    assert shown.replace(tzinfo=None, fold=0) == there.replace(tzinfo=None, fold=0)
    # Of two instants that show the same, the first.
    assert found == min(found, there.astimezone(dt.UTC))


@pytest.mark.parametrize(
    ("day", "time", "zone"),
    [
        ("2024-03-10", "02:30", "America/New_York"),
        ("2024-09-08", "00:30", "America/Santiago"),
        ("2024-10-06", "02:15", "Australia/Lord_Howe"),
    ],
)
def test_a_time_that_is_skipped_is_refused(day: str, time: str, zone: str) -> None:
    with pytest.raises(
        ValueError, match=rf"{time} does not exist on .* in {zone}: the clocks are put forward"
    ):
        local_instant(day, time, zone)


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    found = local_instant("2024-11-03", "01:30", "America/New_York")
    assert found == dt.datetime(2024, 11, 3, 5, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "time"), [(None, "12:00"), ("2024", "12:00"), ("2024-05", "12:00"), ("2024-05-01", None)]
)
def test_without_an_exact_day_and_time_there_is_no_instant(day: str | None, time: str | None) -> None:
    assert local_instant(day, time, "Asia/Tokyo") is None


def test_an_instant_is_kept_to_the_millisecond_in_utc() -> None:
    moment = dt.datetime(2026, 11, 21, 9, 0, 0, 123_900, tzinfo=ZoneInfo("America/Santiago"))
    assert stamp(moment) == "2026-11-21T12:00:00.123Z"
    assert instant(stamp(moment)) == moment.replace(microsecond=123_000)
    assert Timestamp("").text("2026-11-21T12:00:00.123Z") == "21 Nov 2026, 12:00 UTC"


def test_dates_are_taken_as_dates_too() -> None:
    assert Date("").check(dt.date(2026, 11, 21)) == "2026-11-21"


@pytest.mark.parametrize(
    "name", ["", "America", "Nowhere/Atlantis", "../etc/passwd", "/etc/localtime", "a\x00b"]
)
def test_what_is_no_zone(name: str) -> None:
    assert not is_zone(name)


def meeting(**values: str) -> Meeting:
    return Meeting(
        **{"on": "2026-11-21", "zone": "America/New_York", "title": "Talk", "ref": "MT-1", **values}
    )


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"starts": "14:00", "ends": "12:00"}, "ends", "end must not be before the start"),
        ({"ends_on": "2026-11-20"}, "ends_on", "end must not be before the start"),
        ({"on": "2026-11", "starts": "14:00"}, "on", "needs an exact date"),
        ({"on": "2024-03-10", "starts": "02:30"}, "starts", "02:30 does not exist"),
        ({"on": "2024-03-09", "ends_on": "2024-03-10", "ends": "02:30"}, "ends", "02:30 does not exist"),
    ],
)
def test_a_meeting_that_cannot_be(values: dict[str, str], field: str, told: str) -> None:
    with pytest.raises(Invalid, match=told) as caught:
        meeting(**values).problems()
    assert caught.value.field == field


def test_a_meeting_over_midnight_and_over_the_end_of_summer_time() -> None:
    night = meeting(on="2024-11-02", starts="23:30", ends_on="2024-11-03", ends="01:30", fold="first")
    night.problems()
    night.derive()
    assert (night.starts_at, night.ends_at) == ("2024-11-03T03:30:00.000Z", "2024-11-03T05:30:00.000Z")


# Of each zone an hour that is skipped, what one may have meant by it, and an hour that comes twice.
CHANGES = [
    ("America/New_York", "2024-03-10", "02:30", "01:30", "03:30", "2024-11-03", "01:30", "05:30", "06:30"),
    ("Europe/London", "2024-03-31", "01:30", "00:30", "02:30", "2024-10-27", "01:30", "00:30", "01:30"),
    ("America/Santiago", "2024-09-08", "00:30", "23:30", "01:30", "2024-04-06", "23:30", "02:30", "03:30"),
    ("Australia/Lord_Howe", "2024-10-06", "02:15", "01:45", "02:45", "2024-04-07", "01:45", "14:45", "15:15"),
    ("Australia/Adelaide", "2024-10-06", "02:30", "01:30", "03:30", "2024-04-07", "02:30", "16:00", "17:00"),
    ("America/St_Johns", "2024-03-10", "02:30", "01:30", "03:30", "2024-11-03", "01:30", "04:00", "05:00"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
def test_what_the_clocks_skip_or_repeat_is_asked_about_with_both_choices(change: tuple[str, ...]) -> None:
    zone, spring, skipped, before, after, autumn, repeated, first, second = change
    with pytest.raises(Invalid, match=rf"{skipped} does not exist.* Write {before} or {after}\.") as caught:
        meeting(on=spring, starts=skipped, zone=zone).problems()
    assert caught.value.field == "starts"
    with pytest.raises(Invalid, match=rf"comes twice.* at {first} and at {second} UTC") as caught:
        meeting(on=autumn, starts=repeated, zone=zone).problems()
    assert caught.value.field == "fold"
    for fold, moment in (("first", first), ("second", second)):
        answered = meeting(on=autumn, starts=repeated, zone=zone, fold=fold)
        answered.problems()
        answered.derive()
        assert answered.starts_at[11:16] == moment


def test_from_the_first_of_two_such_hours_into_the_second() -> None:
    long = meeting(on="2024-11-03", starts="01:30", ends="01:15", fold="first")
    long.problems()
    long.derive()
    assert (long.starts_at, long.ends_at) == ("2024-11-03T05:30:00.000Z", "2024-11-03T06:15:00.000Z")


def test_an_answer_changes_no_time_that_comes_once() -> None:
    assert local_instant("2024-07-01", "01:30", "America/New_York", "second") == dt.datetime(
        2024, 7, 1, 5, 30, tzinfo=dt.UTC
    )
    assert twice("2024-03-10", "02:30", "America/New_York") is None


def test_what_was_agreed_for_a_time_that_is_skipped_by_now_still_has_an_instant() -> None:
    """By the clock as it was set before the change."""
    kept = meeting(on="2024-03-10", starts="02:30")
    kept.derive()
    assert kept.starts_at == "2024-03-10T07:30:00.000Z"
