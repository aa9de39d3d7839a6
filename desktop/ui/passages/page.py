"""The text of a source to read and to select in, with the numbers of its paragraphs and its passages beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.i18n import _
from desktop.service import sentences
from desktop.service.quoting import SourceText
from desktop.ui import theme
from desktop.ui.passages.margin import Margin
from desktop.ui.passages.marks import Mark, drawn, washed
from desktop.ui.passages.offsets import Offsets
from desktop.ui.passages.setting import document, reading_font

MEASURE = 72
"""The width of a line, in average letters, that reads well."""
LEAST = 8
"""Letters beside the text, for the numbers of paragraphs and the marks."""


class TextPage(QTextEdit):
    """Places are counted in characters of the text, as the services count them."""

    moved = Signal()
    """Another place is selected, or the cursor stands elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = SourceText("", ())
        self.marks: list[Mark] = []
        self._offsets = Offsets("")
        self._hits: Sequence[tuple[int, int]] = ()
        self._pointed: tuple[int, int] | None = None
        self._wanted: tuple[int, int] | None = None
        self._fitting = False
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setProperty("reader", True)
        self.setCursorWidth(2)  # all that shows the focus
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Text of the source"))
        self.margin = Margin(self)
        self.cursorPositionChanged.connect(self.moved)
        self.selectionChanged.connect(self.moved)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.margin.update())
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._let_go())
        theme.changed.connect(self._set)

    # ---- what is shown

    def show_text(self, text: SourceText) -> None:
        """Show a text from its beginning."""
        self.text, self._offsets = text, Offsets(text.text)
        self.marks, self._hits, self._pointed = [], (), None
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set(self) -> None:
        """Set the text anew, in the font and the colours that are in force; the place that is read stays."""
        if not self.text.text:
            return
        place, (start, end) = self.verticalScrollBar().value(), self.selected()
        # Qt deletes the one before, which is this page's own too.
        self.setDocument(document(self.text, self._offsets, self.font(), self))
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.margin.update())
        self.margin.number(self.text, self.document(), self._offsets)
        self._fit()
        self._select(start, end)
        self.verticalScrollBar().setValue(place)
        self._draw()

    def show_marks(self, marks: list[Mark]) -> None:
        """Show these as the passages of the text."""
        self.marks = marks
        self._draw()

    def show_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark what a search found."""
        self._hits = hits
        self._draw()

    def _draw(self) -> None:
        pointed = [self._pointed] if self._pointed is not None else []
        self.setExtraSelections(
            [
                *washed(self.document(), self._offsets, pointed),
                *drawn(self.document(), self._offsets, self.marks),
                *washed(self.document(), self._offsets, self._hits),
            ]
        )
        self.margin.show_marks(self.marks, self.document(), self._offsets)

    # ---- places

    def selected(self) -> tuple[int, int]:
        """What is selected; begin and end are the same where it is only the cursor."""
        cursor = self.textCursor()
        return self._offsets.from_qt(cursor.selectionStart()), self._offsets.from_qt(cursor.selectionEnd())

    def here(self) -> list[Mark]:
        """The passages that share a character with what is selected, or in which the cursor stands."""
        start, end = self.selected()
        return [mark for mark in self.marks if mark.start < max(end, start + 1) and mark.end > start]

    def select(self, start: int, end: int) -> None:
        """Select a place, and bring it into view."""
        if self._pointed is not None:
            self._pointed = None
            self._draw()
        self._select(start, end)
        self._go(start, end)

    def point(self, start: int, end: int) -> None:
        """Show a place without selecting it: a paragraph or a section that something names."""
        self._pointed = (start, end)
        self._draw()
        self._select(start, start)
        self._go(start, end)

    def _select(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        with suppress(ValueError):
            cursor.setPosition(self._offsets.to_qt(min(start, len(self.text.text))))
            cursor.setPosition(
                self._offsets.to_qt(min(end, len(self.text.text))), QTextCursor.MoveMode.KeepAnchor
            )
        self.setTextCursor(cursor)

    def _go(self, start: int, end: int) -> None:
        """Bring a place into view, now if there is a size to scroll in; it stays there until somebody scrolls."""
        self._wanted = (start, end)
        self._bring()

    def _bring(self) -> None:
        """Scroll so that the wanted place stands in the upper part, unless it is in view."""
        if self._wanted is None or not self.isVisible():
            return
        above, below = self._top_of(self._wanted[0]), self._top_of(self._wanted[1])
        if above < theme.SMALL or below > self.viewport().height() - 2 * theme.WIDE:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + above - self.viewport().height() // 4)

    def _top_of(self, place: int) -> int:
        """How far under the upper edge of the view the line of a place begins."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_qt(place))
        return self.cursorRect(cursor).top()

    def _let_go(self) -> None:
        self._wanted = None

    def read_at(self, place: int) -> None:
        """Put the cursor at a place, and that at the top."""
        self._let_go()
        self._select(place, place)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._top_of(place) - theme.SMALL)

    def widen(self) -> None:
        """Select the whole sentences of what is selected, or around the cursor."""
        self._select(*sentences.widen(self.text, *self.selected()))

    def top(self) -> int:
        """The place of the first character in view."""
        return self._offsets.from_qt(self.cursorForPosition(self.viewport().rect().topLeft()).position())

    # ---- events

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._let_go()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._let_go()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._let_go()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addActions(self.actions())
        menu.popup(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._bring)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is read stays in view, however the lines break now."""
        if self._fitting:
            super().resizeEvent(event)
            return
        self._fitting = True
        top, above = self.top(), self._top_of(self.top())
        super().resizeEvent(event)
        self._fit()
        self._fitting = False
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._top_of(top) - above)
        self._bring()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "margin"):
            self._set()

    def _fit(self) -> None:
        """The text in a column that reads well, the room beside it shared; the numbers stand left of it."""
        letter = QFontMetrics(reading_font(self.font())).averageCharWidth()
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        least = LEAST * letter
        spare = max(0, room - MEASURE * letter - least - theme.WIDE)
        left = least + spare // 2
        right = max(theme.WIDE, room - left - MEASURE * letter)
        self.setViewportMargins(left, theme.LARGE, right, 0)
        view = self.viewport().geometry()
        self.margin.setGeometry(QRect(view.left() - least, view.top(), least, view.height()))
        # Qt forgets to, where the margins are set before the window is seen
        if self.document().textWidth() != view.width():
            self.document().setTextWidth(view.width())
