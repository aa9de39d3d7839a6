"""Making a workspace encrypted, plain again, or giving it another passphrase: all by writing it anew.

The new file is written beside the old one, compared with it row by row, and takes its place in one step, while nobody
else can open the old one. A kill at any point leaves one of the two. A backup is made first.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.store import drafts, keys, looking, places
from desktop.store.backup import backup, folder, sync_folder
from desktop.store.connections import PRAGMAS, connect, identity
from desktop.store.engine import SCHEMA, Engine
from desktop.store.errors import Encrypted, StoreError, in_words, telling
from desktop.store.kept import second_folder
from desktop.store.keys import Key
from desktop.store.locking import Lock
from desktop.store.looking import REWRITING
from desktop.store.witness import Testimony, Witness

KEPT = ("application_id", "user_version", "auto_vacuum", "page_size")
"""Pragmas that are in the file, and equal in the new one."""


def rewrite(
    path: Path,
    old: Key | None,
    passphrase: str | None,
    *,
    rounds: int = 0,
    make_backup: Callable[[Engine, str], Path] = backup,
) -> Key | None:
    """Have the workspace under a new passphrase, or plain if that is None; returns its new key.

    `old` is its key now, None where it is plain. The workspace must be closed. Raises `StoreError` with the old file
    as it was; `Busy` where somebody has it open. Copies under the old key are left: see `plain_copies`.
    """
    path = looking.real(path)
    engine = Engine.open(path, key=old)
    try:
        if engine.readonly:
            raise StoreError(engine.readonly)
        make_backup(engine, "before-passphrase")
        told = engine.testimony()
    finally:
        engine.close()
    new = keys.new(passphrase, rounds) if passphrase is not None else None
    fresh = path.with_name(path.name + REWRITING)
    with telling(path), _alone(path, old) as connection:
        try:
            _export(connection, fresh, new)
            _compare(connection, path, fresh, new)
            _rewrite_drafts(path, old, new)
            if new is not None:
                _tell(path, told, new)  # before, so that it is never taken for a plain file that was spoilt
            fresh.replace(path)
            sync_folder(path.parent)
        except BaseException as error:
            with contextlib.suppress(OSError):  # the next one removes it first; what went wrong is to be told
                _remove(fresh)
            # What goes wrong within the copying has no code of its own.
            if isinstance(error, OSError | sqlcipher.DatabaseError) and in_words(error, path) is None:
                raise StoreError(_("{path} could not be written anew.").format(path=path)) from error
            raise
    _settle_drafts(path)
    _tell(path, told, new)
    return new


def _tell(path: Path, told: Testimony, key: Key | None) -> None:
    """Have the witness speak for the file that is there, under a key."""
    device, inode = identity(path) or (0, 0)
    note = Witness(path)
    note.note(
        replace(told, device=device, inode=inode, schema=SCHEMA, rounds=key.rounds if key else 0), lower=True
    )
    note.close()


@contextlib.contextmanager
def _alone(path: Path, key: Key | None) -> Iterator[Any]:
    """A connection beside which nobody can open the file, with all of its content in the file itself."""
    lock = Lock(path) if places.kind_of(path).kind != places.LOCAL else None
    connection = None
    try:
        connection = connect(path, key, pragmas={**PRAGMAS, "busy_timeout": 1000})
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # It fails while anybody else is there, and folds the -wal file in.
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays
        yield connection
    finally:
        if connection is not None:
            connection.close()
        if lock is not None:
            lock.release()


def _export(connection: Any, fresh: Path, key: Key | None) -> None:
    _remove(fresh)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), key.literal if key else ""))
    try:
        connection.execute("PRAGMA fresh.synchronous = 3")
        for name in ("application_id", "user_version"):
            value = connection.execute(f"PRAGMA main.{name}").fetchone()[0]
            connection.execute(f"PRAGMA fresh.{name} = {value}")
        # It copies tables as they are; foreign keys and triggers are for those who write.
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        connection.execute("PRAGMA foreign_keys = 1")
    finally:
        connection.execute("DETACH DATABASE fresh")


def _compare(connection: Any, path: Path, fresh: Path, key: Key | None) -> None:
    """Raise `StoreError` unless the new file, opened anew with its key, holds what the old one does."""
    copy = connect(fresh, key, mode="ro")
    try:
        whole = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        whole = whole and not copy.execute("PRAGMA foreign_key_check").fetchall()
        whole = whole and all(_pragma(connection, name) == _pragma(copy, name) for name in KEPT)
        whole = whole and _schema(connection) == _schema(copy)
        whole = whole and all(_same_rows(connection, copy, table) for table in _tables(connection))
    except sqlcipher.DatabaseError:
        whole = False
    finally:
        copy.close()
    if not whole:
        raise StoreError(
            _("{path} could not be written anew: the copy differs. It was left as it was.").format(path=path)
        )


def _pragma(connection: Any, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _schema(connection: Any) -> list[Any]:
    found: list[Any] = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    return found


def _tables(connection: Any) -> list[str]:
    """All tables that hold rows themselves: also those in which searching and counting keep theirs."""
    return [
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not (sql or "").upper().startswith("CREATE VIRTUAL")
    ]


def _same_rows(connection: Any, copy: Any, table: str) -> bool:
    sql = f'SELECT * FROM "{table}" ORDER BY {_in_order(connection, table)}'
    return all(one == other for one, other in _pairs(connection, copy, sql))


def _in_order(connection: Any, table: str) -> str:
    """What orders the rows of a table: its key, else all of its columns.

    Not the number that SQLite gives a row of a table without a number of its own: where rows were deleted, the copy
    counts anew.
    """
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = [column for column in columns if column[5]] or columns
    return ", ".join(f'"{column[1]}"' for column in keys)


def _pairs(connection: Any, copy: Any, sql: str) -> Iterator[tuple[Any, Any]]:
    here, there = connection.execute(sql), copy.execute(sql)
    while True:
        one, other = here.fetchmany(500), there.fetchmany(500)
        yield one, other
        if not one or not other:
            return


# ---- drafts, and what is left behind


def _rewrite_drafts(path: Path, old: Key | None, new: Key | None) -> None:
    """Have the drafts under the new key too, ready beside the old ones."""
    file = drafts.place(path)
    spare = file.with_name(file.name + drafts.REWRITING)
    _remove(spare)
    if not file.exists():
        return
    before = drafts.Drafts(path, old)
    kept = before.all()
    before.close()
    after = drafts.Drafts(path, new, file=spare)
    after.copy(kept)
    after.close()


def _settle_drafts(path: Path) -> None:
    file = drafts.place(path)
    spare = file.with_name(file.name + drafts.REWRITING)
    _remove(file)
    if spare.exists():
        spare.replace(file)


def plain_copies(path: Path, second: str = "") -> list[Path]:
    """What still lies beside an encrypted workspace, or in the second folder, in plain: backups, what was moved aside.

    For the officer to agree that it is removed. What was overwritten or removed before may be found on the disk still.
    """
    path = looking.real(path)
    name = glob.escape(path.name)
    beside = [*path.parent.glob(f"{name}*aside*"), *path.parent.glob(f"{name}-aside/**/*")]
    found = []
    there = second_folder(path, second).glob("*") if second else ()
    for file in sorted({*folder(path).glob("*"), *beside, *there}):
        if file.is_file() and file.stat().st_size and _is_plain(file):
            found.append(file)
    return found


def _is_plain(file: Path) -> bool:
    journal = re.fullmatch(r"(.+)-(?:wal|journal)(\.aside-.+)?", file.name)
    if journal is not None:
        # It tells nothing of its key: it goes with the file that it belonged to, where that is known.
        whose = file.with_name(journal[1])
        return bool(journal[2]) or not whose.is_file() or _is_plain(whose)
    try:
        return looking.first_bytes(file) == looking.PLAIN
    except (sqlcipher.DatabaseError, Encrypted):
        return False


def remove(copies: list[Path]) -> list[Path]:
    """Remove copies; returns those that could not be."""
    left = []
    for file in copies:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            left.append(file)
    return left


def _remove(file: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
