"""The table of what a check found: what is wrong, what stands there, what should."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from desktop.i18n import _
from desktop.service.checking import Report
from desktop.text import made_visible
from desktop.ui import theme
from desktop.ui.checking import words
from desktop.ui.reports.rows import paint_ring
from desktop.ui.widgets.tips import plain_tip


def flaw_table() -> QTableWidget:
    """The table, still empty."""
    table = QTableWidget(0, 3)
    table.setHorizontalHeaderLabels([_("What is wrong"), _("Is now"), _("Should be")])
    table.setAccessibleName(_("What was found"))
    table.setItemDelegate(_Cells(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    for look in ("quiet", "records"):
        table.setProperty(look, True)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.verticalHeader().setMinimumSectionSize(theme.ROW)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(8 * theme.MEDIUM)
    header.setHighlightSections(False)
    return table


def fill(table: QTableWidget, report: Report) -> None:
    """Put what was found into the table, a flaw a row."""
    table.setRowCount(len(report.flaws))
    for row, flaw in enumerate(report.flaws):
        for column, text in enumerate(map(made_visible, words.cells(flaw))):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            table.setItem(row, column, item)
    if report.flaws:
        table.setCurrentCell(0, 0)


class _Cells(QStyledItemDelegate):
    """Words with room around them, in line with the header's."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(_inner(option, index), index) + QSize(0, 2 * theme.TIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view: Any = self.parent()
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, ground, painter, view)
        inner = _inner(option, index)
        inner.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        super().paint(painter, inner, index)
        if view.hasFocus() and index == view.currentIndex():
            paint_ring(painter, option.rect)


def _inner(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QStyleOptionViewItem:
    inner = QStyleOptionViewItem(option)
    left = theme.MEDIUM if index.column() == 0 else theme.TIGHT
    inner.rect = option.rect.adjusted(left, 0, -theme.SMALL, 0)
    return inner
