"""A short mark of what stands in a cell, by which a workbook that comes back tells what was changed in it.

Two cells have the same mark where a reader would call them the same: line ends, non-breaking spaces and full-width
digits make no difference. Of a mark the value cannot be read back.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from base64 import b64decode
from binascii import b2a_base64
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zlib import crc32

_ALIKE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", **{chr(0xFF10 + digit): str(digit) for digit in range(10)}}
)

_ODD = re.compile(f"[{''.join(map(chr, _ALIKE))}]")
"""One of them: most texts have none, and to look for it takes a tenth of the time."""


def mark(value: Any) -> int:
    """The mark of what stands in a cell: nothing, a text, a number, a day or an instant; nothing is 0."""
    said = canonical(value)
    return crc32(said.encode("utf-8", "surrogatepass")) if said else 0


def canonical(value: Any) -> str:
    """The text that a mark is made of."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
        return text if text.isascii() or _ODD.search(text) is None else text.translate(_ALIKE)
    if isinstance(value, dt.datetime):
        day = value.time() == dt.time()
        return value.date().isoformat() if day else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Decimal | int | float):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)


class Texts:
    """The marks of rows of so many cells as `_sync` keeps them: four bytes each, together in base64."""

    def __init__(self, cells: int) -> None:
        self._packed = struct.Struct(f">{cells}I")

    def of(self, columns: Sequence[Sequence[int]]) -> list[bytes]:
        """The text of each row, of the marks of its columns."""
        packed = map(self._packed.pack, *columns)
        return [b2a_base64(row, newline=False) for row in packed]


def read(text: str) -> list[int]:
    """The marks of a row, the inverse of `Texts`; raises ValueError."""
    packed = b64decode(text, validate=True)
    if len(packed) % 4:
        raise ValueError("a mark has four bytes")
    return list(struct.unpack(f">{len(packed) // 4}I", packed))
