"""The open workspace file: one SQLite engine, one writer, any number of readers.

The file is in WAL mode with `synchronous=FULL`: what was confirmed survives a power cut. Every connection is
told the same pragmas and they are read back. A thread's connection refuses to write (`query_only`); inside
`write()`, which only an operation uses, the one that writes stands in its place. Readers are opened `mode=ro`.
Nothing else in the process may open the file: a second SQLite library, or a mere `open()`, would cancel its locks.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import peewee as pw
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _, why
from desktop.model import database
from desktop.model.visibility import INTERNAL, narrower
from desktop.store import audience as views
from desktop.store import keys, leftovers, looking, renamed, ways
from desktop.store.backup import backup, sync_folder
from desktop.store.connections import PRAGMAS, Database, mind_breaks
from desktop.store.errors import StoreError, TooSlow, Unwritable, no_workspace, telling
from desktop.store.keys import Key
from desktop.store.ways import Way
from desktop.store.witness import SUFFIX, Finding, Testimony, Witness, compared, read, taken_over

__all__ = ["APPLICATION_ID", "PRAGMAS", "SCHEMA", "SCRIPTS", "Engine", "StoreError", "TooSlow"]

APPLICATION_ID = 0x4A554E54
"""`JUNT`: marks a file as a workspace of Juntos."""

SCRIPTS = Path(__file__).with_name("migrations")

SCHEMA = max(int(script.name[:4]) for script in SCRIPTS.glob("[0-9]*.py"))
"""The number of the newest migration."""


class Engine:
    """An open workspace file."""

    errors = sqlcipher.DatabaseError
    """What a connection of `reader()` raises."""

    def __init__(self, path: Path, key: Key | None = None, way: Way | None = None) -> None:
        self.path, self.key = path, key
        self._way = way or Way(path)
        self.finding: Finding | None = None
        """What was not as it had been left, found at opening."""
        self._doubted = False
        """Whether the witness speaks against the file, and nobody has accepted it as it is."""
        self._operation: tuple[int, str] | None = None
        """The number and hash of the operation that the transaction under way writes."""
        self._seen = threading.local()
        """Of each thread: for which audience it reads."""
        self.witness = Witness(path)
        self.db = Database(
            self._way.file,
            key,
            mode=self._way.mode,
            immutable=self._way.immutable,
            synchronous=self._way.synchronous,
            stands_for=path,
        )
        try:
            self.db.connect()
        except BaseException as error:
            self.db.finish()
            if isinstance(error, pw.DatabaseError | sqlcipher.DatabaseError):
                raise no_workspace(error, path) from error
            raise
        database.initialize(self.db)

    @property
    def readonly(self) -> str:
        """Why nothing can be written, as a sentence; '' where it can be."""
        return self._way.readonly

    @property
    def warning(self) -> str:
        """What is to be feared of the place where the file lies, as a sentence; '' of a disk of this computer."""
        return self._way.place.warning

    @classmethod
    def create(cls, path: Path, *, passphrase: str | None = None) -> Engine:
        """Make a new workspace file, encrypted if there is a passphrase; raises `StoreError` where one stands already
        or none can be made."""
        path = looking.real(path)
        looking.refuse_by_name(path)
        try:
            # Created here, so that database, -wal and -shm are nobody else's to read.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise StoreError(_("{path} exists already; choose another name.").format(path=path)) from None
        except OSError as error:
            raise StoreError(_("{path} cannot be made: {why}.").format(path=path, why=why(error))) from None
        engine = way = None
        ours: tuple[str, ...] = ("",)  # until what lies beside it is out of the way
        try:
            with telling(path):
                # Of a file that was deleted: SQLite would remove it.
                if looking.has_content(path):
                    leftovers.move_aside(looking.wal(path))
                if looking.has_journal(path):
                    leftovers.move_aside(looking.journal(path))
                ours = ("", "-wal", "-shm", "-journal", SUFFIX)
                way = ways.way(path)
                engine = cls(path, keys.new(passphrase) if passphrase is not None else None, way)
                with engine.db.writing():
                    engine.db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                engine._use_journal()
                engine._migrate()
                with engine.db.writing():
                    engine.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            sync_folder(path.parent)
            engine._begin(fresh=True)
        except BaseException:
            if engine is not None:
                engine.close()
            elif way is not None:
                way.end()
            for suffix in ours:
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            raise
        return engine

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        passphrase: str | None = None,
        key: Key | None = None,
        readonly: bool = False,
        take_over: bool = False,
    ) -> Engine:
        """Open a workspace file, bringing an older one up to date after a backup; raises `StoreError`.

        `key` is what an engine had that was open before, and saves half a second. A file that cannot be written, or
        is of a newer format, is opened to be read only; `readonly` says why. `take_over` takes the lock of another
        computer that has not been heard of.
        """
        path = looking.real(path)
        looking.refuse_by_look(path)
        chosen = ways.way(path, readonly=readonly, take_over=take_over)
        engine = None
        try:
            with telling(path):
                key = looking.key_of(chosen.file, passphrase, key)
                told = read(path) or (None if chosen.readonly else renamed.brought(path, key))
                stale = None if chosen.readonly else leftovers.set_aside(path, key)
                chosen, left_out = ways.readable(chosen, key)
                engine = cls(path, key, chosen)
                version = engine._identify()
                looking.refuse_truncated(
                    chosen.file, int(engine.pragma("page_count")), int(engine.pragma("page_size"))
                )
                if version > SCHEMA and not chosen.readonly:
                    engine.db.finish()
                    chosen.readonly = looking.newer(path, version, SCHEMA)
                    engine = cls(path, key, chosen)
                elif version < SCHEMA and chosen.readonly:
                    engine.db.finish()
                    engine = cls(path, key, ways.vacuumed(chosen, key))
                engine._use_journal()
                if version < SCHEMA:
                    if version and not chosen.readonly:  # 0: its making was cut short, and it holds nothing
                        backup(engine, "before-migration")
                    engine._migrate()
                engine._begin(told, stale or left_out)
        except BaseException:
            if engine is not None:
                engine.close()
            chosen.end()
            raise
        return engine

    def _identify(self) -> int:
        """The file's schema version; raises `StoreError` for what is no workspace."""
        try:
            mark = self.pragma("application_id")
            version, pages = int(self.pragma("user_version")), self.pragma("page_count")
        except (pw.DatabaseError, sqlcipher.DatabaseError) as error:
            raise no_workspace(error, self.path) from error
        if not pages:
            raise looking.empty(self.path)
        if mark != APPLICATION_ID:
            raise StoreError(
                _("{path} is a database of another program. It was left as it is.").format(path=self.path)
            )
        return version

    def _use_journal(self) -> None:
        """Switch to the journal that suits the place; a restored backup has another one. Nothing happens where it is
        that already, or where nothing is written."""
        wanted = self._way.journal
        if self._way.mode == "ro" or self.pragma("journal_mode") == wanted:
            return
        with self._lifted():  # while there is no other connection, as leaving WAL takes the file for itself
            mode = self.db.execute_sql(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
        if mode != wanted:
            raise StoreError(
                _(
                    "{path} lies where it cannot be written safely; keep it on a disk of this computer."
                ).format(path=self.path)
            )

    def _migrate(self) -> None:
        # Loads playhouse.migrations, which a usual start does not need.
        from desktop.store.migrate import migrate

        self.db.close()  # it would answer pragmas from the tables that it knew
        with self.db.writing():
            migrate(self)

    def _begin(
        self, told: Testimony | None = None, stale: Finding | None = None, fresh: bool = False
    ) -> None:
        """Hear the witness, or have it begin."""
        if not self.readonly:
            self.db.mind_wal()
            looking.sweep(self.path)
        against = compared(self.path, told, self.rows)
        self._doubted = against is not None
        self.finding = stale or against or taken_over(self.path, self._way.taken_from)
        if stale is not None and against is not None:
            self.finding = replace(stale, missing=against.missing, at=against.at)
        if not self.readonly and not self._doubted and (told is None or fresh):
            self.witness.note(self.testimony(), lower=fresh, sync=fresh)

    def testimony(self) -> Testimony:
        """What the witness is to say of the file as it is."""
        last = self.rows("SELECT clock, hash FROM operation ORDER BY id DESC LIMIT 1")
        return self._testimony(*(last[0] if last else (0, "")))

    def _testimony(self, clock: int, head: str) -> Testimony:
        device, inode = self.db.identity or (0, 0)
        return Testimony(clock, head, device, inode, SCHEMA, self.key.rounds if self.key else 0)

    def accept(self) -> None:
        """Go on with the file as it is, whatever the witness said."""
        if not self.readonly:
            self.witness.note(self.testimony(), lower=True)
        self._doubted, self.finding = False, None

    def rescue(self, target: Path) -> None:
        """Write all that the open connection still sees to a new file, with the same key; raises `StoreError`.

        For a file that was deleted or replaced while it was open: what lies at its path is not asked.
        """
        ways.rescued(self.db.any_open(), self.key, target)

    def pragma(self, name: str) -> Any:
        """The value of a pragma on this thread's connection."""
        return self.db.execute_sql(f"PRAGMA {name}").fetchone()[0]

    @contextmanager
    def write(self) -> Iterator[None]:
        """A writing transaction, begun at once (`IMMEDIATE`) and confirmed on disk at its end.

        Raises `StoreError` where the disk, or another program at the file, refuses; `Unwritable` where nothing is
        written at all; `Moved` where the file no longer lies at its path: then it is not confirmed.
        """
        if self.audience != INTERNAL:
            raise RuntimeError(f"nothing is written while the workspace is seen as {self.audience}")
        if self.readonly:
            raise Unwritable(_("{reason} Nothing was saved.").format(reason=self.readonly))
        self._way.refuse_taken_over()
        with telling(self.path), self.db.writing():
            if self.db.in_transaction():
                with self.db.atomic():
                    yield
                return
            self._operation = None
            self.db.still_there()
            with self.db.atomic("IMMEDIATE"):
                yield
                self.db.still_there()
            self.db.still_there()
            self._note_operation()

    def _note_operation(self) -> None:
        if self._operation is not None and not self._doubted:
            self.witness.note(self._testimony(*self._operation))

    def writes(self, clock: int, head: str) -> None:
        """Within `write()`: which operation it writes, for the witness."""
        self._operation = clock, head

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Within `write()`: a part that is taken back alone if its body raises."""
        with self.db.atomic():
            yield

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
            mind_breaks(connection, self.db.mode)

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

    @contextmanager
    def _lifted(self) -> Iterator[None]:
        """Let this thread's own connection keep temporary views, or what it learnt of its queries."""
        self.db.execute_sql("PRAGMA query_only = 0")
        try:
            yield
        finally:
            self.db.execute_sql("PRAGMA query_only = 1")

    def reader(self, cache: int = 8000, audience: str = INTERNAL) -> Any:
        """A connection of its own that can only read (and keep temporary tables), for any one thread at a time.

        `cache` is how much of the file it may keep in memory, in KiB. It sees what an audience may see, at most what
        this thread sees.
        """
        connection = self.db.another("ro")
        connection.execute(f"PRAGMA cache_size = {-cache}")
        views.install(connection, narrower(self.audience, audience))
        return connection

    def optimize(self) -> None:
        """Let SQLite count what its planner needs to know, where much has changed; raises `StoreError`."""
        if self.readonly:
            return
        # On the connection that reads: only it knows what its queries lacked.
        with telling(self.path), self._lifted():
            self.db.execute_sql("PRAGMA analysis_limit = 400")
            self.db.execute_sql("PRAGMA optimize")
        self.db.renew()

    def close(self) -> None:
        """Close all connections but those of `reader()`; the last one folds the -wal file into the database."""
        if not self.db.is_closed() and not self.readonly:
            # Figures for the planner are no reason not to close.
            with contextlib.suppress(StoreError, pw.DatabaseError):
                self.db.still_there()
                self.db.execute_sql("PRAGMA busy_timeout = 100")
                self.optimize()
        self.db.finish()
        self.witness.close()
        self._way.end()
