"""A document as PDF, drawn by Qt's rich text: what stands on each page is painted around it.

It shows nothing and takes no window: a worker of a process that has a `QGuiApplication` may call it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

from desktop.export import palette
from desktop.export.documents import html
from desktop.export.documents.content import Document, cleaned
from desktop.export.fonts import JAPANESE, LATIN
from desktop.i18n import _, speaking
from desktop.ui.paging import paged

RESOLUTION = 600
"""Dots per inch that the text is laid out in."""
MILLIMETRE = RESOLUTION / 25.4
POINT = RESOLUTION / 72
SIDE, TOP, BOTTOM, EDGE = 20 * MILLIMETRE, 22 * MILLIMETRE, 24 * MILLIMETRE, 10 * MILLIMETRE
"""Margins of the page, and how far head and foot stand from its edge."""
FAMILIES = {
    False: (LATIN, "Carlito", "Segoe UI", "Helvetica Neue", "Noto Sans", JAPANESE, "Hiragino Sans", "Noto Sans CJK JP"),
    True: (JAPANESE, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", LATIN, "Carlito"),
}  # fmt: skip
"""The fonts of a document, the first that there is; by whether it is in Japanese."""


def print_pdf(document: Document, path: Path) -> None:
    """Write the document to a file; raises `OSError`."""
    path.write_bytes(pdf(document))


def pdf(document: Document) -> bytes:
    """The document as PDF."""
    document = cleaned(document)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    writer.setTitle(" ".join(document.title.split()))
    writer.setAuthor(" ".join(document.properties.author.split()))
    writer.setCreator("Juntos")
    with speaking(document.language):
        _Sheets(document, writer).draw()
    buffer.close()
    return buffer.data().data()


class _Sheets:
    """The pages of one document."""

    def __init__(self, document: Document, writer: QPdfWriter) -> None:
        self.document, self.writer = document, writer
        self.width, self.height = float(writer.width()), float(writer.height())
        self.japanese = document.language == "ja"
        # Yu Gothic stands wide apart by itself.
        self.look = html.Look(line=100 if self.japanese else 108)
        inside = QSizeF(self.width - 2 * SIDE, self.height - TOP - BOTTOM)
        self.text = paged(self._laid_out, inside, 12 * POINT)

    def _laid_out(self, breaks: html.Breaks, size: QSizeF) -> QTextDocument:
        text = QTextDocument()
        text.setUndoRedoEnabled(False)
        text.documentLayout().setPaintDevice(self.writer)
        text.setDefaultFont(self._font(self.look.size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text.setDefaultTextOption(option)
        text.setDocumentMargin(0)
        text.setIndentWidth(20)
        text.setHtml(html.page(self.document, self.look, breaks))
        text.setPageSize(size)
        return text

    def _font(self, size: float, bold: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(list(FAMILIES[self.japanese]))
        font.setPointSizeF(size)
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def draw(self) -> None:
        painter = QPainter(self.writer)
        try:
            pages = self.text.pageCount()
            for page in range(pages):
                if page:
                    self.writer.newPage()
                self._body(painter, page)
                self._around(painter, page + 1, pages)
        finally:
            painter.end()

    def _body(self, painter: QPainter, page: int) -> None:
        size = self.text.pageSize()
        part = QRectF(0, page * size.height(), size.width(), size.height())
        painter.save()
        painter.translate(SIDE, TOP - part.top())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self.look.text))
        self.text.documentLayout().draw(painter, context)
        painter.restore()

    def _around(self, painter: QPainter, page: int, pages: int) -> None:
        """What stands at the head and foot: how to handle it, what it is, which page this is."""
        inner = self.width - 2 * SIDE
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        marking = " ".join(self.document.marking.split())
        painter.setFont(self._font(9, bold=True))
        painter.setPen(QColor(f"#{palette.TONES['red'][0]}"))
        painter.drawText(
            QRectF(SIDE, EDGE, inner, TOP - EDGE), int(centred | Qt.AlignmentFlag.AlignTop), marking
        )
        foot = QRectF(SIDE, self.height - EDGE - 10 * MILLIMETRE, inner, 10 * MILLIMETRE)
        painter.drawText(foot, int(centred | Qt.AlignmentFlag.AlignBottom), marking)
        font = self._font(8.5)
        painter.setFont(font)
        painter.setPen(QColor(self.look.muted))
        number = _("Page {page} of {pages}").format(page=page, pages=pages)
        metrics = QFontMetricsF(font, self.writer)
        line = QRectF(SIDE, self.height - BOTTOM + 2 * MILLIMETRE, inner, metrics.height())
        room = inner - metrics.horizontalAdvance(number) - 12 * POINT
        words = metrics.elidedText(self.document.foot, Qt.TextElideMode.ElideRight, room)
        one_line = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(one_line | Qt.AlignmentFlag.AlignLeft), words)
        painter.drawText(line, int(one_line | Qt.AlignmentFlag.AlignRight), number)
