"""The list of what is kept of a workspace: two lines each, when and how large, why and how it differs from now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.backups import words
from desktop.ui.backups.comparing import BROKEN, LOOKING, Backup, Found
from desktop.ui.widgets.ground import wash
from desktop.ui.widgets.tips import plain_tip

FOUND = Qt.ItemDataRole.UserRole
FIRST = FOUND + 1
"""Where an item holds what is known of a backup, and its first line."""
ICON = 18
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_ROWS = 5
"""As many rows are seen at least."""


class BackupList(QListWidget):
    """`show_kept` lists them, `tell` says more of one; `chosen` is the one at which the keys work.

    `zone` is the time zone by whose clock they are told: the post's.
    """

    chosen_changed = Signal()

    def __init__(self, zone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.setAccessibleName(_("Backups"))
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._by_hand = False
        """Whether somebody chose in it."""
        self.currentItemChanged.connect(lambda _now, _before: self.chosen_changed.emit())

    def show_kept(self, kept: Sequence[Backup]) -> None:
        """List these; the one chosen stays so, else it is the first."""
        before = self.chosen
        self.clear()
        for each in kept:
            item = QListWidgetItem()
            self.addItem(item)
            self._fill(item, Found(each))
            if before is not None and before.backup.path == each.path:
                self.setCurrentItem(item)
        if self.currentItem() is None:
            self.setCurrentRow(0)

    def tell(self, found: Found) -> None:
        """What is known of one now."""
        for item in map(self.item, range(self.count())):
            if item.data(FOUND).backup == found.backup:
                self._fill(item, found)
                if item is self.currentItem():
                    self._go_on_from(found)
                    self.chosen_changed.emit()

    def _go_on_from(self, found: Found) -> None:
        """The first one that can be used is offered, until somebody chooses."""
        row = self.currentRow() + 1
        if found.state == BROKEN and not self._by_hand and row < self.count():
            self.setCurrentRow(row)
            self._go_on_from(self.item(row).data(FOUND))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_hand = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_hand = True
        super().mousePressEvent(event)

    @property
    def chosen(self) -> Found | None:
        """What is chosen; None in an empty list."""
        item = self.currentItem()
        return item.data(FOUND) if item is not None else None

    def found(self) -> list[Found]:
        """All that is listed."""
        return [self.item(row).data(FOUND) for row in range(self.count())]

    def _fill(self, item: QListWidgetItem, found: Found) -> None:
        first = words.when(found.backup.at, self._zone)
        item.setData(FOUND, found)
        item.setData(FIRST, first)
        told = [first, words.size(found.backup.size), _second(found)]
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))
        item.setToolTip(plain_tip("\n".join([_second(found), str(found.backup.path)])))

    def sizeHint(self) -> QSize:
        row = 2 * self.fontMetrics().height() + theme.LARGE
        return QSize(60 * self.fontMetrics().averageCharWidth(), _ROWS * row + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(20 * self.fontMetrics().averageCharWidth(), self.sizeHint().height() * 3 // _ROWS)


def _second(found: Found) -> str:
    more = _("Being looked at…") if found.state == LOOKING else found.words
    secret = _("encrypted") if found.backup.encrypted and found.state != BROKEN else ""
    return "  ·  ".join(filter(None, (words.why(found.backup), secret, more)))


class _Delegate(QStyledItemDelegate):
    """Paints the two lines, and the icon that tells whether it can be used."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * option.fontMetrics.height() + theme.LARGE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        found: Found = index.data(FOUND)
        tones, rect, line = theme.current(), option.rect, option.fontMetrics.height()
        broken = found.state == BROKEN
        painter.save()
        wash(painter, option)
        painter.setFont(option.font)
        icon = "warning" if broken else "lock" if found.backup.encrypted else "saved"
        side = max(ICON, line)
        place = QRect(rect.left() + theme.MEDIUM, rect.center().y() - side // 2, side, side)
        icons.paint(painter, place, icon, tones.red if broken else tones.muted)
        room = rect.adjusted(side + 2 * theme.MEDIUM, 0, -theme.MEDIUM, 0)
        upper = QRect(room.left(), rect.top() + theme.SMALL - 1, room.width(), line)
        painter.setPen(theme.colour(tones.muted))
        much = words.size(found.backup.size)
        painter.drawText(upper, _LINE | int(Qt.AlignmentFlag.AlignRight), much)
        upper.setRight(upper.right() - option.fontMetrics.horizontalAdvance(much) - theme.SMALL)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(theme.colour(tones.disabled if broken else tones.text))
        _elided(painter, upper, index.data(FIRST))
        painter.setFont(option.font)
        painter.setPen(theme.colour(tones.muted))
        _elided(painter, QRect(room.left(), upper.bottom() + 3, room.width(), line), _second(found))
        painter.restore()


def _elided(painter: QPainter, rect: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _LINE, shown)
