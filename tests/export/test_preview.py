"""The preview: what it shows is what the file has, cut to its first rows, and nothing of it stays behind."""

from __future__ import annotations

import base64
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from desktop import scratch
from desktop.export import layouts, palette, preview, readback, texts
from desktop.export.errors import Cancelled, ExportError
from desktop.export.layouts import Definition, LayoutSheet
from desktop.export.preview import Sheet
from desktop.export.report import Request, export
from desktop.model import Initiative, Recommendation
from desktop.service import records
from desktop.service.workspace import Workspace

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def sheet(seen: preview.Preview, name: str) -> Sheet:
    return next(each for each in seen.sheets if each.name == name)


def read(cell: Any) -> str:
    """What a reader of the file sees in a cell that is no number."""
    if isinstance(cell.value, dt.datetime):
        return cell.value.date().isoformat()
    return unescape(str(cell.value)) if isinstance(cell.value, str) else ""


@pytest.mark.parametrize("layout", ["status_report", "decision_table", "follow_up_table", "gao", "plain"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_shows_what_the_file_has(workspace: Workspace, tmp_path: Path, layout: str, language: str) -> None:
    request = Request(layout=layout, language=language, marking="Restricted", since="2026-07-01")
    seen = preview.preview(workspace, request)
    file = tmp_path / "real.xlsx"
    export(workspace, request, file)
    book = load_workbook(file)
    assert [each.name for each in seen.sheets] == [
        each.title for each in book.worksheets if each.sheet_state == "visible"
    ]
    compared = 0
    for shown in seen.sheets:
        real = book[shown.name]
        assert len(shown.rows) == real.max_row
        for number, row in enumerate(shown.rows, 1):
            assert row.height == (real.row_dimensions[number].height or readback.HEIGHT)
            for place, cell in enumerate(row.cells, 1):
                there = real.cell(number, place)
                if cell is not None and isinstance(there.value, str | dt.datetime):
                    assert cell.text.endswith(read(there)), (shown.name, there.coordinate)
                    compared += 1
    assert compared > 50
    assert seen.marking == "Restricted"
    assert all(shown.rows[0].cells[0].text == "Restricted" for shown in seen.sheets)


def test_no_reader_sees_what_is_hidden(workspace: Workspace) -> None:
    seen = preview.preview(workspace, Request())
    assert not {"_sync", "Lists"} & {each.name for each in seen.sheets}
    shown = sheet(seen, "Recommendations")
    heads = [cell.text for cell in shown.rows[shown.frozen - 1].cells if cell is not None]
    assert "Ref" in heads
    assert len(heads) == len(shown.widths)
    uids = {record.uid for record in Recommendation.select()}
    assert not uids & {cell.text for row in shown.rows for cell in row.cells if cell is not None}


def test_words_have_their_colours_and_shapes(workspace: Workspace) -> None:
    shown = sheet(preview.preview(workspace, Request()), "Recommendations")
    words = {cell.text: cell.look for row in shown.rows for cell in row.cells if cell is not None}
    text, ground = palette.TONES["green"]
    green = words[f"{palette.SHAPES['green']} Green"]
    assert (green.color, green.ground, green.bold) == (f"#{text}", f"#{ground}", True)


def test_the_charts_carry_their_numbers(workspace: Workspace) -> None:
    shown = sheet(preview.preview(workspace, Request()), "Summary")
    bars = shown.charts[0]
    assert bars.title == "Recommendations by status"
    assert [name for name, _colour, _values in bars.series] == ["Red", "Amber", "Green", "Grey"]
    assert bars.series[0][1] == f"#{palette.STRONG['red']}"
    by_status: dict[str, Any] = {}
    for row in shown.rows:
        if row.cells[0] is not None:
            by_status.setdefault(row.cells[0].text, row)  # other tables have rows of the same names
    for at, status in enumerate(bars.names):
        total = sum(values[at] for _name, _colour, values in bars.series)
        told = by_status[status].cells[5].text
        assert f"{total:g}" == told.replace("–", "0")


def test_only_the_first_records_are_read(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sheet(preview.preview(workspace, Request()), "Follow-ups open")
    monkeypatch.setattr(preview, "ROWS", 3)
    few = sheet(preview.preview(workspace, Request()), "Follow-ups open")
    assert (few.shown, few.records) == (3, whole.records)
    assert few.records > 3
    assert few.rows[: few.frozen + 3] == whole.rows[: few.frozen + 3]
    assert len(few.rows) <= few.frozen + 4  # the headings may take a row less


@pytest.mark.parametrize("most", [1, 2, 5, 9])
@pytest.mark.parametrize("chunk", [7, 64, 1 << 18])
def test_rows_are_cut_wherever_a_chunk_ends(most: int, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readback, "CHUNK", chunk)
    rows = [
        f'<row r="{number}"><c t="inlineStr"><is><t>&lt;/row&gt;</t></is></c></row>' for number in range(6)
    ]
    head, tail = "<worksheet><sheetData>", "</sheetData><mergeCells/></worksheet>"
    cut = readback.first_rows(io.BytesIO((head + "".join(rows) + tail).encode()), most)
    assert cut.decode() == head + "".join(rows[:most]) + tail


def test_headings_stand_in_two_languages(workspace: Workspace) -> None:
    seen = preview.preview(workspace, Request(language="en", headings="ja"))
    shown = sheet(seen, "Recommendations")
    assert shown.frozen == 3
    assert [shown.rows[number].cells[0].text for number in (1, 2)] == ["Ref", "整理番号"]


def test_a_layout_that_is_not_kept_can_be_seen(workspace: Workspace) -> None:

    own = Definition("", "Mine", (LayoutSheet("cover"), LayoutSheet("initiatives", "Projects")))
    seen = preview.preview(workspace, Request(), layout=own)
    assert [each.name for each in seen.sheets] == ["Cover", "Projects"]
    assert layouts.layouts()[-1].name != "Mine"


def test_the_logo_is_there(workspace: Workspace) -> None:
    picture = base64.b64encode(PIXEL).decode()
    own = Definition("", "Mine", (LayoutSheet("cover"), LayoutSheet("initiatives")), logo=picture)
    (cover, _initiatives) = preview.preview(workspace, Request(), layout=own).sheets
    (shown,) = cover.pictures
    assert shown.data == PIXEL
    assert (shown.row, shown.width) == (1, 1)


def test_an_audience_sees_no_more_in_it_than_in_the_file(workspace: Workspace) -> None:
    one = Initiative.get()
    records.change(workspace, one, {"visibility": "partner", "name": "=Shared"})
    seen = preview.preview(workspace, Request(audience="partner"))
    assert sheet(seen, "Recommendations").records == 0
    shown = sheet(seen, "Initiatives")
    assert shown.records == 1
    told = {cell.text for row in shown.rows for cell in row.cells if cell is not None}
    assert "=Shared" in told  # a text, and shown as it is


def test_it_stops_when_it_is_told_to(workspace: Workspace) -> None:
    with pytest.raises(Cancelled):
        preview.preview(workspace, Request(), lambda _done, _rows: False)


def test_a_layout_that_is_not_there_is_told(workspace: Workspace) -> None:
    with pytest.raises(ExportError, match="no layout “nothing”"):
        preview.preview(workspace, Request(layout="nothing"))


def test_nothing_stays_behind(workspace: Workspace) -> None:
    preview.preview(workspace, Request())
    assert not list(scratch.folder().glob("exports-*"))


def test_numbers_are_shown_as_excel_shows_them() -> None:
    for value, format, wanted in (
        (1234567, "#,##0", "1,234,567"),
        (400000000.5, "#,##0.00", "400,000,000.50"),
        (0, '#,##0;-#,##0;"–"', "–"),
        (12, "General", "12"),
        (dt.datetime(2026, 11, 21), "yyyy-mm-dd", "2026-11-21"),
        (None, "General", ""),
        (texts.escape("_x0041_"), "General", "_x0041_"),
    ):
        assert readback.shown(value, format) == wanted
