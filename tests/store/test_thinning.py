"""Which backups stay as they grow old, whatever the clock of the machine does meanwhile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store import thinning
from desktop.store.kept import DAY, Backup

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def made(clock: int, at: dt.datetime) -> Backup:
    return Backup(Path(f"{clock}.juntos"), clock, at, "daily", 4096)


def years(jumps: dict[int, int], days: int, each_day: int = 1) -> tuple[list[list[Backup]], set[Backup]]:
    """So many days of work, with backups on each, thinned each time by the clock of that time.

    `jumps` tells by how many days the clock is wrong from a day on, at noon. Returns those of each day, and what is
    left in the end, when the clock is right.
    """
    wrong, clock, left = 0, 0, set[Backup]()
    made_on: list[list[Backup]] = []
    for day in range(days):
        today = []
        for number in range(each_day):
            if number == each_day // 2:
                wrong = jumps.get(day, wrong)
            clock += 1
            now = NOW + (day - days + wrong) * DAY + number * HOUR
            today.append(made(clock, now))
            left.add(today[-1])
            left.difference_update(thinning.removable(left, now, lambda each: True))
        made_on.append(today)
    left.difference_update(thinning.removable(left, NOW, lambda each: True))
    return made_on, left


def lost(made_on: list[list[Backup]], left: set[Backup]) -> list[int]:
    """On which of the last thirty days the last backup that was made is gone."""
    return [day for day, today in enumerate(made_on) if day >= len(made_on) - 30 and today[-1] not in left]


@pytest.mark.parametrize("ahead", [3, 40, 365, 9 * 365])
@pytest.mark.parametrize("for_days", [1, 5, 20])
def test_a_jump_ahead_and_back_takes_no_day(
    ahead: int, for_days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumps = {60: ahead, 60 + for_days: 0}
    assert lost(*years(jumps, 60 + for_days + 3)) == []
    if ahead > 30:  # the control: by the clock alone, a month of days goes at once
        monkeypatch.setattr(thinning, "COUNTED", 1)
        assert len(lost(*years(jumps, 60 + for_days + 3))) > 5


@given(
    st.dictionaries(st.integers(5, 79), st.integers(-4000, 4000), max_size=6),
    st.integers(1, 3),
)
def test_whatever_the_clock_does_the_last_thirty_days_have_theirs(
    jumps: dict[int, int], each_day: int
) -> None:
    assert lost(*years(jumps, 80, each_day)) == []


def test_while_the_clock_is_ahead_nothing_more_goes() -> None:
    before = {made(number, NOW - (33 - number) * DAY) for number in range(33)}
    assert thinning.removable(before, NOW, lambda each: True) == []
    ahead = NOW + 9 * 365 * DAY
    assert thinning.removable({*before, made(99, ahead)}, ahead, lambda each: True) == []


def test_in_the_usual_way_it_is_a_day_each_and_then_a_month_each() -> None:
    _made_on, left = years({}, 400, 2)
    assert 45 + 5 < len(left) < 45 + 10 + 14
    ages = sorted((NOW - each.at).days for each in left)
    assert ages[-1] > 350
    assert {each.at.month for each in left} == set(range(1, 13))


def test_what_was_made_before_an_import_outlives_a_jump_too() -> None:
    kept = Backup(Path("import.juntos"), 5, NOW - 20 * DAY, "before-import", 4096)
    others = [made(5 + number, NOW - 20 * DAY + number * HOUR) for number in range(1, 5)]
    later = [made(50 + number, NOW - 12 * DAY + number * DAY) for number in range(12)]
    every = [kept, *others, *later]
    ahead = NOW + 900 * DAY
    assert kept not in thinning.removable(every, ahead, lambda each: True)
