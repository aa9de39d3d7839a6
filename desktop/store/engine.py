"""The open workspace file: one SQLite engine, one writer, any number of readers.

The file is in WAL mode with `synchronous=FULL`: what was confirmed survives a power cut. Every connection is
told the same pragmas and they are read back. Connections refuse to write (`query_only`) except inside
`write()`, which only an operation uses; readers are opened `mode=ro`. Nothing else in the process may open the
file: a second SQLite library, or a mere `open()`, would cancel its locks.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import peewee as pw
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _, why
from desktop.model import database
from desktop.model.visibility import INTERNAL, narrower
from desktop.store import audience as views
from desktop.store.backup import backup, sync_folder
from desktop.store.errors import StoreError, TooSlow, no_workspace, telling

__all__ = ["APPLICATION_ID", "PRAGMAS", "SCHEMA", "SCRIPTS", "Engine", "StoreError", "TooSlow"]

APPLICATION_ID = 0x4A554E54
"""`JUNT`: marks a file as a workspace of Juntos."""

SCRIPTS = Path(__file__).with_name("migrations")

SCHEMA = max(int(script.name[:4]) for script in SCRIPTS.glob("[0-9]*.py"))
"""The number of the newest migration."""

PRAGMAS = {
    "foreign_keys": 1,
    "synchronous": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "busy_timeout": 5000,
}
"""What every connection is told, and reads back."""


STATEMENTS = 400
"""Statements that a connection keeps prepared. One that fires the triggers of the figures takes five times as long to
prepare as to run, and the library keeps so few that an operation of many records would prepare it for each."""


class Engine:
    """An open workspace file."""

    errors = sqlcipher.DatabaseError
    """What a connection of `reader()` raises."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = threading.local()
        """Of each thread: for which audience it reads."""
        self.db = _Database(path)
        try:
            self.db.connect()
        except (pw.DatabaseError, sqlcipher.DatabaseError) as error:
            self.db.finish()
            raise no_workspace(error, path) from error
        database.initialize(self.db)

    @classmethod
    def create(cls, path: Path) -> Engine:
        """Make a new workspace file; raises `StoreError` where one stands already or none can be made."""
        path = path.absolute()
        try:
            # Created here, so that database, -wal and -shm are nobody else's to read.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise StoreError(_("{path} exists already; choose another name.").format(path=path)) from None
        except OSError as error:
            raise StoreError(_("{path} cannot be made: {why}.").format(path=path, why=why(error))) from None
        engine = None
        try:
            with telling(path):
                engine = cls(path)
                with engine._lifted():
                    engine.db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                engine._use_wal()
                engine._migrate()
                engine.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            sync_folder(path.parent)
        except BaseException:
            if engine is not None:
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
        engine = cls(path)
        try:
            with telling(path):
                version = engine._identify()
                engine._use_wal()
                if version < SCHEMA:
                    backup(engine, "before-migration")
                    engine._migrate()
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
            raise no_workspace(error, self.path) from error
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

    def _use_wal(self) -> None:
        """Switch the journal to WAL, which a restored backup is not; nothing happens where it is already."""
        with self._lifted():
            mode = self.db.execute_sql("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise StoreError(
                _(
                    "{path} lies where it cannot be written safely; keep it on a disk of this computer."
                ).format(path=self.path)
            )

    def _migrate(self) -> None:
        # Loads playhouse.migrations, which a usual start does not need.
        from desktop.store.migrate import migrate

        with self._lifted():
            migrate(self)

    def pragma(self, name: str) -> Any:
        """The value of a pragma on this thread's connection."""
        return self.db.execute_sql(f"PRAGMA {name}").fetchone()[0]

    @contextmanager
    def write(self) -> Iterator[None]:
        """A writing transaction, begun at once (`IMMEDIATE`) and confirmed on disk at its end.

        Raises `StoreError` where the disk, or another program at the file, refuses.
        """
        if self.audience != INTERNAL:
            raise RuntimeError(f"nothing is written while the workspace is seen as {self.audience}")
        with telling(self.path), self._lifted(), self.db.atomic("IMMEDIATE"):
            yield

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Within `write()`: a part that is taken back alone if its body raises."""
        with self.db.atomic():
            yield

    @contextmanager
    def _lifted(self) -> Iterator[None]:
        """Let this thread's connection write."""
        self.db.execute_sql("PRAGMA query_only = 0")
        try:
            yield
        finally:
            self.db.execute_sql("PRAGMA query_only = 1")

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """The rows of a query on this thread's connection; raises `StoreError`."""
        with telling(self.path):
            found: list[tuple[Any, ...]] = self.db.connection().execute(sql, parameters).fetchall()
        return found

    def each(self, sql: str, parameters: Any = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one after the other, on this thread's connection; raises `StoreError`."""
        with telling(self.path):
            yield from self.db.connection().execute(sql, parameters)

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

    @property
    def audience(self) -> str:
        """For whom this thread reads: for the post itself, or within `seen_by` for others."""
        return str(getattr(self._seen, "audience", INTERNAL))

    @contextmanager
    def seen_by(self, audience: str) -> Iterator[None]:
        """For the length of the block, this thread reads what an audience may see, and cannot write.

        Within another such block, what both may see. A record that was read before still has all its fields: read
        it anew inside. What is read must be read to its end before the block ends.
        """
        before = self.audience
        within = narrower(before, audience)
        if within == before:
            yield
            return
        self._see(within)
        try:
            yield
        finally:
            self._see(before)

    def _see(self, audience: str) -> None:
        if self.db.in_transaction():
            raise RuntimeError("within an operation the workspace is seen as it is")
        with telling(self.path), self._lifted():
            views.install(self.db.connection(), audience)
        self._seen.audience = audience

    def reader(self, cache: int = 8000, audience: str = INTERNAL) -> Any:
        """A connection of its own that can only read (and keep temporary tables), for any one thread at a time.

        `cache` is how much of the file it may keep in memory, in KiB. It sees what an audience may see, at most what
        this thread sees.
        """
        connection = sqlcipher.connect(
            f"file:{quote(str(self.path))}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute(f"PRAGMA cache_size = {-cache}")
        views.install(connection, narrower(self.audience, audience))
        return connection

    def optimize(self) -> None:
        """Let SQLite count what its planner needs to know, where much has changed; raises `StoreError`."""
        with telling(self.path), self._lifted():
            self.db.execute_sql("PRAGMA analysis_limit = 400")
            self.db.execute_sql("PRAGMA optimize")

    def close(self) -> None:
        """Close all connections but those of `reader()`; the last one folds the -wal file into the database."""
        if not self.db.is_closed():
            # Figures for the planner are no reason not to close.
            with contextlib.suppress(StoreError, pw.DatabaseError):
                self.db.execute_sql("PRAGMA busy_timeout = 100")
                self.optimize()
        self.db.finish()


class _Database(SqlCipherDatabase):  # type: ignore[misc]
    """The workspace's database: each thread that uses it has a connection, told and asked the pragmas."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"file:{quote(str(path))}?mode=rw",
            uri=True,
            passphrase="",
            check_same_thread=False,  # so that `finish` can close those of other threads
            cached_statements=STATEMENTS,
            pragmas={**PRAGMAS, "query_only": 1},
        )
        self._path, self._finished = path, False
        self._opened: list[Any] = []

    def _connect(self) -> Any:
        if self._finished:
            raise StoreError(_("{path} is closed.").format(path=self._path))
        connection = super()._connect()
        self._opened.append(connection)
        for name, value in PRAGMAS.items():
            kept = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if kept != value:
                raise StoreError(
                    _("{path} cannot be opened safely: {setting} is {kept}, not {value}.").format(
                        path=self._path, setting=name, kept=kept, value=value
                    )
                )
        return connection

    def rollback(self) -> None:
        # When the disk is full, SQLite has taken the transaction back by itself.
        if self.connection().in_transaction:
            super().rollback()

    def finish(self) -> None:
        """Close the connections of all threads, for good."""
        self._finished = True
        self.close()
        for connection in self._opened:
            connection.close()


def _refuse_by_look(path: Path) -> None:
    """Refuse what can be told without opening it; the file is only looked at from outside."""
    try:
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
    except OSError as error:
        raise StoreError(_("{path} cannot be reached: {why}.").format(path=path, why=why(error))) from None
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(
            _("{path} cannot be written; check the rights on the file and its folder.").format(path=path)
        )
