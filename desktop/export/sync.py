"""The very hidden sheet `_sync`: what a workbook must carry to be read back when it has been filled in.

Its first rows say which export it is: in A `#format`, `#export`, `#schema`, `#audience`, `#language`, `#pack`,
`#as_of`, in B the value. Then, for each sheet of records, a row `#sheet` (B its key, C its name in this workbook, D
the entity, E the row of its last heading, F the keys of its columns, between spaces), and below it a row a record: A
the sheet's key, B the record's uid, C its version, D the marks of its cells in the order of the keys (see `marks`).

Nothing stands here that does not stand in the sheets, but for uids and, in a workbook for the post itself, versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.export import layout, marks
from desktop.export.cells import Rows
from desktop.export.fragments import escaped
from desktop.model.visibility import INTERNAL

if TYPE_CHECKING:
    from desktop.export.workbook import Book

NAME = "_sync"
FORMAT = 1
"""Of this sheet: it grows when a reader of an older one would misread it."""
BUFFER = 1 << 18
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


class Sync:
    """Gathers what the sheet says, in a file of the private folder: memory does not grow with the rows."""

    def __init__(self, folder: Path, about: About) -> None:
        self.about = about
        self._file = (folder / "sync").open("w+b", buffering=BUFFER)
        self._versions = about.audience == INTERNAL
        self._key = b""
        self._text = marks.Texts(0)
        self._count = 0

    def sheet(self, key: str, name: str, entity: str, header: int, columns: Sequence[str]) -> None:
        """Begin a sheet of records."""
        self._key = key.encode()
        self._text = marks.Texts(len(columns))
        said = ("#sheet", key, name, entity, str(header), " ".join(columns))
        self._file.write("\t".join(escaped(" ".join(text.split())) for text in said).encode() + b"\n")
        self._count += 1

    def row(self, uid: str, version: int, cells: tuple[int, ...]) -> None:
        """A record of this sheet, as it was written, with the marks of its cells."""
        told = b"%d" % version if self._versions else b""
        self._file.write(b"%b\t%b\t%b\t%b\n" % (self._key, uid.encode(), told, self._text.of(cells)))
        self._count += 1

    def lines(self) -> Iterator[list[bytes]]:
        """All rows of the sheet."""
        yield [b"#format", b"%d" % FORMAT]
        for name, value in vars(self.about).items():
            yield [f"#{name}".encode(), escaped(str(value)).encode()]
        self._file.seek(0)
        for line in self._file:
            yield line[:-1].split(b"\t")

    def write(self, book: Book) -> None:
        """Write the sheet, and hide it so that no menu shows it."""
        lines, left = self.lines(), 1 + len(vars(self.about)) + self._count
        number = 1
        while left > 0:
            to = book.add(NAME if number == 1 else f"{NAME}{number}")
            to.sheet_state = "veryHidden"
            layout.page(to, book.frame, WIDTHS)
            layout.dimension(to, len(WIDTHS), min(left, MOST))
            rows = Rows(to, book.styles)
            rows.bare(islice(lines, MOST))
            left, number = left - MOST, number + 1

    def close(self) -> None:
        """Let the file go; the folder it lies in is removed by its owner."""
        with suppress(OSError):  # what is still to be written finds no room either
            self._file.close()


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
