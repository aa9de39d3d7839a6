"""What can still be read of a damaged workspace file: its tables one by one, around what is broken."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store import looking
from desktop.store.errors import StoreError
from desktop.store.keys import Key

GIVEN_UP = 2_000
"""So many rows that cannot be read one after the other are the end of a table."""


@dataclass
class Readable:
    """How many rows of each table could be read, and in which of them something could not."""

    rows: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def readable(path: Path, tables: Iterable[str], key: Key | None = None) -> Readable:
    """What can be read of these tables. Nothing is written; of a file that does not open at all it is nothing."""
    found = Readable()
    wanted = list(tables)
    try:
        looking.refuse_by_look(path)
        connection = _opened(path, key)
    except (StoreError, sqlcipher.DatabaseError, OSError):
        found.broken.update(wanted)
        return found
    try:
        for table in wanted:
            _read(connection, table, found)
    finally:
        connection.close()
    return found


def _opened(path: Path, key: Key | None) -> Any:
    """A connection that takes the file as it is: also one that is shorter than it says, which SQLite refuses."""
    connection = sqlcipher.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    connection.text_factory = bytes  # whatever they hold
    if key is not None:
        connection.execute(f"PRAGMA key = {key.pragma}")
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _read(connection: Any, table: str, found: Readable) -> None:
    """Count the rows of a table that can be read whole: from its beginning, then one by one."""
    seen, last = _walk(connection, table)
    if last is not None:
        found.broken.add(table)
        seen += _single(connection, table, last + 1)
    if seen or last is None:
        found.rows[table] = seen


def _walk(connection: Any, table: str) -> tuple[int, int | None]:
    """How many rows were read, and the number of the last one before a broken place (0: there is none before it).

    None where there was no broken place.
    """
    seen, last = 0, 0
    with contextlib.suppress(sqlcipher.DatabaseError):
        for row in connection.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid'):
            seen, last = seen + 1, int(row[0])
        return seen, None
    return seen, last


def _single(connection: Any, table: str, number: int) -> int:
    """How many rows from this number on can be read, each alone; it ends where so many together cannot."""
    seen, missing = 0, 0
    while missing < GIVEN_UP:
        row = None
        with contextlib.suppress(sqlcipher.DatabaseError):
            row = connection.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', (number,)).fetchone()
        seen, missing = (seen, missing + 1) if row is None else (seen + 1, 0)
        number += 1
    return seen
