"""The pages as the side bar lists them: icon, name, count; the one that is shown marked by a wash."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import icons, theme

KEY, ICON, COUNT, HERE = (Qt.ItemDataRole.UserRole + step for step in range(4))
"""What an entry knows: its key, the name of its icon, its badge as text, whether its page is shown."""
_SIDE = 20
"""Side of an icon; with a larger font it is larger."""
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class PageList(QListWidget):
    """Arrow keys look, Enter, Space and the pointer choose."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())  # for the reason that lists have
        self.shrunk = self.compact = False
        self.ring = False  # the focus is shown to who steers by keys, not after a click
        self.setAccessibleName(_("Pages"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)  # the marked entry is as wide as the bar
        self.setItemDelegate(_EntryDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(KEY)))

    def side(self) -> int:
        """Side of an icon."""
        return max(_SIDE, round(self.fontMetrics().height() * 1.1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() in _BY_KEYS
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ring = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ring = True
        item = self.currentItem()
        if item and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(item.data(KEY))
            return
        super().keyPressEvent(event)

    def items(self) -> list[QListWidgetItem]:
        """All entries, from top to bottom."""
        return [self.item(row) for row in range(self.count())]

    def entry_height(self) -> int:
        """Of one entry."""
        return theme.row_height(self, self.compact) + (0 if self.compact else theme.TIGHT)

    def needed_height(self) -> int:
        """What all entries take."""
        return self.count() * self.entry_height() + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.needed_height())

    def needed_width(self) -> int:
        return self.side() + 2 * theme.SMALL if self.shrunk else self.width_of_words()

    def width_of_words(self) -> int:
        """What the longest name and its count take."""
        metrics = self.fontMetrics()
        texts = [self.item(row).text() for row in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        badge = metrics.horizontalAdvance("9,999") + theme.LARGE
        return max(168, self.side() + widest + badge + 3 * theme.SMALL + theme.SMALL)


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, self.parent().entry_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entries: PageList = self.parent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(0, 1, 0, -1)
        self._paint_ground(painter, option, QRectF(rect), bool(index.data(HERE)))
        side = entries.side()
        picture = QRect(rect.left() + theme.SMALL, rect.center().y() - side // 2 + 1, side, side)
        seen = QStyle.visualRect(option.direction, rect, picture)
        icons.paint(painter, seen, index.data(ICON), _ink(index))
        if not entries.shrunk:
            rest = rect.adjusted(theme.SMALL + side + theme.SMALL + 2, 0, -theme.SMALL, 0)
            self._paint_words(painter, option, index, rest)
        elif index.data(COUNT):
            painter.setPen(QPen(theme.colour(theme.current().window), 1.5))
            painter.setBrush(theme.colour(theme.current().accent))
            painter.drawEllipse(QRectF(seen.right() - 5, seen.top() - 2, 8, 8))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, here: bool
    ) -> None:
        """The wash of the page that is shown or pointed at, and the ring of the focus."""
        tones = theme.current()
        if here or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(theme.colour(tones.soft_edge if here else tones.hover))
            painter.setBrush(theme.colour(tones.accent_soft if here else tones.hover))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus and self.parent().ring:
            half = theme.RING / 2
            painter.setPen(QPen(theme.colour(tones.accent), theme.RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme.RADIUS, theme.RADIUS)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, rect: QRect
    ) -> None:
        """Name and count in the room that the icon leaves."""
        here, count = bool(index.data(HERE)), index.data(COUNT) or ""
        font = QFont(option.font)
        if count:
            width = option.fontMetrics.horizontalAdvance(count) + 1
            badge = QRect(rect.right() + 1 - width, rect.top(), width, rect.height())
            painter.setFont(theme.tabular(font))
            painter.setPen(theme.colour(_ink(index) if here else theme.current().muted))
            seen = QStyle.visualRect(option.direction, option.rect, badge)
            painter.drawText(seen, int(Qt.AlignmentFlag.AlignCenter), count)
            rect = rect.adjusted(0, 0, -width - theme.SMALL, 0)
        if here:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour(_ink(index)))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, rect.width())
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        seen = QStyle.visualRect(option.direction, option.rect, rect)
        painter.drawText(seen, int(Qt.AlignmentFlag.AlignVCenter | side), text)


def _ink(index: QModelIndex) -> str:
    tones = theme.current()
    return tones.accent if index.data(HERE) else tones.text
