"""The tree of the ledger: arrows walk and unfold it, Enter opens, letters find a counterpart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
)

from desktop.model import FollowUp
from desktop.service.ledger import Counterpart, Group, Row
from desktop.text import fold
from desktop.ui import theme
from desktop.ui.ledger import columns
from desktop.ui.ledger.delegate import LedgerDelegate
from desktop.ui.ledger.model import LedgerModel, name_of
from desktop.ui.lists import clipboard
from desktop.ui.lists.columns import height_for
from desktop.ui.lists.telling import SETTLE_MS

_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
MOST = 5000
"""Rows that are copied or handed out at once."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LedgerTree(QTreeView):
    """Shows a `LedgerModel`; rows are chosen, never cells."""

    opened = Signal(int)
    """Somebody wants to see the follow-up of this id."""
    chosen = Signal()
    """Other rows are selected than before; told once an arrow key that is held comes to rest."""
    menu_requested = Signal(QPoint)

    def __init__(self, model: LedgerModel, density: str = "") -> None:
        super().__init__()
        self.ledger, self._density = model, density
        self._hovered = QModelIndex()
        self.setModel(model)
        self.setItemDelegate(LedgerDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(theme.LARGE)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        head = self.header()
        head.setStyleSheet(
            f"QHeaderView::section {{ padding-left: {columns.PAD}px; padding-right: {columns.PAD}px; }}"
            f"QHeaderView::section:first {{ padding-left: {theme.LARGE}px; }}"
        )
        head.setSectionsMovable(False)
        head.setSectionsClickable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(20)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS, timeout=self.chosen.emit)
        self.selectionModel().selectionChanged.connect(lambda *_ranges: self._settled.start())
        self.selectionModel().currentChanged.connect(lambda *_indexes: self._settled.start())
        model.modelReset.connect(self._span)

    def row_height(self) -> int:
        """The height of a row, as the preference says."""
        return int(height_for(self, self._density))

    def _span(self) -> None:
        for row in range(self.ledger.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)

    # ---- what is selected

    def current_group(self) -> Group | None:
        """The counterpart at which one stands."""
        return self.ledger.group(self.currentIndex())

    def _stretches(self) -> list[tuple[int, int, int]]:
        """The selected follow-ups: number of the counterpart, first and last row, in their order.

        `selectedRows` would ask the model about each cell.
        """
        ranges = self.selectionModel().selection()
        return sorted(
            {(each.parent().row(), each.top(), each.bottom()) for each in ranges if each.parent().isValid()}
        )

    def _selected(self, most: int) -> list[QModelIndex]:
        """Where the selected follow-ups stand, at most so many."""
        found: list[QModelIndex] = []
        for number, first, last in self._stretches():
            parent = self.ledger.index(number, 0)
            rows = range(first, min(last + 1, first + most - len(found)))
            found += [self.ledger.index(row, 0, parent) for row in rows]
        return found

    def selected_count(self) -> int:
        """How many follow-ups are selected; none is read for it."""
        return sum(last - first + 1 for _number, first, last in self._stretches())

    def selected_rows(self, most: int = MOST) -> list[Row]:
        """The follow-ups that are selected, in their order; at most so many."""
        lines = (self.ledger.line(index) for index in self._selected(most))
        return [line[0] for line in lines if line is not None]

    def selected_records(self) -> list[Any]:
        """The same as records."""
        wanted = [row.id for row in self.selected_rows()]
        found = {
            record.id: record
            for start in range(0, len(wanted), 500)
            for record in FollowUp.select().where(FollowUp.id.in_(wanted[start : start + 500]))
        }
        return [found[each] for each in wanted if each in found]

    def select(self, key: Counterpart, record_id: int = 0) -> bool:
        """Select a counterpart, or a follow-up under it, and bring it into view; whether it is there."""
        index = self.ledger.index_of(key, record_id)
        if not index.isValid():
            return False
        if record_id:
            self.expand(index.parent())
        self.selectionModel().setCurrentIndex(index, _ROW)
        self.scrollTo(index)
        return True

    def unfolded(self) -> set[Counterpart]:
        """The counterparts whose follow-ups are shown."""
        groups = enumerate(self.ledger.groups)
        return {group.key for row, group in groups if self.isExpanded(self.ledger.index(row, 0))}

    def unfold(self, keys: set[Counterpart]) -> None:
        """Show the follow-ups of these counterparts."""
        for row, group in enumerate(self.ledger.groups):
            if group.key in keys:
                self.expand(self.ledger.index(row, 0))

    def copy(self) -> None:
        """Put the selected rows on the clipboard, the counterpart before each."""
        rows = []
        for index in self._selected(MOST):
            group, line = self.ledger.group(index), self.ledger.line(index)
            if group is not None and line is not None:
                words = list(line[1])
                words[columns.WORDS] = line[0].last_word
                rows.append([name_of(group), line[0].ref, *words])
        if rows:
            counterpart, ref = (columns.field(FollowUp, name).title for name in ("counterpart", "ref"))
            heads = [clipboard.Heading(counterpart), clipboard.Heading(ref)]
            heads += [clipboard.Heading(columns.title(each), each.right) for each in columns.COLUMNS]
            QApplication.clipboard().setMimeData(clipboard.mime(heads, rows))

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            self._open(index)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """To the next counterpart that begins so; follow-ups are not read for it."""
        groups, here = self.ledger.groups, self.currentIndex()
        number = (here.internalId() - 1 if here.internalId() else here.row()) if here.isValid() else -1
        for step in range(1, len(groups) + 1):
            place = (number + step) % len(groups)
            if fold(name_of(groups[place])).startswith(fold(text)):
                self.select(groups[place].key)
                return

    def _open(self, index: QModelIndex) -> None:
        line = self.ledger.line(index)
        if line is not None:
            self.opened.emit(line[0].id)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        if self.ledger.line(index) is not None:
            self._open(index)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_requested.emit(place)

    # ---- how it looks

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        # As in the tables of records: a wash of the accent, not the accent itself.
        tones = theme.current()
        option.palette.setColor(QPalette.ColorRole.Highlight, theme.colour(tones.accent_soft))
        area = QRect(0, option.rect.y(), self.viewport().width(), option.rect.height())
        if self.selectionModel().isSelected(index):
            painter.fillRect(area, theme.colour(tones.accent_soft))
        elif not index.internalId():
            painter.fillRect(area, theme.colour(tones.window))
        super().drawRow(painter, option, index)
        if self.hasFocus() and index.siblingAtColumn(0) == self.currentIndex().siblingAtColumn(0):
            ink, width = theme.colour(tones.accent), theme.RING
            for edge in (
                QRect(area.x(), area.y(), area.width(), width),
                QRect(area.x(), area.bottom() - width + 1, area.width(), width),
                QRect(area.x(), area.y(), width, area.height()),
                QRect(area.right() - width + 1, area.y(), width, area.height()),
            ):
                painter.fillRect(edge, ink)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show the columns that have a place."""
        shown = columns.widths(self.viewport().width(), self.fontMetrics())
        for number in range(len(columns.COLUMNS)):
            self.setColumnHidden(number, number not in shown)
            if number in shown:
                self.setColumnWidth(number, shown[number])
