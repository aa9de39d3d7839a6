"""The ledger of one direction as Qt's views read it: counterparts, and under each what is open with it.

How many there are is known beforehand; follow-ups are read by windows when they are first looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.i18n import _, format_date, format_number, join_parts, ngettext
from desktop.service import ledger
from desktop.service.ledger import Group, Row
from desktop.ui.ledger.columns import COLUMNS, spoken, texts, title
from desktop.ui.widgets.tips import plain_tip

WINDOW, KEPT = 100, 30
"""Rows that are read at once, and how many such windows are kept."""

Index = QModelIndex | QPersistentModelIndex
Line = tuple[Row, tuple[str, ...]]
_ROLE = Qt.ItemDataRole


class LedgerModel(QAbstractItemModel):
    """An index of a counterpart has the internal id 0; of a follow-up, the number of its counterpart plus one."""

    def __init__(self, workspace: Any, parent: Any = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._direction = ""
        self.groups: list[Group] = []
        self._windows: OrderedDict[tuple[int, int], list[Line]] = OrderedDict()

    def show(self, direction: str, groups: list[Group]) -> None:
        """Show these."""
        self.beginResetModel()
        self._direction, self.groups = direction, groups
        self._windows.clear()
        self.endResetModel()

    # ---- what stands where

    def group(self, index: Index) -> Group | None:
        """The counterpart at an index, or over the follow-up there."""
        if not index.isValid():
            return None
        number = index.internalId() - 1 if index.internalId() else index.row()
        return self.groups[number]

    def line(self, index: Index) -> Line | None:
        """The follow-up at an index and its texts; None for a counterpart, or one that is gone meanwhile."""
        if not index.isValid() or not index.internalId():
            return None
        number, (window, place) = index.internalId() - 1, divmod(index.row(), WINDOW)
        key = number, window
        if key not in self._windows:
            found = ledger.rows(
                self._workspace, self._direction, self.groups[number].key, WINDOW, window * WINDOW
            )
            self._windows[key] = [(row, texts(row)) for row in found]
            if len(self._windows) > KEPT:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(key)
        lines = self._windows[key]
        return lines[place] if place < len(lines) else None

    def index_of(self, key: ledger.Counterpart, record_id: int = 0) -> QModelIndex:
        """The index of a counterpart, or of a follow-up under it; an invalid one where it is not there."""
        number = next((place for place, group in enumerate(self.groups) if group.key == key), None)
        if number is None:
            return QModelIndex()
        parent = self.index(number, 0)
        if not record_id:
            return parent
        ids = ledger.ids(self._workspace, self._direction, key)
        return self.index(ids.index(record_id), 0, parent) if record_id in ids else QModelIndex()

    # ---- Qt's interface

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId() or parent.column():
            return 0
        return self.groups[parent.row()].count

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        return self.rowCount(parent) > 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemNeverHasChildren if index.internalId() else plain

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return title(COLUMNS[section])
        if role == _ROLE.TextAlignmentRole:
            column, sides = COLUMNS[section], Qt.AlignmentFlag
            side = (
                sides.AlignRight if column.right else sides.AlignHCenter if column.chip else sides.AlignLeft
            )
            return int(side | sides.AlignVCenter)
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if role not in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return None
        if not index.internalId():
            told = told_group(self.groups[index.row()])
            return told if index.column() == 0 and role != _ROLE.ToolTipRole else None
        line = self.line(index)
        if line is None:
            return None
        if role == _ROLE.AccessibleTextRole and index.column() == 0:
            return spoken(*line)
        if role == _ROLE.ToolTipRole:
            whole = {"last_word": line[0].last_word, "meeting": line[0].meeting_title}
            return plain_tip(whole.get(COLUMNS[index.column()].name) or line[1][index.column()])
        return line[1][index.column()]


def name_of(group: Group) -> str:
    """What a counterpart is called."""
    return group.name or _("Nobody named")


def open_words(count: int) -> str:
    """How many are open."""
    return ngettext("{count} open", "{count} open", count).format(count=format_number(count))


def overdue_words(count: int) -> str:
    """How many are overdue; '' for none."""
    if not count:
        return ""
    return ngettext("{count} overdue", "{count} overdue", count).format(count=format_number(count))


def more_words(group: Group) -> str:
    """What else there is to tell of a counterpart."""
    slipped = ngettext("{count} put off", "{count} put off", group.slipped).format(
        count=format_number(group.slipped)
    )
    oldest = _("oldest due {day}").format(day=format_date(group.oldest)) if group.oldest else ""
    return " · ".join(part for part in (oldest, slipped if group.slipped else "") if part)


def told_group(group: Group) -> str:
    """A counterpart as a screen reader tells it."""
    return join_parts(
        name_of(group), open_words(group.count), overdue_words(group.overdue), more_words(group)
    )
