"""What a follow-up needs beside its words, asked in passing: who owes it to whom, by when, and whose it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.i18n import _
from desktop.model import FollowUp, Invalid, field
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget
from desktop.ui.fields import leaf, plain_editor, text_of
from desktop.ui.widgets.pickline import PickLine

FIELDS = ("owed_by", "owed_to", "due_on", "owner")
TWO = 64
"""The width, in characters, from which on two fields stand beside each other."""


class PromiseFields(QWidget):
    """Without anybody named we owe it; without an owner it is the officer's who writes it down."""

    entered = Signal()
    """Enter was pressed in one of the fields."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, theme.TIGHT)
        self._grid.setHorizontalSpacing(theme.SMALL)
        self._grid.setVerticalSpacing(theme.TIGHT)
        self._columns = 0
        self.editors: dict[str, EditorWidget] = {}
        self._labels: dict[str, QLabel] = {}
        for name in FIELDS:
            made = self.editors[name] = plain_editor(field(FollowUp, name), context)
            label = self._labels[name] = QLabel(made.kind.title)
            label.setProperty("muted", True)
            label.setBuddy(made)
            line = leaf(made)
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(lambda line=line: self._on_return(line))
        self.editors["owed_by"].input.setPlaceholderText(_("us"))
        self._arrange(1)
        self.clear()

    def _arrange(self, columns: int) -> None:
        """So many fields a row."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, name in enumerate(FIELDS):
            row, column = divmod(place, columns)
            self._grid.addWidget(self._labels[name], row, 2 * column)
            self._grid.addWidget(self.editors[name], row, 2 * column + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, columns - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= TWO * self.fontMetrics().averageCharWidth() else 1)

    def _on_return(self, line: QLineEdit) -> None:
        if not isinstance(line, PickLine) or line.marked() is None:  # else it is picked next
            self.entered.emit()

    def clear(self) -> None:
        """As at first."""
        for each in self.editors.values():
            each.set_value(each.kind.empty())
        officer = self.context.workspace.officer
        if officer is not None:
            self.editors["owner"].set_value(officer.id)

    def values(self) -> dict[str, Any] | None:
        """What stands in them; None where something is wrong, which is then told under its field."""
        wrong = [each for each in self.editors.values() if not each.check()]
        if wrong:
            wrong[0].setFocus()
            return None
        return {name: each.value() for name, each in self.editors.items()}

    def refused(self) -> QWidget | None:
        """The first field of which something is told as wrong."""
        return next((each for each in self.editors.values() if each.problem()), None)

    def typed(self) -> bool:
        """Whether anything but the owner stands here."""
        return any(text_of(each).strip() for name, each in self.editors.items() if name != "owner")

    def blame(self, error: Invalid) -> bool:
        """Tell an error under the field that it names; whether there is one."""
        found = self.editors.get(error.field)
        if found is not None:
            found.show_problem(str(error))
            found.setFocus()
        return found is not None

    def first(self) -> QWidget:
        """Where one begins."""
        return self.editors["owed_by"]
