"""The tab of history: who changed what, when, from what to what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.i18n import N_, _
from desktop.service import history
from desktop.service.history import Event
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editors import at_post

COLUMNS = (
    (N_("When"), 19),
    (N_("Who"), 14),
    (N_("What"), 26),
    (N_("Field"), 16),
    (N_("Was"), 20),
    (N_("Is"), 20),
)
"""Title and width, in characters."""
WHAT = 2
NARROW = 92
"""Below this width, in characters, what was done stands in the tool tip instead of a column."""


class HistoryModel(QAbstractTableModel):
    """The events of one record, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._rows: list[tuple[str, ...]] = []

    def show_events(self, events: list[Event]) -> None:
        """Show other events."""
        self.beginResetModel()
        workspace = self.context.workspace
        self._rows = [
            (at_post(workspace, event.at), event.who, event.what, event.field, event.before, event.after)
            for event in events
        ]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self._rows[index.row()][index.column()].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self._rows[index.row()]
            return "\n".join(dict.fromkeys(part for part in (row[index.column()], row[WHAT]) if part))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section][0])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class HistoryTab(QTableView):
    """A table that is only read; its columns can be made wider."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HistoryModel(context, self)
        self.setModel(self._model)
        self.setAccessibleName(_("History"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self, compact=True))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, (_title, width) in enumerate(COLUMNS):
            self.setColumnWidth(column, width * self.fontMetrics().averageCharWidth())

    def show_record(self, record: Any) -> None:
        """Show what happened to a record."""
        self._model.show_events(history.of(record))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW * self.fontMetrics().averageCharWidth()
        self.setColumnHidden(WHAT, narrow)
