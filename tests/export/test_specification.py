"""The specification of the status workbook, line by line: each test is named for the line that it holds.

The year's work, a report frozen in it and work since; some lines are shown in more detail in the tests of the module
that makes them true.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

import desktop
from desktop.export import layout, palette, sync, texts
from desktop.export.layouts import Definition, LayoutColumn, LayoutSheet, packs, stored
from desktop.export.report import Request, export, suggested_name
from desktop.i18n import speaking
from desktop.model import FollowUp, Initiative, Meeting, Recommendation, field, scales
from desktop.model.computed import DUE_SOON_DAYS, STALE_DAYS
from desktop.service import progress, records
from desktop.service.workspace import Workspace

from .conftest import Exported, Make, Reported, made_once

CLOSED, CHANGES, SINCE = "Closed since last report", "Changes since 2026-11-20", "Since last report"
ROWS = (
    "Recommendations", "Initiatives", "Follow-ups open", CLOSED, "Extensions", "Meetings", "Progress log", CHANGES,
)  # fmt: skip


WORK: list[Reported] = []
"""The work that `made` tells of."""


@pytest.fixture(scope="module")
def made(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The status workbook since the last report, made once."""
    folder, asked = tmp_path_factory.mktemp("reported"), Request(prepared_by="Kenji Sato")
    return made_once(built, folder, asked, lambda workspace: WORK.append(Reported(workspace)))


@pytest.fixture
def done(made: Exported) -> Reported:
    """What was done since the last report."""
    return WORK[-1]


def words(sheet: Any) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def keys(made: Exported, name: str) -> list[str]:
    """The keys of a sheet's columns."""
    _about, sheets = sync.read(made.book["_sync"].iter_rows(values_only=True))
    found: list[str] = next(sheet["columns"] for sheet in sheets if sheet["name"] == name)
    return found


def in_order(wanted: list[str], found: list[str]) -> bool:
    """Whether all that is wanted is there, in this order, whatever stands between."""
    rest = iter(found)
    return all(each in rest for each in wanted)


# ---- the file


def test_file_name(workspace: Workspace) -> None:
    """File name: Juntos_Status_<post>_<yyyy-mm-dd>.xlsx."""
    assert suggested_name(workspace) == "Juntos_Status_Embassy_of_Japan_in_Chile_2026-11-21.xlsx"


def test_no_macros_no_external_links(made: Exported) -> None:
    with zipfile.ZipFile(made.path) as archive:
        names = archive.namelist()
        assert not [name for name in names if re.search(r"vba|macro|externalLink|activeX|\.bin$", name)]
        assert all(b'TargetMode="External"' not in archive.read(name) for name in names)


def test_what_real_tables_share(made: Exported) -> None:
    """The reference first, then the text, who is responsible, the due date as first agreed and as revised, a dated
    narrative of progress, a status word and a colour with the key on the page, open and closed apart, what closed since
    the last report, a counted summary on top, landscape, a repeated header, an as-of date."""
    order = [
        "ref",
        "title",
        "owned_by",
        "owner",
        "due_first",
        "due_first+due_on",
        "status",
        "rag",
        "latest_update",
    ]
    order[2] = "owed_by+owed_by_person"
    assert in_order(order, keys(made, "Follow-ups open"))
    assert made.book.sheetnames.index("Summary") < made.book.sheetnames.index("Recommendations")
    assert not {*made.column("Follow-ups open", "Ref")} & {*made.column(CLOSED, "Ref")}
    assert "Red" in words(made.book["Cover"])
    for name in ROWS:
        assert made.book[name].page_setup.orientation == "landscape"
        assert made.book[name].print_title_rows == "$1:$2"
        assert "As of 21 Nov 2026" in html.unescape(made.xml_of(name))


# ---- the sheets


def test_sheets_in_their_order(made: Exported) -> None:
    assert made.book.sheetnames == ["Cover", "Summary", *ROWS, "Lists", "_sync"]


def test_sheet_1_cover(made: Exported) -> None:
    """Title, post, reporting period, as-of (date, time, zone), prepared by, handling marking, the filter in words, the
    headline in a sentence, the legend with definitions, version of the program."""
    cover = words(made.book["Cover"])
    for each in (
        "Status report",
        "Embassy of Japan in Chile",
        "20 Nov 2026 to 21 Nov 2026",
        "21 Nov 2026, 14:05 (America/Santiago)",
        "Kenji Sato",
        "Internal",
        "All that is open; what was closed and reported in the period",
        "Work has begun and does not advance.",
        f"Juntos {desktop.__version__}",
    ):
        assert each in cover, each
    headline = r"3 recommendations: 1 implemented, .*; \d+ follow-ups overdue; 2 updates since 2026-11-20\."
    assert re.fullmatch(headline, made.book["Cover"]["A5"].value)


def test_sheet_2_summary(made: Exported) -> None:
    """Counts by status × RAG, by recommendation, by country, by sector, by who owes; a native chart or two."""
    titles = words(made.book["Summary"])
    for title in (
        "Recommendations by status",
        "Follow-ups by status",
        "Initiatives by stage",
        "By recommendation",
        "Recommendations by country",
        "Recommendations by sector",
        "Open follow-ups by who owes them",
    ):
        assert title in titles, title
    with zipfile.ZipFile(made.path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert 1 <= len(charts) <= 2


COLUMNS = {
    "Recommendations": (
        "ref source section title parent acceptance leads countries initiatives follow_ups follow_ups_overdue status"
        " assessment rag target_first target_first+target_on last_update_on latest_update next_step"
        " paragraph+endnotes+source_note"
    ),
    "Initiatives": (
        "ref name own_name type sectors countries partners+partner_countries stage value currency start_on attention"
        " rag recommendations last_update_on milestone milestone_on owner"
    ),
    "Follow-ups open": (
        "ref title meeting serves countries direction owner owed_to+owed_to_person raised_on due_first"
        " due_first+due_on times_slipped days_overdue priority status rag latest_update next_step"
    ),
    CLOSED: (
        "ref title meeting serves countries direction owner owed_to+owed_to_person raised_on due_first"
        " due_first+due_on times_slipped priority status rag latest_update closed_on outcome evidence verified_by"
    ),
    "Extensions": "ref_shown+title_shown from_on to_on reason agreed_by",
    "Meetings": (
        "ref on place+country series_shown counterparts attendees_ours attendees_theirs purpose decisions+decided"
        " follow_ups_open follow_ups state_shown+final_version"
    ),
    "Progress log": (
        "on ref_shown+title_shown subject_countries status_from+status_to+aspect done+next+blocks author"
    ),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_sheets_3_to_9_have_their_columns_in_order(made: Exported, name: str) -> None:
    """Recommendations, initiatives, follow-ups open and closed, extensions, meetings, progress log."""
    assert in_order(COLUMNS[name].split(), keys(made, name))


def test_sheet_6_closed_since_last_report(made: Exported, done: Reported) -> None:
    assert made.column(CLOSED, "Ref") == [done.closed.ref]
    assert made.column(CLOSED, "Outcome") == ["Handed over."]


def test_sheet_7_extensions(made: Exported, done: Reported) -> None:
    """The due dates moved in the period: from, to, reason, agreed by."""
    told = {heading: made.column("Extensions", heading)[0] for heading in made.headings("Extensions")}
    assert told["Record"].startswith(done.moved.ref)
    assert told["Is"] == dt.datetime(2027, 6, 30)
    assert (told["Reason"], told["Agreed by"]) == ("Their request", "METI")


def test_sheet_9_progress_log_has_a_row_an_update(made: Exported) -> None:
    assert len(made.column("Progress log", "Date")) == 2


def test_sheet_10_changes_since(made: Exported) -> None:
    """Record · Field · Was · Is · By · When."""
    assert made.headings(CHANGES) == ["Record", "Field", "Was", "Is", "By", "When"]
    assert made.report.sheets[CHANGES] >= 5


def test_sheet_11_lists_hidden_and_sync_very_hidden(made: Exported) -> None:
    """Lists for the dropdowns. _sync: the export's uid, schema version, the key of each column, the uid of each row and
    a hash of each cell as exported."""
    states = {sheet.title: sheet.sheet_state for sheet in made.book}
    assert states.pop("Lists") == "hidden"
    assert states.pop("_sync") == "veryHidden"
    assert set(states.values()) == {"visible"}
    about, sheets = sync.read(made.book["_sync"].iter_rows(values_only=True))
    assert {"export", "schema"} <= {*about}
    for sheet in sheets:
        assert len(sheet["records"]) == made.report.sheets[sheet["name"]]
        assert all(len(marks) == len(sheet["columns"]) for _version, marks in sheet["records"].values())


def test_other_layouts_are_columns_and_words_over_the_same_data(workspace: Workspace, make: Make) -> None:
    """A decision table (seven columns) and a フォローアップ表 in the vocabulary of Japan's Cabinet Office."""
    decisions = make(workspace, Request(layout="decision_table"))
    assert len(decisions.headings("Decision table")) == 7
    table = make(workspace, Request(layout="follow_up_table"))
    states = set(table.column("Follow-up table", "State of measures"))
    pack = packs.SHIPPED[3]
    assert pack.key == "cabinet_office"
    assert states <= set(pack.labels("progress"))


# ---- the status


@pytest.mark.parametrize(
    ("entity", "name", "values"),
    [
        (
            Recommendation,
            "acceptance",
            "not_assessed supported supported_in_part under_consideration not_supported",
        ),
        (
            Recommendation,
            "status",
            "not_started in_progress substantially_done implemented stalled overtaken closed_not_implemented",
        ),
        (Recommendation, "assessment", "="),
        (
            Initiative,
            "stage",
            "idea proof_of_concept bankable financing under_way completed on_hold dropped",
        ),
        (FollowUp, "status", "open in_progress waiting done cancelled"),
    ],
)
def test_status_scales(entity: Any, name: str, values: str) -> None:
    """Acceptance, status, assessment by the desk (the same scale, set apart), stage, follow-up."""
    kind: Any = field(entity, name)
    expected = [*scales.PROGRESS] if values == "=" else values.split()
    assert [value for value in kind.scale if value] == expected


def test_overdue_due_soon_and_stale_are_computed_never_set(made: Exported) -> None:
    assert (DUE_SOON_DAYS, STALE_DAYS) == (14, 60)
    assert not field(FollowUp, "attention").editable
    for due, days in zip(
        made.column("Follow-ups open", "Due (first)"),
        made.column("Follow-ups open", "Days overdue"),
        strict=True,
    ):
        if days:
            assert days == (dt.datetime(2026, 11, 21) - due).days


def test_rag_follows_from_the_reported_status(workspace: Workspace, make: Make) -> None:
    rec = Recommendation.get(Recommendation.ref == "WC-2024-1C")
    told = []
    for status in ("implemented", "overtaken", "stalled", "in_progress"):
        progress.report(workspace, Recommendation.get_by_id(rec.id), status=status, done="News.")
        made = make(workspace, Request())
        told.append(made.cell("Recommendations", "WC-2024-1C", "RAG").value)
    assert told == ["Green", "Grey", "Red", "Green"]


def test_label_packs_translate_the_scale_and_may_be_edited(workspace: Workspace, make: Make) -> None:
    """GAO, World Bank, UPR, Cabinet Office; they are data that the user may edit."""
    assert [pack.key for pack in packs.SHIPPED] == ["gao", "world_bank", "upr", "cabinet_office"]
    pack = stored.copy_pack(workspace, packs.SHIPPED[0], "Ours")
    words_of = {**pack.words, "progress": {**pack.words["progress"], "implemented": "Finished"}}
    pack = stored.save_pack(workspace, packs.Pack(pack.key, pack.name, words_of))
    key = stored.save(
        workspace, Definition("", "Edited", (LayoutSheet("recommendations"),), pack=pack.key)
    ).key
    made = make(workspace, Request(layout=key))
    assert made.cell("Recommendations", "WC-2024-1B", "Status (reported)").value == "Finished"


# ---- the layout


@pytest.mark.parametrize("languages", [("en",), ("en", "ja")])
def test_row_1_marking_then_headings_then_frozen_panes(
    workspace: Workspace, make: Make, languages: tuple[str, ...]
) -> None:
    """Row 1 carries the handling marking, row 2 (and 3, with two languages) the header; panes freeze below."""
    sheet = LayoutSheet("follow_ups_open")
    layout = stored.save(workspace, Definition("", "Two", (sheet,), languages=languages))
    made = make(workspace, Request(layout=layout.key, marking="取扱注意"))
    found = made.book["Follow-ups open"]
    assert found["A1"].value == "取扱注意"
    for row, language in enumerate(languages, 2):
        with speaking(language):
            assert found.cell(row, 1).value == field(FollowUp, "ref").title
    assert found.freeze_panes == f"C{2 + len(languages)}"


def test_columns_of_what_does_not_exist_yet_are_absent_not_empty(
    workspace: Workspace, make: Make, request: pytest.FixtureRequest
) -> None:
    before = make(workspace, Request())
    assert SINCE not in before.headings("Recommendations")
    assert not [name for name in before.book.sheetnames if name.startswith("Changes")]
    request.getfixturevalue("reported")
    after = make(workspace, Request())
    assert SINCE in after.headings("Recommendations")
    assert CHANGES in after.book.sheetnames


@pytest.mark.parametrize("name", ROWS)
def test_an_excel_table_on_each_sheet(made: Exported, name: str) -> None:
    (table,) = made.book[name].tables.values()
    sheet = made.book[name]
    assert table.ref == f"A2:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    assert table.autoFilter.ref == table.ref
    assert table.tableStyleInfo.showRowStripes


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Recommendations", "E3"),
        ("Initiatives", "C3"),
        ("Follow-ups open", "C3"),
        (CLOSED, "C3"),
        ("Meetings", "C3"),
    ],
)
def test_panes_frozen_under_the_header_and_after_ref_and_title(made: Exported, name: str, cell: str) -> None:
    assert made.book[name].freeze_panes == cell


@pytest.mark.parametrize("name", ROWS)
def test_widths_by_kind_wrapped_and_top_aligned(made: Exported, name: str) -> None:
    """Ref 12, date 12, short 16, name 28, narrative 60, wrapped and at the top."""
    sheet = made.book[name]
    for column, heading in enumerate(made.headings(name), 1):
        width = sheet.column_dimensions[get_column_letter(column)].width - 0.71
        assert 8 <= width <= 80, heading
        for row in range(3, sheet.max_row + 1):
            cell = sheet.cell(row, column)
            assert (cell.alignment.wrap_text, cell.alignment.vertical) == (True, "top")
            if isinstance(cell.value, dt.datetime):
                assert round(width) == 12, heading
    if "Latest update" in made.headings(name):
        letter = get_column_letter(made.headings(name).index("Latest update") + 1)
        assert round(sheet.column_dimensions[letter].width - 0.71) == 60


def test_row_heights_count_full_width_characters_double(workspace: Workspace, make: Make) -> None:
    for text, row in (("a" * 100, "short"), ("漢" * 100, "wide")):
        records.add(workspace, FollowUp, {"title": text, "detail": row})
    made = make(workspace, Request())
    sheet = made.book["Follow-ups open"]
    titles = made.column("Follow-ups open", "Follow-up")
    narrow, wide = (sheet.row_dimensions[titles.index(text) + 3].height for text in ("a" * 100, "漢" * 100))
    assert wide > 1.5 * narrow


@pytest.mark.parametrize("name", ROWS)
def test_real_dates_and_real_numbers(made: Exported, name: str) -> None:
    for row in made.book[name].iter_rows(3):
        for cell in row:
            if cell.is_date:
                assert cell.number_format == "yyyy-mm-dd"
            if isinstance(cell.value, str):
                assert not re.fullmatch(r"\d{4}-\d\d-\d\d|\d+(\.\d+)?", cell.value) or name == "Meetings"
    assert isinstance(made.cell("Initiatives", "IN-2026-001", "Value").value, float)


def test_dropdowns_on_status_rag_owner_side(made: Exported) -> None:
    sheet = made.book["Follow-ups open"]
    offered = {
        made.headings("Follow-ups open")[area.min_col - 1]
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
    }
    assert {"Status", "RAG", "Owner", "Owed by (side)"} <= offered


def test_conditional_formats_follow_the_cells_word(made: Exported) -> None:
    """Driven by the cell's word, so that an edit recolours; the word beside the colour; a shape for greyscale."""
    sheet = made.book["Follow-ups open"]
    letter = get_column_letter(made.headings("Follow-ups open").index("RAG") + 1)
    rules = [
        rule
        for area in sheet.conditional_formatting
        for rule in area.rules
        if str(area.sqref).startswith(letter)
    ]
    assert {rule.formula[0] for rule in rules} == {
        f'{letter}3="{word}"' for word in ("Red", "Amber", "Green", "Grey")
    }
    assert {rule.dxf.numFmt.formatCode[1] for rule in rules} == set(palette.SHAPES.values())
    assert set(made.column("Follow-ups open", "RAG")) <= {"Red", "Amber", "Green", "Grey"}


def test_a_font_that_holds_japanese(made: Exported) -> None:
    for row in made.book["Follow-ups open"].iter_rows(3):
        for cell in row:
            if isinstance(cell.value, str) and re.search("[\u3040-\u30ff\u4e00-\u9fff]", cell.value):
                assert cell.font.name == "Yu Gothic"
    assert any("要旨" in str(title) for title in made.column("Follow-ups open", "Follow-up"))


@pytest.mark.parametrize("name", ["Cover", "Summary", *ROWS, "Lists", "_sync"])
def test_print_set_up(made: Exported, name: str) -> None:
    """Landscape, one page wide or, where that could not be read, as few as can be; header row repeated, the marking in
    the header, file name, as-of and page n of m in the footer."""
    sheet = made.book[name]
    shown = [each for each in sheet.column_dimensions.values() if not each.hidden]
    wide = sum(each.width for each in shown) > layout.READABLE["Calibri"]["a3"] and name in ROWS
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth > 1) == ("landscape", wide)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    xml = html.unescape(made.xml_of(name))
    assert "&CInternal" in xml
    assert "As of 21 Nov 2026, 14:05 (America/Santiago) · &F&RPage &P of &N" in xml


def test_document_properties_set(made: Exported) -> None:
    said = made.book.properties
    assert (said.title, said.creator, said.category) == (
        "Status report – Embassy of Japan in Chile",
        "Embassy of Japan in Chile",
        "Internal",
    )


# ---- what must never happen


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_never_a_text_that_becomes_a_formula(workspace: Workspace, make: Make, text: str) -> None:
    """It is written as text, and reads back as it was."""
    found = records.add(workspace, FollowUp, {"title": text})
    cell = make(workspace, Request()).cell("Follow-ups open", found.ref, "Follow-up")
    assert (cell.data_type, cell.value, bool(cell.quotePrefix)) == ("s", text, True)


def test_never_a_long_text_cut_in_silence(workspace: Workspace, make: Make) -> None:
    """A text over 32,767 characters is continued in a marked way, and the officer is told."""
    long = " ".join(f"word{number}" for number in range(6_000))
    records.change(workspace, FollowUp.get(FollowUp.status == "done"), {"outcome": long})
    made = make(workspace, Request())
    shown = made.column("Closed", "Outcome")[0]
    assert len(shown) <= texts.MAX_UNITS
    assert "[continued on the sheet “Long texts”" in shown
    assert "".join(made.column("Long texts", "Text")) == long
    assert any("too long for its cell" in sentence for sentence in made.report.told)


def test_never_stopped_by_a_control_character(workspace: Workspace, make: Make) -> None:
    """It is left out of the cell, kept in the database, and told."""
    with workspace.engine.write():
        FollowUp.update(outcome="a\x07b").where(FollowUp.status == "done").execute()
    made = make(workspace, Request())
    assert made.column("Closed", "Outcome") == ["ab"]
    assert FollowUp.get(FollowUp.status == "done").outcome == "a\x07b"
    assert any("control character" in sentence for sentence in made.report.told)


def test_never_two_sheets_of_a_name_nor_a_name_that_excel_refuses(workspace: Workspace, make: Make) -> None:
    """Two sheets of the same name, names over 31 characters or with []:*?/\\."""
    name = "All that: is [open] / owed * by us? and by the others"
    sheets = tuple(
        LayoutSheet(key, name, (LayoutColumn("ref"),)) for key in ("follow_ups_open", "recommendations")
    )
    made = make(workspace, Request(layout=stored.save(workspace, Definition("", "Names", sheets)).key))
    names = made.book.sheetnames
    assert len({each.casefold() for each in names}) == len(names)
    assert all(len(each) <= 31 and not re.search(r"[][:*?/\\]", each) for each in names)


def test_never_a_half_written_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook is written beside its place and moved there when whole."""
    seen = []
    plain = Path.replace

    def watch(self: Path, target: Any) -> Any:
        seen.append((zipfile.is_zipfile(self), Path(target).exists()))
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", watch)
    export(workspace, Request(), tmp_path / "Status.xlsx")
    assert seen == [(True, False)]
    assert [path.name for path in tmp_path.glob("*.xlsx*")] == ["Status.xlsx"]


def test_never_internal_text_in_a_workbook_for_a_partner(workspace: Workspace, make: Make) -> None:
    """Not in a hidden sheet, a property, a comment or _sync either."""
    for row in (*FollowUp.select(), *Recommendation.select(), *Initiative.select()):
        records.change(workspace, row, {"visibility": "partner"})
    hidden = FollowUp.get(FollowUp.status == "open")
    records.change(workspace, hidden, {"title": "CANARY-RECORD", "visibility": "internal"})
    records.change(workspace, Recommendation.get(), {"summary": "CANARY-TEXT"})
    records.change(workspace, Meeting.get(), {"purpose": "CANARY-MEETING"})
    made = make(workspace, Request(audience="partner"))
    assert made.report.sheets["Follow-ups open"] == 10
    with zipfile.ZipFile(made.path) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode()
            assert "CANARY" not in part, name
            assert hidden.uid not in part, name
            assert f">{hidden.ref}<" not in part, name
    assert made.book["Cover"]["A1"].value == "Shareable with partner"
    assert made.report.left_out is not None
    assert made.report.left_out.records
    whole = make(workspace, Request())
    assert "CANARY-RECORD" in whole.column("Follow-ups open", "Follow-up"), "the control"
