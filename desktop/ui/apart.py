"""The workspace as a worker thread reads it: through a connection of its own, which the worker opens and closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.service.workspace import Workspace


class Apart:
    """Stands for the workspace wherever only `query` reads it."""

    def __init__(self, workspace: Workspace, connection: Any) -> None:
        self.engine, self.today, self._connection = self, workspace.today, connection

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """The rows of a query."""
        return list(self._connection.execute(sql, parameters).fetchall())


def while_there(owner: QObject, call: Callable[[Any], None]) -> Callable[[Any], None]:
    """The call, for as long as its owner is there: a worker may be done after a page was taken down."""
    return lambda result: call(result) if isValid(owner) else None
