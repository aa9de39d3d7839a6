"""Rows whose cells seem to stand in wrong columns: what one column refuses reads like those of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from desktop.export.intake.tracker import days
from desktop.export.intake.tracker.columns import Header, Outside
from desktop.export.intake.tracker.plan import Untaken
from desktop.export.intake.tracker.shown import is_filled, text_of
from desktop.export.intake.values import Value
from desktop.i18n import _, quoted

ALIKE = 85
"""From how many per cent of likeness on a cell reads like one of another column."""
SHORTEST = 6
"""Characters below which likeness tells nothing."""
NEAR = 4
"""Rows around it that a cell is compared with."""


class Window:
    """The last rows of a sheet, to compare a cell with those around it."""

    def __init__(self, header: Header, dated: Iterable[int]) -> None:
        self.header = header
        self.dated = frozenset(dated)
        """Numbers of the columns that become dates."""
        self._rows: list[tuple[int, Sequence[Value]]] = []

    def note(self, number: int, values: Sequence[Value]) -> None:
        """Keep a row."""
        self._rows = [*self._rows[-NEAR:], (number, values)]

    def told(self, number: int, untaken: Sequence[Untaken]) -> Outside | None:
        """That the row just kept is shifted, if one of the cells that could not be taken says so."""
        for cell in untaken:
            other = self._like(cell) if len(cell.text) >= SHORTEST else 0
            if other:
                words = _(
                    "“{text}” stands under {column} and reads like the cells under {other}: are they shifted?"
                )
                why = words.format(
                    text=quoted(cell.text),
                    column=cell.column.shown,
                    other=self.header.column(other).shown,
                )
                return Outside(cell.sheet, number, cell.text, why)
        return None

    def _like(self, cell: Untaken) -> int:
        """The number of another column whose cells nearby read like this one, 0 where none does."""
        own = cell.column.number
        if own not in self.dated and days.is_date(cell.text):
            nearest = sorted(self.dated, key=lambda number: abs(number - own))
            return nearest[0] if nearest else 0
        for _number, values in reversed(self._rows):
            for place, value in enumerate(values, 1):
                text = text_of(value) if is_filled(value) else ""
                if place != own and len(text) >= SHORTEST and fuzz.ratio(text, cell.text) >= ALIKE:
                    return place
        return 0
