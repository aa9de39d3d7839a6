"""Other writers of workbooks, over the cells that ours writes. Each gets them in the shape that suits it best, made
before the clock is started, and gives what it took from there to the file on disk.

    openpyxl      what the documentation of its write-only mode shows: a `WriteOnlyCell` for each value, a height
                  for each row, `append`, `save`; with all styles, dropdowns, colours and tables
    xlsxwriter    constant memory, with all formats, dropdowns and colours; it has no tables in that mode
    rust          rustpy-xlsxwriter: a format for each column, dropdowns, colours of words; no tables either
    pandas-…      a frame without any format
"""

from __future__ import annotations

import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = 2
"""The row of the headings in a sheet of records."""
BOOK = (
    "_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats", "_cell_styles",
    "_named_styles", "_differential_styles", "_table_styles", "loaded_theme",
)  # fmt: skip
SHEET = (
    "column_dimensions", "data_validations", "conditional_formatting", "_tables", "sheet_properties", "views",
    "page_setup", "page_margins", "HeaderFooter",
)  # fmt: skip


Taken = dict[str, float]
"""The `seconds` that something took, and those that the `processor` was at work, on all threads together."""


class Clock:
    """Started when it is made."""

    def __init__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def read(self) -> Taken:
        """What has passed since."""
        seconds, processor = self._begun
        return {"seconds": time.perf_counter() - seconds, "processor": time.process_time() - processor}


@dataclass
class Page:
    """A sheet as openpyxl knows it, and its rows: the height of each, and its cells by column, content and style."""

    sheet: Any
    rows: list[tuple[float, list[tuple[int, Any, str]]]] = field(default_factory=list)

    @property
    def records(self) -> list[list[Any]]:
        """The contents of the rows below the headings."""
        return [[content for _column, content, _look in cells] for _height, cells in self.rows[HEAD:]]

    @property
    def headings(self) -> list[str]:
        return [content for _column, content, _look in self.rows[HEAD - 1][1]]


def of_openpyxl(book: Any, pages: list[Page], target: Path) -> Taken:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    clock = Clock()
    work = Workbook(write_only=True)
    for name in BOOK:
        setattr(work, name, getattr(book, name))
    styles = list(work._cell_styles)
    for page in pages:
        to = work.create_sheet(page.sheet.title)
        for name in SHEET:
            setattr(to, name, getattr(page.sheet, name))
        for number, (height, row) in enumerate(page.rows, 1):
            if height:
                to.row_dimensions[number].height = height
            cells: list[Any] = []
            for column, content, look in row:
                cells += [None] * (column - 1 - len(cells))
                cell = WriteOnlyCell(to, content)
                cell._style = styles[int(look)]
                cells.append(cell)
            to.append(cells)
    work.save(target)
    return clock.read()


def of_xlsxwriter(book: Any, pages: list[Page], target: Path) -> Taken:
    import xlsxwriter

    looks = {look for page in pages for _height, cells in page.rows for _column, _content, look in cells}
    described = {look: _described(book, int(look)) for look in looks}
    clock = Clock()
    work = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    formats = {look: work.add_format(each) for look, each in described.items()}
    for page in pages:
        to = work.add_worksheet(page.sheet.title)
        _dressed(to, page, work)
        for number, (height, row) in enumerate(page.rows):
            if height:
                to.set_row(number, height)
            for column, content, look in row:
                if isinstance(content, str):
                    to.write_string(number, column - 1, content, formats[look])
                elif content is None:
                    to.write_blank(number, column - 1, None, formats[look])
                else:
                    to.write_number(number, column - 1, content, formats[look])
    work.close()
    return clock.read()


def _dressed(to: Any, page: Page, work: Any) -> None:
    """Widths, filter, dropdowns and colours of a sheet."""
    for letter, dimension in page.sheet.column_dimensions.items():
        to.set_column(f"{letter}:{letter}", dimension.width)
    for table in page.sheet._tables.values():
        to.autofilter(table.ref)
    for each in page.sheet.data_validations.dataValidation:
        to.data_validation(str(each.sqref), {"validate": "list", "source": f"={each.formula1}"})
    for area in page.sheet.conditional_formatting:
        for rule in area.rules:
            look = work.add_format({"bold": True, "font_color": f"#{rule.dxf.font.color.rgb[-6:]}"})
            criteria = {"type": "formula", "criteria": f"={rule.formula[0]}", "format": look}
            if rule.type == "cellIs":
                criteria = {"type": "cell", "criteria": ">", "value": 0, "format": look}
            to.conditional_format(str(area.sqref), criteria)


def _described(book: Any, look: int) -> dict[str, Any]:
    """A style of openpyxl in the words of XlsxWriter."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    style = book._cell_styles[look]
    font, fill = book._fonts[style.fontId], book._fills[style.fillId]
    border, place = book._borders[style.borderId], book._alignments[style.alignmentId]
    number = style.numFmtId
    said: dict[str, Any] = {
        "font_name": font.name,
        "font_size": font.size,
        "bold": font.bold,
        "italic": font.italic,
        "text_wrap": bool(place.wrapText),
        "align": place.horizontal or "general",
        "valign": {"center": "vcenter"}.get(place.vertical, place.vertical or "bottom"),
        "indent": int(place.indent or 0),
        "quote_prefix": bool(style.quotePrefix),
        "num_format": BUILTIN_FORMATS.get(number) or book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE],
    }
    if font.color is not None and isinstance(font.color.rgb, str):
        said["font_color"] = f"#{font.color.rgb[-6:]}"
    if fill.fill_type == "solid":
        said["bg_color"] = f"#{fill.fgColor.rgb[-6:]}"
    if border.bottom is not None and border.bottom.style:
        said["bottom"] = 5 if border.bottom.style == "thick" else 1
        said["bottom_color"] = f"#{border.bottom.color.rgb[-6:]}"
    return said


def of_rust(book: Any, pages: list[Page], target: Path) -> Taken:
    from rustpy_xlsxwriter import write_worksheets

    sheets: list[Any] = []
    asked: dict[str, dict[str, Any]] = {
        name: {}
        for name in (
            "column_formats",
            "row_heights",
            "column_widths",
            "data_validations",
            "conditional_formats",
        )
    }
    for page in pages:
        if page.sheet.sheet_state == "veryHidden":
            title = page.sheet.title
            sheets.append((title, [_numbered(cells) for _height, cells in page.rows]))
        if not page.sheet._tables:
            continue  # cover, summary and lists: it lays out records, nothing else
        title, headings = page.sheet.title, page.headings
        sheets.append((title, [dict(zip(headings, row, strict=True)) for row in page.records]))
        asked["column_formats"][title] = [_rusty(book, page, at) for at in range(len(headings))]
        asked["row_heights"][title] = {at: height for at, (height, _cells) in enumerate(page.rows[1:])}
        asked["column_widths"][title] = [each.width for each in page.sheet.column_dimensions.values()]
        asked["data_validations"][title], asked["conditional_formats"][title] = _rules(page, headings)
    clock = Clock()
    write_worksheets(sheets, str(target), **asked)
    return clock.read()


def _numbered(cells: list[tuple[int, Any, str]]) -> dict[str, Any]:
    """A row of a sheet without headings."""
    return {str(column): content for column, content, _look in cells}


def _rusty(book: Any, page: Page, at: int) -> Any:
    """The format of a column: that of most of its cells."""
    from rustpy_xlsxwriter import Format

    (look, _count), *_rest = Counter(cells[at][2] for _height, cells in page.rows[HEAD:]).most_common(1)
    said = _described(book, int(look))
    made = Format().set_font_name(said["font_name"]).set_font_size(said["font_size"]).set_align("top")
    made = made.set_align(said["align"]).set_text_wrap().set_font_color(said["font_color"])
    made = made.set_border_bottom("thin").set_border_bottom_color(said["bottom_color"])
    return made.set_num_format(said["num_format"])


def _rules(page: Page, headings: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The dropdowns and the colours of the columns."""
    from openpyxl.utils import range_boundaries
    from rustpy_xlsxwriter import Format

    offered: dict[str, Any] = {}
    coloured: dict[str, list[Any]] = {}
    for each in page.sheet.data_validations.dataValidation:
        # Its lists stand in the rule itself, where 255 characters are the most.
        at = range_boundaries(str(each.sqref))[0] - 1
        words = sorted({row[at] for row in page.records if row[at]})[:8]
        offered[headings[at]] = {"type": "list", "values": words}
    for area in page.sheet.conditional_formatting:
        at = range_boundaries(str(area.sqref))[0] - 1
        for rule in area.rules:
            look = Format().set_bold().set_font_color(f"#{rule.dxf.font.color.rgb[-6:]}")
            test: dict[str, Any] = {"type": "cell", "criteria": ">", "value": 0, "format": look}
            if rule.type == "expression":
                word = rule.formula[0].split('"')[1]
                test = {"type": "text", "criteria": "begins_with", "value": word, "format": look}
            coloured.setdefault(headings[at], []).append(test)
    return offered, coloured


def of_pandas(engine: str) -> Callable[[Any, list[Page], Path], Taken]:
    def write(_book: Any, pages: list[Page], target: Path) -> Taken:
        import pandas

        frames = {
            page.sheet.title: pandas.DataFrame(page.records, columns=page.headings)
            for page in pages
            if page.sheet._tables
        }
        clock = Clock()
        with warnings.catch_warnings(), pandas.ExcelWriter(target, engine=engine) as writer:
            warnings.simplefilter("ignore")
            for title, frame in frames.items():
                frame.to_excel(writer, sheet_name=title, index=False)
        return clock.read()

    return write


WRITERS: dict[str, Callable[[Any, list[Page], Path], Taken]] = {
    "openpyxl": of_openpyxl,
    "xlsxwriter": of_xlsxwriter,
    "rust": of_rust,
    "pandas-openpyxl": of_pandas("openpyxl"),
    "pandas-xlsxwriter": of_pandas("xlsxwriter"),
}
