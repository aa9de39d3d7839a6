"""How far the minutes are, as steps, with the one button that leads on; final ones can be reopened, with a reason."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, format_date, format_number
from desktop.model import Person
from desktop.service import versions
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.minutes.steps import Steps
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.problemline import ProblemLine


class StateLine(QWidget):
    """Steps and button; final minutes say in a banner which version they are."""

    held_requested = Signal()
    final_requested = Signal()
    reopened = Signal(str)
    """Somebody wants to change final minutes, for this reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._state = ""
        self.steps = Steps()
        self.next = QPushButton()
        self.next.clicked.connect(self._on_next)
        self.banner = Banner()
        self.strip = ReopenStrip()
        self.banner.reopen.clicked.connect(self.strip.ask)
        self.strip.answered.connect(self.reopened)
        self.strip.closed.connect(self.banner.reopen.setFocus)
        line = FlowLayout(spacing=theme.SMALL)
        line.addWidget(self.steps)
        line.addWidget(self.next)
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(line)
        outer.addWidget(self.banner)
        outer.addWidget(self.strip)

    def show_meeting(self, meeting: Any) -> None:
        """Show how far its minutes are."""
        focused = self.next.hasFocus() or self.banner.reopen.hasFocus() or self.strip.reason.hasFocus()
        before, self._state = self._state, meeting.state
        self.steps.show_step(meeting.state)
        final = meeting.state == "final"
        self.banner.setVisible(final)
        self.banner.reopen.setVisible(not self.context.workspace.readonly)
        self.next.setVisible(not readonly.locked(self.context, meeting))
        self.next.setText(_("Mark as held") if meeting.state == "planned" else _("Make final"))
        if final:
            self.banner.say(_told(self.context, meeting))
        if before != meeting.state:
            self.strip.hide()
            if focused:
                (self.banner.reopen if final else self.next).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_next(self) -> None:
        (self.held_requested if self._state == "planned" else self.final_requested).emit()


def _told(context: Context, meeting: Any) -> str:
    """Which version final minutes are, who made it and when."""
    kept = versions.versions(meeting)
    if not kept:
        return _("These minutes are final.")
    last = kept[-1]
    words = _("Final, version {number}, made by {name} on {day}.")
    if last.made_by_id is None:
        words = _("Final, version {number}, made on {day}.")
    day = format_date(context.workspace.local(last.made_at).date())
    name = Person.words_of(last.made_by_id) if last.made_by_id else ""
    return words.format(number=format_number(last.number), name=name, day=day)


class Banner(Ground):
    """Says that nothing can be changed here, and offers the way to change it."""

    tone = "accent_soft"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel()
        side = max(16, self.fontMetrics().height())
        picture.setPixmap(icon("lock", "accent").pixmap(QSize(side, side), self.devicePixelRatioF()))
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.reopen = QPushButton(_("Reopen…"))
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        row.addWidget(picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.reopen)

    def say(self, sentence: str) -> None:
        """Tell which version stands here."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)


class ReopenStrip(Ground):
    """Asks why, before final minutes can be changed."""

    tone = "accent_soft"

    answered = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(_("Why are they reopened? The reason is kept with the version."), wordWrap=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason for reopening"))
        self.reason.returnPressed.connect(self._answer)
        self.problem = ProblemLine()
        self.act = QPushButton(_("Reopen"))
        self.act.clicked.connect(self._answer)
        self.back = QPushButton(_("Leave it final"))
        self.back.clicked.connect(self._close)
        buttons = FlowLayout(spacing=theme.SMALL)
        for button in (self.act, self.back):
            buttons.addWidget(button)
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        for part in (words, self.reason, self.problem):
            outer.addWidget(part)
        outer.addLayout(buttons)
        self.hide()

    def ask(self) -> None:
        """Show it, ready for the reason."""
        self.reason.clear()
        self.problem.say("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self) -> None:
        if self.reason.text().strip():
            self.answered.emit(self.reason.text())
        else:
            self.problem.say(_("Say why the minutes are reopened."))
            self.reason.setFocus()

    def _close(self) -> None:
        self.closed.emit()
        self.hide()

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)
