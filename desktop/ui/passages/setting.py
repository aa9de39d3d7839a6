"""A source's text set for reading: headings, paragraphs with room between the lines, notes a little smaller."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop.service.quoting import Part, SourceText
from desktop.ui import theme
from desktop.ui.passages.offsets import Offsets

LARGER = 1.12
"""The letters of a text that is read for long, beside those of the window."""
HEADING, SMALL_PRINT = 1.2, 0.92
LEADING = 136
"""Per cent of a line's height."""


def reading_font(font: QFont) -> QFont:
    """The font of paragraphs beside a window in `font`."""
    return _scaled(font, LARGER)


def document(text: SourceText, offsets: Offsets, font: QFont, owner: QObject) -> QTextDocument:
    """The text as Qt shows it: a block each line, so that `offsets` tell the places."""
    made = QTextDocument(owner)
    made.setUndoRedoEnabled(False)
    made.setDefaultFont(reading_font(font))
    made.setDocumentMargin(0)
    made.setPlainText(text.text)
    cursor = QTextCursor(made)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_gap())
    for part in text.parts:
        cursor.setPosition(offsets.to_qt(part.start))
        cursor.setPosition(offsets.to_qt(part.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.setBlockFormat(_block(part))
        letters = _letters(part, font)
        if letters is not None:
            cursor.setCharFormat(letters)
    cursor.endEditBlock()
    return made


def _gap() -> QTextBlockFormat:
    """The line between two parts."""
    gap = QTextBlockFormat()
    gap.setLineHeight(theme.MEDIUM, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return gap


def _block(part: Part) -> QTextBlockFormat:
    block = QTextBlockFormat()
    leading = 120 if part.kind in ("heading", "figure") else LEADING
    block.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if part.kind == "heading":
        block.setHeadingLevel(2)
        block.setTopMargin(theme.WIDE if part.start else 0)
        block.setBottomMargin(theme.TIGHT)
    elif part.kind == "figure":
        block.setLeftMargin(theme.WIDE)
    return block


def _letters(part: Part, font: QFont) -> QTextCharFormat | None:
    if part.kind == "paragraph":
        return None
    letters = QTextCharFormat()
    if part.kind == "heading":
        heading = _scaled(font, LARGER * HEADING)
        heading.setWeight(QFont.Weight.DemiBold)
        letters.setFont(heading)
    else:
        letters.setFont(_scaled(font, LARGER * SMALL_PRINT))
        letters.setForeground(theme.colour(theme.current().muted))
    return letters


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * factor)
    else:
        scaled.setPixelSize(round(font.pixelSize() * factor))
    return scaled
