"""A row that stands for another record: one click leads there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop.i18n import _, captioned, join_parts
from desktop.ui import icons, theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.record.summaries import Summary
from desktop.ui.widgets.rag import chip_size, paint_chip, word
from desktop.ui.widgets.tips import plain_tip


class RecordButton(QAbstractButton):
    """Icon, name, and under it reference and standing; its RAG at the end. `lead` is told before its name."""

    def __init__(
        self, context: Context, summary: Summary, lead: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context, self.summary, self._lead = context, summary, lead
        self._two_lines = not lead
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = captioned(lead, summary.spoken) if lead else summary.spoken
        self.setAccessibleName(join_parts(told, word(summary.rag)) if summary.rag else told)
        self.setToolTip(plain_tip(told))
        self.clicked.connect(self._go)

    def _go(self) -> None:
        record = self.summary.record()
        if record is None:
            self.context.problem.emit(_("{ref} was deleted.").format(ref=self.summary.ref))
        else:
            self.context.record_requested.emit(record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        lines = 2 if self._two_lines else 1
        return QSize(30 * self.fontMetrics().averageCharWidth(), lines * height + (12 if lines == 2 else 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        metrics = self.fontMetrics()
        side = max(16, metrics.height() - 1)
        area = self.rect().adjusted(theme.TIGHT + 2, 0, -theme.TIGHT - 2, 0)
        line = metrics.height()
        top = (self.height() - (2 * line if self._two_lines else line)) // 2
        icons.paint(
            painter,
            self._mirrored(QRect(area.left(), top + (line - side) // 2, side, side)),
            self.summary.icon,
            tones.muted,
        )
        area.setLeft(area.left() + side + theme.SMALL)
        if self.summary.rag and self._two_lines:
            chip = chip_size(metrics, self.summary.rag, word(self.summary.rag))
            place = QRect(
                area.right() - chip.width() + 1, (self.height() - chip.height()) // 2, *chip.toTuple()
            )
            paint_chip(painter, self._mirrored(place), self.summary.rag, word(self.summary.rag))
            area.setRight(place.left() - theme.SMALL)
        if self._two_lines:
            self._write(painter, QRect(area.left(), top, area.width(), line), self.summary.name, tones.text)
            below = " · ".join(part for part in (self.summary.ref, self.summary.detail) if part)
            self._write(painter, QRect(area.left(), top + line, area.width(), line), below, tones.muted)
        else:
            self._paint_line(painter, QRect(area.left(), top, area.width(), line))

    def _paint_line(self, painter: QPainter, area: QRect) -> None:
        tones, metrics = theme.current(), painter.fontMetrics()
        lead = min(metrics.horizontalAdvance(self._lead) + theme.SMALL, area.width() // 2)
        self._write(painter, QRect(area.left(), area.top(), lead, area.height()), self._lead, tones.muted)
        name = "  ".join(part for part in (self.summary.ref, self.summary.name) if part)
        self._write(painter, area.adjusted(lead, 0, 0, 0), name, tones.accent)

    def _paint_ground(self, painter: QPainter) -> None:
        tones = theme.current()
        ground = tones.pressed if self.isDown() else tones.hover if self.underMouse() else None
        painter.setPen(QPen(theme.colour(tones.accent), theme.RING) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        inset = theme.RING / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS
        )

    def _write(self, painter: QPainter, area: QRect, text: str, tone: str) -> None:
        painter.setPen(theme.colour(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(
            self._mirrored(area), int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown
        )

    def _mirrored(self, area: QRect) -> QRect:
        """The place in the direction of reading."""
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            area.moveLeft(self.width() - area.right() - 1)
        return area

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)


class RecordRow(QWidget):
    """A `RecordButton`, and where it can be removed a button for that."""

    remove_requested = Signal()

    def __init__(
        self,
        context: Context,
        summary: Summary,
        lead: str = "",
        removing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.button = RecordButton(context, summary, lead)
        row = QHBoxLayout(self, spacing=theme.TIGHT)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 1)
        self.remove: QToolButton | None = None
        if removing:
            self.remove = QToolButton(icon=icon("unlink", "muted"), autoRaise=True)
            self.remove.setToolTip(removing)
            self.remove.setAccessibleName(captioned(removing, summary.spoken))
            self.remove.clicked.connect(self.remove_requested)
            row.addWidget(self.remove)
