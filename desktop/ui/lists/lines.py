"""What a list shows, ready to be painted: windows of rows, of which only those last used are kept.

A window is made once, when it is first looked at: texts are worked out then, so that painting only picks. Texts
are one line, and long ones are cut; whoever needs the whole text (copying, exporting) reads the query itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from desktop.model.computed import Computed
from desktop.model.kinds import Choice, Kind, LongText, Text
from desktop.service.query import Row
from desktop.service.rows import WINDOW, Rows

KEPT = 10
"""Windows that are kept."""
SHOWN = 240
"""Characters of a text that a list shows."""
TOLD = 1200
"""Characters of a long text that a tool tip tells."""
_REMEMBERED = 4096

Line = tuple[Row, tuple[str, ...]]
"""A row as selected (id first), and its texts."""


class Lines:
    """The rows of one query by number. `rows` says how many there are."""

    def __init__(self, rows: Rows, first: list[Row] | None = None) -> None:
        self.rows = rows
        self._windows: OrderedDict[int, list[Line]] = OrderedDict()
        self._first_ids: list[int] = []
        self._show = [shower(kind) for kind in rows.query.kinds]
        if first is not None:
            self._keep(0, first)
            self._first_ids = [row[0] for row in first]

    def line(self, number: int) -> Line | None:
        """The row of this number; None where it is gone since the rows were numbered."""
        start = number - number % WINDOW
        window = self._windows.get(start)
        if window is None:
            window = self._keep(start, self.rows.window(start))
        elif next(reversed(self._windows)) != start:
            self._windows.move_to_end(start)
        place = number - start
        return window[place] if place < len(window) else None

    def _keep(self, start: int, rows: list[Row]) -> list[Line]:
        window = self._windows[start] = [self._line(row) for row in rows]
        if len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        return window

    def _line(self, row: Row) -> Line:
        texts = tuple(show(raw) for show, raw in zip(self._show, row[1:], strict=True))
        if any(isinstance(raw, str) and len(raw) > TOLD for raw in row):
            row = tuple(raw[:TOLD] + "…" if isinstance(raw, str) and len(raw) > TOLD else raw for raw in row)
        return row, texts

    def forget(self) -> None:
        """Let the windows go, so that they are read again."""
        self._windows.clear()

    def set_columns(self, columns: tuple[str, ...]) -> None:
        """Show other columns of the same rows."""
        self.rows.query = replace(self.rows.query, columns=columns)
        self._show = [shower(kind) for kind in self.rows.query.kinds]
        self.forget()

    def loaded(self) -> dict[int, list[int]]:
        """The ids in each of the windows that are at hand, by the number of its first row."""
        return {start: [row[0] for row, _texts in window] for start, window in self._windows.items()}

    def ids(self, start: int, stop: int) -> list[int]:
        """The ids of the rows numbered from `start` to before `stop`."""
        return self.rows.ids(start, stop) or self._first_ids[start:stop]

    def places(self, ids: Collection[int]) -> dict[int, int]:
        """The row number of each of these ids, those left out that have none."""
        wanted = set(ids)
        found = {number: start + i for start, held in self.loaded().items() for i, number in enumerate(held)}
        found |= {number: i for i, number in enumerate(self._first_ids)}
        if wanted <= found.keys():
            return {number: found[number] for number in wanted}
        if self.rows.numbered:
            return self.rows.places(wanted)
        return {number: found[number] for number in wanted & found.keys()}


def shower(kind: Kind) -> Callable[[Any], str]:
    """How a column's values read in one line; for kinds of few values, worked out once for each."""
    shown = kind.as_ if isinstance(kind, Computed) else kind
    if isinstance(shown, Text | LongText) and not isinstance(shown, Choice):
        return one_line
    known: dict[Any, str] = {}

    def remembered(raw: Any) -> str:
        text = known.get(raw)
        if text is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            text = known[raw] = one_line(kind.shown(raw))
        return text

    return remembered


def one_line(text: str | None) -> str:
    """A text as a list shows it."""
    if not text:
        return ""
    if len(text) > SHOWN:
        text = text[:SHOWN].rstrip() + "…"
    return text if text.isprintable() else " ".join(text.split())
