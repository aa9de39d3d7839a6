"""The private folder of this process for work files: 0700, gone at its end.

`begin()` makes it in the cache of the user, lets `tempfile` and the libraries that use it work there, and takes away
what processes left that were killed. `hide()`, called when an encrypted workspace opens, moves all later work files to
memory, so that nothing of it comes to lie on a disk in plain. Where the system has no folder in memory (Windows,
macOS) they stay in the cache; `hidden()` tells.
"""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop import memory
from desktop.paths import places, private_folder

if sys.platform != "win32":
    import fcntl

LOOKED_AT = "opened"
"""What the folder of a copy is for that another program shows; that keeps what it has read."""
LOCK = "lock"
"""The file in each folder that its process holds for as long as it lives."""
NOTES = "parts"
"""The folder in it that tells which files the process has begun elsewhere; see `desktop.parts`."""
UNHELD = 86_400
"""Seconds after which a folder without such a file goes too: its process was killed while it made it."""


@dataclass
class State:
    """What this process has made."""

    hides: bool = False
    outside: str = ""  # where the system has its work files, from `begin()` on
    made: dict[Path, tuple[Path, IO[bytes]]] = field(default_factory=dict)


_state = State()


def begin() -> None:
    """Work in the private folder from here on; once at start. Without one (no room, no rights) as the system has it."""
    with suppress(OSError):
        _state.outside = _state.outside or tempfile.gettempdir()
    with suppress(OSError):
        tempfile.tempdir = str(folder())


def outside() -> str:
    """Where the system has its work files: for what is to stay when this process is no more."""
    return _state.outside or tempfile.gettempdir()


def hide() -> None:
    """Work in memory from here on, for as long as the process lives."""
    _state.hides = True
    begin()


def hidden() -> bool:
    """Whether what is worked on now lies on no disk."""
    return _state.hides and memory.folder() is not None


def folder() -> Path:
    """The private folder, made at the first call; raises `OSError`."""
    return _in((memory.folder() if _state.hides else None) or _disk())


def on_disk() -> Path:
    """The private folder that outlives a power cut, also where what is worked on is hidden; raises `OSError`."""
    return _in(_disk())


def others() -> list[Path]:
    """The folders on the disk that are not this process's own: of others that live, and of those that were killed."""
    mine = _state.made.get(_disk())
    with suppress(OSError):
        return [each for each in _disk().iterdir() if mine is None or each != mine[0]]
    return []


def _disk() -> Path:
    return places().cache / "temp"


def _in(root: Path) -> Path:
    held = _state.made.get(root)
    if held is None or not held[0].is_dir():
        private_folder(root)
        sweep(root)
        _state.made[root] = held = _made(root)
    return held[0]


def new(purpose: str) -> Path:
    """A folder for one piece of work, which whoever asked takes away; raises `OSError`."""
    return Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=folder()))


def forget(purpose: str) -> None:
    """Take away what `new()` made for a purpose."""
    for made, _lock in tuple(_state.made.values()):
        for left in made.glob(f"{purpose}-*"):
            take_away(left)


def sweep(root: Path) -> None:
    """Take away the folders in `root` whose process is no more; those of others are left."""
    with suppress(OSError):
        for left in root.iterdir():
            with suppress(OSError):
                if is_left(left):
                    _empty(left)


def end() -> None:
    """Take away what this process made, but not what tells of files begun elsewhere that are still there."""
    for made, lock in tuple(_state.made.values()):
        lock.close()
        with suppress(OSError):
            (made / NOTES).rmdir()  # raises where a note stays
        with suppress(OSError):
            _empty(made)
    _state.made.clear()


atexit.register(end)


def _empty(left: Path) -> None:
    """Take away a folder; of one that tells what was begun elsewhere, all but that."""
    if not (left / NOTES).is_dir():
        take_away(left)
        return
    for each in left.iterdir():
        if each.is_dir() and not each.is_symlink() and each.name != NOTES:
            take_away(each)
        elif each.name not in (NOTES, LOCK):
            with suppress(OSError):
                each.unlink()


def take_away(made: Path) -> None:
    """Take away a folder, whatever is in it."""
    if os.name != "posix":
        for path in made.rglob("*"):
            with suppress(OSError):
                path.chmod(stat.S_IWRITE)  # what is read-only cannot be deleted there
    shutil.rmtree(made, ignore_errors=True)


def _made(root: Path) -> tuple[Path, IO[bytes]]:
    made = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=root))
    new = made / f".{LOCK}"
    lock = new.open("wb")
    try:
        _hold(lock)
        if os.name == "posix":
            new.rename(made / LOCK)  # held before anybody can see it
        else:
            lock.close()
            new.unlink()
            lock = (made / LOCK).open("wb")  # an open file cannot be deleted there
    except BaseException:
        lock.close()
        raise
    return made, lock


def _hold(lock: IO[bytes]) -> None:
    """Hold the file of a folder; raises `OSError` where its process does."""
    if sys.platform != "win32":
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_left(place: Path) -> bool:
    """Whether a folder's process is no more; raises `OSError` where it lives."""
    if place.is_symlink() or not place.is_dir():
        return False
    lock = place / LOCK
    if not lock.exists():
        return time.time() - place.stat().st_mtime > UNHELD
    if os.name != "posix":
        lock.unlink()  # raises where it is open
        lock.touch()  # whoever looks next is to find the same
        return True
    with lock.open("rb") as file:
        _hold(file)
    return True
