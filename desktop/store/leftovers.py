"""What a crash left beside a workspace: a -wal, or without WAL a journal; and whether it belongs to the file.

SQLite lays the one over the file, and puts back what the other holds, without asking whose it is. After a crash that
is right. Where a copy was put in the place of the file meanwhile, it spoils the copy: so both are looked at before.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _, why
from desktop.store import looking
from desktop.store.connections import connect
from desktop.store.errors import CORRUPT, NOTADB, Unwritable
from desktop.store.holders import somebody_has
from desktop.store.keys import Key
from desktop.store.looking import has_content, has_journal
from desktop.store.witness import STALE_WAL, Finding

Operations = list[tuple[int, str]]
"""Number and hash of each operation, the last first."""

_CODE = re.compile(r"error code\D(\d+)")
"""What a check that could not read a page says of why."""


class _Untold(Exception):
    """A file cannot be looked at now: somebody holds it, or the disk, the memory or the rights refuse."""


def set_aside(path: Path, key: Key | None) -> Finding | None:
    """Move away what does not belong to the file, before SQLite takes it for its own. Nothing is deleted.

    Raises `Unwritable` where it cannot be moved.
    """
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

    It does not where the file alone is whole and the two together are not, or are another history. Where that cannot
    be told, it is for the opening to tell.
    """
    if not (has_content(path) or has_journal(path)) or somebody_has(path):
        return None
    try:
        if (
            has_content(path)
            and _history(path, key) is None
            and _looked(path, key, immutable=True) is not None
        ):
            return looking.wal(path)
        if has_journal(path) and not _puts_back(path, key):
            return looking.journal(path)
    except _Untold:
        pass
    return None


def holds(path: Path, key: Key | None, operation: tuple[int, str]) -> bool:
    """Whether a file and its -wal or journal are whole and one history, with an operation of this number and hash."""
    try:
        return operation in ((_put_back(path, key) if has_journal(path) else _history(path, key)) or [])
    except _Untold:
        return False


def move_aside(file: Path) -> Path:
    """Move a -wal or a journal away, and forget its index; returns where it is now. Raises `Unwritable`."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = file.with_name(f"{file.name}.aside-{stamp}")
    try:
        file.replace(aside)
        if file.name.endswith("-wal"):
            file.with_name(f"{file.name.removesuffix('-wal')}-shm").unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(_("{path} cannot be made: {why}.").format(path=aside, why=why(error))) from error
    return aside


def roll_back(path: Path, key: Key | None) -> None:
    """Have SQLite put back what a journal holds: until then the file cannot be opened to be read only."""
    if has_journal(path):
        connection = connect(path, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()


def _history(path: Path, key: Key | None) -> Operations | None:
    """The operations of a file and its -wal, if they are whole together, and one history: the journal only grows."""
    # Alone first: whoever writes meanwhile, where the system does not tell, only adds to what both hold together.
    alone = _looked(path, key, immutable=True)
    together = _looked(path, key)
    return together if not alone or not together or alone[0] in together else None


def _puts_back(path: Path, key: Key | None) -> bool:
    """Whether a journal puts back what the last save was about to change.

    That is one operation or none. Raises `_Untold`.
    """
    alone = _looked(path, key, immutable=True)
    if not alone:
        return True  # half a save: it takes its journal to be whole
    return _put_back(path, key) in (alone, alone[1:])


def _put_back(path: Path, key: Key | None) -> Operations | None:
    """The operations of a file once its journal is put back; None where it is not whole then. Raises `_Untold`.

    To look at it is to do it, so it is done to a copy.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="juntos-", ignore_cleanup_errors=True) as folder:
            for file in (path, looking.journal(path)):
                # By the bytes: nobody has it open, or it would not be looked at.
                shutil.copyfile(file, Path(folder, file.name))
            return _looked(Path(folder, path.name), key, mode="rw")
    except OSError as error:
        raise _Untold from error


def _looked(path: Path, key: Key | None, *, mode: str = "ro", immutable: bool = False) -> Operations | None:
    """The operations of a file, alone where `immutable`; None where it is not whole. Raises `_Untold`."""
    connection = None
    try:
        connection = connect(path, key, mode=mode, immutable=immutable)
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said == "ok":
            return _operations(connection)
        refused = _CODE.search(said)
        code = int(refused[1]) if refused else CORRUPT
    except sqlcipher.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", CORRUPT)
    finally:
        if connection is not None:
            connection.close()
    if code & 0xFF not in (CORRUPT, NOTADB):
        raise _Untold
    return None


def _operations(connection: Any) -> Operations | None:
    """Number and hash of each operation; None where the last ones do not hang together."""
    if not connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'operation'").fetchone()[0]:
        return []  # no journal: another program's file, which is refused for that
    rows = connection.execute("SELECT clock, previous, hash FROM operation ORDER BY id DESC").fetchall()
    if all(new[0] == old[0] + 1 and new[1] == old[2] for new, old in pairwise(rows[:50])):
        return [(clock, own) for clock, _previous, own in rows]
    return None
