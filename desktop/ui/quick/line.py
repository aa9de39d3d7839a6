"""The line of quick entry: the phrases that were understood are marked in it, those that were not are underlined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.service.quick import Mark
from desktop.ui import theme
from desktop.ui.passages.offsets import Offsets
from desktop.ui.widgets.growingtext import GrowingText

LINES = 3
"""So high the line grows before it scrolls."""
OWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
"""Keys that mean something here, whatever they do in the window around it."""


class QuickLine(GrowingText):
    """`keyed` is asked about each key before the text is, and says whether it took it.

    While an input method converts, every key is left to it.
    """

    def __init__(self, keyed: Callable[[QKeyEvent], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent, least=1, most=LINES, one_line=True)
        self._keyed, self._converting = keyed, False
        self._marking = _Marking(self.document())
        self.setPlaceholderText(
            _("What is to be done, by when  @who  >to whom  #about  !priority  /what it serves")
        )
        self.setAccessibleName(_("Quick entry"))

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def converting(self) -> bool:
        """Whether an input method has not finished what stands at the cursor."""
        return self._converting

    def position(self) -> int:
        """Where the cursor stands, in characters."""
        return Offsets(self.text()).from_qt(self.textCursor().position())

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these parts of the text."""
        self._marking.show_marks(marks)

    def write(self, start: int, end: int, text: str) -> None:
        """Put a text in place of a part, as one step of undo, and go on behind it."""
        offsets, cursor = Offsets(self.text()), self.textCursor()
        cursor.setPosition(offsets.to_qt(start))
        cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in OWN:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab and not self._converting:
            return self._keyed(event) or super().event(event)  # else Tab would be gone before keys are asked
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._converting:
            super().keyPressEvent(event)
        elif self._keyed(event) or event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            event.accept()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._converting = bool(event.preeditString())
        super().inputMethodEvent(event)


class _Marking(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._marks: tuple[Mark, ...] = ()
        theme.changed.connect(self.rehighlight)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        offsets, tones = Offsets(text), theme.current()
        for mark in self._marks:
            start, end = offsets.to_qt(mark.start), offsets.to_qt(mark.end)
            look = QTextCharFormat()
            if mark.problem:
                look.setForeground(theme.colour(tones.red))
                look.setUnderlineColor(theme.colour(tones.red))
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            else:
                look.setBackground(theme.colour(tones.accent_soft))
                look.setForeground(theme.colour(tones.accent_strong))
            self.setFormat(start, end - start, look)
