"""One kind of trials: `python -m tests.trials KIND ACT WORLD COUNT SEED [careless]`; what was found, as JSON.

KIND is `kills`, `cuts` or `failing` (COUNT is then the step from one call to the next), WORLD `plain` or `encrypted`.
Started anew with the watcher loaded, in a folder of its own that is gone afterwards.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from desktop import paths
from desktop.store import keys
from tests.trials import careless, cuts, disk, failing, kills
from tests.trials.acts import ACTS
from tests.trials.worlds import PASSPHRASE

SELF = "JUNTOS_TRIALS"
"""Set where the watcher is loaded already."""


def main(kind: str, act: str, world: str, count: str, seed: str = "1", guard: str = "") -> None:
    """Run the trials and print what they found."""
    with tempfile.TemporaryDirectory(prefix="juntos-trials-") as place:
        folder = Path(place).resolve()
        if SELF not in os.environ:
            command = [sys.executable, "-m", "tests.trials", *sys.argv[1:]]
            environment = {**disk.environment(folder), SELF: "1"}
            raise SystemExit(os.spawnve(os.P_WAIT, sys.executable, command, environment))
        paths.use_home(folder / "home")
        keys.ROUNDS = (1000, 2000)  # the half second of a passphrase tells nothing here
        kinds = {each.name: each for each in ACTS}
        tried = kinds[act](kinds[act].begins(folder / "world", PASSPHRASE if world == "encrypted" else ""))
        if guard:
            careless.CARELESS[kind, act]()
        if kind == "failing":
            found = failing.trials(tried, folder, int(count))
        else:
            found = {"kills": kills, "cuts": cuts}[kind].trials(tried, folder, int(count), int(seed))
        print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main(*sys.argv[1:])
