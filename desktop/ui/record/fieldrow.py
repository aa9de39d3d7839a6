"""A field in a form: its label, its editor, and what is asked under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.model.kinds import Kind, LongText
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget, ShownEditor, editor

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
        self._under = QVBoxLayout(self.field, spacing=theme.TIGHT)
        self._under.setContentsMargins(0, 0, 0, 0)
        self._under.addWidget(self.editor)
        self._under.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.editor.set_quiet(True)

    def show_value(self, value: Any) -> None:
        """Show what is kept. What nobody can set and nothing stands in is not shown at all."""
        self.editor.set_value(value)
        if not self.editable:
            shown = bool(self.kind.text(value)) and value != self.kind.empty()
            self.label.setVisible(shown)
            self.field.setVisible(shown)

    def put_under(self, widget: QWidget) -> None:
        """Show something under the editor."""
        self._under.addWidget(widget)
