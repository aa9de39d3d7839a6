"""What a workspace file that was renamed left under its former name: after a crash, its last saves are there.

A -wal goes by the name of its file, and so does the journal on a share, without which half a save stays in the file.
Whoever renames the file alone would lose what they hold, in silence, as the witness stays behind too. A file is known
by its number on the disk, which another may have been given by now: so what the witness told last must be in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from desktop.store import leftovers, looking, witness
from desktop.store.connections import identity
from desktop.store.holders import somebody_has
from desktop.store.keys import Key
from desktop.store.witness import Testimony

BROUGHT = (".drafts-wal", ".drafts", witness.SUFFIX)
"""What else goes with a file, the witness last: as long as it has its former name, the next opening goes on."""

_LEFT = ((looking.has_content, looking.wal), (looking.has_journal, looking.journal))
"""What a save that was cut short needs, and is moved before the file is looked at."""


def brought(path: Path, key: Key | None) -> Testimony | None:
    """Bring what stands under the former name of a file beside it; returns what its witness says.

    None where the file was not renamed, or nothing proves it: then all stays where it is.
    """
    for former, told in _formers(path):
        moves = [(at(former), at(path)) for lies, at in _LEFT if lies(former) and not lies(path)]
        with contextlib.suppress(OSError):
            for file, own in moves:
                file.replace(own)
            if leftovers.holds(path, key, (told.clock, told.head)):
                for suffix in BROUGHT:
                    _bring(Path(f"{former}{suffix}"), Path(f"{path}{suffix}"))
                Path(f"{former}-shm").unlink(missing_ok=True)
                return told
            for file, own in moves:
                own.replace(file)
                Path(f"{path}-shm").unlink(missing_ok=True)
    return None


def _formers(path: Path) -> Iterator[tuple[Path, Testimony]]:
    """Names in the same folder at which there is no file any more, and whose witness speaks for this one."""
    try:
        left = sorted(path.parent.glob(f"*{witness.SUFFIX}"))
    except OSError:
        return
    for file in left:
        former = file.with_name(file.name.removesuffix(witness.SUFFIX))
        told = None if former.exists() else witness.read(former)
        if told is not None and told.clock and told.identity == identity(path) and not somebody_has(path):
            yield former, told


def _bring(file: Path, target: Path) -> None:
    if file.exists() and not target.exists():
        file.replace(target)
