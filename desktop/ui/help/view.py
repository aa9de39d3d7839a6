"""A page of the help as it is read: it scrolls, its links lead to other pages, what is searched for is marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.help.pages import HERE
from desktop.ui.lists.hits import Terms, hits
from desktop.ui.widgets.markdown import MarkdownView


class HelpView(MarkdownView):
    """As high as its room; Tab goes from link to link, the arrows scroll."""

    topic_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setProperty("reader", True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setTabChangesFocus(False)  # Qt's own: from link to link, then on
        self.document().setDocumentMargin(theme.WIDE)
        self.setAccessibleName(_("Help"))
        theme.changed.connect(self._mark)
        self._terms: Terms = ()

    def set_terms(self, terms: Terms) -> None:
        """Mark these words, and show the first of them."""
        self._terms = terms
        self._mark()
        marked = self.extraSelections()
        if marked:
            cursor = QTextCursor(marked[0].cursor)
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _mark(self) -> None:
        """A ground under each hit: it is seen without colours, too, by the words searched for."""
        look = QTextCharFormat()
        look.setBackground(theme.colour(theme.current().amber_on))
        look.setForeground(theme.colour(theme.current().text))
        look.setFontUnderline(theme.current().high)
        found = []
        block = self.document().begin()
        while block.isValid():
            for start, end in hits(block.text(), self._terms) if self._terms else ():
                each = QTextEdit.ExtraSelection()
                each.cursor = QTextCursor(block)
                each.cursor.setPosition(block.position() + start)
                each.cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                each.format = look
                found.append(each)
            block = block.next()
        self.setExtraSelections(found)

    def minimumSizeHint(self) -> Any:
        return QTextEdit.minimumSizeHint(self)

    def sizeHint(self) -> Any:
        return QTextEdit.sizeHint(self)

    def _open(self, link: QUrl) -> None:
        if link.toString().startswith(HERE):
            self.topic_requested.emit(link.toString().removeprefix(HERE))
        else:
            super()._open(link)

    def _fit(self, *_size: object) -> None:
        """Nothing: it scrolls."""
