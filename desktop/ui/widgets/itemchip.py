"""One chosen item of a set: its label and a cross that removes it."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import _
from desktop.ui import icons, theme
from desktop.ui.widgets.tips import plain_tip


class ItemChip(QWidget):
    """Knows its key and how it looks; what keys do is the business of the editor around it."""

    remove_requested = Signal()

    def __init__(self, key: Hashable, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.label = key, label
        self._removable = True
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes on to the line
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(label)
        self.set_removable(True)

    def set_removable(self, removable: bool) -> None:
        self._removable = removable
        self.setAccessibleDescription(_("Delete removes it") if removable else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        cross = self._side() + theme.TIGHT if self._removable else 0
        return QSize(metrics.horizontalAdvance(self.label) + 2 * theme.SMALL + cross, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 3 * theme.WIDE), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.RING if self.hasFocus() else 1
        half = width / 2
        painter.setPen(QPen(theme.colour(tones.accent if self.hasFocus() else tones.soft_edge), width))
        painter.setBrush(theme.colour(tones.accent_soft))
        frame = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        area = self.rect().adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        if self._removable:
            cross = self._cross()
            icons.paint(painter, cross, "close", tones.text if self.underMouse() else tones.muted)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                area.setLeft(cross.right() + theme.TIGHT)
            else:
                area.setRight(cross.left() - theme.TIGHT)
        painter.setPen(theme.colour(tones.text if self.isEnabled() else tones.disabled))
        text = painter.fontMetrics().elidedText(self.label, Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
        self.setToolTip(plain_tip(self.label) if text != self.label else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        reach = self._cross().adjusted(-theme.TIGHT, -theme.TIGHT, theme.SMALL, theme.TIGHT)
        if self._removable and reach.contains(event.position().toPoint()):
            self.remove_requested.emit()
            return
        super().mouseReleaseEvent(event)

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 0.75)

    def _cross(self) -> QRect:
        side = self._side()
        place = QRect(0, (self.height() - side) // 2, side, side)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(theme.SMALL - 2)
        else:
            place.moveRight(self.width() - theme.SMALL + 1)
        return place
