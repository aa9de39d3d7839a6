"""What all editors of `editors.py` are: an input, what stands beside it, and what is told under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.kinds import Invalid, Kind
from desktop.store.errors import StoreError
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.context import Context
from desktop.ui.dropped import passes
from desktop.ui.icons import icon
from desktop.ui.widgets.countline import counted

NOTHING = "–"
"""Stands in a quiet field that is empty."""
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""Reasons for losing the focus after which it comes back: nothing is finished yet."""

_NONE = object()
"""Stands where there is no value at all, not even an empty one."""


class EditorWidget(QWidget):
    """Shows a value, and reads the one that stands in its place now."""

    committed = Signal()
    """It was left, or Enter pressed, and another value stands in it than was shown."""
    edited = Signal()
    """Something was typed or chosen; nothing is finished yet."""

    def __init__(self, kind: Kind, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.context = kind, context
        self._shown: Any = None
        self._committed: Any = _NONE
        self._asks_again = False
        self._problem = ""
        self._row = QHBoxLayout(spacing=theme.TIGHT)
        self._outer = QVBoxLayout(self, spacing=theme.TIGHT)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addLayout(self._row)
        # The access key of its label leads here only with a policy; Tab stops in the input alone.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._notes: dict[str, _Note] = {}
        self.input: QWidget = self._build()
        self._row.insertWidget(0, self.input, 1)
        self.setFocusProxy(self.input)
        for watched in (self.input, self.input.focusProxy()):
            if watched is not None:
                watched.installEventFilter(self)
        self.set_name(kind.title)
        self.set_value(getattr(kind, "default", None) or kind.empty())
        if kind.help:
            self.input.setToolTip(_(kind.help))
            self.input.setAccessibleDescription(_(kind.help))

    # ---- what a kind's editor says for itself

    def _build(self) -> QWidget:
        """The widget one types or chooses in."""
        raise NotImplementedError

    def _read(self) -> Any:
        """The value that stands in the input; raises `Invalid`."""
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        """Put a value into the input."""
        raise NotImplementedError

    # ---- what forms and dialogs call

    def value(self) -> Any:
        """The value that stands there, as it would be kept; raises `Invalid`."""
        return self.kind.check(self._read())

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is committed, what was typed and what was wrong is gone."""
        self._shown = value
        self._committed = _NONE
        blocked = self.blockSignals(True)
        self._show(value)
        self.blockSignals(blocked)
        self.show_problem("")
        self.show_note("")

    def shown(self) -> Any:
        """The value last shown by `set_value`."""
        return self._shown

    def set_shown(self, value: Any) -> None:
        """Another value is kept meanwhile; what is typed here stays."""
        self._shown = value

    def ask_again(self) -> None:
        """What was committed was not saved: once somebody has come back here, leaving commits it anew."""
        self._asks_again = True

    def is_typed(self) -> bool:
        """Whether something else stands here than was shown."""
        try:
            return bool(self._read() != self._shown and self.value() != self._shown)
        except Invalid:
            return True

    def check(self) -> bool:
        """Tell what is wrong under the field; whether nothing is."""
        try:
            self.value()
        except Invalid as error:
            self.show_problem(str(error))
            return False
        self.show_problem("")
        return True

    def remarks(self) -> list[str]:
        """Sentences about what is taken out of the value that stands there, though it is kept."""
        return []

    def commit(self) -> None:
        """As if the editor were left: tell what is wrong, or that there is something to save."""
        if not self.is_typed():
            self._committed = self._shown
            self.show_problem("")
        elif self.check():
            self._committed = self.value()
            self.committed.emit()

    def revert(self) -> None:
        """Back to what was shown."""
        self.set_value(self._shown)

    def problem(self) -> str:
        """What is told as wrong under the field."""
        return self._problem

    def show_problem(self, sentence: str) -> None:
        """Tell under the field what is wrong with it; empty once it is right."""
        if sentence == self._problem:
            return
        self._problem = sentence
        self._note("problem").say(sentence)
        for marked in {self.input, self.input.focusProxy() or self.input}:
            marked.setProperty("problem", bool(sentence))
            marked.style().polish(marked)
            marked.setAccessibleDescription(sentence or _(self.kind.help))
        if sentence:
            announce(self.input, sentence)

    def note(self) -> str:
        """What is told under the field that is no fault."""
        return self._notes["note"].text() if "note" in self._notes else ""

    def show_note(self, sentence: str) -> None:
        """Tell something under the field that is no fault."""
        if sentence or "note" in self._notes:
            self._note("note").say(sentence)

    def count(self, letters: int, most: int) -> None:
        """Count the letters under the field once they come near the most that fit."""
        words = counted(letters, most)
        if words or "count" in self._notes:
            self._note("count").say(words)

    def _note(self, look: str) -> _Note:
        """The line of this look under the field, made when it is first needed."""
        if look not in self._notes:
            self._notes[look] = _Note(look, self)
            self._outer.addWidget(self._notes[look])
        return self._notes[look]

    def set_name(self, name: str) -> None:
        """What a screen reader calls it; the field's label unless the form says otherwise."""
        self.setAccessibleName(name)
        self.input.setAccessibleName(name)

    def has_focus(self) -> bool:
        """Whether one types here now."""
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus()

    def set_read_only(self, read_only: bool) -> None:
        """Whether it only shows."""
        self.input.setReadOnly(read_only)

    def set_quiet(self, quiet: bool) -> None:
        """Whether the input has an outline only under the pointer and while it is typed into."""
        self.input.setProperty("quiet", quiet)
        self.input.style().polish(self.input)
        if isinstance(self.input, QLineEdit | QPlainTextEdit) and not self.input.placeholderText():
            self.input.setPlaceholderText(NOTHING if quiet else "")

    def stops(self) -> list[QWidget]:
        """Where Tab stops: in the input, then on the buttons beside it."""
        places = (self._row.itemAt(place).widget() for place in range(self._row.count()))
        return [place.focusProxy() or place for place in places]

    def beside(self, widget: QWidget) -> None:
        """Put a button behind the input."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    # ---- leaving it, taking it back

    def _value_now(self) -> Any:
        try:
            return self.value()
        except Invalid:
            return _NONE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if passes(event):
            return True
        if kind == QEvent.Type.FocusOut and event.reason() not in _STAYS:
            # After the input itself has seen the event: a date is understood only then.
            QTimer.singleShot(0, self, self._on_left)
        elif kind == QEvent.Type.FocusIn and self._asks_again:
            self._committed, self._asks_again = _NONE, False
        elif kind == QEvent.Type.ShortcutOverride:
            if self._takes_back(event):
                event.accept()
                return True
            if is_undo(event) and not self.is_typed():
                # Nothing to undo in here: the window undoes what was saved last.
                event.ignore()
                return True
        elif kind == QEvent.Type.KeyPress and self._takes_back(event):
            self.revert()
            return True
        return super().eventFilter(watched, event)

    def _takes_back(self, event: QEvent) -> bool:
        """Esc is this editor's while there is something to take back, the dialog's otherwise."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return escape and self.is_typed()

    def _on_left(self) -> None:
        # What Enter committed, or the line itself as it was left, is not committed again: it may have been refused.
        try:
            value = self._value_now() if self.is_typed() else _NONE
            if value is _NONE or value != self._committed:
                self.commit()
        except StoreError as error:  # as where the workspace was locked meanwhile, which kept what is typed
            self.context.problem.emit(str(error))


def is_undo(event: QEvent) -> bool:
    """Whether the keys of an event take something back, or do it again."""
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in keys)


_LOOKS = {"problem": ("warning", "red"), "note": ("about", "accent"), "count": ("", "")}
"""Icon and tone of what is told under a field."""


class _Note(QWidget):
    """A line under a field, with an icon where it tells of a fault; takes no room while it says nothing."""

    def __init__(self, look: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture, self._words = QLabel(), QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._icon = _LOOKS[look]
        self._words.setProperty("problem" if look == "problem" else "muted", True)
        row = QHBoxLayout(self, spacing=theme.TIGHT)
        row.setContentsMargins(theme.TIGHT, 0, 0, theme.TIGHT)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._picture.setVisible(bool(self._icon[0]))
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        return self._words.text()

    def _draw(self) -> None:
        if self._icon[0]:
            side = max(14, self.fontMetrics().height())
            picture = icon(*self._icon).pixmap(QSize(side, side), self.devicePixelRatioF())
            self._picture.setPixmap(picture)
