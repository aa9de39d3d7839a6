"""Which columns of a sheet for others have anything in them: what may not be shown leaves no empty column behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.export import wording
from desktop.export.columns import Column, Extended, Sheet
from desktop.export.layouts import known
from desktop.export.snapshot import Snapshot
from desktop.model import Entity
from desktop.model.computed import Computed
from desktop.model.kinds import LongText, Text
from desktop.model.relations import Many, Reference

FIRST = 50
"""Records that are read with all columns, before only those are looked for that had nothing until there."""


def filled(snapshot: Snapshot, sheet: Sheet, query: Extended) -> Sheet:
    """A sheet without the columns in which no record shows anything, of those that can be hidden from an audience.

    Whether a column is empty because nothing was entered, or because nothing of it may be shown, makes no difference:
    it would be a sign of the latter. A sheet without records keeps all that it has; one of which no column is left
    has the references, of moved dates and progress those of the records that they are of.
    """
    doubtful = [each for each in sheet.columns if _can_be_hidden(sheet, each)]
    for most in (FIRST, None):
        if not doubtful:
            return sheet
        asked, empty, read = _of(query, doubtful), list(doubtful), False
        places = _places(doubtful)
        for number, row in enumerate(snapshot.rows(asked)):
            if number == most or not empty:
                break
            read = True
            empty = [each for each in empty if not any(row[1 + place] for place in places[each.key])]
        if not read:
            return sheet
        doubtful = empty
    kept = tuple(each for each in sheet.columns if each not in doubtful)
    return replace(sheet, first=kept or (_reference(sheet),), more=False)


def _reference(sheet: Sheet) -> Column:
    """The column that tells what a row is of."""
    if issubclass(sheet.entity, Entity):
        return Column(("ref",))
    declared = known.sheet(sheet.key)
    assert declared is not None
    return next(
        column for column in declared.columns if column.kinds(declared.entity)[0].name == declared.title
    )


def _can_be_hidden(sheet: Sheet, column: Column) -> bool:
    """Whether it may be empty for an audience: it names other records, or tells in words."""
    if column.hidden or column.name or _holds(column, (sheet.title, "ref", sheet.levels, sheet.group)):
        return False
    return all(
        isinstance(wording.inner(kind), Reference | Many | LongText | Text)
        for kind in column.kinds(sheet.entity)
    )


def _holds(column: Column, names: Iterable[Any]) -> bool:
    return any(part in names for part in column.parts)


def _of(query: Extended, columns: list[Column]) -> Extended:
    """The query, of these columns alone."""
    parts: list[Any] = [part for column in columns for part in column.parts]
    names = tuple(part.name if isinstance(part, Computed) else part for part in parts)
    return replace(
        query, columns=names, extra=tuple(part for part in parts if isinstance(part, Computed)), order=()
    )


def _places(columns: list[Column]) -> dict[str, range]:
    """Where the parts of each column stand in a row."""
    found, place = {}, 0
    for column in columns:
        found[column.key] = range(place, place + len(column.parts))
        place += len(column.parts)
    return found
