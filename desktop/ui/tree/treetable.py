"""The widget of the tree: its look, its columns, and what keys and pointer mean, told as signals.

Arrows go up and down, in and out; * opens all below, + and - open and close; typing leads to the search box.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyleOptionViewItem, QTreeView

from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.lists.delegate import PAD, PAD_RIGHT
from desktop.ui.lists.hits import Terms
from desktop.ui.tree.delegate import TreeDelegate
from desktop.ui.tree.model import TreeModel
from desktop.ui.tree.widths import widths
from desktop.ui.tree.words import COLUMNS

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMANDING = _BOTH | Qt.KeyboardModifier.MetaModifier
_FOLDING = "+-*"


class TreeTable(QTreeView):
    """Shows a `TreeModel`, `rows`; the widths of its columns are remembered in `state`."""

    open_requested = Signal()
    """Somebody wants to see the current record: by Enter, F2 or a double click."""
    copy_requested = Signal()
    menu_requested = Signal(QPoint)
    find_requested = Signal(str)
    composed = Signal(object)

    def __init__(self, context: Context, state: dict[str, Any]) -> None:
        super().__init__()
        self.context = context
        self.terms: Terms = ()
        """What is searched for: the delegate marks it."""
        self.narrowed = False
        """Whether some rows are only there for what they contain."""
        self.assessed = False
        """Whether the desk has assessed anything."""
        self.rows = TreeModel(self)
        self._state = state
        self._hovered = QModelIndex()
        self._fitting = False
        self.setModel(self.rows)
        self.setItemDelegate(TreeDelegate(self))
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(theme.LARGE + 2)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        head = self.header()
        head.setStyleSheet(
            f"QHeaderView::section {{ padding: 7px {PAD_RIGHT}px 7px {PAD}px; }}"
            f"QHeaderView::section:first {{ padding-left: {theme.LARGE}px; }}"
        )
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(40)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.sectionResized.connect(self._on_resized)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    # ---- columns

    def fit_columns(self) -> None:
        """Give the columns their widths, or leave out those for which there is no room."""
        self._fitting = True
        found = widths(
            self.viewport().width(), self.fontMetrics(), self._state.get("widths", {}), self.assessed
        )
        for column, name in enumerate(COLUMNS):
            self.setColumnHidden(column, name not in found)
            if name in found:
                self.header().resizeSection(column, found[name])
        self._fitting = False

    def _on_resized(self, section: int, _old: int, width: int) -> None:
        if not self._fitting and width:
            self._state.setdefault("widths", {})[COLUMNS[section]] = width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
            self.fit_columns()

    # ---- how rows look

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The ground of a whole row, as in the tables of records: a wash of the accent, a ring where the focus is."""
        tones = theme.current()
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        hovered = index.siblingAtColumn(0) == self._hovered
        ground = (tones.accent_soft if self.hasFocus() else tones.pressed) if chosen else tones.hover
        if chosen or hovered:
            painter.fillRect(option.rect, theme.colour(ground))
        option.palette.setColor(QPalette.ColorRole.Highlight, theme.colour(ground))
        option.state &= ~QStyle.StateFlag.State_MouseOver  # the ground says so already
        super().drawRow(painter, option, index)
        if self.hasFocus() and index.siblingAtColumn(0) == self.currentIndex().siblingAtColumn(0):
            self._paint_ring(painter, option)

    def _paint_ring(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        ink, ring, width = theme.colour(theme.current().accent), option.rect, theme.RING
        painter.fillRect(ring.x(), ring.y(), ring.width(), width, ink)
        painter.fillRect(ring.x(), ring.bottom() - width + 1, ring.width(), width, ink)
        painter.fillRect(ring.x(), ring.y(), width, ring.height(), ink)
        painter.fillRect(ring.right() - width + 1, ring.y(), width, ring.height(), ink)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.Wheel):
            self._hover(self.indexAt(event.position().toPoint()).siblingAtColumn(0))
        elif event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        return super().viewportEvent(event)

    def _hover(self, index: QModelIndex) -> None:
        if index != self._hovered:
            self._hovered = index
            self.viewport().update()

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() in _PLAIN
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.open_requested.emit()
        elif key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._ask_for_menu()  # not all platforms make a context menu of these keys
        elif event.text() == "*":
            self.expandRecursively(self.currentIndex().siblingAtColumn(0))
        elif _types(event):
            self.find_requested.emit(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: see `find_requested`."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composed.emit(event)
        event.accept()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.setAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled
        )  # Qt turns them away from what is not edited
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.open_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu()
        else:
            self.menu_requested.emit(event.globalPos())
        event.accept()

    def _ask_for_menu(self) -> None:
        """The menu at the current row, for those without a pointer."""
        below = self.visualRect(self.currentIndex().siblingAtColumn(0)).bottomLeft()
        self.menu_requested.emit(
            self.viewport().mapToGlobal(below if self.currentIndex().isValid() else QPoint())
        )


def _types(event: QKeyEvent) -> bool:
    """Whether a key press is a letter for the search. AltGr, which some systems tell as Ctrl and Alt, makes letters."""
    text, held = event.text(), event.modifiers() & _COMMANDING
    letter = text.isprintable() and bool(text.strip()) and text not in _FOLDING
    return letter and (not held or held == _BOTH)
