"""What a workbook carries to be read back: uids, keys and marks, in a sheet that no menu shows."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export import marks, sync, texts
from desktop.export.report import Request, export, note
from desktop.export.sheets import sheets
from desktop.i18n import LANGUAGES, speaking
from desktop.model import ENTITIES, RECORDS, FollowUp, Operation
from desktop.service import records, reports
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from desktop.store.engine import SCHEMA

from .conftest import CHANGES, Exported, Make, Reported


def said(made: Exported) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What `_sync` says, its sheets by their names."""
    about, found = sync.read(made.book["_sync"].iter_rows(values_only=True))
    return about, {sheet["name"]: sheet for sheet in found}


def as_it_stands(value: Any) -> Any:
    return texts.unescape(value) if isinstance(value, str) else value


def test_it_is_hidden_so_that_no_menu_shows_it(status: Exported) -> None:
    assert status.book["_sync"].sheet_state == "veryHidden"
    assert status.book.sheetnames[-1] == "_sync"


def test_it_says_which_export_it_is(workspace: Workspace, status: Exported) -> None:
    """Made of a copy of the workspace in which nothing was done since: its journal ends alike."""
    about, _sheets = said(status)
    assert about == {
        "format": sync.FORMAT,
        "export": status.report.export_uid,
        "schema": SCHEMA,
        "audience": "internal",
        "language": "en",
        "pack": "",
        "as_of": "2026-11-21",
        "head": Operation.select().order_by(Operation.id.desc()).get().hash,
    }
    assert re.fullmatch(r"[0-9a-f-]{36}", status.report.export_uid)


def test_for_the_post_itself_it_says_with_which_hash_the_journal_ended(
    workspace: Workspace, make: Make
) -> None:
    head = Operation.select().order_by(Operation.id.desc()).get().hash
    made = make(workspace)
    assert said(made)[0]["head"] == head
    assert re.fullmatch(r"[0-9a-f]{64}", head)
    for audience in ("partner", "public"):
        other = make(workspace, Request(audience=audience))
        assert "head" not in said(other)[0]
        with zipfile.ZipFile(other.path) as archive:
            for hashed in Operation.select(Operation.hash):
                assert all(hashed.hash.encode() not in archive.read(name) for name in archive.namelist())


def test_every_sheet_of_records_is_in_it_with_its_keys(status: Exported) -> None:
    _about, found = said(status)
    assert list(found) == [sheet.title for sheet in status.tables if sheet.title != CHANGES]
    for sheet in found.values():
        assert sheet["header"] == 2
        assert sheet["entity"] in RECORDS
        assert len(sheet["columns"]) == len(status.headings(sheet["name"]))


def test_every_row_is_known_by_its_uid(status: Exported) -> None:
    _about, found = said(status)
    for name, sheet in found.items():
        uids = status.column(name, "UID")
        assert len(set(uids)) == len(uids) == status.report.sheets[name]
        assert set(uids) == set(sheet["records"])
        assert all(isinstance(version, int) for version, _marks in sheet["records"].values())


def test_every_cell_has_the_mark_of_what_stands_in_it(status: Exported) -> None:
    """As a program that reads the workbook finds it: dates as dates, numbers as numbers."""
    _about, found = said(status)
    compared = 0
    for name, sheet in found.items():
        for row in status.book[name].iter_rows(sheet["header"] + 1, values_only=True):
            _version, kept = sheet["records"][row[-1]]
            for key, value in zip(sheet["columns"], row, strict=False):
                assert marks.mark(as_it_stands(value)) == kept[key], (name, key, value)
                compared += bool(value)
    assert compared > 300


def test_a_cell_that_was_edited_has_another_mark(status: Exported) -> None:
    """The control of the one above."""
    _about, found = said(status)
    for _version, kept in found["Follow-ups open"]["records"].values():
        assert marks.mark("Edited") not in kept.values()
        assert marks.mark(dt.datetime(2031, 1, 1)) not in kept.values()


def test_the_hidden_column_is_the_last(status: Exported) -> None:
    for sheet in status.tables:
        letter = sheet.cell(2, sheet.max_column).column_letter
        if sheet.title == CHANGES:
            assert sheet.cell(2, sheet.max_column).value == "When"
            continue
        assert sheet.cell(2, sheet.max_column).value == "UID"
        assert sheet.column_dimensions[letter].hidden


def test_the_same_uids_as_in_the_workspace(workspace: Workspace, make: Make) -> None:
    made = make(workspace)
    by_ref = dict(
        zip(made.column("Follow-ups open", "Ref"), made.column("Follow-ups open", "UID"), strict=True)
    )
    for row in FollowUp.select():
        if row.ref in by_ref:
            assert by_ref[row.ref] == row.uid


def test_a_list_can_be_read_back_too(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(only=Query(FollowUp, ("ref", "title", "due_on"))))
    _about, found = said(made)
    assert found["Follow-ups"]["columns"] == ["ref", "title", "due_on"]
    assert len(found["Follow-ups"]["records"]) == 12


def test_for_others_it_says_nothing_of_how_often_a_record_was_saved(workspace: Workspace, make: Make) -> None:
    for row in FollowUp.select():
        records.change(workspace, row, {"visibility": "partner"})
    hidden = FollowUp.get()
    records.change(workspace, FollowUp.get_by_id(hidden.id), {"visibility": "internal"})
    made = make(workspace, Request(audience="partner"))
    about, found = said(made)
    assert about["audience"] == "partner"
    shown = {**found["Follow-ups open"]["records"], **found["Closed"]["records"]}
    assert len(shown) == 11
    assert {version for version, _marks in shown.values()} == {None}
    with zipfile.ZipFile(made.path) as archive:
        assert all(hidden.uid not in archive.read(name).decode() for name in archive.namelist())


def test_the_export_is_noted_under_the_uid_that_it_carries(
    workspace: Workspace, reported: Reported, tmp_path: Any
) -> None:
    report = export(workspace, Request(audience="partner"), tmp_path / "Status.xlsx")
    uid = note(workspace, report)
    (noted,) = reports.exports(workspace)
    assert uid == noted.uid == report.export_uid
    assert (noted.audience, noted.layout, noted.digest) == ("partner", "status_report", report.digest)
    book = openpyxl.load_workbook(report.path)
    assert sync.read(book["_sync"].iter_rows(values_only=True))[0]["export"] == uid


def test_a_workbook_of_very_many_rows_goes_on_in_another_sheet(
    workspace: Workspace, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = said(make(workspace))
    monkeypatch.setattr(sync, "MOST", 20)
    made = make(workspace)
    parts = [sheet for sheet in made.book if sheet.title.startswith("_sync")]
    assert len(parts) > 2
    assert {part.sheet_state for part in parts} == {"veryHidden"}
    rows = [row for part in parts for row in part.iter_rows(values_only=True)]
    about, found = sync.read(rows)
    assert {sheet["name"]: sheet for sheet in found} == whole[1]
    assert about["schema"] == whole[0]["schema"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_the_same_in_every_language_and_one_in_their_sheet(language: str) -> None:
    with speaking("en"):
        expected = {sheet.key: [column.key for column in sheet.columns] for sheet in sheets()}
    with speaking(language):
        for sheet in sheets():
            keys = [column.key for column in sheet.columns]
            assert keys == expected[sheet.key]
            assert len(set(keys)) == len(keys)
            assert all(re.fullmatch(r"[a-z_+]+", key) for key in keys), keys
    assert {entity.key() for entity in ENTITIES} <= set(RECORDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("10\u00a0km", "10 km"),
        ("２０２６年", "2026年"),
        (dt.datetime(2026, 11, 21), dt.date(2026, 11, 21)),
        (12, 12.0),
        (Decimal("1234567.50"), 1234567.5),
        ("", None),
    ],
)
def test_what_a_reader_calls_the_same_has_the_same_mark(one: Any, other: Any) -> None:
    assert marks.mark(one) == marks.mark(other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_marks_differ_as_texts_do(one: str, other: str) -> None:
    if marks.canonical(one) != marks.canonical(other):
        assert marks.mark(one) != marks.mark(other)
    else:
        assert marks.mark(one) == marks.mark(other)
