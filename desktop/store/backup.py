"""Making backups: copies of a workspace made by SQLite's own means, so that they are whole even while it is in use.

A backup counts once it was opened and checked; what does not check is removed, and said. What is kept, and under which
names, is told in `kept`; which of them stay as they grow old, in `thinning`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _, why
from desktop.store import thinning
from desktop.store.connections import connect
from desktop.store.errors import StoreError
from desktop.store.kept import (
    DAY,
    STAMP,
    Backup,
    folder,
    following,
    last,
    listed,
    named,
    newest,
    second_folder,
    within,
)
from desktop.store.keys import Key
from desktop.store.reading import Head, flaw, head, refuse_damaged

if TYPE_CHECKING:
    from desktop.store.engine import Engine

__all__ = ["Backup", "backup", "due", "flaw", "folder", "last", "listed", "mirror", "newest", "sync_folder"]

PART = ".part"
"""The suffix of what is not whole yet."""
CHUNK = 1 << 20


def _own() -> str:
    """What no other name has: another thread may write within the second, and what a disk did not let go of must not be
    in the way of the next try."""
    return secrets.token_hex(6)


def backup(engine: Engine, why: str = "daily") -> Path:
    """Write a backup and return its path; raises `StoreError`, and leaves no half-written file."""
    connection = engine.reader()
    try:
        return write(connection, engine.path, engine.key, why)
    finally:
        connection.close()


def write(connection: Any, path: Path, key: Key | None, why: str) -> Path:
    """A backup of what a connection reads, among those of the workspace at `path`; raises `StoreError`."""
    place = folder(path)
    now = dt.datetime.now(dt.UTC)
    part = place / f"{path.stem}-{now.strftime(STAMP)}-{_own()}{PART}"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        held = copy(connection, part, key)
        target = _free(path, held.clock, now, why)
        part.replace(target)
        sync_folder(place)
    except (OSError, sqlcipher.DatabaseError, StoreError) as error:
        remove(part)
        raise StoreError(_("No backup could be written to {folder}.").format(folder=place)) from error
    return target


def copy(connection: Any, target: Path, key: Key | None) -> Head:
    """Write what a connection reads to a new file, on disk and checked; returns what it holds.

    Raises `StoreError` where it does not check, `OSError` or the engine's errors; then there may be a part of it.
    """
    before = head(connection)
    # SQLite writes into an empty file as into none; ours is nobody else's to read.
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection.execute("VACUUM INTO ?", (str(target),))
    handle = os.open(target, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    written = connect(target, key, mode="ro")
    try:
        refuse_damaged(written, target)
        after = head(written)
        mark = written.execute("PRAGMA application_id").fetchone()
    finally:
        written.close()
    same = mark == connection.execute("PRAGMA application_id").fetchone() and after.schema == before.schema
    if not (same and after.clock >= before.clock and _knows(connection, after)):
        raise StoreError(_("The copy in {path} is not the workspace.").format(path=target))
    return after


def _knows(connection: Any, held: Head) -> bool:
    """Whether the operation is in the journal that a connection reads: others may have come since."""
    found = connection.execute(
        'SELECT 1 FROM main."operation" WHERE clock = ? AND hash = ?', (held.clock, held.hash)
    ).fetchone()
    return held.clock == 0 or found is not None


def _free(path: Path, clock: int, at: dt.datetime, why: str) -> Path:
    again = following(path, at)
    while (target := folder(path) / named(path.stem, clock, at, why, again)).exists():
        again += 1
    return target


def remove(file: Path) -> None:
    """Remove a file of ours that is not whole, and what SQLite may have left beside it; what stays does no harm."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            Path(f"{file}{suffix}").unlink()


def sync_folder(place: Path) -> None:
    """Have the disk keep what was made or renamed in a folder; where folders cannot be opened, it does anyway."""
    if os.name == "posix":
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# ---- in time


def due(engine: Engine, now: dt.datetime | None = None) -> bool:
    """Whether the last backup is a day old or there is none.

    One that is dated in the future was made by a clock that was wrong then, or is wrong now: it does not count.
    """
    now = now or dt.datetime.now(dt.UTC)
    made = last(engine.path, now=now)
    return made is None or now - made.at >= DAY


def thin(
    path: Path,
    *,
    key: Key | None = None,
    second: str | Path = "",
    now: dt.datetime | None = None,
    stays: str = "",
) -> list[Path]:
    """Remove what need not stay, beside the workspace and in the second folder; returns what was removed.

    `key` opens those that must be whole before any other goes; the one whose name is `stays` does not.
    """
    now = now or dt.datetime.now(dt.UTC)
    removed = []
    ours = {each.path.name for each in within(folder(path))}
    for place in (folder(path), *([second_folder(path, second)] if second else [])):
        # Another workspace of the same name may have its own in the second folder.
        known = [each for each in within(place) if each.path.name in ours]
        for each in thinning.removable(known, now, lambda each: not flaw(each.path, key=key)):
            if each.path.name == stays:
                continue
            with contextlib.suppress(OSError):  # another time
                each.path.unlink()
                removed.append(each.path)
        _sweep(place, now)
    return removed


def _sweep(place: Path, now: dt.datetime) -> None:
    """Remove what was left by a program that ended while it wrote; a backup takes no day."""
    for part in place.glob(f"*{PART}"):
        with contextlib.suppress(OSError):
            if now.timestamp() - part.stat().st_mtime > DAY.total_seconds():
                remove(part)


# ---- the second folder


def mirror(made: Path, path: Path, second: str | Path, *, read: bool = True) -> Path:
    """Have a backup of the workspace at `path` in the second folder too; raises `StoreError`, with no part left.

    The folder itself must be there: where a stick is not, nothing is made in its place. A copy that is there is read
    and made anew where it differs: a stick that was pulled out may have its length and not its content. Unless `read`,
    its length is enough.
    """
    place = second_folder(path, second)
    target = place / made.name
    part = target.with_name(f"{target.name}.{_own()}{PART}")
    if not Path(second).is_dir():
        raise StoreError(
            _(
                "The second folder for backups, {folder}, is not there. The backup beside the file was made."
            ).format(folder=second)
        )
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        if _is_copy(target, made, read):
            return target
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with os.fdopen(handle, "wb") as copy, made.open("rb") as whole:
            shutil.copyfileobj(whole, copy, CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        if _digest(part) != _digest(made):
            raise OSError(5, os.strerror(5), str(part))
        part.replace(target)
        with contextlib.suppress(OSError):  # not every stick can
            sync_folder(place)
    except OSError as error:
        remove(part)
        raise StoreError(
            _(
                "The backup could not be copied to the second folder, {folder}: {why}. The one beside the file was"
                " made."
            ).format(folder=second, why=why(error))
        ) from error
    return target


def _is_copy(target: Path, made: Path, read: bool) -> bool:
    if not target.exists() or target.stat().st_size != made.stat().st_size:
        return False
    try:
        return not read or _digest(target) == _digest(made)
    except OSError:  # it cannot be read there; if it is the one here, copying tells
        return False


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
