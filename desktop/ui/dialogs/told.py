"""A dialog that only tells: nothing is asked, Esc and Enter close it."""

from __future__ import annotations

from typing import ClassVar, Self

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
        self.take_room(*self.size_wanted())

    @classmethod
    def opened(cls, window: QWidget) -> Self:
        """The dialog of a window, opened, or come back to where it is open."""
        open_now = next((each for each in window.findChildren(cls) if each.isVisible()), None)
        dialog = open_now or cls(window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def say_over_foot(self, messages: MessageBar) -> None:
        """Put what is said over the buttons, where it is seen however far the rest is scrolled."""
        told = QHBoxLayout()
        told.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        told.addWidget(messages)
        self.layout().insertLayout(1, told)

    def size_wanted(self) -> tuple[int, int]:
        """The usual size, larger with a larger font."""
        return self.scaled(*type(self).usual)

    def scaled(self, width: int, height: int) -> tuple[int, int]:
        """A size, larger with a larger font."""
        scale = max(1.0, self.fontMetrics().height() / 17)
        return round(width * scale), round(height * scale)

    def take_room(self, width: int, height: int) -> None:
        """Take this size, where the screen has it."""
        room = self.screen().availableSize()
        self.resize(min(width, room.width() - 40), min(height, room.height() - 60))

    def build(self) -> None:
        """Put what is told into `column`, and buttons into `foot`."""
        raise NotImplementedError
