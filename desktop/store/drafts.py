"""Drafts: what is being typed, on disk within a second, so that a crash takes no more than that.

A small database beside the workspace, opened by the same engine with the workspace's key: what is encrypted there is
encrypted here. What has been saved is dropped. Each process keeps its own there, and leaves those of others alone for
as long as they live.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _, why
from desktop.store.alive import Alive, living
from desktop.store.connections import connect, identity
from desktop.store.errors import StoreError, is_damage, telling
from desktop.store.keys import Key
from desktop.store.places import LOCAL, kind_of

SUFFIX = ".drafts"
REWRITING = ".rewriting"
"""Drafts under the key that the workspace is getting; see `crypt`."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS typed (owner TEXT NOT NULL, place TEXT NOT NULL, content TEXT NOT NULL,"
    " at TEXT NOT NULL, PRIMARY KEY (owner, place)) WITHOUT ROWID"
)
_FORMER = "draft"
"""The table of a file from before there were owners."""


@dataclass(frozen=True)
class Draft:
    """What was typed somewhere: `record:<uid>:<field>`, `dialog:<module:class>`, `quick`, `update:<uid>`, …"""

    place: str
    content: dict[str, Any]
    at: str
    """When, UTC."""
    owner: str = ""
    """Who keeps it; see `Drafts.owner`."""


def place(path: Path) -> Path:
    """Where the drafts of a workspace lie."""
    return path.with_name(path.name + SUFFIX)


class Drafts:
    """The drafts of the workspace at `path`. Any thread may keep and drop."""

    def __init__(self, path: Path, key: Key | None = None, *, file: Path | None = None) -> None:
        """Raises `StoreError` where there is no room or no right. `file` is another place than the usual one."""
        self.path = file or place(path)
        self._key, self._turn = key, threading.RLock()
        self._alive = Alive(self.path)
        self.trouble = ""
        """What was found at opening, as a sentence: drafts that the key does not open were moved aside."""
        try:
            with telling(self.path):
                self._connection = self._opened()
            self._which = identity(self.path)
        except OSError as error:
            self._alive.end()
            raise StoreError(
                _("{path} cannot be written: {why}.").format(path=self.path, why=why(error))
            ) from error
        except BaseException:
            self._alive.end()
            raise

    @property
    def owner(self) -> str:
        """The name under which these are kept: nobody else touches them before `close()` or the end of the process."""
        return self._alive.name

    def keep(self, place: str, content: Mapping[str, Any]) -> None:
        """Have on disk what was typed at a place, instead of what was there; raises `StoreError`."""
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        self._insert(Draft(place, dict(content), at, self.owner))

    def drop(self, place: str) -> None:
        """Forget what was typed at a place: it was saved, or thrown away."""
        self._execute("DELETE FROM typed WHERE owner = ? AND place = ?", (self.owner, place))

    def exchange(self, kept: Mapping[str, Mapping[str, Any]], dropped: Iterable[str]) -> None:
        """Keep and drop several at once: all of it, or, where `StoreError` is raised, nothing."""
        with self._at_once():
            for name in dropped:
                self.drop(name)
            for name, content in kept.items():
                self.keep(name, content)

    def take_over(self, renamed: Callable[[Draft], Draft]) -> None:
        """Own what nobody living keeps, each as `renamed` says; raises `StoreError`."""
        with self._at_once():
            try:
                there = living(self.path)
            except OSError as error:
                raise StoreError(
                    _("{path} cannot be reached: {why}.").format(path=self.path.parent, why=why(error))
                ) from error
            for draft in self.all():
                if draft.owner not in there:
                    self._execute(
                        "DELETE FROM typed WHERE owner = ? AND place = ?", (draft.owner, draft.place)
                    )
                    self._insert(replace(renamed(draft), owner=self.owner))

    def copy(self, others: Iterable[Draft]) -> None:
        """Have these too, as they are."""
        with self._at_once():
            for draft in others:
                self._insert(draft)

    def all(self) -> list[Draft]:
        """All drafts, whoever keeps them, the newest first; without those that make no sense any more."""
        rows = self._execute("SELECT place, content, at, owner FROM typed ORDER BY at DESC, place, owner")
        found = [(_content(text), name, at, owner) for name, text, at, owner in rows]
        return [Draft(name, content, at, owner) for content, name, at, owner in found if content is not None]

    def own(self) -> list[Draft]:
        """Those that are kept here."""
        return [draft for draft in self.all() if draft.owner == self.owner]

    def is_there(self) -> bool:
        """Whether the file still lies where it was opened: nobody took it away, or moved it aside for another."""
        return self._which is not None and identity(self.path) == self._which

    def close(self) -> None:
        """Close the file; one that holds no drafts, and that nobody else has open, is removed."""
        with self._turn, contextlib.suppress(sqlcipher.Error, OSError):
            empty = not self._connection.execute("SELECT count(*) FROM typed").fetchone()[0]
            self._connection.close()
            self._alive.end()
            if empty and self.is_there() and not living(self.path):
                _remove(self.path)

    def _insert(self, draft: Draft) -> None:
        text = json.dumps(draft.content, ensure_ascii=False)  # in its order: it is filled again in that
        # Half a character from a bad paste must not keep the rest from being kept.
        text = text.encode("utf-8", "replace").decode()
        self._execute(
            "INSERT OR REPLACE INTO typed VALUES (?, ?, ?, ?)", (draft.owner, draft.place, text, draft.at)
        )

    @contextlib.contextmanager
    def _at_once(self) -> Iterator[None]:
        with self._turn:
            self._execute("BEGIN IMMEDIATE")
            try:
                yield
                self._execute("COMMIT")
            except BaseException:
                with contextlib.suppress(StoreError):
                    self._execute("ROLLBACK")
                raise

    def _execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        with self._turn, telling(self.path):
            try:
                return list(self._connection.execute(sql, parameters).fetchall())
            except sqlcipher.ProgrammingError as error:
                raise StoreError(_("{path} is closed.").format(path=self.path)) from error

    def _opened(self) -> Any:
        spare = self.path.with_name(self.path.name + REWRITING)
        left: list[Any] = []
        for attempt in (self.path, spare):
            if not os.path.lexists(attempt):
                continue
            if attempt is spare:
                # A change of passphrase was interrupted after the workspace had its new key.
                spare.replace(self.path)
            damaged = self._key is None
            try:
                connection = self._connected()
                with _closed_on_error(connection):
                    whole = _is_whole(connection)
                if whole:
                    break
                connection.close()
                damaged, left = True, left + _readable(self.path, self._key)
            except sqlcipher.DatabaseError as error:
                if not is_damage(error):
                    raise
            self._move_aside(damaged)
        else:
            connection = self._connected()
        with _closed_on_error(connection):
            connection.executemany("INSERT OR IGNORE INTO typed VALUES (?, ?, ?, ?)", left)
        with contextlib.suppress(OSError):
            _remove(spare)  # of a change that was interrupted before: it may be in plain
        return connection

    def _connected(self) -> Any:
        with contextlib.suppress(FileExistsError):
            # Made here, so that it is nobody else's to read.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        local = kind_of(self.path).kind == LOCAL
        connection = connect(self.path, self._key)
        connection.text_factory = _lenient
        with _closed_on_error(connection):
            connection.execute(f"PRAGMA journal_mode = {'WAL' if local else 'DELETE'}")
            connection.execute(_TABLE)
            _take_former(connection)
        return connection

    def _move_aside(self, damaged: bool) -> None:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        for suffix in ("-wal", "-shm", ""):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").replace(f"{self.path}.aside-{stamp}{suffix}")
        if damaged:
            sentence = _("Drafts that cannot be read were moved to {path}.")
        else:
            sentence = _("Drafts that cannot be opened with this passphrase were moved to {path}.")
        self.trouble = sentence.format(path=f"{self.path}.aside-{stamp}")


@contextlib.contextmanager
def _closed_on_error(connection: Any) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _lenient(text: bytes) -> str:
    """A text of which a bit turned: the rest of it is as good as before."""
    return text.decode("utf-8", "replace")


def _content(text: str) -> dict[str, Any] | None:
    """What was typed; None where the text is no such thing any more."""
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _is_whole(connection: Any) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlcipher.DatabaseError as error:
        if not is_damage(error):
            raise
        return False


def _readable(file: Path, key: Key | None) -> list[Any]:
    """The rows before what is broken, and those behind it."""
    found = []
    for order in ("ASC", "DESC"):
        # Each on its own: one to an encrypted file remembers that it failed.
        with contextlib.closing(connect(file, key)) as connection:
            connection.text_factory = _lenient
            with contextlib.suppress(sqlcipher.DatabaseError):
                for row in connection.execute(f"SELECT * FROM typed ORDER BY owner {order}, place {order}"):
                    found.append(row)
    return found


def _take_former(connection: Any) -> None:
    there = ("SELECT 1 FROM sqlite_master WHERE name = ?", (_FORMER,))
    if connection.execute(*there).fetchone():
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute(*there).fetchone():  # another process may have come first
            connection.execute(f"INSERT OR IGNORE INTO typed SELECT '', place, content, at FROM {_FORMER}")
            connection.execute(f"DROP TABLE {_FORMER}")
        connection.execute("COMMIT")


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
