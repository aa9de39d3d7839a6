"""The head of the page of changes: which workbook it is, what is to be told of it, how much there is of what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.intake.wayback.kinds import KindFilter
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.searchbox import SearchBox
from desktop.ui.widgets.tips import plain_tip

MOST = 4
"""Sentences on the file that stand in the head; the rest is in its tool tip."""


class Head(QWidget):
    """Its filter and its box narrow the list under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Heading("", 2)
        self.about, self.told = (
            QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText) for _number in range(2)
        )
        self.about.setProperty("muted", True)
        self.kinds = KindFilter()
        self.search = SearchBox(_("Filter the changes"))
        self.search.setMinimumWidth(26 * self.fontMetrics().averageCharWidth())
        row = QHBoxLayout(spacing=theme.MEDIUM)
        row.addWidget(self.kinds, 3)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(0, 0, 0, theme.TIGHT)
        for part in (self.title, self.about, self.told):
            column.addWidget(part)
        column.addLayout(row)

    def clear(self) -> None:
        """Narrow the list to nothing in particular."""
        self.kinds.clear()
        self.search.clear()

    def show_book(self, name: str, about: str, told: list[str]) -> None:
        """Say which workbook it is."""
        self.title.setText(name)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.told.setText("\n".join(told[:MOST]))
        self.told.setToolTip(plain_tip("\n".join(told)) if len(told) > MOST else "")
        self.told.setVisible(bool(told))
