"""Tells which record is selected, but not each one that a held arrow key passes: only where it comes to rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.lists.table import RecordTable

SETTLE_MS = 90


def records_of(entity: Any, ids: Sequence[int]) -> list[Any]:
    """The records of these ids that are still there, in this order."""
    found = {
        record.id: record
        for start in range(0, len(ids), 500)
        for record in entity.select().where(entity.id.in_(ids[start : start + 500]))
    }
    return [found[each] for each in ids if each in found]


class Telling(QObject):
    """Watches the selection of a table over the records of an entity."""

    selected = Signal(object)
    """The one record that is selected; None where there is none, or several."""

    def __init__(self, table: RecordTable, entity: Any) -> None:
        super().__init__(table)
        self._table, self._entity = table, entity
        self._told_at = 0.0
        self._pace = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pace.timeout.connect(self._tell)
        table.chosen.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        if time.monotonic() - self._told_at > SETTLE_MS / 1000 and not self._pace.isActive():
            self._tell()
        else:
            self._pace.start()

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        ids = self._table.selected_ids(2)
        self.selected.emit(self._entity.get_or_none(self._entity.id == ids[0]) if len(ids) == 1 else None)
