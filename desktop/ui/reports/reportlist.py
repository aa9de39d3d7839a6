"""The frozen reports to choose from, newest first: a title, and under it until when, for whom, for which audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.i18n import _, format_date, join_parts
from desktop.model import FrozenReport
from desktop.ui import theme
from desktop.ui.reports import words
from desktop.ui.widgets.ground import wash
from desktop.ui.widgets.tips import plain_tip

UID, UNDER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ReportList(QListWidget):
    """Arrow keys choose; Enter leads on to what changed, Delete deletes."""

    chosen = Signal(str)
    """The uid of the report that is current from now on."""
    left = Signal()
    """Enter was pressed: on to what changed."""
    delete_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Frozen reports"))
        self.setItemDelegate(_ReportDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(lambda _item: self._tell())

    def offer(self, reports: Sequence[FrozenReport], uid: str) -> None:
        """Show these, with the one of this uid current, '' for none. Tells no choice."""
        self.blockSignals(True)
        self.clear()
        for each in reports:
            self._add(each)
        row = next((place for place, each in enumerate(reports) if each.uid == uid), -1)
        self.setCurrentRow(row)
        self.blockSignals(False)

    def uid(self) -> str:
        """The uid of the report that is current; '' where none is."""
        item = self.currentItem()
        return str(item.data(UID)) if item is not None else ""

    def _add(self, report: FrozenReport) -> None:
        under = (format_date(report.period_to), str(report.recipient or ""), words.audience(report))
        item = QListWidgetItem(str(report.title))
        item.setData(UID, report.uid)
        item.setData(UNDER, " · ".join(part for part in under if part))
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, join_parts(report.title, words.period(report), *under)
        )
        item.setToolTip(plain_tip(f"{report.title}\n{item.data(UNDER)}"))
        self.addItem(item)

    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._tell()

    def _tell(self) -> None:
        if self.uid():
            self.chosen.emit(self.uid())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.left.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualItemRect(self.currentItem()).bottomLeft())
        self.menu_requested.emit(place)


class _ReportDelegate(QStyledItemDelegate):
    """Two lines on a wash, as in the list of countries."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        lines: Any = self.parent()
        return QSize(0, 2 * lines.fontMetrics().height() + theme.LARGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones = theme.current()
        painter.save()
        here = wash(painter, option)
        room = option.rect.adjusted(theme.SMALL, theme.SMALL, -theme.SMALL, -theme.SMALL)
        half = room.height() // 2
        for text, ink, area in (
            (index.data(), tones.accent if here else tones.text, room.adjusted(0, 0, 0, -half)),
            (index.data(UNDER), tones.muted, room.adjusted(0, half, 0, 0)),
        ):
            painter.setFont(theme.tabular(option.font))
            painter.setPen(theme.colour(ink))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | side), shown)
        painter.restore()
