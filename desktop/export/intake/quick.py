"""Large sheets of an .xlsx, read by calamine at several times the speed of `cells`, with its losses made good.

Calamine reads errors, and formulas without results, as empty cells, and numbers as doubles. So while it works the
XML is looked through once in a second thread; rows that hold such things are read again by `cells` and take the
place of calamine's. Whatever is unusual raises `Unusual`, and `cells` reads the whole sheet.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from desktop.export.intake import formats
from desktop.export.intake.cells import Arguments, OutOfOrder, SheetReader, area
from desktop.export.intake.faults import Unreadable
from desktop.export.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_NAMED
from desktop.export.intake.ooxml import whole_number
from desktop.export.intake.package import Package
from desktop.export.intake.spool import ROWS, SheetSpool, Spool
from desktop.export.intake.values import Value

FROM = 8_000_000
"""Bytes of a sheet's XML from which the second reader is worth its memory."""
MOST_AGAIN = 24_000_000
"""Bytes of rows that are read again one by one."""
MOST_TAIL = 16_000_000
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODD = (b"='", b"<!")
_NO_NUMBER = re.compile(
    rb"<v>(?!-?(?:\d{1,15}|(?=[\d.]{2,18}[<eE])\d+\.\d+|0\.0*\d{1,17})(?:[eE][-+]?\d{1,2})?</v>)"
)
"""Values that are no numbers (errors, days of Strict workbooks), or hold more digits than a double keeps."""
_NEGATIVE = re.compile(rb' s="(\d{1,6})"[^>]*><v>-')
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d{1,9})"')
_HIDDEN = re.compile(rb'<row (?=[^>]*?\bhidden="(?:1|true)")[^>]*?\br="(\d{1,9})"')
_COLUMN = re.compile(rb"<col [^>]*>")
_ATTRIBUTE = re.compile(rb'\b(min|max|hidden)="([^"]*)"')
_MERGE = re.compile(rb'<mergeCell [^>]*?\bref="([A-Z0-9:$]{1,30})"')


class Unusual(Exception):
    """The XML is not written as the large programs write it, or holds much that calamine loses."""


class _Scan(threading.Thread):
    """Looks through a sheet's XML for what calamine does not tell."""

    def __init__(
        self, package: Package, part: str, meanings: Sequence[int], step: Callable[[int], None]
    ) -> None:
        super().__init__(daemon=True)
        self.package, self.part, self.step = package, part, step
        self.moments = {style for style, meaning in enumerate(meanings) if meaning != formats.NUMBER}
        self.again: list[bytes] = []
        self.again_size = 0
        self.hidden: list[int] = []
        self.head = self.tail = b""
        self.last_row = 0
        self.failed: BaseException | None = None
        self.stopped = False

    def run(self) -> None:
        try:
            self._scan()
        except BaseException as error:  # told by the other thread
            self.failed = error

    def _scan(self) -> None:
        rest = b""
        begun = ended = False
        for piece in self.package.stream(self.part, looked_at=True):
            if self.stopped:
                return
            self.step(len(piece))
            rest += piece
            if ended:
                if len(rest) > MOST_TAIL:
                    raise Unusual
                continue
            if not begun:
                at = rest.find(b"<sheetData")
                if at < 0:
                    if len(rest) > 1_000_000:
                        raise Unusual
                    continue
                self.head, rest, begun = rest[:at], rest[at:], True
                self._look_at_head()
            cut = rest.rfind(b"</row>") + len(b"</row>")
            if cut < len(b"</row>"):
                if len(rest) > 4_000_000:
                    raise Unusual
                continue
            self._rows(rest[:cut])
            rest = rest[cut:]
            ended = b"</sheetData>" in rest
        self.tail = rest
        if not ended and b"</sheetData>" not in rest:
            raise Unusual

    def _look_at_head(self) -> None:
        declared = re.match(rb'\s*<\?xml[^>]*encoding="([^"]*)"', self.head.lstrip(b"\xef\xbb\xbf"))
        if (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")) or _MAIN not in self.head:
            raise Unusual
        if b"<worksheet" not in self.head or b"'" in self.head.partition(b"<worksheet")[2]:
            raise Unusual

    def _rows(self, rows: bytes) -> None:
        if any(mark in rows for mark in _ODD):
            raise Unusual
        last = _ROW_NUMBER.match(rows, rows.rfind(b"<row "))
        number = int(last[1]) if last else 0
        if number <= self.last_row:
            raise Unusual
        self.last_row = number
        starts = {rows.rfind(b"<row ", 0, at) for at in _all(rows, b"<f")}
        starts |= {rows.rfind(b"<row ", 0, found.start()) for found in _NO_NUMBER.finditer(rows)}
        if b"<v>-" in rows:  # a day before the first one, of which calamine makes midnight
            starts |= {
                rows.rfind(b"<row ", 0, found.start())
                for found in _NEGATIVE.finditer(rows)
                if int(found[1]) in self.moments
            }
        for start in sorted(starts):
            if start < 0 or not _ROW_NUMBER.match(rows, start):
                raise Unusual
            row = rows[start : rows.find(b"</row>", start) + len(b"</row>")]
            self.again_size += len(row)
            if self.again_size > MOST_AGAIN:
                raise Unusual
            self.again.append(row)
        if b'hidden="' in rows:
            self.hidden += [int(found) for found in _HIDDEN.findall(rows)]

    def again_rows(self, arguments: Arguments) -> dict[int, tuple[list[Value], list[int]]]:
        """The rows that calamine cannot be trusted with, read by `cells`."""
        gathered = _Rows()
        if self.again:
            reader = SheetReader(gathered, arguments, gather=False)
            head = b'<worksheet xmlns="' + _MAIN + b'"><sheetData>'
            try:
                reader.read(iter([head, *self.again, b"</sheetData></worksheet>"]), self.part)
            except OutOfOrder:
                raise Unusual from None
        return gathered.rows

    def told(self, sheet: SheetSpool) -> None:
        """What stands around the cells: hidden columns and rows, merged cells."""
        for found in _COLUMN.findall(self.head):
            given = dict(_ATTRIBUTE.findall(found))
            first, last = (
                whole_number(given.get(which, b"").decode("latin-1")) for which in (b"min", b"max")
            )
            if given.get(b"hidden") in (b"1", b"true") and first and last and first <= last:
                sheet.hidden_columns.append((first, min(last, MOST_COLUMNS)))
        for row in self.hidden:
            sheet.hide_row(row)
        merged = (area(text.decode("ascii")) for text in _MERGE.findall(self.tail)[:MOST_NAMED])
        sheet.merged = [each for each in merged if each]


def _all(text: bytes, mark: bytes) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


class _Rows(SheetSpool):
    """Rows that are read again, kept by their numbers."""

    def __init__(self) -> None:
        super().__init__(None, "", "")  # type: ignore[arg-type]
        self.rows: dict[int, tuple[list[Value], list[int]]] = {}

    def add(self, number: int, values: list[Any], formulas: Sequence[int] = ()) -> None:
        self.rows[number] = (values, list(formulas))


def read(
    package: Package,
    part: str,
    load: Callable[[], Any],  # of the opened workbook: it must not touch the file any more
    name: str,
    state: str,
    spool: Spool,
    arguments: Arguments,
    step: Callable[[int], None],
) -> None:
    """Add the sheet to the spool; raises `Unusual` before anything is added. `load` gives calamine's sheet."""
    scan = _Scan(package, part, arguments.meanings, step)
    scan.start()
    try:
        sheet = load()
    except Unreadable:
        raise
    except Exception:
        raise Unusual from None
    finally:
        scan.join()
    if scan.failed is not None:
        raise scan.failed
    again = scan.again_rows(arguments)
    made = SheetSpool(spool, name, state)
    if sheet.width * sheet.height > MOST_CELLS:
        raise Unusual
    start = (spool.offset, spool.cells)
    try:
        _copy(sheet, made, again)
    except (ValueError, TypeError):  # a number that is none
        spool.file.seek(start[0])
        spool.offset, spool.cells = start
        raise Unusual from None
    scan.told(made)
    spool.sheets.append(made)


def _copy(sheet: Any, made: SheetSpool, again: dict[int, tuple[list[Value], list[int]]]) -> None:
    """Calamine's rows, many at a time, and among them those that were read again."""
    left = [""] * (sheet.start or (0, 0))[1]
    held: list[list[Any]] = []
    for row, values in enumerate(sheet.iter_rows(), 1):
        if row in again:
            made.add_many(row - len(held), held)
            held = []
            line, formulas = again[row]
            for column, value in enumerate(line):
                made.mark(row, column, value)
            made.add(row, line, formulas)
            continue
        held.append(left + values if left else values)
        if len(held) == ROWS:
            made.add_many(row + 1 - len(held), held)
            held = []
    made.add_many((sheet.end or (0, 0))[0] + 2 - len(held), held)
