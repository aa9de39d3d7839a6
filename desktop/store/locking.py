"""The lock file of a workspace on a share or in a cloud folder: who writes there, as locks of files cannot be trusted.

It names computer, user and process, and is touched every minute. One whose process is gone from this computer is taken
over; one that another computer has not touched for ten minutes may be, after asking. Computers of the same name are
told apart by what their systems call them (`machines`), where those tell it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import platform
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from desktop.i18n import _, why
from desktop.store import machines
from desktop.store.errors import Busy, Unwritable

SUFFIX = ".lock"
REFRESHED, STALE = 60.0, 600.0
"""Seconds between two touches, and after which a lock of another computer counts as forgotten."""


AHEAD = 86_400.0
"""Seconds by which a lock may be touched in the future; more, and some clock was set wrong."""
MOST = 4096
"""Bytes of a lock file; one of ours has some 300."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock."""

    host: str
    user: str
    pid: int
    since: str
    mark: str
    untouched: float = 0.0
    """Seconds since it was touched last."""
    machine: str = ""
    """Which computer that is, as `machines.this` tells; '' where it did not."""

    @property
    def is_here(self) -> bool:
        """Whether it is this computer: many are called the same."""
        return self.host == platform.node() and self.machine in ("", machines.this())

    @property
    def gone(self) -> bool:
        """Whether it was a process of this computer that is no more."""
        return self.is_here and not _alive(self.pid)

    @property
    def stale(self) -> bool:
        """Whether it may be taken over, after asking unless it is known to be gone."""
        # Here too: another process may have the number of one that is no more.
        # And the clock may have been wrong when it was touched: years may pass until that day.
        return self.gone or self.untouched > STALE or self.untouched < -AHEAD


def place(path: Path) -> Path:
    """Where the lock of a workspace lies."""
    return path.with_name(path.name + SUFFIX)


def holder(path: Path) -> Holder | None:
    """Who holds the lock of a workspace; None where nobody does."""
    file = place(path)
    try:
        with file.open("rb") as stream:
            told = json.loads(stream.read(MOST))
        untouched = time.time() - file.stat().st_mtime
        return Holder(
            str(told["host"]),
            str(told["user"]),
            int(told["pid"]),
            str(told["since"]),
            str(told["mark"]),
            untouched,
            str(told.get("machine", "")),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        # Half written, or not ours: somebody is there, and nobody knows who.
        return Holder("?", "?", 0, "", "", _untouched(file))


class Lock:
    """The lock of one open workspace, held from `Lock(path)` to `release()`."""

    def __init__(self, path: Path, *, take_over: bool = False) -> None:
        """Raises `Busy` where somebody else holds it, `Unwritable` where no file can be made."""
        self.path, self._workspace = place(path), path
        self.taken_from: Holder | None = None
        """Whose lock was taken over."""
        self._mark = uuid4().hex
        for _attempt in range(3):
            if self._made():
                break
            there = holder(path)
            if there is None:
                continue
            if not (there.gone or (take_over and there.stale)):
                raise _busy(path, there)
            self._clear(there)
            self.taken_from = there
        else:
            raise Busy(_("{path} is locked by another program.").format(path=path))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._refresh, name="lock", daemon=True)
        self._thread.start()

    def _made(self) -> bool:
        content = {
            "host": platform.node(),
            "machine": machines.this(),
            "user": getpass.getuser(),
            "pid": os.getpid(),
            "since": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "mark": self._mark,
        }
        try:
            handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return False
        except OSError as error:
            raise Unwritable(
                _("{path} cannot be made: {why}.").format(path=self.path, why=why(error))
            ) from None
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                self.path.unlink()
            raise Unwritable(
                _("{path} cannot be made: {why}.").format(path=self.path, why=why(error))
            ) from None
        return True

    def _clear(self, there: Holder) -> None:
        """Remove the lock of somebody who is gone, unless another took it over meanwhile."""
        aside = self.path.with_name(f"{self.path.name}.{self._mark}")
        with contextlib.suppress(OSError):
            self.path.rename(aside)
            try:
                mark = json.loads(aside.read_text("utf-8"))["mark"]
            except (OSError, ValueError, KeyError, TypeError):
                mark = ""
            if mark == there.mark:
                aside.unlink()
            else:
                aside.rename(self.path)

    def held(self) -> bool:
        """Whether it is still ours: another computer may have taken it over after this one slept."""
        try:
            return bool(json.loads(self.path.read_text("utf-8"))["mark"] == self._mark)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def refuse_taken_over(self) -> None:
        """Raise `Busy` where another has it now; one that was only removed is made again."""
        if not self.held() and not self._made() and not self.held():
            there = holder(self._workspace)
            if there is not None:
                raise _busy(self._workspace, there)

    def _refresh(self) -> None:
        while not self._ended.wait(REFRESHED):
            if self.held():
                with contextlib.suppress(OSError):
                    os.utime(self.path)

    def release(self) -> None:
        """Let others write."""
        self._ended.set()
        if self.held():
            with contextlib.suppress(OSError):
                self.path.unlink()


def _busy(path: Path, there: Holder) -> Busy:
    if there.host == "?":
        sentence = _("{path} is locked by somebody unknown.").format(path=path)
    else:
        sentence = _("{path} is open for {user} on {host}.").format(
            path=path, user=there.user, host=there.host
        )
    if there.stale:
        sentence += " " + _("Nothing was heard from there for a while; the lock can be taken over.")
    return Busy(sentence, there.host, there.user)


def _untouched(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return 0.0


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return False
        code = ctypes.c_ulong()
        ctypes.windll.kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
        ctypes.windll.kernel32.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # no process has such a number
        return False
    except OSError:
        return True
    return True
