"""Whose turn it is at a workspace while it is restored: a file that the system locks, and frees with the process.

What a restore moves must not be moved by another start that takes it for one that was interrupted, and nobody is to
open the file meanwhile. The lock file is removed at the end; one that a kill left is nobody's, and the next goes by it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.i18n import _, why
from desktop.store import places
from desktop.store.errors import Busy, StoreError
from desktop.store.holders import somebody_has
from desktop.store.locking import Lock, holder

SUFFIX = ".restore-lock"
WAIT, AGAIN = 5.0, 0.05
"""Seconds that a start waits for a restore to end, and between two looks."""
HELD = {errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""What the system says of a lock that another has."""


def place(path: Path) -> Path:
    """Where the lock of a restore lies."""
    return path.with_name(path.name + SUFFIX)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has the workspace, nor comes to it meanwhile; raises `Busy`, or `StoreError` for the disk's."""
    refuse_open(path)
    if not path.parent.is_dir():
        raise StoreError(_("There is no folder {folder}.").format(folder=path.parent))
    lock = Lock(path) if places.kind_of(path).kind != places.LOCAL else None
    try:
        with turn(path):
            yield
    except OSError as error:
        raise StoreError(
            _("{path} cannot be restored: {why}. Nothing was changed.").format(path=path, why=why(error))
        ) from error
    finally:
        if lock is not None:
            lock.release()


def refuse_open(path: Path) -> None:
    """Raise `Busy` where somebody has the workspace open, as far as the system tells."""
    if path.exists() and somebody_has(path):
        raise Busy(_("{path} is open in a window or another program. Close it first.").format(path=path))


def wait_for_others(path: Path) -> None:
    """Wait for whoever holds the lock of a workspace on a share, where those of the system may reach nobody else.

    Raises `Busy` as `turn` does. Not for whoever holds it.
    """
    away, last = places.kind_of(path).kind != places.LOCAL, time.monotonic() + WAIT
    while away and (there := holder(path)) is not None and not there.stale:
        _wait(path, last)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Have the workspace to restore it; raises `Busy` where another has, and does not end in `WAIT` seconds.

    Where no such file can be made or locked, there is nothing to wait for.
    """
    handle = _locked(place(path), path)
    try:
        yield
    finally:
        if handle is not None:
            _let_go(place(path), handle)


def _locked(file: Path, path: Path) -> int | None:
    last = time.monotonic() + WAIT
    while True:
        handle = None
        try:
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            _lock(handle)
            if _in_place(file, handle):
                return handle
            os.close(handle)  # whoever had it has removed it
        except OSError as error:
            if handle is None:
                # Another user's cannot be opened: it is theirs as long as it is there.
                if error.errno not in HELD or not file.exists():
                    return None
            elif error.errno in HELD:
                os.close(handle)
            else:
                _let_go(file, handle)  # no lock can be had here, so it is of no use to anybody
                return None
            _wait(path, last)


def _wait(path: Path, last: float) -> None:
    """Wait a little; raises `Busy` where it has been long enough."""
    if time.monotonic() > last:
        raise Busy(
            _("{path} is being restored in another window or program. Try again when that has ended.").format(
                path=path
            )
        )
    time.sleep(AGAIN)


def _in_place(file: Path, handle: int) -> bool:
    try:
        there, here = file.stat(), os.fstat(handle)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _let_go(file: Path, handle: int) -> None:
    with contextlib.suppress(OSError):  # Windows removes none that is open
        file.unlink()
    with contextlib.suppress(OSError):
        os.close(handle)
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            file.unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
