"""What is streamed is what openpyxl would have written: the same cells, styles and heights, to openpyxl and to
LibreOffice; and nothing is left of a stream that fails or is stopped."""

from __future__ import annotations

import datetime as dt
import errno
import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.export import cells, layout, longsheet, streaming, styles, texts, workbook
from desktop.export.cells import Cells, Hidden, Shown
from desktop.export.errors import ExportError
from desktop.export.layout import Frame
from desktop.export.longtexts import LongTexts
from desktop.export.report import Request, export
from desktop.export.rows import Rows
from desktop.export.told import Told
from desktop.export.workbook import Book
from desktop.service.workspace import Workspace

from .conftest import Make
from .test_libreoffice import SOFFICE, converted

COLUMNS = (
    Shown("Text", 60),
    Shown("Narrow", 9, align="right"),
    Shown("Date", 12, align="center", format=styles.DATE),
    Shown("Bold", 28, indent=2, bold=True),
)
HARD = [
    "", " ", "  \n ", "a", " a", "a ", "\ta\n", "a\nb\n\nc", "a\r\nb", "\r", "_x000D_", "_x0041_",
    "_x005F_x0041_", "__x0041__", "_x004", "<b>&amp;\"'</b>", "]]>", "<![CDATA[x]]>", "<!-- -->", "&#10;",
    "=1+1", "+1", "-1", "@a", "'a", "#N/A", "TRUE", "007", "1e5", "2026-11-21",
    "é", "e\u0301", "漢字", "ｱ", "💧", "\U0010fffd", "\u200f\u202e", "\ufeff", "\u00a0", "\u2028",
    "\x85", "\x7f", "\x00", "a\x0bb", "\ufffe", "\ud800",
    "word " * 300, "漢" * 300, "x" * 5_000, "_x0041_" * 700,
    None, 0, 1, -1, True, 10**14, 10**15, 10**400, 2**53 + 1, 0.1, -0.5, 1e-7, 1e15, 1.5,
    float("nan"), float("inf"), Decimal("12.50"), Decimal("0.125"), Decimal("123456789012345678.99"),
    dt.date(1900, 3, 1), dt.date(1900, 2, 28), dt.date(1776, 7, 4), dt.date(9999, 12, 31),
    dt.datetime(2026, 11, 21, 14, 5, 59, 999_999),
]  # fmt: skip
VALUES = (
    st.sampled_from(HARD)
    | st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80)
    | st.text(alphabet="_x0041\r\n\t &<>=漢a", max_size=30)
    | st.integers()
    | st.floats()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes()
)


def book_of(
    folder: Path, rows: list[list[Any]], *, streamed: bool, together: int = 1
) -> tuple[Path, list[str]]:
    """A workbook with these rows below two that are written plainly, so many `together`; and what is told."""
    book = Book(folder, "en", Frame("Internal", "Title", "As of"), (), streamed=streamed)
    sheet = book.add("Sheet")
    layout.page(sheet, book.frame, [column.width for column in COLUMNS], titles="1:2")
    layout.dimension(sheet, len(COLUMNS), len(rows) + 2)
    layout.freeze(sheet, 2, 1)
    written = Rows(sheet, book.styles)
    layout.marking_row(written, "R&D <internal> ", len(COLUMNS), "=note", 2)
    layout.header_row(written, COLUMNS)
    makers = [Cells(column, lambda raw: raw, book.styles, book.told, book.long) for column in COLUMNS]
    refs = [f"R-{number}" for number in range(1, len(rows) + 1)]
    for first in range(0, len(rows), together):
        written.together(rows[first : first + together], makers, refs[first : first + together])
    longsheet.write(book)
    path = folder / ("streamed.xlsx" if streamed else "plain.xlsx")
    try:
        book.finish()
        with path.open("wb") as file:
            book.save(file)
    finally:
        book.close()
    return path, book.told.sentences()


def as_read(path: Path) -> list[Any]:
    """Everything that openpyxl reads of the rows."""
    with path.open("rb") as file:
        sheet = openpyxl.load_workbook(file)["Sheet"]
    found: list[Any] = [sheet.dimensions, sheet.freeze_panes]
    found += [[*each.values] for each in sheet.parent if each is not sheet]
    for row in sheet.iter_rows():
        found.append(sheet.row_dimensions[row[0].row].height)
        for cell in row:
            look = (cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.quotePrefix)
            found.append((cell.coordinate, cell.data_type, cell.value, *map(repr, look)))
    return found


def test_openpyxl_is_the_one_that_is_known() -> None:
    """If this fails, openpyxl writes sheets in a new way: the program still does, at a fifth of the speed."""
    assert streaming.streams()


def test_where_openpyxl_is_another_one_rows_go_through_it(
    workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "_ROWS", re.compile(b"<noSuchElement/>"))
    streaming.streams.cache_clear()
    try:
        assert not streaming.streams()
        made = make(workspace)
    finally:
        streaming.streams.cache_clear()
    assert len(made.column("Follow-ups open", "Ref")) == 11


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(VALUES, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=12),
    st.integers(1, 12),
)
def test_any_value_is_what_openpyxl_would_have_written(rows: list[list[Any]], together: int) -> None:
    """However many rows are written together."""
    with tempfile.TemporaryDirectory() as name:
        ours, told = book_of(Path(name), rows, streamed=True, together=together)
        plain, also = book_of(Path(name), rows, streamed=False)
        assert as_read(ours) == as_read(plain)
        assert told == also


UIDS = st.uuids().map(str) | st.text(max_size=9).filter(str.isprintable)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, UIDS), min_size=1, max_size=9))
def test_rows_together_are_what_each_is_alone(values: list[tuple[Any, Any, str]]) -> None:
    """To the byte, whether a column remembers its cells or not."""
    made = []
    refs = [f"R-{number}" for number in range(len(values))]
    with tempfile.TemporaryDirectory() as name:
        book = Book(Path(name), "en", Frame("Internal", "Title", "As of"), ())
        for together in (
            False,
            True,
            False,
        ):  # at first the styles get their numbers, in the order of the cells
            told = Told()
            long = LongTexts(Path(name), told, "Long texts", book.styles.font)
            makers = [
                kind(Shown("Text", 20), cells.as_selected, book.styles, told, long)
                for kind in (Cells, Cells, Hidden)
            ]
            makers[1]._remembers = False
            taken: list[bytes] = []
            sheet = book.add(book.name("Sheet"))
            sheet.stream.add = taken.append
            rows = Rows(sheet, book.styles)
            if together:
                marks = [*zip(*rows.together(values, makers, refs), strict=True)]
            else:
                marks = [rows.write(row, makers, ref) for row, ref in zip(values, refs, strict=True)]
            made.append((b"".join(taken), marks, told.sentences(), [*long.read()]))
            long.close()
        book.close()
    assert made[1] == made[2]


@settings(max_examples=60, deadline=None)
@given(st.lists(UIDS | st.text(alphabet="_x0041 &<>a漢", max_size=9), min_size=1, max_size=9))
@example(["a&b"]).via("markup")
@example(["a", " b"]).via("a blank")
@example(["", "b"]).via("nothing")
@example(["_x0041_"]).via("an escape")
def test_what_no_reader_sees_reads_back_as_it_is(values: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        book = Book(Path(name), "en", Frame("Internal", "Title", "As of"), ())
        hidden = Hidden(Shown("uid", 20), cells.as_selected, book.styles, book.told, book.long)
        sheet = book.add("Sheet")
        layout.dimension(sheet, 1, len(values))
        Rows(sheet, book.styles).together([(value,) for value in values], [hidden], [""] * len(values))
        path = Path(name) / "book.xlsx"
        book.finish()
        with path.open("wb") as file:
            book.save(file)
        book.close()
        with path.open("rb") as file:
            read = [texts.unescape(row[0].value or "") for row in openpyxl.load_workbook(file)["Sheet"]]
    assert read == values


def test_a_row_that_is_too_short_or_too_long_is_refused(tmp_path: Path) -> None:
    book = Book(tmp_path, "en", Frame("Internal", "Title", "As of"), ())
    makers = [Cells(column, cells.as_selected, book.styles, book.told, book.long) for column in COLUMNS[:2]]
    rows = Rows(book.add("Sheet"), book.styles)
    for wrong in ([["a"]], [["a", "b", "c"]], [["a", "b"], ["a"]]):
        with pytest.raises(ValueError, match=r"as many values|argument 2 is shorter"):
            rows.together(wrong, makers, [""] * len(wrong))
    book.close()


def test_the_oracle_sees_a_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the escapes both ways are not the same."""
    plain, _told = book_of(tmp_path, [["_x0041_", 1, None, "b"]], streamed=False)
    monkeypatch.setattr(texts, "escape", lambda text: text)
    ours, _told = book_of(tmp_path, [["_x0041_", 1, None, "b"]], streamed=True)
    assert as_read(ours) != as_read(plain)


def test_every_text_is_a_text_and_reads_back(tmp_path: Path) -> None:
    words = [value for value in HARD if isinstance(value, str)]
    path, _told = book_of(tmp_path, [[value, None, None, value] for value in words], streamed=True)
    with path.open("rb") as file:
        sheet = openpyxl.load_workbook(file)["Sheet"]
    for number, value in enumerate(words, 3):
        kept = texts.legal(value)[0]
        for cell in (sheet.cell(number, 1), sheet.cell(number, 4)):
            assert texts.unescape(cell.value or "") == kept
            assert cell.data_type == ("s" if kept else "n")


def test_a_whole_workbook_differs_in_nothing_but_its_rows(
    workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = make(workspace, name="Status.xlsx")
    monkeypatch.setattr(workbook, "streams", lambda: False)
    plain = make(workspace, name="Plain.xlsx")
    with zipfile.ZipFile(ours.path) as one, zipfile.ZipFile(plain.path) as other:
        assert one.testzip() is None
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            here, there = one.read(name), other.read(name)
            if name.startswith("xl/worksheets/sheet"):
                assert b"<dimension ref=" in here[:600]
                here, there = (re.sub(b"(?s)<sheetData>.*</sheetData>", b"", part) for part in (here, there))
            assert _without_chance(here) == _without_chance(there), name
    for sheet in ours.book:
        if sheet.sheet_state == "veryHidden":
            continue
        assert [*sheet.values] == [*plain.book[sheet.title].values]


def _without_chance(part: bytes) -> bytes:
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", part)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)")
def test_libreoffice_reads_the_same_in_both(tmp_path: Path) -> None:
    rows = [[value, value, value, value] for value in HARD]
    found = []
    for streamed in (True, False):
        path, _told = book_of(tmp_path, rows, streamed=streamed)
        (flat,) = converted(path, "fods", tmp_path / path.stem, tmp_path / "profile")
        found.append(_flat(flat))
    ours, plain = found
    assert len(ours) >= len(HARD)
    for number, (one, other) in enumerate(zip(ours, plain, strict=True)):
        assert one == other, number
    texts_read = {text for _height, row in ours for kind, text in row if kind == "string"}
    assert {"=1+1", "_x0041_", "_x000D_", "<b>&amp;\"'</b>", "#N/A", "TRUE", "007", "漢字"} <= texts_read


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _flat(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each row of the first sheet as LibreOffice has it: its height, and of each cell its type and value."""
    root = ET.parse(path).getroot()
    heights = {
        style.get(f"{STYLE}name"): each.get(f"{STYLE}row-height")
        for style in root.iter(f"{STYLE}style")
        for each in style.iter(f"{STYLE}table-row-properties")
    }
    found = []
    table = next(root.iter(f"{TABLE}table"))
    for row in table.iter(f"{TABLE}table-row"):
        read = []
        for cell in row.iter(f"{TABLE}table-cell"):
            kind = cell.get(f"{OFFICE}value-type") or ""
            value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value") or ""
            words = "\n".join("".join(each.itertext()) for each in cell.iter(f"{WORDS}p"))
            read.append((kind, value or words))
        found.append((heights.get(row.get(f"{TABLE}style-name")) or "", read))
    return found


@pytest.mark.parametrize("together", [1, 200])
def test_what_recurs_is_made_once_and_what_does_not_is_not_kept(tmp_path: Path, together: int) -> None:
    book = Book(tmp_path, "en", Frame("Internal", "Title", "As of"), ())
    sheet = book.add("Sheet")
    asked: list[Any] = []
    makers = [
        Cells(column, lambda raw: asked.append(raw) or raw, book.styles, book.told, book.long)
        for column in (Shown("Word", 20), Shown("Ref", 20))
    ]
    rows = Rows(sheet, book.styles)
    marks: set[int] = set()
    for first in range(0, 3 * cells.TRIED, together):
        words = [(f"word {number % 7}", f"R-{number}") for number in range(first, first + together)]
        marks.update(rows.together(words, makers, [""] * together)[0])
    book.close()
    assert asked.count("word 3") == 1
    assert len(marks) == 7
    assert (len(makers[0]), len(makers[1])) == (7, 0)


def test_a_disk_that_is_full_while_rows_are_packed(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(streaming, "CHUNK", 50)
    monkeypatch.setattr(streaming.Stream, "_pack", full)
    with pytest.raises(ExportError, match="There is no room left on the disk"):
        export(workspace, Request(), tmp_path / "Status.xlsx")
    assert not (tmp_path / "Status.xlsx").exists()


def test_many_chunks_make_one_sheet(
    workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(workspace, name="Whole.xlsx")
    monkeypatch.setattr(streaming, "CHUNK", 50)
    parts = make(workspace, name="Parts.xlsx")
    assert whole.xml_of("Follow-ups open") == parts.xml_of("Follow-ups open")
