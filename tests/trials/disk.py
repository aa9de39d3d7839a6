"""The disk under a process, in our hands: `disk.c`, made by the C compiler and loaded before everything else.

A process that is to be watched is started by `environment()`; in it `watch`, `fail` and `kill` say what happens to the
files of one folder.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("disk.c")
OPENS, WRITES, SYNCS, RENAMES, REMOVES = 1, 2, 4, 8, 16
"""Kinds of calls that change a file or a folder."""
EVERY = OPENS | WRITES | SYNCS | RENAMES | REMOVES

_HEAD = struct.Struct("=cqqqq")


def available() -> str:
    """Why nothing can be watched here, as a sentence; '' where it can."""
    if sys.platform != "linux":
        return "the calls of a process are watched on Linux alone"
    return "" if shutil.which("cc") else "there is no C compiler (cc)"


def library(folder: Path) -> Path:
    """The watcher, made in this folder unless it is there already."""
    made = folder / "disk.so"
    if not made.exists():
        part = folder / f"disk.{os.getpid()}.so"
        command = [
            "cc",
            "-std=gnu11",
            "-O2",
            "-Wall",
            "-Werror",
            "-shared",
            "-fPIC",
            "-o",
            part,
            SOURCE,
            "-ldl",
        ]
        subprocess.run(command, check=True)
        part.replace(made)
    return made


def environment(folder: Path) -> dict[str, str]:
    """The environment of a process that can be watched."""
    return {**os.environ, "LD_PRELOAD": str(library(folder))}


def _here() -> ctypes.CDLL:
    loaded = ctypes.CDLL(None)
    loaded.disk_count.restype = ctypes.c_long
    loaded.disk_fail.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int]
    loaded.disk_kill.argtypes = [ctypes.c_long]
    loaded.disk_watch.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    return loaded


def watch(folder: Path | None, log: Path | None = None) -> None:
    """From here on count, and write into `log`, what this process does to the files of a folder; None: no more."""
    place = str(folder.resolve()).encode() if folder else None
    _here().disk_watch(place, str(log).encode() if log else None)


def fail(number: int, error: int, *, for_good: bool = False, kinds: int = EVERY) -> None:
    """Let the call of this number, of these kinds, counted from here, fail with an `errno`; 0: none any more."""
    _here().disk_fail(number, error, for_good, kinds)


def kill(number: int) -> None:
    """Kill this process right before the call of this number, counted from here."""
    _here().disk_kill(number)


def count() -> int:
    """Calls since `watch`, `fail` or `kill`."""
    return int(_here().disk_count())


class Call(NamedTuple):
    """One call of the log: its letter as in `disk.c`, or `A` for a mark of the process itself."""

    call: str
    path: str
    other: str
    offset: int
    data: bytes


def mark(log: Path, number: int) -> None:
    """Put a mark into the log: here, so far, the process had confirmed this much."""
    with log.open("ab", buffering=0) as stream:
        stream.write(_HEAD.pack(b"A", 0, 0, 0, number))


def calls(log: Path) -> Iterator[Call]:
    """The calls of a log in order; one that was cut off is left out."""
    content = log.read_bytes()
    place = 0
    while place + _HEAD.size <= len(content):
        call, path, other, data, offset = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        if place + path + other + data > len(content):
            return
        first = content[place : place + path].decode()
        second = content[place + path : place + path + other].decode()
        place += path + other
        yield Call(call.decode(), first, second, offset, content[place : place + data])
        place += data
