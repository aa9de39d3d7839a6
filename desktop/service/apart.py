"""The workspace as one view of it reads: on a connection of its own, on any one thread, as of one moment.

    with apart(workspace) as seen:
        found = country.view(seen, "CL")

Whatever reads only through `query` takes it for the workspace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any


class Apart:
    """Stands for the workspace; `day` is the day that it takes for today."""

    def __init__(self, workspace: Any, connection: Any, day: str = "") -> None:
        self.engine, self.facts, self._connection = self, workspace.facts, connection
        self._day = day or workspace.today()

    def today(self) -> str:
        """The day by which things are overdue."""
        return str(self._day)

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """The rows of a query."""
        return list(self._connection.execute(sql, parameters).fetchall())


@contextmanager
def apart(workspace: Any, day: str = "") -> Iterator[Apart]:
    """The workspace to read for the length of the block: what is saved meanwhile is not seen."""
    with closing(workspace.engine.reader()) as connection:
        connection.execute("BEGIN")
        connection.execute(
            "SELECT count(*) FROM sqlite_schema"
        ).fetchone()  # the moment is that of the first reading
        yield Apart(workspace, connection, day)
