"""The rows of a sheet that came back: which were edited, which are new, copied or gone.

A row is told by its uid, or by its reference where somebody emptied that hidden cell. This is the one loop over all
rows: a row whose marks are all as exported costs one comparison of two strings of bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from desktop.export.intake.wayback.empties import sentences
from desktop.export.intake.wayback.headings import folded
from desktop.export.intake.wayback.marking import Marks, packing, unpacked
from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.sent import SentSheet, padded
from desktop.export.intake.wayback.values import blank
from desktop.export.planning import NONE_LISTED, NONE_SHARED
from desktop.i18n import _
from desktop.text import fold


@dataclass(frozen=True)
class Edited:
    """A row of a known record with the keys of the cells that are not as exported."""

    number: int
    uid: str
    values: Sequence[Any]
    marks: Mapping[str, int]
    """The exported marks of these cells, by key."""


@dataclass
class Seen:
    """What the rows of a sheet are."""

    edited: dict[int, Edited] = field(default_factory=dict)
    """By the number of the row."""
    new: list[tuple[int, Sequence[Any]]] = field(default_factory=list)
    copied: list[tuple[int, Sequence[Any], int]] = field(default_factory=list)
    """Rows with the uid of another one, and the number of that."""
    gone: list[str] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    """Uids of rows that another sheet was exported with, and that stand here now."""
    told: list[Proposal] = field(default_factory=list)


class _Comparing:
    """Compares the cells of one row with what was exported for its record."""

    def __init__(self, sheet: SentSheet) -> None:
        self.keys = [key for key in sheet.exported.columns if key in sheet.places]
        self.places = [sheet.places[key] for key in self.keys]
        every = list(sheet.exported.columns)
        self.at = [every.index(key) for key in self.keys]
        self.whole = len(self.keys) == len(every)
        self.marks = Marks()
        self._pack = packing(len(self.keys)).pack
        self._take = itemgetter(*self.places, 0) if self.places else itemgetter(0, 0)
        """Always of several: of one place it would give no tuple."""

    def marked(self, values: Sequence[Any]) -> tuple[int, ...]:
        """The marks of the cells of all keys that are there."""
        taken = self._take(values)[: len(self.keys)]
        return tuple(map(self.marks.__getitem__, taken))

    def alike(self, marked: tuple[int, ...], exported: bytes) -> bool:
        """Whether all of them are as exported."""
        return self.whole and self._pack(*marked) == exported

    def differing(self, marked: tuple[int, ...], exported: bytes) -> dict[str, int]:
        """The exported marks of the cells that are not as exported, by key."""
        then = unpacked(exported)
        return {
            key: then[at]
            for key, at, mark in zip(self.keys, self.at, marked, strict=True)
            if then[at] != mark
        }


def read(sheet: SentSheet, homes: Mapping[str, str]) -> Seen:
    """What the rows are. `homes` are the names of the sheets that each uid was exported in."""
    seen, comparing = Seen(), _Comparing(sheet)
    exported, width = sheet.exported.marks, max(sheet.read.width, 1)
    headings = {fold(text) for text in sheet.headings.values()}
    held: dict[str, tuple[int, dict[str, int]]] = {}
    nameless: list[tuple[int, Sequence[Any]]] = []
    uid_at = sheet.uid_at
    for number, short in sheet.read.rows.filled():
        values = padded(short, width)
        found = values[uid_at] if uid_at >= 0 else None
        uid = found.strip() if type(found) is str else ""
        then = exported.get(uid)
        if then is None:
            if number < sheet.first:
                continue
            if uid and not _headed(values, headings):
                seen.told.append(_stranger(sheet, number, uid, homes))
                if uid in homes:
                    seen.moved.add(uid)
            else:
                nameless.append((number, values))
            continue
        marked = comparing.marked(values)
        differing = {} if comparing.alike(marked, then) else comparing.differing(marked, then)
        if uid not in held:
            held[uid] = number, differing
            if differing:
                seen.edited[number] = Edited(number, uid, values, differing)
        else:
            _copied(seen, held, Edited(number, uid, values, differing), sheet)
    _nameless(seen, held, nameless, sheet, comparing, headings)
    seen.gone = [uid for uid in exported if uid not in held]
    return seen


def _copied(seen: Seen, held: dict[str, tuple[int, dict[str, int]]], row: Edited, sheet: SentSheet) -> None:
    """Of two rows with one uid, the one that is more like the exported one is the record's."""
    number, differing = held[row.uid]
    if len(row.marks) >= len(differing):
        seen.copied.append((row.number, row.values, number))
        return
    held[row.uid] = row.number, dict(row.marks)
    before = seen.edited.pop(number)
    if row.marks:
        seen.edited[row.number] = row
    seen.copied.append((number, before.values, row.number))


def _nameless(
    seen: Seen,
    held: dict[str, tuple[int, dict[str, int]]],
    rows: list[tuple[int, Sequence[Any]]],
    sheet: SentSheet,
    comparing: _Comparing,
    headings: set[str],
) -> None:
    """Rows without a uid: those whose reference is that of a record that has no row, and new ones."""
    by_ref = _by_ref(sheet) if rows else {}
    said = frozenset().union(
        *map(sentences, (NONE_LISTED, NONE_SHARED, sheet.sheet.empty if sheet.sheet else ""))
    )
    for number, values in rows:
        if _headed(values, headings):
            seen.told.append(
                Proposal(Kind.IGNORED, sheet.name, number, told=_("This row repeats the headings."))
            )
            continue
        filled = [value for value in values if not blank(value)]
        if not filled or (len(filled) == 1 and folded(filled[0]) in said):
            continue
        ref = values[sheet.places["ref"]] if "ref" in sheet.places else None
        uid = by_ref.get(comparing.marks[ref], "") if ref is not None else ""
        if not uid:
            seen.new.append((number, values))
            continue
        marked = comparing.marked(values)
        then = sheet.exported.marks[uid]
        differing = {} if comparing.alike(marked, then) else comparing.differing(marked, then)
        if uid in held:
            seen.copied.append((number, values, held[uid][0]))
        else:
            held[uid] = number, differing
            if differing:
                seen.edited[number] = Edited(number, uid, values, differing)


def _by_ref(sheet: SentSheet) -> dict[int, str]:
    """The uids by the marks of their references."""
    if "ref" not in sheet.places:
        return {}
    at = list(sheet.exported.columns).index("ref")
    return {unpacked(marks)[at]: uid for uid, marks in sheet.exported.marks.items()}


def _headed(values: Sequence[Any], headings: set[str]) -> bool:
    """Whether a row repeats the headings, as one does that was copied with its page."""
    filled = [fold(" ".join(value.split())) for value in values if type(value) is str and value.strip()]
    return len(filled) > 1 and sum(text in headings for text in filled) * 2 > len(filled)


def _stranger(sheet: SentSheet, number: int, uid: str, homes: Mapping[str, str]) -> Proposal:
    """A row whose uid this sheet was not exported with."""
    if uid in homes:
        told = _(
            "This row was moved here from the sheet “{sheet}”; move it back to have it compared."
        ).format(sheet=homes[uid])
    else:
        told = _(
            "Its hidden uid is that of no record of this sheet as it was exported; the row was copied from elsewhere."
            " Empty its cell in the column “UID” to have it taken for a new record."
        )
    return Proposal(Kind.ERROR, sheet.name, number, (sheet.uid_at + 1), "UID", came=uid, told=told)
