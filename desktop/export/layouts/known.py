"""What a layout can name: the sheets, the columns of each, and what becomes of a sheet when a layout is applied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from desktop.export import sheets as declared
from desktop.export.columns import Column, Sheet, column
from desktop.export.errors import ExportError
from desktop.export.layouts.definition import Definition, LayoutSheet
from desktop.i18n import N_, _
from desktop.model import ENTITIES, Entity, Invalid, Record, Subject, fields
from desktop.model.kinds import Kind
from desktop.model.relations import Reference
from desktop.service import views
from desktop.service.query import Condition
from desktop.service.views import View

COVER, SUMMARY, CHANGES = "cover", "summary", "changes"
TOLD = {COVER: N_("Cover"), SUMMARY: N_("Summary"), CHANGES: N_("Changes since the last report")}
"""Sheets that are no lists of records: nothing of them can be chosen but whether they are there, and their name."""
SINCE = "updates_since"
"""The column of what has changed since the last report, in sheets that have it."""
WITH_SINCE = ("recommendations", "initiatives", "follow_ups_open")


def _either(leads: Any, addressees: Any) -> Any:
    """Who leads; while nobody does, whom it is addressed to."""
    return leads or addressees


_AGENCY = column("leads", "addressees", label=N_("Agency"), width=28, join=_either)
AGENCY = _AGENCY.key
OFFERED: dict[str, tuple[Column, ...]] = {"recommendation": (_AGENCY,)}
"""Columns of entities that no sheet has unless a layout asks for them."""


def sheet(key: str) -> Sheet | None:
    """The declared sheet of rows of a key, or the plain one of the entity that is called so."""
    for each in declared.sheets():
        if each.key == key:
            return each
    entity = next((entity for entity in ENTITIES if entity.key() == key), None)
    return declared.plain(entity) if entity is not None else None


def sheet_keys() -> tuple[str, ...]:
    """The keys of all sheets, in the order of the workbook; then those of plain data."""
    whole = (COVER, SUMMARY, *(each.key for each in declared.sheets()), CHANGES)
    return tuple(dict.fromkeys((*whole, *(entity.key() for entity in ENTITIES))))


def sheet_title(key: str) -> str:
    """The name of a sheet, in the language spoken."""
    found = sheet(key)
    return _(found.name) if found is not None else _(TOLD.get(key, key))


def columns(of: Sheet) -> dict[str, Column]:
    """The columns that a sheet can have by their keys: its own, those of other sheets of the same records, then any
    other exported field."""
    others = [each for sheet in declared.sheets() if sheet.entity is of.entity for each in sheet.columns]
    found: dict[str, Column] = {}
    for each in (*of.columns, *OFFERED.get(of.entity.key(), ()), *others):
        found.setdefault(each.key, each)
    for kind in fields(of.entity):
        if kind.exported and not _of_register(kind):
            found.setdefault(kind.name, Column((kind.name,)))
    return found


def column_keys(of: Sheet) -> tuple[str, ...]:
    """The keys of the columns that a sheet can have."""
    since = (SINCE,) if of.key in WITH_SINCE else ()
    return tuple(dict.fromkeys((*columns(of), *since)))


def _of_register(kind: Kind) -> bool:
    return isinstance(kind, Reference) and kind.target is Subject


def view(of: LayoutSheet, entity: type[Record]) -> View:
    """The filter of a sheet as a saved view."""
    definition = views.Definition(filters=dict(of.where), group=of.group)
    return View(of.key, of.name, cast(type[Entity], entity), definition)


def conditions(workspace: Any, of: LayoutSheet, entity: type[Record]) -> tuple[Condition, ...]:
    """What a sheet is narrowed to. A filter of which nothing is there any more finds nothing: were it dropped, as a
    list on screen drops it, a workbook for somebody else would hold more than was meant for them. Raises `ExportError`
    for a filter of the officer at the desk while nobody is."""
    asked = view(of, entity)
    try:
        kept = views.local(workspace, asked)
        found = views.conditions(workspace, asked)
    except Invalid as error:
        raise ExportError(str(error)) from None
    return (*found, *(Condition(name, "in", ()) for name, _keys in of.where if name not in kept))


def applied(workspace: Any, of: LayoutSheet) -> Sheet | None:
    """The sheet of rows that a layout makes of a declared one; None for cover, summary and changes.

    A column that has no declaration (`SINCE`, where nothing was compared) is left out.
    """
    found = sheet(of.key)
    if found is None:
        return None
    known = columns(found)
    chosen = tuple(
        replace(
            known[each.key],
            label=each.label or known[each.key].label,
            width=each.width or known[each.key].width,
        )
        for each in of.columns
        if each.key in known
    )
    if of.columns and not chosen:
        chosen = found.columns[:1]
    return replace(
        found,
        name=of.name or found.name,
        first=chosen or found.first,
        more=found.more and not chosen,
        where=(*found.where, *conditions(workspace, of, found.entity)),
        order=of.order or found.order,
        group=of.group or found.group,
    )


def lacking(workspace: Any, definition: Definition) -> list[str]:
    """What a layout's filters ask for and is not there any more, in words."""
    gone = []
    for each in definition.sheets:
        found = sheet(each.key)
        if found is not None:
            gone += views.lacking(workspace, view(each, found.entity))
    return list(dict.fromkeys(gone))
