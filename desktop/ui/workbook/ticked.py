"""Things in an order of one's own, each ticked or not, with texts beside them: the sheets of a workbook, its columns.

Space ticks, Alt+Up and Alt+Down move, F2 edits a text; the buttons of a `TickedPanel` do the same for the pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.widgets.tips import plain_tip
from desktop.ui.workbook.ringed import RingedDelegate

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Entry:
    """A thing: its key, its words, whether it is ticked, and what stands in the columns beside it."""

    key: str
    title: str
    on: bool
    texts: tuple[str, ...] = ()


class TickedTable(QTableWidget):
    """What is changed in it is told; it shows nothing else until it is filled anew."""

    arranged = Signal()
    """Something was ticked, or the order is another."""
    typed = Signal(str, int, str)
    """The key, the number of the text and what stands there now."""
    picked = Signal(str)
    """The key of the entry one is on."""

    def __init__(self, name: str, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(headings), parent)
        self._entries: list[Entry] = []
        self._filling = False
        self._read_only = False
        self.setAccessibleName(name)
        self.setProperty("quiet", True)
        self.setItemDelegate(RingedDelegate(self))
        self.setHorizontalHeaderLabels(list(headings))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number in range(1, len(headings)):
            head.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._on_item)
        self.currentCellChanged.connect(self._on_current)

    def set_read_only(self, read_only: bool) -> None:
        """Whether it is only looked at; holds from the next `fill` on."""
        self._read_only = read_only
        none = QAbstractItemView.EditTrigger.NoEditTriggers
        usual = QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        self.setEditTriggers(none if read_only else usual)

    def fill(self, entries: Sequence[Entry], current: str = "") -> None:
        """Show these, and be on the one of this key, else where one was."""
        kept = current or self.current()
        self._entries = list(entries)
        self._filling = True
        self.setRowCount(len(entries))
        height = theme.row_height(self, compact=True)
        for row, entry in enumerate(entries):
            self.setRowHeight(row, height)
            for column, text in enumerate((entry.title, *entry.texts)):
                self.setItem(row, column, self._item(entry, column, text))
        keys = [entry.key for entry in entries]
        self.setCurrentCell(keys.index(kept) if kept in keys else 0, max(0, self.currentColumn()))
        self._filling = False
        self.picked.emit(self.current())

    def _item(self, entry: Entry, column: int, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(plain_tip(text))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if column == 0:
            item.setCheckState(Qt.CheckState.Checked if entry.on else Qt.CheckState.Unchecked)
            if not self._read_only:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        elif not self._read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        item.setFlags(flags)
        if not entry.on:
            item.setForeground(theme.colour(theme.current().muted))
        return item

    def entries(self) -> list[Entry]:
        """All, in the order in which they stand."""
        return list(self._entries)

    def ticked(self) -> list[str]:
        """The keys of those that are ticked, in their order."""
        return [entry.key for entry in self._entries if entry.on]

    def current(self) -> str:
        """The key of the one that one is on."""
        row = self.currentRow()
        return self._entries[row].key if 0 <= row < len(self._entries) else ""

    def tick(self, key: str, on: bool) -> None:
        """Tick one, or not."""
        self._entries = [replace(each, on=on) if each.key == key else each for each in self._entries]
        self.fill(self._entries)
        self.arranged.emit()

    def move(self, step: int) -> None:
        """Move the one that one is on, up (-1) or down (1)."""
        row = self.currentRow()
        if self._read_only or not (0 <= row < len(self._entries) and 0 <= row + step < len(self._entries)):
            return
        entry = self._entries.pop(row)
        self._entries.insert(row + step, entry)
        self.fill(self._entries, entry.key)
        self.arranged.emit()

    def _on_item(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        entry = self._entries[item.row()]
        # Told once Qt is done with the item: who hears of it fills the table anew.
        if item.column():
            told = (entry.key, item.column() - 1, item.text().strip())
            QTimer.singleShot(0, self, lambda: self.typed.emit(*told))
        elif (item.checkState() == Qt.CheckState.Checked) != entry.on:
            QTimer.singleShot(0, self, lambda: self.tick(entry.key, not entry.on))

    def _on_current(self, row: int, _column: int, before: int, _other: int) -> None:
        if not self._filling and row != before:
            self.picked.emit(self.current())

    def event(self, event: QEvent) -> bool:
        """F2 is this table's, whatever it is elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_F2:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _STEPS:
            self.move(_STEPS[event.key()])
        elif event.key() == Qt.Key.Key_Space and not self._read_only and self.currentRow() >= 0:
            entry = self._entries[self.currentRow()]
            self.tick(entry.key, not entry.on)
        else:
            super().keyPressEvent(event)


class TickedPanel(QWidget):
    """A table with buttons that move what one is on; others can stand in `buttons`."""

    def __init__(self, table: TickedTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.buttons = QHBoxLayout(spacing=theme.TIGHT)
        self._movers = [
            self._button("chevron-up", _("Move up"), -1),
            self._button("chevron-down", _("Move down"), 1),
        ]
        self.buttons.addStretch(1)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table, 1)
        column.addLayout(self.buttons)

    def _button(self, picture: str, words: str, step: int) -> QToolButton:
        button = QToolButton(icon=icon(picture, "muted"), autoRaise=True)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}  Alt+{'↑' if step < 0 else '↓'}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.table.move(step))
        self.buttons.addWidget(button)
        return button

    def set_read_only(self, read_only: bool) -> None:
        """Whether it is only looked at."""
        self.table.set_read_only(read_only)
        for button in self._movers:
            button.setEnabled(not read_only)
