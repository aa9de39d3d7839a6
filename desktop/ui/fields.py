"""Labelled editors in a grid, as dialogs and the first start show them: the fields of something that is not yet.

To ask for more: `add` a kind; its class chooses the editor. What is wrong stands under its field.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.model.kinds import Invalid, Kind
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget, editor


class Fields(QWidget):
    """A label and an editor a row; `beside` puts a field on the row of the one before."""

    edited = Signal()

    def __init__(self, context: Context | None, keys: AccessKeys, columns: int = 1) -> None:
        super().__init__()
        self._context, self._keys, self._columns = context, keys, columns
        self._editors: dict[str, EditorWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.SMALL)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._row, self._column = -1, 0

    def add(self, kind: Kind, value: Any = None, *, title: str = "", beside: bool = False, narrow: bool = False) -> EditorWidget:
        """Ask for a value of this kind; `title` is its label where that is not the kind's own.

        A field takes its whole row, unless it is `narrow` or stands `beside` the one before.
        """
        if beside and self._row >= 0:
            self._column += 1
        else:
            self._row, self._column = self._row + 1, 0
        made = editor(kind, self._context, self)
        words = title or kind.title
        self.put(words, made, alone=not beside and not narrow, required=kind.required)
        made.set_name(words)
        if value is not None:
            made.set_value(value)
        made.edited.connect(self.edited)
        self._editors[kind.name] = made
        return made

    def row(self, words: str, widget: QWidget) -> None:
        """A row for any widget."""
        self._row, self._column = self._row + 1, 0
        self.put(words, widget)
        widget.setAccessibleName(words)

    def put(self, words: str, widget: QWidget, *, alone: bool = True, required: bool = False) -> None:
        """Put a label and its widget at the place reached."""
        label = QLabel(self._keys.mark(words) + (" *" if required else ""), self)
        label.setProperty("muted", True)
        label.setBuddy(widget)
        if required:
            label.setToolTip(_("Needed"))
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top = Qt.AlignmentFlag.AlignTop
        label.setContentsMargins(0, 6, 0, 0)
        column = 2 * self._column
        self._grid.addWidget(label, self._row, column, top)
        width = 2 * self._columns - 1 if alone else 1
        self._grid.addWidget(widget, self._row, column + 1, 1, width, top)

    def __getitem__(self, name: str) -> EditorWidget:
        return self._editors[name]

    def __contains__(self, name: str) -> bool:
        return name in self._editors

    def names(self) -> list[str]:
        """The names of the fields, in order."""
        return list(self._editors)

    def values(self) -> dict[str, Any]:
        """What stands in all fields; raises the first `Invalid`."""
        return {name: each.value() for name, each in self._editors.items()}

    def wrong(self) -> EditorWidget | None:
        """The first editor whose value cannot be taken, after each has told what is wrong; None if all can."""
        wrong = [each for each in self._editors.values() if not each.check()]
        return wrong[0] if wrong else None

    def typed(self) -> bool:
        """Whether something else stands anywhere than was there at first."""
        return any(each.is_typed() for each in self._editors.values())

    def blame(self, error: Invalid) -> bool:
        """Tell an error under the field that it names; whether there is one."""
        found = self._editors.get(error.field)
        if found is None:
            return False
        found.show_problem(str(error))
        found.setFocus()
        return True
