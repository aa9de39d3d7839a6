"""The table model over a query: a list of a million rows opens like a list of ten.

`show()` reads the first window at once, or, where that would take longer than one notices, shows what is there
until a worker has it. The number of rows follows from a worker too. After each operation the windows in view are
read again, and rows that came, went or moved are put in place without losing the selection: whoever shows the
model keeps ids between `about_to_replace` and `replaced`.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from desktop.model import field
from desktop.model.computed import Computed
from desktop.model.kinds import Kind
from desktop.model.relations import Many, Reference
from desktop.service.query import Order, Query, Row
from desktop.service.rows import Rows
from desktop.store.engine import TooSlow
from desktop.ui.context import Context
from desktop.ui.lists.chips import is_chip
from desktop.ui.lists.counts import counted
from desktop.ui.lists.grouping import Folding, lines_of, spoken
from desktop.ui.lists.lines import MOST, Line, Lines

KEY_ROLE = Qt.ItemDataRole.UserRole
"""The value as it is kept."""
ID_ROLE = Qt.ItemDataRole.UserRole + 1
"""The record's id."""

NOTICED = 0.05
"""Seconds that the first window may take on the window's own thread."""
SMALL, SMALL_GROUPED = 20_000, 4_000
"""Ids below which a table is read, or grouped, at once whatever the query."""

_NOWHERE = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class Keep(enum.Enum):
    """What stays as it is when other rows are shown."""

    NOTHING = enum.auto()
    SELECTION = enum.auto()
    PLACE = enum.auto()
    """The selection and what is scrolled to: after a change, not after a wish."""


class RowsModel(QAbstractTableModel):
    """The rows of a `Query`, refreshed upon `context.changed`."""

    about_to_replace = Signal()
    replaced = Signal(object)
    """Other rows stand in the model now; with what was to be kept (`Keep`)."""
    order_changed = Signal(object)
    """Somebody sorted: an `Order`."""
    counted = Signal()
    """The number of rows, or whether it is exact, or whether rows are awaited, is another."""

    def __init__(self, context: Context, parent: Any = None) -> None:
        super().__init__(parent)
        self.context = context
        self._lines: Lines | None = None
        self.folding = Folding(self)
        self._coming: tuple[Rows, Lines | None, Keep] | None = None
        """Rows that a worker numbers: those shown already (with their lines), or those that will replace them."""
        self.query: Query | None = None
        self._count = 0
        self._kinds: tuple[Kind, ...] = ()
        self._aligned: list[int] = []
        self._awake, self._stale = True, False
        self._slow: set[Any] = set()
        """Kinds of query that took longer than one notices: they go to the worker at once."""
        context.changed.connect(self._on_changed)
        context.stopping.connect(self.stop)

    # ---- what is shown

    def show(self, query: Query, keep: Keep = Keep.NOTHING) -> None:
        """Show a query's rows; what is shown stays until they are there."""
        self.query, self._stale = query, False
        rows = Rows(self.context.workspace, query)
        first = self._first(rows)
        if first is None or (keep is Keep.PLACE and not rows.filled and self._lines is not None):
            if self._lines is not None and keep is Keep.PLACE:
                self._read_again()
            self._number(rows, None, keep)
            return
        lines = self._lines_of(rows, first)
        self._take(lines, keep)
        if rows.filled:
            self._drop_coming()
        else:
            self._number(rows, lines, keep)
        self.counted.emit()

    def set_columns(self, columns: tuple[str, ...]) -> None:
        """Show other columns of the same rows."""
        if self.query is None or columns == self.query.columns:
            return
        self.query = replace(self.query, columns=columns)
        if self._coming is not None and self._coming[1] is None:
            self._coming[0].query = replace(self._coming[0].query, columns=columns)
        if self._lines is not None:
            self.about_to_replace.emit()
            self.beginResetModel()
            self._lines.set_columns(columns)
            self._describe(self.query)
            self.endResetModel()
            self.replaced.emit(Keep.PLACE)

    def refresh(self) -> None:
        """Read everything again, as after a change; what is selected and scrolled to stays."""
        if self.query is not None:
            self.show(self.query, Keep.PLACE)

    def set_awake(self, awake: bool) -> None:
        """A list that nobody sees is not refreshed until it is seen."""
        self._awake = awake
        if awake and self._stale:
            self.refresh()

    def stop(self) -> None:
        """Let go of the workspace, before it is closed."""
        self._drop_coming()
        if self._lines is not None:
            self._lines.rows.close()

    def _first(self, rows: Rows) -> list[Row] | None:
        """The first window, or None where it takes too long; a grouped list shows nothing until all is numbered."""
        engine, query = self.context.workspace.engine, rows.query
        most = engine.rows(f'SELECT max(id) FROM "{query.entity.key()}"')[0][0] or 0
        if query.group:
            if most >= SMALL_GROUPED:
                return None
            rows.accept(rows.fill())
            return []
        if most < SMALL:
            return rows.first()
        alike = (bool(query.text), tuple((c.field, c.operator) for c in query.where), query.order)
        if alike in self._slow:
            return None
        try:
            with engine.within(NOTICED):
                return rows.first()
        except TooSlow:
            self._slow.add(alike)
            return None

    def _lines_of(self, rows: Rows, first: list[Row] | None = None) -> Lines:
        return lines_of(rows, self.folding.begin(rows.query.group), first)

    def _number(self, rows: Rows, lines: Lines | None, keep: Keep) -> None:
        self._drop_coming()
        self._coming = (rows, lines, keep)
        self.counted.emit()
        self.context.work(rows.fill, lambda total: self._numbered(rows, total))

    def _drop_coming(self) -> None:
        if self._coming is None:
            return
        rows, lines, _keep = self._coming
        self._coming = None
        if lines is None or lines is not self._lines:
            rows.close()

    def _numbered(self, rows: Rows, total: int) -> None:
        """A worker has numbered all rows."""
        if self._coming is None or self._coming[0] is not rows:
            rows.close()
            return
        _rows, lines, keep = self._coming
        self._coming = None
        rows.accept(total)
        if lines is None:
            self._take(self._lines_of(rows), keep)
        elif total > self._count:
            self.beginInsertRows(_NOWHERE, self._count, total - 1)
            self._count = total
            self.endInsertRows()
        elif total < self._count:  # another program deleted some in between
            self.refresh()
        self.counted.emit()

    def _take(self, lines: Lines, keep: Keep) -> None:
        """Put other rows in the place of those shown."""
        self.about_to_replace.emit()
        old, self._lines = self._lines, lines
        same = old is not None and keep is Keep.PLACE and lines.agrees(old)
        if not same:
            self.beginResetModel()
            self._count = lines.count
            self._describe(lines.rows.query)
            self.endResetModel()
        elif self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._kinds) - 1))
        if old is not None:
            old.rows.close()
        self.replaced.emit(keep)

    def _read_again(self) -> None:
        """Show the same records with their values of now; places follow."""
        if self._lines is not None and self._count:
            self._lines.forget()
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._kinds) - 1))

    def _describe(self, query: Query) -> None:
        self._kinds = query.kinds
        self._aligned = [
            _CENTRE if is_chip(kind) else _RIGHT if kind.align == "right" else _LEFT for kind in self._kinds
        ]

    def _on_changed(self, committed: Any) -> None:
        if self.query is None:
            return
        if not self._awake:
            self._stale = True
        elif committed is None or self.query.entity.key() in committed.entities or self._depends():
            self.refresh()
        else:
            self._read_again()  # an organisation that rows name has another name

    def _depends(self) -> bool:
        """Whether which rows there are, or their order, follows from other records as well."""
        names = [c.field for c in self.query.where] + [o.field for o in self.query.order]
        kinds = (field(self.query.entity, name) for name in names)
        return any(kind.derived or isinstance(kind, Computed | Reference | Many) for kind in kinds)

    # ---- numbers

    @property
    def exact(self) -> bool:
        """Whether the number of rows is known."""
        return self._lines is not None and self._lines.rows.filled

    @property
    def waiting(self) -> bool:
        """Whether rows are awaited that will replace those shown."""
        return self._coming is not None and self._coming[1] is None

    @property
    def record_count(self) -> int:
        """How many records the rows show, headers not counted; those too that are folded away."""
        return self._lines.rows.count if self._lines is not None else 0

    def count_text(self) -> str:
        """How many records there are, in words; nothing while the first are awaited."""
        if self._lines is None:
            return ""
        return counted(self.query.entity.key(), self.record_count, self.exact)

    # ---- groups

    @property
    def lines(self) -> Lines | None:
        """What the rows show."""
        return self._lines

    @contextmanager
    def resizing(self, at: int, rows: int, *, inserting: bool) -> Iterator[None]:
        """Rows of a group come or go within the block, from row `at` on."""
        (self.beginInsertRows if inserting else self.beginRemoveRows)(_NOWHERE, at, at + rows - 1)
        yield
        self._count = self._lines.count
        (self.endInsertRows if inserting else self.endRemoveRows)()

    def told_of(self, row: int) -> None:
        """Tell that a row reads otherwise now."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._kinds) - 1))

    def lay_out(self) -> None:
        """Show the rows of all groups that are not folded."""
        self.about_to_replace.emit()
        self.beginResetModel()
        self._lines.lay_out()
        self._count = self._lines.count
        self.endResetModel()
        self.replaced.emit(Keep.SELECTION)

    # ---- rows and ids

    def line(self, row: int) -> Line | None:
        """A row as selected, and its texts; None where it is gone."""
        return self._lines.line(row) if self._lines is not None else None

    def record_id(self, row: int) -> int | None:
        """The id of the record in a row."""
        line = self.line(row) if 0 <= row < self._count else None
        return line[0][0] if line else None

    def ids(self, start: int, stop: int, most: int = MOST) -> list[int]:
        """The ids of the records in the rows from `start` to before `stop`, at most so many."""
        return self._lines.ids(start, stop, most) if self._lines is not None else []

    def records_in(self, first: int, last: int) -> int:
        """How many records stand in the rows from `first` to `last`."""
        return self._lines.records_in(first, last) if self._lines is not None else 0

    def whole(self, ranges: list[tuple[int, int]], most: int) -> Iterator[Row]:
        """The rows of these stretches (first and last) with their texts uncut, at most so many."""
        if self._lines is None:
            return
        for first, last in ranges:
            for rows in self._lines.whole(first, last):
                yield from rows[:most]
                most -= len(rows)
                if most <= 0:
                    return

    def places(self, ids: Collection[int]) -> dict[int, int]:
        """The row of each of these ids that is shown."""
        return self._lines.places(ids) if self._lines is not None else {}

    def kind(self, column: int) -> Kind:
        """The kind of a column."""
        return self._kinds[column]

    # ---- what Qt asks

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._kinds)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned[index.column()]
        if role not in _ASKED or not index.isValid():
            return None
        line = self.line(index.row())
        if line is None:
            return self._told_of_header(index) if role in _READ else None
        if role == ID_ROLE:
            return line[0][0]
        if role == KEY_ROLE:
            return line[0][index.column() + 1]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.whole_text(index.row(), index.column())
        return line[1][index.column()]

    def _told_of_header(self, index: QModelIndex) -> str | None:
        """The header of a group reads as one, whatever the columns."""
        header = self.folding.header(index.row()) if index.column() == 0 else None
        return spoken(header, self.query.entity.key()) if header is not None else None

    def whole_text(self, row: int, column: int) -> str:
        """A cell's text with its line breaks; only very long ones are cut."""
        line = self.line(row)
        return self._kinds[column].shown(line[0][column + 1]) if line else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._kinds):
            return None
        kind = self._kinds[section]
        if role in _TITLED:
            return kind.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned[section]
        if role == KEY_ROLE:
            return kind.name
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in the database; what is selected stays selected."""
        if self.query is not None and 0 <= column < len(self._kinds):
            chosen = Order(self._kinds[column].name, order == Qt.SortOrder.DescendingOrder)
            self.show(replace(self.query, order=(chosen,)), Keep.SELECTION)
            self.order_changed.emit(chosen)


_TITLED = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_READ = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_ASKED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        KEY_ROLE,
        ID_ROLE,
    )
)
