"""Drafts: what is being typed, on disk within a second, so that a crash takes no more than that.

A small database beside the workspace, opened by the same engine with the workspace's key: what is encrypted there is
encrypted here. What has been saved is dropped.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.store.connections import connect
from desktop.store.errors import StoreError, telling
from desktop.store.keys import Key
from desktop.store.places import LOCAL, kind_of

SUFFIX = ".drafts"
REWRITING = ".rewriting"
"""Drafts under the key that the workspace is getting; see `crypt`."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS draft"
    " (place TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID"
)


@dataclass(frozen=True)
class Draft:
    """What was typed somewhere: `record:<uid>:<field>`, `dialog:<module:class>`, `quick`, `update:<uid>`, …"""

    place: str
    content: dict[str, Any]
    at: str
    """When, UTC."""


def place(path: Path) -> Path:
    """Where the drafts of a workspace lie."""
    return path.with_name(path.name + SUFFIX)


class Drafts:
    """The drafts of the workspace at `path`. Any thread may keep and drop."""

    def __init__(self, path: Path, key: Key | None = None, *, file: Path | None = None) -> None:
        """Raises `StoreError` where there is no room or no right. `file` is another place than the usual one."""
        self.path = file or place(path)
        self._key, self._turn = key, threading.RLock()
        self.trouble = ""
        """What was found at opening, as a sentence: drafts that the key does not open were moved aside."""
        with telling(self.path):
            self._connection = self._opened()

    def keep(self, place: str, content: Mapping[str, Any]) -> None:
        """Have on disk what was typed at a place, instead of what was there; raises `StoreError`."""
        text = json.dumps(dict(content), ensure_ascii=False, sort_keys=True)
        # Half a character from a bad paste must not keep the rest from being kept.
        text = text.encode("utf-8", "replace").decode()
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        self._execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (place, text, at))

    def drop(self, place: str) -> None:
        """Forget what was typed at a place: it was saved, or thrown away."""
        self._execute("DELETE FROM draft WHERE place = ?", (place,))

    def exchange(self, kept: Mapping[str, Mapping[str, Any]], dropped: Iterable[str]) -> None:
        """Keep and drop several at once: all of it, or, where `StoreError` is raised, nothing."""
        with self._turn:
            self._execute("BEGIN IMMEDIATE")
            try:
                for name in dropped:
                    self.drop(name)
                for name, content in kept.items():
                    self.keep(name, content)
                self._execute("COMMIT")
            except BaseException:
                with contextlib.suppress(StoreError):
                    self._execute("ROLLBACK")
                raise

    def all(self) -> list[Draft]:
        """All drafts, the newest first."""
        rows = self._execute("SELECT place, content, at FROM draft ORDER BY at DESC, place")
        return [Draft(name, json.loads(content), at) for name, content, at in rows]

    def close(self) -> None:
        """Close the file; one that holds no drafts is removed."""
        with self._turn, contextlib.suppress(sqlcipher.Error, OSError):
            empty = not self._connection.execute("SELECT count(*) FROM draft").fetchone()[0]
            self._connection.close()
            if empty:
                _remove(self.path)

    def _execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        with self._turn, telling(self.path):
            try:
                return list(self._connection.execute(sql, parameters).fetchall())
            except sqlcipher.ProgrammingError as error:
                raise StoreError(_("{path} is closed.").format(path=self.path)) from error

    def _opened(self) -> Any:
        spare = self.path.with_name(self.path.name + REWRITING)
        for attempt in (self.path, spare):
            if not attempt.exists():
                continue
            if attempt is spare:
                # A change of passphrase was interrupted after the workspace had its new key.
                spare.replace(self.path)
            try:
                return self._connected()
            except sqlcipher.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (11, 26):
                    raise
                self._move_aside()
        return self._connected()

    def _connected(self) -> Any:
        try:
            # Made here, so that it is nobody else's to read.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            pass
        except OSError as error:
            raise StoreError(_("{path} cannot be written.").format(path=self.path)) from error
        local = kind_of(self.path).kind == LOCAL
        connection = connect(self.path, self._key)
        try:
            connection.execute(f"PRAGMA journal_mode = {'WAL' if local else 'DELETE'}")
            connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _move_aside(self) -> None:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        for suffix in ("-wal", "-shm", ""):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").replace(f"{self.path}.aside-{stamp}{suffix}")
        self.trouble = _("Drafts that cannot be opened with this passphrase were moved to {path}.").format(
            path=f"{self.path}.aside-{stamp}"
        )


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
