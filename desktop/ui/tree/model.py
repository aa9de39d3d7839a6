"""The item model over the nodes of a tree: what was read at once is shown as it is, until it is read anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from desktop.service.tree import Node
from desktop.ui.lists.model import KEY_ROLE
from desktop.ui.tree import words
from desktop.ui.tree.words import COLUMNS

Key = tuple[str, int]
"""A node wherever it stands: the entity and the id of its record."""

_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ALIGNED = {"rag": _CENTRE, "follow_ups": _RIGHT, "last_activity": _RIGHT}


class TreeModel(QAbstractItemModel):
    """Numbers the nodes as they are read: an index carries its node's number."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._nodes: list[Node] = []
        self._above: list[int] = []
        """The number of the node above each; -1 for a root."""
        self._rows: list[int] = []
        self._roots: list[int] = []
        self._below: list[list[int]] = []
        self._numbers: dict[Key, int] = {}

    def show(self, roots: Iterable[Node]) -> None:
        """Show these trees in place of others."""
        self.beginResetModel()
        self._nodes, self._above, self._rows, self._roots, self._below = [], [], [], [], []
        for root in roots:
            self._roots.append(self._take(root, -1, len(self._roots)))
        self._numbers = {key_of(node): number for number, node in enumerate(self._nodes)}
        self.endResetModel()

    def _take(self, node: Node, above: int, row: int) -> int:
        number = len(self._nodes)
        self._nodes.append(node)
        self._above.append(above)
        self._rows.append(row)
        self._below.append([])
        self._below[number] = [self._take(child, number, at) for at, child in enumerate(node.children)]
        return number

    # ---- nodes and indexes

    def node(self, index: QModelIndex) -> Node | None:
        """The node of an index."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def nodes(self) -> list[Node]:
        """All nodes, as they are read."""
        return self._nodes

    def index_of(self, key: Key) -> QModelIndex:
        """Where a record stands; invalid if it is not there."""
        number = self._numbers.get(key)
        return _NOWHERE if number is None else self._at(number, 0)

    def parents(self) -> Iterator[tuple[QModelIndex, Node]]:
        """All nodes that have others below them, with their indexes."""
        for number, node in enumerate(self._nodes):
            if node.children:
                yield self._at(number, 0), node

    def _at(self, number: int, column: int) -> QModelIndex:
        return self.createIndex(self._rows[number], column, number)

    # ---- what Qt asks

    def index(self, row: int, column: int, parent: QModelIndex = _NOWHERE) -> QModelIndex:
        below = self._below[parent.internalId()] if parent.isValid() else self._roots
        if not (0 <= row < len(below) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self._at(below[row], column)

    def parent(self, index: QModelIndex | None = None) -> Any:
        if index is None:
            return super().parent()
        if not index.isValid():
            return QModelIndex()
        above = self._above[index.internalId()]
        return QModelIndex() if above < 0 else self._at(above, 0)

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        if parent.column() > 0:
            return 0
        return len(self._below[parent.internalId()] if parent.isValid() else self._roots)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words.lines(node, column)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(node, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.told(node, column)
        return _ALIGNED.get(column, _LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return words.heading(COLUMNS[section])
        if role == KEY_ROLE:
            return COLUMNS[section]
        return _ALIGNED.get(COLUMNS[section], _LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None


def key_of(node: Node) -> Key:
    """What a node is known by."""
    return node.entity.key(), node.id


def key_of_record(record: Any) -> Key:
    """The key of a record's node."""
    return type(record).key(), record.id
