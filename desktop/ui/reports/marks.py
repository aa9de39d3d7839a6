"""How many records moved how, as chips; each leads to its section."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.i18n import _, captioned, format_number
from desktop.service.changes import called
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.reports.words import ICONS, ORDER
from desktop.ui.widgets.flow import FlowLayout

_SIDE = 16


class MarkChips(QWidget):
    """One a mark, as far as a record has it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What changed"))
        line = FlowLayout(self, theme.SMALL)
        self.buttons: dict[str, QToolButton] = {}
        for mark in ORDER:
            button = QToolButton(icon=icon(ICONS[mark], "muted"))
            button.setProperty("filter", True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(_SIDE, _SIDE))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _down=False, mark=mark: self.chosen.emit(mark))
            self.buttons[mark] = button
            line.addWidget(button)
        self.show_counts({})

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many records have each mark."""
        for mark, button in self.buttons.items():
            count = format_number(counts.get(mark, 0))
            button.setText(f"{called(mark)}  {count}")
            button.setAccessibleName(captioned(called(mark), count))
            button.setVisible(bool(counts.get(mark)))
