"""Points of the journal by what people call them: the title of a frozen report, or a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop.i18n import _, format_date, quoted
from desktop.model import FrozenReport, Invalid, Operation
from desktop.model.dates import Date
from desktop.service import history, reporting
from desktop.service.changes.moved import Baseline
from desktop.service.workspace import Workspace

EVER = Baseline(0, "", "")
"""Before everything."""


def baseline(workspace: Workspace, text: str) -> Baseline:
    """The frozen report of this uid or title, or the begin of a day; '' is before everything. Raises `Invalid`."""
    if not text.strip():
        return EVER
    report = reporting.named(text)
    if report is not None:
        return of(report)
    return begun(workspace, _day(workspace, text))


def begun(workspace: Workspace, day: str) -> Baseline:
    """The begin of a day, `yyyy-mm-dd`, whatever reports are called; raises `Invalid` for one that is to come."""
    day = _day(workspace, day)
    eve = (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
    return Baseline(_end(workspace, eve), format_date(day), day)


def until(workspace: Workspace, text: str) -> int | None:
    """The last operation that a frozen report took in, or that was done on a day; None for '', up to now.

    Raises `Invalid`.
    """
    if not text.strip():
        return None
    report = reporting.named(text)
    return of(report).operation if report is not None else _end(workspace, _day(workspace, text))


def of(report: FrozenReport) -> Baseline:
    """A frozen report as a point of the journal; raises `Invalid` where the journal does not have it."""
    return Baseline(_taken_in(report), str(report.title), str(report.period_to), report.uid)


def _taken_in(report: FrozenReport) -> int:
    if not report.operation:
        return 0
    found: Any = Operation.select(Operation.id).where(Operation.uid == report.operation).scalar()
    if found is None:
        raise Invalid(
            _("The journal does not have what the report “{title}” ended with; choose a day instead.").format(
                title=quoted(str(report.title))
            )
        )
    return int(found)


def _day(workspace: Workspace, text: str) -> str:
    try:
        day = Date("").parse(text)
    except Invalid:
        day = None
    if day is None:
        raise Invalid(
            _("“{text}” is neither a frozen report nor a day. There are: {reports}.").format(
                text=quoted(text), reports=reporting.titles()
            )
        )
    if day > workspace.today():
        raise Invalid(
            _("{day} is still to come: nothing can have changed since.").format(day=format_date(day))
        )
    return day


def _end(workspace: Workspace, day: str) -> int:
    """The last operation that was done by the end of a day."""
    later = history.after_day(workspace, day)
    if later is not None:
        return later - 1
    newest: Any = Operation.select(Operation.id).order_by(Operation.id.desc()).limit(1).scalar()
    return int(newest or 0)
