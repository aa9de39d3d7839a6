"""Dated copies of a workspace, made by SQLite's own means so that they are whole even while it is in use."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from desktop.i18n import _
from desktop.store.engine import Engine, StoreError

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
    connection = engine.reader()
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        connection.execute("VACUUM INTO ?", (str(part),))
        part.chmod(0o600)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except (OSError, connection.DatabaseError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(_("No backup could be written to {folder}.").format(folder=place)) from error
    finally:
        connection.close()
    return target


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
