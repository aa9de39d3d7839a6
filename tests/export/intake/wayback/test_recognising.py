"""Which export it is, and where everything stands, whatever was done to the sheets."""

from __future__ import annotations

import base64
import datetime as dt
import time
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from desktop.export.intake.book import State
from desktop.export.intake.reading import read
from desktop.export.intake.wayback import Kind, NotOurs, former, is_ours, propose, recognise
from desktop.export.marks import mark
from desktop.export.report import Request
from desktop.i18n import LANGUAGES, speaking
from desktop.model import FollowUp, Initiative
from desktop.service import journal, records
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from desktop.store.engine import SCHEMA

from .conftest import Office
from .paper import UID, Held, Paper


def sync_row(paper: Paper, mark: str) -> list[object]:
    return next(row for name, _state, rows in paper.rest if name == "_sync" for row in rows if row[0] == mark)


def test_untouched_nothing_differs(office: Office) -> None:
    paper = office.paper()
    sent = office.sent(paper)
    assert sent.known
    assert sent.operation == journal.made_in(sent.export)
    assert (sent.audience, sent.language, sent.schema, sent.as_of) == ("internal", "en", SCHEMA, "2026-11-21")
    assert not sent.told
    assert [sheet.exported.key for sheet in sent.sheets] == [
        "recommendations",
        "initiatives",
        "follow_ups_open",
        "follow_ups_closed",
        "extensions",
        "meetings",
        "progress_log",
    ]
    assert all(set(sheet.places) == set(sheet.exported.columns) for sheet in sent.sheets)
    assert office.back(paper) == []


@pytest.mark.parametrize("request_", [
    Request(layout="decision_table"),
    Request(layout="follow_up_table"),
    Request(layout="gao"),
    Request(layout="plain"),
    Request(language="ja"),
    Request(language="pt", headings="ja"),
    Request(audience="partner"),
    Request(only=Query(FollowUp, ("ref", "title", "counterpart", "due_on", "owner"))),
], ids=str)  # fmt: skip
def test_every_layout_language_and_list_comes_back_as_it_was(
    office: Office, workspace: Workspace, request_: Request
) -> None:
    for row in [*FollowUp.select(), *Initiative.select()]:
        records.change(workspace, row, {"visibility": "partner"})
    with speaking("es"):
        assert office.back(office.paper(request_)) == []


def test_another_workbook_is_none_of_ours(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Follow-up"])
    book.save(tmp_path / "Other.xlsx")
    with read(tmp_path / "Other.xlsx") as found:
        assert not is_ours(found)
        with pytest.raises(NotOurs, match="no workbook of Juntos"):
            recognise(found)


@pytest.mark.parametrize("mark", ["#format", "#schema"])
def test_one_of_a_newer_program_is_refused(office: Office, mark: str) -> None:
    paper = office.paper()
    sync_row(paper, mark)[1] = "99"
    with pytest.raises(NotOurs, match="newer version"):
        office.sent(paper)


def test_sync_is_found_under_another_name(office: Office) -> None:
    paper = office.paper()
    paper.rest = [
        ("Feuille 12" if name == "_sync" else name, state, rows) for name, state, rows in paper.rest
    ]
    assert office.back(paper) == []


def test_rows_of_sync_that_somebody_damaged_are_told(office: Office) -> None:
    paper = office.paper()
    row = sync_row(paper, "follow_ups_open")
    row[3] = str(row[3])[:-8]
    sent = office.sent(paper)
    assert "damaged" in sent.told[0]
    assert [each.kind for each in office.back(paper)] == [Kind.ERROR]


def test_a_sheet_that_is_gone_is_told_once_and_clears_nothing(office: Office) -> None:
    paper = office.paper()
    del paper.pages["follow_ups_open"]
    (told,) = office.back(paper)
    assert (told.kind, told.sheet) == (Kind.IGNORED, "Follow-ups open")
    assert "11 records" in told.told


def test_a_copy_of_a_sheet_is_told_and_not_compared(office: Office) -> None:
    paper = office.paper()
    page = paper.pages["follow_ups_open"]
    copied = Held([list(row) for row in page.drawn()])
    copied[5][1] = "Only in the copy"
    paper.rest.append(("Follow-ups open (2)", paper.rest[0][1], copied))
    (told,) = office.back(paper)
    assert (told.kind, told.sheet) == (Kind.IGNORED, "Follow-ups open (2)")


def test_two_sheets_that_swapped_their_names(office: Office) -> None:
    paper = office.paper()
    one, other = paper.pages["initiatives"], paper.pages["follow_ups_open"]
    one.name, other.name = other.name, one.name
    assert office.back(paper) == []


def test_a_column_taken_out_clears_nothing(office: Office) -> None:
    paper = office.paper()
    paper.pages["follow_ups_open"].columns.remove("owner")
    (told,) = office.back(paper)
    assert (told.kind, told.heading, told.key) == (Kind.IGNORED, "Owner", "owner")


def test_the_uid_column_taken_out_rows_are_told_by_their_references(office: Office) -> None:
    paper = office.paper()
    page = paper.pages["follow_ups_open"]
    page.rows.reverse()
    changed = page.rows[4]
    changed["title"] = "Retitled"
    page.columns.remove(UID)
    (found,) = office.back(paper)
    assert (found.kind, found.uid, found.values) == (Kind.CHANGE, changed[UID], {"title": "Retitled"})


def test_headings_that_changed_places_without_their_cells(office: Office) -> None:
    """What stands in a column tells it, where its heading says something else."""
    paper = office.paper()
    heads = paper.pages["follow_ups_open"].headings
    heads["priority"], heads["raised_on"] = heads["raised_on"], heads["priority"]
    assert office.back(paper) == []


def test_a_copied_column_is_the_one_whose_cells_agree(office: Office) -> None:
    paper = office.paper()
    page = paper.pages["follow_ups_open"]
    page.columns.insert(1, "copy")
    page.headings["copy"] = page.headings["title"]
    for row in page.rows:
        row["copy"] = f"{row['title']} (old)"
    (told,) = office.back(paper)
    assert (told.kind, told.letter, told.heading) == (Kind.IGNORED, "B", "Follow-up")


def test_all_headings_renamed_and_a_column_moved(office: Office) -> None:
    paper = office.paper()
    page = paper.pages["follow_ups_open"]
    page.headings = {key: f"Spalte {number}" for number, key in enumerate(page.headings)}
    page.columns.remove("title")
    page.columns.append("title")
    page.rows[2]["title"] = "Retitled"
    found = office.back(paper)
    assert [each.values for each in found if each.kind is Kind.CHANGE] == [{"title": "Retitled"}]
    assert {each.kind for each in found} <= {Kind.CHANGE, Kind.IGNORED}


def test_keys_of_an_earlier_schema_are_mapped_and_unknown_ones_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = office.paper()
    monkeypatch.setitem(former.COLUMNS, ("follow_up", "heading_then"), "title")
    sync_row(paper, "#schema")[1] = str(SCHEMA - 3)
    for row in (
        row for name, _state, rows in paper.rest if name == "_sync" for row in rows if row[0] == "#sheet"
    ):
        if row[1] == "follow_ups_open":
            row[5] = str(row[5]).replace(" title ", " heading_then ").replace(" priority ", " urgency_then ")
    page = paper.pages["follow_ups_open"]
    page.rows[0]["title"] = "Retitled"
    page.rows[0]["priority"] = "Low" if page.rows[0]["priority"] != "Low" else "High"
    ignored, change = sorted(office.back(paper), key=lambda each: each.kind.value, reverse=True)
    assert change.values == {"title": "Retitled"}
    assert (ignored.kind, ignored.key) == (Kind.IGNORED, "urgency_then")
    assert "does not know this column" in ignored.told


def test_a_sheet_of_an_earlier_schema_that_is_not_known_is_told(office: Office) -> None:
    paper = office.paper()
    for name, _state, rows in paper.rest:
        for row in rows if name == "_sync" else ():
            row[:2] = ["treaties" if value == "initiatives" else value for value in row[:2]]
    (told,) = office.back(paper)
    assert (told.kind, told.sheet) == (Kind.IGNORED, "Initiatives")
    assert "treaties" in told.told


def test_notes_and_own_columns_are_told_with_what_they_say(office: Office) -> None:
    paper = office.paper()
    page = paper.pages["follow_ups_open"]
    page.comments[4, 2] = "Please check with the ministry"
    page.columns.append("own")
    page.headings["own"] = "Remarks"
    for number, row in enumerate(page.rows):
        row["own"] = f"Remark {number}"
    by_column, note = sorted(office.back(paper), key=lambda each: each.row)
    assert (by_column.heading, by_column.came) == ("Remarks", "Remark 0; Remark 1; Remark 2; …")
    assert (note.row, note.letter, note.came) == (4, "B", "Please check with the ministry")
    assert {by_column.kind, note.kind} == {Kind.IGNORED}


def test_dates_in_cells_above_the_headings_are_no_records(office: Office) -> None:
    paper = office.paper()
    paper.pages["meetings"].above[:0] = [["Printed", dt.date(2026, 12, 1)], ["", None, 5]]
    assert office.back(paper) == []


def test_it_can_be_looked_at_while_another_language_is_spoken(office: Office) -> None:
    paper = office.paper(Request(language="ja"))
    paper.pages["follow_ups_open"].rows[0]["status"] = "Waiting on the other side"
    with speaking("pt"), paper.book() as book:
        (found,) = propose(office.workspace, recognise(book))
    assert found.values == {"status": "waiting"}


def test_rows_added_to_a_sheet_that_was_empty_are_new_records(
    office: Office, workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.operation("Away") as writing:
        for row in Initiative.select():
            records.remove(writing, row)
    for language in ("en", "ja"):
        path = office.send(Request(language=language))
        with read(path) as book:
            assert propose(workspace, recognise(book)) == []
        book_ = openpyxl.load_workbook(path)
        sheet = book_.worksheets[3]
        headings = [cell.value for cell in sheet[2]]
        with speaking(language):
            name = Initiative.name.title
        sheet.cell(4, headings.index(name) + 1).value = "Pacific Fund"
        book_.create_sheet("Our own notes").append(["Ask them"])
        book_.save(path)
        with read(path) as book:
            new, told = propose(workspace, recognise(book))
        assert (new.kind, new.row, new.values) == (Kind.NEW, 4, {"name": "Pacific Fund"})
        assert (told.kind, told.sheet) == (Kind.IGNORED, "Our own notes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_typed_into_an_empty_sheet_of_what_was_closed_since_are_not_lost(
    office: Office, workspace: Workspace, language: str
) -> None:
    path = office.send(Request(language=language, period_from="2026-11-20"))
    with read(path) as book:
        sent = recognise(book)
        assert propose(workspace, sent) == []
        assert not sent.sheet("follow_ups_closed").exported.marks
    book_ = openpyxl.load_workbook(path)
    sheet = book_.worksheets[5]
    with speaking(language):
        column = [cell.value for cell in sheet[2]].index(FollowUp.title.title) + 1
    sheet.cell(4, column).value = "Thank the minister"
    book_.save(path)
    with read(path) as book:
        (new,) = propose(workspace, recognise(book))
    assert (new.kind, new.sheet, new.row) == (Kind.NEW, sheet.title, 4)
    assert new.values == {"title": "Thank the minister"}


def lines(paper: Paper) -> Held:
    """The rows of `_sync`."""
    return next(rows for name, _state, rows in paper.rest if name == "_sync")


@pytest.mark.parametrize("what", ["#format", "#schema", "#sheet"])
@pytest.mark.parametrize("number", ["²", "9" * 6_000])
def test_a_number_of_sync_that_is_none(office: Office, what: str, number: str) -> None:
    paper = office.paper()
    changed = Held()
    for row in lines(paper):
        at = 4 if what == "#sheet" else 1
        changed.append([*row[:at], number, *row[at + 1 :]] if row[:1] == [what] else row)
    paper.rest = [(name, state, changed if name == "_sync" else rows) for name, state, rows in paper.rest]
    assert office.back(paper) == []


@pytest.mark.parametrize(
    "claimed",
    [
        [["#sheet", f"k{number}", f"N{number}", "x", "1", "a"] for number in range(300)],
        [["#sheet", "recommendations", "Z", "recommendation", "1", " ".join(map(str, range(3_000)))]],
    ],
    ids=["sheets", "columns"],
)
def test_a_sync_that_claims_more_than_any_export(office: Office, claimed: list[list[str]]) -> None:
    paper = office.paper()
    rows = Held([*lines(paper), *claimed])
    paper.rest = [(name, state, rows if name == "_sync" else held) for name, state, held in paper.rest]
    with pytest.raises(NotOurs):
        office.sent(paper)


def test_cells_that_all_have_the_same_mark_take_no_time(office: Office) -> None:
    paper = office.paper()
    many, uids = 200, [f"{number:036d}" for number in range(400)]
    marks = base64.b64encode(mark("same").to_bytes(4, "big") * many).decode()
    claimed = [["#sheet", "closed_x", "Z", "x", "1", " ".join(map(str, range(many)))]]
    claimed[0][1] = next(row[1] for row in lines(paper) if row[:1] == ["#sheet"])
    rows = Held([*lines(paper), *claimed, *(["", uid, "", marks] for uid in uids)])
    wide = Held([[uid, *["same"] * 2_000] for uid in uids])
    paper.rest = [(name, state, rows if name == "_sync" else held) for name, state, held in paper.rest]
    paper.rest.append(("Z", State.VISIBLE, wide))
    begun = time.process_time()
    office.sent(paper)
    assert time.process_time() - begun < 8


def test_a_result_of_a_formula_is_said_to_be_one(
    office: Office, workspace: Workspace, tmp_path: Path
) -> None:
    path = office.send()
    book = openpyxl.load_workbook(path)
    sheet = book["Follow-ups open"]
    at = [cell.value for cell in sheet[2]].index(FollowUp.title.title) + 1
    sheet.cell(3, at).value = "Theirs"
    book.save(path)
    computed = tmp_path / "Computed.xlsx"
    with ZipFile(path) as zipped, ZipFile(computed, "w") as written:
        for name in zipped.namelist():
            part = zipped.read(name)
            if name == f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml":
                cell = f'<c r="{sheet.cell(3, at).coordinate}"'.encode()
                begin = part.index(cell)
                end = part.index(b"</c>", begin) + 4
                made = cell + b' t="str"><f>"The"&amp;"irs"</f><v>Theirs</v></c>'
                part = part[:begin] + made + part[end:]
            written.writestr(name, part)
    with read(computed) as came:
        (found,) = propose(workspace, recognise(came))
    assert (found.kind, found.came) == (Kind.CHANGE, "Theirs")
    assert found.told == "The cell holds a formula; what it showed when the file was saved is taken."
