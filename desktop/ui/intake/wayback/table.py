"""The list of changes. Space takes or leaves what is selected, 1 is theirs and 2 ours, typing leads to the search."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.export.intake.wayback import Kind
from desktop.ui import theme
from desktop.ui.intake.wayback import widths
from desktop.ui.intake.wayback.choices import Scope
from desktop.ui.intake.wayback.delegate import KindDelegate, RowDelegate
from desktop.ui.intake.wayback.model import ChangesModel
from desktop.ui.intake.wayback.words import WHAT
from desktop.ui.lists.keys import commands

THEIRS, OURS = "1", "2"


class ChangesTable(QTableView):
    """Shows a `ChangesModel`, `rows`."""

    find_requested = Signal(str)
    menu_requested = Signal(QPoint)
    copy_requested = Signal()
    read_requested = Signal()
    """Somebody wants to read the whole of the current one: by Enter, F2 or a double click."""
    moved = Signal()
    """One is on another row, or what it shows is another."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = ChangesModel(self)
        self.setModel(self.rows)
        self.setProperty("quiet", True)
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(WHAT, KindDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMinimumHeight(4 * theme.row_height(self, compact=True))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self, compact=True))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSelectionModel(
            QItemSelectionModel(self.rows, head)
        )  # else it asks row after row what is selected
        head.setSectionsClickable(True)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionClicked.connect(self._on_heading)
        widths.begin(self)
        self.rows.modelReset.connect(self._on_reset)
        self._kept: int | None = None
        self.rows.modelAboutToBeReset.connect(self._keep)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            widths.fit(self)

    # ---- what is selected

    def current(self) -> int | None:
        """The number of the proposal one is on."""
        row = self.currentIndex().row()
        return self.rows.numbers[row] if 0 <= row < len(self.rows.numbers) else None

    def selected(self) -> list[int]:
        """The numbers of those that are selected, in the order of the list."""
        # Not row by row, as Qt would: of a hundred thousand rows that takes ten seconds.
        ranges = sorted((each.top(), each.bottom()) for each in self.selectionModel().selection())
        rows = dict.fromkeys(row for top, bottom in ranges for row in range(top, bottom + 1))
        return [self.rows.numbers[row] for row in rows]

    def _keep(self) -> None:
        self._kept = self.current()

    def _on_reset(self) -> None:
        """Stay on the one that one was on, else begin at the first."""
        row = self.rows.numbers.index(self._kept) if self._kept in self.rows.numbers else 0
        self.setCurrentIndex(self.rows.index(row, 0))
        self.moved.emit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the ring is around the whole row
        self.moved.emit()

    def _on_heading(self, column: int) -> None:
        """Once up, once down, then as they were proposed."""
        head = self.horizontalHeader()
        down = Qt.SortOrder.DescendingOrder
        if not head.isSortIndicatorShown() or head.property("by") != column:
            order = Qt.SortOrder.AscendingOrder
        elif head.sortIndicatorOrder() == down:
            head.setSortIndicatorShown(False)
            head.setProperty("by", -1)
            self.rows.sort(-1)
            return
        else:
            order = down
        head.setProperty("by", column)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(column, order)
        self.rows.sort(column, order)

    # ---- deciding

    def decide_selected(self, take: bool) -> None:
        """Take or leave what is selected. Cells are cleared only where nothing else is selected with them; of records
        that are to be deleted each is chosen by itself: of several, the one that one is on."""
        chosen = self.selected()
        kinds = {self.rows.choices.proposals[each].kind for each in chosen}
        if take and kinds != {Kind.GONE}:
            chosen = [each for each in chosen if self.rows.choices.proposals[each].kind is not Kind.GONE]
        elif take:
            chosen = [each for each in chosen if each == self.current()]
        self.rows.decide(self._careful(chosen, take), take)

    def _careful(self, chosen: list[int], take: bool) -> list[int]:
        """Without those that clear a cell, or that a program made, where others are taken with them."""
        every = self.rows.choices.proposals
        kept = [each for each in chosen if not every[each].singly]
        return kept if take and kept else chosen

    def within(self, scope: Scope, take: bool) -> list[int]:
        """Those shown that a decision about the current one's row, column or all would reach."""
        number = self.current()
        return [] if number is None else self.rows.choices.within(scope, number, self.rows.numbers, take)

    def _toggle(self) -> None:
        current = self.current()
        if current is not None:
            self.decide_selected(not self.rows.choices.taken(current))

    def decide_conflicts(self, take: bool) -> None:
        """Of the conflicts that are selected, theirs or ours."""
        every = self.rows.choices.proposals
        conflicts = [each for each in self.selected() if every[each].kind is Kind.CONFLICT]
        self.rows.decide(self._careful(conflicts, take), take)

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif commands(event):
            super().keyPressEvent(event)
            return
        elif key == Qt.Key.Key_Space:
            self._toggle()
        elif text in (THEIRS, OURS):
            self.decide_conflicts(text == THEIRS)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.read_requested.emit()
        elif key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._ask_for_menu()
        elif text.strip() and text.isprintable():
            self.find_requested.emit(text)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: see `find_requested`."""

    def mouseDoubleClickEvent(self, event: Any) -> None:
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).column() > 0:
            self.read_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu()
        else:
            self.menu_requested.emit(event.globalPos())
        event.accept()

    def _ask_for_menu(self) -> None:
        below = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_requested.emit(self.viewport().mapToGlobal(below))
