"""Files for others, asked for by chance of workspaces made by chance: nothing that is above their readers is in them.

    python -m tests.trials.redaction [--count N] [--seed N] [--careless]

Each text of a workspace has a word that stands nowhere else, in records and in what is kept beside them; so have the
texts that were there before. A file is unpacked, and every word, reference, uid and amount in it must be of those that
its audience sees, by a rule that the program has no part in. The same file for the post itself is the control: there
they are found. With `--careless` the program's views are switched off. `make test` runs a few.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from desktop import paths
from desktop.i18n import speaking
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC
from desktop.service.workspace import Workspace
from desktop.store import audience as views
from tests.export.conftest import Clock
from tests.export.unpacked import layers
from tests.trials import hidden
from tests.trials.hidden import Files
from tests.trials.outgoing import KINDS, TOLD_SINCE, Asking
from tests.trials.sight import leaks, secrets

A_WORLD = 6
"""So many exports are asked of each workspace."""


class Trial(NamedTuple):
    """An export for others: what was found in it, and how much of that is in the post's own."""

    kind: str
    audience: str
    files: int
    leaks: list[str]
    ours: int


def trials(folder: Path, count: int, seed: int, kinds: Sequence[str] = tuple(KINDS)) -> Iterator[Trial]:
    """So many exports, of each of these kinds in turn."""
    template = folder / "empty.juntos"
    with speaking("en"):
        hidden.empty(template)
    files: Any = None
    for number in range(count):
        if number % A_WORLD == 0:
            place = folder / str(number)
            place.mkdir()
            with speaking("en"):
                files = hidden.made(template, place, Random(f"{seed} {number}"))
        kind = kinds[number % len(kinds)]
        audience = Random(f"{seed} {number} whom").choice((PARTNER, PUBLIC))
        yield trial(files, kind, audience, f"{seed} {number}")


def trial(files: Files, kind: str, audience: str, seed: str) -> Trial:
    """One export, and the same one for the post."""
    theirs, ours = (_written(files, kind, each, seed) for each in (audience, INTERNAL))
    known = secrets(files, audience, told_since=kind in TOLD_SINCE)
    found, own = (
        {
            leak
            for name, content in written
            for text in {*layers(content, name)}
            for leak in leaks(text, known)
        }
        for written in (theirs, ours)
    )
    told = sorted(f"{kind} for {audience} (seed {seed!r}): {each}" for each in found)
    return Trial(kind, audience, len(theirs), told, len(own))


def _written(files: Files, kind: str, audience: str, seed: str) -> list[tuple[str, bytes]]:
    clock = Clock()
    workspace = Workspace.open(files.now, clock=clock)
    try:
        place = files.now.parent / audience
        place.mkdir(exist_ok=True)
        return list(KINDS[kind](Asking(workspace, audience, seed, place)))
    finally:
        workspace.close()


def main() -> int:
    """As many as asked; 0 where nothing is found in them, and something in those of the post."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    parser = argparse.ArgumentParser(prog="python -m tests.trials.redaction", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--careless", action="store_true")
    asked = parser.parse_args()
    if asked.careless:
        views.install = lambda connection, audience: None
    application = QApplication.instance() or QApplication([])
    found: list[Trial] = []
    with tempfile.TemporaryDirectory(prefix="juntos-redaction-") as place:
        paths.use_home(place)
        for each in trials(Path(place), asked.count, asked.seed):
            found.append(each)
            for leak in each.leaks[:5]:
                print(leak, flush=True)
    del application
    leaking = [each for each in found if each.leaks]
    figures = {
        "exports": len(found),
        "files": sum(each.files for each in found),
        "leaks": sum(len(each.leaks) for each in found),
        "leaking": len(leaking),
        "in ours": sum(each.ours for each in found),
        "kinds": dict(Counter(each.kind for each in found)),
        "kinds with none in ours": sorted({e.kind for e in found} - {e.kind for e in found if e.ours}),
    }
    print(json.dumps(figures))
    return 1 if leaking else 0


if __name__ == "__main__":
    sys.exit(main())
