"""The rows of a list as CSV, for scripts and colleagues: how they are to be handled, the headings, the rows."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO

from desktop.export.audience import check, told
from desktop.export.report import marking_of
from desktop.export.snapshot import Snapshot
from desktop.export.texts import guard
from desktop.model.visibility import INTERNAL
from desktop.service import handling
from desktop.service.query import Query


def plain(value: Any) -> str:
    """A cell's value as CSV has it: days in ISO 8601, instants in UTC, numbers with a point, texts guarded."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return guard(value) if isinstance(value, str) else str(value)


def rows(workspace: Any, query: Query, audience: str = INTERNAL) -> Iterator[list[str]]:
    """The heading and the rows of a query, as on screen and for an audience, with what a sheet shows in their cells."""
    query = told(query, check(audience))
    kinds = query.kinds
    yield [kind.title for kind in kinds]
    with Snapshot(workspace, workspace.today(), audience) as snapshot:
        for row in snapshot.rows(query):
            yield [plain(kind.cell(raw)) for kind, raw in zip(kinds, row[1:], strict=True)]


def marked(workspace: Any, width: int, audience: str = INTERNAL) -> list[str]:
    """The row that each such table begins with, as wide as its headings."""
    return handling.row(marking_of(workspace, "", audience), width)


def write_csv(workspace: Any, query: Query, stream: TextIO, audience: str = INTERNAL) -> int:
    """Write a query's rows to a stream; gives how many there are. Open a file for it with `newline=""`."""
    writer = csv.writer(stream)
    count = -1
    for line in rows(workspace, query, audience):
        if count < 0:
            writer.writerow(marked(workspace, len(line), audience))
        writer.writerow(line)
        count += 1
    return count
