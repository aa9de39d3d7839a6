"""An operation that is only tried: all rules are asked, and nothing is written.

It holds no lock, so that thousands of rows can be tried while others write. What only the file itself could refuse (a
pointer to what was deleted a moment ago) is told when it is written.
"""

from __future__ import annotations

from typing import Any

from desktop.model import Entity, Record
from desktop.model.relations import Many
from desktop.service import references
from desktop.service.operation import Writing

NOWHERE = -1
"""The id of a record that is only tried: no row has it."""


class Trying(Writing):
    """Acts on records in memory; `forget` gives them their values back. Obtain it from `Workspace.trial()`."""

    def _next_ref(self, entity: type[Entity]) -> str:
        return f"{entity.prefix}-…"

    def _insert(self, record: Any, elements: dict[str, frozenset[Any]]) -> None:
        record.id = NOWHERE

    def _update(
        self, record: Any, before: dict[str, Any], elements: dict[str, tuple[Many, Any, Any]]
    ) -> None:
        if isinstance(record, Entity) and record.ref != before["ref"]:
            references.free_ref(type(record), record.ref, record.uid)

    def delete(self, record: Record) -> None:
        """Nothing that is tried deletes."""
        raise NotImplementedError

    def forget(self) -> None:
        """Give the records in memory the values that they had before."""
        self._remember(0)
