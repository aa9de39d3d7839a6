"""What a table keeps while its rows are replaced: by ids, as records move, come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from desktop.ui.lists.lines import MOST

if TYPE_CHECKING:
    from desktop.ui.lists.table import RecordTable

_FLAGS = QItemSelectionModel.SelectionFlag


class Kept:
    """What is selected, current and at the top of a table at this moment."""

    def __init__(self, table: RecordTable) -> None:
        rows = table.rows
        self.count = table.selected_count()
        self._everything = self.count > MOST and self.count == rows.record_count
        self._ids = table.selected_ids() if self.count <= MOST else []
        self._row = table.currentIndex().row()
        self._current = _id(table, self._row)
        self._top = _id(table, table.rowAt(0))
        self._down = table.verticalScrollBar().value()
        self._across = table.horizontalScrollBar().value()

    def select(self, table: RecordTable) -> None:
        """Select the same records; what is current stays on its record, else on its row."""
        rows = table.rows
        if self._everything:
            table.selectAll()
            return
        places = rows.places({*self._ids, self._current} - {-1})
        stretches = _stretches(sorted(places[each] for each in self._ids if each in places))
        if stretches != table.selected_ranges():
            selection, last = QItemSelection(), rows.columnCount() - 1
            for first, final in stretches:
                selection.select(rows.index(first, 0), rows.index(final, last))
            table.selectionModel().select(selection, _FLAGS.ClearAndSelect)
        current = places.get(self._current, min(self._row, rows.rowCount() - 1))
        if current >= 0 and current != table.currentIndex().row():
            table.selectionModel().setCurrentIndex(rows.index(current, 0), _FLAGS.NoUpdate)

    def scroll(self, table: RecordTable) -> None:
        """Show the same records at the same height."""
        top = table.rows.places({self._top}).get(self._top) if self._top >= 0 else None
        height = table.verticalHeader().defaultSectionSize()
        table.verticalScrollBar().setValue(self._down if top is None else top * height + self._down % height)
        table.horizontalScrollBar().setValue(self._across)


def _id(table: RecordTable, row: int) -> int:
    ids = table.rows.ids(row, row + 1) if row >= 0 else []
    return ids[0] if ids else -1


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Numbers in order as stretches that follow one another."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
