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
        if sheet.key in taken or not (
            sheet.key in called or headings.folded(read.name) in _names(sheet.name)
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


def sentences(message: str) -> frozenset[str]:
    """What stands in a sheet instead of no rows, in each language, folded."""
    return _names(message) if message else frozenset()


def strangers(found: Iterable[SheetRead], layout_titles: Iterable[str] = ()) -> Iterator[SheetRead]:
    """Of the sheets that hold no records of ours, those that the program did not write."""
    own = {headings.folded(title) for title in layout_titles}
    for name in (*known.TOLD.values(), longtexts.NAME):
        own |= _names(name)
    begins = []
    for sheet in _declared():
        own |= _names(sheet.name)
    for name in (_CHANGES, N_("Closed since {day}"), N_("Closed since last report")):
        begins += [each.partition("{day}")[0].strip() for each in _names(name)]
    for read in found:
        name = headings.folded(read.name)
        known_one = name in own or any(name.startswith(each) for each in begins if each)
        if read.state is State.VISIBLE and not known_one:
            yield read
