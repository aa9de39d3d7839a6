"""A grouped list: a header stands above the rows of each group, which can be folded away under it.

Only the groups are kept, never their rows: where a row stands follows from how many rows each group has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from desktop.i18n import _, captioned, join_parts
from desktop.model import field
from desktop.service.query import Row
from desktop.service.rows import Group, Rows
from desktop.ui.lists.counts import counted
from desktop.ui.lists.lines import MOST, Line, Lines

_SIDES = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_KEYS = (*_SIDES, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Header(NamedTuple):
    """A group as the list shows it."""

    value: Any
    text: str
    count: int
    folded: bool


class GroupedLines(Lines):
    """The rows of a grouped query by the place in which the list shows them, headers among them.

    `folded` holds the values of the groups whose rows are not shown; whoever changes it lays out anew.
    """

    def __init__(self, rows: Rows, folded: set[Any]) -> None:
        super().__init__(rows)
        self.folded = folded
        self._firsts = [group.first for group in rows.groups]
        self.lay_out()

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in their order."""
        return self.rows.groups

    def lay_out(self) -> None:
        """Work out where each group begins."""
        sizes = [1 + (0 if group.value in self.folded else group.size) for group in self.groups]
        *self._begins, self._count = accumulate(sizes, initial=0)
        self._as_laid_out = frozenset(self.folded)

    @property
    def count(self) -> int:
        return self._count

    def place_of(self, row: int) -> tuple[int, int]:
        """The number of the group that a row of the list belongs to, and its place in it: 0 for the header."""
        number = bisect_right(self._begins, row) - 1
        return number, row - self._begins[number]

    def header(self, row: int) -> Header | None:
        """The group whose header stands in this row; None where a record does."""
        if not 0 <= row < self._count:
            return None
        number, place = self.place_of(row)
        if place:
            return None
        group = self.groups[number]
        return Header(group.value, self.words(group.value), group.size, group.value in self.folded)

    def words(self, value: Any) -> str:
        """How the value of a group reads."""
        kind = field(self.rows.query.entity, self.rows.query.group)
        return kind.shown(value) or _("None")

    def begin(self, number: int) -> int:
        """The row in which the header of a group stands."""
        return self._begins[number]

    def _record(self, row: int) -> int | None:
        """The number of the record in a row; None for a header."""
        number, place = self.place_of(row)
        return self._firsts[number] + place - 1 if place else None

    def row_of(self, record: int) -> int | None:
        """The row in which the record of this number stands; None where it is folded away."""
        number = bisect_right(self._firsts, record) - 1
        if number < 0 or self.groups[number].value in self.folded:
            return None
        return self._begins[number] + 1 + record - self._firsts[number]

    def group_of(self, record_id: int) -> Group | None:
        """The group that has the record of this id."""
        record = super().places([record_id]).get(record_id)
        return None if record is None else self.groups[bisect_right(self._firsts, record) - 1]

    def line(self, number: int) -> Line | None:
        record = self._record(number)
        return None if record is None else super().line(record)

    def stretches(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The numbers of the records in these rows, as first and last of each stretch."""
        row = first
        while row <= last:
            number, place = self.place_of(row)
            following = self._begins[number + 1] if number + 1 < len(self._begins) else self._count
            start, end = max(place, 1), min(last, following - 1) - self._begins[number]
            if start <= end:
                yield self._firsts[number] + start - 1, self._firsts[number] + end - 1
            row = following

    def records_in(self, first: int, last: int) -> int:
        return sum(end - start + 1 for start, end in self.stretches(first, last))

    def ids(self, start: int, stop: int, most: int = MOST) -> list[int]:
        found: list[int] = []
        for first, last in self.stretches(start, min(stop, self._count) - 1):
            found += super().ids(first, last + 1, most - len(found))
            if len(found) >= most:
                break
        return found

    def whole(self, first: int, last: int) -> Iterator[list[Row]]:
        for start, end in self.stretches(first, last):
            yield from super().whole(start, end)

    def places(self, ids: Collection[int]) -> dict[int, int]:
        found = {each: self.row_of(record) for each, record in super().places(ids).items()}
        return {each: row for each, row in found.items() if row is not None}

    def agrees(self, old: Lines) -> bool:
        same = isinstance(old, GroupedLines) and (old.groups, old._as_laid_out) == (
            self.groups,
            self._as_laid_out,
        )
        return same and super().agrees(old)


def spoken(header: Header, entity_key: str) -> str:
    """A header as a screen reader tells it."""
    how = _("folded") if header.folded else _("unfolded")
    return captioned(header.text, join_parts(counted(entity_key, header.count), how))


def lines_of(rows: Rows, folded: set[Any], first: list[Row] | None = None) -> Lines:
    """The rows of a query as its list shows them."""
    return GroupedLines(rows, folded) if rows.query.group else Lines(rows, first)


class Folding:
    """Folds and unfolds the groups of a list's model; what is folded stays so when the rows are read again."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.folded: set[Any] = set()
        self._by = ""

    def begin(self, group: str) -> set[Any]:
        """What is folded of a list that is grouped by this field."""
        if group != self._by:
            self._by, self.folded = group, set()
        return self.folded

    def _lines(self) -> GroupedLines | None:
        lines = self._model.lines
        return lines if isinstance(lines, GroupedLines) else None

    def header(self, row: int) -> Header | None:
        """The header in a row of the list."""
        lines = self._lines()
        return lines.header(row) if lines is not None else None

    def set(self, row: int, folded: bool) -> bool:
        """Fold or unfold the group that a row belongs to; whether that changes anything."""
        lines = self._lines()
        if lines is None or not 0 <= row < lines.count:
            return False
        number, _place = lines.place_of(row)
        group = lines.groups[number]
        if (group.value in self.folded) == folded:
            return False
        at = lines.begin(number) + 1
        with self._model.resizing(at, group.size, inserting=not folded):
            (self.folded.add if folded else self.folded.discard)(group.value)
            lines.lay_out()
        self._model.told_of(at - 1)
        return True

    def toggle(self, row: int) -> bool:
        """Fold the group of a header, or unfold it."""
        header = self.header(row)
        return header is not None and self.set(row, not header.folded)

    def press(self, row: int, key: int) -> bool:
        """What a key does in a row: on a header it folds or unfolds; whether it does anything."""
        if key not in _KEYS or self.header(row) is None:
            return False
        if key in _SIDES:
            self.set(row, key == Qt.Key.Key_Left)
        else:
            self.toggle(row)
        return True

    def set_all(self, folded: bool) -> None:
        """Fold or unfold every group."""
        lines = self._lines()
        if lines is not None:
            self._put({group.value for group in lines.groups} if folded else set())

    def _put(self, folded: Iterable[Any]) -> None:
        self.folded.clear()
        self.folded.update(folded)
        self._model.lay_out()

    def reveal(self, record_id: int) -> None:
        """Unfold the group of a record."""
        lines = self._lines()
        if lines is None or not self.folded:
            return
        group = lines.group_of(record_id)
        if group is not None:
            self.set(lines.begin(lines.groups.index(group)), False)
