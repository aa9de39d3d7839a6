"""The trials of `docs/reliability.md` in full, as a table: what must not happen, tried so many times, and the controls.

    python -m scripts.trials [--share 0.01] [--only WORD] [--jobs 2]

`--share` runs that part of each number. A row says what was tried, how often, what was found, and what its control
found with the guard switched off. The command ends with 1 where anything was found, or a control found nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from tests.trials import disk
from tests.trials.careless import CARELESS

RAW = re.compile(r"raised .*(sqlcipher3\.dbapi2\.|OSError: |unreadable)")
"""What a control ends with where what the disk said came through as it was, or an old file did not stand."""
SLOWEST = 3.0
"""Seconds that a start after a kill may take."""
FEW = 40
"""Trials of a control."""


class Outcome(NamedTuple):
    """How often something was tried, what was found, and whether that is as it must be."""

    count: int
    found: str
    well: bool


class Row(NamedTuple):
    """A line of the table; `run` is handed how many trials, `control` runs a few with the guard switched off."""

    what: str
    world: str
    count: int
    run: Callable[[int], Outcome]
    control: Callable[[], Outcome] | None = None


def told(*command: str, code: bool = False) -> Any:
    """What a module of the tests says as JSON; raises `RuntimeError` where it says something else."""
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    try:
        return json.loads(lines[-1] if not code else done.stdout)
    except (IndexError, ValueError):
        raise RuntimeError((done.stderr or done.stdout)[-2000:]) from None


def tried(kind: str, act: str, world: str, count: int, *guard: str) -> Outcome:
    """Trials of `tests.trials`."""
    try:
        found = told("tests.trials", kind, act, world, str(count), "1", *guard)
    except RuntimeError as error:
        if guard and kind == "failing" and RAW.search(str(error)):
            return Outcome(1, "an error that nobody had put into words", True)
        raise
    wrong = sum(found["wrong"].values())
    words = ", ".join(f"{number} {what}" for what, number in found["wrong"].items()) or "0 wrong"
    if kind == "kills":
        words += f"; start {found['slowest']:.1f} s at most"
    if found["confirmed"]:
        words += f"; {found['confirmed']:,} confirmed"
    if guard:
        return Outcome(found["trials"], words, wrong > (found["trials"] / 10 if kind == "cuts" else 0))
    sound = not wrong and (kind != "kills" or found["slowest"] <= SLOWEST)
    if kind == "kills" and found["killed"] < 0.95 * found["trials"]:
        # A few end before their last call comes: how many there are depends on what the disk had to do.
        words, sound = f"only {found['killed']:,} were killed; {words}", False
    return Outcome(found["trials"], words, sound)


def disk_row(kind: str, what: str, act: str, world: str, count: int, control: bool) -> Row:
    """A row of kills, of power cuts (`cuts`), or of a disk that fails (count is then a step)."""
    return Row(
        what.format(act),
        world,
        count,
        lambda number: tried(kind, act, world, number),
        (lambda: tried(kind, act, world, 7 if kind == "failing" else FEW, "careless")) if control else None,
    )


def suite(*nodes: str, controls: str = "control") -> tuple[Callable[[int], Outcome], Callable[[], Outcome]]:
    """What tests of the suite say; those with the word in their name are the control."""

    def run(word: str) -> Outcome:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *nodes, "-k", word]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        last = (done.stdout.strip().splitlines() or ["nothing"])[-1]
        passed = int(last.split()[0]) if " passed" in last else 0
        return Outcome(passed, last.split(" in ")[0], done.returncode == 0)

    return (lambda _count: run(f"not {controls}")), (lambda: run(controls))


def updates(count: int, *guard: str) -> Outcome:
    """Two processes that write one field."""
    found = told("tests.trials.updates", "--count", str(count), *guard, code=True)
    both = found["conflicts"] == found["conflicts with both values"]
    words = f"{found['counted']:,} counted; {found['conflicts']:,} conflicts, both values in each: {both}"
    return Outcome(found["made"], words, (found["counted"] == found["made"] and both) != bool(guard))


def bits(count: int, *guard: str) -> Outcome:
    """Bits that turn in stored texts."""
    made = told("tests.service.flips", "--count", str(count), *guard)
    whole = made["found"] == made["turned"]
    return Outcome(made["turned"], f"{made['found']:,} found", whole != bool(guard))


def roundtrip(count: int, *guard: str) -> Outcome:
    """Generated records out and in again."""
    command = [sys.executable, "-m", "tests.trials.roundtrip", "--count", str(count), *guard]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stdout.splitlines() if line.startswith("by_") or not guard]
    well = done.returncode == 0
    if guard:
        differ = [int(found[1]) for line in said if (found := re.search(r"(\d+) differences", line))]
        well = len(differ) == 2 and any(differ)
    return Outcome(count, "; ".join(said), well)


AWAY = "taking the passphrase away"
"""What begins in an encrypted workspace alone."""


def redaction(count: int, *guard: str) -> Outcome:
    """Files for others, of workspaces made by chance."""
    made = told("tests.trials.redaction", "--count", str(count), *guard)
    words = (
        f"{made['leaks']:,} leaks in {made['files']:,} files;"
        f" {made['in ours']:,} of what is hidden in the post's own"
    )
    return Outcome(made["exports"], words, bool(made["in ours"]) and bool(made["leaks"]) == bool(guard))


KILLS = (
    "saving",
    "importing",
    "exporting",
    "backing up",
    "migrating",
    "migrating from the second release",
    "migrating from the third release",
    "changing the passphrase",
    AWAY,
    "restoring",
)
CUTS = {"saving": 5000, "exporting": 500, "backing up": 500, "changing the passphrase": 500, "restoring": 500}
SUITES = {
    "stale and lost -wal, old copies, files replaced": (
        "tests/store/test_looking.py",
        "tests/store/test_witness.py",
    ),
    "rows, chain, bytes: Check": ("tests/service/test_checking.py", "tests/service/test_tampering.py"),
    "restore drill, backups": ("tests/store/test_restoring.py", "tests/service/test_backups.py"),
    "full disk, no rights, two writers": ("tests/store/test_faults.py",),
}


def rows() -> list[Row]:
    """The table, in order."""
    found = [
        disk_row(
            "kills", "kill -9 while {}", act, world, 1000, world == "plain" and ("kills", act) in CARELESS
        )
        for act in KILLS
        for world in ("plain", "encrypted")
        if world == "encrypted" or act != AWAY
    ]
    found += [
        disk_row(
            "cuts", "power lost while {}", act, world, count, world == "plain" and ("cuts", act) in CARELESS
        )
        for act, count in CUTS.items()
        for world in ("plain", "encrypted")
    ]
    found += [
        disk_row(
            "failing", "the disk refuses each call while {}", act, world, 1, ("failing", act) in CARELESS
        )
        for act in KILLS
        for world in ("encrypted" if act == AWAY else "plain",)
    ]
    found += [Row(what, "both", 0, *suite(*nodes)) for what, nodes in SUITES.items()]
    found.append(Row("a bit turned in a stored text", "plain", 300, bits, lambda: bits(FEW, "--careless")))
    found.append(
        Row("two processes, one field", "plain", 10_000, updates, lambda: updates(300, "--careless"))
    )
    found.append(
        Row(
            "generated records out and in again",
            "plain",
            10_000,
            roundtrip,
            lambda: roundtrip(FEW, "--careless"),
        )
    )
    found.append(
        Row("random exports for others", "plain", 200, redaction, lambda: redaction(FEW, "--careless"))
    )
    return found


def line(row: Row, share: float) -> tuple[str, bool]:
    """Run a row; how it stands in the table, and whether it is as it must be."""
    begun = time.monotonic()
    # Of a disk that refuses, the number is a step: each call, or each of so many.
    number = max(1, round(row.count * share if row.count > 1 else row.count / share))
    try:
        done = row.run(number)
        control = row.control() if row.control else None
    except RuntimeError as error:
        return f"| {row.what} | {row.world} | – | FAILED: {error} | – | – |", False
    guard = f"{control.count}: {control.found}" if control else "–"
    well = done.well and (control is None or control.well)
    took = time.monotonic() - begun
    mark = "" if well else "**NOT AS IT MUST BE** "
    return (
        f"| {row.what} | {row.world} | {done.count:,} | {mark}{done.found} | {guard} | {took:.0f} s |",
        well,
    )


def main() -> int:
    """Print the table; 0 where all is as it must be."""
    parser = argparse.ArgumentParser(prog="python -m scripts.trials", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of each number of trials")
    parser.add_argument("--only", default="", help="rows with this word")
    parser.add_argument("--jobs", type=int, default=2, help="rows at a time")
    asked = parser.parse_args()
    why = disk.available()
    if why:
        print(f"Kills, power cuts and failing disks are not tried: {why}.", flush=True)
    chosen = [row for row in rows() if asked.only in f"{row.what} {row.world}"]
    if why:
        chosen = [row for row in chosen if row.count not in (1, 500, 1000, 5000)]
    print("| trial | world | trials | found | control | took |\n|---|---|---|---|---|---|", flush=True)
    all_well = True
    with ThreadPoolExecutor(asked.jobs) as pool:
        for text, well in pool.map(lambda row: line(row, asked.share), chosen):
            print(text, flush=True)
            all_well = all_well and well
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
