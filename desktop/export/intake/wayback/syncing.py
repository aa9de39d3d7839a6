"""Reads `_sync` of a workbook that came back, wherever its programs put it: see docs/workbook.md."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.export import sync
from desktop.export.intake.book import Book, SheetRead
from desktop.export.intake.wayback import former

_NUMBER = re.compile(rf"{sync.NAME}([0-9]{{0,4}})", re.IGNORECASE)
_DIGITS = re.compile("[0-9]{1,9}")
BYTES = 4
"""Of a mark."""
MOST_SHEETS, MOST_KEYS = 200, 200
"""Sheets, and columns of one of them, that a workbook of ours can have; its own have a tenth of that. What claims
more was made to keep the program busy."""


@dataclass(frozen=True)
class SyncSheet:
    """A sheet of records as it was exported."""

    key: str
    name: str
    entity: str
    header: int
    """The row of its last headings."""
    columns: tuple[str, ...]
    """Keys, as they are called today."""
    marks: dict[str, bytes] = field(default_factory=dict)
    """By uid, the marks of the row's cells, four bytes each (see `export.marks`)."""


@dataclass(frozen=True)
class Synced:
    """What `_sync` says."""

    about: dict[str, str]
    sheets: list[SyncSheet]
    broken: int = 0
    """Rows that somebody damaged: they are not compared."""


def parts(book: Book) -> list[SheetRead]:
    """The sheets that `_sync` stands in, in their order; they may have lost their hiding, and their name."""
    found = [(match, sheet) for sheet in book.sheets if (match := _NUMBER.fullmatch(sheet.name.strip()))]
    if found:
        return [sheet for _match, sheet in sorted(found, key=lambda each: int(each[0][1] or 1))]
    return [sheet for sheet in book.sheets if _first(sheet) == "#format"]


def _first(sheet: SheetRead) -> Any:
    values: Sequence[Any] = next((row for _number, row in sheet.rows.filled()), ())
    return values[0] if values else None


def read(book: Book) -> Synced | None:
    """What the workbook carries of its export; None where it has no such sheet, or one that no export wrote."""
    about: dict[str, str] = {}
    sheets: list[SyncSheet] = []
    broken, width = 0, 0
    for first, second, third, fourth, fifth, sixth in _lines(book):
        if first == "#sheet":
            keys = tuple(former.column(fourth, key) for key in sixth.split())
            if len(sheets) == MOST_SHEETS or len(keys) > MOST_KEYS:
                return None
            sheets.append(SyncSheet(former.sheet(second), third, fourth, number(fifth), keys))
            width = BYTES * len(keys)
        elif first.startswith("#"):
            about[first[1:]] = second
        elif first and sheets:
            marks = _packed(fourth)
            if len(marks) == width:
                sheets[-1].marks[second] = marks
            else:
                broken += 1
    return Synced(about, sheets, broken) if "format" in about else None


def _lines(book: Book) -> Iterator[tuple[str, ...]]:
    empty = [None] * 6
    for part in parts(book):
        for _number, values in part.rows.filled():
            yield tuple(_text(value) for value in (*values[:6], *empty[len(values) :]))


def number(text: str | None) -> int:
    """A number as the export wrote it; 0 for all else."""
    return int(text) if text and _DIGITS.fullmatch(text) else 0


def _packed(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        return b""


def _text(value: Any) -> str:
    if type(value) is str:
        return value.strip()
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
