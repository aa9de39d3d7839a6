"""The workbook as a whole: its sheets, styles, theme and properties, written by openpyxl; their rows are streamed.

The work files of its sheets lie in a private folder that goes with it, and so does what a killed export left.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.table import TableStyle, TableStyleElement, TableStyleList
from openpyxl.writer.theme import theme_xml

from desktop.export import lists, longtexts, names, palette, texts
from desktop.export.fonts import main_font
from desktop.export.layout import Frame
from desktop.export.lists import Lists
from desktop.export.longtexts import LongTexts
from desktop.export.streaming import Packing, SheetWriter, Stream, streams
from desktop.export.styles import TABLE, Styles
from desktop.export.sync import About, Sync
from desktop.export.told import Told
from desktop.i18n import _


class Book:
    """A workbook in the making; `folder` is private to it. Its rows are `streamed`, or written by openpyxl too."""

    def __init__(
        self,
        folder: Path,
        language: str,
        frame: Frame,
        officers: tuple[str, ...],
        headings: tuple[str, ...] = (),
        about: About | None = None,
        *,
        streamed: bool | None = None,
    ) -> None:
        self.folder, self.officers = folder, officers
        self.frame = replace(frame, font=main_font(language))
        self.languages = tuple(dict.fromkeys(headings)) or (language,)
        """Of the headings; the cells are in the first."""
        self.sync = Sync(about) if about is not None else None
        self.work = Workbook(write_only=True)
        self.sheets: list[Any] = []
        self._last: list[Any] = []
        """Sheets that are to stand behind all others."""
        self._numbers = count(1)
        self._streamed = streams() if streamed is None else streamed
        self._names: set[str] = set()
        self.told = Told()
        self.long = LongTexts(
            folder, self.told, names.sheet_name(_(longtexts.NAME), self._names), main_font(language)
        )
        self.lists = Lists(names.sheet_name(_(lists.NAME), self._names))
        self.work.loaded_theme = _theme(language)
        self._table_style()
        self.styles = Styles(self.work, language)

    def name(self, wanted: str) -> str:
        """A sheet's name that Excel accepts and no other sheet has."""
        return names.sheet_name(wanted, self._names)

    def add(self, name: str, last: bool = False) -> Any:
        """A new sheet of this name, behind those that there are, or `last` of all, whatever is added after it."""
        sheet = self.work.create_sheet(name)
        path = self.folder / f"sheet{next(self._numbers)}"
        sheet._get_writer = lambda: self._writer(sheet, path)
        (self._last if last else self.sheets).append(sheet)
        if last:
            self.work._sheets.remove(sheet)
        if self._streamed:
            sheet.stream = Stream(sheet, path)
        return sheet

    def _writer(self, sheet: Any, path: Path) -> None:
        if sheet._writer is None:
            sheet._writer = SheetWriter(sheet, str(path.with_suffix(".xml")))
            sheet._writer.write_top()

    def properties(self, title: str, creator: str, subject: str, at: dt.datetime) -> None:
        """What the file says of itself: of the office, never of a user or a path."""
        said = self.work.properties
        said.title, said.creator, said.subject = (texts.legal(text)[0] for text in (title, creator, subject))
        said.category = said.keywords = texts.legal(self.frame.marking)[0]
        said.created = said.modified = at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)

    def _table_style(self) -> None:
        """Bands so faint that the colours of the RAG stand out on them, and hairlines."""
        band = DifferentialStyle(fill=PatternFill("solid", bgColor=palette.BAND))
        line = Side("thin", color=palette.HAIRLINE)
        whole = DifferentialStyle(border=Border(bottom=line, top=line, horizontal=line))
        head = DifferentialStyle(
            font=Font(bold=True, color=palette.ON_ACCENT), fill=PatternFill("solid", bgColor=palette.ACCENT)
        )
        add = self.work._differential_styles.add
        self.work._table_styles = TableStyleList(
            tableStyle=[
                TableStyle(
                    name=TABLE,
                    pivot=False,
                    count=3,
                    tableStyleElement=[
                        TableStyleElement(type="wholeTable", dxfId=add(whole)),
                        TableStyleElement(type="headerRow", dxfId=add(head)),
                        TableStyleElement(type="secondRowStripe", dxfId=add(band)),
                    ],
                )
            ]
        )

    def finish(self) -> None:
        """End all sheets: from here on only the target is written."""
        self.sheets += self._last
        self.work._sheets += self._last
        self._last = []
        for sheet in self.sheets:
            (sheet.stream.finish if self._streamed else sheet.close)()

    def save(self, file: BinaryIO) -> None:
        """Pack all that was written into a file."""
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            Packing(self.work, archive).write_data()

    def close(self) -> None:
        """End what was begun and not saved; the folder is removed by its owner."""
        self.long.close()
        for sheet in (*self.sheets, *self._last):
            if self._streamed:
                sheet.stream.close()
                continue
            writer = sheet._writer
            with suppress(Exception):  # a writer that failed half-way fails again when it is closed
                if sheet._rows is not None:
                    sheet._rows.close()
            with suppress(Exception):
                if writer is not None:
                    writer.close()


def _theme(language: str) -> bytes:
    """Office's theme in the program's colours, so that what a reader adds fits in."""
    theme: str = theme_xml
    tones = [tone[0] for tone in palette.TONES.values()]
    for number, colour in enumerate([palette.ACCENT, *tones, palette.HAIRLINE], 1):
        theme = re.sub(
            rf'(<a:accent{number}>\s*<a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour}", theme, count=1
        )
    return theme.encode()
