"""Which record stands under the pointer: in a table, on the board, in a tree, or shown as a whole.

To add a view: a function that is registered in `_record`.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.model import RECORDS, FollowUp, Initiative
from desktop.model.base import Registered
from desktop.ui.board.cardlist import CardList
from desktop.ui.ledger.tree import LedgerTree
from desktop.ui.lists.model import ID_ROLE
from desktop.ui.lists.table import RecordTable
from desktop.ui.record.dropping import row_rect
from desktop.ui.record.pane import RecordPane
from desktop.ui.tree.treetable import TreeTable

Target = tuple[Any, QWidget | None, QRect]
NOTHING: Target = (None, None, QRect())


def target(host: QWidget, widget: QWidget, place: QPoint) -> Target:
    """The record at a place of a widget, what shows it, and where; only what can have files."""
    within: QWidget | None = widget
    while within is not None:
        above = within.parentWidget()
        if isinstance(above, QAbstractItemView) and above.viewport() is within:
            index = above.indexAt(place)
            record = _of_register(_record(above, index)) if index.isValid() else None
            if record is not None:
                return record, within, row_rect(above, place)
        if isinstance(within, RecordPane):
            record = _of_register(within.record())
            return (record, within, within.rect()) if record is not None else NOTHING
        place = within.mapToParent(place)
        within = above if within is not host else None
    return NOTHING


def _of_register(record: Any) -> Any:
    return record if isinstance(record, Registered) else None


def _read(entity: Any, record_id: int | None) -> Any:
    return None if record_id is None else entity.get_or_none(entity.id == record_id)


@singledispatch
def _record(view: QAbstractItemView, index: QModelIndex) -> Any:
    """The record of a row; None in a view that shows none."""
    return None


@_record.register
def _of_table(view: RecordTable, index: QModelIndex) -> Any:
    query = view.rows.query
    return None if query is None else _read(query.entity, view.rows.record_id(index.row()))


@_record.register
def _of_board(view: CardList, index: QModelIndex) -> Any:
    return _read(Initiative, index.data(ID_ROLE))


@_record.register
def _of_tree(view: TreeTable, index: QModelIndex) -> Any:
    node = view.rows.node(index)
    return (
        _read(RECORDS[node.entity.key()], node.id) if node is not None and node.entity is not None else None
    )


@_record.register
def _of_ledger(view: LedgerTree, index: QModelIndex) -> Any:
    line = view.ledger.line(index)
    return None if line is None else _read(FollowUp, line[0].id)
