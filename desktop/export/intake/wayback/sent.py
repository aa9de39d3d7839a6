"""Which export a workbook that came back is, and where in it everything stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.export.columns import Column, Sheet
from desktop.export.errors import ExportError
from desktop.export.intake.book import Book, SheetRead
from desktop.export.intake.wayback.syncing import SyncSheet


class NotOurs(ExportError):
    """The file is no workbook of Juntos, or not one that can be told any more."""


@dataclass(frozen=True)
class Unknown:
    """A column of the file that the export did not have."""

    place: int
    """Counted from 0."""
    heading: str


@dataclass(frozen=True)
class SentSheet:
    """A sheet of records in the file that came."""

    read: SheetRead
    exported: SyncSheet
    sheet: Sheet | None
    """How it is declared; None for one that this program does not know."""
    columns: dict[str, Column] = field(default_factory=dict)
    """By key, of those that are known."""
    places: dict[str, int] = field(default_factory=dict)
    """Where the column of each key stands now, counted from 0; keys that are missing were taken out."""
    uid_at: int = -1
    """Where the uids stand, -1 where that column is gone."""
    header_rows: tuple[int, ...] = ()
    first: int = 1
    """From this row on there are records."""
    headings: dict[int, str] = field(default_factory=dict)
    unknown: tuple[Unknown, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in the file."""
        return self.read.name


@dataclass(frozen=True)
class Sent:
    """A workbook of ours that came back."""

    book: Book
    export: str
    """Uid of the export."""
    operation: int | None
    """Of the journal, the operation that noted the export; None where the journal does not have it."""
    schema: int
    audience: str
    """As the journal says, whatever the file does; as the file says where the journal does not know it."""
    language: str
    pack: str
    as_of: str
    sheets: tuple[SentSheet, ...]
    gone: tuple[SyncSheet, ...] = ()
    """Sheets of records that are not there any more."""
    others: tuple[SheetRead, ...] = ()
    """Sheets that the export did not have."""
    told: tuple[str, ...] = ()
    """Sentences on the file as a whole; that its own lists are hidden is none."""

    @property
    def known(self) -> bool:
        """Whether the journal of this workspace has the export."""
        return self.operation is not None

    def sheet(self, key: str) -> SentSheet:
        """The sheet of this key; raises `KeyError`."""
        for each in self.sheets:
            if each.exported.key == key:
                return each
        raise KeyError(key)


def padded(values: Sequence[object], width: int) -> Sequence[object]:
    """A row as wide as its sheet: the reader ends it with its last filled cell."""
    return values if len(values) >= width else [*values, *[None] * (width - len(values))]
