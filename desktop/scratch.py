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

from desktop.paths import places, private_folder

if sys.platform != "win32":
    import fcntl

LOCK = "lock"
"""The file in each folder that its process holds for as long as it lives."""
UNHELD = 86_400
"""Seconds after which a folder without such a file goes too: its process was killed while it made it."""
MEMORY = ("tmpfs", "ramfs")
"""File systems that are no disk. What they hold can be swapped out, as all memory can."""
MOUNTS = Path("/proc/self/mounts")
SHARED = Path("/dev/shm")


@dataclass
class State:
    """What this process has made."""

    hides: bool = False
    made: dict[Path, tuple[Path, IO[bytes]]] = field(default_factory=dict)


_state = State()


def begin() -> None:
    """Work in the private folder from here on; once at start. Without one (no room, no rights) as the system has it."""
    with suppress(OSError):
        tempfile.tempdir = str(folder())


def hide() -> None:
    """Work in memory from here on, for as long as the process lives."""
    _state.hides = True
    begin()


def hidden() -> bool:
    """Whether what is worked on now lies on no disk."""
    return _state.hides and in_memory() is not None


def folder() -> Path:
    """The private folder, made at the first call; raises `OSError`."""
    root = (in_memory() if _state.hides else None) or places().cache / "temp"
    held = _state.made.get(root)
    if held is None or not held[0].is_dir():
        private_folder(root)
        sweep(root)
        _state.made[root] = held = _made(root)
    return held[0]


def new(purpose: str) -> Path:
    """A folder for one piece of work, which whoever asked takes away; raises `OSError`."""
    return Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=folder()))


def sweep(root: Path) -> None:
    """Take away the folders in `root` whose process is no more; those of others are left."""
    with suppress(OSError):
        for left in root.iterdir():
            with suppress(OSError):
                if left.is_dir() and not left.is_symlink() and _is_left(left):
                    _take_away(left)


def end() -> None:
    """Take away what this process made."""
    for made, lock in _state.made.values():
        lock.close()
        _take_away(made)
    _state.made.clear()


atexit.register(end)


def in_memory() -> Path | None:
    """A folder of this user's that lies in memory; None where there is none that only this user can enter."""
    if sys.platform == "win32":
        return None
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_absolute() and _is_private(Path(runtime)) and _is_memory(Path(runtime)):
        return Path(runtime) / "juntos"
    if SHARED.is_dir() and _is_memory(SHARED) and os.access(SHARED, os.W_OK):
        own = SHARED / f"juntos-{os.getuid()}"
        with suppress(OSError):
            own.mkdir(mode=0o700, exist_ok=True)
            if _is_private(own):  # everybody can make one of this name
                return own
    return None


def _take_away(made: Path) -> None:
    if os.name != "posix":
        for path in made.rglob("*"):
            with suppress(OSError):
                path.chmod(stat.S_IWRITE)  # what is read-only cannot be deleted there
    shutil.rmtree(made, ignore_errors=True)


def _is_private(place: Path) -> bool:
    """Whether it is a folder, no link, of this user's, and nobody else can enter it."""
    if sys.platform == "win32":
        return False  # rights are the folder's there
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _is_memory(place: Path) -> bool:
    try:
        lines = MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    kinds = {Path(words[1].replace("\\040", " ")): words[2] for words in map(str.split, lines)}
    place = place.resolve()
    return next((kinds[each] for each in (place, *place.parents) if each in kinds), "") in MEMORY


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


def _is_left(place: Path) -> bool:
    lock = place / LOCK
    if not lock.exists():
        return time.time() - place.stat().st_mtime > UNHELD
    if os.name != "posix":
        lock.unlink()  # raises where it is open
        return True
    with lock.open("rb") as file:
        _hold(file)
    return True
