"""What changed field by field: a table that can be sorted and copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QStyleOptionViewItem, QTableView

from desktop.i18n import N_, _
from desktop.model.kinds import SortKey
from desktop.service.changes import Cell
from desktop.text import made_visible
from desktop.ui import theme
from desktop.ui.lists import clipboard
from desktop.ui.reports.rows import RowDelegate, paint_ring
from desktop.ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
TITLES = (N_("Record"), N_("Field"), N_("Was"), N_("Is"), N_("By"), N_("When"))
SHARES = (29, 16, 21, 21, 13)
"""Of a hundred parts of the width that the moment leaves."""
WHEN = 5


class CellsModel(QAbstractTableModel):
    """A cell of the journal a row."""

    def __init__(self, moment: Callable[[str], str], parent: Any = None) -> None:
        super().__init__(parent)
        self._moment = moment
        self.cells: list[Cell] = []
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show(self, cells: Sequence[Cell]) -> None:
        """Show these, in the order that was asked for last."""
        self.beginResetModel()
        self.cells = list(cells)
        self._sort()
        self.endResetModel()

    def text(self, cell: Cell, column: int) -> str:
        """What stands in a column."""
        if column == WHEN:
            return self._moment(cell.at) if cell.at else ""
        return (cell.record, cell.field, cell.was, cell.is_, cell.by)[column]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._sorted = column, order
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        column, order = self._sorted
        if column >= 0:
            key = (
                (lambda cell: cell.at)
                if column == WHEN
                else lambda cell: SortKey.key(self.text(cell, column))
            )
            self.cells.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)

    # ---- Qt's interface

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return _(TITLES[section])
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return side if role == _ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            return None
        text = made_visible(self.text(self.cells[index.row()], index.column()))
        if role == _ROLE.ToolTipRole:
            return plain_tip(text)
        return " ".join(text.split()) if role == _ROLE.DisplayRole else text


class CellsTable(QTableView):
    """Shows a `CellsModel`; rows are chosen, Enter opens the record."""

    opened = Signal(object)
    """Somebody wants to see the record of this `Cell`."""
    menu_requested = Signal(QPoint)

    def __init__(self, moment: Callable[[str], str]) -> None:
        super().__init__()
        self.rows = CellsModel(moment, self)
        self.setModel(self.rows)
        self.setAccessibleName(_("Cell by cell"))
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setStyleSheet(
            f"QHeaderView::section {{ padding-left: {theme.SMALL}px; }}"
            f"QHeaderView::section:first {{ padding-left: {theme.WIDE}px; }}"
        )
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self._open(index))

    def current(self) -> Cell | None:
        """The cell at which one stands."""
        index = self.currentIndex()
        return self.rows.cells[index.row()] if index.isValid() else None

    def copy(self) -> None:
        """Put the selected rows on the clipboard."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        if chosen:
            heads = [clipboard.Heading(_(title)) for title in TITLES]
            columns = range(len(TITLES))
            cells = [[self.rows.text(self.rows.cells[row], n) for n in columns] for row in chosen]
            QApplication.clipboard().setMimeData(clipboard.mime(heads, cells))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.cells[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_requested.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """The moment gets what it needs, the others their shares of the rest."""
        sample = self.rows.text(self.rows.cells[0], WHEN) if self.rows.cells else "0" * 18
        room = self.viewport().width()
        when = min(room // 4, self.fontMetrics().horizontalAdvance(f"{sample}00") + 2 * theme.SMALL)
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, (room - when) * share // 100)
        self.setColumnWidth(WHEN, when)


class _Delegate(RowDelegate):
    """Paints its own ground: a table has no rows of its own to paint."""

    pad = (theme.WIDE, theme.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        table: Any = self.parent()
        if table.selectionModel().isSelected(index):
            painter.fillRect(option.rect, theme.colour(theme.current().accent_soft))
        area = QRect(option.rect)
        super().paint(painter, option, index)
        if table.hasFocus() and index.row() == table.currentIndex().row():
            paint_ring(
                painter, area.adjusted(-2 if index.column() else 0, 0, 2 if index.column() < WHEN else 0, 0)
            )
