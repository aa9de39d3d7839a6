"""Holidays of the countries one deals with, and the next day on which all of them work."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.countries import countries
from desktop.i18n import speaking
from desktop.service.holidays import Skipped, holidays_of, next_working_day, unsupported

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("country", "days"),
    [
        (
            "JP",
            "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12"
            " 11-03 11-23",
        ),
        (
            "CL",
            "01-01 04-03 04-04 05-01 05-21 06-21 06-29 07-16 08-15 09-18 09-19 10-12 10-31 11-01 12-08 12-25",
        ),
        ("BR", "01-01 04-03 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25"),
        ("US", "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"),
    ],
)
def test_the_days_of_2026(country: str, days: str) -> None:
    assert [*holidays_of(country, 2026)] == [f"2026-{day}" for day in days.split()]


def test_names_are_in_the_language_spoken_where_there_are_any() -> None:
    found = {}
    for language in ("en", "ja", "es", "pt"):
        with speaking(language):
            found[language] = [holidays_of(country, 2026)["2026-12-25"] for country in ("CL", "BR")]
            found[language].append(holidays_of("JP", 2026)["2026-11-03"])
    assert found == {
        "en": ["Christmas Day", "Christmas Day", "Culture Day"],
        "ja": ["Christmas Day", "Christmas Day", "文化の日"],
        "es": ["Navidad", "Christmas Day", "Culture Day"],
        "pt": ["Christmas Day", "Natal", "Culture Day"],
    }


def test_countries_that_are_not_known() -> None:
    assert unsupported(["JP", "XX", "", "CL", "XX", "jp"]) == ["XX", "", "jp"]
    assert [holidays_of(code, 2026) for code in ("XX", "")] == [{}, {}]
    assert next_working_day("2026-12-25", ["XX", ""]) == ("2026-12-25", [])


def test_every_country_that_one_can_choose_is_known() -> None:
    assert unsupported(countries()) == []
    with_holidays = [code for code in countries() if holidays_of(code, 2026)]
    assert len(with_holidays) > 240  # nobody lives on Bouvet Island


def test_a_working_day_is_taken_as_it_is() -> None:
    assert next_working_day("2026-11-24", ["JP", "CL", "US", "BR"]) == ("2026-11-24", [])


def test_a_weekend_between_holidays() -> None:
    assert next_working_day("2026-09-18", ["CL", "JP"], ["2026-09-24", "2026-12-31"]) == (
        "2026-09-25",
        [
            Skipped("2026-09-18", "CL", "Independence Day"),
            Skipped("2026-09-19", "", "Saturday"),
            Skipped("2026-09-20", "", "Sunday"),
            Skipped("2026-09-21", "JP", "Respect for the Aged Day"),
            Skipped("2026-09-22", "JP", "National Holiday"),
            Skipped("2026-09-23", "JP", "Autumnal Equinox Day"),
            Skipped("2026-09-24", "", "The office is closed"),
        ],
    )


def test_a_holiday_of_several_countries_over_the_turn_of_the_year() -> None:
    assert next_working_day("2026-12-31", ["US", "JP", "US"], ["2026-12-31"]) == (
        "2027-01-04",
        [
            Skipped("2026-12-31", "", "The office is closed"),
            Skipped("2027-01-01", "US", "New Year's Day"),
            Skipped("2027-01-01", "JP", "New Year's Day"),
            Skipped("2027-01-02", "", "Saturday"),
            Skipped("2027-01-03", "", "Sunday"),
        ],
    )


def test_a_day_that_is_none() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        next_working_day("2026-02-30", [])


@given(
    day=st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)),
    places=st.lists(st.sampled_from(["JP", "CL", "BR", "US", "MX", "PE", "GB", "CN", "XX"]), max_size=4),
    closed=st.lists(st.integers(0, 12), max_size=6),
)
def test_every_skipped_day_had_a_reason(day: dt.date, places: list[str], closed: list[int]) -> None:
    own = [(day + number * DAY).isoformat() for number in closed]
    text, skipped = next_working_day(day.isoformat(), places, own)
    found = dt.date.fromisoformat(text)
    assert found >= day
    assert found.weekday() < 5
    assert text not in own
    assert not any(text in holidays_of(place, found.year) for place in places)
    between = [(day + number * DAY).isoformat() for number in range((found - day).days)]
    assert [*dict.fromkeys(each.day for each in skipped)] == between
    for each in skipped:
        that = dt.date.fromisoformat(each.day)
        if each.country:
            assert each.country in places
            assert holidays_of(each.country, that.year)[each.day] == each.name
        else:
            assert that.weekday() >= 5 or each.day in own


def test_the_library_is_loaded_when_it_is_needed() -> None:
    code = (
        "import sys; from desktop.service import holidays as ours; before = 'holidays' in sys.modules;"
        " ours.holidays_of('CL', 2026); print(before, 'holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False True\n"
