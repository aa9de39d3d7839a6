"""The saved views in the side bar: chosen like pages, put in order by dragging or by Alt and the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem, QWidget

from desktop.i18n import _
from desktop.ui.widgets.pagelist import COUNT, HERE, ICON, KEY, PageList
from desktop.ui.widgets.tips import plain_tip

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_F2)
"""Elsewhere in the window these are commands about records."""


class ViewList(PageList):
    """What can be done with a view goes out as a wish with its key."""

    arranged = Signal(list)
    """The views that can be moved stand in this order now."""
    step_requested = Signal(str, int)
    rename_requested = Signal(str)
    delete_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    """The menu of a view, at this place of the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.compact = True
        self.setAccessibleName(_("Saved views"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def fill(self, entries: Iterable[tuple[str, str, bool]]) -> None:
        """Show these: key, name, and whether it can be moved; what is marked or counted stays so."""
        known = {item.data(KEY): (item.data(HERE), item.data(COUNT)) for item in self.items()}
        current = self.currentItem().data(KEY) if self.currentItem() else ""
        self.clear()
        for key, name, movable in entries:
            item = QListWidgetItem(name)
            item.setData(KEY, key)
            item.setData(ICON, "view")
            here, count = known.get(key, (False, ""))
            item.setData(HERE, here)
            item.setData(COUNT, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setToolTip(plain_tip(name))
            plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(plain | Qt.ItemFlag.ItemIsDragEnabled if movable else plain)
            self.addItem(item)
            if key == current:
                self.setCurrentItem(item)

    def movable(self) -> list[str]:
        """The keys of the views that can be moved, in their order."""
        return [item.data(KEY) for item in self.items() if item.flags() & Qt.ItemFlag.ItemIsDragEnabled]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.currentItem().data(KEY) if self.currentItem() else ""
        if key and event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _STEPS:
            if key in self.movable():
                self.step_requested.emit(key, _STEPS[event.key()])
        elif key in self.movable() and event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(key)
        elif key in self.movable() and event.key() == Qt.Key.Key_F2:
            self.rename_requested.emit(key)
        elif key and event.key() == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._ask_for_menu(key)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        QTimer.singleShot(0, self, lambda: self.arranged.emit(self.movable()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_keys else self.itemAt(event.pos())
        if item is None:
            return
        if by_keys:
            self._ask_for_menu(item.data(KEY))
        else:
            self.menu_requested.emit(item.data(KEY), event.globalPos())

    def _ask_for_menu(self, key: str) -> None:
        place = self.visualItemRect(self.currentItem()).bottomLeft()
        self.menu_requested.emit(key, self.viewport().mapToGlobal(place))
