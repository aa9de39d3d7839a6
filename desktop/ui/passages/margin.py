"""Beside a text: the number of each paragraph, and the shape of the RAG where a passage begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.i18n import format_number
from desktop.service.quoting import SourceText
from desktop.ui import theme
from desktop.ui.passages.marks import Mark
from desktop.ui.passages.offsets import Offsets
from desktop.ui.widgets.rag import paint_shape
from desktop.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from desktop.ui.passages.page import TextPage

SIDE = 10
"""Of a mark's shape."""


class Margin(QWidget):
    """Follows its page as that scrolls; a click on a mark selects the passage."""

    def __init__(self, page: TextPage) -> None:
        super().__init__(page)
        self._page = page
        self._numbers: dict[int, str] = {}
        self._marks: dict[int, list[Mark]] = {}
        self.setMouseTracking(True)

    def number(self, text: SourceText, document: QTextDocument, offsets: Offsets) -> None:
        """Learn which line of the text is which paragraph."""
        self._numbers = {
            document.findBlock(offsets.to_qt(part.start)).blockNumber(): format_number(part.number)
            for part in text.parts
            if part.kind == "paragraph" and part.number
        }
        self.update()

    def show_marks(self, marks: list[Mark], document: QTextDocument, offsets: Offsets) -> None:
        """Show these passages."""
        self._marks = {}
        for mark in marks:
            line = document.findBlock(offsets.to_qt(mark.start)).blockNumber()
            self._marks.setdefault(line, []).append(mark)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.tabular(self.font()))
        painter.setPen(theme.colour(theme.current().muted))
        for line, top, height in self._lines():
            number = self._numbers.get(line)
            if number is not None:
                place = QRect(0, top, self.width() - theme.LARGE, height)
                painter.drawText(
                    place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number
                )
            for place, mark in self._shapes(line, top, height):
                if mark.record.rag:
                    paint_shape(painter, QRectF(place), mark.record.rag)
                else:
                    # a meeting has no RAG
                    paint_shape(painter, QRectF(place), "green", theme.current().accent)

    def _lines(self) -> list[tuple[int, int, int]]:
        """The first lines of the paragraphs in view: block number, top, height."""
        page = self._page
        layout, shift = page.document().documentLayout(), page.verticalScrollBar().value()
        block = page.cursorForPosition(QPoint(0, 0)).block()
        found = []
        while block.isValid():
            box = layout.blockBoundingRect(block)
            if box.top() - shift > self.height():
                break
            if block.layout().lineCount():
                first = block.layout().lineAt(0)
                top = block.layout().position().y() + first.y() - shift
                found.append((block.blockNumber(), round(top), round(first.height())))
            block = block.next()
        return found

    def _shapes(self, line: int, top: int, height: int) -> list[tuple[QRect, Mark]]:
        """Where the marks of a line are drawn, at most three beside each other, left of its number."""
        middle = top + height // 2 - SIDE // 2
        return [
            (QRect(theme.TIGHT + place * (SIDE + 2), middle, SIDE, SIDE), mark)
            for place, mark in enumerate(self._marks.get(line, [])[:3])
        ]

    def mark_at(self, point: QPoint) -> Mark | None:
        """The mark under a point."""
        for line, top, height in self._lines():
            for place, mark in self._shapes(line, top, height):
                if place.adjusted(-2, -2, 2, 2).contains(point):
                    return mark
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.mark_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position().toPoint())
        if mark is not None:
            self._page.select(mark.start, mark.end)
            self._page.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(mark.spoken) if mark is not None else "", self)
            return True
        return super().event(event)
