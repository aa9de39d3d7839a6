"""What a point is, in a word with its shape: a note, a decision, a follow-up. Its menu makes another of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.model import scales
from desktop.ui import theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.minutes import keys

OF_KIND = {"note": "", "decision": keys.DECISION, "follow_up": keys.FOLLOW_UP}
TONES = {"note": "muted", "decision": "accent", "follow_up": "text"}


class KindButton(QAbstractButton):
    """As wide as the longest of the words, so that what stands beside is aligned; a menu opens under it."""

    def __init__(self, lead: int = 5, parent: QWidget | None = None) -> None:
        """`lead`: so far its word stands below its upper edge, to be in line with what stands beside it."""
        super().__init__(parent)
        self._kind, self._lead = "note", lead
        self.menu = QMenu(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)

    def kind(self) -> str:
        """What is shown."""
        return self._kind

    def show_kind(self, kind: str) -> None:
        """Show what it is."""
        self._kind = kind
        self.setAccessibleName(_(scales.POINT[kind]))
        self.update()

    def open(self) -> None:
        """Open the menu."""
        if self.menu.actions():
            self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not event.modifiers():
            self.open()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(_(word)) for word in scales.POINT.values())
        return QSize(widest + self._side() + 3 * theme.SMALL, metrics.height() + 2 * self._lead)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _side(self) -> int:
        return max(8, round(self.fontMetrics().capHeight() * 0.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tones.hover if self.underMouse() and self.isEnabled() else None
        painter.setPen(QPen(theme.colour(tones.accent), theme.RING) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        inset = theme.RING / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS
        )
        ink = theme.colour(getattr(tones, TONES[self._kind]))
        side = self._side()
        area = QRect(theme.SMALL, 0, self.width() - 2 * theme.SMALL, self.height())
        square = QRectF(area.left(), (self.height() - side) / 2, side, side)
        words = area.adjusted(side + theme.SMALL, 0, 0, 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            square.moveLeft(self.width() - square.right())
            words.moveLeft(theme.SMALL)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if self._kind == "decision" else Qt.BrushStyle.NoBrush)
        painter.drawPath(_shape(self._kind, square))
        painter.setPen(ink)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), _(scales.POINT[self._kind]))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.EnabledChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)


def fill_kinds(
    button: KindButton,
    chosen: Callable[[str], object],
    others: Sequence[tuple[str, str, Callable[[], object]]] = (),
) -> None:
    """Put the kinds into the menu of a button, then what else can be done: words, keys, and what is called."""
    kinds = [(_(word), OF_KIND[kind], lambda kind=kind: chosen(kind)) for kind, word in scales.POINT.items()]
    marked = with_access_keys(words for words, _keys, _call in (*kinds, *others))
    for place, (words, (_words, press, call)) in enumerate(zip(marked, (*kinds, *others), strict=True)):
        if place == len(kinds):
            button.menu.addSeparator()
        action = button.menu.addAction(f"{words}\t{keys.shown(press)}" if press else words)
        action.triggered.connect(lambda _on=False, call=call: call())


def _shape(kind: str, square: QRectF) -> QPainterPath:
    """A dash for a note, a lozenge for a decision, an arrow for a follow-up."""
    path, middle = QPainterPath(), square.center()
    if kind == "decision":
        path.moveTo(QPointF(middle.x(), square.top()))
        for x, y in (
            (square.right(), middle.y()),
            (middle.x(), square.bottom()),
            (square.left(), middle.y()),
        ):
            path.lineTo(QPointF(x, y))
        path.closeSubpath()
        return path
    path.moveTo(QPointF(square.left(), middle.y()))
    path.lineTo(QPointF(square.right(), middle.y()))
    if kind == "follow_up":
        head = square.width() * 0.35
        path.moveTo(QPointF(square.right() - head, middle.y() - head))
        path.lineTo(QPointF(square.right(), middle.y()))
        path.lineTo(QPointF(square.right() - head, middle.y() + head))
    return path
