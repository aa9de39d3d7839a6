"""A file that says that somebody is there: held for as long as its process lives, gone with an orderly end.

One that nobody holds was left by a process that was killed; `living` takes it away. Where a file system knows no locks
there is no such file, and nobody counts as living.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO
from uuid import uuid4

if sys.platform != "win32":
    import fcntl

SUFFIX = ".alive"
TRIES = 5
"""So many names: another start may take a file for a left one before it is held."""


class Alive:
    """Beside the file `of`, under a name of its own, until `end()`."""

    def __init__(self, of: Path) -> None:
        """Without rights, room or locks nobody can be told; that is no error."""
        self._held: IO[bytes] | None = None
        for _attempt in range(TRIES):
            self.name = uuid4().hex
            self._path = of.with_name(f"{of.name}.{self.name}{SUFFIX}")
            with contextlib.suppress(OSError):
                self._held = os.fdopen(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "r+b")
                _hold(self._held)
                if _leads_to(self._path, self._held):
                    break
            self.end()

    def end(self) -> None:
        """Be there no more."""
        if self._held is not None:
            self._held.close()
            self._held = None
            with contextlib.suppress(OSError):
                self._path.unlink()


def living(of: Path) -> set[str]:
    """The names of those who are there for the file `of`, in this process or another; raises `OSError`."""
    found = set()
    for path in of.parent.iterdir():
        name = path.name.removeprefix(f"{of.name}.").removesuffix(SUFFIX)
        if path.name == f"{of.name}.{name}{SUFFIX}" and _is_held(path):
            found.add(name)
    return found


def _hold(file: IO[bytes]) -> None:
    if sys.platform != "win32":  # there a file that is open cannot be deleted, which tells it too
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _leads_to(path: Path, file: IO[bytes]) -> bool:
    return sys.platform == "win32" or os.path.samestat(path.stat(), os.fstat(file.fileno()))


def _is_held(path: Path) -> bool:
    """Whether somebody lives there; what was left is taken away while it is held, so that nobody takes hold of it."""
    try:
        if sys.platform == "win32":
            path.unlink()
        else:
            with path.open("r+b") as file:  # on NFS, only who may write may lock
                _hold(file)
                with contextlib.suppress(OSError):
                    path.unlink()
    except (BlockingIOError, PermissionError):
        return True  # a file of another user is not ours to judge
    except FileNotFoundError:
        return False
    except OSError:
        return sys.platform == "win32"
    return False
