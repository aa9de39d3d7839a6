"""The list at the left of the layouts and of the label packs: those of the program, then one's own, and what can be
done with them. A name is edited in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.icons import icon
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.tips import plain_tip
from desktop.ui.workbook.ringed import RingedDelegate

KEY = Qt.ItemDataRole.UserRole
_SIDE = 16
"""Side of an icon."""
_OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_F2)


class _Names(QListWidget):
    """F2 edits a name, Delete asks for its end; elsewhere in the window these are commands about records."""

    delete_requested = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)


class Library(QWidget):
    """Layouts or packs: whatever has `key`, `title` and `shipped`."""

    picked = Signal(str)
    copy_requested = Signal(str)
    delete_requested = Signal(str)
    renamed = Signal(str, str)

    def __init__(self, name: str, keys: AccessKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling, self._keys = False, keys
        self._buttons: list[QPushButton] = []
        self._things: dict[str, Any] = {}
        self.list = _Names()
        self.list.setAccessibleName(name)
        self.list.setProperty("checklist", True)
        self.list.setItemDelegate(RingedDelegate(self.list))
        usual = QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        self.list.setEditTriggers(usual)
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.delete_requested.connect(lambda: self._ask(self.delete_requested, own=True))
        self._row = FlowLayout(spacing=theme.TIGHT)
        self.copy, self.rename, self.delete = map(self.add_button, (_("Copy"), _("Rename"), _("Delete")))
        self.copy.clicked.connect(lambda _down=False: self._ask(self.copy_requested))
        self.rename.clicked.connect(lambda _down=False: self.edit())
        self.delete.clicked.connect(lambda _down=False: self._ask(self.delete_requested, own=True))
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addLayout(self._row)

    def add_button(self, words: str) -> QPushButton:
        """One more thing that can be done: behind the others, for Tab too."""
        button = QPushButton(self._keys.mark(words), autoDefault=False)
        self._row.addWidget(button)
        before = self._buttons[-1] if self._buttons else self.list
        self._buttons.append(button)
        if before.window() is button.window():
            self.setTabOrder(before, button)
        return button

    def fill(self, things: Sequence[Any], current: str = "") -> None:
        """Show these, and be on the one of this key, else where one was."""
        kept = current or self.current()
        self._things = {each.key: each for each in things}
        self._filling = True
        self.list.clear()
        for key, each in self._things.items():
            item = QListWidgetItem(each.title)
            item.setData(KEY, key)
            item.setToolTip(plain_tip(each.title))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if each.shipped:
                item.setIcon(_picture("lock"))
                words = _("{name}, comes with the program").format(name=each.title)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            else:
                item.setIcon(_picture("workbook"))
                flags |= Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags)
            self.list.addItem(item)
        keys = list(self._things)
        self._filling = False
        self.list.setCurrentRow(keys.index(kept) if kept in keys else 0)

    def know(self, things: Sequence[Any]) -> None:
        """The same ones, changed beyond their names."""
        self._things = {each.key: each for each in things}

    def named(self, item: QListWidgetItem) -> tuple[str, str]:
        """Key and name of an entry."""
        thing = self._things.get(item.data(KEY))
        return item.data(KEY), thing.title if thing is not None else ""

    def current(self) -> str:
        """The key of the one that one is on."""
        item = self.list.currentItem()
        return item.data(KEY) if item is not None else ""

    def thing(self) -> Any:
        """The one that one is on."""
        return self._things.get(self.current())

    def edit(self) -> None:
        """Edit the name in its place."""
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.list.setFocus()
            self.list.editItem(item)

    def _ask(self, wish: Any, own: bool = False) -> None:
        thing = self.thing()
        if thing is not None and not (own and thing.shipped):
            wish.emit(thing.key)

    def _on_current(self, item: QListWidgetItem | None, _before: Any) -> None:
        if self._filling or item is None:
            return
        own = not self.thing().shipped
        self.rename.setEnabled(own)
        self.delete.setEnabled(own)
        self.picked.emit(self.current())

    def _on_renamed(self, item: QListWidgetItem) -> None:
        thing = self._things.get(item.data(KEY))
        if not self._filling and thing is not None and item.text().strip() != thing.title:
            told = (thing.key, item.text().strip())
            QTimer.singleShot(0, self, lambda: self.renamed.emit(*told))  # once Qt is done with the item


def _picture(name: str) -> QIcon:
    """An icon that stays as it is on the entry one is on, whose ground is a wash only."""
    plain = icon(name, "muted").pixmap(_SIDE)
    found = QIcon(plain)
    found.addPixmap(plain, QIcon.Mode.Selected)
    return found
