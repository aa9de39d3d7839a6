"""An editor for every kind of field: `editor(kind, context)` makes it, chosen by the kind's class.

An editor shows a value and gives it back; it saves nothing. `committed` says that it was left, or Enter pressed,
and that another value stands in it than was shown. What is wrong is told under the field by `show_problem`, and
what was typed stays. Forms and dialogs use the same ones.

To add an editor: a class here with `_build`, `_read` and `_show`, and an `editor.register` for the kind.
"""

from __future__ import annotations

import datetime as dt
from functools import singledispatch
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QToolButton,
    QWidget,
)

from desktop.i18n import _, format_datetime
from desktop.model.computed import Computed
from desktop.model.dates import Date, FuzzyDate, Time, Timestamp, Zone
from desktop.model.kinds import (
    MAX_LINE,
    Choice,
    Code,
    Country,
    Email,
    Flag,
    Invalid,
    Kind,
    Link,
    LongText,
    Money,
    Number,
    SortKey,
    Text,
)
from desktop.model.relations import Many, Reference
from desktop.model.visibility import TextVisibility
from desktop.service.workspace import Workspace
from desktop.text import MAX_LONG_TEXT, fold
from desktop.ui import links, theme
from desktop.ui.context import Context
from desktop.ui.editorwidget import NOTHING, EditorWidget
from desktop.ui.icons import icon
from desktop.ui.pickeditors import CountryEditor, ReferenceEditor, ZoneEditor
from desktop.ui.seteditors import ManyEditor
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.dateedit import DateEdit
from desktop.ui.widgets.elidedline import ElidedLine
from desktop.ui.widgets.growingtext import GrowingText
from desktop.ui.widgets.timeedit import TimeEdit
from desktop.ui.widgets.tips import plain_tip

__all__ = ["EditorWidget", "editor"]

"""What an address may begin with to be opened; anything else might start a program."""


@singledispatch
def editor(kind: Kind, context: Context, parent: QWidget | None = None) -> EditorWidget:
    """The editor of a kind of field."""
    raise TypeError(f"no editor for {type(kind).__name__}")


class TextEditor(EditorWidget):
    """One line of text."""

    def _build(self) -> QWidget:
        line = ElidedLine()
        if self.kind.align == "right":
            line.setFont(theme.tabular(line.font()))
        line.textChanged.connect(self._on_typed)
        line.editingFinished.connect(self.commit)
        return line

    def _on_typed(self, text: str) -> None:
        self.edited.emit()
        if isinstance(self.kind, Text):
            self.count(len(text), MAX_LINE)

    def text(self) -> str:
        """What is typed."""
        return self.input.text()

    def remarks(self) -> list[str]:
        return self.kind.remarks(self.text())

    def _read(self) -> Any:
        return self.kind.parse(self.input.text())

    def _show(self, value: Any) -> None:
        self.input.setText(self.kind.text(value))
        self.input.setCursorPosition(0)


class WrappedTextEditor(EditorWidget):
    """One line of text that is likely to be longer than its field: it wraps, Enter finishes it."""

    most = MAX_LINE
    _given = ("", "")
    """The text that is kept, and how it reads in the input."""

    def _build(self) -> QWidget:
        text = GrowingText(least=1, most=6, one_line=True)
        text.textChanged.connect(self._on_typed)
        text.finished.connect(self.commit)
        return text

    def _on_typed(self) -> None:
        self.edited.emit()
        self.count(self.input.document().characterCount() - 1, self.most)

    def text(self) -> str:
        """What is typed."""
        return self.input.toPlainText()

    def remarks(self) -> list[str]:
        return self.kind.remarks(self.text())

    def _read(self) -> Any:
        text = self.input.toPlainText()
        # Qt writes some line ends in its own way: a text that nobody touched is the one that is kept.
        return self._given[0] if text == self._given[1] else self.kind.parse(text)

    def _show(self, value: Any) -> None:
        self.input.set_text(value or "")
        self._given = value or "", self.input.toPlainText()


class LongTextEditor(WrappedTextEditor):
    """A text of several lines that grows; Enter begins a line, Tab leaves."""

    most = MAX_LONG_TEXT

    def _build(self) -> QWidget:
        text = GrowingText()
        text.textChanged.connect(self._on_typed)
        return text


class AddressEditor(TextEditor):
    """An address that can be opened: of a page, or of somebody's mail."""

    def _build(self) -> QWidget:
        line = super()._build()
        self._open = QToolButton(icon=icon("open-file", "muted"), autoRaise=True)
        self._open.clicked.connect(self.open)
        self.beside(self._open)
        return line

    def address(self) -> str:
        """What would be opened, or nothing."""
        typed = self.input.text().strip()
        if typed and isinstance(self.kind, Email):
            typed = f"mailto:{typed}"
        return links.openable(typed)

    def open(self) -> None:
        """Open the address with the program that the system has for it."""
        links.open_address(self.address())

    def _on_typed(self, text: str) -> None:
        super()._on_typed(text)
        words = _("Open {address}").format(address=self.address()) if self.address() else _("Nothing to open")
        if self.input.text().strip() and not self.address():
            words = _(links.REFUSED)
        self._open.setEnabled(bool(self.address()))
        self._open.setToolTip(plain_tip(words))
        self._open.setAccessibleName(words)

    def _show(self, value: Any) -> None:
        super()._show(value)
        self._on_typed(self.input.text())


class ChoiceEditor(EditorWidget):
    """One of a scale. Saved when it is picked from the list, or left after the arrow keys changed it."""

    def _build(self) -> QWidget:
        combo = Combo()
        if not (self.kind.default or self.kind.required):
            combo.addItem(NOTHING, "")
        for key in self.kind.scale:
            combo.addItem(self.kind.text(key), key)
        combo.currentIndexChanged.connect(lambda _index: self.edited.emit())
        combo.picked.connect(self.commit)
        combo.view().installEventFilter(self)
        self._typed, self._typed_at, self._before = "", 0, -1
        return combo

    def show_whole(self) -> None:
        """Be as wide as the longest choice."""
        self.input.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.input.ensurePolished()
        self.input.setMinimumWidth(self.input.sizeHint().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if watched is not self.input and control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._finish()
                return True
            if watched is self.input and not control and self._seek(event):
                return True
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        """Ctrl+Enter in the open list takes what is marked there, and finishes the dialog."""
        place = self.input.view().currentIndex()
        self.input.hidePopup()
        if place.isValid():
            self.input.setCurrentIndex(place.row())
        self.commit()
        if isinstance(self.window(), QDialog):
            QTimer.singleShot(0, self.window(), self.window().accept)

    def _seek(self, event: QKeyEvent) -> bool:
        """Letters choose what begins with them. What begins no choice changes nothing, and is told as that."""
        text, now = event.text(), event.timestamp()
        if now - self._typed_at > QApplication.keyboardInputInterval():
            self._typed = ""
        if not text.isprintable() or (not text.strip() and not self._typed):
            return False  # a space alone opens the list
        if not self._typed:
            self._before = self.input.currentIndex()
        self._typed, self._typed_at = self._typed + text, now
        letters = (
            self._typed if len(set(self._typed)) > 1 else text
        )  # the same letter again goes on to the next
        begun = self.input.currentIndex() + (letters == text)
        count = self.input.count()
        sought = fold(letters.strip())
        for place in ((begun + step) % count for step in range(count)):
            if fold(self.input.itemText(place)).startswith(sought):
                self.input.setCurrentIndex(place)
                self.show_note("")
                return True
        self.input.setCurrentIndex(self._before)
        QApplication.beep()
        try:
            self.kind.parse(self._typed)
        except Invalid as error:
            self.show_note(str(error))
        return True

    def _read(self) -> Any:
        return self.input.currentData() or ""

    def _show(self, value: Any) -> None:
        self.input.setCurrentIndex(self.input.findData(value or ""))


class DateEditor(EditorWidget):
    """A date, a fuzzy date or a time, as text; a date has a calendar."""

    def _build(self) -> QWidget:
        if isinstance(self.kind, Time):
            line: Any = TimeEdit()
        else:
            line = DateEdit(fuzzy=isinstance(self.kind, FuzzyDate), today=self._today)
        line.textChanged.connect(lambda _text: self.edited.emit())
        line.problem.connect(self.show_problem)
        line.editingFinished.connect(self.commit)
        line.committed.connect(self.commit)
        return line

    def _today(self) -> dt.date:
        return dt.date.fromisoformat(self.context.workspace.today())

    def _read(self) -> Any:
        return self.kind.parse(self.input.text())

    def _show(self, value: Any) -> None:
        self.input.set_value(value)


class FlagEditor(EditorWidget):
    """Yes or no, saved at once."""

    def _build(self) -> QWidget:
        box = QCheckBox(_("Yes"))
        box.clicked.connect(lambda _checked: self.commit())
        return box

    def _read(self) -> Any:
        return int(self.input.isChecked())

    def _show(self, value: Any) -> None:
        self.input.setChecked(bool(value))

    def set_read_only(self, read_only: bool) -> None:
        self.input.setEnabled(not read_only)


SHOWN_MARGINS = (9, 5, 0, 5)
"""What an input's border and padding set its text in by: plain text stands in line with it."""


class ShownEditor(EditorWidget):
    """What nobody types: plain text that can be selected and copied."""

    def _build(self) -> QWidget:
        label = shown_text()
        label.setContentsMargins(*SHOWN_MARGINS)
        return label

    def _read(self) -> Any:
        return self.shown()

    def _show(self, value: Any) -> None:
        if isinstance(self.kind, Timestamp) and value and self.kind.section == "system":
            self.input.setText(at_post(self.context.workspace, value))
        else:
            self.input.setText(self.kind.text(value))

    def set_read_only(self, read_only: bool) -> None:
        """It is."""


def at_post(workspace: Workspace, stamp: str) -> str:
    """An instant as the clocks of the post show it."""
    return format_datetime(workspace.local(stamp))


def shown_text() -> QLabel:
    """A label whose text can be selected; the pointer alone stops at it, Tab does not."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label


WRAPPED = 40
"""The width of a field, in characters, from which on its line wraps."""


@editor.register
def _text(kind: Text, context: Context, parent: QWidget | None = None) -> EditorWidget:
    return (WrappedTextEditor if kind.width >= WRAPPED else TextEditor)(kind, context, parent)


for _kinds, _editor in (
    ((Code, Money, Number), TextEditor),
    ((LongText,), LongTextEditor),
    ((Link, Email), AddressEditor),
    ((Choice,), ChoiceEditor),
    ((Country,), CountryEditor),
    ((Zone,), ZoneEditor),
    ((Reference,), ReferenceEditor),
    ((Many,), ManyEditor),
    ((Date, FuzzyDate, Time), DateEditor),
    ((Flag,), FlagEditor),
    ((Computed, Timestamp, SortKey, TextVisibility), ShownEditor),
):
    for _kind in _kinds:
        editor.register(_kind, _editor)
