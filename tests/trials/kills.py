"""Processes killed at random calls to the disk while they act; and again while the next start recovers.

A start after each must find all that was confirmed, nothing half there, and a journal that holds together.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.store.errors import StoreError
from tests.trials import forks
from tests.trials.acts import Act
from tests.trials.worlds import NAME

AGAIN = 0.3
"""The share of trials in which the start after a kill is killed too."""


@dataclass
class Found:
    """What so many trials found."""

    trials: int = 0
    killed: int = 0
    confirmed: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    """Seconds of the longest start after a kill."""

    def add(self, other: dict[str, Any]) -> None:
        """Count one trial."""
        self.trials += 1
        self.killed += other["killed"]
        self.confirmed += other["confirmed"]
        self.slowest = max(self.slowest, other["seconds"])
        if other["wrong"]:
            self.wrong[other["wrong"]] = self.wrong.get(other["wrong"], 0) + 1


def trials(act: Act, folder: Path, count: int, seed: int) -> Found:
    """Kill `act` so many times, each time in a world of its own within `folder`."""
    chance = random.Random(f"{seed} {act.name}")
    place = folder / "trial"
    path = begun(act, place)
    calls = forks.calls_of(lambda say: act.run(path, say), place)
    found = Found()
    for _number in range(count):
        path = begun(act, place)
        ended = forks.killed(lambda say, path=path: act.run(path, say), place, chance.randint(1, calls))  # type: ignore[misc]
        if ended.said and ended.said[-1].startswith("raised "):
            raise AssertionError(ended.said[-1])
        if chance.random() < AGAIN:
            again = chance.randint(1, 60)
            forks.killed(lambda say, path=path: act.opened(path).close(), place, again)  # type: ignore[misc]
        found.add(forks.answer(lambda path=path, ended=ended: look(act, path, ended)))  # type: ignore[misc]
    return found


def begun(act: Act, place: Path) -> Path:
    """A fresh world for an act; the path of its workspace."""
    ready = place.with_name(f"{place.name} ready")
    if not ready.exists():
        path = act.world.copy(ready)
        forks.answer(lambda: act.ready(path))
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ready, place)
    return place / NAME


def look(act: Act, path: Path, ended: forks.Ended) -> dict[str, Any]:
    """How the next start finds it, and what it finds."""
    seconds = 0.0
    try:
        workspace, seconds = act.begun(path)
        workspace.close()
        wrong = act.wrong(path, ended.said)
    except StoreError:
        wrong = "cannot be opened"
    return {"killed": ended.killed, "confirmed": len(ended.said), "wrong": wrong, "seconds": seconds}
