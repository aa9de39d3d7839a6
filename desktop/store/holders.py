"""Whether a process has a database open, as far as the system tells: by its list of locks (Linux)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop.store import places
from desktop.store.connections import Identity, identity

LOCKS = Path("/proc/locks")
PROCESSES = Path("/proc")


def somebody_has(path: Path) -> bool:
    """Whether a process has the database open, where the system tells (Linux); else False, and it is checked again.

    The list names files by the device that is mounted and their number on it. On btrfs a file tells another device,
    and others may have its number: there, what the process has open decides, and where that cannot be seen, it may.
    """
    which = identity(path)
    if which is None or sys.platform != "linux":
        return False
    device, inode = which
    own = os.major(device), os.minor(device)
    mounted = None
    for number, there, file in _held():
        if file != inode:
            continue
        if there == own:
            return True
        if mounted is None:
            mounted = _numbers(places.device_of(path), 10)
        if there == mounted and _has(number, which):
            return True
    return False


def _held() -> Iterator[tuple[str, tuple[int, int], int]]:
    """The process, the device and the number of each file that is locked."""
    try:
        lines = LOCKS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        fields = line.split()
        if len(fields) < 8:
            continue
        # Counted from the end: one that waits has an arrow before it.
        number, (device, _colon, file) = fields[-4], fields[-3].rpartition(":")
        if file.isdigit():
            yield number, _numbers(device, 16), int(file)


def _numbers(device: str, base: int) -> tuple[int, int]:
    """Major and minor of a device; (-1, -1) where there is none."""
    major, _colon, minor = device.partition(":")
    try:
        return int(major, base), int(minor, base)
    except ValueError:
        return -1, -1


def _has(number: str, which: Identity) -> bool:
    """Whether a process has a file open; True where it cannot be seen what it has open."""
    try:
        opened = list((PROCESSES / number / "fd").iterdir())
    except OSError:
        return True
    return any(identity(each) == which for each in opened)
