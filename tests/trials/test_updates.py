"""Two processes write one field: a few hundred updates here, `python -m tests.trials.updates --count 10000` all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def race(*asked: str) -> tuple[int, Any]:
    command = [sys.executable, "-m", "tests.trials.updates", "--count", "300", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_every_update_is_counted_and_the_loser_sees_both_values() -> None:
    code, found = race()
    assert (code, found["made"], found["counted"], found["in the journal"]) == (0, 300, 300, 300)
    assert found["conflicts"] == found["conflicts with both values"] > 0
    assert found["journal is whole"]


def test_control_without_a_look_at_the_version_updates_are_lost() -> None:
    code, found = race("--careless")
    assert (code, found["made"]) == (1, 300)
    assert found["counted"] < 300
