"""A text of several lines that is as high as what stands in it, between a least and a most; Tab leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QToolTip, QWidget

from desktop.text import MAX_LONG_TEXT, length_problem
from desktop.ui.announce import announce
from desktop.ui.dropped import passes

MOST_PASTED = 5 * MAX_LONG_TEXT
"""Characters that come in at once: what is too long to be saved may be made shorter here, but a whole file that was
copied would hold up the window for minutes."""


class GrowingText(QPlainTextEdit):
    """`one_line` wraps a text that has no line breaks: Enter says it is finished, pasted breaks become spaces."""

    finished = Signal()
    """Enter, of a text of one line."""

    def __init__(
        self, parent: QWidget | None = None, *, least: int = 3, most: int = 16, one_line: bool = False
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._one_line = least, most, one_line
        self._lines = 0
        self._hint: str | None = None
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def set_least(self, lines: int) -> None:
        """How many lines high it is at least."""
        self._least = lines
        self._fit()

    def toPlainText(self) -> str:
        """What stands there, letter by letter. (Qt's own makes a space of a no-break space.)"""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Show another text, from its beginning; what could be undone before no longer can."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * self.fontMetrics().averageCharWidth(), self.minimumHeight())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText():
            return
        text = source.text()
        problem = length_problem(text, MOST_PASTED)
        if problem:
            QToolTip.showText(self.mapToGlobal(self.cursorRect().bottomLeft()), problem, self)
            announce(self, problem, urgent=True)
            return
        self.insertPlainText(" ".join(text.split()) if self._one_line and "\n" in text else text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not passes(event):
            super().dragEnterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # An input method that is still converting keeps Enter to itself: it never arrives here.
        if self._one_line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What is being converted stands where the hint stood: Qt paints the one over the other."""
        converting = bool(event.preeditString())
        if converting and self._hint is None:
            self._hint = self.placeholderText()
            self.setPlaceholderText("")
        super().inputMethodEvent(event)
        if not converting and self._hint is not None:
            self.setPlaceholderText(self._hint)
            self._hint = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lines = 0
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, *_size: object) -> None:
        """As high as its lines; past the most of them it scrolls."""
        lines = max(1, self._least, min(self._most, int(self.document().size().height())))
        # Never less than none: while it is hidden or dressed anew, the viewport still has the size from before.
        frame = max(0, self.height() - self.viewport().height()) if self._lines else self._frame()
        height = (
            lines * self.fontMetrics().lineSpacing() + round(2 * self.document().documentMargin()) + frame
        )
        overflows = self.document().size().height() > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if overflows else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if height != self.height() or lines != self._lines:
            self._lines = lines
            self.setFixedHeight(height)

    def _frame(self) -> int:
        """What a style sheet's border and padding add; known for sure once it is laid out."""
        margins = self.contentsMargins()
        return margins.top() + margins.bottom() + 6
