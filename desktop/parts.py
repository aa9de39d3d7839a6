"""Files that take the place of others only when they are whole.

Each is written beside its place, for its owner's eyes alone, brought to disk, and then renamed over what stood there;
whatever goes wrong before leaves the old file as it was and nothing beside it. What is begun is noted in the private
folder of the process, on the disk even where an encrypted workspace is open: the path and nothing else. So the next
start takes away what a process left that was killed. Of what is written in that folder itself nothing is noted: it goes
with the folder, and its name may be confidential.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from desktop import scratch

PATTERN = re.compile(r"\..{0,200}\.[0-9a-f]{8}\.part", re.DOTALL)
"""How a part is called; nothing of another name is taken away."""
STALE = 86_400
"""Seconds after which a part goes with the next file of its name, whoever began it."""
AWAY = 90 * 86_400
"""Seconds for which a part is remembered whose folder is not there: a stick, a share."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` at the end of the block unless that raises; raises OSError."""
    _sweep_beside(path)
    part = path.absolute().with_name(f"{_start(path)}{secrets.token_hex(4)}.part")
    with _noted(part):
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            with suppress(OSError):  # what went wrong before is what is to be told; the note then stays
                part.unlink(missing_ok=True)
    _confirm(path.parent)


def begin() -> None:
    """Take away in the background what killed processes had begun; once at start."""
    left = [each for each in scratch.others() if (each / scratch.NOTES).is_dir()]
    if left:
        threading.Thread(target=sweep, args=(left,), name="parts", daemon=True).start()


def sweep(folders: Iterable[Path]) -> None:
    """Take away the parts noted in those of these folders whose process is no more."""
    for folder in folders:
        with suppress(OSError):
            if not scratch.is_left(folder):
                continue
            for note in (folder / scratch.NOTES).iterdir():
                with suppress(OSError):
                    _settle(note)
            (folder / scratch.NOTES).rmdir()  # raises where a note stays
            scratch.take_away(folder)


def _settle(note: Path) -> None:
    """Take away the part of a note, and the note; it stays where the part cannot be reached now. Raises `OSError`."""
    part = Path(os.fsdecode(note.read_bytes()))
    if part.is_absolute() and PATTERN.fullmatch(part.name):
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
        elif time.time() - note.stat().st_mtime < AWAY:
            return
    note.unlink(missing_ok=True)


@contextmanager
def _noted(part: Path) -> Iterator[None]:
    """Have it noted for the length of the block that there may be such a part; where nothing can be noted, without."""
    note = None
    with suppress(OSError):
        disk = scratch.on_disk()
        if not any(part.is_relative_to(own.absolute()) for own in (disk, scratch.folder())):
            (disk / scratch.NOTES).mkdir(mode=0o700, exist_ok=True)
            note = disk / scratch.NOTES / part.name[-13:-5]
            with os.fdopen(os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(os.fsencode(part))
    try:
        yield
    finally:
        with suppress(OSError):
            # Of a stick that is out nobody knows what is on it.
            if note is not None and part.parent.is_dir() and not part.exists():
                note.unlink()


def _start(path: Path) -> str:
    """How the parts of a file begin: no disk takes a name of more than 255 bytes."""
    return f".{os.fsencode(path.name)[:200].decode('utf-8', 'ignore')}."


def _confirm(folder: Path) -> None:
    """Bring the renaming to disk too, where the system has a way to say so."""
    if os.name == "posix":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _sweep_beside(path: Path) -> None:
    """Take away what is left of files of this very name, also by processes that noted nothing."""
    ours = re.compile(re.escape(_start(path)) + r"[0-9a-f]{8}\.part")
    with suppress(OSError):
        for left in path.parent.iterdir():
            if ours.fullmatch(left.name):
                with suppress(OSError):
                    if time.time() - left.stat().st_mtime > STALE:
                        left.unlink()
