"""The passages of a text as the reader shows them: in the tone of their record's RAG, underlined, and marked beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.i18n import _, captioned, join_parts
from desktop.service import passages
from desktop.service.workspace import Workspace
from desktop.ui import theme
from desktop.ui.passages.offsets import Offsets
from desktop.ui.record.summaries import Summary, summary
from desktop.ui.widgets.rag import word

SHOWN_HITS = 500
"""What a search finds beyond these is not marked, only counted."""


@dataclass(frozen=True)
class Mark:
    """A passage at its place, and the record that comes from it."""

    quote: Any
    start: int
    end: int
    record: Summary
    sure: bool
    """Whether the words there are its own."""

    @property
    def spoken(self) -> str:
        """As a screen reader and a tool tip tell it."""
        told = captioned(_("Passage of"), self.record.spoken)
        told = join_parts(told, word(self.record.rag)) if self.record.rag else told
        return told if self.sure else join_parts(told, _("in other words"))


def marks(workspace: Workspace, edition: Any) -> list[Mark]:
    """The passages that stand in a text, in its order."""
    text = passages.text_of(edition).text
    known: dict[int, Summary] = {}
    found = []
    for quote in passages.inside(edition):
        subject = quote.subject_id
        if subject not in known:
            known[subject] = summary(workspace, passages.record_of(quote))
        sure = text[quote.start : quote.end] == quote.quote
        found.append(Mark(quote, quote.start, quote.end, known[subject], sure))
    return found


def drawn(document: QTextDocument, offsets: Offsets, found: Iterable[Mark]) -> list[QTextEdit.ExtraSelection]:
    """How passages look: wash and line in the colours of the RAG; a dashed line where the words are others."""
    selections = []
    for mark in found:
        ink, ground = theme.current().rag(mark.record.rag)
        look = QTextCharFormat()
        look.setBackground(theme.colour(ground))
        look.setForeground(theme.colour(theme.current().text))
        style = QTextCharFormat.UnderlineStyle
        look.setUnderlineStyle(style.SingleUnderline if mark.sure else style.DashUnderline)
        look.setUnderlineColor(theme.colour(ink))
        selections.append(selection(document, offsets, mark.start, mark.end, look))
    return selections


def washed(
    document: QTextDocument, offsets: Offsets, places: Iterable[tuple[int, int]]
) -> list[QTextEdit.ExtraSelection]:
    """How places look to which something else leads: what was searched, a paragraph that a record names."""
    look = QTextCharFormat()
    look.setBackground(theme.colour(theme.current().accent_soft))
    look.setForeground(theme.colour(theme.current().text))
    return [selection(document, offsets, start, end, look) for start, end in list(places)[:SHOWN_HITS]]


def selection(
    document: QTextDocument, offsets: Offsets, start: int, end: int, look: QTextCharFormat
) -> QTextEdit.ExtraSelection:
    """A place with its look."""
    made = QTextEdit.ExtraSelection()
    cursor = QTextCursor(document)
    cursor.setPosition(offsets.to_qt(start))
    cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    made.cursor, made.format = cursor, look
    return made
