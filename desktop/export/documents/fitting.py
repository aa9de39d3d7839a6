"""How many rows of several tables together fit on so many pages, as far as that can be told without setting them.

Each table first shows a row, then a second, and so on in turn, until the room is used or all rows stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.export import measure
from desktop.export.documents.content import Block, Heading, Paragraph, Spans, Table, words
from desktop.i18n import format_number, language, ngettext

WIDTH = 5_100
"""What a line of a table holds over the whole page, in hundredths of an em."""
PADDING = 85
"""Of which each cell keeps so much free."""
WIDER = {"ja": 1.15}
"""How much wider than in Calibri Latin letters are in a language's fonts."""
LINES = 54.0
"""Lines of a table on a page."""
ROW, HEAD, MORE = 0.6, 4.2, 1.6
"""What a row takes beyond its lines, a table for heading and header, and the sentence that there are more."""


@dataclass(frozen=True)
class Section:
    """A table under a heading, of whose rows some are shown; `count` says how many there are in all."""

    title: str
    table: Table
    count: int

    def height(self, shown: int) -> float:
        """What it takes with so many rows, in lines."""
        if not shown:
            return 0.0
        rows = sum(_height(row, self.table.shares()) for row in self.table.rows[:shown])
        return HEAD + rows + (MORE if shown < self.count else 0.0)

    def blocks(self, shown: int) -> list[Block]:
        """The heading, so many rows, and how many more there are; nothing where there are none."""
        if not shown:
            return []
        table = self.table
        part = Table(table.headers, table.rows[:shown], table.widths, table.tones[:shown])
        found: list[Block] = [Heading(self.title), part]
        more = self.count - shown
        if more > 0:
            text = ngettext("and {count} more", "and {count} more", more)
            found.append(Paragraph(words(text.format(count=format_number(more)), muted=True)))
        return found


def _height(row: tuple[Spans, ...], shares: Sequence[float]) -> float:
    latin = WIDER.get(language(), 1.0)
    texts = ("".join(span.shown for span in cell) for cell in row)
    rooms = (share / 100 * WIDTH - PADDING for share in shares)
    return ROW + max(measure.lines(text, room, latin) for text, room in zip(texts, rooms, strict=True))


def fitted(sections: Sequence[Section], room: float) -> list[Block]:
    """The sections that have rows, with as many of them as the room allows: one at the least."""
    shown = [min(1, len(section.table.rows)) for section in sections]
    growing = set(range(len(sections)))
    while growing:
        for number in sorted(growing):
            more = [*shown]
            more[number] += 1
            taken = sum(section.height(count) for section, count in zip(sections, more, strict=True))
            if more[number] > len(sections[number].table.rows) or taken > room:
                growing.discard(number)
            else:
                shown = more
    return [block for section, count in zip(sections, shown, strict=True) for block in section.blocks(count)]
