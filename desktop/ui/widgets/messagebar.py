"""A message at the foot of a page that stops nobody: what happened, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.icons import icon
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.tips import plain_tip

Kind = Literal["info", "success", "error"]
_LOOK = {"info": ("about", "accent"), "success": ("saved", "green"), "error": ("warning", "red")}
"""Icon and tone of each kind."""
_ROOM, _LINES = 34, 2
"""The width, in average letters, that buttons beside the text leave to it, and the lines that it takes there."""


class MessageBar(QFrame):
    """Hidden until there is something to say; a new message replaces the one before."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # It takes the width that there is, whatever is said in it: nothing beside it may be moved by a message.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._kind: Kind = "info"
        self._picture = QLabel()
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._text.setSizePolicy(policy)
        self._buttons = FlowLayout(at_end=True)
        close = QToolButton(autoRaise=True, icon=icon("close", "muted"))
        close.setAccessibleName(_("Dismiss this message"))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.dismiss)
        self._close = close
        outer = QHBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(theme.MEDIUM, theme.TIGHT + 2, theme.SMALL, theme.TIGHT + 2)
        outer.addWidget(self._picture)
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight, spacing=theme.SMALL)
        self._said.addWidget(self._text, 1)
        self._said.addLayout(self._buttons)
        outer.addLayout(self._said, 1)
        outer.addWidget(close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        theme.changed.connect(self._draw)
        self.hide()

    def show_message(
        self,
        text: str,
        kind: Kind = "info",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        timeout: int | None = None,
    ) -> None:
        """Say `text`; each action is a word and what it calls, and ends the message.

        `timeout` in milliseconds is for what need not be read or answered; None stays until dismissed.
        Nothing goes away under the pointer or while one of its buttons has the focus.
        """
        self._timer.stop()
        self._kind = kind
        self._text.setText(text)
        self._text.setToolTip(plain_tip(text))  # a window may be too low for all of it
        self.setAccessibleName(text)
        self._set_actions(actions)
        self._arrange()
        self._draw()
        self.show()
        self.update()
        if timeout is not None:
            self._timer.start(timeout)
        announce(self, text, urgent=kind == "error")

    def text(self) -> str:
        """What is being said; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def kind(self) -> Kind:
        return self._kind

    def buttons(self) -> list[QPushButton]:
        return [self._buttons.itemAt(place).widget() for place in range(self._buttons.count())]

    def go_in(self) -> bool:
        """Give the keyboard to the first of its buttons; whether it shows one."""
        found = self.buttons() if not self.isHidden() else []
        if found:
            found[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(found)

    def dismiss(self) -> None:
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def outdate(self, _page: object = None) -> None:
        """Dismiss what was only told, as when one has gone on elsewhere; a question waits for its answer."""
        if self._kind != "info" or not self._buttons.count():
            self.dismiss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Buttons beside a text that is short; under a longer one, which then has the whole width."""
        line = self._text.fontMetrics().lineSpacing()
        signs = (self._picture, self._close) if not self._close.isHidden() else (self._picture,)
        taken = sum(each.sizeHint().width() + theme.SMALL for each in signs) + theme.MEDIUM + theme.SMALL
        room = self.width() - taken - self._buttons.sizeHint().width() - theme.SMALL
        most = _LINES if room >= _ROOM * self.fontMetrics().averageCharWidth() else 1
        short = room > 0 and self._text.heightForWidth(room) < (most + 1) * line
        beside = short or not self._buttons.count()
        directions, edges = QBoxLayout.Direction, Qt.AlignmentFlag
        self._said.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for each in (self._picture, self._close):
            self.layout().setAlignment(each, edges.AlignVCenter if beside else edges.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(tones.hairline), 1))
        painter.setBrush(theme.colour(tones.raised))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS
        )

    def _set_actions(self, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        while self._buttons.count():
            self._buttons.takeAt(0).widget().deleteLater()
        for words, call in actions:
            button = QPushButton(words, flat=True)
            button.clicked.connect(self.dismiss)  # first: what is called may have a message of its own
            button.clicked.connect(lambda _checked=False, call=call: call())
            self._buttons.addWidget(button)

    def _draw(self) -> None:
        name, tone = _LOOK[self._kind]
        side = max(16, self.fontMetrics().height())
        self._picture.setPixmap(icon(name, tone).pixmap(QSize(side, side), self.devicePixelRatioF()))

    def _on_timeout(self) -> None:
        focus = self.window().focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.dismiss()
