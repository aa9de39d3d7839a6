"""The process that reads, from the program's side: started, listened to, stopped in time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from desktop.export.intake import limits

CHILD = "desktop.export.intake.child"
FROZEN_MARK = "--read-outside"
"""How a frozen program, which has no interpreter beside it, is told to be the reading process."""
LISTEN = 0.05
MOST_LINE = 100_000
PATIENCE = 6
"""How many times longer by the clock than by its work it may take: a busy machine refuses no sound file."""
_ROOT = Path(__file__).resolve().parents[3]


class Stopped(Exception):
    """The officer stopped it."""


def command() -> list[str]:
    """How the reading process is started."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_MARK]
    # On Windows that of a virtual environment starts another process, which the job would not let it.
    interpreter = getattr(sys, "_base_executable", "") if os.name == "nt" else ""
    return [interpreter or sys.executable, "-m", CHILD]


def environment() -> dict[str, str]:
    """Nothing of the user's but what Python and the system need to start."""
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    found = [str(_ROOT), *(entry for entry in sys.path if entry)]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(found)),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "MALLOC_ARENA_MAX": "1",  # each arena claims 64 MB of address space
    }


class Process:
    """One run. `outcome` is what the process said last of all, empty where it said nothing.

    `spent` is how many seconds it has worked, beginning with those of the run before it on the same file. `memory` is
    the bound for systems on which it cannot bind itself.
    """

    HOWS = ("quick", "careful")
    """How it can read: at first with calamine, where that stopped it without."""

    def __init__(
        self,
        file: BinaryIO,
        folder: Path,
        how: str,
        name: str,
        spent: float = 0.0,
        *,
        memory: int = limits.MEMORY,
    ) -> None:
        self.spent, self._before, self._begun = spent, spent, time.monotonic()
        self.allowed = limits.SECONDS
        self.outcome: dict[str, Any] = {}
        self.timed_out = False
        self._said: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        file.seek(0)
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            [*command(), str(folder), how, name],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment(),
            close_fds=True,
            creationflags=flags,
        )
        self._job: object = None
        if os.name == "nt":
            from desktop.export.intake import job  # ctypes

            try:
                self._job = job.confine(int(self._process._handle), memory)  # type: ignore[attr-defined]
            except OSError:
                self._process.kill()  # nothing is read without its limits
                self._process.wait()
                raise
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as output:
            while line := output.readline(MOST_LINE):
                try:
                    said = json.loads(line)
                except ValueError:
                    continue
                if isinstance(said, dict):
                    self._said.put(said)
        self._said.put(None)

    def _worked(self) -> float:
        """Seconds of work so far; by the clock alone where the system tells of no other process's."""
        clock = time.monotonic() - self._begun
        if sys.platform != "linux":
            return clock
        with suppress(OSError):
            # The clock of a process's work, as clock_getcpuclockid(3) makes its number from that of the process.
            return max(time.clock_gettime(~self._process.pid << 3 | 2), clock / PATIENCE)
        return clock

    def wait(self, go_on: Callable[[int, int], bool]) -> None:
        """Until it ends or its time is over; raises `Stopped` where `go_on` says so. It is gone afterwards."""
        done, total = 0, 0
        try:
            while True:
                try:
                    said = self._said.get(timeout=LISTEN)
                except queue.Empty:
                    said = {}
                if said is None:
                    return
                if "seconds" in said:
                    self.allowed = float(said["seconds"])
                elif "done" in said:
                    done, total = int(said["done"]), int(said["of"])
                elif said:
                    self.outcome = said
                if not go_on(done, total):
                    raise Stopped
                self.spent = self._before + self._worked()
                if self.spent > self.allowed:
                    self.timed_out = True
                    return
        finally:
            self._process.kill()
            self._process.wait()
            self._ear.join()
