"""One unchanging view of the workspace for the length of an export, on a connection of its own.

It may be used on any one thread, while the officer goes on working: what is saved meanwhile is not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from desktop.model.visibility import INTERNAL
from desktop.service.query import COUNT, ONE, PAGE, Query, Row, statement

_NEWEST = 'SELECT uid, hash FROM main."operation" ORDER BY id DESC LIMIT 1'
WINDOW = 200
"""Rows that are fetched together."""


class Snapshot:
    """The workspace as of one moment and as an audience may see it; by the day `today` things are overdue.

    `operation` is the uid of the last operation that it takes in, `head` its hash, with which the journal ends there;
    '' before the first.
    """

    def __init__(self, workspace: Any, today: str, audience: str = INTERNAL) -> None:
        self.today, self.audience = today, audience
        self._connection = workspace.engine.reader(audience=audience)
        self._connection.execute("BEGIN")
        # The first thing that is read: the moment of all that is read is that of this operation.
        newest = self._connection.execute(_NEWEST).fetchone()
        self.operation, self.head = map(str, newest or ("", ""))

    def rows(self, query: Query) -> Iterator[Row]:
        """All rows of a query in order, fetched by windows; id first, then the columns as selected."""
        kept, values = statement(query, PAGE)
        cursor = self._connection.execute(*kept.bind((*values, -1, 0), self.today))
        while rows := cursor.fetchmany(WINDOW):
            yield from rows

    def count(self, query: Query) -> int:
        """How many rows a query has."""
        kept, values = statement(query, COUNT)
        return int(self._connection.execute(*kept.bind(values, self.today)).fetchone()[0])

    def one(self, query: Query, record_id: int) -> Row | None:
        """The row of one record."""
        kept, _values = statement(query, ONE)
        row: Row | None = self._connection.execute(*kept.bind((record_id,), self.today)).fetchone()
        return row

    def sql(self, text: str, parameters: Any = ()) -> list[Row]:
        """The rows of a query of its own. Names without `main.` are what the audience sees."""
        found: list[Row] = self._connection.execute(text, parameters).fetchall()
        return found

    def tally(self, query: Query) -> Counter[Row]:
        """How many rows there are of each combination of a query's columns."""
        return Counter(row[1:] for row in self.rows(query))

    def close(self) -> None:
        """Let the workspace go."""
        self._connection.close()

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()
