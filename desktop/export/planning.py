"""Which sheets a workbook has: those of its layout, with what they are read by, each counted before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop.export import headline, wording
from desktop.export.audience import told
from desktop.export.columns import Column, Extended, Sheet
from desktop.export.errors import ExportError
from desktop.export.filled import filled
from desktop.export.layouts import known
from desktop.export.layouts.definition import Definition, LayoutSheet
from desktop.export.request import Request
from desktop.export.sheet import ABOVE, MAX_ROWS
from desktop.export.sheets import listing
from desktop.export.since import Since
from desktop.export.snapshot import Snapshot
from desktop.export.wording import inner
from desktop.i18n import N_, _, format_number, quoted
from desktop.model import field
from desktop.model.kinds import Choice
from desktop.model.visibility import INTERNAL
from desktop.service.query import Query, Row

CLOSED = "follow_ups_closed"
NONE_LISTED = N_("Nothing is in this list.")
NONE_SHARED = N_("Nothing to show here.")
"""What stands in a sheet that is narrowed to nothing: that nothing was entered need not be true."""


@dataclass(frozen=True)
class Rows:
    """A sheet of rows: how it is declared, what it is read by, how many rows it has, and these."""

    sheet: Sheet
    query: Extended
    count: int
    read: Callable[[], Iterator[Row]]
    filter: str = ""
    """What the layout narrows it to, in words."""


@dataclass(frozen=True)
class Planned:
    """A sheet of the workbook by its key and its name; `rows` is None for cover and summary."""

    key: str
    name: str
    rows: Rows | None = None


class Planning:
    """Makes the plan of one workbook."""

    def __init__(self, workspace: Any, request: Request, snapshot: Snapshot, since: Since) -> None:
        self._workspace, self._request, self._snapshot, self._since = workspace, request, snapshot, since

    def of(self, layout: Definition) -> list[Planned]:
        """The sheets of a layout, in its order; raises `ExportError` where it has none that can be shown."""
        planned = list(self._of(layout))
        if not planned:
            why = _("there is neither a report nor a day to tell changes since.")
            if layout.plain:
                why = _("plain data has neither cover nor summary.")
            words = _("Nothing of the layout “{name}” can be shown: {why}")
            raise ExportError(words.format(name=quoted(layout.title), why=why))
        return planned

    def _of(self, layout: Definition) -> Iterator[Planned]:
        for each in layout.sheets:
            if each.key in (known.COVER, known.SUMMARY):
                if not layout.plain:
                    yield Planned(each.key, each.title or _(known.TOLD[each.key]))
            elif each.key == known.CHANGES:
                if self._since.delta is not None:
                    yield self._changes(each)
            else:
                sheet = known.applied(self._workspace, each)
                if sheet is not None:
                    yield self._records(each, sheet)

    def listing(self, query: Query) -> Planned:
        """The one sheet of a list as it stands on screen."""
        sheet = replace(listing(told(query, self._request.audience)), empty=NONE_LISTED)
        return self._planned(sheet, sheet.query())

    def _told(self, sheet: Sheet) -> Sheet:
        """A sheet without the columns that the audience is never told of: they would be empty, and ask to be filled."""
        if self._request.audience == INTERNAL:
            return sheet
        told = [each for each in sheet.columns if not any(kind.confined for kind in each.kinds(sheet.entity))]
        return replace(sheet, first=tuple(told) or (Column(("ref",)),), more=False)

    def _records(self, layout: LayoutSheet, sheet: Sheet) -> Planned:
        request, closed = self._request, None
        declared = known.sheet(layout.key)
        added = sheet.where[len(declared.where) :] if declared is not None else ()
        if layout.key == CLOSED:
            sheet = self._since.closed(sheet) if not layout.name else sheet
            closed = self._since.closed_uids()
        sheet = self._since.sheet(self._told(sheet), layout.columns)
        if request.audience != INTERNAL:
            added = tuple(each for each in added if not field(sheet.entity, each.field).confined)
        words = headline.in_words(self._snapshot, Query(sheet.entity, (), where=added)) if added else ""
        if added or request.audience != INTERNAL:
            # That nothing was entered, or that nothing is open, is not for others to be told: it may be hidden.
            sheet = replace(sheet, empty=NONE_LISTED if added else NONE_SHARED)
        bounds = ("", "") if closed is not None else (request.period_from, request.period_to)
        if request.audience != INTERNAL:
            sheet = filled(self._snapshot, sheet, sheet.query(*bounds, uids=closed))
        return self._planned(sheet, sheet.query(*bounds, uids=closed), words)

    def _changes(self, layout: LayoutSheet) -> Planned:
        rows = list(self._since.rows())
        sheet = self._since.changes()
        name = layout.title or sheet.named()
        self._check(name, len(rows))
        return Planned(layout.key, name, Rows(sheet, sheet.query(), len(rows), lambda: iter(rows)))

    def _planned(self, sheet: Sheet, query: Extended, words: str = "") -> Planned:
        count = self._snapshot.count(query)
        self._check(sheet.named(), count)
        return Planned(
            sheet.key, sheet.named(), Rows(sheet, query, count, lambda: self._snapshot.rows(query), words)
        )

    def _check(self, name: str, count: int) -> None:
        most = MAX_ROWS - ABOVE
        if count > most:
            raise ExportError(
                _(
                    "“{sheet}” would have {count} rows; a sheet holds {most} at most. Export a filtered list."
                ).format(sheet=name, count=format_number(count), most=format_number(most))
            )


def scales(planned: list[Planned]) -> list[tuple[dict[str, str], str]] | None:
    """The scales whose words stand in these sheets, with their names (see `wording`); None for all."""
    if any(each.key == known.SUMMARY for each in planned):
        return None
    return [
        (kind.scale, wording.name_of(kind))
        for each in planned
        if each.rows is not None
        for column in each.rows.sheet.columns
        for kind in [inner(column.kinds(each.rows.sheet.entity)[0])]
        if isinstance(kind, Choice) and column.join is None
    ]
