"""A file that says that somebody is there: held for as long as its process lives, gone with an orderly end.

One that nobody holds was left by a process that was killed; `living` takes it away. Where a file system knows no locks
nobody counts as living.
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


class Alive:
    """Beside the file `of`, under a name of its own, until `end()`."""

    def __init__(self, of: Path) -> None:
        """Without rights or room nobody can be told; that is no error."""
        self.name = uuid4().hex
        self._path = of.with_name(f"{of.name}.{self.name}{SUFFIX}")
        self._held: IO[bytes] | None = None
        with contextlib.suppress(OSError):
            self._held = os.fdopen(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "rb")
            _hold(self._held)

    def end(self) -> None:
        """Be there no more."""
        if self._held is not None:
            self._held.close()
            with contextlib.suppress(OSError):
                self._path.unlink()


def living(of: Path) -> set[str]:
    """The names of those who are there for the file `of`, in this process or another."""
    found = set()
    for path in of.parent.iterdir():
        name = path.name.removeprefix(f"{of.name}.").removesuffix(SUFFIX)
        if path.name == f"{of.name}.{name}{SUFFIX}" and _is_held(path):
            found.add(name)
    return found


def _hold(file: IO[bytes]) -> None:
    if sys.platform != "win32":  # there a file that is open cannot be deleted, which tells it too
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_held(path: Path) -> bool:
    try:
        if sys.platform != "win32":
            with path.open("rb") as file:
                _hold(file)
        path.unlink()
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except OSError:
        return sys.platform == "win32"
    return False
