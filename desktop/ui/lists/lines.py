"""What a list shows, ready to be painted: windows of rows, of which only those last used are kept.

A window is made once, when it is first looked at: texts are worked out then, so that painting only picks. Texts
are one line, and long ones are cut; whoever needs the whole text (copying, exporting) reads the query itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from desktop.model.computed import Computed
from desktop.model.kinds import Kind, LongText, Text
from desktop.service.query import Row
from desktop.service.rows import WINDOW, Rows

KEPT = 10
"""Windows that are kept."""
MOST = 20_000
"""Rows that are copied, or kept selected by their ids, at once."""
SHOWN = 240
"""Characters of a text that a list shows."""
TOLD = 1200
"""Characters of a long text that a tool tip tells."""
_REMEMBERED = 4096

Values = tuple[Any, ...]
"""What a query selected for one column, row by row."""
Line = tuple[Row, tuple[str, ...]]
"""A row as selected (id first), and its texts."""


class Lines:
    """The rows of one query by number. `rows` says how many there are."""

    def __init__(self, rows: Rows, first: list[Row] | None = None) -> None:
        self.rows = rows
        self._windows: OrderedDict[int, list[Line]] = OrderedDict()
        self._first_ids: list[int] = []
        self._describe()
        if first is not None:
            self._keep(0, first)
            self._first_ids = [row[0] for row in first]

    @property
    def count(self) -> int:
        """How many rows a list shows."""
        return self.rows.count

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
        window = self._windows[start] = self._ready(rows)
        if len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        return window

    def _ready(self, rows: list[Row]) -> list[Line]:
        """Rows with their texts, made column by column: most of it then runs outside of Python's own loop."""
        columns = list(zip(*rows, strict=True))
        for place in self._long:
            if columns and any(raw and len(raw) > TOLD for raw in columns[place]):
                columns[place] = tuple(
                    raw[:TOLD] + "…" if raw and len(raw) > TOLD else raw for raw in columns[place]
                )
                rows = list(zip(*columns, strict=True))
        texts = [show(column) for show, column in zip(self._show, columns[1:], strict=False)]
        return (
            list(zip(rows, zip(*texts, strict=True), strict=True)) if texts else [(row, ()) for row in rows]
        )

    def _describe(self) -> None:
        kinds = self.rows.query.kinds
        self._show = [shower(kind) for kind in kinds]
        self._long = [place for place, kind in enumerate(kinds, 1) if isinstance(_plain(kind), LongText)]

    def forget(self) -> None:
        """Let the windows go, so that they are read again."""
        self._windows.clear()

    def set_columns(self, columns: tuple[str, ...]) -> None:
        """Show other columns of the same rows."""
        self.rows.query = replace(self.rows.query, columns=columns)
        self._describe()
        self.forget()

    def loaded(self) -> dict[int, list[int]]:
        """The ids in each of the windows that are at hand, by the number of its first row."""
        return {start: [row[0] for row, _texts in window] for start, window in self._windows.items()}

    def records_in(self, first: int, last: int) -> int:
        """How many records stand in these rows."""
        return last - first + 1

    def whole(self, first: int, last: int) -> Iterator[list[Row]]:
        """The rows numbered from `first` to `last` with their texts uncut, window by window."""
        for start in range(first, last + 1, WINDOW):
            yield self.rows.window(start, min(WINDOW, last + 1 - start))

    def agrees(self, old: Lines) -> bool:
        """Whether the rows that were last looked at in `old` are the same records, in the same places."""
        if self.count != old.count or old.rows.query.columns != self.rows.query.columns:
            return False
        return all(
            (line := Lines.line(self, start + place)) is not None and line[0][0] == held
            for start, ids in list(old.loaded().items())[-2:]
            for place, held in enumerate(ids)
        )

    def ids(self, start: int, stop: int, most: int = MOST) -> list[int]:
        """The ids of the rows numbered from `start` to before `stop`, at most so many."""
        stop = min(stop, start + most)
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


class _Known(dict[Any, str]):
    """The texts of values met before: columns of few values make each of them once."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, raw: Any) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        text = self[raw] = one_line(self._kind.shown(raw))
        return text


def shower(kind: Kind) -> Callable[[Values], Sequence[str]]:
    """How the values of a column read, each in one line."""
    if isinstance(_plain(kind), Text):
        return as_lines
    known = _Known(kind)
    return lambda column: list(map(known.__getitem__, column))


def as_lines(column: Values) -> Sequence[str]:
    """The texts of a column; itself where they can be shown as they are."""
    try:
        if max(map(len, column)) <= SHOWN and "".join(column).isprintable():
            return column
    except TypeError:  # there is a None
        pass
    return list(map(one_line, column))


def _plain(kind: Kind) -> Kind:
    return kind.as_ if isinstance(kind, Computed) else kind


def one_line(text: str | None) -> str:
    """A text as a list shows it."""
    if not text:
        return ""
    if len(text) > SHOWN:
        text = text[:SHOWN].rstrip() + "…"
    return text if text.isprintable() else " ".join(text.split())
