"""A field in a form: its label and its editor."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.kinds import Kind, LongText
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget, ShownEditor, editor
from desktop.ui.visibility.texthead import TextHead
from desktop.ui.widgets.growingtext import GrowingText

LEAST = 1
"""Lines of a long text that is empty."""
_LABEL_TOP = 5
"""What an input's border and padding set its text down by: labels stand on the same line."""
_NOTE_IN = 10
"""What they set it in by."""


class FieldRow:
    """`wide` fields have their label above them; with `levelled`, and beside it who may see their text."""

    def __init__(self, kind: Kind, context: Context, *, levelled: bool = False) -> None:
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
        self.note = QLabel(visible=False, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("muted", True)
        self.note.setContentsMargins(_NOTE_IN, 0, 0, theme.TIGHT)
        column.addWidget(self.note)
        column.addStretch(1)
        self.editor.set_quiet(True)
        if isinstance(self.editor.input, GrowingText) and self.wide:
            self.editor.input.set_least(LEAST)
        self.level: TextHead | None = None
        if levelled and self.wide:
            self.level = TextHead(context, self.label, self.name, kind.title)
            self.level.watch(self.editor.input)

    @property
    def head(self) -> QWidget:
        """What stands over a wide field: its label, and who may see its text."""
        return self.level or self.label

    def stops(self) -> list[QWidget]:
        """Where Tab stops in it."""
        found = self.editor.stops() if self.editable else []
        return [*found, self.level.button] if self.level is not None else found

    def show_note(self, words: str) -> None:
        """Say something under the field, such as since when its value stands; nothing where there are no words."""
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.editor.input.setAccessibleDescription(words or _(self.kind.help))

    def tell_elsewhere(self, value: Any) -> None:
        """Say that another value is kept by now; what is typed stays, and is saved when the field is left again."""
        self.editor.set_shown(value)
        self.editor.ask_again()
        words = _(
            "Changed elsewhere meanwhile to “{value}”. Yours is saved when you leave the field; Esc takes it."
        )
        self.editor.show_note(words.format(value=self.kind.text(value) or "–"))

    def show_value(self, value: Any) -> None:
        """Show what is kept. What nobody can set and nothing stands in is not shown at all."""
        self.editor.set_value(value)
        if not self.editable:
            self.set_shown(bool(self.kind.text(value)) and value != self.kind.empty())

    def set_shown(self, shown: bool) -> None:
        """Whether it takes any room."""
        self.label.setVisible(shown)
        self.field.setVisible(shown)
