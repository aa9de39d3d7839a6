"""What is kept of a workspace: its backups, beside it and in a second folder, and what a restore moved aside.

A backup tells in its name what it is: `{stem}-{clock}-{time in UTC}-{why}.juntos`. The clock is that of the journal,
which no other clock can set back; backups of earlier versions have none in their name.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop.i18n import N_

WHYS = {
    "daily": N_("daily"),
    "asked": N_("asked for"),
    "before-migration": N_("before a new version"),
    "before-import": N_("before an import"),
    "before-merge": N_("before a merge"),
    "before-restore": N_("before a restore"),
    "before-passphrase": N_("before a change of the passphrase"),
    "aside": N_("moved aside by a restore"),
}
"""Why a backup was made, in words."""
SUFFIX = ".juntos"
STAMP = "%Y%m%dT%H%M%S"
NAME = re.compile(r"(?P<stem>.+)-(?P<clock>\d{8,})-(?P<at>\d{8}T\d{6})-(?P<why>[a-z-]+?)(?:-(?P<again>\d+))?")
BEFORE = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6})(?P<again>\d{6})-(?P<why>[a-z-]+)")
"""As earlier versions named them."""
OLD_WHYS = {"import": "before-import"}
ASIDE = re.compile(r"(?P<clock>\d{8,})-(?P<at>\d{8}T\d{6})(?:-(?P<again>\d+))?")
"""The folder of what one restore moved aside."""

PLAIN = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Backup:
    """A copy of a workspace. `clock` is that of the journal's last operation in it, 0 where the name does not tell."""

    path: Path
    clock: int
    at: dt.datetime
    """When it was made, in UTC, by the clock of the machine then."""
    why: str
    """A key of `WHYS`."""
    size: int
    encrypted: bool = False
    whole: bool = True
    """Whether its length is what its first page says: a stub is not."""
    again: int = field(default=0, repr=False)
    """Counts those of one second, whatever they were made for."""

    @property
    def order(self) -> tuple[int, dt.datetime, int, str]:
        """By sequence first, as the clock of a machine can be set back; then as they were made, within a second too.

        The name alone decides between those of earlier versions that tell no more.
        """
        return self.clock, self.at, self.again, self.path.name

    @property
    def is_aside(self) -> bool:
        """Whether it is no copy but the files themselves that a restore moved away."""
        return self.why == "aside"


def folder(path: Path) -> Path:
    """Where the backups of a workspace lie: beside it."""
    return path.with_name(path.name + "-backups")


def second_folder(path: Path, second: str | Path) -> Path:
    """Where in the second folder they are kept too; a stick may serve several workspaces."""
    return Path(second) / f"{path.name}-backups"


def aside_folder(path: Path) -> Path:
    """Where a restore moves the files that stood there; each time into a folder of its own."""
    return path.with_name(path.name + "-aside")


def is_kept(file: Path) -> bool:
    """Whether a file is a backup, or was moved aside: it may be removed one day, so nobody is to work in it."""
    place = file.parent
    aside = ASIDE.fullmatch(place.name) is not None and place.parent.name == f"{file.name}-aside"
    return aside or (place.name.endswith("-backups") and file.suffix == SUFFIX and _told(file) is not None)


def named(stem: str, clock: int, at: dt.datetime, why: str, again: int = 0) -> str:
    """The name of a backup."""
    return f"{stem}-{clock:08d}-{at.strftime(STAMP)}-{why}{f'-{again}' if again else ''}{SUFFIX}"


def following(path: Path, at: dt.datetime) -> int:
    """The number that tells what is kept next from what was made in the same second before it, or moved aside."""
    found = [_told(file) for file in _files(folder(path))]
    found += [name for _place, name in _moved(path)]
    second = at.replace(microsecond=0)
    return max((name.again + 1 for name in found if name is not None and name.at == second), default=0)


def listed(path: Path, second: str | Path = "") -> list[Backup]:
    """All that is kept of a workspace, the newest first: by clock, then by time, then as they were made.

    What lies in both folders is listed once. Folders that are not there hold nothing.
    """
    found = {each.path.name: each for each in within(folder(path))}
    if second:
        for each in within(second_folder(path, second)):
            here = found.get(each.path.name)
            if here is None or (each.whole and not here.whole):
                found[each.path.name] = each
    return sorted([*found.values(), *_aside(path)], key=lambda each: each.order, reverse=True)


def within(place: Path) -> list[Backup]:
    """The backups in a folder, in no order."""
    named = [(_told(file), file) for file in _files(place)]
    return [each for name, file in named if name and (each := _backup(file, name)) is not None]


def newest(path: Path) -> Path | None:
    """The backup beside a workspace with the most in it: the last by clock, then by time, then as they were made."""
    named = [(name, file) for file in _files(folder(path)) if (name := _told(file)) is not None]
    for name, file in sorted(named, key=lambda each: (*each[0][:3], each[1].name), reverse=True):
        found = _backup(file, name)
        if found is not None and found.whole:
            return found.path
    return None


def last(path: Path, second: str | Path = "", now: dt.datetime | None = None) -> Backup | None:
    """The backup that was made last by the clock of the machine, those dated in the future left out.

    After an older state was restored, this is what was worked in since; by clock it would be what was left behind.
    """
    now = now or dt.datetime.now(dt.UTC)
    files = [*_files(folder(path)), *(_files(second_folder(path, second)) if second else ())]
    named = [(name, file) for file in files if (name := _told(file)) is not None and name.at <= now]
    for name, file in sorted(
        named, key=lambda each: (each[0].at, each[0].clock, each[0].again, each[1].name), reverse=True
    ):
        found = _backup(file, name)
        if found is not None and found.whole:
            return found
    return None


def _files(place: Path) -> Iterator[Path]:
    try:
        with os.scandir(place) as entries:
            yield from [Path(entry.path) for entry in entries if entry.name.endswith(SUFFIX)]
    except OSError:
        return


def of_file(file: Path) -> Backup:
    """A file anywhere, as a backup: by its name, else of the time when it was written last; raises `OSError`."""
    written = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).replace(microsecond=0)
    found = _backup(file, _told(file) or _Name(0, written, 0, "asked"))
    if found is None:
        raise PermissionError(13, os.strerror(13), str(file))
    return found


class _Name(NamedTuple):
    """What the name of a file tells."""

    clock: int
    at: dt.datetime
    again: int
    why: str


def _told(file: Path) -> _Name | None:
    """What the name of a file tells; None of one that is no backup."""
    told = NAME.fullmatch(file.stem)
    if told:
        return _name(told, told["why"])
    told = BEFORE.fullmatch(file.stem)
    return _name(told, OLD_WHYS.get(told["why"], told["why"])) if told else None


def _name(told: re.Match[str], why: str) -> _Name | None:
    parts = told.groupdict()
    try:
        at = dt.datetime.strptime(parts["at"], STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return _Name(int(parts.get("clock") or 0), at, int(parts["again"] or 0), why)


def _aside(path: Path) -> Iterator[Backup]:
    """What restores moved away, where the database is among it."""
    for place, name in _moved(path):
        if (place / path.name).is_file() and (found := _backup(place / path.name, name)):
            yield found


def _moved(path: Path) -> Iterator[tuple[Path, _Name]]:
    """The folders of what restores moved away, and what their names tell."""
    try:
        places = list(aside_folder(path).iterdir())
    except OSError:
        return
    for place in places:
        told = ASIDE.fullmatch(place.name)
        name = _name(told, "aside") if told else None
        if name is not None:
            yield place, name


def _backup(file: Path, name: _Name) -> Backup | None:
    try:
        size = file.stat().st_size
        # Nothing in this process has a backup open but while it is made, under another name, or read.
        with file.open("rb") as stream:
            head = stream.read(100)
    except OSError:
        return None
    plain = head.startswith(PLAIN)
    encrypted, whole = bool(head) and not plain, _fits(head, size, plain)
    return Backup(file, name.clock, name.at, name.why, size, encrypted, whole, name.again)


def _fits(head: bytes, size: int, plain: bool) -> bool:
    """Whether a file is as long as it says on its first page; of an encrypted one, whether it ends with a page."""
    if not plain:
        return size > 0 and size % 4096 == 0
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    return page >= 512 and size >= page * max(pages, 1)
