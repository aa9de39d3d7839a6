"""The tab of history: who changed what, when, from what to what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.i18n import N_, _, join_parts
from desktop.service import history
from desktop.service.history import Event
from desktop.text import made_visible
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editors import at_post
from desktop.ui.widgets.tips import plain_tip

COLUMNS = (
    (N_("When"), 19),
    (N_("Who"), 14),
    (N_("What"), 28),
    (N_("Field"), 18),
    (N_("Was"), 22),
    (N_("Is"), 22),
)
"""Title and width, in characters."""
WHEN, WHO, WHAT, FIELD, WAS, IS = range(len(COLUMNS))
NARROW = 100
"""Below this width, in characters, an event stands in two lines instead of six columns."""


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
            (
                at_post(workspace, event.at),
                *(made_visible(text) for text in (event.who, event.what, event.field)),
                *(made_visible(text) for text in (event.before, event.after)),
            )
            for event in events
        ]
        self.endResetModel()

    def cells(self, row: int) -> tuple[str, ...]:
        """The cells of a row."""
        return self._rows[row]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(row[index.column()].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(part for part in (in_words(row), below(row)) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == WHEN:
            return join_parts(in_words(row), below(row))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section][0])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def in_words(row: tuple[str, ...]) -> str:
    """What an event changed: `Due: 18 Nov 2026 → 20 Nov 2026`."""
    if not (row[WAS] or row[IS]):
        return row[FIELD]
    words = _("{field}: {before} → {after}")
    return words.format(field=row[FIELD], before=row[WAS] or "–", after=row[IS] or "–")


def below(row: tuple[str, ...]) -> str:
    """When, who and by which act."""
    return " · ".join(part for part in (row[WHEN], row[WHO], row[WHAT]) if part)


class TwoLines(QStyledItemDelegate):
    """An event in two lines: what changed, and under it when, who and by which act."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(option.rect.width(), 2 * option.fontMetrics.height() + theme.MEDIUM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones, row = theme.current(), index.model().cells(index.row())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, theme.colour(tones.accent_soft))
        line = option.fontMetrics.height()
        area = option.rect.adjusted(theme.TIGHT, theme.MEDIUM // 2, -theme.TIGHT, 0)
        for place, (text, tone) in enumerate(((in_words(row), tones.text), (below(row), tones.muted))):
            painter.setPen(theme.colour(tone))
            painter.setFont(option.font)
            text = option.fontMetrics.elidedText(
                " ".join(text.split()), Qt.TextElideMode.ElideRight, area.width()
            )
            where = QRect(area.left(), area.top() + place * line, area.width(), line)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
            theme.colour(tones.hairline),
        )


class HistoryTab(QTableView):
    """A table that is only read. Where it is narrow, an event is told in two lines."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HistoryModel(context, self)
        self.setModel(self._model)
        self._plain, self._two_lines = QStyledItemDelegate(self), TwoLines(self)
        self.setAccessibleName(_("History"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, (_title, width) in enumerate(COLUMNS):
            self.setColumnWidth(column, width * self.fontMetrics().averageCharWidth())
        self._narrow: bool | None = None
        self._arrange()

    def show_record(self, record: Any) -> None:
        """Show what happened to a record."""
        self._model.show_events(history.of(record))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two lines or six columns, as there is room."""
        narrow = self.width() < NARROW * self.fontMetrics().averageCharWidth()
        if narrow != self._narrow:
            self._narrow = narrow
            for column in range(WHO, len(COLUMNS)):
                self.setColumnHidden(column, narrow)
            self.horizontalHeader().setVisible(not narrow)
            self.setItemDelegateForColumn(WHEN, self._two_lines if narrow else self._plain)
            height = (
                2 * self.fontMetrics().height() + theme.MEDIUM if narrow else theme.row_height(self, True)
            )
            self.verticalHeader().setDefaultSectionSize(height)
            if not narrow:
                self.setColumnWidth(WHEN, COLUMNS[WHEN][1] * self.fontMetrics().averageCharWidth())
