"""What changed since the last report, as the workbook tells it: a column, a sheet, and which records were closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from desktop.export import wording
from desktop.export.columns import Column, Sheet, column
from desktop.export.errors import ExportError
from desktop.export.layouts.definition import LayoutColumn
from desktop.export.layouts.known import SINCE, WITH_SINCE
from desktop.export.snapshot import Snapshot
from desktop.i18n import N_, _
from desktop.model import (
    PARTS,
    RECORDS,
    Attendance,
    Extension,
    FollowUp,
    FrozenReport,
    Invalid,
    Link,
    Record,
    Update,
    fields,
)
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.dates import Date
from desktop.model.kinds import Text
from desktop.service import changes, reporting
from desktop.service.changes import Baseline, Delta, Scope
from desktop.service.query import Row

MOST_CLOSED = 5_000
"""Records that are picked one by one; of more, those are taken that were closed from the day on."""
NOW_WIDTH, WIDTH = 44, 22
TOLD = (Update, Extension, Link, Attendance)
"""The parts of records that the workbook shows, and whose changes it tells."""


def baseline(workspace: Any, text: str, audience: str, period_from: str) -> Baseline | None:
    """What changes are told since: what was asked for, else the last report frozen for the audience, else the
    beginning of the period, else nothing; raises `ExportError`."""
    try:
        if text:
            return changes.baseline(workspace, text)
        last = reporting.last(audience)
        if last is not None:
            return _of(workspace, last)
        past = period_from and period_from <= workspace.today()
        return changes.begun(workspace, period_from) if past else None
    except Invalid as error:
        raise ExportError(str(error)) from None


def completed(workspace: Any, text: str) -> Baseline | None:
    """The same of a completed request, which has the uid of a report, or a day whatever reports are called."""
    if not text:
        return None
    try:
        is_day = dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    try:
        return changes.begun(workspace, text) if is_day else changes.baseline(workspace, text)
    except Invalid as error:
        raise ExportError(str(error)) from None


def scope(workspace: Any, baseline: Baseline | None, audience: str) -> Scope:
    """Which records the workbook tells changes of: those that the report covers since which it tells them."""
    return changes.scopes(workspace, baseline, audience=audience) if baseline is not None else changes.ALL


def _of(workspace: Any, report: FrozenReport) -> Baseline:
    """Where a report ended; of one from another office's file, whose journal is not here, the day."""
    try:
        return changes.of(report)
    except Invalid:
        return changes.begun(workspace, str(report.period_to))


def _told(name: str, label: str, width: int, kind: type[Text] | type[Date] = Text) -> Column:
    made = Computed("", "", kind(""))
    made.__set_name__(Record, name)
    return column(made, label=label, width=width)


CHANGES = Sheet(
    "changes",
    N_("Changes since {day}"),
    Record,
    (
        _told("record", N_("Record"), 40),
        _told("field", N_("Field"), 20),
        _told("was", N_("Was"), NOW_WIDTH),
        _told("is", N_("Is"), NOW_WIDTH),
        _told("by", N_("By"), 18),
        _told("when", N_("When"), 12, Date),
    ),
    title="record",
    more=False,
    tracked=False,
    about=N_("What differs from how it stood then, field by field"),
    empty=N_("Nothing has changed since."),
)
"""Its rows are no records: what stands there is told by the journal."""


class Since:
    """What changed between a baseline and now; with no baseline, nothing is told."""

    def __init__(
        self, snapshot: Snapshot, baseline: Baseline | None, zone: str, scope: Scope = changes.ALL
    ) -> None:
        self.baseline, self._zone = baseline, ZoneInfo(zone)
        self._known: dict[str, set[str]] = {}
        self.delta: Delta | None = None
        if baseline is not None:
            delta = changes.since(snapshot.sql, baseline, audience=snapshot.audience, said=wording.said)
            self.delta = changes.narrowed(delta, scope, snapshot.rows)

    @property
    def day(self) -> str:
        """From when on, `yyyy-mm-dd`; '' for ever."""
        return self.baseline.day if self.baseline is not None else ""

    def sheet(self, sheet: Sheet, columns: tuple[LayoutColumn, ...] = ()) -> Sheet:
        """A sheet with the column of what changed: among the `columns` of a layout as they have it, else at the end.

        Where nobody asked for it, it is left out of a sheet in which it would be empty.
        """
        asked = next((each for each in columns if each.key == SINCE), LayoutColumn(SINCE))
        if self.delta is None or (asked not in columns if columns else sheet.key not in WITH_SINCE):
            return sheet
        if not columns and not self._tells_of(sheet):
            return sheet
        label = N_("Since last report") if self._frozen else N_("Since {day}")
        width = asked.width or WIDTH
        told = Column(("uid",), asked.label or label, width, self.delta.words, SINCE, self.day)
        own = list(sheet.columns)
        keys = [each.key for each in own]
        before = [c.key for c in columns[: columns.index(asked)] if c.key in keys] if columns else keys
        own.insert(keys.index(before[-1]) + 1 if before else 0, told)
        return replace(sheet, first=tuple(own), more=False)

    def _tells_of(self, sheet: Sheet) -> bool:
        """Whether any of the records that a sheet is made of is there and has changed."""
        key = sheet.entity.key()
        moved = self.delta.moved if self.delta is not None else []
        return any(each.entity == key and "deleted" not in each.marks for each in moved)

    def closed(self, sheet: Sheet) -> Sheet:
        """The sheet of what was closed, by the name that says since when."""
        if self.delta is None:
            return sheet
        name = N_("Closed since last report") if self._frozen else N_("Closed since {day}")
        return replace(sheet, name=name, day=self.day)

    def closed_uids(self) -> tuple[str, ...] | None:
        """The follow-ups that were closed since the last report; None where days tell it."""
        if self.delta is None or not self._frozen:
            return None
        found = tuple(each.uid for each in self.delta.of("closed", FollowUp.key()))
        return found if len(found) <= MOST_CLOSED else None

    @property
    def _frozen(self) -> bool:
        return self.baseline is not None and bool(self.baseline.report)

    def changes(self) -> Sheet:
        """The sheet of what changed, field by field."""
        return replace(CHANGES, day=self.day)

    def rows(self) -> Iterator[Row]:
        """Its rows, read from the journal as they are asked for: of what the workbook shows of records."""
        if self.delta is None:
            return
        moved = [each for each in self.delta.moved if issubclass(RECORDS[each.entity], Registered)]
        for cell in self.delta.told(moved):
            if cell.field not in self._unsaid(cell.entity):
                yield 0, cell.record, cell.field, cell.was, cell.is_, cell.by, self._on(cell.at)

    def _unsaid(self, key: str) -> set[str]:
        """What of a kind of record stands in no sheet: it is not told here either."""
        if key not in self._known:
            entity = RECORDS[key]
            own = fields(entity)
            shown = {kind.title for kind in own if kind.exported}
            unsaid = {kind.title for kind in own if not kind.exported} - shown
            self._known[key] = unsaid | {_(part.singular) for part in PARTS if part not in TOLD}
        return self._known[key]

    def _on(self, at: str) -> str:
        """The day of an instant where the post is."""
        return dt.datetime.fromisoformat(at).astimezone(self._zone).date().isoformat() if at else ""

    def paragraph(self) -> str:
        """What changed, in words."""
        return self.delta.paragraph if self.delta is not None else ""
