"""The number of an agenda item, by which it is dragged to another place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.i18n import _, format_number
from desktop.ui import theme

DOTS, APART = 1.5, 5


class Grip(QWidget):
    """Dots show under the pointer that it can be dragged; the keyboard has keys for that, so Tab passes it."""

    dragged = Signal(QPoint)
    """It is over this place of the screen now."""
    dropped = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._from, self._dragging, self._fixed = 0, QPoint(), False, False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_number(self, number: int, fixed: bool) -> None:
        """Which place it has, and whether it keeps it."""
        self._number, self._fixed = number, fixed
        self.setCursor(Qt.CursorShape.ArrowCursor if fixed else Qt.CursorShape.OpenHandCursor)
        self.setToolTip("" if fixed else _("Drag to another place, or use Alt+Up and Alt+Down"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("00.") + 2 * theme.SMALL, self.fontMetrics().height() + 12
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and not self._fixed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tones.disabled))
            middle = self.height() / 2
            for column in (0, 1):
                for row in (-1, 0, 1):
                    x, y = theme.TIGHT + column * APART, middle + row * APART
                    painter.drawEllipse(QRectF(x - DOTS, y - DOTS, 2 * DOTS, 2 * DOTS))
        painter.setFont(theme.tabular(self.font()))
        painter.setPen(theme.colour(tones.muted))
        words = _("{number}.").format(number=format_number(self._number))
        area = self.rect().adjusted(0, 0, -theme.TIGHT, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._fixed:
            self._from, self._dragging = event.position().toPoint(), False
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._fixed or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - self._from).manhattanLength()
        self._dragging = self._dragging or far >= QApplication.startDragDistance()
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._fixed:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        dragging, self._dragging = self._dragging, False
        if dragging:
            self.dropped.emit(event.globalPosition().toPoint())
