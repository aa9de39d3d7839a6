"""A popup with a list to tick: what a filter may be, or which columns are shown; with a line to search it.

Up and Down walk the list from the search line, Space ticks in the list, Enter in the line ticks the first hit, Esc
closes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.widgets.popup import place_by
from desktop.ui.widgets.tips import plain_tip

_KEY = Qt.ItemDataRole.UserRole
_SEARCHED = 9
"""From so many options on there is a line to search them."""
_LINES = 12


@dataclass(frozen=True)
class Option:
    """Something to tick."""

    key: Hashable
    label: str


class Checklist(QFrame):
    """`find` gives the options for a text; ticking tells `ticked`, the foot's button `cleared`."""

    ticked = Signal(object, bool)
    cleared = Signal()

    def __init__(
        self,
        parent: QWidget,
        find: Callable[[str], Sequence[Option]],
        *,
        name: str,
        clear: str = "",
        single: bool = False,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self.setAccessibleName(name)
        self._find, self._single = find, single
        self._checked: frozenset[Hashable] = frozenset()
        self._filling = False
        self.line = QLineEdit(placeholderText=_("Search"), clearButtonEnabled=True)
        self.line.setAccessibleName(_("Search in {list}").format(list=name))
        self.line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list = QListWidget(uniformItemSizes=True)
        self.list.setProperty("checklist", True)
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.setItemDelegate(_Ticking(self.list))
        self.list.installEventFilter(self)
        self.foot = QPushButton(clear or _("Clear"), flat=True, autoDefault=False)
        self.foot.setProperty("flat", True)
        self.foot.clicked.connect(self.cleared)
        self._column = QVBoxLayout(self, spacing=theme.TIGHT)
        self._column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        for part in (self.line, self.list, self.foot):
            self._column.addWidget(part)

    def add_below(self, part: QWidget) -> None:
        """Put a part between list and foot, such as the two ends of a range."""
        self._column.insertWidget(self._column.indexOf(self.foot), part)

    def show_under(self, anchor: QWidget, checked: frozenset[Hashable], clears: bool) -> None:
        """Open under a button with these ticked; `clears` says whether there is something to clear."""
        self._checked = checked
        self.line.clear()
        self._fill("")
        self.line.setVisible(self.list.count() >= _SEARCHED)
        self.set_clears(clears)
        self._measure()
        self.adjustSize()
        self.move(place_by(anchor, self))
        self.show()
        (self.line if self.line.isVisible() else self.list).setFocus(Qt.FocusReason.PopupFocusReason)
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def set_checked(self, checked: frozenset[Hashable]) -> None:
        """Show other ticks."""
        self._checked = checked
        self._filling = True
        for item in self._items():
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(_state(item.data(_KEY) in checked))
        self._filling = False

    def set_clears(self, clears: bool) -> None:
        self.foot.setEnabled(clears)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _fill(self, text: str) -> None:
        self._filling = True
        self.list.clear()
        for option in self._find(text):
            item = QListWidgetItem(option.label)
            item.setData(_KEY, option.key)
            item.setToolTip(plain_tip(option.label))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_state(option.key in self._checked))
            self.list.addItem(item)
        if not self.list.count():
            nothing = QListWidgetItem(_("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self._filling = False

    def _measure(self) -> None:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(item.text()) for item in self._items()), default=0)
        self.list.setMinimumWidth(min(max(widest + 56, 200), 400))
        row = max(self.list.sizeHintForRow(0), metrics.height() + theme.TIGHT)
        self.list.setFixedHeight(row * min(self.list.count(), _LINES) + theme.SMALL)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self._tick(item, item.checkState() == Qt.CheckState.Checked)

    def _toggle(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            item.setCheckState(_state(item.checkState() != Qt.CheckState.Checked))

    def _tick(self, item: QListWidgetItem, on: bool) -> None:
        key = item.data(_KEY)
        if self._single:
            self._checked = frozenset({key} if on else ())
            self.set_checked(self._checked)
        else:
            self._checked = self._checked | {key} if on else self._checked - {key}
        self.ticked.emit(key, on)
        if self._single and on:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search line into the list; Enter ticks the first hit, or the line one is on."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.line and event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif watched is self.line and enter:
            if self.line.text() and self.list.count():
                self._toggle(self.list.item(0))
        elif watched is self.list and enter:
            if self.list.currentItem() is not None:
                self._toggle(self.list.currentItem())
        else:
            return super().eventFilter(watched, event)
        return True


class _Ticking(QStyledItemDelegate):
    """The whole line is a target for the pointer, not the box alone."""

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return True
        clicked = (
            event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton
        )
        space = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
        if clicked or space:
            on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
            return model.setData(index, _state(not on), Qt.ItemDataRole.CheckStateRole)
        return False


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
