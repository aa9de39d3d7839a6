"""The workspace as one view of it reads: on a connection of its own, on any one thread, as of one moment.

    with apart(workspace) as seen:
        found = country.view(seen, "CL")

Whatever reads only through `query` takes it for the workspace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from desktop.model.visibility import INTERNAL, narrower
from desktop.store import audience as views


class Apart:
    """Stands for the workspace; `day` is the day that it takes for today."""

    def __init__(self, workspace: Any, connection: Any, day: str = "", audience: str = INTERNAL) -> None:
        self.engine, self.facts, self._connection = self, workspace.facts, connection
        self.audience = audience
        self._day = day or workspace.today()

    @contextmanager
    def seen_by(self, audience: str) -> Iterator[None]:
        """For the length of the block, it reads what an audience may see; see `Engine.seen_by`."""
        before, within = self.audience, narrower(self.audience, audience)
        if within != before:
            views.install(self._connection, within)
        self.audience = within
        try:
            yield
        finally:
            self.audience = before
            if within != before:
                views.install(self._connection, before)

    def today(self) -> str:
        """The day by which things are overdue."""
        return str(self._day)

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """The rows of a query."""
        return list(self._connection.execute(sql, parameters).fetchall())


@contextmanager
def apart(workspace: Any, day: str = "", audience: str = INTERNAL) -> Iterator[Apart]:
    """The workspace to read for the length of the block: what is saved meanwhile is not seen."""
    with closing(workspace.engine.reader(audience=audience)) as connection:
        connection.execute("BEGIN")
        connection.execute(
            "SELECT count(*) FROM main.sqlite_schema"
        ).fetchone()  # the moment is that of the first reading
        yield Apart(workspace, connection, day, narrower(workspace.engine.audience, audience))
