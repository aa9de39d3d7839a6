"""Errors and formulas in binary workbooks: the records of .xls (within OLE) and of .xlsb (within a zip)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from desktop.export.intake import ooxml
from desktop.export.intake.faults import Unreadable, damaged
from desktop.export.intake.limits import MOST_CELLS
from desktop.export.intake.losses import DENSE, Lost
from desktop.export.intake.package import Package, within

# ---- .xlsb: records of a number and a length, both of seven bits a byte

_ROW, _CELL_ERROR, _FORMULAS, _FORMULA_ERROR, _SHEET = 0, 3, (8, 9, 10), 11, 156


def xlsb(package: Package) -> dict[str, Lost]:
    """The sheets of an .xlsb."""
    pointers = ooxml.relations(package, "xl/workbook.bin")
    found = {}
    for number, content in _records(package.read("xl/workbook.bin")):
        if number == _SHEET and len(content) >= 12:
            relation, rest = _wide(content[8:])
            _kind, target, outside = pointers.get(relation, ("", "", True))
            if outside and target:
                raise Unreadable("outside", where=target[:60])
            if target:
                found[_wide(rest)[0]] = _cells(package.read(within("xl/workbook.bin", target), 200_000_000))
    return found


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(content)
    while at < end:
        number = content[at]
        at += 1
        if number & 0x80 and at < end:
            number = (number & 0x7F) | (content[at] << 7)
            at += 1
        length = shift = 0
        while at < end and shift < 28:
            byte = content[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield number, content[at : at + length]
        at += length


def _wide(content: bytes) -> tuple[str, bytes]:
    """A text with its length before it, and what follows it."""
    if len(content) < 4:
        raise damaged("xl/workbook.bin")
    length = 2 * struct.unpack_from("<I", content)[0]
    return content[4 : 4 + length].decode("utf-16-le", "replace"), content[4 + length :]


def _cells(content: bytes) -> Lost:
    lost = Lost()
    row = 0
    for number, cell in _records(content):
        if number == _ROW and len(cell) >= 4:
            row = struct.unpack_from("<I", cell)[0] + 1
        elif number in (_CELL_ERROR, _FORMULA_ERROR, *_FORMULAS) and len(cell) >= 9:
            column = struct.unpack_from("<I", cell)[0]
            if number in (_CELL_ERROR, _FORMULA_ERROR):
                lost.error(row, column, cell[8])
            if number != _CELL_ERROR:
                lost.formula(row, column)
    return lost


# ---- .xls: a file system of sectors, in it one stream of records

_FREE, _HEADER, _ENTRY = 0xFFFFFFF0, 512, 128
_BOUND, _FORMULA, _BOOL_OR_ERROR, _END, _PROTECTED = 0x85, 0x06, 0x205, 0x0A, 0x2F
_CELLS = frozenset({0x06, 0x7E, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205})
_ROW_RECORD, _COLUMNS_RECORD = 0x208, 0x7D


def xls(file: BinaryIO) -> dict[str, Lost]:
    """The sheets of an .xls. Files of Excel 5 and 95, which differ in little, too."""
    stream = _workbook_stream(file)
    found = {}
    version = struct.unpack_from("<H", stream, 4)[0] if len(stream) >= 6 else 0
    for _at, number, content in _xls_records(stream, 0):
        if number == _PROTECTED:
            raise Unreadable("password")
        if number == _BOUND and len(content) >= 8:
            offset = struct.unpack_from("<I", content)[0]
            found[_sheet_name(content[6:], version)] = _xls_cells(stream, offset)
        if number == _END:
            break
    return found


def _sheet_name(content: bytes, version: int) -> str:
    length = content[0]
    if version < 0x600:
        return content[1 : 1 + length].decode("cp1252", "replace")
    if content[1] & 1:
        return content[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return content[2 : 2 + length].decode("latin-1")


def _xls_records(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield at, number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _xls_cells(stream: bytes, offset: int) -> Lost:
    lost = Lost()
    height = width = 0
    for _at, number, content in _xls_records(stream, offset):
        if number == _END:
            break
        if number in _CELLS and len(content) >= 6:
            row, column = struct.unpack_from("<HH", content)
            height, width = max(height, row + 1), max(width, column + 1)
            if height * width > DENSE:
                raise Unreadable("too many cells", most=MOST_CELLS)
        if number == _FORMULA and len(content) >= 14:
            row, column = struct.unpack_from("<HH", content)
            lost.formula(row + 1, column)
            if content[12:14] == b"\xff\xff" and content[6] == 2:
                lost.error(row + 1, column, content[8])
            elif content[12:14] == b"\xff\xff" and content[6] == 3:
                lost.put(row + 1, column, "")
        elif number == _BOOL_OR_ERROR and len(content) >= 8 and content[7]:
            row, column = struct.unpack_from("<HH", content)
            lost.error(row + 1, column, content[6])
        elif number == _ROW_RECORD and len(content) >= 16 and content[12] & 0x20:
            lost.hidden_rows.append(struct.unpack_from("<H", content)[0] + 1)
        elif number == _COLUMNS_RECORD and len(content) >= 10 and content[8] & 1:
            first, last = struct.unpack_from("<HH", content)
            if first <= last < 256:
                lost.hidden_columns.append((first + 1, last + 1))
    lost.hidden_rows.sort()
    return lost


def _workbook_stream(file: BinaryIO) -> bytes:
    """The stream `Workbook` or `Book` at the root of an OLE file."""
    file.seek(0)
    content = file.read()
    try:
        ole = _Ole(content)
        for name in ("workbook", "book"):
            if name in ole.root:
                return ole.stream(*ole.root[name])
    except (struct.error, IndexError):
        raise damaged("OLE") from None
    raise Unreadable("other kind", what="OLE")


class _Ole:
    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise damaged("OLE")
        self.size = 1 << shift
        first_directory, self.cutoff, first_small = (
            struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60)
        )
        self.table = self._table()
        directory = self._chain(first_directory)
        small = self._chain(first_small)
        self.small_table = struct.unpack_from(f"<{len(small) // 4}I", small)
        self.root: dict[str, tuple[int, int]] = {}
        self._entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
        self.small = self._chain(struct.unpack_from("<I", self._entries[0], 116)[0])
        self._walk(struct.unpack_from("<I", self._entries[0], 76)[0], set())

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        return self.content[at : at + self.size]

    def _table(self) -> list[int]:
        listed = [each for each in struct.unpack_from("<109I", self.content, 76) if each < _FREE]
        following, seen = struct.unpack_from("<I", self.content, 68)[0], set[int]()
        while following < _FREE and following not in seen:
            seen.add(following)
            *more, following = struct.unpack(f"<{self.size // 4}I", self._sector(following))
            listed += [each for each in more if each < _FREE]
        table: list[int] = []
        for number in dict.fromkeys(listed):
            sector = self._sector(number)
            table += struct.unpack(f"<{len(sector) // 4}I", sector)
        return table

    def _chain(self, number: int) -> bytes:
        pieces, seen = [], set[int]()
        while number < _FREE:
            if number in seen or number >= len(self.table):
                raise damaged("OLE")
            seen.add(number)
            pieces.append(self._sector(number))
            number = self.table[number]
        return b"".join(pieces)

    def _walk(self, number: int, seen: set[int]) -> None:
        """The tree of the entries beneath the root; those of storages in it are not looked at."""
        waiting = [number]
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right = struct.unpack_from("<II", entry, 68)
            start, size = struct.unpack_from("<II", entry, 116)
            self.root[name.lower()] = (start, size)
            waiting += [left, right]

    def stream(self, start: int, size: int) -> bytes:
        if size >= self.cutoff:
            return self._chain(start)[:size]
        pieces, seen = [], set[int]()
        while start < _FREE:
            if start in seen or start >= len(self.small_table):
                raise damaged("OLE")
            seen.add(start)
            pieces.append(self.small[start * 64 : start * 64 + 64])
            start = self.small_table[start]
        return b"".join(pieces)[:size]
