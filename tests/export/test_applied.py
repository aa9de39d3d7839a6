"""A layout applied: its sheets, columns, words, languages, paper, logo and marking, and nothing else."""

from __future__ import annotations

import html
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from desktop.export.errors import ExportError
from desktop.export.layouts import Definition, LayoutColumn, LayoutSheet, Pack, logo, packs, stored
from desktop.export.report import Request
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import FollowUp, Person, Recommendation, scales
from desktop.service import progress, records
from desktop.service.query import Order, Query
from desktop.service.workspace import Workspace

from .conftest import Make, Reported
from .test_layouts import JPEG, png

OPEN = "follow_ups_open"


def own(workspace: Workspace, *sheets: LayoutSheet, **values: Any) -> str:
    """The key of a layout of the workspace's own."""
    return stored.save(workspace, Definition("", "Ours", sheets, **values)).key


def columns(*keys: str) -> tuple[LayoutColumn, ...]:
    return tuple(LayoutColumn(key) for key in keys)


def words(sheet: Any) -> set[str]:
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}


@pytest.mark.parametrize("key", ["status_report", "decision_table", "follow_up_table", "gao", "plain"])
def test_every_shipped_layout_makes_its_sheets(workspace: Workspace, make: Make, key: str) -> None:
    made = make(workspace, Request(layout=key))
    layout = stored.find(key)
    assert made.report.layout == key
    # Changes are told where there is something to compare with.
    expected = len(layout.sheets) - (key == "status_report")
    assert len([name for name in made.book.sheetnames if name not in ("Lists", "_sync")]) == expected
    for sheet in layout.sheets:
        if sheet.columns:
            name = sheet.title or "Recommendations"
            found = made.headings(name)
            labels = [column.title for column in sheet.columns]
            assert [label or heading for label, heading in zip(labels, found, strict=True)] == found


def test_the_columns_stand_in_the_order_of_the_layout_with_its_widths(
    workspace: Workspace, make: Make
) -> None:
    chosen = (LayoutColumn("rag"), LayoutColumn("title", 55, "What"), *columns("ref", "due_on", "detail"))
    made = make(workspace, Request(layout=own(workspace, LayoutSheet(OPEN, "Promises", chosen))))
    assert made.book.sheetnames == ["Promises", "Lists", "_sync"]
    assert made.headings("Promises") == ["RAG", "What", "Ref", "Due", "Detail"]
    widths = [made.book["Promises"].column_dimensions[letter].width for letter in "ABC"]
    assert round(widths[1] - 0.71) == 55


def test_a_sheet_that_the_layout_leaves_out_is_not_there_hidden_or_not(
    workspace: Workspace, make: Make
) -> None:
    records.change(workspace, Recommendation.get(), {"title": "CANARY-LEFT-OUT"})
    made = make(workspace, Request(layout=own(workspace, LayoutSheet(OPEN, columns=columns("ref", "title")))))
    with zipfile.ZipFile(made.path) as archive:
        assert all("CANARY" not in archive.read(name).decode() for name in archive.namelist())


def test_filter_and_order_of_the_layout_hold_and_are_told(workspace: Workspace, make: Make) -> None:
    ana = Person.get(Person.name == "Ana Silva Pereira")
    sheet = LayoutSheet(
        OPEN, where=(("owner", (str(ana.uid),)),), order=(Order("title", descending=True),), group="owner"
    )
    made = make(workspace, Request(layout=own(workspace, LayoutSheet("cover"), sheet)))
    assert set(made.column("Follow-ups open", "Owner")) == {"Ana Silva Pereira"}
    titles = made.column("Follow-ups open", "Follow-up")
    assert titles == sorted(titles, key=str.casefold, reverse=True)
    assert len(titles) > 2
    told = "Follow-ups: Owner: Ana Silva Pereira"
    assert told in words(made.book["Follow-ups open"])
    assert f"Follow-ups open: {told}" in words(made.book["Cover"])


def test_the_rows_of_a_group_stand_together(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(layout=own(workspace, LayoutSheet(OPEN, group="owner"))))
    owners = made.column("Follow-ups open", "Owner")
    blocks = [owner for at, owner in enumerate(owners) if at == 0 or owners[at - 1] != owner]
    assert len(blocks) == len(set(blocks)) > 1


# ---- words


@pytest.mark.parametrize("key", ["gao", "world_bank", "upr", "cabinet_office"])
def test_a_pack_speaks_in_cells_dropdowns_colours_key_and_counts(
    workspace: Workspace, make: Make, key: str
) -> None:
    sheets = tuple(LayoutSheet(name) for name in ("cover", "summary", "recommendations", "progress_log"))
    made = make(workspace, Request(layout=own(workspace, *sheets, pack=key)))
    pack = packs.SHIPPED[[each.key for each in packs.SHIPPED].index(key)]
    said = pack.label("progress", "implemented")
    assert said
    assert made.cell("Recommendations", "WC-2024-1B", "Status (reported)").value == said
    offered = [[cell.value for cell in column] for column in made.book["Lists"].iter_cols()]
    statuses = next(column for column in offered if column[0] == "Status (reported)")
    assert [word for word in statuses[1:] if word] == pack.labels("progress")
    assert f'="{said}"' in html.unescape(made.xml_of("Recommendations"))
    assert said in words(made.book["Cover"])
    assert said in words(made.book["Summary"])
    assert said.lower() in made.book["Cover"]["A5"].value.lower()
    assert any(said in str(moved) for moved in made.column("Progress log", "Status from → to"))
    own_words = _(scales.PROGRESS["implemented"])
    assert all(own_words not in words(sheet) for sheet in made.book)


def test_a_word_for_several_values_is_offered_and_explained_once(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(layout="gao"))
    cover = [cell for row in made.book["Cover"].iter_rows(values_only=True) for cell in row]
    assert cover.count("Open") == 1
    xml = html.unescape(made.xml_of("Recommendations"))
    assert '="Open"' not in xml, "it stands for values of different tones"
    assert '="Closed – Implemented"' in xml


def test_the_desks_assessment_may_have_words_of_its_own(workspace: Workspace, make: Make) -> None:
    rec = Recommendation.get(Recommendation.ref == "WC-2024-1A")
    records.change(workspace, rec, {"assessment": "stalled"})
    made = make(workspace, Request(layout="follow_up_table"))
    sheet = "Follow-up table"
    row = made.column(sheet, "No.").index("WC-2024-1A") + 3
    found = [cell.value for cell in made.book[sheet][row]]
    assert "Improvement needed" in found
    assert {"Assessment by the desk", "Improvement needed"} <= words(made.book["Cover"])
    assert "Assessment by the desk" not in words(make(workspace, Request()).book["Cover"])
    assert "Measure under consideration" in found


def test_a_pack_of_the_workspaces_own(workspace: Workspace, make: Make) -> None:
    pack = stored.save_pack(workspace, Pack("", "Our words", {"follow_up": {"open": "Ouvert"}}))
    key = own(workspace, LayoutSheet(OPEN), pack=pack.key)
    made = make(workspace, Request(layout=key))
    assert {"Ouvert", "In progress"} <= set(made.column("Follow-ups open", "Status"))
    assert "Ouvert" not in words(make(workspace, Request()).book["Follow-ups open"]), (
        "it ends with the export"
    )


# ---- languages


@pytest.mark.parametrize("other", ["ja", "es", "pt"])
def test_headings_in_two_languages(workspace: Workspace, make: Make, other: str) -> None:
    key = own(workspace, LayoutSheet("cover"), LayoutSheet(OPEN), languages=("en", other))
    made = make(workspace, Request(layout=key, language="pt"))
    sheet = made.book["Follow-ups open"]
    first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
    with speaking(other):
        assert second[:2] == [_("Ref"), _("Follow-up")]
    assert first[:2] == ["Ref", "Follow-up"]
    assert len(set(second)) == len(second)
    (table,) = sheet.tables.values()
    assert table.ref.startswith("A3:")
    assert [column.name for column in table.tableColumns] == second
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet["A4"].value.startswith("FU-")
    assert made.book["Cover"]["A2"].value == "Status report", "the rest is in the first language"
    assert sheet.row_dimensions[2].height
    rules = sheet.data_validations.dataValidation
    assert {area.min_row for rule in rules for area in rule.sqref.ranges} == {4}


def test_one_language_of_the_layout_goes_before_the_one_asked_for(workspace: Workspace, make: Make) -> None:
    key = own(workspace, LayoutSheet("cover"), LayoutSheet(OPEN), languages=("es",))
    made = make(workspace, Request(layout=key, language="en"))
    with speaking("es"):
        assert made.book.worksheets[0]["A2"].value == _("Status report")
        assert _("Follow-ups open") in made.book.sheetnames


@pytest.mark.parametrize("language", LANGUAGES)
def test_layouts_are_spoken_in_the_language_asked_for(
    workspace: Workspace, make: Make, language: str
) -> None:
    made = make(workspace, Request(layout="decision_table", language=language))
    with speaking(language):
        assert made.headings(_("Decision table"))[1] == _("Decision")


# ---- cover, paper, marking


def test_a_logo_stands_on_the_cover_and_keeps_its_shape(workspace: Workspace, make: Make) -> None:
    for picture, width, height in ((png(600, 200), 600, 200), (JPEG, *logo.size(JPEG))):
        key = own(workspace, LayoutSheet("cover"), LayoutSheet(OPEN), logo=logo.encoded(picture))
        made = make(workspace, Request(layout=key))
        with zipfile.ZipFile(made.path) as archive:
            (media,) = [name for name in archive.namelist() if name.startswith("xl/media/")]
            assert archive.read(media) == picture
            drawing = archive.read("xl/drawings/drawing1.xml").decode()
            extent = drawing[drawing.index("ext cx=") :].split('"')
        wide, high = int(extent[1]), int(extent[3])
        assert abs(wide / high - width / height) < 0.1 * width / height
        assert high <= 85 * 9525
        stored.delete(workspace, stored.find(key))
    assert "xl/media" not in str(zipfile.ZipFile(make(workspace, Request()).path).namelist())


@pytest.mark.parametrize(("paper", "number"), [("a4", 9), ("a3", 8), ("letter", 1)])
def test_the_paper_of_the_layout(workspace: Workspace, make: Make, paper: str, number: int) -> None:
    key = own(workspace, LayoutSheet("cover"), LayoutSheet(OPEN), paper=paper)
    made = make(workspace, Request(layout=key))
    for sheet in made.book:
        assert sheet.page_setup.paperSize == number, sheet.title
        assert sheet.page_setup.orientation == "landscape"


def test_the_marking_of_the_layout_holds_where_none_is_asked_for(workspace: Workspace, make: Make) -> None:
    key = own(workspace, LayoutSheet("cover"), LayoutSheet(OPEN), marking="取扱注意")
    assert make(workspace, Request(layout=key)).book["Cover"]["A1"].value == "取扱注意"
    asked = make(workspace, Request(layout=key, marking="Restricted"))
    assert asked.book["Follow-ups open"]["A1"].value == "Restricted"
    assert "取扱注意" not in asked.part("docProps/core.xml")


def test_what_a_layout_is_called_is_not_told_to_those_who_get_the_workbook(
    workspace: Workspace, make: Make
) -> None:
    layout = stored.save(
        workspace, Definition("", "CANARY of the desk", (LayoutSheet("cover"), LayoutSheet(OPEN)))
    )
    made = make(workspace, Request(layout="CANARY of the desk"))
    assert made.report.layout == layout.key
    with zipfile.ZipFile(made.path) as archive:
        assert all("CANARY" not in archive.read(name).decode() for name in archive.namelist())


def test_plain_data_is_every_entity_without_colours(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(layout="plain"))
    assert "Cover" not in made.book.sheetnames
    assert "Lists" not in made.book.sheetnames
    for name in ("Sources", "Organisations", "People", "Recommendations", "Follow-ups"):
        sheet = made.book[name]
        assert sheet["A1"].value == "Internal"
        assert made.headings(name)[0] == "Ref"
        assert "conditionalFormatting" not in made.xml_of(name)
        assert not sheet.data_validations.dataValidation
    assert made.report.sheets["Follow-ups"] == FollowUp.select().count()
    refs = made.column("Follow-ups", "Ref")
    assert refs == sorted(refs)


def test_the_column_of_what_changed_stands_where_the_layout_has_it(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    key = own(
        workspace, LayoutSheet(OPEN, columns=columns("ref", "updates_since", "title")), LayoutSheet("changes")
    )
    made = make(workspace, Request(layout=key))
    assert made.headings("Follow-ups open") == ["Ref", "Since last report", "Follow-up"]
    assert made.cell("Follow-ups open", reported.new.ref, "Since last report").value == "New"
    assert "Changes since 2026-11-20" in made.book.sheetnames
    reporting_none = make(workspace, Request(layout=key, audience="public"))
    assert reporting_none.headings("Follow-ups open") == ["Ref", "Follow-up"]


def test_the_column_of_what_changed_is_called_and_as_wide_as_the_layout_says(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    chosen = (*columns("ref"), LayoutColumn("updates_since", 61, "News"), *columns("title"))
    made = make(workspace, Request(layout=own(workspace, LayoutSheet(OPEN, "Promises", chosen))))
    assert made.headings("Promises") == ["Ref", "News", "Follow-up"]
    assert round(made.book["Promises"].column_dimensions["B"].width - 0.71) == 61
    assert "New" in made.column("Promises", "News")


def test_a_filter_is_told_in_the_words_of_the_pack(workspace: Workspace, make: Make) -> None:
    sheet = LayoutSheet("recommendations", where=(("status", ("implemented",)),))
    made = make(workspace, Request(layout=own(workspace, LayoutSheet("cover"), sheet, pack="gao")))
    assert "Recommendations: Status (reported): Closed – Implemented" in words(made.book["Cover"])


def test_what_changed_is_told_in_the_words_of_the_pack(
    workspace: Workspace, reported: Reported, make: Make
) -> None:
    progress.report(workspace, Recommendation.get(Recommendation.ref == "WC-2024-1A"), status="implemented")
    told = (LayoutColumn("ref"), LayoutColumn("updates_since"))
    sheets = LayoutSheet("recommendations", columns=told), LayoutSheet("changes")
    made = make(workspace, Request(layout=own(workspace, *sheets, pack="world_bank")))
    said = made.cell("Recommendations", "WC-2024-1A", "Since last report").value
    assert said.startswith("Closed: Moderate → Complete")
    sheet = made.book["Changes since 2026-11-20"]
    assert {"Moderate", "Complete"} <= words(sheet)
    assert any("Moderate → Complete" in word for word in words(sheet)), "of the update"
    assert not {"In progress", "Implemented"} & words(sheet)


def test_a_sheet_narrowed_to_nothing_does_not_say_that_nothing_was_entered(
    workspace: Workspace, make: Make
) -> None:
    asked = (("status", ("overtaken",)),)
    made = make(workspace, Request(layout=own(workspace, LayoutSheet("recommendations", where=asked))))
    assert made.book["Recommendations"]["A3"].value == "Nothing is in this list."
    only = Query(FollowUp, ("ref",), text="nowhere")
    assert make(workspace, Request(only=only)).book["Follow-ups"]["A3"].value == "Nothing is in this list."


@pytest.mark.parametrize(
    ("sheet", "plain", "why"),
    [
        ("changes", False, "there is neither a report nor a day to tell changes since"),
        ("cover", True, "plain data has neither cover nor summary"),
    ],
)
def test_a_layout_of_which_no_sheet_is_left_says_so(
    workspace: Workspace, make: Make, sheet: str, plain: bool, why: str
) -> None:
    key = own(workspace, LayoutSheet(sheet), plain=plain)
    with pytest.raises(ExportError, match=f"Nothing of the layout “Ours” can be shown: {why}"):
        make(workspace, Request(layout=key))


@pytest.mark.parametrize("name", ["_sync", "_SYNC2"])
def test_no_sheet_is_called_as_the_one_by_which_it_is_read_back(
    workspace: Workspace, make: Make, name: str
) -> None:
    made = make(workspace, Request(layout=own(workspace, LayoutSheet("recommendations", name))))
    assert made.book.sheetnames == [name.strip("_"), "Lists", "_sync"]
    assert made.book["_sync"].sheet_state == "veryHidden"


def test_a_label_that_looks_like_an_escape_is_the_same_in_the_table_and_its_heading(
    workspace: Workspace, make: Make
) -> None:
    chosen = (*columns("ref"), LayoutColumn("title", 0, "_x0041_ & =1+1"))
    made = make(workspace, Request(layout=own(workspace, LayoutSheet("recommendations", columns=chosen))))
    assert made.book["Recommendations"]["B2"].value == "_x005F_x0041_ & =1+1"
    assert 'name="_x005F_x0041_ &amp; =1+1"' in made.part("xl/tables/table1.xml")


def test_a_layout_that_is_not_there(workspace: Workspace, make: Make) -> None:
    with pytest.raises(ExportError, match="There is no layout “Nothing”; there are: Status report"):
        make(workspace, Request(layout="Nothing"))


def test_what_a_layout_lacks_is_told(workspace: Workspace, make: Make) -> None:
    somebody = records.add(workspace, Person, {"name": "Somebody"})
    key = own(workspace, LayoutSheet(OPEN, where=(("owner", (str(somebody.uid),)),)))
    records.delete(workspace, [somebody])
    made = make(workspace, Request(layout=key))
    assert any("not there any more" in sentence for sentence in made.report.told)


def test_the_key_has_only_words_that_stand_in_the_workbook(workspace: Workspace, make: Make) -> None:
    table = make(workspace, Request(layout="decision_table")).book["Cover"]
    whole = make(workspace, Request()).book["Cover"]
    assert "Substantially done" in words(table)
    assert "Proof of concept" not in words(table)
    assert "Proof of concept" in words(whole)


def test_a_layout_is_not_changed_by_being_applied(workspace: Workspace, make: Make) -> None:
    before = stored.find("gao")
    make(workspace, Request(layout="gao"))
    assert replace(stored.find("gao")) == before


def test_a_list_goes_to_an_audience_under_a_marking(workspace: Workspace, make: Make) -> None:
    shared, hidden = list(FollowUp.select().order_by(FollowUp.ref))[:2]
    records.change(workspace, shared, {"visibility": "partner"})
    records.change(workspace, hidden, {"title": "CANARY"})
    asked = Query(FollowUp, ("ref", "title", "status"), order=(Order("ref"),))
    made = make(workspace, Request(only=asked, audience="partner", marking="For the partner"))
    assert made.column("Follow-ups", "Ref") == [shared.ref]
    assert made.book["Follow-ups"]["A1"].value == "For the partner"
    assert "CANARY" not in "".join(
        zipfile.ZipFile(made.path).read(name).decode() for name in zipfile.ZipFile(made.path).namelist()
    )
    assert len(make(workspace, Request(only=asked)).column("Follow-ups", "Ref")) == 12, "the control"
