"""What can be shared, as a tree of ticks: the record, its texts, its parts, and apart those whom it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.i18n import N_, _, captioned, format_number
from desktop.model.visibility import INTERNAL
from desktop.service.sharing import NAMED, PARTS, RECORD, TEXTS, Shareable
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.visibility.sight import open_already
from desktop.ui.visibility.words import ICONS, word

TITLES = {RECORD: N_("Records"), TEXTS: N_("Long texts"), NAMED: N_("Named in it, and internal")}
UNFOLDED = 60
"""So many things are shown unfolded; of more, the kinds alone."""
ON, OFF, SOME = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked
_OF = Qt.ItemDataRole.UserRole


class ShareTree(QTreeWidget):
    """Space ticks a thing, or all of a kind. What those chosen see already has no tick to set."""

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._things: list[Shareable] = []
        self._level = INTERNAL
        self._busy = False
        self.setAccessibleName(_("What is shared"))
        self.setColumnCount(2)
        self.setHeaderLabels([_("What can be shared"), _("Visibility")])
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Row(self))
        self.setIconSize(QSize(16, 16))
        self.setTabKeyNavigation(False)
        self.setAllColumnsShowFocus(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.itemChanged.connect(self._on_changed)

    # ---- filling

    def show_things(self, things: Sequence[Shareable], level: str, several: bool) -> None:
        """Show what there is, to be given a level; of `several` records each says whose it is."""
        self._things, self._level = list(things), level
        self._busy = True
        self.clear()
        for group in (RECORD, TEXTS, *PARTS, NAMED):
            found = [each for each in self._things if each.group == group]
            if not found:
                continue
            if group == RECORD and len(found) == 1:
                self._leaf(
                    self.invisibleRootItem(), found[0], captioned(found[0].title, _told(found[0], several))
                )
                continue
            title = _(TITLES[group] if group in TITLES else PARTS[group][0].plural)
            count = format_number(len(found))
            top = QTreeWidgetItem(self, [_("{title} ({count})").format(title=title, count=count), ""])
            for each in found:
                words = _told(each, several)
                titled = group in (TEXTS, NAMED)
                self._leaf(top, each, captioned(each.title, words) if titled else words)
            top.setExpanded(len(self._things) <= UNFOLDED)
        self._busy = False
        self.show_level(level, begin=True)
        if self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(0))

    def _leaf(self, above: QTreeWidgetItem, each: Shareable, words: str) -> None:
        item = QTreeWidgetItem(above, [words, word(each.level)])
        item.setIcon(1, icon(ICONS[each.level], "muted"))
        item.setData(0, _OF, self._things.index(each))
        item.setToolTip(0, words)

    def show_level(self, level: str, *, begin: bool = False) -> None:
        """Ask about this level: what is open already has no tick; what was ticked stays so."""
        kept = {(each.record.uid, each.text) for each in self.chosen()} if not begin else set()
        kept_level, self._level = self._level, level
        begin = begin or INTERNAL in (kept_level, level)
        self._busy = True
        for item in self._leaves():
            each = self._thing(item)
            if open_already(each, level):
                item.setData(0, Qt.ItemDataRole.CheckStateRole, None)
                item.setForeground(0, theme.colour(theme.current().muted))
                continue
            on = self._usual(each) if begin else (each.record.uid, each.text) in kept
            item.setCheckState(0, ON if on else OFF)
            item.setForeground(0, theme.colour(theme.current().text))
        self._sum_up()
        self._busy = False
        self.ticked.emit()

    def _usual(self, each: Shareable) -> bool:
        """Opened is what a record says in its lines; closed is all of it."""
        return self._level == INTERNAL or each.group == RECORD

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        # As in the tables of records: a wash of the accent, not the accent itself.
        tones = theme.current()
        option.palette.setColor(QPalette.ColorRole.Highlight, theme.colour(tones.accent_soft))
        option.palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour(tones.text))
        super().drawRow(painter, option, index)

    # ---- ticks

    def chosen(self) -> list[Shareable]:
        """What is ticked."""
        return [self._thing(item) for item in self._leaves() if _state(item) == ON]

    def tick(self, each: Shareable, on: bool = True) -> None:
        """Tick a thing, or take its tick away."""
        for item in self._leaves():
            if self._thing(item) == each and _state(item) is not None:
                item.setCheckState(0, ON if on else OFF)

    def _leaves(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.topLevelItemCount()):
            top = self.topLevelItem(place)
            if top.data(0, _OF) is not None:
                yield top
            yield from (top.child(number) for number in range(top.childCount()))

    def _thing(self, item: QTreeWidgetItem) -> Shareable:
        return self._things[item.data(0, _OF)]

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if self._busy or column:
            return
        self._busy = True
        if item.data(0, _OF) is None:
            for number in range(item.childCount()):
                child = item.child(number)
                if _state(child) is not None:
                    child.setCheckState(0, item.checkState(0))
        self._sum_up()
        self._busy = False
        self.ticked.emit()

    def _sum_up(self) -> None:
        """A kind is ticked as far as its things are."""
        for place in range(self.topLevelItemCount()):
            top = self.topLevelItem(place)
            if top.data(0, _OF) is not None:
                continue
            states = {_state(top.child(number)) for number in range(top.childCount())} - {None}
            if states:
                top.setCheckState(0, states.pop() if len(states) == 1 else SOME)
            else:
                top.setData(0, Qt.ItemDataRole.CheckStateRole, None)


class _Row(QStyledItemDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        if not option.icon.isNull():  # on a wash of the accent, what is selected is drawn as ever
            option.icon = QIcon(option.icon.pixmap(option.decorationSize))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + theme.SMALL, theme.row_height(self.parent(), compact=True))


def _state(item: QTreeWidgetItem) -> Any:
    """Whether it is ticked; None where there is no tick."""
    kept = item.data(0, Qt.ItemDataRole.CheckStateRole)
    return None if kept is None else Qt.CheckState(kept)


def _told(each: Shareable, several: bool) -> str:
    """How a thing reads; among several records, with the reference of its own."""
    if each.group == RECORD:
        return f"{each.record.ref}  {each.words}"
    if several and each.group == TEXTS:
        return f"{each.record.ref}  {each.words}"
    return each.words
