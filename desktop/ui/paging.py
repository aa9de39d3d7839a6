"""Where the pages of a rich text end: no row of a table is cut in two, no heading stands last on its page.

Qt's layout knows neither, so it is asked where things have come to lie, and the text is set again with breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable

from desktop.export.documents.html import Breaks

MOST_PASSES = 50
"""After which the text stays as it is: each mends at least one page."""
ENDLESS = 1e9


def paged(laid_out: Callable[[Breaks, QSizeF], QTextDocument], size: QSizeF, slack: float) -> QTextDocument:
    """The text with breaks where they belong; `slack` is what a break itself takes of a page's height."""
    breaks = Breaks()
    text = laid_out(breaks, size)
    if text.pageCount() == 1:
        return text
    natural = [_Heights(table) for table in _tables(laid_out(breaks, QSizeF(size.width(), ENDLESS)))]
    for _pass in range(MOST_PASSES):
        found = _lonely_headings(text, size.height()) - breaks.headings
        if found:
            breaks.headings.add(min(found))
        elif not _mend_rows(text, natural, breaks, size.height(), slack):
            break
        text = laid_out(breaks, size)
    return text


class _Heights:
    """How high the rows of a table are where no page ends within it."""

    def __init__(self, table: QTextTable) -> None:
        tops = [_top(table, row) for row in range(table.rows())]
        tops.append(table.document().documentLayout().frameBoundingRect(table).bottom())
        self.header, *self.rows = (below - above for above, below in pairwise(tops))


def _mend_rows(
    text: QTextDocument, natural: list[_Heights], breaks: Breaks, height: float, slack: float
) -> bool:
    """Break before the first row that is ill placed, and in the rest of its table where the pages then end."""
    tables = _tables(text)
    for number, heights in enumerate(natural):
        row = -1
        while row < len(heights.rows) - 1:
            table = next(tables)
            for place in range(1, table.rows()):
                row += 1
                if _ill_placed(table, place, height) and (number, row) not in breaks.rows:
                    first = row - (place > 1 and _to_the_edge(table, place - 1, height, slack))
                    breaks.rows -= {(n, r) for n, r in breaks.rows if n == number and r > first}
                    breaks.rows |= {(number, each) for each in _ends(heights, first, height - slack)}
                    return True
    return False


def _ends(heights: _Heights, first: int, height: float) -> Iterator[int]:
    """The rows that begin a page, where `first` begins one."""
    yield first
    used = heights.header
    for row in range(first, len(heights.rows)):
        if used + heights.rows[row] > height and row > first:
            yield row
            used = heights.header
        used += heights.rows[row]
        if used > height:  # a row that is higher than a page goes on over the next ones
            used %= height


def _lonely_headings(text: QTextDocument, height: float) -> set[int]:
    """The headings whose text begins on another page."""
    found, number = set(), -1
    block = text.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            number += 1
            follows = _follows(text, block)
            if follows is not None and int(follows // height) > int(_rect(block).top() // height):
                found.add(number)
        block = block.next()
    return found


def _follows(text: QTextDocument, heading: QTextBlock) -> float | None:
    """Where what stands under a heading begins: of a table, where its first row ends."""
    block = heading.next()
    if not block.isValid():
        return None
    table = text.frameAt(block.position())
    while isinstance(table, QTextTable):
        if table.format().headerRowCount():
            return _bottom(table, 1) - 1 if table.rows() > 1 else None
        table = table.parentFrame()
    first = block.layout().lineAt(0) if block.layout().lineCount() else None
    return _rect(block).top() + (first.y() + first.height() / 2 if first is not None else 0)


def _tables(text: QTextDocument) -> Iterator[QTextTable]:
    """The tables that have a header."""
    for frame in text.rootFrame().childFrames():
        if isinstance(frame, QTextTable) and frame.format().headerRowCount():
            yield frame


def last_rows(text: QTextDocument) -> int:
    """How many rows of tables with a header stand on the last page, up from its end."""
    height = text.pageSize().height()
    last, found = text.pageCount() - 1, 0
    for table in reversed(list(_tables(text))):
        for row in range(table.rows() - 1, 0, -1):
            if int(_top(table, row) // height) < last:
                return found
            found += 1
    return found


def _ill_placed(table: QTextTable, row: int, height: float) -> bool:
    """Whether a row is cut, or was moved to the next page: then Qt draws the one before down to the page's end."""
    first, last = _top(table, row) // height, (_bottom(table, row) - 1) // height
    return first != last or (row > 1 and (_bottom(table, row - 1) - 1) // height != first)


def _to_the_edge(table: QTextTable, row: int, height: float, slack: float) -> bool:
    """Whether a row ends so low on its page that a break after it would itself take another page."""
    return height - _bottom(table, row) % height < slack


def _top(table: QTextTable, row: int) -> float:
    return min(
        _rect(table.cellAt(row, each).firstCursorPosition().block()).top() for each in range(table.columns())
    )


def _bottom(table: QTextTable, row: int) -> float:
    return max(
        _rect(table.cellAt(row, each).lastCursorPosition().block()).bottom()
        for each in range(table.columns())
    )


def _rect(block: QTextBlock) -> QRectF:
    return block.document().documentLayout().blockBoundingRect(block)
