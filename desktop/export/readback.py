"""Reads a workbook that Juntos has written as a reader sees it: its first rows, with their looks, charts and pictures.

Of a sheet with many rows the rest is cut off before openpyxl is given it, so that looking at a large workbook takes
no longer than looking at a small one.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.xml.functions import fromstring

from desktop.export import palette, styles
from desktop.export.picture import PIXEL
from desktop.export.preview import Bars, Cell, Look, Picture, Row, Sheet
from desktop.export.sheet import ABOVE

CHUNK = 1 << 18
HEIGHT = 15.0
"""Points of a row that says none."""
_ROW_END, _ROWS_END = b"</row>", b"</sheetData>"
_WORD = re.compile(r'^\$?[A-Z]+\$?\d+="((?:[^"]|"")*)"$')
"""The formula of a rule that looks at the word in the cell."""

Rule = tuple[Callable[[Any], bool], Any]
"""Whether it holds of a value, and the look that it brings."""


def sheets(path: Path, counts: dict[str, int], most: int) -> list[Sheet]:
    """The sheets that are not hidden; `counts` are their records by name, of which the first `most` are read."""
    with zipfile.ZipFile(path) as archive:
        short = BytesIO()
        with zipfile.ZipFile(short, "w", zipfile.ZIP_STORED) as into:
            for name in archive.namelist():
                with archive.open(name) as source:
                    rows = name.startswith("xl/worksheets/sheet")
                    into.writestr(name, first_rows(source, most + ABOVE) if rows else source.read())
    with zipfile.ZipFile(short) as archive:
        book = load_workbook(short)
        return [
            _Reader(sheet, archive, number).read(counts.get(sheet.title), most)
            for number, sheet in enumerate(book.worksheets, 1)
            if sheet.sheet_state == "visible"
        ]


def first_rows(source: IO[bytes], most: int) -> bytes:
    """The XML of a sheet without the rows after the first."""
    read = source.read(CHUNK)
    while read.count(_ROW_END) <= most:
        more = source.read(CHUNK)
        if not more:
            return read
        read += more
    end = 0
    for _row in range(most):
        end = read.index(_ROW_END, end) + len(_ROW_END)
    head, rest = read[:end], read[end:]
    while _ROWS_END not in rest:
        more = source.read(CHUNK)
        if not more:
            return read
        rest = rest[-len(_ROWS_END) :] + more
    return head + rest[rest.index(_ROWS_END) :] + source.read()


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Any, archive: zipfile.ZipFile, number: int) -> None:
        self.sheet, self.archive, self.number = sheet, archive, number
        self.looks: dict[Any, Look] = {}
        self.rules = list(self._rules())
        self.bands = [range_boundaries(table.ref) for table in sheet.tables.values()]

    def read(self, records: int | None, most: int) -> Sheet:
        """All of it."""
        sheet = self.sheet
        visible = [
            number
            for number in range(1, sheet.max_column + 1)
            if not self._dimension(number) or not self._dimension(number).hidden
        ]
        columns = visible[-1] if visible else 1
        # A link to a cell that was cut off brings an empty one back.
        rows_kept = min(sheet.max_row, most + ABOVE)
        rows = [
            Row(tuple(self._cell(cell) for cell in row), sheet.row_dimensions[number].height or HEIGHT)
            for number, row in enumerate(sheet.iter_rows(max_row=rows_kept, max_col=columns), 1)
        ]
        return Sheet(
            name=sheet.title,
            widths=tuple(self._width(number) for number in range(1, columns + 1)),
            rows=tuple(rows),
            merged=tuple(
                (each.min_row - 1, each.min_col - 1, each.size["rows"], each.size["columns"])
                for each in sheet.merged_cells.ranges
            ),
            frozen=(sheet.freeze_panes and range_boundaries(sheet.freeze_panes)[1] - 1) or 0,
            records=records,
            shown=min(records or 0, most),
            charts=tuple(map(_bars, sheet._charts)),
            pictures=tuple(self._pictures()),
        )

    def _dimension(self, number: int) -> Any:
        letter = get_column_letter(number)
        return self.sheet.column_dimensions.get(letter)

    def _width(self, number: int) -> float:
        found = self._dimension(number)
        return float(found.width) if found is not None else 9.0

    # ---- cells

    def _cell(self, cell: Any) -> Cell | None:
        if isinstance(cell, MergedCell) or (not cell.has_style and cell.value is None):
            return None
        look = self._look(cell)
        text = shown(cell.value, cell.number_format)
        for (left, top, right, bottom), holds, brought in self.rules:
            if left <= cell.column <= right and top <= cell.row <= bottom and holds(cell.value):
                text, look = _brought(text, look, brought)
                break
        return Cell(text, look)

    def _look(self, cell: Any) -> Look:
        banded = any(
            left <= cell.column <= right and top < cell.row <= bottom and (cell.row - top) % 2 == 0
            for left, top, right, bottom in self.bands
        )
        style, figure = cell._style, isinstance(cell.value, int | float | dt.date)
        key = (style.fontId, style.fillId, style.borderId, style.alignmentId, banded, figure)
        if key not in self.looks:
            self.looks[key] = _plain_look(cell, banded)
        return self.looks[key]

    def _rules(self) -> Iterator[tuple[tuple[int, int, int, int], Callable[[Any], bool], Any]]:
        """The conditions by which words are coloured, in the order in which they are looked at."""
        found = []
        for area in self.sheet.conditional_formatting:
            for rule in area.rules:
                holds = _holds(rule)
                if holds is not None and rule.dxf is not None:
                    found += [
                        (rule.priority, range_boundaries(str(each)), holds, rule.dxf)
                        for each in area.sqref.ranges
                    ]
        for _priority, bounds, holds, look in sorted(found, key=lambda each: each[0]):
            yield bounds, holds, look

    # ---- pictures

    def _pictures(self) -> Iterator[Picture]:
        """openpyxl reads pictures only with a library that knows their formats; here they are passed on."""
        place = f"xl/worksheets/sheet{self.number}.xml"
        names = set(self.archive.namelist())
        if get_rels_path(place) not in names:
            return
        for rel in get_dependents(self.archive, get_rels_path(place)).find(SpreadsheetDrawing._rel_type):
            drawing = SpreadsheetDrawing.from_tree(fromstring(self.archive.read(rel.target)))
            if get_rels_path(rel.target) not in names:
                continue
            parts = get_dependents(self.archive, get_rels_path(rel.target))
            for blip in drawing._blip_rels:
                start, size = blip.anchor._from, blip.anchor.ext
                yield Picture(
                    self.archive.read(parts.get(blip.embed).target),
                    row=start.row,
                    column=start.col,
                    left=start.colOff // PIXEL,
                    top=start.rowOff // PIXEL,
                    width=size.width // PIXEL,
                    height=size.height // PIXEL,
                )


def shown(value: Any, format: str) -> str:
    """A value as Excel shows it, in the formats that Juntos writes."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC" if format == styles.MOMENT else value.date().isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(unescape(str(value)))
    kind = format.split(";")
    if value == 0 and len(kind) > 2:
        return kind[2].strip('"')
    if not kind[0].startswith(styles.NUMBER):
        return f"{value:g}" if isinstance(value, float) else str(value)
    digits = len(kind[0].partition(".")[2])
    return f"{value:,.{digits}f}"


def _plain_look(cell: Any, banded: bool) -> Look:
    font, align = cell.font, cell.alignment
    ground = _colour(cell.fill.fgColor) if cell.fill.fill_type == "solid" else ""
    line = cell.border.bottom
    by_kind = "right" if isinstance(cell.value, int | float | dt.date) else "left"
    return Look(
        size=float(font.sz or styles.SIZE),
        bold=bool(font.b),
        italic=bool(font.i),
        color=_colour(font.color),
        ground=ground or (f"#{palette.BAND}" if banded else ""),
        line=_colour(line.color) if line is not None and line.style else "",
        align=by_kind if align.horizontal in (None, "general") else align.horizontal,
        vertical=align.vertical or "bottom",
        indent=int(align.indent or 0),
        wrap=bool(align.wrap_text),
    )


def _colour(color: Any) -> str:
    rgb = getattr(color, "rgb", None)
    return f"#{rgb[-6:]}" if isinstance(rgb, str) and len(rgb) >= 6 else ""


def _holds(rule: Any) -> Callable[[Any], bool] | None:
    """What a rule asks of a value; None for one that Juntos does not write."""
    formula = str(rule.formula[0]) if rule.formula else ""
    if rule.type == "expression" and (found := _WORD.match(formula)):
        word = found[1].replace('""', '"').casefold()
        return lambda value: isinstance(value, str) and value.casefold() == word
    if rule.type == "cellIs" and rule.operator == "greaterThan" and formula == "0":
        return lambda value: isinstance(value, int | float) and value > 0
    return None


def _brought(text: str, look: Look, brought: Any) -> tuple[str, Look]:
    """Text and look of a cell of which a rule holds."""
    ground = _colour(brought.fill.bgColor) if brought.fill is not None else ""
    look = replace(
        look,
        bold=bool(brought.font.b) if brought.font is not None else look.bold,
        color=(_colour(brought.font.color) if brought.font is not None else "") or look.color,
        ground=ground or look.ground,
    )
    shape = brought.numFmt.formatCode if brought.numFmt is not None else ""
    return (f"{shape[1:-2]}{text}" if shape.endswith('"@') else text), look


# ---- charts


def _bars(chart: Any) -> Bars:
    start, end = chart.anchor._from, chart.anchor.to
    series, names = [], ()
    for each in chart.series:
        values = each.val.numRef.numCache.pt
        title = each.tx.strRef.strCache.pt if each.tx is not None else []
        fill = each.graphicalProperties.solidFill
        series.append((_joined(title), _fill(fill), tuple(float(point.v or 0) for point in values)))
        names = tuple(point.v for point in each.cat.strRef.strCache.pt)
    return Bars(_title(chart), names, tuple(series), (start.col, start.row, end.col + 1, end.row + 1))


def _joined(points: Any) -> str:
    return " ".join(str(point.v) for point in points)


def _fill(fill: Any) -> str:
    value = getattr(fill, "srgbClr", None)
    return f"#{getattr(value, 'val', value) or palette.ACCENT}"


def _title(chart: Any) -> str:
    rich = getattr(getattr(chart.title, "tx", None), "rich", None)
    return "".join(run.t for part in (rich.p if rich else []) for run in part.r or [])
