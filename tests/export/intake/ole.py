"""A small OLE file written by hand: streams at its root, each so long that no small sectors are needed."""

from __future__ import annotations

import struct

SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
LEAST = 4_096


def ole(streams: dict[str, bytes]) -> bytes:
    """The file. The directory is a chain to the right, which every reader follows."""
    entries = [_entry("Root Entry", 5, 1, END, 0)]
    table: list[int] = []
    content = b""
    for number, (name, stream) in enumerate(streams.items(), 1):
        stream = stream.ljust(LEAST, b"\0")
        first, many = len(table), -(-len(stream) // SECTOR)
        table += [*range(first + 1, first + many), END]
        content += stream.ljust(many * SECTOR, b"\0")
        following = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, FREE, first, len(stream), following))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    at = len(table)
    table += [*range(at + 1, at + len(directory) // SECTOR), END]
    content += directory
    sectors = -(-(len(table) + 2) // (SECTOR // 4))
    own = len(table)
    table += [TABLE] * sectors
    table += [FREE] * (sectors * SECTOR // 4 - len(table))
    content += struct.pack(f"<{len(table)}I", *table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, sectors, at, 0, LEAST, END, 0, END, 0
    )
    listed = [*range(own, own + sectors), *[FREE] * (109 - sectors)]
    return header + struct.pack("<109I", *listed) + content


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = FREE) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def xls(*cells: bytes, before: bytes = b"") -> bytes:
    """An Excel 97 workbook of one sheet, “Data”, with these cell records."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    head = _record(0x809, begin) + before

    def bound(offset: int) -> bytes:
        return _record(0x85, struct.pack("<IBBBB", offset, 0, 0, 4, 0) + b"Data")

    end = _record(0x0A)
    offset = len(head) + len(bound(0)) + len(end)
    rest = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + end
    return ole({"Workbook": head + bound(offset) + end + rest})


def number(row: int, column: int, value: float) -> bytes:
    """A number."""
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, text: str) -> bytes:
    """A text of its own, as old programs wrote it."""
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def error(row: int, column: int, code: int) -> bytes:
    """An error, by its number."""
    return _record(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def protected() -> bytes:
    """The mark of a workbook with a password."""
    return _record(0x2F, struct.pack("<HHHH", 0, 1, 1, 1))
