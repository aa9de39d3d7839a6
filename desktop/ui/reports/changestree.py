"""What changed, by what happened: sections that fold, Enter opens a record, and copies what is selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
)

from desktop.i18n import _
from desktop.service.changes import Moved
from desktop.ui import theme
from desktop.ui.lists import clipboard
from desktop.ui.reports.changesmodel import KIND, RAG, RECORD, WHAT, ChangesModel
from desktop.ui.reports.rows import RowDelegate, paint_ring
from desktop.ui.widgets.rag import chip_size, paint_chip, word

ALL = 300
"""As many records are shown without a section being opened."""
KIND_ROOM = 84
"""Letters that the tree has before kinds of records get a column."""
_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ChangesTree(QTreeView):
    """Shows a `ChangesModel`; rows are chosen, never cells."""

    opened = Signal(object)
    """Somebody wants to see what became of this record, a `Moved`."""
    chosen = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.rows = ChangesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("What happened"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(theme.LARGE)
        self.setTabKeyNavigation(False)
        head = self.header()
        head.setStyleSheet(f"QHeaderView::section:first {{ padding-left: {theme.WIDE}px; }}")
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(20)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_ranges: self.chosen.emit())

    def show_changes(self, moved: list[Moved], rags: dict[str, str]) -> None:
        """Show these, with what was unfolded and current as before."""
        sections = range(self.rows.rowCount())
        folded = {
            self.rows.mark(self.rows.index(n, 0))
            for n in sections
            if not self.isExpanded(self.rows.index(n, 0))
        }
        here, mark = self.current(), self.rows.mark(self.currentIndex())
        self.rows.show(moved, rags)
        for row in range(self.rows.rowCount()):
            index = self.rows.index(row, 0)
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            self.setExpanded(index, len(moved) <= ALL and self.rows.mark(index) not in folded)
        place = self.rows.record(mark, here.uid) if here is not None else self.rows.section(mark)
        self.selectionModel().setCurrentIndex(place if place.isValid() else self.rows.index(0, 0), _ROW)
        self.fit()

    def go_to(self, mark: str) -> None:
        """Unfold the section of a mark, with its first record current."""
        section = self.rows.section(mark)
        if section.isValid():
            self.expand(section)
            self.selectionModel().setCurrentIndex(self.rows.index(0, 0, section), _ROW)
            self.scrollTo(section, QAbstractItemView.ScrollHint.PositionAtTop)
            self.setFocus()

    def current(self) -> Moved | None:
        """The record at which one stands."""
        return self.rows.moved(self.currentIndex())

    def copy(self) -> None:
        """Put the selected records on the clipboard, the section before each."""
        indexes = [index for index in self.selectionModel().selectedRows() if index.internalId()]
        indexes.sort(key=lambda index: (index.internalId(), index.row()))
        if indexes:
            titles = [_("Change"), *(self.rows.headerData(n, Qt.Orientation.Horizontal) for n in range(4))]
            heads = [clipboard.Heading(title) for title in titles]
            cells = [self.rows.cells(index) for index in indexes]
            QApplication.clipboard().setMimeData(clipboard.mime(heads, cells))

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        moved = self.rows.moved(index)
        if moved is not None:
            self.opened.emit(moved)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_requested.emit(place)

    # ---- how it looks

    def fit(self) -> None:
        """Give the columns their widths; kinds give way where there is no room."""
        room, metrics = self.viewport().width(), self.fontMetrics()
        letter = metrics.averageCharWidth()
        rag = max(chip_size(metrics, each, word(each)).width() for each in ("green", "amber", "red", "grey"))
        kind = 18 * letter if room > KIND_ROOM * letter else 0
        self.setColumnHidden(KIND, not kind)
        left = max(0, room - rag - theme.LARGE - kind)
        widths = {RECORD: left * 11 // 20, KIND: kind, RAG: rag + theme.LARGE, WHAT: left - left * 11 // 20}
        for column, width in widths.items():
            if width:
                self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones, area = theme.current(), QRect(option.rect)
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        if chosen or not index.internalId():
            painter.fillRect(area, theme.colour(tones.accent_soft if chosen else tones.window))
        option.palette.setColor(QPalette.ColorRole.Highlight, theme.colour(tones.accent_soft))
        super().drawRow(painter, option, index)
        if self.hasFocus() and index.siblingAtColumn(0) == self.currentIndex().siblingAtColumn(0):
            paint_ring(painter, area)


class _Delegate(RowDelegate):
    """A chip for the RAG; all else as Qt paints it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tree: Any = self.parent()
        rag = tree.rows.rag(index) if index.column() == RAG else ""
        if not rag:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setFont(option.font)
        paint_chip(painter, option.rect, rag, word(rag), Qt.AlignmentFlag.AlignLeft)
        painter.restore()
