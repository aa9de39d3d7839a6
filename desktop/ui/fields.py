"""Labelled editors in a grid, as dialogs and the first start show them: the fields of something that is not yet.

To ask for more: `add` a kind; its class chooses the editor. What is wrong stands under its field.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.i18n import _
from desktop.model.kinds import Invalid, Kind, Text
from desktop.model.relations import Reference
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget, editor


class Fields(QWidget):
    """A label and an editor a row; `beside` puts a field on the row of the one before."""

    edited = Signal()
    finished = Signal()
    """Enter was pressed in a field that does not hand it on to the dialog."""

    def __init__(self, context: Context | None, keys: AccessKeys, columns: int = 1) -> None:
        super().__init__()
        self._context, self._keys, self._columns = context, keys, columns
        self.aligned = True
        """Whether its labels are as wide as those of the other groups of its dialog."""
        self._labels: list[QLabel] = []
        self._label_of: dict[str, QLabel] = {}
        self._editors: dict[str, EditorWidget] = {}
        self._given: dict[str, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.SMALL)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._row, self._column = -1, 0

    def add(
        self, kind: Kind, value: Any = None, *, title: str = "", beside: bool = False, narrow: bool = False
    ) -> EditorWidget:
        """Ask for a value of this kind; `title` is its label where that is not the kind's own.

        A field takes its whole row, unless it is `narrow` or stands `beside` the one before.
        """
        if beside and self._row >= 0:
            self._column += 1
        else:
            self._row, self._column = self._row + 1, 0
        made = plain_editor(kind, self._context, self)
        words = title or kind.title
        alone = not beside and not narrow
        self._label_of[kind.name] = self.put(words, made, alone=alone, required=kind.required)
        made.set_name(words)
        if value is not None:
            made.set_value(value)
        made.edited.connect(lambda: self._on_edited(made))
        if hasattr(made.input, "finished"):
            made.input.finished.connect(self.finished)
        made.committed.connect(lambda: settle(made))
        self._editors[kind.name] = made
        self._given[kind.name] = made.shown()
        return made

    def _on_edited(self, made: EditorWidget) -> None:
        if isinstance(made.kind, Text):
            settle(made)
        self.edited.emit()

    def row(self, words: str, widget: QWidget, *, narrow: bool = False) -> None:
        """A row for any widget, `narrow` where another is to stand beside it."""
        self._row, self._column = self._row + 1, 0
        self.put(words, widget, alone=not narrow)
        widget.setAccessibleName(words)

    def put_beside(self, words: str, widget: QWidget) -> None:
        """Any widget on the row of the field before."""
        self._column += 1
        self.put(words, widget, alone=False)
        widget.setAccessibleName(words)

    def put(self, words: str, widget: QWidget, *, alone: bool = True, required: bool = False) -> QLabel:
        """Put a label and its widget at the place reached."""
        label = QLabel(self._keys.mark(words) + (" *" if required else ""), self)
        label.setProperty("muted", True)
        label.setBuddy(widget if widget.focusPolicy() else leaf(widget))
        if required:
            label.setToolTip(_("Needed"))
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top = Qt.AlignmentFlag.AlignTop
        label.setContentsMargins(0, 6, 0, 0)
        column = 2 * self._column
        if column == 0:
            self._labels.append(label)
        self._grid.addWidget(label, self._row, column, top)
        width = 2 * self._columns - 1 if alone else 1
        self._grid.addWidget(widget, self._row, column + 1, 1, width, top)
        return label

    def ask(self, name: str, asked: bool) -> None:
        """Whether a field is asked now; else it takes no room."""
        for part in (self._label_of[name], self._editors[name]):
            part.setVisible(asked)

    def label_width(self) -> int:
        """What the first column of labels needs, of the fields that are asked now."""
        asked = (label for label in self._labels if not label.isHidden())
        return max((label.sizeHint().width() for label in asked), default=0)

    def set_label_width(self, width: int) -> None:
        """Make the first column of labels so wide."""
        self._grid.setColumnMinimumWidth(0, width)

    def at(self, name: str) -> EditorWidget:
        """The editor of a field. (No `__getitem__`: Qt's binding would take the widget for a sequence.)"""
        return self._editors[name]

    def has(self, name: str) -> bool:
        """Whether this field is asked."""
        return name in self._editors

    def give(self, name: str, value: Any) -> None:
        """Fill in a value that nobody typed."""
        self._editors[name].set_value(value)
        self._given[name] = value

    def untouched(self, name: str) -> bool:
        """Whether nobody typed in a field: what was filled in stands in it, or nothing."""
        return not _differs(self._editors[name], self._given[name])

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
        return any(_differs(each, self._given[name]) for name, each in self._editors.items())

    def blame(self, error: Invalid) -> bool:
        """Tell an error under the field that it names; whether there is one."""
        found = self._editors.get(error.field)
        if found is None:
            return False
        found.show_problem(str(error))
        found.setFocus()
        return True


def plain_editor(kind: Kind, context: Any, parent: QWidget | None = None) -> EditorWidget:
    """The editor of a field of something that is not there yet: no buttons lead on from a reference."""
    made = editor(kind, context, parent)
    if isinstance(kind, Reference):
        for button in made.stops()[1:]:
            button.hide()
    return made


def settle(made: EditorWidget) -> None:
    """Take what stands in an editor as shown, so that Esc closes the dialog and does not wipe the field."""
    with suppress(Invalid):
        made.set_shown(made.value())


def _differs(made: EditorWidget, given: Any) -> bool:
    try:
        return bool(made.value() != given)
    except Invalid:
        return bool(text_of(made).strip())


def text_of(made: EditorWidget) -> str:
    """What is typed in an editor, whatever it means."""
    return str(getattr(made, "text", getattr(made.input, "text", str))())


def leaf(widget: QWidget) -> QWidget:
    """The widget that has the focus when this one is given it."""
    while widget.focusProxy() is not None:
        widget = widget.focusProxy()
    return widget
