"""What is asked when a note or a decision becomes a follow-up: who owes it, and the rest that it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.minutes.promise import PromiseFields
from desktop.ui.widgets.flow import FlowLayout


class TurnStrip(QWidget):
    """Asks what a follow-up needs beside the words of the point that it is made of."""

    answered = Signal(dict)
    taken_back = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.promise = PromiseFields(context)
        self.promise.entered.connect(self._answer)
        self.act = QPushButton(_("Make it a follow-up"))
        self.act.clicked.connect(self._answer)
        self.back = QPushButton(_("Leave it"))
        self.back.clicked.connect(self.taken_back)
        buttons = FlowLayout(spacing=theme.SMALL)
        buttons.addWidget(self.act)
        buttons.addWidget(self.back)
        outer = QVBoxLayout(self, spacing=theme.TIGHT)
        outer.setContentsMargins(theme.WIDE, theme.TIGHT, 0, theme.SMALL)
        outer.addWidget(self.promise)
        outer.addLayout(buttons)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        fields = [each.stops()[0] for each in self.promise.editors.values()]
        return [*fields, self.act, self.back]

    def _answer(self) -> None:
        values = self.promise.values()
        if values is not None:
            self.answered.emit(values)

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.taken_back.emit()
            return
        super().keyPressEvent(event)
