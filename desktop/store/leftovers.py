"""What a crash left beside a workspace: a -wal, or without WAL a journal; and whether it belongs to the file.

SQLite lays the one over the file, and puts back what the other holds, without asking whose it is. After a crash that
is right. Where a copy was put in the place of the file meanwhile, it spoils the copy: so both are looked at before.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.store import looking
from desktop.store.connections import connect
from desktop.store.errors import BUSY, CANTOPEN, LOCKED
from desktop.store.holders import somebody_has
from desktop.store.keys import Key
from desktop.store.looking import has_content, has_journal
from desktop.store.witness import STALE_WAL, Finding

Operations = list[tuple[int, str]]
"""Number and hash of each operation, the last first."""


def set_aside(path: Path, key: Key | None) -> Finding | None:
    """Move away what does not belong to the file, before SQLite takes it for its own. Nothing is deleted."""
    file = stale(path, key)
    if file is None:
        return None
    aside = move_aside(file)
    return Finding(
        STALE_WAL,
        _(
            "{wal} did not belong to {path}, which was perhaps put back from a copy. It was moved to {aside}; the"
            " workspace is as the copy was."
        ).format(wal=file.name, path=path, aside=aside.name),
        aside=aside,
    )


def stale(path: Path, key: Key | None) -> Path | None:
    """The -wal or journal beside a file that does not belong to it; None where there is none, or the file is in use.

    It does not where the file alone is whole and the two together are not, or are another history.
    """
    if not (has_content(path) or has_journal(path)) or somebody_has(path):
        return None
    if has_content(path) and not _fits(path, key) and _looked(path, key, immutable=True) is not None:
        return looking.wal(path)
    if has_journal(path) and not _puts_back(path, key):
        return looking.journal(path)
    return None


def move_aside(file: Path) -> Path:
    """Move a -wal or a journal away, and forget its index; returns where it is now."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = file.with_name(f"{file.name}.aside-{stamp}")
    file.replace(aside)
    if file.name.endswith("-wal"):
        file.with_name(f"{file.name.removesuffix('-wal')}-shm").unlink(missing_ok=True)
    return aside


def roll_back(path: Path, key: Key | None) -> None:
    """Have SQLite put back what a journal holds: until then the file cannot be opened to be read only."""
    if has_journal(path):
        connection = connect(path, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()


def _fits(path: Path, key: Key | None) -> bool:
    """Whether a file and its -wal are whole together, and one history: the journal only grows."""
    # Alone first: whoever writes meanwhile, where the system does not tell, only adds to what both hold together.
    alone = _looked(path, key, immutable=True)
    together = _looked(path, key)
    return together is not None and (not alone or not together or alone[0] in together)


def _puts_back(path: Path, key: Key | None) -> bool:
    """Whether a journal puts back what the last save was about to change; True where that cannot be told.

    That is one operation or none. To look at it is to do it, so it is done to a copy.
    """
    alone = _looked(path, key, immutable=True)
    if not alone:
        return True  # half a save: it takes its journal to be whole
    folder = Path(tempfile.mkdtemp(prefix="juntos-"))
    try:
        copy = folder / path.name
        for file in (path, looking.journal(path)):
            # By the bytes: nobody has it open, or it would not be looked at.
            shutil.copyfile(file, folder / file.name)
        before = _looked(copy, key, mode="rw")
    except OSError:
        return True
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return before is not None and before in (alone, alone[1:])


def _looked(path: Path, key: Key | None, *, mode: str = "ro", immutable: bool = False) -> Operations | None:
    """The operations of a file, alone where `immutable`; None where it cannot be read throughout."""
    connection = None
    try:
        connection = connect(path, key, mode=mode, immutable=immutable)
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            return None
        return _operations(connection)
    except sqlcipher.DatabaseError as error:
        # Without a right to make the index of the -wal, or while somebody holds it, it is for the opening to tell.
        return [] if getattr(error, "sqlite_errorcode", 0) & 0xFF in (BUSY, LOCKED, CANTOPEN) else None
    finally:
        if connection is not None:
            connection.close()


def _operations(connection: Any) -> Operations | None:
    """Number and hash of each operation; None where the last ones do not hang together."""
    with contextlib.suppress(sqlcipher.OperationalError):
        rows = connection.execute("SELECT clock, previous, hash FROM operation ORDER BY id DESC").fetchall()
        if all(new[0] == old[0] + 1 and new[1] == old[2] for new, old in pairwise(rows[:50])):
            return [(clock, own) for clock, _previous, own in rows]
        return None
    return []  # no journal: another program's file, which is refused for that
