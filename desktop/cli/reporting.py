"""The commands about reporting periods: `juntos reports`, `juntos changes`."""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.i18n import _, captioned, format_date, format_datetime
from desktop.model import FrozenReport, Person, field
from desktop.model.dates import Date
from desktop.service import changes, ending, reporting, views
from desktop.service.changes import Cell, Delta
from desktop.service.query import each
from desktop.service.workspace import Workspace

_LISTED = ("title", "period_from", "period_to", "recipient", "audience", "frozen_at")


def reports(asked: Namespace) -> None:
    """`juntos reports`"""
    with opened(asked) as workspace:
        ACTIONS[asked.action](workspace, asked)


def _list(workspace: Workspace, asked: Namespace) -> None:
    found = reporting.reports()
    if asked.format == "json":
        output.objects(_plain(report) for report in found)
        return
    rows = [
        (
            report.title,
            format_date(report.period_from) if report.period_from else "",
            format_date(report.period_to),
            report.recipient,
            FrozenReport.audience.text(report.audience),
            format_datetime(workspace.local(report.frozen_at)),
        )
        for report in found
    ]
    output.table([field(FrozenReport, name).title for name in _LISTED], rows)


def _plain(report: FrozenReport) -> dict[str, Any]:
    """A report as an object; who froze it by reference."""
    by = report.frozen_by_id
    view = reporting.scoped(report)
    return {
        "uid": report.uid,
        **{name: getattr(report, name) for name in ("title", "period_from", "period_to", "recipient")},
        **{name: getattr(report, name) for name in ("audience", "layout", "note", "frozen_at")},
        "frozen_by": Person.pick(Person.ref, Person.id == by) if by else None,
        "filter": {"kind": view.entity.key(), "name": view.name} if view is not None else None,
    }


def _freeze(workspace: Workspace, asked: Namespace) -> None:
    day = Date(_("Date"))
    values = {name: getattr(asked, name) for name in ("title", "recipient", "audience", "note")}
    values |= {name: day.parse(getattr(asked, name)) for name in ("period_from", "period_to")}
    if asked.layout:
        from desktop.export import layouts

        values["layout"] = layouts.find(asked.layout).key
    if asked.view:
        values["scope"] = reporting.scope(views.named(asked.view))
    audience = str(asked.audience)
    at = ending.workbook(workspace, Path(asked.workbook).name, audience).operation if asked.workbook else ""
    made = next(iter(ending.workbooks(workspace, audience)), None)
    print(ending.freeze(workspace, values, at).uid)
    if made is not None and not at and ending.anything_after(made.operation):
        sentence = _(
            "What was done after {file} was made is within the report; --workbook {file} ends it there."
        )
        print(sentence.format(file=made.file), file=sys.stderr)


def _show(workspace: Workspace, asked: Namespace) -> None:
    report = reporting.find(asked.report)
    if asked.format == "table":
        facts = [(field(FrozenReport, name), getattr(report, name)) for name in (*_LISTED[:-1], "note")]
        view = reporting.scoped(report)
        covered = reporting.called(view) if view is not None else ""
        told = [(kind.title, kind.text(value)) for kind, value in facts]
        output.pairs([*told, (field(FrozenReport, "scope").title, covered)])
        print(captioned(_("Frozen at"), format_datetime(workspace.local(report.frozen_at))))
        print()
    _tell(workspace, changes.of(report), asked, str(report.audience))


def _delete(workspace: Workspace, asked: Namespace) -> None:
    reporting.delete(workspace, reporting.find(asked.report))


def changes_(asked: Namespace) -> None:
    """`juntos changes`"""
    with opened(asked) as workspace:
        _tell(workspace, changes.baseline(workspace, asked.since), asked, asked.audience)


def _tell(workspace: Workspace, since: changes.Baseline, asked: Namespace, audience: str) -> None:
    """Print what changed since a point of the journal, as an audience may know it."""
    until = changes.until(workspace, asked.until)
    delta = changes.since(workspace.engine.rows, since, until=until, audience=audience)
    scope = changes.scopes(workspace, since, asked.until, audience=audience)
    with workspace.engine.seen_by(audience):
        delta = changes.narrowed(delta, scope, lambda query: each(workspace, query))
    if asked.format == "json":
        output.objects(_objects(delta))
    elif asked.format == "csv":
        _csv(workspace, delta, audience)
    else:
        print(delta.paragraph)
        if delta.moved:
            print()
            output.table(_heads(), (_words(workspace, cell) for cell in delta.cells), most=40)


def _heads() -> list[str]:
    return [_("Record"), _("Field"), _("Was"), _("Is"), _("By"), _("When")]


def _words(workspace: Workspace, cell: Cell) -> list[str]:
    at = format_datetime(workspace.local(cell.at)) if cell.at else ""
    return [cell.record, cell.field, cell.was, cell.is_, cell.by, at]


def _objects(delta: Delta) -> Iterator[dict[str, Any]]:
    """The records that moved, each with its cells."""
    cells = delta.cells
    cell = next(cells, None)
    for moved in delta.moved:
        told = []
        while cell is not None and cell.uid == moved.uid:
            told.append({"field": cell.field, "was": cell.was, "is": cell.is_, "by": cell.by, "at": cell.at})
            cell = next(cells, None)
        yield {
            "kind": moved.entity,
            "ref": moved.ref,
            "name": moved.name,
            "uid": moved.uid,
            "marks": list(moved.marks),
            "status": list(moved.status) if moved.status else None,
            "due": list(moved.due) if moved.due else None,
            "updates": moved.updates,
            "cells": told,
        }


def _csv(workspace: Workspace, delta: Delta, audience: str) -> None:
    from desktop.export.table import marked, plain

    writer = csv.writer(sys.stdout)
    heads = [_("Kind"), _("Ref"), *_heads()]
    writer.writerow(marked(workspace, len(heads), audience))
    writer.writerow(heads)
    for cell in delta.cells:
        texts = (cell.record, cell.field, cell.was, cell.is_, cell.by)
        writer.writerow([cell.entity, plain(cell.ref), *map(plain, texts), cell.at])


ACTIONS: dict[str | None, Callable[[Workspace, Namespace], None]] = {
    None: _list,
    "list": _list,
    "freeze": _freeze,
    "show": _show,
    "delete": _delete,
}
COMMANDS: dict[str, Callable[[Namespace], None]] = {"reports": reports, "changes": changes_}
