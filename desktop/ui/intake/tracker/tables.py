"""Lists of what will happen, row by row: to look at, to copy, to write into a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from desktop.i18n import format_number
from desktop.service import handling
from desktop.ui import theme
from desktop.ui.lists.clipboard import Heading, as_tsv, mime
from desktop.ui.widgets.tips import plain_tip

WIDEST = 360


class Line(NamedTuple):
    """A row of a list; `key` is what it speaks of."""

    key: Any
    cells: tuple[str, ...]


class Lines(QAbstractTableModel):
    """Texts under titles."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles, self.lines = list(titles), list[Line]()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.titles)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.lines[index.row()].cells[index.column()].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.lines[index.row()].cells[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return format_number(section + 1) if role == Qt.ItemDataRole.DisplayRole else None


class LineTable(QTableView):
    """Shows them; Ctrl+C copies what is selected as a table."""

    def __init__(self, name: str, titles: Sequence[str]) -> None:
        super().__init__()
        self.lines = Lines(titles)
        self.setModel(self.lines)
        self.setAccessibleName(name)
        self.setProperty("quiet", True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self, compact=True))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, as wide as they are."""
        self.lines.show_lines(lines)
        self.resizeColumnsToContents()
        for column in range(len(self.lines.titles) - 1):
            self.setColumnWidth(column, min(WIDEST, self.columnWidth(column) + theme.SMALL))
        if lines:
            self.setCurrentIndex(self.lines.index(0, 0))

    def chosen(self) -> list[Any]:
        """What the selected rows speak of."""
        return [self.lines.lines[index.row()].key for index in self.selectionModel().selectedRows()]

    def headings(self) -> list[Heading]:
        """The columns as they are copied."""
        return [Heading(title) for title in self.lines.titles]

    def as_text(self, marking: str) -> str:
        """All of it, tab-separated, under the line that says how it is to be handled."""
        first = "\t".join(handling.row(marking, len(self.lines.titles)))
        return f"{first}\r\n{as_tsv(self.headings(), [line.cells for line in self.lines.lines])}"

    def copy(self) -> None:
        """Put the selected rows, or all where less than two are, on the clipboard."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        rows = sorted(rows) if len(rows) > 1 else list(range(len(self.lines.lines)))
        cells = [self.lines.lines[row].cells for row in rows]
        QApplication.clipboard().setMimeData(mime(self.headings(), cells))

    def keyPressEvent(self, event: Any) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)
