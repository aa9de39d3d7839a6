"""The item model over the proposals: those of the kinds asked for that have a text, in the order asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from desktop.export.intake.wayback import Kind, Proposal
from desktop.i18n import _, join_parts
from desktop.text import fold, made_visible
from desktop.ui.intake.wayback import words
from desktop.ui.intake.wayback.choices import Choices
from desktop.ui.intake.wayback.words import EXPORTED, HEADINGS, ROW, TAKE, WHAT
from desktop.ui.widgets.tips import plain_tip

_ROLE, _NOWHERE = Qt.ItemDataRole, QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
SHORT = 300
"""Characters of a value that a row of the list reads; all of them stand under it."""


class ChangesModel(QAbstractTableModel):
    """A row a proposal; `numbers` says which stands where."""

    decided = Signal()
    """Something is decided otherwise now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices = Choices()
        self.numbers: list[int] = []
        self._kinds: frozenset[Kind] = frozenset()
        self._text = ""
        self._order = (-1, Qt.SortOrder.AscendingOrder)
        self._folded: dict[int, str] = {}

    # ---- what is shown

    def show_choices(self, choices: Choices) -> None:
        """Show other proposals, of all kinds."""
        self.choices, self._kinds, self._text = choices, frozenset(), ""
        self._folded = {}
        self._arrange()

    def narrow(self, kinds: Iterable[Kind], text: str) -> None:
        """Show those of these kinds, of all where none is named, that have all words of a text."""
        self._kinds, self._text = frozenset(kinds), text
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order them by a column; by -1 as they were proposed, conflicts first."""
        self._order = column, order
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        sought = fold(self._text).split()
        every = self.choices.proposals
        self.numbers = [
            number
            for number, each in enumerate(every)
            if (not self._kinds or each.kind in self._kinds)
            and (not sought or all(word in self._whole(number) for word in sought))
        ]
        column, order = self._order
        if column >= 0:
            self.numbers.sort(
                key=lambda number: self._key(number, column), reverse=order == Qt.SortOrder.DescendingOrder
            )
        self.endResetModel()

    def _whole(self, number: int) -> str:
        """All that is told of one, to be searched."""
        found = self._folded.get(number)
        if found is None:
            each = self.choices.proposals[number]
            place = f"{each.sheet}\n{each.row or ''}\n{each.heading}\n{each.record}"
            whole = f"{place}\n{each.exported}\n{each.now}\n{each.came}\n{each.in_file}\n{each.told}"
            found = self._folded[number] = fold(whole)
        return found

    def _key(self, number: int, column: int) -> Any:
        each = self.choices.proposals[number]
        if column == TAKE:
            return words.decision(each.kind, self.choices.taken(number))
        if column == WHAT:
            return list(Kind).index(each.kind)
        if column == ROW:
            return each.row
        return fold(words.cell(each, column))

    def proposal(self, row: int) -> Proposal | None:
        """The one of a row; None where there is no such row."""
        return self.choices.proposals[self.numbers[row]] if 0 <= row < len(self.numbers) else None

    # ---- deciding

    def decide(self, numbers: Iterable[int], take: bool) -> int:
        """Take these or leave them; how many are another way now."""
        changed = self.choices.decide(numbers, take)
        if changed:
            self.dataChanged.emit(self.index(0, TAKE), self.index(len(self.numbers) - 1, TAKE))
            self.decided.emit()
        return changed

    # ---- what Qt asks

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.numbers)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        proposal = self.proposal(index.row())
        if index.column() == TAKE and proposal is not None and proposal.open:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: QModelIndex, role: int = _ROLE.DisplayRole) -> Any:
        proposal = self.proposal(index.row())
        if proposal is None:
            return None
        column = index.column()
        if role == _ROLE.TextAlignmentRole:
            return _CENTRE if column in (WHAT, ROW) else _LEFT
        if column == TAKE:
            return self._decision(self.numbers[index.row()], proposal, role)
        if role == _ROLE.DisplayRole:
            return " ".join(_seen(proposal, column).split())
        if role == _ROLE.ToolTipRole:
            return plain_tip(_seen(proposal, column))
        if role == _ROLE.AccessibleTextRole and column >= EXPORTED:
            return " ".join(_seen(proposal, column).split()) or _("(empty)")
        return None

    def _decision(self, number: int, proposal: Proposal, role: int) -> Any:
        taken = self.choices.taken(number)
        if role == _ROLE.DisplayRole:
            return words.decision(proposal.kind, taken)
        if role == _ROLE.CheckStateRole and proposal.open:
            return Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        if role == _ROLE.AccessibleTextRole:
            return join_parts(words.decision(proposal.kind, taken), proposal.title, words.place(proposal))
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.CheckStateRole or not index.isValid():
            return False
        self.decide([self.numbers[index.row()]], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADINGS):
            return None
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return _(HEADINGS[section])
        if role == _ROLE.TextAlignmentRole:
            return _CENTRE if section == ROW else _LEFT
        return None


def _seen(proposal: Proposal, column: int) -> str:
    """What is shown of a cell: its beginning, with what turns or hides letters."""
    return made_visible(words.cell(proposal, column)[:SHORT])
