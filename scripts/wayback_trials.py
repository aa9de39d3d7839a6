"""Workbooks filled in at random and compared with what was sent, by a model that knows nothing of the program.

    python -m scripts.wayback_trials [--count N] [--seed N] [--only WORD]

Each of more than two hundred kinds is tried N times (50 unless said). The same seed gives the same trials. What is
proposed otherwise than the model says is told, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from desktop import paths
from desktop.export.intake.wayback import Kind
from desktop.model import Person
from desktop.service.workspace import Workspace
from tests.conftest import Clock
from tests.export.conftest import build
from tests.export.intake.wayback.conftest import Office
from tests.export.intake.wayback.trials import World, kinds, trial

ANEW = 25
"""Trials after which the workbook is sent anew: what the post does meanwhile adds up."""


def world(template: Path, folder: Path) -> World:
    """A workspace of its own, and a workbook of it."""
    folder.mkdir()
    shutil.copyfile(template, folder / "year.juntos")
    workspace = Workspace.open(folder / "year.juntos", clock=Clock())
    workspace.sign_in(Person.get(Person.name == "Kenji Sato").uid)
    return World(workspace, Office(workspace, folder).paper())


def main() -> int:
    """Try them all; 0 where all is proposed as the model says."""
    parser = argparse.ArgumentParser(prog="python -m scripts.wayback_trials", description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="trials of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="kinds with this word")
    asked = parser.parse_args()
    begun, done, failed, cells, cleared = time.monotonic(), 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as place:
        paths.use_home(place)
        template = Path(place) / "template.juntos"
        build(template)
        for number, (arranged, edit) in enumerate(kinds()):
            if asked.only and asked.only not in (arranged, edit):
                continue
            there = world(template, Path(place) / f"world{number}")
            for count in range(asked.count):
                if count and count % ANEW == 0:
                    there.workspace.close()
                    there = world(template, Path(place) / f"world{number}-{count}")
                seed = f"{asked.seed} {arranged} {edit} {count}"
                expected, got, found = trial(there, arranged, edit, seed)
                done, cells = done + 1, cells + len(expected)
                cleared += sum(each.kind is Kind.CLEAR and each.accepted for each in found)
                gone = [each for each in found if each.kind is Kind.GONE]
                if got != expected or gone:
                    failed += 1
                    print(f"{seed}: expected {expected}, proposed {got}, gone {len(gone)}", flush=True)
            there.workspace.close()
            for old in Path(place).glob("world*"):
                shutil.rmtree(old)
    seconds = time.monotonic() - begun
    print(
        f"{done} trials of {len(kinds())} kinds, {cells} proposals, {cleared} cells cleared unasked, {failed} wrong,"
    )
    print(f"{seconds:.0f} s")
    return 1 if failed or cleared else 0


if __name__ == "__main__":
    sys.exit(main())
