"""The cards of one column: one list of them, of which only those in view are painted.

What keys and pointer mean is told as signals; the board acts. Typing leads to the search box, as over a table.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.i18n import _
from desktop.ui.board.card import Card, CardDelegate
from desktop.ui.lists.hits import Terms
from desktop.ui.lists.model import ID_ROLE
from desktop.ui.widgets.tips import plain_tip

MIME = "application/x-juntos-initiative"
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_COMMANDING = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CardsModel(QAbstractListModel):
    """The cards that were read of one stage."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []

    def set_cards(self, cards: list[Card]) -> None:
        """Show these in place of those before."""
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.cards)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.said()
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return _("Ctrl+Shift+Left and Ctrl+Shift+Right move it to another stage.")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(card.said())
        return card.id if role == ID_ROLE else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """The record's id for the board, its name for whatever else it is dropped on."""
        card = self.cards[indexes[0].row()]
        data = QMimeData()
        data.setData(MIME, str(card.id).encode())
        data.setText(f"{card.ref} {card.name}")
        return data


class CardList(QListView):
    """At most one card is selected in it."""

    chosen = Signal(int)
    """The record of this id was selected here."""
    opened = Signal(int)
    aside_requested = Signal(int)
    """Go to the column so many places to the right."""
    move_requested = Signal(int)
    """Move the selected card to the stage so many places to the right."""
    menu_requested = Signal(QPoint)
    more_requested = Signal()
    find_requested = Signal(str)
    composed = Signal(object)
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.terms: Terms = ()
        self._quiet = False
        self.rows = CardsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CardDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def card(self, row: int) -> Card:
        """The card of a row."""
        return self.rows.cards[row]

    def ids(self) -> list[int]:
        """The ids of the cards, in order."""
        return [card.id for card in self.rows.cards]

    def selected(self) -> Card | None:
        """The card that is selected here."""
        indexes = self.selectionModel().selectedIndexes()
        return self.card(indexes[0].row()) if indexes else None

    def show_cards(self, cards: list[Card], terms: Terms) -> None:
        """Show these cards at the same place of the scroll bar; nothing is selected."""
        place, self.terms = self.verticalScrollBar().value(), terms
        self._quiet = True
        self.rows.set_cards(cards)
        self._quiet = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if cards else Qt.FocusPolicy.NoFocus)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(place)

    def select_row(self, row: int, *, tell: bool = True, scroll: bool = True) -> None:
        """Select a card and, unless told otherwise, bring it into view."""
        place, index = self.verticalScrollBar().value(), self.rows.index(row)
        self._quiet = not tell
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        if scroll:
            self.scrollTo(index)
        else:
            self.verticalScrollBar().setValue(place)

    def select_none(self) -> None:
        """Another column has the selection; the place is remembered."""
        self._quiet = True
        self.clearSelection()
        self._quiet = False

    def _on_selection(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        card = self.selected()
        if card is not None and not self._quiet:
            self.chosen.emit(card.id)

    def row_at(self, height: int) -> int:
        """The row of the card so far below the top of what is seen; that of the last one where there is none."""
        index = self.indexAt(QPoint(self.viewport().width() // 2, max(0, height)))
        return index.row() if index.isValid() else len(self.rows.cards) - 1

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        plain, card = held in _PLAIN, self.selected()
        if key in _ASIDE and held & ~Qt.KeyboardModifier.KeypadModifier == _CTRL | _SHIFT:
            self.move_requested.emit(_ASIDE[key])
        elif key in _ASIDE and plain:
            self.aside_requested.emit(_ASIDE[key])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            self.opened.emit(card.id)
        elif key == Qt.Key.Key_F10 and held == _SHIFT:
            self._ask_for_menu()
        elif event.text().isprintable() and event.text().strip() and not held & _COMMANDING:
            self.find_requested.emit(event.text())
        else:
            if key == Qt.Key.Key_Down and self.currentIndex().row() == len(self.rows.cards) - 1:
                self.more_requested.emit()
            super().keyPressEvent(event)
            return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composed.emit(event)
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: typing leads to the search box."""

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if self.selected() is None and self.rows.cards:
            self.select_row(max(0, self.currentIndex().row()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(self.card(index.row()).id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu()
        elif self.indexAt(event.pos()).isValid():
            self.menu_requested.emit(event.globalPos())

    def _ask_for_menu(self) -> None:
        if self.selected() is not None:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def sizeHint(self) -> QSize:
        """It takes what room there is, and scrolls."""
        return QSize(1, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # names break elsewhere
