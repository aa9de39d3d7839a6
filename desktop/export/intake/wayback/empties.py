"""Sheets that were sent without a record: `_sync` does not have them, yet somebody may have added rows to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from desktop.export import longtexts
from desktop.export.columns import UID, Sheet
from desktop.export.intake.book import SheetRead, State
from desktop.export.intake.wayback import headings
from desktop.export.intake.wayback.syncing import SyncSheet
from desktop.export.layouts import known, stored
from desktop.i18n import LANGUAGES, N_, _, speaking

HEADER = 2
"""The row of the headings; a second one is found as those of other sheets are."""
_CHANGES = N_("Changes since {day}")
_CLOSED = (N_("Closed since {day}"), N_("Closed since last report"))
_SINCE = {"follow_ups_closed": _CLOSED}
"""What sheets are called, by their keys, in a workbook that says since when; `export.since` calls them so."""


def exported(read: SheetRead, others: Iterable[SyncSheet], layout: str) -> SyncSheet | None:
    """How a sheet of records was exported that had none, told by its name and its headings; None for another one."""
    taken = {each.key for each in others}
    called = {
        each.key
        for definition in stored.layouts()
        if layout in ("", definition.key)
        for each in definition.sheets
        if each.title and headings.folded(each.title) == headings.folded(read.name)
    }
    for sheet in _declared():
        messages = (sheet.name, *_SINCE.get(sheet.key, ()))
        if sheet.key in taken or not (
            sheet.key in called or any(_is_called(read.name, each) for each in messages)
        ):
            continue
        columns = known.columns(sheet)
        labels = headings.labels(sheet, columns, stored.layouts())
        for number, row in read.rows.filled():
            there = _keys(row, labels)
            if len(there) > 1:
                return SyncSheet(sheet.key, read.name, sheet.entity.key(), number, there)
            if number > HEADER + 10:
                break
    return None


def _keys(row: Iterable[object], labels: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The keys of a row of headings; of several columns that are called alike, the sheet's own, which comes first."""
    heads = {headings.folded(value) for value in row if value is not None}
    found = []
    for key, called in labels.items():
        if key != UID.key and called & heads:
            found.append(key)
            heads -= called
    return tuple(found)


def _declared() -> list[Sheet]:
    """All sheets of records that a workbook can have."""
    return [found for key in known.sheet_keys() if (found := known.sheet(key)) is not None]


@cache
def _names(message: str) -> frozenset[str]:
    found = set()
    for code in LANGUAGES:
        with speaking(code):
            found.add(headings.folded(_(message)))
    return frozenset(found)


def _is_called(name: str, message: str) -> bool:
    """Whether a sheet has a name, in any language and of any day."""
    folded = headings.folded(name)
    parts = [each.partition("{day}") for each in _names(message)]
    return any(
        folded == before if not day else folded.startswith(before.strip()) and folded.endswith(after.strip())
        for before, day, after in parts
        if before.strip() or after.strip()
    )


def sentences(message: str) -> frozenset[str]:
    """What stands in a sheet instead of no rows, in each language, folded."""
    return _names(message) if message else frozenset()


def strangers(found: Iterable[SheetRead], layout_titles: Iterable[str] = ()) -> Iterator[SheetRead]:
    """Of the sheets that hold no records of ours, those that the program did not write."""
    own = {headings.folded(title) for title in layout_titles}
    for name in (*known.TOLD.values(), longtexts.NAME):
        own |= _names(name)
    for sheet in _declared():
        own |= _names(sheet.name)
    for read in found:
        known_one = headings.folded(read.name) in own or any(
            _is_called(read.name, each) for each in (_CHANGES, *_CLOSED)
        )
        if read.state is State.VISIBLE and not known_one:
            yield read
