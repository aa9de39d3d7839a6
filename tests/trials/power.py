"""The power goes: what a disk may hold afterwards, made from the calls that a process had done until then.

The model is a file system that keeps a journal of its names, as ext4, NTFS and APFS do: what was synced is there; of
what was written since, each sector may be there or not, in any order; names that were made, changed or removed are
kept in order, and all that came before it with the next sync. A file's end lies as far as the writes that survived
say; sectors between that did not are zeros.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.trials.disk import Call

SECTOR = 512


@dataclass
class File:
    """A file's content as it was synced, and what was done to it since."""

    synced: bytes = b""
    since: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        """All that was done is on the disk."""
        self.synced = after(self.synced, self.since)
        self.since = []


def after(content: bytes, done: Iterable[Call]) -> bytes:
    """The content of a file after calls to it, all of them whole."""
    now = bytearray(content)
    for call in done:
        if call.call == "W":
            _put(now, call.offset, call.data)
        elif call.call == "T":
            _cut(now, call.offset)
        else:
            del now[:]
    return bytes(now)


def torn(content: bytes, done: Iterable[Call], chance: random.Random) -> bytes:
    """The content after a power cut: of each write any of its sectors, in the order of the disk's own choosing."""
    now = bytearray(content)
    pieces: list[Call] = []
    for call in done:
        if call.call != "W":
            pieces.append(call)
            continue
        for start in range(0, len(call.data), SECTOR):
            pieces.append(call._replace(offset=call.offset + start, data=call.data[start : start + SECTOR]))
    share = chance.choice((0.0, 0.2, 0.5, 0.8, 0.95, 1.0))
    for piece in pieces:
        if chance.random() >= share:
            continue
        if piece.call == "W":
            _put(now, piece.offset, piece.data)
        elif piece.call == "T":
            _cut(now, piece.offset)
        else:
            del now[:]
    return bytes(now)


def _put(now: bytearray, offset: int, data: bytes) -> None:
    now.extend(b"\0" * (offset - len(now)))
    now[offset : offset + len(data)] = data


def _cut(now: bytearray, length: int) -> None:
    del now[length:]
    now.extend(b"\0" * (length - len(now)))


class Disk:
    """The files of one folder, call by call; `image` is what could be found there if the power went now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.names: dict[str, File] = {
            str(path): File(path.read_bytes()) for path in self.folder.rglob("*") if path.is_file()
        }
        self._kept = dict(self.names)
        self._renamed: list[dict[str, File]] = []
        """What the names were after each change since the last sync."""

    def do(self, call: Call) -> None:
        """Let a call happen."""
        if call.call == "R":
            self.names[call.other] = self.names.pop(call.path, File())
        elif call.call == "U":
            self.names.pop(call.path, None)
        elif call.call == "O" and call.path not in self.names:
            self.names[call.path] = File()
        elif call.call == "S":
            if call.path in self.names:
                self.names[call.path].sync()
            self._kept, self._renamed = dict(self.names), []
            return
        else:
            if call.call in "WTO" and call.path in self.names:
                self.names[call.path].since.append(call)
            return
        self._renamed.append(dict(self.names))

    def image(self, place: Path, chance: random.Random) -> None:
        """Write into a folder what the disk could hold if the power went now."""
        names = chance.choice([self._kept, *self._renamed])
        for path, file in names.items():
            if path.endswith("-shm"):
                continue  # memory of the processes, which SQLite makes anew
            target = place / Path(path).relative_to(self.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(torn(file.synced, file.since, chance))
            target.chmod(0o600)
