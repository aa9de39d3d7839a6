"""The witness: what the workspace file must hold, told by a small file beside it.

A database whose -wal was lost, an old copy put back, another file in its place: all of these are whole, as far as
SQLite can tell. So after each commit of an operation the witness is told the operation's number and the head of the
chain of hashes, and put on disk before the save is confirmed. It has two slots of a fixed size, written in turn, each
with a checksum: one is whole whatever happens. docs/decisions/the-witness.md gives the reasons.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from desktop.i18n import _, format_datetime, format_number, ngettext, why
from desktop.store.connections import Identity
from desktop.store.locking import Holder

if TYPE_CHECKING:
    from desktop.store.engine import Engine

SUFFIX = ".witness"
SLOT = 512
"""Bytes of a slot: what a disk writes as a whole."""
FORMAT = 1

BEHIND, OTHER, STALE_WAL, TAKEN_OVER = "behind", "other", "stale_wal", "taken_over"
"""What can be found at opening: operations are missing; the history is another one; a -wal did not belong to the file
and was moved aside; the lock of a process that is gone was taken over."""
WHEN = "\0"
"""Stands for an instant: by which clock it is told is known only once the workspace is read."""


@dataclass(frozen=True)
class Testimony:
    """What a slot says. `clock` and `head` are of the last operation: 0 and '' where there is none."""

    clock: int = 0
    head: str = ""
    device: int = 0
    inode: int = 0
    schema: int = 0
    rounds: int = 0
    """Of the key; 0 of a plain file."""
    at: str = ""
    """When it was written, UTC."""
    turn: int = 0
    """Counts what was written; the slot follows from it."""

    @property
    def identity(self) -> Identity:
        """Which file it speaks for."""
        return self.device, self.inode


_NAMES = tuple(each.name for each in fields(Testimony))


@dataclass(frozen=True)
class Finding:
    """What is not as it was left, found at opening."""

    kind: str
    words: str
    """What is told of it, with `WHEN` where the instant comes in."""
    missing: int = 0
    """Operations that were confirmed and are not in the file."""
    at: str = ""
    """When the last of them was confirmed, UTC; '' where that is not known."""
    aside: Path | None = None
    """What was moved out of the way."""

    def told(self, zone: str = "") -> str:
        """What is told of it, by the clock of a time zone; '' is that of this computer."""
        return self.words.replace(WHEN, shown(self.at, zone))


def place(path: Path) -> Path:
    """Where the witness of a workspace lies."""
    return path.with_name(path.name + SUFFIX)


def read(path: Path) -> Testimony | None:
    """What the witness of a workspace says last; None where there is none, or it says nothing that is whole."""
    file = place(path)
    try:
        if not file.is_file():  # a pipe would be waited for
            return None
        with file.open("rb") as stream:
            return _last(stream.read(2 * SLOT))
    except OSError:
        return None


def _last(content: bytes) -> Testimony | None:
    slots = [_slot(content[start : start + SLOT]) for start in (0, SLOT)]
    return max((slot for slot in slots if slot is not None), key=lambda slot: slot.turn, default=None)


@lru_cache(8)  # each commit reads both, and one is as it was
def _slot(content: bytes) -> Testimony | None:
    body, _space, rest = content.rpartition(b" ")
    if len(content) != SLOT or hashlib.sha256(body).hexdigest().encode() != rest.strip():
        return None
    try:
        told: dict[str, Any] = json.loads(body)
        return Testimony(**{name: told[name] for name in _NAMES})
    except (ValueError, KeyError, TypeError):
        return None


def _packed(told: Testimony) -> bytes:
    body = json.dumps(
        {"format": FORMAT, **{name: getattr(told, name) for name in _NAMES}}, separators=(",", ":")
    ).encode()
    body = body.ljust(SLOT - 66)
    return body + b" " + hashlib.sha256(body).hexdigest().encode() + b"\n"


class Witness:
    """The witness of one open workspace. What cannot be written is kept in `trouble`, told once, and never raised."""

    def __init__(self, path: Path) -> None:
        self.path = place(path)
        self.trouble = ""
        """Why the witness could not be written last, as a sentence; '' where it could."""
        self._handle: int | None = None
        self._turn = threading.Lock()

    def note(self, told: Testimony, *, lower: bool = False, sync: bool = True) -> None:
        """Put on disk what the workspace holds now; a lower clock takes a higher one's place only where `lower`."""
        try:
            with self._turn, self._held() as handle:
                os.lseek(handle, 0, os.SEEK_SET)  # Windows has no pread
                last = _last(os.read(handle, 2 * SLOT))
                if last is not None and last.clock > told.clock and not lower:
                    return
                told = replace(told, turn=(last.turn if last else 0) + 1, at=_now())
                os.lseek(handle, told.turn % 2 * SLOT, os.SEEK_SET)
                os.write(handle, _packed(told))
                if sync:
                    getattr(os, "fdatasync", os.fsync)(handle)
            self.trouble = ""
        except OSError as error:
            self.close()
            self.trouble = _(
                "{path} cannot be written: {why}. What you save is safe, but it would not be noticed if it were"
                " lost later."
            ).format(path=self.path, why=why(error))

    @contextmanager
    def _held(self) -> Iterator[int]:
        """The open file, which no other process writes meanwhile."""
        if self._handle is None or not self._in_place(self._handle):
            self.close()
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        handle = self._handle
        _lock(handle)
        try:
            yield handle
        finally:
            _unlock(handle)

    def _in_place(self, handle: int) -> bool:
        """Whether the open file still lies at its path."""
        try:
            there, here = self.path.stat(), os.fstat(handle)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)

    def close(self) -> None:
        """Let go of the file."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 4 * SLOT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, 4 * SLOT, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


# ---- what the file says to it


def compared(path: Path, told: Testimony | None, rows: Any) -> Finding | None:
    """What the witness has against the file; `rows` runs a query. None where the file holds all that it should."""
    if told is None or not told.clock:
        return None
    last = rows("SELECT clock, hash, id FROM operation ORDER BY id DESC LIMIT 1")
    clock, head, number = last[0] if last else (0, "", 0)
    if clock < told.clock:
        return _behind(path, told, told.clock - clock)
    if clock > told.clock:
        # The chain counts by one, so the operation is as many rows back.
        there = rows("SELECT clock, hash FROM operation WHERE id = ?", (number - (clock - told.clock),))
        if not there or there[0][0] != told.clock:
            there = rows("SELECT clock, hash FROM operation WHERE clock = ?", (told.clock,))
        head = there[0][1] if there else ""
    return None if head == told.head else _other(path, told)


def _behind(path: Path, told: Testimony, missing: int) -> Finding:
    sentence = ngettext(
        "{path} is older than it was left: {count} saved operation is missing, confirmed on {at}.",
        "{path} is older than it was left: the last {count} saved operations are missing, confirmed until {at}.",
        missing,
    ).format(path=path, count=format_number(missing), at=WHEN)
    way_on = _(
        "Perhaps an older copy was put back, or the file {wal} was lost. A backup may hold more; look before you"
        " go on with what is here."
    ).format(wal=path.name + "-wal")
    return Finding(BEHIND, f"{sentence} {way_on}", missing, told.at)


def _other(path: Path, told: Testimony) -> Finding:
    sentence = _(
        "{path} is not the workspace that was left here on {at}: its history is another one. Perhaps another"
        " copy was put in its place; look before you go on with it."
    ).format(path=path, at=WHEN)
    return Finding(OTHER, sentence, 0, told.at)


def taken_over(path: Path, holder: Holder | None) -> Finding | None:
    """That the lock of somebody was taken over, told; None where none was."""
    if holder is None:
        return None
    return Finding(
        TAKEN_OVER,
        _("The lock of {user} on {host}, who had {path} open and is gone, was taken over.").format(
            user=holder.user, host=holder.host, path=path
        ),
        at=holder.since,
    )


def accept(engine: Engine) -> None:
    """Go on with the file as it is: from now on the witness speaks for that."""
    engine.accept()


def shown(at: str, zone: str = "") -> str:
    """An instant by the clock of a time zone, to the minute; '' is that of this computer."""
    try:
        return format_datetime(dt.datetime.fromisoformat(at).astimezone(ZoneInfo(zone) if zone else None))
    except ValueError:
        return at
