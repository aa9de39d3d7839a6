"""The power goes at random moments of an act: what the disk may hold then, opened as at any other start."""

from __future__ import annotations

import bisect
import random
import shutil
from pathlib import Path

from tests.trials import disk, forks
from tests.trials.acts import Act
from tests.trials.kills import Found, begun, look
from tests.trials.power import Disk


def trials(act: Act, folder: Path, count: int, seed: int) -> Found:
    """Cut the power so many times, each time at another moment or with another image of the disk."""
    chance = random.Random(f"{seed} {act.name} power")
    place, image, log = folder / "recorded", folder / "image", folder / "calls.log"
    path = begun(act, place)
    there = Disk(place)
    log.unlink(missing_ok=True)
    ended = forks.child(lambda say: _recorded(act, path, log))
    if ended.said:
        raise AssertionError(ended.said[-1])
    calls = list(disk.calls(log))
    moments = sorted(chance.randint(1, len(calls)) for _number in range(count))
    found, confirmed = Found(), 0
    for number, call in enumerate(calls, 1):
        if call.call == "A":
            confirmed = call.offset
        else:
            there.do(call)
        for _each in range(bisect.bisect_right(moments, number) - bisect.bisect_left(moments, number)):
            shutil.rmtree(image, ignore_errors=True)
            there.image(image, chance)
            gone = forks.Ended(["saved"] * confirmed, True)
            found.add(forks.answer(lambda gone=gone: look(act, image / path.name, gone)))  # type: ignore[misc]
    return found


def _recorded(act: Act, path: Path, log: Path) -> None:
    said = 0

    def say(_line: str) -> None:
        nonlocal said
        said += 1
        disk.mark(log, said)

    disk.watch(path.parent, log)
    act.run(path, say)
