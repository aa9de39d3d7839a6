"""What the steps of the wizard share: a title, a sentence under it, and the file as it is understood so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.intake.tracker.wizard import TrackerWizard


class Step(QWidget):
    """One page of the wizard. A subclass builds it and fills it when it is shown."""

    key: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """Message id."""

    def __init__(self, wizard: TrackerWizard) -> None:
        super().__init__()
        self.wizard = wizard
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.said.setProperty("muted", True)
        self.column = QVBoxLayout(self, spacing=theme.MEDIUM)
        self.column.setContentsMargins(theme.LARGE, 0, 0, 0)
        self.column.addWidget(Heading(_(self.title), 2))
        self.column.addWidget(self.said)
        self.build()

    def build(self) -> None:
        """Make the page."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what is understood now."""
        raise NotImplementedError

    def begin(self) -> QWidget:
        """Where the keyboard goes when the step is entered."""
        return self


def label(text: str, buddy: QWidget) -> QLabel:
    """A label for a field beside it."""
    made = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    made.setBuddy(buddy)
    buddy.setAccessibleName(text.replace("&", ""))
    return made


def put_after(before: QWidget, parts: Iterable[QWidget]) -> None:
    """Have Tab lead from one part to the next: what is made late stands at the end of Qt's own circle."""
    for part in parts:
        QWidget.setTabOrder(before, part)
        before = part
