"""The rows of a sheet, streamed beside the document that openpyxl makes of everything else.

What surrounds the rows (widths, tables, colours, dropdowns, paper) is written by openpyxl as ever, of a sheet
without rows; the rows go in between. Both are packed while they are written, into a file of the private folder that
goes into the archive as it is: a sheet is never whole in memory, and never unpacked on the disk. ISA-L packs so fast
that a thread for it would cost more than it spares.
"""

from __future__ import annotations

import logging
import re
import shutil
import time
import zipfile
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from isal import isal_zlib
from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, SubElement

logger = logging.getLogger(__name__)

LEVEL = 2
"""Of ISA-L: what zlib makes of a sheet at its level 2, in a quarter of the time."""
CHUNK = 1 << 18
"""Bytes that are packed together."""
BUFFER = 1 << 18
"""Bytes that are brought to the disk together."""
_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")


class SheetWriter(WorksheetWriter):  # type: ignore[misc]
    """Writes a sheet where it is told to, and keeps Excel from marking texts such as `2019` as errors."""

    def write_drawings(self) -> None:
        # openpyxl's own class for this forgets the area, and Excel then calls the file damaged.
        ignored = Element("ignoredErrors")
        SubElement(
            ignored, "ignoredError", {"sqref": self.ws.calculate_dimension(), "numberStoredAsText": "1"}
        )
        self.xf.send(ignored)
        super().write_drawings()

    def cleanup(self) -> None:
        Path(self.out).unlink()


def surroundings(sheet: Any, whole: bool = True) -> tuple[bytes, bytes, Any]:
    """What openpyxl writes before and after the rows of a sheet, and the relations that this needs.

    Unless it is to be the whole, only what stands before them counts.
    """
    links, comments = sheet._hyperlinks, sheet._comments
    file = BytesIO()
    writer = SheetWriter(sheet, file)
    sheet._hyperlinks, sheet._comments = links, comments  # a writer begins with none
    writer.write_top()
    writer.write_rows()
    if whole:
        writer.write_tail()
    writer.close()
    before, after = _ROWS.split(file.getvalue())
    return before, after, writer._rels


@cache
def streams() -> bool:
    """Whether openpyxl writes a sheet in the way that is known here."""
    try:
        sheet = Workbook(write_only=True).create_sheet()
        sheet.calculate_dimension = lambda: "A1"
        before, after, _relations = surroundings(sheet)
    except Exception:
        logger.warning("openpyxl writes sheets in a new way: rows go through it", exc_info=True)
        return False
    return before.startswith(b"<worksheet") and after.endswith(b"</worksheet>")


class Stream:
    """One sheet on its way into the archive."""

    def __init__(self, sheet: Any, path: Path) -> None:
        self.sheet = sheet
        self.size = self.packed = self.crc = 0
        self.relations: Any = None
        self._begun = False
        self._rows: list[bytes] = []
        self._room = CHUNK
        self._path = path
        self._file: BinaryIO | None = None
        self._zip: Any = None

    def add(self, row: bytes) -> None:
        """Take one row after the other; raises `OSError` where the disk does not take what came before."""
        self._rows.append(row)
        self._room -= len(row)
        if self._room < 0:
            self._pack(self._gathered())

    def _gathered(self) -> bytes:
        """The rows that were taken since it was last asked, and before the first of them the sheet's beginning."""
        if not self._begun:
            self._begun = True
            self._rows.insert(0, surroundings(self.sheet, whole=False)[0] + b"<sheetData>")
        rows = b"".join(self._rows)
        self._rows.clear()
        self._room = CHUNK
        return rows

    def _pack(self, data: bytes) -> None:
        if self._file is None:
            self._file = self._path.open("wb", buffering=BUFFER)
            self._zip = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        self.size += len(data)
        self.crc = isal_zlib.crc32(data, self.crc)
        self.packed += self._file.write(self._zip.compress(data))

    def finish(self) -> None:
        """End the sheet."""
        last = self._gathered()
        _before, after, self.relations = surroundings(self.sheet)
        self._pack(last + b"</sheetData>" + after)
        if self._file is not None:
            self.packed += self._file.write(self._zip.flush())
            self._file.close()
        self._file = self._zip = None

    def put(self, archive: zipfile.ZipFile, name: str) -> None:
        """Place the packed sheet in an archive as it is; `zipfile` would pack it once more."""
        info = zipfile.ZipInfo(name, time.localtime()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        info.CRC, info.file_size, info.compress_size = self.crc, self.size, self.packed
        file: Any = archive.fp
        file.seek(archive.start_dir)
        info.header_offset = file.tell()
        file.write(info.FileHeader())
        with self._path.open("rb") as packed:
            shutil.copyfileobj(packed, file, BUFFER)
        archive.start_dir = file.tell()
        archive.filelist.append(info)
        archive.NameToInfo[name] = info
        archive._didModify = True  # type: ignore[attr-defined]

    def close(self) -> None:
        """Let the file go; the folder it lies in is removed by its owner."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()


class Packing(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer of archives, which takes streamed sheets as they are."""

    def write_worksheet(self, ws: Any) -> None:
        stream = getattr(ws, "stream", None)
        if stream is None:
            super().write_worksheet(ws)
            return
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        ws._rels = stream.relations
        stream.put(self._archive, ws.path[1:])
        self.manifest.append(ws)
