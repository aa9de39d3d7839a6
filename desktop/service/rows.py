"""The rows of a list by windows: a list of a million opens like a list of ten.

The first window comes straight from the query. Then `fill`, on a worker thread, writes the ids of the whole
result in order into a temporary table of a connection of its own; from there any window is found by its row
numbers. Ids only: the file is read again for what is shown, so that a window never shows old values.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Collection
from typing import Any, NamedTuple

from desktop.service.query import FILLED, GROUPED, IDS, Query, Row, page, statement

WINDOW = 200
"""Rows that are fetched together."""

CACHE = 1000
"""KiB of the file that a list's own connection keeps: windows are read once and shown."""

_numbers = itertools.count(1)


class Group(NamedTuple):
    """The rows of a grouped query that have the same: `value` as selected, the number of the first, and how many."""

    value: Any
    first: int
    size: int


class Rows:
    """The rows of one query of a workspace, as of when it was filled."""

    def __init__(self, workspace: Any, query: Query) -> None:
        self.workspace, self.query = workspace, query
        self.count = 0
        self.filled = False
        self.groups: tuple[Group, ...] = ()
        """Of a query that is grouped, once it is filled."""
        self._name = f"rows_{next(_numbers)}"
        self._connection: Any = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._filling = False

    def first(self) -> list[Row]:
        """The first window, at once; `count` is exact if all rows fit in it."""
        rows = page(self.workspace, self.query, WINDOW)
        self.count = len(rows)
        self.filled = self.filled or len(rows) < WINDOW
        return rows

    def fill(self) -> int:
        """Number the whole result; returns how many rows there are. For a worker thread; may be stopped."""
        kept, values = statement(self.query, GROUPED if self.query.group else IDS)
        text, parameters = kept.bind(values, self.workspace.today())
        with self._lock:
            if self._stopped.is_set():
                return 0
            self._connection = self.workspace.engine.reader(CACHE)
            self._filling = True
        connection = self._connection
        try:
            connection.execute(f"CREATE TEMP TABLE {self._name} AS {text}", parameters)
            if self.query.group:
                told = f"SELECT g, min(rowid) - 1, count(*) FROM {self._name} GROUP BY g ORDER BY 2"
                self.groups = tuple(Group(*row) for row in connection.execute(told))
            return int(connection.execute(f"SELECT max(rowid) FROM {self._name}").fetchone()[0] or 0)
        except self.workspace.engine.errors:
            if not self._stopped.is_set():
                raise
            return 0
        finally:
            with self._lock:
                self._filling = False
                if self._stopped.is_set():
                    connection.close()

    def accept(self, total: int) -> None:
        """Take the filled table into use; on the thread that reads the windows."""
        self.count, self.filled = total, True

    def window(self, start: int, size: int = WINDOW) -> list[Row]:
        """The rows numbered `start` (from 0) and following; fewer at the end."""
        if not self.numbered:
            return page(self.workspace, self.query, size, start)
        kept, _values = statement(self.query, FILLED, filled=self._name)
        text, parameters = kept.bind((start + 1, start + size), self.workspace.today())
        return self._connection.execute(text, parameters).fetchall()  # type: ignore[no-any-return]

    @property
    def numbered(self) -> bool:
        """Whether there is a filled table, from which ids and places can be told."""
        return self.filled and self._connection is not None

    def ids(self, start: int, stop: int) -> list[int]:
        """The ids of the rows numbered from `start` to before `stop`, of a filled table; an empty list otherwise."""
        if not self.numbered:
            return []
        sql = f"SELECT id FROM {self._name} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        return [row[0] for row in self._connection.execute(sql, (start + 1, stop))]

    def places(self, ids: Collection[int]) -> dict[int, int]:
        """The row number of each of these ids that the filled table has."""
        if not self.numbered or not ids:
            return {}
        sql = f"SELECT id, rowid - 1 FROM {self._name} WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(sql, (json.dumps(list(ids)),)))

    def close(self) -> None:
        """Stop filling and let the connection go; the rows are not to be used any more."""
        with self._lock:
            self._stopped.set()
            connection, self._connection = self._connection, None
            if connection is not None and self._filling:
                connection.interrupt()  # `fill` closes it, on its own thread
            elif connection is not None:
                connection.close()
