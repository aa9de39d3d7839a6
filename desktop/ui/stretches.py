"""A long document in stretches, each laid out for itself: the window can go on in between, and one can cancel.

What stands on the last, half-empty page of a stretch begins the next one, so that the pages follow as if of one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QTextDocument

from desktop.export.documents import html
from desktop.export.documents.content import Block, Document, Heading, Table
from desktop.ui.paging import last_rows

ROWS = 120
"""Rows of a stretch: laying these out holds up the window for less than a tenth of a second."""


def rows_of(blocks: Sequence[Block]) -> int:
    """How many rows there are; what is no table counts as one."""
    return sum(len(block.rows) if isinstance(block, Table) else 1 for block in blocks)


def stretch(blocks: Sequence[Block], most: int = ROWS) -> tuple[list[Block], list[Block]]:
    """The first blocks, of at most so many rows, and the rest; a heading stays with what is under it."""
    taken: list[Block] = []
    left = most
    for place, block in enumerate(blocks):
        rows = rows_of([block])
        if rows <= left:
            taken.append(block)
            left -= rows
            continue
        rest = list(blocks[place:])
        if isinstance(block, Table) and left:
            first, rest[0] = cut(block, left)
            taken.append(first)
        while len(taken) > 1 and isinstance(taken[-1], Heading):
            rest.insert(0, taken.pop())
        return taken, rest
    return taken, []


def cut(table: Table, rows: int) -> tuple[Table, Table]:
    """A table in two, the first with so many rows."""
    return (
        replace(table, rows=table.rows[:rows], tones=table.tones[:rows]),
        replace(table, rows=table.rows[rows:], tones=table.tones[rows:]),
    )


def carried(text: QTextDocument, taken: Sequence[Block]) -> Table | None:
    """The rows of the last table that stand on the last page, where these alone stand there."""
    last = taken[-1]
    if not isinstance(last, Table) or text.pageCount() < 2:
        return None
    rows = last_rows(text)
    return cut(last, len(last.rows) - rows)[1] if 0 < rows < len(last.rows) else None


def joined(first: Table | None, rest: Sequence[Block]) -> list[Block]:
    """What is carried over, and what follows, as one table where it is the same one that goes on."""
    if first is None:
        return list(rest)
    if rest and isinstance(rest[0], Table) and rest[0].headers == first.headers:
        after = rest[0]
        return [replace(after, rows=first.rows + after.rows, tones=first.tones + after.tones), *rest[1:]]
    return [first, *rest]


def untitled(part: Document, look: html.Look, breaks: html.Breaks) -> str:
    """A stretch that goes on, as HTML."""
    return f"<html><body>{html.body(part.blocks, look, breaks)}</body></html>"
