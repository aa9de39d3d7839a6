"""The choice over the ledger: who owes, each with how much is open and how much of it is overdue."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import _, format_number, join_parts
from desktop.model import FollowUp, field
from desktop.service.ledger import DIRECTIONS, Direction
from desktop.ui import theme
from desktop.ui.ledger.model import open_words, overdue_words
from desktop.ui.widgets.rag import paint_shape
from desktop.ui.widgets.tips import plain_tip

_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


class DirectionButton(QAbstractButton):
    """Its words over its figures."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.direction = Direction(key, 0, 0, 0)
        self._wrapped = False
        self.setCheckable(True)
        self.setText(field(FollowUp, "direction").text(key))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_figures(self.direction)

    def set_figures(self, direction: Direction) -> None:
        """Tell how much is open and overdue."""
        self.direction = direction
        told = join_parts(self.text(), open_words(direction.count), overdue_words(direction.overdue))
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        lines = (2 if self._wrapped else 1) + 1
        return QSize(metrics.averageCharWidth() * 18, lines * metrics.height() + 3 * theme.SMALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 9, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = (
            tones.accent_soft if self.isChecked() else tones.hover if self.underMouse() else tones.surface
        )
        focus = self.hasFocus()
        edge = tones.soft_edge if self.isChecked() else tones.control if tones.high else ground
        painter.setPen(QPen(theme.colour(tones.accent if focus else edge), theme.RING if focus else 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        height = self.fontMetrics().height()
        area = self.rect().adjusted(theme.MEDIUM, theme.SMALL, -theme.SMALL, -theme.SMALL)
        ink = tones.accent if self.isChecked() else tones.muted
        painter.setPen(theme.colour(ink))
        caption = QRect(area.left(), area.top(), area.width(), area.height() - height - theme.TIGHT)
        self._caption(painter, caption)
        top = area.bottom() + 1 - height - theme.TIGHT
        below = QRect(area.left(), top, area.width(), height + theme.TIGHT)
        painter.setFont(theme.tabular(theme.heading_font(self.font(), 2)))
        self._write(painter, below, format_number(self.direction.count), tones.text)
        below.setLeft(
            below.left()
            + painter.fontMetrics().horizontalAdvance(format_number(self.direction.count))
            + theme.SMALL
        )
        painter.setFont(theme.tabular(self.font()))
        if self.direction.overdue:
            self._paint_overdue(painter, below)

    def _paint_overdue(self, painter: QPainter, area: QRect) -> None:
        side = max(8, round(painter.fontMetrics().capHeight() * 1.05))
        paint_shape(painter, QRectF(area.left(), area.center().y() - side / 2 + 1, side, side), "red")
        red = theme.current().rag("red")[0]
        words = area.adjusted(side + theme.TIGHT, 0, 0, 0)
        self._write(painter, words, overdue_words(self.direction.overdue), red)

    def _caption(self, painter: QPainter, area: QRect) -> None:
        """The words in one line or, where they are too long for it, in two; the tool tip has them whole."""
        metrics, words = painter.fontMetrics(), self.text()
        mode = Qt.TextElideMode.ElideRight
        lines = [metrics.elidedText(words, mode, area.width())]
        if self._wrapped:
            layout = QTextLayout(words, painter.font())
            layout.beginLayout()
            first = layout.createLine()
            first.setLineWidth(max(1, area.width()))
            layout.endLayout()
            cut = first.textLength()
            lines = [words[:cut].rstrip(), metrics.elidedText(words[cut:], mode, area.width())]
        for number, line in enumerate(lines):
            at = QRect(area.left(), area.top() + number * metrics.height(), area.width(), metrics.height())
            painter.drawText(at, _LINE, line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._wrap()

    def _wrap(self) -> None:
        """Take a second line where the words need it."""
        room = self.width() - theme.MEDIUM - theme.SMALL
        wrapped = self.fontMetrics().horizontalAdvance(self.text()) > room
        if wrapped != self._wrapped:
            self._wrapped = wrapped
            self.updateGeometry()
            self.update()

    def _write(self, painter: QPainter, area: QRect, text: str, tone: str) -> None:
        painter.setPen(theme.colour(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
        painter.drawText(area, _LINE, shown)


class DirectionBar(QWidget):
    """One button a direction, of which one is down; arrow keys go from one to the other."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Direction"))
        self._group = QButtonGroup(self, exclusive=True)
        self.buttons = {key: DirectionButton(key) for key in DIRECTIONS}
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        for key, button in self.buttons.items():
            self._group.addButton(button)
            row.addWidget(button, 1)
            button.toggled.connect(lambda down, key=key: down and self.chosen.emit(key))

    def set_figures(self, directions: list[Direction]) -> None:
        """Tell the figures of all."""
        for each in directions:
            self.buttons[each.key].set_figures(each)

    def show_chosen(self, key: str) -> None:
        """Press the button of a direction down."""
        self.buttons[key].setChecked(True)
