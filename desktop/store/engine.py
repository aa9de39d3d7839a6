"""The open workspace file: one SQLite engine, one writer, any number of readers.

The file is in WAL mode with `synchronous=FULL`: what was confirmed survives a power cut. Every connection is
told the same pragmas and they are read back. The writing connection refuses to write (`query_only`) except
inside `write()`, which only an operation uses; readers are opened `mode=ro`. Nothing else in the process may
open the file: a second SQLite library, or a mere `open()`, would cancel its locks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import peewee as pw
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.model import database

APPLICATION_ID = 0x4A554E54
"""`JUNT`: marks a file as a workspace of Juntos."""

SCHEMA = 1
"""The number of the newest migration."""

PRAGMAS: dict[str, Any] = {
    "foreign_keys": 1,
    "synchronous": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "busy_timeout": 5000,
}
"""What every connection is told, and reads back."""


class StoreError(Exception):
    """The workspace cannot be opened or written; the text is a whole sentence in the user's language."""


class TooSlow(Exception):
    """A reading was stopped because it took longer than it was given."""


class Engine:
    """An open workspace file."""

    errors = sqlcipher.DatabaseError
    """What a connection of `reader()` raises."""

    def __init__(self, path: Path, db: SqlCipherDatabase) -> None:
        self.path, self.db = path, db

    @classmethod
    def create(cls, path: Path) -> Engine:
        """Make a new workspace file; raises `StoreError` where one stands already or none can be made."""
        from desktop.store.migrate import (
            migrate,
        )  # loads playhouse.migrations, which a usual start does not need

        path = path.absolute()
        try:
            # Created here, so that database, -wal and -shm are nobody else's to read.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise StoreError(_("{path} exists already; choose another name.").format(path=path)) from None
        except OSError as error:
            raise StoreError(
                _("{path} cannot be made: {why}.").format(path=path, why=error.strerror or "")
            ) from None
        engine = cls(path, _connect(path))
        try:
            engine.db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            engine.db.execute_sql("PRAGMA journal_mode = WAL")
            migrate(engine)
            engine.db.execute_sql("PRAGMA query_only = 1")
        except BaseException:
            engine.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            raise
        return engine

    @classmethod
    def open(cls, path: Path) -> Engine:
        """Open a workspace file, bringing an older one up to date after a backup; raises `StoreError`."""
        path = path.absolute()
        _refuse_by_look(path)
        engine = cls(path, _connect(path))
        try:
            version = engine._identify()
            if version < SCHEMA:
                from desktop.store.backup import backup
                from desktop.store.migrate import migrate

                backup(engine, "before-migration")
                migrate(engine)
            engine.db.execute_sql("PRAGMA query_only = 1")
        except BaseException:
            engine.close()
            raise
        return engine

    def _identify(self) -> int:
        """The file's schema version; raises `StoreError` for what is no workspace or a newer one."""
        try:
            mark = self.pragma("application_id")
            version = int(self.pragma("user_version"))
        except pw.DatabaseError as error:
            raise StoreError(
                _(
                    "{path} is not a Juntos workspace: it is damaged, encrypted, or another kind of file."
                ).format(path=self.path)
            ) from error
        if mark != APPLICATION_ID:
            raise StoreError(
                _("{path} is a database of another program. It was left as it is.").format(path=self.path)
            )
        if version > SCHEMA:
            raise StoreError(
                _(
                    "{path} was last used with a newer version of Juntos (its format is {theirs}, this program"
                    " knows {ours}). Update the program; the file was left as it is."
                ).format(path=self.path, theirs=version, ours=SCHEMA)
            )
        return version

    def pragma(self, name: str) -> Any:
        """The value of a pragma on the writing connection."""
        return self.db.execute_sql(f"PRAGMA {name}").fetchone()[0]

    @contextmanager
    def write(self) -> Iterator[None]:
        """A writing transaction, begun at once (`IMMEDIATE`) and confirmed on disk at its end."""
        try:
            self.db.execute_sql("PRAGMA query_only = 0")
            try:
                with self.db.atomic("IMMEDIATE"):
                    yield
            finally:
                self.db.execute_sql("PRAGMA query_only = 1")
        except pw.OperationalError as error:
            raise self._in_words(error) from error

    def _in_words(self, error: pw.OperationalError) -> Exception:
        """What an engine's error means to an officer; errors of our own SQL stay what they are."""
        text = str(error)
        if "full" in text:
            return StoreError(
                _(
                    "There is no room left on the disk of {path}. Nothing was saved; free some space and try again."
                ).format(path=self.path)
            )
        if "locked" in text or "busy" in text:
            return StoreError(
                _("{path} is being written by another program. Nothing was saved; try again.").format(
                    path=self.path
                )
            )
        if "readonly" in text or "disk I/O" in text or "unable to open" in text:
            return StoreError(
                _("{path} cannot be written. Nothing was saved; check the disk and your rights.").format(
                    path=self.path
                )
            )
        return error

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """The rows of a query on this thread's connection."""
        return self.db.connection().execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Stop what this thread reads after so many seconds; raises `TooSlow`."""
        connection = self.db.connection()
        last = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > last, 10_000)
        try:
            yield
        except sqlcipher.OperationalError as error:
            if time.monotonic() > last:
                raise TooSlow from error
            raise
        finally:
            connection.set_progress_handler(None, 0)

    def reader(self) -> Any:
        """A connection of its own that can only read (and keep temporary tables), for any one thread at a time."""
        connection = sqlcipher.connect(
            f"file:{quote(str(self.path))}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        return connection

    def close(self) -> None:
        """Close the writing connection; the last connection to close folds the -wal file into the database."""
        self.db.close()


def _connect(path: Path) -> SqlCipherDatabase:
    db = SqlCipherDatabase(f"file:{quote(str(path))}?mode=rw", uri=True, passphrase="", pragmas=PRAGMAS)
    try:
        db.connect()
        for name, value in PRAGMAS.items():
            kept = db.execute_sql(f"PRAGMA {name}").fetchone()[0]
            if kept != value:
                raise StoreError(f"PRAGMA {name} is {kept}, not {value}")
    except (pw.DatabaseError, sqlcipher.DatabaseError) as error:
        db.close()
        raise StoreError(
            _("{path} cannot be opened; it may be locked, damaged, or no workspace of Juntos.").format(
                path=path
            )
        ) from error
    database.initialize(db)
    return db


def _refuse_by_look(path: Path) -> None:
    """Refuse what can be told without opening it; the file is only looked at from outside."""
    if path.is_dir():
        raise StoreError(_("{path} is a folder; a workspace is a file.").format(path=path))
    if not path.exists():
        raise StoreError(_("There is no workspace at {path}.").format(path=path))
    if not path.is_file():
        raise StoreError(_("{path} is not a file.").format(path=path))
    if path.stat().st_size == 0:
        raise StoreError(
            _("{path} is empty: it is not a workspace. A backup may be beside it.").format(path=path)
        )
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(
            _("{path} cannot be written; check the rights on the file and its folder.").format(path=path)
        )
