"""Markdown as an officer reads it, and a field that shows it so until one writes in it.

It is the Markdown of the documents, set by the same code: what is seen here is what is printed. Nothing is ever
loaded, neither from the disk nor from the network; links lead to the web or to a mailbox.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QTextBrowser, QWidget

from desktop.ui import links, theme
from desktop.ui.tones import RAGS
from desktop.ui.widgets.growingtext import GrowingText

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_STAYS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
"""Reasons for losing the focus after which it comes back."""


def look_of(font: QFont) -> Any:
    """How a document looks on the screen: in this font, and in the tones that are in force."""
    # The parser is not needed before the first text is shown.
    from desktop.export.documents import html

    tones, points = theme.current(), font.pointSizeF()
    return html.Look(
        size=points if points > 0 else font.pixelSize() * 0.75,
        text=tones.text,
        muted=tones.muted,
        hairline=tones.hairline,
        accent=tones.accent,
        band=tones.accent_soft,
        tones={rag: tones.rag(rag) for rag in RAGS},
    )


class MarkdownView(QTextBrowser):
    """Shows a text formatted, as high as it is; it can be selected and copied, by keyboard too."""

    edit_requested = Signal()
    """It was clicked beside a link, or Enter or F2 pressed on none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(theme.TIGHT)
        self.document().setIndentWidth(theme.WIDE)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._open)
        theme.changed.connect(self._draw)

    def text(self) -> str:
        """The Markdown that is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self._draw()

    def loadResource(self, kind: int, name: QUrl) -> Any:
        """Nothing, whatever it is."""
        return QByteArray(b"")  # of what is no value at all, Qt reads the file itself

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * self.fontMetrics().averageCharWidth(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_link = bool(self.textCursor().charFormat().anchorHref())
        if event.key() in _KEYS and not on_link:
            self.edit_requested.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        beside = not self.anchorAt(event.position().toPoint()) and not self.textCursor().hasSelection()
        if event.button() == Qt.MouseButton.LeftButton and beside:
            self.edit_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        # The parser is not needed before the first text is shown.
        from desktop.export.documents import html, markdown

        look = look_of(self.font())
        self.setHtml(html.body(markdown.blocks(self._text), look) if self._text.strip() else "")
        self._fit()

    def _open(self, link: QUrl) -> None:
        self.asked = links.ask_to_open(link.toString(), self.window())

    def _fit(self, *_size: object) -> None:
        frame = self.height() - self.viewport().height()
        height = round(self.document().size().height()) + max(0, frame)
        if height != self.height():
            self.setFixedHeight(height)


class MarkdownEdit(QWidget):
    """A text that is formatted while one reads it and plain while one writes it.

    Tab, a click, Enter or F2 begin to write; leaving it shows it formatted again, Esc takes back what was typed.
    """

    committed = Signal()
    """It was left with another text than it was shown."""
    edited = Signal()
    """Something was typed; nothing is finished yet."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 3, most: int = 16) -> None:
        super().__init__(parent)
        self._shown = self._committed = ""
        self._asks_again = False
        self._given = "", ""
        self._read_only = False
        self.view = MarkdownView(self)
        self.input = GrowingText(self, least=least, most=most)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.input)
        self._stack.addWidget(self.view)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view.edit_requested.connect(self.edit)
        self.input.textChanged.connect(self.edited)
        for part in (self.view, self.input):
            part.installEventFilter(self)
        self._show_formatted()

    def value(self) -> str:
        """The Markdown that stands there; of a text that nobody touched, its own line ends."""
        text = self.input.toPlainText()
        return self._given[0] if text == self._given[1] else text

    def set_value(self, text: str) -> None:
        """Show a text; what was typed is gone, and nothing is committed."""
        self._shown = self._committed = text
        blocked = self.input.blockSignals(True)
        self.input.set_text(text)
        self.input.blockSignals(blocked)
        self._given = text, self.input.toPlainText()
        if not self.is_editing():
            self._show_formatted()

    def shown(self) -> str:
        """The text last shown by `set_value`."""
        return self._shown

    def set_shown(self, text: str) -> None:
        """Another text is kept meanwhile; what is typed here stays."""
        self._shown = text

    def ask_again(self) -> None:
        """What was committed was not saved: once somebody has come back here, leaving commits it anew."""
        self._asks_again = True

    def is_typed(self) -> bool:
        """Whether another text stands there than was shown."""
        return self.value() != self._shown

    def is_editing(self) -> bool:
        """Whether one writes in it now."""
        return self._stack.currentWidget() is self.input and self.input.hasFocus()

    def edit(self) -> None:
        """Begin to write."""
        if not self._read_only:
            self._stack.setCurrentWidget(self.input)
            self._adapt()
            self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """As if it were left."""
        self._committed = self.value()
        if self.is_typed():
            self.committed.emit()

    def revert(self) -> None:
        """Back to what was shown."""
        self.input.set_text(self._shown)

    def set_read_only(self, read_only: bool) -> None:
        """Whether it only shows."""
        self._read_only = read_only
        self.input.setReadOnly(read_only)
        self._show_formatted()

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        for part in (self, self.view, self.input):
            part.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn and watched is self.input and self._asks_again:
            self._committed, self._asks_again = self._shown, False
        if kind == QEvent.Type.Resize:
            self._adapt()
        elif watched is self.view and isinstance(event, QFocusEvent) and kind == QEvent.Type.FocusIn:
            if event.reason() in (
                Qt.FocusReason.TabFocusReason,
                Qt.FocusReason.BacktabFocusReason,
                Qt.FocusReason.ShortcutFocusReason,
            ):
                # After the view has seen the event, which moves the focus on.
                QTimer.singleShot(0, self, self.edit)
        elif watched is self.input and isinstance(event, QFocusEvent) and kind == QEvent.Type.FocusOut:
            if event.reason() not in _STAYS:
                QTimer.singleShot(0, self, self._on_left)
        elif watched is self.input and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            return self._on_escape(event)
        return super().eventFilter(watched, event)

    def _on_escape(self, event: QKeyEvent) -> bool:
        """Esc is this field's while there is something to take back, the dialog's otherwise."""
        if not self.is_typed():
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.revert()
        return True

    def _on_left(self) -> None:
        if not self.input.hasFocus():
            # What was committed already is not committed again: it may have been refused.
            if self.value() != self._committed:
                self.commit()
            self._show_formatted()

    def _show_formatted(self) -> None:
        text = self.value()
        reads = bool(text.strip()) or self._read_only
        if reads:
            self.view.set_text(text)
        self._stack.setCurrentWidget(self.view if reads else self.input)
        self.setFocusProxy(self.view if reads else self.input)
        self._adapt()

    def _adapt(self) -> None:
        """As high as the one of the two that is seen."""
        height = self._stack.currentWidget().height()
        if height != self.height():
            self.setFixedHeight(height)
