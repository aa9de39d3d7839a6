"""What changed as Qt's views read it: a section for each mark, and under it the records that have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from desktop.i18n import N_, _, captioned, format_number, join_parts
from desktop.model import FollowUp, field
from desktop.service.changes import Moved, called
from desktop.text import made_visible
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.reports import words
from desktop.ui.widgets.rag import word
from desktop.ui.widgets.tips import plain_tip

RECORD, KIND, RAG, WHAT = range(4)
TITLES = {RECORD: N_("Record"), KIND: N_("Kind"), WHAT: N_("What happened")}

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class ChangesModel(QAbstractItemModel):
    """The internal id of a section is 0; of a record, the number of its section plus one."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._sections: list[tuple[str, list[Moved]]] = []
        self._rags: Mapping[str, str] = {}

    def show(self, moved: Sequence[Moved], rags: Mapping[str, str]) -> None:
        """Show these records, each in the section of each of its marks."""
        self.beginResetModel()
        of = {mark: [each for each in moved if mark in each.marks] for mark in words.ORDER}
        self._sections = [(mark, found) for mark, found in of.items() if found]
        self._rags = rags
        self.endResetModel()

    # ---- what stands where

    def mark(self, index: Index) -> str:
        """The mark of the section at an index, or over the record there."""
        if not index.isValid():
            return ""
        return self._sections[index.internalId() - 1 if index.internalId() else index.row()][0]

    def moved(self, index: Index) -> Moved | None:
        """The record at an index; None for a section."""
        if not index.isValid() or not index.internalId():
            return None
        return self._sections[index.internalId() - 1][1][index.row()]

    def rag(self, index: Index) -> str:
        """How the record at an index stands now; '' where nobody says so."""
        moved = self.moved(index)
        return self._rags.get(moved.uid) or "" if moved is not None else ""

    def section(self, mark: str) -> QModelIndex:
        """Where the section of a mark stands; nowhere if no record has it."""
        marks = [each for each, _moved in self._sections]
        return self.index(marks.index(mark), 0) if mark in marks else QModelIndex()

    def record(self, mark: str, uid: str) -> QModelIndex:
        """Where a record stands in a section; nowhere if it does not."""
        parent = self.section(mark)
        found = self._sections[parent.row()][1] if parent.isValid() else []
        row = next((place for place, each in enumerate(found) if each.uid == uid), -1)
        return self.index(row, 0, parent)

    def cells(self, index: Index) -> list[str]:
        """The texts of a record, with its section before them, to be copied."""
        texts = [self._text(index, column) for column in range(len(TITLES) + 1)]
        return [called(self.mark(index)), *texts]

    # ---- Qt's interface

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._sections)
        return 0 if parent.internalId() or parent.column() else len(self._sections[parent.row()][1])

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return len(TITLES) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return None
        return field(FollowUp, "rag").title if section == RAG else _(TITLES[section])

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.internalId():
            return self._of_section(index, role) if index.column() == 0 else None
        if role == _ROLE.DisplayRole:
            return made_visible(self._text(index, index.column()))
        if role == _ROLE.ToolTipRole:
            return plain_tip(made_visible(self._text(index, index.column())))
        if role == _ROLE.AccessibleTextRole and index.column() == 0:
            texts = (self._text(index, column) for column in range(self.columnCount()))
            return made_visible(join_parts(*texts, called(self.mark(index))))
        return None

    def _of_section(self, index: Index, role: int) -> Any:
        mark, found = self._sections[index.row()]
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return captioned(called(mark), format_number(len(found)))
        if role == _ROLE.DecorationRole:
            return icon(words.ICONS[mark], "muted")
        return theme.heading_font(QApplication.font("QTreeView"), 3) if role == _ROLE.FontRole else None

    def _text(self, index: Index, column: int) -> str:
        moved = self.moved(index)
        assert moved is not None
        if column == RECORD:
            return f"{moved.ref}  {moved.name}".strip()
        if column == KIND:
            return words.kind_of(moved)
        if column == RAG:
            return word(self.rag(index)) if self.rag(index) else ""
        return words.happened(moved, self.mark(index))
