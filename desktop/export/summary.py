"""The summary: how things stand, counted. Two charts stand above the tables that they draw; all tables have the
same columns, a RAG each, so that they stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from desktop.export import charts, layout, palette, styles, wording
from desktop.export.counted import Placed, Table
from desktop.export.figures import RAGS, Figures, Line
from desktop.export.rows import Rows
from desktop.export.styles import Style
from desktop.i18n import _
from desktop.model import scales

if TYPE_CHECKING:
    from desktop.export.workbook import Book

NAME_WIDTH, WIDTH, GAP = 30.0, 10.5, 3.0
NUMBERS = len(RAGS) + 2
"""Columns of a table beside the name: the RAGs, their total, and what of it is overdue."""
COLUMNS = 2 * (1 + NUMBERS) + 1
CHART_ROWS, CHART_ROW_HEIGHT = 16, 15.0
TITLE = Style(size=14, bold=True, wrap=False, vertical="center")
SECTION = Style(size=12, bold=True, color=palette.ACCENT, wrap=False, vertical="bottom")
HEAD = Style(bold=True, color=palette.MUTED, ground=palette.BAND, line=palette.HAIRLINE, vertical="center")
HEAD_NUMBER = replace(HEAD, align="right")
NAME = Style(line=palette.HAIRLINE, vertical="center")
COUNT = replace(NAME, align="right", format='#,##0;-#,##0;"–"')
WORD = replace(NAME, wrap=False)
PAST_GAP = 2 + NUMBERS
"""Where the table on the right begins."""


class Summary:
    """The sheet in the making."""

    def __init__(self, book: Book, sheet: Any, figures: Figures) -> None:
        self.book, self.sheet, self.figures = book, sheet, figures
        self.font = book.styles.font
        self.lines: list[tuple[Placed, float]] = []
        self.merged: list[int] = []

    def write(self, sentence: str) -> None:
        """Fill the sheet."""
        self.lines.append(([(sentence, TITLE)], 30))
        status, follow_ups, stage, owed, *others = self._tables()
        drawn = [table for table in (status, follow_ups, stage, owed) if table.drawn][:2]
        if drawn:
            self.lines += [([None], CHART_ROW_HEIGHT)] * CHART_ROWS
        if not self.figures.nothing:
            self._side_by_side(status, follow_ups)
            self._side_by_side(stage, owed)
            self.sheet.row_breaks.append(Break(id=len(self.lines) + 1))
            if self.figures.asks:
                asks = self._crosstab(_("Asks by status"), scales.PROGRESS, self.figures.asks)
                self._side_by_side(asks, Table(""))
            self._recommendations()
            for left, right in zip(others[::2], others[1::2], strict=True):
                if not (left.empty and right.empty):
                    self._side_by_side(left, right)
        self._put(drawn)

    def _tables(self) -> list[Table]:
        """All tables, those side by side next to each other."""
        counted = self.figures
        what = {
            "follow_ups": (_("Open follow-ups by country"), _("Open follow-ups by sector")),
            "initiatives": (_("Initiatives by country"), _("Initiatives by sector")),
            "recommendations": (_("Recommendations by country"), _("Recommendations by sector")),
        }
        tables = [
            self._crosstab(_("Recommendations by status"), scales.PROGRESS, counted.recommendations),
            self._crosstab(_("Follow-ups by status"), scales.FOLLOW_UP, counted.follow_ups),
            self._crosstab(_("Initiatives by stage"), scales.STAGE, counted.initiatives, _("Stage")),
            self._breakdown(_("Open follow-ups by who owes them"), counted.by_side, overdue=True),
        ]
        for key, (by_country, by_sector) in what.items():
            overdue = key == "follow_ups"
            tables.append(self._breakdown(by_country, counted.by_country(key), overdue))
            tables.append(self._breakdown(by_sector, counted.by_sector(key), overdue))
        return tables

    def _crosstab(self, title: str, scale: dict[str, str], tally: Counter[Any], first: str = "") -> Table:
        """Status by RAG, every status of the scale, with totals."""
        table = Table(title)
        rows = [
            (said, [sum(tally[value, rag] for value in values) for rag in RAGS])
            for said, values in wording.words(scale).items()
        ]
        self._head(table, first or _("Status"))
        for name, counts in rows:
            self._row(table, name, [*counts, sum(counts)])
        if any(tally.values()):
            table.drawn = rows
        sums = [sum(counts[at] for _name, counts in rows) for at in range(len(RAGS))]
        self._row(table, _("Total"), [*sums, sum(sums)], bold=True)
        return table

    def _breakdown(self, title: str, lines: Iterable[Line], overdue: bool = False) -> Table:
        """What there is of each country, sector or side."""
        table = Table(title)
        self._head(table, "", overdue)
        drawn = []
        for line in lines:
            counts = [line.rags[rag] for rag in RAGS]
            self._row(table, line.name, [*counts, sum(counts), *([line.overdue] if overdue else [])])
            drawn.append((line.name, counts))
        table.drawn = drawn
        if table.empty:
            table.rows = [([(_("Nothing to count."), styles.NOTE)], 18)]
        return table

    def _head(self, table: Table, first: str, overdue: bool = False) -> None:
        labels = [*(_(scales.RAG[rag]) for rag in RAGS), _("Total"), *([_("Overdue")] if overdue else [])]
        height = max(self._height(label, WIDTH) for label in (first, *labels))
        table.rows.append(([(first, HEAD), *((label, HEAD_NUMBER) for label in labels)], height + 3))

    def _row(self, table: Table, name: str, counts: list[int], bold: bool = False) -> None:
        style, number = replace(NAME, bold=bold), replace(COUNT, bold=bold)
        row: Placed = [(name, style), *((count, number) for count in counts)]
        table.rows.append((row, self._height(name, NAME_WIDTH)))

    def _height(self, text: str, width: float) -> float:
        return styles.height(text, width, self.font) + 4.5

    def _side_by_side(self, left: Table, right: Table) -> None:
        """Add two tables."""
        sections: Placed = [(left.title, SECTION), *[None] * (PAST_GAP - 1), (right.title, SECTION)]
        self.lines.append((sections, 28))
        left.head = right.head = len(self.lines) + 2
        right.column = 1 + PAST_GAP
        empty: tuple[Placed, float] = ([], 0.0)
        for one, other in zip_longest(left.rows, right.rows, fillvalue=empty):
            between: Placed = [None] * (PAST_GAP - len(one[0]))
            self.lines.append(([*one[0], *between, *other[0]], max(one[1], other[1])))

    def _recommendations(self) -> None:
        """A row for each recommendation: how it stands, and what is done for it."""
        rows = self.figures.by_recommendation
        if not rows:
            return
        self.lines.append(([(_("By recommendation"), SECTION)], 28))
        labels = [_("RAG"), _("Initiatives"), _("Open follow-ups"), _("Overdue")]
        head: Placed = [(_("Recommendation"), HEAD), *[(None, HEAD)] * (PAST_GAP - 1), (_("Status"), HEAD)]
        height = max(self._height(label, WIDTH) for label in labels) + 3
        self.lines.append(
            ([*head, (labels[0], HEAD), *((label, HEAD_NUMBER) for label in labels[1:])], height)
        )
        for ref, title, status, rag, *counts in rows:
            text, ground = palette.TONES[rag]
            chip = replace(NAME, bold=True, color=text, ground=ground)
            name = f"{ref}  {title}"
            said = wording.word(scales.PROGRESS, status)
            row: Placed = [
                (name, NAME),
                *[(None, NAME)] * (PAST_GAP - 1),
                (said, WORD),
            ]
            row += [(_(scales.RAG[rag]), chip), *((count, COUNT) for count in counts)]
            self.lines.append((row, self._height(name, NAME_WIDTH + NUMBERS * WIDTH)))
            self.merged.append(len(self.lines) + 1)

    def _put(self, drawn: list[Table]) -> None:
        """Write what was gathered; a chart knows its table by the rows and columns that it stands in."""
        half = [NAME_WIDTH, *[WIDTH] * NUMBERS]
        layout.page(self.sheet, self.book.frame, [*half, GAP, *half], titles="1:1")
        layout.dimension(self.sheet, COLUMNS, 1 + len(self.lines))
        layout.freeze(self.sheet, 1, 0)
        rows = Rows(self.sheet, self.book.styles)
        layout.marking_row(rows, self.book.frame.marking, COLUMNS)
        for values, height in self.lines:
            rows.plain(values, height)
        for number in self.merged:
            self.sheet.merged_cells.add(f"A{number}:{get_column_letter(1 + NUMBERS)}{number}")
        names = [_(scales.RAG[rag]) for rag in RAGS]
        for first, table in zip((0, PAST_GAP), drawn, strict=False):
            bars = charts.Bars(table.title, RAGS, names, table.drawn, table.column, table.head)
            chart = charts.stacked(self.sheet, bars, self.font)
            self.sheet.add_chart(chart, charts.over(first, first + 1 + NUMBERS, 2, 2 + CHART_ROWS))
