"""A document on pages, as PDF or on a printer, drawn by Qt's rich text: what stands on each page is painted around it.

It shows nothing and takes no window: a worker of a process that has a `QGuiApplication` may call it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

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
from desktop.ui import stretches
from desktop.ui.paging import paged

RESOLUTION = 600
"""Dots per inch of a PDF, that the text is laid out in; a printer has its own."""
SIDE, TOP, BOTTOM, EDGE = 20.0, 22.0, 24.0, 10.0
"""Margins of the page, and how far head and foot stand from its edge, in millimetres."""
_SLACK = 2
"""Dots that devices of the same paper may differ by."""
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
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(sheet(document))
    writer.setTitle(" ".join(document.title.split()))
    writer.setAuthor(" ".join(document.properties.author.split()))
    writer.setCreator("Juntos")
    draw(document, writer)
    buffer.close()
    return buffer.data().data()


def sheet(document: Document) -> QPageLayout:
    """The paper of a document, without margins: these are the document's own."""
    side = QPageLayout.Orientation.Landscape if document.landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), side, QMarginsF(0, 0, 0, 0))


def draw(document: Document, device: Any) -> None:
    """Draw a document on all the pages that it takes of a paged device without margins of its own."""
    Sheets(document, device).draw(device)


class Stopped(Exception):
    """Nobody wants the pages any more."""


class Sheets:
    """The pages of one document, laid out for the paper of a device; drawn on that one, or on one like it."""

    def __init__(
        self, document: Document, writer: Any, goes_on: Callable[[int, int], bool] = lambda _done, _all: True
    ) -> None:
        """`goes_on` is told how far it is; raises `Stopped` where it says no."""
        self.document, self.writer, self._goes_on = cleaned(document), writer, goes_on
        dots = float(writer.logicalDpiX())
        self.mm, self.point = dots / 25.4, dots / 72
        self.side, self.top, self.bottom, self.edge = (each * self.mm for each in (SIDE, TOP, BOTTOM, EDGE))
        self.width, self.height = float(writer.width()), float(writer.height())
        self.japanese = document.language == "ja"
        # Yu Gothic stands wide apart by itself.
        self.look = html.Look(line=100 if self.japanese else 108)
        inside = QSizeF(self.width - 2 * self.side, self.height - self.top - self.bottom)
        with speaking(document.language):
            self.texts = list(self._stretches(inside))

    def fit(self, device: Any) -> bool:
        """Whether a device has the paper that they are laid out for."""
        apart = (device.width() - self.width, device.height() - self.height)
        return device.logicalDpiX() == self.writer.logicalDpiX() and all(
            abs(each) <= _SLACK for each in apart
        )

    def _stretches(self, inside: QSizeF) -> Iterator[tuple[QTextDocument, int]]:
        """The texts, each with how many of its pages are drawn."""
        rest, whole = list(self.document.blocks), stretches.rows_of(self.document.blocks)
        done, first = 0, True
        while rest or first:
            if not self._goes_on(done, whole):
                raise Stopped
            taken, rest = stretches.stretch(rest)
            part = replace(self.document, blocks=tuple(taken))
            text = paged(partial(self._laid_out, part, first), inside, 12 * self.point)
            over = stretches.carried(text, taken) if rest else None
            yield text, text.pageCount() - (over is not None)
            rest, first = stretches.joined(over, rest), False
            done = whole - stretches.rows_of(rest)

    def _laid_out(self, part: Document, first: bool, breaks: html.Breaks, size: QSizeF) -> QTextDocument:
        """A part of the document; the first one under its title."""
        text = QTextDocument()
        text.setUndoRedoEnabled(False)
        text.documentLayout().setPaintDevice(self.writer)
        text.setDefaultFont(self._font(self.look.size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text.setDefaultTextOption(option)
        text.setDocumentMargin(0)
        text.setIndentWidth(20)
        body = html.page if first else stretches.untitled
        text.setHtml(body(part, self.look, breaks))
        text.setPageSize(size)
        return text

    def _font(self, size: float, bold: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(list(FAMILIES[self.japanese]))
        font.setPointSizeF(size)
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def draw(self, device: Any) -> None:
        """Draw all pages on a device whose paper they fit."""
        painter = QPainter(device)
        try:
            pages = [(text, page) for text, count in self.texts for page in range(count)]
            with speaking(self.document.language):
                for number, (text, page) in enumerate(pages, 1):
                    if number > 1:
                        device.newPage()
                    self._body(painter, text, page)
                    self._around(painter, number, len(pages))
        finally:
            painter.end()

    def _body(self, painter: QPainter, text: QTextDocument, page: int) -> None:
        size = text.pageSize()
        part = QRectF(0, page * size.height(), size.width(), size.height())
        painter.save()
        painter.translate(self.side, self.top - part.top())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self.look.text))
        text.documentLayout().draw(painter, context)
        painter.restore()

    def _around(self, painter: QPainter, page: int, pages: int) -> None:
        """What stands at the head and foot: how to handle it, what it is, which page this is."""
        inner = self.width - 2 * self.side
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        marking = " ".join(self.document.marking.split())
        painter.setFont(self._font(9, bold=True))
        painter.setPen(QColor(f"#{palette.TONES['red'][0]}"))
        painter.drawText(
            QRectF(self.side, self.edge, inner, self.top - self.edge),
            int(centred | Qt.AlignmentFlag.AlignTop),
            marking,
        )
        foot = QRectF(self.side, self.height - self.edge - 10 * self.mm, inner, 10 * self.mm)
        painter.drawText(foot, int(centred | Qt.AlignmentFlag.AlignBottom), marking)
        font = self._font(8.5)
        painter.setFont(font)
        painter.setPen(QColor(self.look.muted))
        number = _("Page {page} of {pages}").format(page=page, pages=pages)
        metrics = QFontMetricsF(font, self.writer)
        line = QRectF(self.side, self.height - self.bottom + 2 * self.mm, inner, metrics.height())
        room = inner - metrics.horizontalAdvance(number) - 12 * self.point
        words = metrics.elidedText(self.document.foot, Qt.TextElideMode.ElideRight, room)
        one_line = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(one_line | Qt.AlignmentFlag.AlignLeft), words)
        painter.drawText(line, int(one_line | Qt.AlignmentFlag.AlignRight), number)
