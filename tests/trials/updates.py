"""Two processes that count in the same field of the same record: each update is in it, and who loses sees both values.

    python -m tests.trials.updates [--count N] [--careless]

Each writes the number that follows the one it read, and its own letter. `--careless` switches the check of the version
off. What was found is printed as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.model import Sector
from desktop.service import journal, operation, records
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace
from desktop.store.errors import Busy
from tests.store.faults import forked, said


def count_up(path: Path, times: int, letter: str, met: Callable[[], None], pipe: int) -> None:
    """Add one so many times; tells the conflicts, and those of them whose sentence had both values.

    Between its first look and its first update it waits for the other: one of them must lose then.
    """
    workspace = Workspace.open(path)
    conflicts = both = busy = done = 0
    while done < times:
        sector = Sector.get()
        number = int((sector.notes or "0").split()[0]) + 1
        if not (done or conflicts or busy):
            met()
        try:
            records.change(workspace, sector, {"notes": f"{number} {letter}"})
            done += 1
        except Conflict as error:
            conflicts += 1
            both += f"yours was “{number} {letter}”" in str(error) and "is now “" in str(error)
        except Busy:
            busy += 1
    workspace.close()
    os.write(pipe, f"{done} {conflicts} {both} {busy}\n".encode())


def race(folder: Path, count: int) -> dict[str, Any]:
    """What became of so many updates of two processes."""
    path = folder / "post.juntos"
    workspace = Workspace.create(path)
    records.add(workspace, Sector, {"name": "Digital"})
    workspace.close()
    begun = time.monotonic()
    doors = [os.pipe() for _each in "ab"]

    def meet(own: int) -> None:
        os.write(doors[own][1], b".")
        os.read(doors[1 - own][0], 1)

    children = [
        forked(lambda pipe, n=n: count_up(path, count // 2, "ab"[n], lambda: meet(n), pipe))  # type: ignore[misc]
        for n in range(2)
    ]
    told = []
    for child, reading in children:
        lines = said(reading)
        os.waitpid(child, 0)
        told.append([int(number) for number in lines[0].split()])
    done, conflicts, both, busy = (sum(column) for column in zip(*told, strict=True))
    workspace = Workspace.open(path)
    found = {
        "made": done,
        "counted": int(Sector.get().notes.split()[0]),
        "conflicts": conflicts,
        "conflicts with both values": both,
        "told that another program writes": busy,
        "in the journal": workspace.engine.rows("SELECT count(*) FROM change WHERE field = 'notes'")[0][0],
        "journal is whole": journal.broken_at() is None,
        "seconds": round(time.monotonic() - begun),
    }
    workspace.close()
    return found


def main() -> int:
    """0 where all are counted."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.updates", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--careless", action="store_true")
    asked = parser.parse_args()
    if asked.careless:
        operation._as_read = lambda record, version: ("id = ?", (record.id,))
    with tempfile.TemporaryDirectory(prefix="juntos-updates-") as place:
        paths.use_home(place)
        found = race(Path(place), asked.count)
    print(json.dumps(found))
    return 0 if found["made"] == found["counted"] == found["in the journal"] else 1


if __name__ == "__main__":
    sys.exit(main())
