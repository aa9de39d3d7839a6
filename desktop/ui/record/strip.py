"""What is asked, in passing, under a field before its new value is saved.

To ask about another field: a subclass with its fields and `problem_with`, and a line in `saving`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.problemline import ProblemLine


class Strip(Ground):
    """Leaving it is an answer, if it is a whole one; otherwise it waits, and nothing is saved."""

    tone = "accent_soft"

    answered = Signal()
    """What stands there is the answer."""
    taken_back = Signal()
    closing = Signal()
    """It is about to go although the focus is in it."""

    def __init__(self, save: str, back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem = ProblemLine()
        self.save, self.back = QPushButton(save), QPushButton(back)
        self.save.clicked.connect(self.answer)
        self.back.clicked.connect(self._take_back)
        buttons = FlowLayout(spacing=theme.SMALL)
        buttons.addWidget(self.save)
        buttons.addWidget(self.back)
        self.body = QVBoxLayout(spacing=theme.TIGHT)
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        outer.addWidget(self._words)
        outer.addLayout(self.body)
        outer.addWidget(self.problem)
        outer.addLayout(buttons)
        self._asking = False
        self.hide()

    # ---- what a strip says for itself

    def fields(self) -> list[QWidget]:
        """Where one types, in order."""
        raise NotImplementedError

    def problem_with(self) -> str:
        """What is missing for an answer; '' if nothing is."""
        raise NotImplementedError

    def clear(self) -> None:
        """Begin anew."""

    # ---- what all do

    def watch(self) -> None:
        """Notice when its fields are left; called once they are made."""
        for part in self.stops():
            part.installEventFilter(self)

    def begin(self, words: str) -> None:
        """Ask, under these words; what was typed already stays while it is asked about the same."""
        self._words.setText(words)
        self.setAccessibleName(words)
        if not self._asking:
            self.clear()
        self.problem.say("")
        self._asking = True
        self.show()
        # After the focus has arrived where Tab was leading it.
        QTimer.singleShot(0, self, lambda: self._asking and self.fields()[0].setFocus())

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [*self.fields(), self.save, self.back]

    def is_asking(self) -> bool:
        return self._asking

    def answer(self) -> None:
        """Take what stands there as the answer, if it is one."""
        if not self._asking:
            return
        self.problem.say(self.problem_with())
        if not self.problem.text():
            self.answered.emit()

    def dismiss(self) -> None:
        """Ask no more."""
        self._asking = False
        if any(part.hasFocus() for part in self.stops()):
            self.closing.emit()  # else Qt looks for another place, and finds one anywhere
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:
            QTimer.singleShot(0, self, self._on_left)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._take_back()
            return True
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        focus = self.window().focusWidget()
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            self.answer()

    def _take_back(self) -> None:
        if self._asking:
            self.dismiss()
            self.taken_back.emit()
