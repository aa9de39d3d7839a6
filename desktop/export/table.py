"""The rows of a list as CSV, for scripts and colleagues; and the way back, exactly.

A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula, wherever it comes from. Such a
text gets an apostrophe before it; `unguard` takes away just those that `guard` put there.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO

from desktop.export.snapshot import Snapshot
from desktop.service.query import Query

_LIVE = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def guard(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return "'" + text if _LIVE.match(text) else text


def unguard(text: str) -> str:
    """The inverse of `guard`."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text


def plain(value: Any) -> str:
    """A cell's value as CSV has it: days in ISO 8601, numbers with a point, texts guarded."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return guard(value) if isinstance(value, str) else str(value)


def rows(workspace: Any, query: Query) -> Iterator[list[str]]:
    """The heading and the rows of a query, as on screen, with what a sheet shows in their cells."""
    kinds = query.kinds
    yield [kind.title for kind in kinds]
    with Snapshot(workspace, workspace.today()) as snapshot:
        for row in snapshot.rows(query):
            yield [plain(kind.cell(raw)) for kind, raw in zip(kinds, row[1:], strict=True)]


def write_csv(workspace: Any, query: Query, stream: TextIO, marking: str = "") -> int:
    """Write a query's rows to a stream, below a line with the marking if there is one; gives how many there are.

    Open a file for it with `newline=""`.
    """
    writer = csv.writer(stream)
    if marking:
        writer.writerow([guard(marking)])
    count = -1
    for line in rows(workspace, query):
        writer.writerow(line)
        count += 1
    return count
