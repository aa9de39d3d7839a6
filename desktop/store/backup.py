"""Dated copies of a workspace, made by SQLite's own means so that they are whole even while it is in use."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from desktop.store.engine import Engine

KEPT = 10
"""How many daily backups stay."""


def folder(path: Path) -> Path:
    """Where the backups of a workspace lie: beside it."""
    return path.with_name(path.name + "-backups")


def backup(engine: Engine, why: str = "daily") -> Path:
    """Write a backup and return its path; raises `StoreError`, and leaves no half-written file."""
    place = folder(engine.path)
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    target = place / f"{engine.path.stem}-{now}-{why}.juntos"
    part = target.with_suffix(".part")
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        # SQLite writes into an empty file as into none; ours is nobody else's to read.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = engine.reader()
        try:
            connection.execute("VACUUM INTO ?", (str(part),))
        finally:
            connection.close()
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
        sync_folder(place)
    except (OSError, engine.errors) as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreError(_("No backup could be written to {folder}.").format(folder=place)) from error
    return target


def sync_folder(place: Path) -> None:
    """Have the disk keep what was made or renamed in a folder; where folders cannot be opened, it does anyway."""
    if os.name == "posix":
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def newest(path: Path) -> Path | None:
    """The newest backup of a workspace, by the time in its name."""
    found = sorted(folder(path).glob("*.juntos"))
    return found[-1] if found else None


def due(path: Path) -> bool:
    """Whether the last backup is a day old or there is none."""
    last = newest(path)
    return last is None or (dt.datetime.now().timestamp() - last.stat().st_mtime) > 24 * 3600


def thin(path: Path) -> None:
    """Remove the oldest daily backups beyond `KEPT`; those made before a migration stay."""
    for old in sorted(folder(path).glob("*-daily.juntos"))[:-KEPT]:
        old.unlink()
