"""A chip: shape and word of a RAG (● green, ▲ amber, ■ red, ○ grey), or a plain word such as a status.

Delegates call `paint_chip()` and `chip_size()`; a form or card takes a `Chip`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.tones import RAGS

WORDS = {"green": N_("Green"), "amber": N_("Amber"), "red": N_("Red"), "grey": N_("Grey")}

_PAD_X, CHIP_PAD = theme.SMALL, 3
"""Around the words of a chip, at the sides and over and under them."""


def word(rag: str) -> str:
    """The name of a RAG in the reader's language."""
    return _(WORDS[rag])


def chip_size(metrics: QFontMetrics, rag: str | None, text: str) -> QSize:
    """The size of a chip that shows the whole text."""
    width = metrics.horizontalAdvance(text) + 2 * _PAD_X
    if rag in RAGS:
        width += _shape_side(metrics) + theme.TIGHT + 1
    return QSize(width, metrics.height() + 2 * CHIP_PAD)


def paint_chip(
    painter: QPainter,
    rect: QRect,
    rag: str | None,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    """Paint a chip within `rect` in the painter's font; text that does not fit is elided."""
    metrics = painter.fontMetrics()
    size = chip_size(metrics, rag, text).boundedTo(rect.size())
    chip = QRectF(_aligned(rect, size, align))
    tones = theme.current()
    ink, ground = (theme.colour(tone) for tone in tones.rag(rag))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink if tones.high else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    frame = chip.adjusted(0.5, 0.5, -0.5, -0.5) if tones.high else chip
    painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
    inner = chip.adjusted(_PAD_X, 0, -_PAD_X, 0)
    if rag in RAGS:
        side = _shape_side(metrics)
        paint_shape(painter, QRectF(inner.left(), chip.center().y() - side / 2, side, side), rag)
        inner.setLeft(inner.left() + side + theme.TIGHT + 1)
    painter.setPen(ink)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
    painter.drawText(
        inner.adjusted(0, 0, 1, 0),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine),
        shown,
    )
    painter.restore()


def paint_shape(painter: QPainter, square: QRectF, rag: str, colour: str | None = None) -> None:
    """Paint the shape of a RAG alone, in its ink or in `colour`."""
    ink = theme.colour(colour or theme.current().rag(rag)[0])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if rag == "grey":
        painter.setPen(QPen(ink, max(1.25, square.width() / 7)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = square.width() / 9
        square = square.adjusted(inset, inset, -inset, -inset)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
    painter.drawPath(_outline(square, rag))
    painter.restore()


def _outline(square: QRectF, rag: str) -> QPainterPath:
    path = QPainterPath()
    if rag == "red":
        inset = square.width() / 12  # squares look larger than circles of the same width
        path.addRoundedRect(square.adjusted(inset, inset, -inset, -inset), 1, 1)
    elif rag == "amber":
        path.moveTo(QPointF(square.center().x(), square.top()))
        path.lineTo(square.bottomRight() - QPointF(0, square.height() / 12))
        path.lineTo(square.bottomLeft() - QPointF(0, square.height() / 12))
        path.closeSubpath()
    else:
        path.addEllipse(square)
    return path


def _shape_side(metrics: QFontMetrics) -> int:
    return max(8, round(metrics.capHeight() * 1.05))


def _aligned(rect: QRect, size: QSize, align: Qt.AlignmentFlag) -> QRect:
    chip = QRect(rect.topLeft(), size)
    chip.moveCenter(rect.center())
    if align & Qt.AlignmentFlag.AlignLeft:
        chip.moveLeft(rect.left())
    elif align & Qt.AlignmentFlag.AlignRight:
        chip.moveRight(rect.right())
    return chip


class Chip(QWidget):
    """A chip as a widget. A screen reader hears its text, and the RAG's name where the text is another."""

    def __init__(
        self, rag: str | None = None, text: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._rag: str | None = None
        self._text = ""
        self.show_rag(rag, text)

    def show_rag(self, rag: str | None, text: str | None = None) -> None:
        """Show a RAG; without a text, under its own name."""
        self._rag = rag if rag in RAGS else None
        name = word(self._rag) if self._rag else ""
        self._text = name if text is None else text
        self.setAccessibleName(self._text)
        self.setAccessibleDescription(name if name != self._text else "")
        self.updateGeometry()
        self.update()

    def rag(self) -> str | None:
        return self._rag

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return chip_size(self.fontMetrics(), self._rag, self._text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 4 * theme.WIDE), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(QFont(self.font()))
        paint_chip(painter, self.rect(), self._rag, self._text, Qt.AlignmentFlag.AlignLeft)
