"""The side bar: whose workspace this is, and the pages; can shrink to icons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import icons, theme

_KEY, _ICON, _COUNT, _HERE = (Qt.ItemDataRole.UserRole + step for step in range(4))
_SIDE = 20
"""Side of an icon; with a larger font it is larger."""
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class SideBar(QWidget):
    """Entries are shown by arrow keys and chosen by Enter, Space or the pointer."""

    page_requested = Signal(str)
    shrunk_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._place = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._place.setProperty("muted", True)
        self._list = _Entries(self)
        self._list.chosen.connect(self.page_requested)
        self._toggle = QToolButton(autoRaise=True, icon=icons.icon("sidebar", "muted"), checkable=True)
        self._toggle.toggled.connect(self.set_shrunk)
        names = QVBoxLayout(spacing=0)
        names.addWidget(self._name)
        names.addWidget(self._place)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(theme.SMALL, 0, theme.SMALL, 0)
        head.addLayout(names)
        outer = QVBoxLayout(self, spacing=theme.LARGE)
        outer.setContentsMargins(theme.SMALL, theme.LARGE, theme.SMALL, theme.SMALL)
        outer.addWidget(self._head)
        outer.addWidget(self._list, 1)
        outer.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._shrunk = False
        self._name_toggle()
        self._head.hide()
        self._fit()

    def set_post(self, name: str, place: str = "") -> None:
        """The post, such as "Embassy" and, smaller, "Santiago"."""
        self._name.setText(name)
        self._place.setText(place)
        self._place.setVisible(bool(place))
        self._head.setVisible(bool(name) and not self._shrunk)
        self._fit()

    def add_entry(self, key: str, icon_name: str, text: str) -> None:
        """Add a page; `key` is what `page_requested` will say."""
        item = QListWidgetItem(text)
        item.setData(_KEY, key)
        item.setData(_ICON, icon_name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        self._list.addItem(item)
        self._fit()

    def set_count(self, key: str, count: int | None) -> None:
        """The badge of an entry; None or 0 for none."""
        item = self._item(key)
        shown = self.locale().toString(count) if count else ""
        item.setData(_COUNT, shown)
        spoken = _("{page}, {count}").format(page=item.text(), count=shown) if shown else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(spoken if self._shrunk else "")

    def set_current(self, key: str) -> None:
        """Mark the page that is shown. Asks for nothing."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            here = item.data(_KEY) == key
            item.setData(_HERE, here)
            if here:
                self._list.setCurrentItem(item)

    def current(self) -> str | None:
        """The key of the page that is marked as shown."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return next((item.data(_KEY) for item in items if item.data(_HERE)), None)

    def keys(self) -> list[str]:
        return [self._list.item(row).data(_KEY) for row in range(self._list.count())]

    def is_shrunk(self) -> bool:
        return self._shrunk

    def set_shrunk(self, shrunk: bool) -> None:
        """Show icons alone; names are then in the tool tips."""
        if shrunk == self._shrunk:
            return
        self._shrunk = shrunk
        self._toggle.setChecked(shrunk)
        self._name_toggle()
        self._head.setVisible(bool(self._name.text()) and not shrunk)
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setToolTip(item.data(Qt.ItemDataRole.AccessibleTextRole) if shrunk else "")
        self._fit()
        self.shrunk_changed.emit(shrunk)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _name_toggle(self) -> None:
        words = _("Show the names of the pages") if self._shrunk else _("Shrink the side bar to icons")
        self._toggle.setAccessibleName(words)
        self._toggle.setToolTip(words)

    def _item(self, key: str) -> QListWidgetItem:
        return next(
            self._list.item(row)
            for row in range(self._list.count())
            if self._list.item(row).data(_KEY) == key
        )

    def _fit(self) -> None:
        """Take the width that the longest entry needs, or that of an icon."""
        self._name.setFont(theme.heading_font(self.font(), 2))
        self._list.shrunk = self._shrunk
        width = self._list.needed_width()
        margins = self.layout().contentsMargins()
        self.setFixedWidth(width + margins.left() + margins.right())
        self._list.viewport().update()


class _Entries(QListWidget):
    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shrunk = False
        self.ring = False  # the focus is shown to who steers by keys, not after a click
        self.setAccessibleName(_("Pages"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_EntryDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(_KEY)))

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
            self.chosen.emit(item.data(_KEY))
            return
        super().keyPressEvent(event)

    def needed_width(self) -> int:
        if self.shrunk:
            return self.side() + 2 * theme.SMALL
        metrics = self.fontMetrics()
        texts = [self.item(row).text() for row in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        badge = metrics.horizontalAdvance("9,999") + theme.LARGE
        return max(168, self.side() + widest + badge + 3 * theme.SMALL + theme.SMALL)


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, theme.row_height(self.parent()) + theme.TIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones = theme.current()
        here = bool(index.data(_HERE))
        rect = option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if here or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tones.accent_soft if here else tones.hover))
            painter.drawRoundedRect(QRectF(rect), theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus and self.parent().ring:
            painter.setPen(QPen(theme.colour(tones.accent), theme.RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = theme.RING / 2
            painter.drawRoundedRect(
                QRectF(rect).adjusted(half, half, -half, -half), theme.RADIUS, theme.RADIUS
            )
        ink = tones.accent if here else tones.text
        shrunk = self.parent().shrunk
        side = self.parent().side()
        icon_rect = QRect(rect.left() + theme.SMALL, rect.center().y() - side // 2 + 1, side, side)
        visual = option.direction
        icons.paint(painter, QStyle.visualRect(visual, rect, icon_rect), index.data(_ICON), ink)
        count = index.data(_COUNT) or ""
        if shrunk:
            if count:
                self._paint_dot(painter, icon_rect, tones)
        else:
            self._paint_words(painter, option, rect, icon_rect, index, ink, count)
        painter.restore()

    def _paint_dot(self, painter: QPainter, icon_rect: QRect, tones: theme.Tones) -> None:
        painter.setPen(QPen(theme.colour(tones.window), 1.5))
        painter.setBrush(theme.colour(tones.accent))
        painter.drawEllipse(QRectF(icon_rect.right() - 5, icon_rect.top() - 2, 8, 8))

    def _paint_words(self, painter, option, rect, icon_rect, index, ink, count) -> None:
        tones = theme.current()
        font = QFont(option.font)
        metrics = option.fontMetrics
        right = rect.right() - theme.SMALL
        if count:
            width = metrics.horizontalAdvance(count)
            area = QRect(right - width, rect.top(), width + 1, rect.height())
            painter.setFont(theme.tabular(font))
            painter.setPen(theme.colour(ink if index.data(_HERE) else tones.muted))
            painter.drawText(
                QStyle.visualRect(option.direction, rect, area), int(Qt.AlignmentFlag.AlignCenter), count
            )
            right = area.left() - theme.SMALL
        left = icon_rect.right() + 1 + theme.SMALL + 2
        area = QRect(left, rect.top(), right - left, rect.height())
        if index.data(_HERE):
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, area.width())
        flags = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(
            option.direction, Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(QStyle.visualRect(option.direction, rect, area), int(flags), text)
