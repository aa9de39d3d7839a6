"""A dialog that only tells: nothing is asked, Esc and Enter close it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.widgets.messagebar import MessageBar


class TellingDialog(QDialog):
    """A subclass builds what is told into `column`."""

    title: ClassVar[str] = ""
    usual: ClassVar[tuple[int, int]] = (520, 480)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_(self.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget()
        self.column = QVBoxLayout(page, spacing=theme.MEDIUM)
        self.column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        area.setWidget(page)
        area.setAccessibleName(self.windowTitle())  # it has the focus to be scrolled by keys
        self.foot = QHBoxLayout(spacing=theme.SMALL)
        self.foot.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, theme.LARGE)
        self.foot.addStretch(1)
        whole = QVBoxLayout(self, spacing=0)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(self.foot)
        self.build()
        self.column.addStretch(1)
        close = QPushButton(_("&Close"), default=True)
        close.clicked.connect(self.accept)
        self.foot.addWidget(close)
        close.setFocus()
        room = self.screen().availableSize()
        self.resize(
            min(self.size_wanted()[0], room.width() - 40), min(self.size_wanted()[1], room.height() - 60)
        )

    def say_over_foot(self, messages: MessageBar) -> None:
        """Put what is said over the buttons, where it is seen however far the rest is scrolled."""
        told = QHBoxLayout()
        told.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        told.addWidget(messages)
        self.layout().insertLayout(1, told)

    def size_wanted(self) -> tuple[int, int]:
        """The usual size, larger with a larger font."""
        scale = max(1.0, self.fontMetrics().height() / 17)
        return round(type(self).usual[0] * scale), round(type(self).usual[1] * scale)

    def build(self) -> None:
        """Put what is told into `column`, and buttons into `foot`."""
        raise NotImplementedError
