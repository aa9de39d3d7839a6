"""The rows of the palette as a list that Qt shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from desktop.ui.palette.entries import Entry

_ITEM = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class EntriesModel(QAbstractListModel):
    """Headings, and what is greyed, cannot be chosen."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.entries[index.row()].said() if role in _SAID else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return _ITEM if self.can_be_chosen(index.row()) else Qt.ItemFlag.ItemNeverHasChildren

    def can_be_chosen(self, row: int) -> bool:
        """Whether there is such a row, and something to open."""
        if not 0 <= row < len(self.entries):
            return False
        entry = self.entries[row]
        return entry.enabled and not entry.heading

    def next(self, row: int, step: int) -> int:
        """The nearest row that can be chosen, from another one on; that one itself where there is none."""
        place = row + step
        while 0 <= place < len(self.entries):
            if self.can_be_chosen(place):
                return place
            place += step
        return row
