"""The label of a long text with who may see it: “Decisions · Internal ▾”, and while one writes, who reads it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.model.visibility import of_text
from desktop.ui.context import Context
from desktop.ui.passages.lines import ElidedLabel
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.visibility.words import readers
from desktop.ui.widgets.flow import FlowLayout


class TextHead(QWidget):
    """Beside the label, whatever it is, so that nothing moves when one begins to write."""

    def __init__(
        self, context: Context, label: QWidget, name: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context, self._name = context, name
        self._record: Any = None
        self._watched: list[QWidget] = []
        self.button = LevelButton(_("Who may see “{text}”").format(text=title), quiet=True)
        self.button.chosen.connect(self._choose)
        self.readers = _Rest()
        self.readers.setProperty("muted", True)
        row = FlowLayout(self)  # a long label goes before its level, not beside it
        for part in (label, self.button, self.readers):
            row.addWidget(part)
        if isinstance(label, QLabel):
            label.setWordWrap(False)
            label.setContentsMargins(0, 0, 0, 0)

    def watch(self, *inputs: QWidget) -> None:
        """Say who reads what is written in these, while somebody writes."""
        for each in inputs:
            self._watched.append(each)
            each.installEventFilter(self)

    def show_record(self, record: Any) -> None:
        """Show the level of this text in a record."""
        self._record = record
        self.button.show_level(of_text(record, self._name))
        self._say()

    def _say(self) -> None:
        writing = any(each.hasFocus() for each in self._watched)
        words = readers(self._record, self.button.level()) if self._record is not None else ""
        self.readers.setText(words if writing else "")
        self.button.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._say()
        return super().eventFilter(watched, event)

    def _choose(self, level: str) -> None:
        if self._record is not None and level != self.button.level():
            set_level(self.context, self.button, self._record, level, self._name)


class _Rest(ElidedLabel):
    """Takes what is left of its line, and never another one."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, super().sizeHint().height())
