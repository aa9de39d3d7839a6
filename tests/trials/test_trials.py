"""A few trials of each kind and their controls; `make trials` runs them in the thousands.

Elsewhere than on Linux, or without a C compiler, they are named as skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.trials import disk
from tests.trials.careless import CARELESS

ROOT = Path(__file__).parents[2]
UNWATCHED = disk.available()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(UNWATCHED), reason=UNWATCHED)]


def tried(kind: str, act: str, world: str, count: int, *guard: str) -> Any:
    command = [sys.executable, "-m", "tests.trials", kind, act, world, str(count), "7", *guard]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("act", "world", "count"),
    [
        ("saving", "plain", 25),
        ("saving", "encrypted", 8),
        ("importing", "plain", 10),
        ("exporting", "plain", 10),
        ("backing up", "plain", 12),
        ("migrating", "plain", 10),
        ("changing the passphrase", "plain", 5),
        ("taking the passphrase away", "encrypted", 4),
        ("restoring", "plain", 15),
        ("restoring", "encrypted", 4),
    ],
)
def test_killed_at_any_call_nothing_confirmed_is_lost_and_nothing_half_there(
    act: str, world: str, count: int
) -> None:
    found = tried("kills", act, world, count)
    assert found["wrong"] == {}
    assert found["killed"] == found["trials"] == count


@pytest.mark.parametrize(("act", "count"), [("saving", 60), ("exporting", 20), ("restoring", 20)])
def test_without_power_nothing_confirmed_is_lost(act: str, count: int) -> None:
    found = tried("cuts", act, "plain", count)
    assert found["wrong"] == {}
    assert found["trials"] == count


@pytest.mark.parametrize(
    ("act", "step"),
    [
        ("saving", 500),
        ("importing", 250),
        ("exporting", 90),
        ("backing up", 90),
        ("migrating", 120),
        ("restoring", 90),
    ],
)
def test_a_disk_that_refuses_is_told_and_the_second_try_does_it(act: str, step: int) -> None:
    found = tried("failing", act, "plain", step)
    assert found["wrong"] == {}
    assert found["confirmed"] > 0


@pytest.mark.parametrize(("kind", "act"), [each for each in CARELESS if each[0] != "failing"])
def test_control_without_the_guard_it_is_found(kind: str, act: str) -> None:
    count = 12 if act == "changing the passphrase" else 30
    found = tried(kind, act, "plain", count, "careless")
    assert found["wrong"]


def test_control_without_synced_commits_more_than_a_tenth_of_the_cuts_lose_saves() -> None:
    found = tried("cuts", "saving", "plain", 40, "careless")
    assert found["wrong"].get("lost", 0) > found["trials"] / 10


def test_control_without_words_for_the_disk_a_refusal_is_a_fault() -> None:
    with pytest.raises(AssertionError, match="raised"):
        tried("failing", "saving", "plain", 400, "careless")
