"""What a chart shows: rows and columns of cells, each with its words and the list behind it. A table shows the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from desktop.ui.widgets.tips import plain_tip

CELL = Qt.ItemDataRole.UserRole
"""The role of a `Cell`."""


@dataclass(frozen=True)
class Cell:
    """One mark: its size, how it reads in a table, the sentence that is spoken, and what it leads to.

    `leads` is an entity's key and the conditions of its list, as `Context.list_requested` takes them.
    """

    value: int
    text: str
    spoken: str
    leads: tuple[str, Any] | None = None


@dataclass(frozen=True)
class Row:
    """One place of the chart; a cell that is None is no place at all (a day to come)."""

    label: str
    cells: tuple[Cell | None, ...]
    tick: str = ""
    """What the axis says there, where it says anything."""
    rag: str = ""
    """Its cells are of this RAG."""
    note: str = ""
    """What stands muted behind its marks."""


@dataclass(frozen=True)
class Figure:
    """`heads` are the titles of the rows and of each column; the first `drawn` columns are drawn, the table has all."""

    title: str
    told: str
    """The whole in a sentence or two, for whoever does not see it."""
    heads: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    drawn: int = 1
    empty: str = ""
    """What it says where there is nothing to draw."""

    @property
    def blank(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(cell and cell.value for row in self.rows for cell in row.cells[: self.drawn])

    @property
    def most(self) -> int:
        """The largest value."""
        return max((c.value for row in self.rows for c in row.cells[: self.drawn] if c), default=0)

    def cell(self, row: int, column: int) -> Cell | None:
        return self.rows[row].cells[column]


class FigureModel(QAbstractTableModel):
    """A figure, for a chart and its table alike."""

    def __init__(self, figure: Figure, parent: Any = None) -> None:
        super().__init__(parent)
        self.figure = figure

    def show_figure(self, figure: Figure) -> None:
        """Show another one."""
        self.beginResetModel()
        self.figure = figure
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.figure.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.figure.heads) - 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self.figure.cell(index.row(), index.column()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.figure.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return None
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.spoken)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() < self.figure.drawn:
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = orientation == Qt.Orientation.Horizontal and section < self.figure.drawn
            side = Qt.AlignmentFlag.AlignTrailing if number else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.figure.heads[section + 1]
        return self.figure.rows[section].label
