"""The workspace as a worker thread reads it: through a connection of its own, which the worker opens and closes."""

from __future__ import annotations

from typing import Any

from desktop.service.workspace import Workspace


class Apart:
    """Stands for the workspace wherever only `query` reads it."""

    def __init__(self, workspace: Workspace, connection: Any) -> None:
        self.engine, self.today, self._connection = self, workspace.today, connection

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """The rows of a query."""
        return list(self._connection.execute(sql, parameters).fetchall())
