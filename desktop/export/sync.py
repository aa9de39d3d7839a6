"""The very hidden sheet `_sync`: what a workbook must carry to be read back when it has been filled in.

Its first rows say which export it is: in A `#format`, `#export`, `#schema`, `#audience`, `#language`, `#pack`,
`#as_of`, in a workbook for the post itself also `#head`, in B the value. Then, for each sheet of records, a row
`#sheet` (B its key, C its name in this workbook, D the entity, E the row of its last heading, F the keys of its
columns, between spaces), and below it a row a record: A the sheet's key, B the record's uid, C its version,
D the marks of its cells in the order of the keys (see `marks`).

Nothing stands here that does not stand in the sheets, but for uids and, in a workbook for the post itself, versions
and the head of the journal: the hash with which its chain ended, so that a copy that is kept elsewhere tells a journal
that was made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.export import layout, marks
from desktop.export.fragments import escaped
from desktop.export.rows import Rows
from desktop.model.visibility import INTERNAL

if TYPE_CHECKING:
    from desktop.export.workbook import Book

NAME = "_sync"
FORMAT = 1
"""Of this sheet: it grows when a reader of an older one would misread it."""
WHOLE = ("#format", "#schema")
"""What is a number; everything in the sheet is written as a text."""
MISSING = (None,) * 6
MOST = 1_048_000
"""Rows of one such sheet; a workbook with more goes on in another."""
WIDTHS = (14.0, 38.0, 10.0, 40.0, 10.0, 40.0)


@dataclass(frozen=True)
class About:
    """Which export it is; days and keys, no words."""

    export: str
    schema: int
    audience: str
    language: str
    pack: str
    as_of: str
    head: str = ""
    """The hash of the last operation; written for the post itself alone."""


class Sync:
    """Writes the sheet while the sheets of records are written: memory does not grow with them, nor does the time at
    the end."""

    def __init__(self, about: About) -> None:
        self.about = about
        self._versions = about.audience == INTERNAL
        self._key = b""
        self._text = marks.Texts(0)
        self._book: Any = None
        self._left = self._room = self._sheets = 0
        self._rows: Rows

    def begin(self, book: Book, counts: Iterable[int]) -> None:
        """Begin it, given how many rows each sheet of records will have."""
        self._book = book
        about = {name: value for name, value in vars(self.about).items() if name != "head"}
        if self._versions and self.about.head:
            about["head"] = self.about.head
        # One row names a sheet; one without rows is not named.
        self._left = 1 + len(about) + sum(count + 1 for count in counts if count)
        self._row((b"#format", b"%d" % FORMAT))
        for name, value in about.items():
            self._row((f"#{name}".encode(), escaped(str(value)).encode()))

    def sheet(self, key: str, name: str, entity: str, header: int, columns: Sequence[str]) -> None:
        """Begin a sheet of records."""
        self._key = key.encode()
        self._text = marks.Texts(len(columns))
        said = ("#sheet", key, name, entity, str(header), " ".join(columns))
        self._row(tuple(escaped(" ".join(text.split())).encode() for text in said))

    def records(self, uids: Sequence[str], versions: Sequence[int], cells: Sequence[Sequence[int]]) -> None:
        """Records of this sheet, as they were written, with the marks of the cells of each column."""
        told = [b"%d" % version for version in versions] if self._versions else [b""] * len(uids)
        columns = [[self._key] * len(uids), [uid.encode() for uid in uids], told, self._text.of(cells)]
        while columns[0]:
            if not self._room:
                self._next()
            now = min(self._room, len(columns[0]))
            self._room -= now
            self._rows.bare([column[:now] for column in columns])
            columns = [column[now:] for column in columns]

    def _row(self, texts: tuple[bytes, ...]) -> None:
        if not self._room:
            self._next()
        self._room -= 1
        self._rows.bare([[text] for text in texts])

    def _next(self) -> None:
        """Begin the sheet, or that in which it goes on, and hide it so that no menu shows it."""
        self._sheets += 1
        to = self._book.add(NAME if self._sheets == 1 else f"{NAME}{self._sheets}", last=True)
        to.sheet_state = "veryHidden"
        layout.page(to, self._book.frame, WIDTHS)
        layout.dimension(to, len(WIDTHS), min(self._left, MOST))
        self._rows = Rows(to, self._book.styles)
        self._left, self._room = self._left - MOST, MOST


def read(rows: Iterable[Sequence[Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The inverse: what the first rows say, and each sheet with its `records`, by uid their version and marks."""
    about: dict[str, Any] = {}
    sheets: list[dict[str, Any]] = []
    for row in rows:
        first, second, third, fourth, fifth, sixth = (cell or "" for cell in [*row, *MISSING][: len(MISSING)])
        if first == "#sheet":
            said = {"key": second, "name": third, "entity": fourth, "header": int(fifth or 0)}
            sheets.append({**said, "columns": str(sixth).split(" "), "records": {}})
        elif first.startswith("#"):
            about[first[1:]] = int(second) if first in WHOLE else second
        elif first and sheets:
            found = zip(sheets[-1]["columns"], marks.read(fourth), strict=True)
            sheets[-1]["records"][second] = (int(third) if third else None, dict(found))
    return about, sheets
