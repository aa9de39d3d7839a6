"""A folder in memory, for work files that must not come to lie on a disk."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

MEMORY = ("tmpfs", "ramfs")
"""File systems that are no disk. What they hold can be swapped out, as all memory can."""
MOUNTS = Path("/proc/self/mounts")
SHARED = Path("/dev/shm")


def folder() -> Path | None:
    """A folder of this user's that lies in memory; None where there is none that only this user can enter."""
    if sys.platform == "win32":
        return None
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_absolute() and _is_private(Path(runtime)) and is_memory(Path(runtime)):
        return Path(runtime) / "juntos"
    if SHARED.is_dir() and is_memory(SHARED) and os.access(SHARED, os.W_OK):
        own = SHARED / f"juntos-{os.getuid()}"
        with suppress(OSError):
            own.mkdir(mode=0o700, exist_ok=True)
            if _is_private(own):  # everybody can make one of this name
                return own
    return None


def _is_private(place: Path) -> bool:
    """Whether it is a folder, no link, of this user's, and nobody else can enter it."""
    if sys.platform == "win32":
        return False  # rights are the folder's there
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def is_memory(place: Path) -> bool:
    """Whether a place lies in memory, as far as the system tells (Linux)."""
    try:
        lines = MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    kinds = {Path(words[1].replace("\\040", " ")): words[2] for words in map(str.split, lines)}
    place = place.resolve()
    return next((kinds[each] for each in (place, *place.parents) if each in kinds), "") in MEMORY
