"""The workbook as it would be, to look at before anything is saved.

    seen = preview(workspace, Request(layout="gao"))
    seen.sheets[0].rows[0].cells[0].text

It is written by the writer of exports into a private folder, cut to the first rows of each sheet and read back: what
is shown is what would be in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.export import report, saving
from desktop.export.layouts.definition import Definition
from desktop.export.request import Progress, Request
from desktop.i18n import speaking

ROWS = 200
"""Records of each sheet that are shown."""


@dataclass(frozen=True)
class Look:
    """What a cell looks like; colours as `#RRGGBB`, '' for none."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    color: str = ""
    ground: str = ""
    line: str = ""
    """Of the line under it."""
    align: str = "left"
    vertical: str = "top"
    indent: int = 0
    wrap: bool = False


@dataclass(frozen=True)
class Cell:
    """What one reads in a cell."""

    text: str
    look: Look


@dataclass(frozen=True)
class Row:
    """A row; `height` in points. A cell that is not there is None."""

    cells: tuple[Cell | None, ...]
    height: float


@dataclass(frozen=True)
class Bars:
    """A chart of bars: a series a colour. The area is columns and rows, counted from 0, its ends left out."""

    title: str
    names: tuple[str, ...]
    series: tuple[tuple[str, str, tuple[float, ...]], ...]
    """Name, colour and values."""
    area: tuple[int, int, int, int]
    """First column, first row, column and row after the last."""


@dataclass(frozen=True)
class Picture:
    """A picture at a cell, its place and size in pixels."""

    data: bytes
    row: int
    column: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Sheet:
    """A sheet; widths in characters. `records` is how many there are, None for a sheet that has none."""

    name: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Row, column, rows and columns of what runs over several cells."""
    frozen: int = 0
    """Rows that stay in view."""
    records: int | None = None
    shown: int = 0
    """Records among the rows."""
    charts: tuple[Bars, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a workbook shows to who opens it: without the sheets that are hidden."""

    sheets: tuple[Sheet, ...]
    told: list[str] = field(default_factory=list)
    """Sentences on what could not go in as it is."""
    marking: str = ""
    records: int = 0


def preview(
    workspace: Any, request: Request, progress: Progress | None = None, layout: Definition | None = None
) -> Preview:
    """The workbook of a request, in a `layout` that need not be kept yet; raises `ExportError`.

    It may run on a worker thread, and `progress` may stop it.
    """
    asked = layout if layout is not None else report.layout_of(request)
    with saving.work_folder() as folder, speaking(report.language_of(request, asked)):
        from desktop.export import readback, writing  # openpyxl takes a quarter of a second to load

        path = folder / f"preview{report.SUFFIX}"
        written = writing.write(workspace, report.completed(workspace, request, asked), asked, path, progress)
        sheets = readback.sheets(path, written.sheets, ROWS)
    return Preview(tuple(sheets), written.told, written.marking, written.rows)
