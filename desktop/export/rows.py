"""The one place where rows are written: streamed where the sheet has a stream, else cell by cell through openpyxl.

Rows come together, some hundred at a time: what a column makes of them it makes in one go, and no loop of Python's
runs over the cells of a row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, repeat
from typing import Any, TypeVar

from desktop.export import fragments, measure, styles, texts
from desktop.export.cells import EPOCH, MOST, PADDING, At, Cells, News
from desktop.export.plain import Plain
from desktop.export.streaming import Stream
from desktop.export.styles import Style, Styles

TOGETHER = 200
"""Rows that are best written together: more would only take more memory."""
ROW = fragments.ROW.encode()
_NUMBER = b"%d".__mod__

T = TypeVar("T")


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows in lists of up to `TOGETHER`."""
    left = iter(rows)
    while batch := list(islice(left, TOGETHER)):
        yield batch


class Rows:
    """Writes rows into a sheet, from the first to the last."""

    def __init__(self, sheet: Any, book: Styles) -> None:
        self.sheet, self.book = sheet, book
        self._at = At()
        self._stream: Stream | None = getattr(sheet, "stream", None)
        self._plain = Plain(sheet) if self._stream is None else None
        self._makers: Sequence[Cells] = ()
        self._openings = Openings()

    def write(self, row: Sequence[Any], makers: Sequence[Cells], ref: str = "") -> tuple[int, ...]:
        """One row, as `together` writes several; gives the marks of its cells."""
        return tuple(marks for (marks,) in self.together([row], makers, [ref]))

    def together(
        self, rows: Sequence[Sequence[Any]], makers: Sequence[Cells], refs: Sequence[str]
    ) -> list[Sequence[int]]:
        """Several rows: of each, for each column what was selected. `refs` name them, should a text be too long for
        its cell.

        Gives the marks of the cells of each column.
        """
        if makers is not self._makers:
            self._place(makers)
        columns = [*zip(*rows, strict=True)]
        if len(columns) != len(makers):
            raise ValueError("a row has as many values as the sheet has columns")
        at = self._at
        first = at.number + 1
        at.number += len(rows)
        at.ref = refs[0] if len(rows) == 1 else None
        try:
            made = [maker.column(values) for maker, values in zip(makers, columns, strict=True)]
        except News:
            at.number = first - 1
            alone = [self.write(row, makers, ref) for row, ref in zip(rows, refs, strict=True)]
            return [*zip(*alone, strict=True)]
        pieces, heights, marks = zip(*made, strict=True)
        self._put(range(first, at.number + 1), map(max, zip(*heights, strict=True)), pieces)
        return [*marks]

    def _put(self, numbers: range, heights: Iterable[float], columns: Sequence[Sequence[Any]]) -> None:
        """Write rows by the pieces of their columns."""
        if self._stream is not None:
            openings = map(self._openings.__getitem__, heights)
            rows = zip(repeat(ROW), openings, *columns)
            self._stream.add(b"".join(map(bytes.join, map(_NUMBER, numbers), rows)))
            return
        for number, height, row in zip(numbers, heights, zip(*columns, strict=True), strict=True):
            cells = [(column, *piece) for column, piece in enumerate(row, 1)]
            self._written(number, min(height, MOST) + PADDING, cells)

    def _place(self, makers: Sequence[Cells]) -> None:
        """Tell the makers of cells where they stand."""
        self._makers = makers
        for maker, following in zip(makers, fragments.following(len(makers)), strict=True):
            maker.place(self._at, following if self._stream is not None else None)

    def bare(self, columns: Sequence[Sequence[bytes]]) -> None:
        """Rows of texts that no reader sees, from the first column on, as XML has them: in UTF-8, markup escaped."""
        first = self._at.number + 1
        self._at.number += len(columns[0])
        numbers = range(first, self._at.number + 1)
        look = self.book.number(styles.PLAIN)
        if self._stream is None:
            for number, row in zip(numbers, zip(*columns, strict=True), strict=True):
                said = enumerate((fragments.unescaped(text.decode()) for text in row), 1)
                self._written(number, 0.0, [(column, text, look) for column, text in said])
            return
        pieces = []
        for texts_of, following in zip(columns, fragments.following(len(columns)), strict=True):
            before, after = fragments.around(look, following)
            pieces.append([before + text + after for text in texts_of])
        opening = f"{fragments.height(0.0)}{fragments.start(1)}".encode()
        rows = zip(repeat(ROW), repeat(opening), *pieces)
        self._stream.add(b"".join(map(bytes.join, map(_NUMBER, numbers), rows)))

    def plain(self, values: Sequence[tuple[Any, Style] | None], height: float = 0.0) -> None:
        """One row of values with a style of their own each, for sheets that are no tables."""
        self._at.number += 1
        cells = ((number, *self._styled(*value)) for number, value in enumerate(values, 1) if value)
        self._written(self._at.number, height, cells)

    def _styled(self, content: Any, style: Style) -> tuple[Any, str]:
        if isinstance(content, str):
            text = texts.legal(content)[0]
            style = replace(style, quoted=text.startswith(texts.GUARDED))
            return text, self.book.number(style, measure.wide(text))
        if isinstance(content, dt.date):
            content, style = (content - EPOCH).days, replace(style, format=styles.DATE)
        return content, self.book.number(style)

    def _written(self, number: int, height: float, cells: Iterable[tuple[int, Any, str]]) -> None:
        if self._stream is not None:
            self._stream.add(fragments.row(number, height, cells))
        elif self._plain is not None:
            self._plain.write(number, height, cells)


class Openings(dict[float, bytes]):
    """What stands between the number of a row and that of its first cell, by how high its texts stand."""

    def __missing__(self, height: float) -> bytes:
        points = min(height, MOST) + PADDING
        found = self[height] = (fragments.height(points) + fragments.start(1)).encode()
        return found
