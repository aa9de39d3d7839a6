"""A restore that is killed before each of its calls to the system in turn, and again while the next start recovers.

Run as `python -m tests.store.restore_kills FOLDER [careless]`: a process of its own, as it forks. It prints what it
found as JSON. `careless` moves the files without writing down what is under way, which must be seen to lose something.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.model import FollowUp
from desktop.service import backups, journal
from desktop.service.workspace import Workspace
from desktop.store import connections, kept, keys, restoring
from desktop.store.errors import StoreError
from tests.store.images import PASSPHRASE

CALLS = ("replace", "mkdir", "unlink", "fsync", "open", "write", "close")
"""What changes files, as far as it goes through `os`; SQLite itself writes only files that nobody counts on yet."""


def killed_before(number: int) -> None:
    """Have this process killed right before its call of this number to the system."""
    left = [number]

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*of: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*of, **more)

        return instead

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))


def died(act: Callable[[], None], number: int) -> bool:
    """Run `act` in a child that is killed before that call; whether it came so far."""
    child = os.fork()
    if child == 0:
        killed_before(number)
        try:
            act()
        finally:
            os._exit(0)
    _number, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def looked_at(path: Path) -> str:
    """Which state is there: `old`, `new`, or what is wrong."""
    try:
        workspace = Workspace.open(path, passphrase=PASSPHRASE)
    except StoreError as error:
        return str(error)
    there = FollowUp.select().where(FollowUp.title == "After the backup").exists()
    sound = workspace.engine.rows("PRAGMA integrity_check") == [("ok",)] and journal.broken_at() is None
    left = [each for each in (restoring.RESTORING, restoring.INTENT) if restoring.beside(path, each).exists()]
    workspace.close()
    return ("old" if there else "new") if sound and not left else f"unsound or left over: {left}"


def careless_exchange(path: Path, clock: int, *_more: Any) -> Path | None:
    """`exchange` as it must not be: nothing is written down, and the -wal stays where it is."""
    aside = kept.aside_folder(path)
    aside.mkdir(exist_ok=True)
    path.replace(aside / path.name)
    restoring.beside(path, restoring.RESTORING).replace(path)
    return aside / path.name


def copied(folder: Path, to: Path) -> Path:
    """The workspace in a copy of a folder."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    return to / "post.juntos"


def again_died(left: Path, place: Path, number: int) -> bool:
    """Recover from what a kill left, and be killed before that call; whether it came so far."""
    path = copied(left, place)
    return died(lambda: restoring.recover(path) and None, number)


def main(folder: Path, careless: bool) -> dict[str, Any]:
    """All first kills; and of each state on the disk that these leave, all second ones, until one comes through."""
    keys.ROUNDS = (1000, 2000, 3000, 4000)
    connections.KEYED["cipher_memory_security"] = 0  # it takes ten times as long, and changes no file
    if careless:
        restoring.exchange = careless_exchange
    found: Counter[str] = Counter()
    known: set[frozenset[tuple[str, int]]] = set()
    first, again = 0, 0
    place, left = folder.with_name("trial"), folder.with_name("left")
    going = True
    while going:
        path = copied(folder, place)
        newest = next(each for each in kept.listed(path) if each.why == "asked")
        going = died(lambda: backups.restore(path, newest, passphrase=PASSPHRASE) and None, first)  # noqa: B023
        first += 1
        copied(place, left)
        found[looked_at(path)] += 1
        state = frozenset((file.name, file.stat().st_size) for file in left.rglob("*"))
        if careless or state in known or not restoring.beside(left / path.name, restoring.INTENT).exists():
            continue
        known.add(state)
        second = 0
        while again_died(left, place, second):
            again += 1
            found[looked_at(path)] += 1
            second += 1
    return {"first": first, "again": again, "states": found}


if __name__ == "__main__":
    where, *guard = sys.argv[1:]
    print(json.dumps(main(Path(where), bool(guard))))
