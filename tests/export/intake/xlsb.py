"""A small .xlsb written by hand: records of a number and a length, both of seven bits a byte."""

from __future__ import annotations

import struct

from tests.export.intake.books import packed, relation, relations


def _bytes(number: int) -> bytes:
    made = bytearray()
    while True:
        made.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(made)


def record(number: int, content: bytes = b"") -> bytes:
    """One record."""
    kind = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    return kind + _bytes(len(content)) + content


def wide(text: str) -> bytes:
    """A text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int) -> bytes:
    """The head of a row, counted from 0."""
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))


def text(column: int, value: str) -> bytes:
    """A text of its own."""
    return record(6, struct.pack("<II", column, 0) + wide(value))


def real(column: int, value: float) -> bytes:
    """A number."""
    return record(5, struct.pack("<IId", column, 0, value))


def error(column: int, code: int) -> bytes:
    """An error, by its number."""
    return record(3, struct.pack("<IIB", column, 0, code))


def formula(column: int, value: float) -> bytes:
    """A formula with its result."""
    return record(9, struct.pack("<IIdHI", column, 0, value, 0, 0))


def xlsb(*cells: bytes) -> bytes:
    """A workbook of one sheet, “Data”."""
    sheet = record(129) + record(148, struct.pack("<4I", 0, 10, 0, 10)) + record(145) + b"".join(cells)
    book = record(131) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Data")) + record(144) + record(132)
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(relation(1, "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": sheet + record(146) + record(130),
        }
    )
