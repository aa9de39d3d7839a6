"""Every rule of the layout, on every sheet."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from desktop.export import layout, palette
from desktop.export.report import Request
from desktop.model import FollowUp
from desktop.service import records
from desktop.service.workspace import Workspace

from .conftest import CLOSED, Exported, Make

TABLES = [
    "Recommendations",
    "Initiatives",
    "Follow-ups open",
    CLOSED,
    "Extensions",
    "Meetings",
    "Progress log",
]


def widths(sheet: Any) -> dict[str, float]:
    """Width by heading, in characters."""
    return {
        cell.value: round(sheet.column_dimensions[cell.column_letter].width - 0.71, 2)
        for cell in sheet[2]
        if not sheet.column_dimensions[cell.column_letter].hidden
    }


def test_row_1_of_every_sheet_is_the_marking(status: Exported) -> None:
    for sheet in status.book:
        if sheet.title not in ("Lists", "_sync"):
            assert sheet["A1"].value == "Internal", sheet.title


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_are_an_excel_table_with_filters_and_bands(status: Exported, name: str) -> None:
    sheet = status.book[name]
    (table,) = sheet.tables.values()
    assert table.ref == f"A2:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    assert table.autoFilter.ref == table.ref
    assert table.tableStyleInfo.showRowStripes
    assert [column.name for column in table.tableColumns] == [*status.headings(name), "UID"]
    assert f'<tableStyle name="{table.tableStyleInfo.name}"' in status.part("xl/styles.xml")


def test_tables_have_names_of_their_own(status: Exported) -> None:
    names = [name.casefold() for sheet in status.book for name in sheet.tables]
    assert len(set(names)) == len(names) == len(TABLES) + 1
    assert all(re.fullmatch(r"[a-z_][a-z0-9_]*", name) for name in names)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Recommendations", "E3"),
        ("Initiatives", "C3"),
        ("Follow-ups open", "C3"),
        (CLOSED, "C3"),
        ("Meetings", "C3"),
        ("Progress log", "C3"),
    ],
)
def test_panes_freeze_below_the_headings_and_after_the_title(status: Exported, name: str, cell: str) -> None:
    assert status.book[name].freeze_panes == cell


@pytest.mark.parametrize("name", TABLES)
def test_dates_are_dates_twelve_wide(status: Exported, name: str) -> None:
    found = 0
    for heading, width in widths(status.book[name]).items():
        for value in status.column(name, heading):
            if isinstance(value, dt.datetime):
                found += 1
                assert width == 12, heading
    assert found
    sheet = status.book[name]
    formats = {cell.number_format for row in sheet.iter_rows(3) for cell in row if cell.is_date}
    assert formats == {"yyyy-mm-dd"}


def test_widths_follow_the_kind(status: Exported) -> None:
    open_ = widths(status.book["Follow-ups open"])
    assert (open_["Ref"], open_["Raised"], open_["Latest update"]) == (12, 12, 60)
    assert widths(status.book["Recommendations"])["Progress"] == 60
    assert widths(status.book["Initiatives"])["Name (other language)"] == 28


@pytest.mark.parametrize("name", TABLES)
def test_texts_wrap_and_stand_at_the_top(status: Exported, name: str) -> None:
    *shown, uids = list(status.book[name].iter_cols(min_row=3))
    for column in shown:
        for cell in column:
            assert (cell.alignment.wrap_text, cell.alignment.vertical) == (True, "top")
    # LibreOffice prints what is wrapped in a hidden column, letter below letter, at the edge of the page.
    assert not any(cell.alignment.wrap_text for cell in uids)


def test_a_column_in_which_nothing_stands_leaves_its_room_to_the_others(
    workspace: Workspace, make: Make
) -> None:
    ref = make(workspace).column("Follow-ups open", "Ref")[0]
    before = widths(make(workspace).book["Follow-ups open"])
    for each in FollowUp.select().where(FollowUp.status.not_in(("done", "cancelled"))):
        if each.ref != ref:
            records.delete(workspace, [each])
    workspace_widths = widths(make(workspace).book["Follow-ups open"])
    made = make(workspace)
    for heading, width in workspace_widths.items():
        if any(made.column("Follow-ups open", heading)):
            assert width == before[heading], heading
        elif before[heading] >= 24:
            assert width <= before[heading] / 2, heading
        assert width >= min(12, before[heading]), heading


def test_no_two_rules_of_a_sheet_have_the_same_priority(status: Exported) -> None:
    found = 0
    for sheet in status.book:
        priorities = [rule.priority for area in sheet.conditional_formatting for rule in area.rules]
        assert sorted(priorities) == list(range(1, len(priorities) + 1)), sheet.title
        found += len(priorities)
    assert found > 20


def test_a_japanese_heading_takes_no_more_than_three_lines(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(language="ja"))
    for sheet in made.tables:
        assert sheet.row_dimensions[2].height <= 60, sheet.title


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_the_height_of_its_text(status: Exported, name: str) -> None:
    sheet = status.book[name]
    heights = [sheet.row_dimensions[row].height for row in range(3, sheet.max_row + 1)]
    assert all(16 <= height <= 409 for height in heights)
    assert len(set(heights)) > 1 or len(heights) < 4


@pytest.mark.parametrize("name", ["Cover", "Summary", *TABLES])
def test_print_is_set_up(status: Exported, name: str) -> None:
    sheet = status.book[name]
    setup = sheet.page_setup
    assert setup.orientation == "landscape"
    assert setup.paperSize in (8, 9)
    assert setup.fitToWidth == 1 or (setup.paperSize == 8 and sheet.print_title_cols), (
        "side by side on A3 alone"
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert bool(sheet.print_options.horizontalCentered) == (name == "Cover")
    assert setup.fitToHeight == (1 if name == "Cover" else 0), "as many pages as its rows need"
    assert sheet.print_title_rows == {"Cover": None, "Summary": "$1:$1"}.get(name, "$1:$2")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("key", ["status_report", "decision_table", "follow_up_table", "gao", "plain"])
def test_every_sheet_is_printed_so_that_it_can_be_read(
    workspace: Workspace, make: Make, key: str, language: str
) -> None:
    """At 7 points or more: the columns of the pages side by side, with those that are repeated, have their room."""
    made = make(workspace, Request(layout=key, language=language))
    room = layout.READABLE["Yu Gothic" if language == "ja" else "Calibri"]
    for sheet in made.book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        setup, widths = sheet.page_setup, [0.0] * sheet.max_column
        for dimension in sheet.column_dimensions.values():
            widths[dimension.min - 1 : dimension.max] = [
                0.0 if dimension.hidden else dimension.width for _n in range(dimension.min, dimension.max + 1)
            ]
        repeated = sheet.print_title_cols.rpartition("$")[2] if sheet.print_title_cols else ""
        again = sum(widths[: range_boundaries(f"A1:{repeated}1")[2]]) if repeated else 0.0
        across = setup.fitToWidth
        if not sheet.tables and sheet.freeze_panes:
            assert across == 1, "what an empty sheet says stands on one page"
            continue
        paper = next(name for name, number in layout.PAPERS.items() if number == setup.paperSize)
        assert sum(widths) + (across - 1) * again <= across * room[paper] + 1, sheet.title
        assert across == 1 or sum(widths) + (across - 2) * again > (across - 1) * room[paper] - 1, (
            "no more pages"
        )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_sheet_without_rows_is_one_page(empty: Workspace, make: Make, language: str) -> None:
    made = make(empty, Request(language=language))
    bare = [sheet for sheet in made.book if sheet.sheet_state == "visible" and not sheet.tables]
    assert len(bare) > 5
    for sheet in bare:
        assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (1, None), sheet.title


@pytest.mark.parametrize(
    ("widths", "columns", "pages"),
    [
        ([100.0], 1, 1),
        ([40.0, 150.0], 1, 1),
        ([40.0, 200.0, 200.0], 1, 2),
        ([40.0] * 15, 1, 3),
        ([400.0], 0, 1),
    ],
)
def test_pages_side_by_side(widths: list[float], columns: int, pages: int) -> None:
    assert layout.across(widths, columns, 285.0) == pages


@pytest.mark.parametrize("name", ["Cover", "Summary", *TABLES, "Lists"])
def test_header_and_footer_of_every_page(status: Exported, name: str) -> None:
    parts = re.findall(r"<((?:odd|even|first)(Header|Footer))>(.*?)</\1>", status.xml_of(name))
    assert len(parts) == 6
    for _tag, place, text in parts:
        plain = html.unescape(text)
        assert len(plain) <= 255
        if place == "Header":
            assert plain == "&LStatus report – Embassy of Japan in Chile&CInternal&R&A"
        else:
            assert plain == "&LAs of 21 Nov 2026, 14:05 (America/Santiago) · &F&RPage &P of &N"


def test_an_ampersand_prints_as_one_and_long_markings_fit(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(marking="R&D " * 45))
    for name in made.book.sheetnames:
        for text in re.findall(r"<oddHeader>(.*?)</oddHeader>", made.xml_of(name)):
            plain = html.unescape(text)
            assert len(plain) <= 255
            assert "R&&D R&&D" in plain
            assert not re.search(r"(?<!&)&(?![&LCRAFPN])", plain.replace("&&", ""))


@pytest.mark.parametrize("name", ["Cover", "Summary", *TABLES, "Lists"])
def test_the_dimension_is_right(status: Exported, name: str) -> None:
    said = re.search(r'<dimension ref="([^"]+)"', status.xml_of(name))
    assert said
    rows = re.findall(r'<row r="(\d+)"', status.xml_of(name))
    columns = re.findall(r'<c r="([A-Z]+)\d+"', status.xml_of(name))
    _left, _top, right, bottom = range_boundaries(said[1])
    assert bottom == max(map(int, rows))
    assert right >= max(range_boundaries(f"{letters}1")[2] for letters in set(columns))


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("Recommendations", ["Level", "Acceptance", "Status (reported)", "Assessment (desk)", "RAG"]),
        ("Initiatives", ["Type", "Stage", "RAG", "Owner"]),
        ("Follow-ups open", ["Owed by (side)", "Owner", "Priority", "Status", "RAG"]),
    ],
)
def test_dropdowns_offer_the_words_of_the_hidden_lists(
    status: Exported, name: str, headings: list[str]
) -> None:
    sheet = status.book[name]
    lists = status.book["Lists"]
    assert lists.sheet_state == "hidden"
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        match = re.fullmatch(r"'?Lists'?!\$([A-Z]+)\$2:\$\1\$(\d+)", rule.formula1)
        assert match
        words = [lists[f"{match[1]}{row}"].value for row in range(2, int(match[2]) + 1)]
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.max_row) == (3, sheet.max_row)
        offered[sheet.cell(2, area.min_col).value] = words
    for heading in headings:
        assert set(filter(None, status.column(name, heading))) <= set(offered[heading]), heading


def test_the_owners_offered_are_the_officers(status: Exported) -> None:
    lists = [[cell.value for cell in column] for column in status.book["Lists"].iter_cols()]
    assert ["Owner", "Ana Silva Pereira", "Kenji Sato", "María José Fernández"] in [
        [word for word in words if word] for words in lists
    ]


def test_colours_follow_the_word_in_the_cell(status: Exported) -> None:
    sheet = status.book["Follow-ups open"]
    letter = get_column_letter(status.headings("Follow-ups open").index("RAG") + 1)
    rules = {
        rule.formula[0]: rule.dxf
        for area in sheet.conditional_formatting
        for rule in area.rules
        if str(area.sqref).startswith(letter)
    }
    assert set(rules) == {f'{letter}3="{word}"' for word in ("Red", "Amber", "Green", "Grey")}
    red = rules[f'{letter}3="Red"']
    assert (red.fill.bgColor.rgb[2:], red.font.color.rgb[2:]) == (
        palette.TONES["red"][1],
        palette.TONES["red"][0],
    )
    shapes = {look.numFmt.formatCode for look in rules.values()}
    assert shapes == {'"■ "@', '"▲ "@', '"● "@', '"○ "@'}, "a shape each, for a copy without colours"


def test_headings_of_a_document_stand_out_and_asks_are_set_in(status: Exported) -> None:
    heading = status.cell("Recommendations", "WC-2024-1", "Recommendation")
    ask = status.cell("Recommendations", "WC-2024-1A.1", "Recommendation")
    usual = status.cell("Recommendations", "WC-2024-1A", "Recommendation")
    assert (heading.font.bold, ask.alignment.indent, usual.font.bold) == (True, 2, False)
    for column in ("Status (reported)", "RAG", "Open follow-ups"):
        assert status.cell("Recommendations", "WC-2024-1", column).value is None, "a heading has no status"


def test_the_document_says_what_it_is_and_nothing_of_the_machine(status: Exported) -> None:
    said = status.book.properties
    assert said.title == "Status report – Embassy of Japan in Chile"
    assert (said.creator, said.category, said.lastModifiedBy) == (
        "Embassy of Japan in Chile",
        "Internal",
        None,
    )
    assert said.created == said.modified == dt.datetime(2026, 11, 21, 17, 5)


def test_texts_that_look_like_numbers_are_not_marked_as_errors(status: Exported) -> None:
    sheet = status.book["Meetings"]
    assert f'<ignoredError sqref="{sheet.dimensions}" numberStoredAsText="1"/>' in status.xml_of("Meetings")


ORDER = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "ignoredErrors", "drawing", "tableParts"),
]
"""The parts of a sheet in the order in which Excel wants them, or calls the file damaged."""


@pytest.mark.parametrize("name", ["Cover", "Summary", *TABLES, "Lists"])
def test_the_parts_of_a_sheet_are_in_order(status: Exported, name: str) -> None:
    tags = [element.tag.partition("}")[2] for element in ElementTree.fromstring(status.xml_of(name))]
    assert [ORDER.index(tag) for tag in tags] == sorted(ORDER.index(tag) for tag in tags)


def test_there_are_no_formulas_macros_comments_or_links_out(status: Exported) -> None:
    import zipfile

    with zipfile.ZipFile(status.path) as archive:
        names = archive.namelist()
        assert not [name for name in names if re.search("vba|externalLink|comment|media", name, re.I)]
        for name in names:
            part = archive.read(name).decode()
            assert 'TargetMode="External"' not in part
            if name.startswith("xl/worksheets/sheet"):
                assert "<f>" not in part
