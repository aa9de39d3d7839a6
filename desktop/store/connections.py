"""The connections to the workspace file: one that writes, and one for each thread that reads.

A thread's own connection refuses to write (`query_only`), for good: to lift that for an operation and to set it again
would have SQLite compile all statements anew, twice. So the operation has the writing connection in its place. That
one is opened by the first operation and stays open, with its statements ready and its part of the file in memory.

`connect` is the only way to any database: it gives the key, tells the pragmas and reads them back.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.store.errors import CORRUPT, Moved, StoreError
from desktop.store.keys import Key

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

KEYED = {"cipher_memory_security": 1, "cipher_use_hmac": 1, "cipher_page_size": 4096}
"""What every connection to an encrypted file is told besides: memory is wiped, pages are signed."""

STATEMENTS = 400
"""Statements that a connection keeps prepared. One that fires the triggers of the figures takes five times as long to
prepare as to run, and the library keeps so few that an operation of many records would prepare it for each."""

PACE = 100_000
"""Steps of SQLite between two looks at whether a reading is broken off: some milliseconds."""
_breaks = threading.Event()

Identity = tuple[int, int]
"""Device and inode: which file it is, whatever its name."""


def connect(
    path: Path,
    key: Key | None = None,
    *,
    mode: str = "rw",
    immutable: bool = False,
    pragmas: Mapping[str, int] = PRAGMAS,
    statements: int = 128,
) -> Any:
    """A connection to a database file, keyed, told the pragmas and asked; raises `StoreError`, or the engine's errors
    where the file or the key is wrong: the first page is read.

    `mode` is `ro`, `rw` or `rwc`. `immutable` reads the file alone, without locks and without its -wal.
    """
    uri = f"file:{quote(str(path))}?mode={mode}{'&immutable=1' if immutable else ''}"
    connection = sqlcipher.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=statements
    )
    try:
        if key is not None:
            connection.execute(f"PRAGMA key = {key.pragma}")
        for name, value in {**pragmas, **(KEYED if key is not None else {})}.items():
            connection.execute(f"PRAGMA {name} = {value}")
            told = connection.execute(f"PRAGMA {name}").fetchone()
            if told is None or int(told[0]) != value:
                raise StoreError(
                    _("{path} cannot be opened safely: {setting} is {kept}, not {value}.").format(
                        path=path, setting=name, kept=told and told[0], value=value
                    )
                )
        mind_breaks(connection, mode)
    except UnicodeDecodeError as error:
        # What it says of a damaged schema quotes it, bytes that are no text among it.
        connection.close()
        told = sqlcipher.DatabaseError("malformed database schema")
        told.sqlite_errorcode = CORRUPT
        raise told from error
    except BaseException:
        connection.close()
        raise
    return connection


def mind_breaks(connection: Any, mode: str) -> None:
    """Let what a connection of this mode reads be broken off, if it is one that only reads; nothing else stops it."""
    connection.set_progress_handler(readings_break if mode == "ro" else None, PACE)


def readings_break() -> bool:
    """Whether what only reads is being broken off, in whichever thread."""
    return _breaks.is_set()


@contextmanager
def breaking_off() -> Iterator[None]:
    """For the length of the block, what only reads fails, in whichever thread: a backup, a check. What writes goes on.

    For the end of the program, which cannot wait for what may take minutes of a large file.
    """
    _breaks.set()
    try:
        yield
    finally:
        _breaks.clear()


def identity(path: Path) -> Identity | None:
    """Which file lies at a path; None where there is none, or it cannot be reached."""
    try:
        status = path.stat()
    except (OSError, ValueError):  # what no path can be
        return None
    return status.st_dev, status.st_ino


_open: dict[int, Database] = {}
"""The databases of engines that this process has open."""


def is_open_here(path: Path) -> bool:
    """Whether a path leads to a workspace that this process has open, or to what goes with it, by whatever name.

    Whoever opens such a file and closes it again cancels all locks that the process has on it, as POSIX wants it.
    """
    if not _open:
        return False
    which = identity(path)
    return which is not None and any(which in each.files() for each in tuple(_open.values()))


def _quieten() -> None:
    """SQLCipher would write to standard error what it thinks of each damaged page, in thousands of lines."""
    connection = sqlcipher.connect(":memory:")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA cipher_log = off")
    connection.close()


_quieten()


class Database(SqlCipherDatabase):  # type: ignore[misc]
    """The workspace's database: each thread that uses it has a connection, told and asked the pragmas."""

    def __init__(
        self,
        path: Path,
        key: Key | None = None,
        *,
        mode: str = "rw",
        immutable: bool = False,
        synchronous: int = PRAGMAS["synchronous"],
        stands_for: Path | None = None,
    ) -> None:
        """`stands_for` is the workspace of which a private copy is read."""
        super().__init__(str(path), passphrase="")
        self._path, self._finished = path, False
        self._names = {path, stands_for or path}
        self.key, self.mode, self.immutable = key, mode, immutable
        self.told = {**PRAGMAS, "synchronous": synchronous}
        """What each connection is told."""
        self.identity = identity(path)
        """Which file this is; another one at its place is not touched."""
        self._wal_path = path.with_name(path.name + "-wal")
        self._wal: Identity | None = None
        """Which -wal file goes with it, where it is minded: it stays as long as a connection is open."""
        self._opened: list[Any] = []
        self._writer: Any = None
        self._turn = threading.RLock()
        """Held by the thread that has the writing connection."""
        _open[id(self)] = self

    def files(self) -> set[Identity | None]:
        """Which files are the database, its -wal, its -shm and its journal."""
        beside = (Path(f"{name}{end}") for name in self._names for end in ("", "-wal", "-shm", "-journal"))
        return {self.identity, self._wal, *map(identity, beside)}

    def _connect(self) -> Any:
        connection = self._new()
        connection.execute("PRAGMA query_only = 1")
        return connection

    def _new(self) -> Any:
        """A new connection for a thread, or for writing."""
        if self._finished:
            raise StoreError(_("{path} is closed.").format(path=self._path))
        connection = self.another(statements=STATEMENTS)
        self._add_conn_hooks(connection)
        self._opened.append(connection)
        return connection

    def another(self, mode: str = "", statements: int = 128) -> Any:
        """A connection that is the caller's own to close; raises `Moved` where another file has its place."""
        self.still_there()
        return connect(
            self._path,
            self.key,
            mode=mode or self.mode,
            immutable=self.immutable,
            pragmas=self.told,
            statements=statements,
        )

    def mind_wal(self) -> None:
        """From now on, the -wal file must stay where it is too."""
        self._wal = identity(self._wal_path)

    def still_there(self) -> None:
        """Raise `Moved` unless the file that was opened, and its -wal, lie at their paths."""
        now = identity(self._path)
        if now == self.identity:
            if self._wal is None or identity(self._wal_path) == self._wal:
                return
            sentence = _(
                "The file {wal}, which belongs to {path}, was deleted or replaced while it was open."
            )
        elif now is None:
            sentence = _("{path} was deleted, moved or cannot be reached any more while it was open.")
        else:
            sentence = _("{path} was replaced by another file while it was open.")
        raise Moved(
            sentence.format(path=self._path, wal=self._wal_path.name)
            + " "
            + _("What was saved last is not confirmed. Write a rescue copy before you close it.")
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """For the length of the block, the writing connection is this thread's; another thread waits for it."""
        with self._turn:
            if self._writer is None:
                self._writer = self._new()
            state = self._state
            before = state.conn, state.closed
            state.conn, state.closed = self._writer, False
            try:
                yield
            finally:
                state.conn, state.closed = before

    def renew(self) -> None:
        """Let the next operation open its connection anew: it then knows what the planner has learnt meanwhile."""
        with self._turn:
            if self._writer is not None and self._state.conn is not self._writer:
                self._writer.close()
                self._opened.remove(self._writer)
                self._writer = None

    def any_open(self) -> Any:
        """A connection that is open already, whatever lies at the path now."""
        return self._writer or next(iter(self._opened))

    def rollback(self) -> None:
        # When the disk is full, SQLite has taken the transaction back by itself.
        if self.connection().in_transaction:
            super().rollback()

    def finish(self) -> None:
        """Close the connections of all threads, for good: all of them, even where closing one fails."""
        self._finished = True
        with ExitStack() as last:  # what is told it first comes last
            last.callback(_open.pop, id(self), None)
            for connection in reversed(self._opened):
                last.callback(connection.close)
            self._writer = None
            self.close()
