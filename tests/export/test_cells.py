"""Values become cells that show them and read back as they were; nothing becomes a formula."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.export import layout, texts
from desktop.export.cells import MAX_HEIGHT, Cells, Shown
from desktop.export.layout import Frame
from desktop.export.rows import Rows
from desktop.export.workbook import Book


def written(folder: Path, values: list[Any], width: float = 60) -> tuple[Any, list[str]]:
    """A sheet with a value in each row, read back; and what is told."""
    book = Book(folder, "en", Frame("Internal", "Title", "As of"), ())
    sheet = book.add("Sheet")
    layout.dimension(sheet, 1, max(1, len(values)))
    maker = Cells(Shown("Text", width), lambda raw: raw, book.styles, book.told, book.long)
    rows = Rows(sheet, book.styles)
    for number, value in enumerate(values, 1):
        rows.write([value], [maker], f"R-{number}")
    path = folder / "book.xlsx"
    with path.open("wb") as file:
        book.finish()
        book.save(file)
    book.close()
    return openpyxl.load_workbook(path)["Sheet"], book.told.sentences()


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "'=1", "{=1}", "=", "-"]
OTHER = [
    "#N/A",
    "#REF!",
    "TRUE",
    "007",
    "1/2",
    "2026-11-21",
    "1e5",
    "é",
    "漢字",
    "💧",
    " leading",
    "trailing ",
    "a\nb",
]


@pytest.mark.parametrize("text", FORMULAS + OTHER)
def test_a_text_is_a_text(text: str, tmp_path: Path) -> None:
    sheet, told = written(tmp_path, [text])
    cell = sheet["A1"]
    assert (cell.data_type, texts.unescape(cell.value)) == ("s", text)
    assert told == []


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_could_be_taken_for_a_formula_is_marked_as_text(text: str, tmp_path: Path) -> None:
    sheet, _told = written(tmp_path, [text, "plain"])
    assert sheet["A1"].quotePrefix == text.startswith(texts.GUARDED)
    assert not sheet["A2"].quotePrefix


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)
        | st.builds(
            str.__add__,
            st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "_x0041_"]),
            st.text(max_size=20),
        ),
        max_size=40,
    )
)
def test_any_text_survives_and_never_becomes_a_formula(tmp_path: Path, values: list[str]) -> None:
    sheet, _told = written(tmp_path, values)
    for number, value in enumerate(values, 1):
        cell = sheet.cell(number, 1)
        kept = texts.legal(value)[0]
        assert texts.unescape(cell.value or "") == kept
        assert cell.data_type == ("s" if kept else "n")


def test_without_our_care_openpyxl_makes_formulas_and_errors(tmp_path: Path) -> None:
    """The control: what this module guards against does happen."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet")
    sheet.append(["=1+1", "#N/A", "x" * 40_000])
    book.save(tmp_path / "plain.xlsx")
    row = openpyxl.load_workbook(tmp_path / "plain.xlsx")["Sheet"][1]
    assert (row[0].data_type, row[1].data_type, len(row[2].value)) == ("f", "e", 32_767)


def test_control_characters_are_left_out_and_told(tmp_path: Path) -> None:
    sheet, told = written(tmp_path, ["a\x00b\x0bc", "\ud800\ufffe", "clean\tand\nbroken"])
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["abc", None, "clean\tand\nbroken"]
    assert told == [
        "4 control characters cannot stand in a workbook and were left out of it, not of your records:"
        " R-1 Text; R-2 Text."
    ]


def test_the_same_text_is_told_of_every_record(tmp_path: Path) -> None:
    _sheet, told = written(tmp_path, ["a\x07"] * 3)
    assert told[0].startswith("3 control characters")
    assert "R-1 Text; R-2 Text; R-3 Text" in told[0]


DATES = [dt.date(1900, 3, 1), dt.date(2000, 2, 29), dt.date(2026, 11, 21), dt.date(9999, 12, 31)]


@pytest.mark.parametrize("day", DATES)
def test_a_date_is_a_date(day: dt.date, tmp_path: Path) -> None:
    cell = written(tmp_path, [day])[0]["A1"]
    assert (cell.is_date, cell.value.date(), cell.number_format) == (True, day, "yyyy-mm-dd")


@pytest.mark.parametrize(
    "day", [dt.date(1, 1, 1), dt.date(1776, 7, 4), dt.date(1899, 12, 31), dt.date(1900, 2, 28)]
)
def test_a_date_before_the_calendars_agree_is_a_text(day: dt.date, tmp_path: Path) -> None:
    cell = written(tmp_path, [day])[0]["A1"]
    assert (cell.data_type, cell.value) == ("s", day.isoformat())


@given(st.dates(min_value=dt.date(1900, 3, 1)))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_date_survives(tmp_path: Path, day: dt.date) -> None:
    assert written(tmp_path, [day])[0]["A1"].value.date() == day


def test_a_moment_is_a_moment(tmp_path: Path) -> None:
    cell = written(tmp_path, [dt.datetime(2026, 11, 21, 14, 5)])[0]["A1"]
    assert (cell.value, cell.number_format) == (dt.datetime(2026, 11, 21, 14, 5), 'yyyy-mm-dd hh:mm "UTC"')


@pytest.mark.parametrize(
    ("number", "format"),
    [
        (0, "#,##0"),
        (-12, "#,##0"),
        (123456789012345, "#,##0"),
        (Decimal("2000000"), "#,##0"),
        (1.5, "#,##0.00"),
        (Decimal("12.50"), "#,##0.00"),
        (Decimal("0.125"), "#,##0.000"),
        (Decimal("123456789.123456"), "#,##0.000000"),
    ],
)
def test_a_number_is_a_number_with_its_decimals(number: Any, format: str, tmp_path: Path) -> None:
    cell = written(tmp_path, [number])[0]["A1"]
    assert (cell.data_type, Decimal(str(cell.value)), cell.number_format) == (
        "n",
        Decimal(str(number)),
        format,
    )


@pytest.mark.parametrize(
    "number",
    [12345678901234567890, 2**53 + 1, Decimal("123456789012345678.99"), float("nan"), float("inf"), 10**400],
)
def test_a_number_that_a_sheet_would_round_is_a_text(number: Any, tmp_path: Path) -> None:
    cell = written(tmp_path, [number])[0]["A1"]
    assert (cell.data_type, cell.value) == ("s", str(number))


def test_control_openpyxl_alone_loses_digits_and_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for value in (2**53 + 1, Decimal("123456789012345678.99"), dt.date(1899, 12, 31)):
        book.active.append([value])
    book.save(tmp_path / "plain.xlsx")
    found = [row[0].value for row in openpyxl.load_workbook(tmp_path / "plain.xlsx").active.iter_rows()]
    assert float(found[0]) == 2**53
    assert str(found[1]) != "123456789012345678.99"
    assert not isinstance(found[2], dt.date)


def test_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    sheet, _told = written(tmp_path, [None, "", "x"])
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [None, None, "x"]


def test_japanese_stands_in_a_font_that_has_it(tmp_path: Path) -> None:
    sheet, _told = written(tmp_path, ["Cable", "海底ケーブル", "Año"])
    assert [sheet.cell(row, 1).font.name for row in (1, 2, 3)] == ["Calibri", "Yu Gothic", "Calibri"]


def test_a_row_is_as_high_as_its_text(tmp_path: Path) -> None:
    sheet, _told = written(tmp_path, ["one line", "漢" * 28, "two\nlines", "漢" * 56, "word " * 700])
    heights = [sheet.row_dimensions[row].height for row in range(1, 6)]
    assert heights == sorted(heights)
    assert heights[0] < 20
    assert heights[2] == pytest.approx(2 * 12.9 + 4, abs=0.1)
    assert heights[3] > 1.6 * heights[1]
    assert heights[4] <= MAX_HEIGHT
