"""A field in a form: its label and its editor."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.model.kinds import Kind, LongText
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget, ShownEditor, editor
from desktop.ui.widgets.growingtext import GrowingText

LEAST = 1
"""Lines of a long text that is empty."""
_LABEL_TOP = 5
"""What an input's border and padding set its text down by: labels stand on the same line."""


class FieldRow:
    """`wide` fields have their label above them."""

    def __init__(self, kind: Kind, context: Context) -> None:
        self.kind = kind
        self.name = kind.name
        self.editable = kind.editable
        self.editor: EditorWidget = editor(kind, context) if kind.editable else ShownEditor(kind, context)
        self.wide = kind.editable and isinstance(kind, LongText)
        self.label = QLabel(kind.title, wordWrap=True)
        self.label.setProperty("muted", True)
        self.label.setBuddy(self.editor)
        self.label.setContentsMargins(0, _LABEL_TOP, 0, 0 if self.wide else _LABEL_TOP)
        self.label.setToolTip(self.editor.toolTip())
        self.field = QWidget()
        column = QVBoxLayout(self.field, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)
        column.addStretch(1)
        self.editor.set_quiet(True)
        if isinstance(self.editor.input, GrowingText) and self.wide:
            self.editor.input.set_least(LEAST)

    def show_value(self, value: Any) -> None:
        """Show what is kept. What nobody can set and nothing stands in is not shown at all."""
        self.editor.set_value(value)
        if not self.editable:
            shown = bool(self.kind.text(value)) and value != self.kind.empty()
            self.label.setVisible(shown)
            self.field.setVisible(shown)
