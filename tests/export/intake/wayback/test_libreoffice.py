"""A workbook that LibreOffice opened, changed by a script and saved comes back with exactly the changes made."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.wayback import Kind, Proposal, accept, apply, propose, recognise
from desktop.model import FollowUp
from desktop.service.workspace import Workspace

from .conftest import Office

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)"),
    pytest.mark.slow,
]
FORMS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}

SHEET = "Follow-ups open"
LINES = """
Function Column(sheet, heading)
    For number = 0 To 60
        If sheet.getCellByPosition(number, 1).String = heading Then
            Column = number
            Exit Function
        End If
    Next
    Column = -1
End Function

Function Row(sheet, ref)
    For number = 0 To 60
        If sheet.getCellByPosition(Column(sheet, "Ref"), number).String = ref Then
            Row = number
            Exit Function
        End If
    Next
    Row = -1
End Function

Sub Edit(source, target, form)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden" : hidden(0).Value = True
    book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
    sheet = book.Sheets.getByName("Follow-ups open")
    last = Row(sheet, "{last}")
    ' sort by the title, downwards
    Dim key(0) As New com.sun.star.table.TableSortField
    key(0).Field = Column(sheet, "Follow-up") : key(0).IsAscending = False
    Dim how(1) As New com.sun.star.beans.PropertyValue
    how(0).Name = "SortFields" : how(0).Value = key()
    how(1).Name = "ContainsHeader" : how(1).Value = False
    body = sheet.getCellRangeByPosition(0, 2, 60, {rows} + 1)
    body.sort(how())
    ' hide a column and a row
    sheet.Columns.getByIndex(Column(sheet, "Priority")).IsVisible = False
    sheet.Rows.getByIndex(5).IsVisible = False
    ' move the title to the far right
    sheet.Columns.insertByIndex(30, 1)
    here = Column(sheet, "Follow-up")
    Dim to_place As New com.sun.star.table.CellAddress
    to_place.Sheet = sheet.RangeAddress.Sheet : to_place.Column = 30 : to_place.Row = 0
    sheet.moveRange(to_place, sheet.getCellRangeByPosition(here, 0, here, 200).RangeAddress)
    ' edit
    sheet.getCellByPosition(Column(sheet, "Follow-up"), Row(sheet, "{edited}")).String = "Send the very last draft"
    sheet.getCellByPosition(Column(sheet, "Status"), Row(sheet, "{edited}")).String = "先方の対応待ち"
    sheet.getCellByPosition(Column(sheet, "Due (revised)"), Row(sheet, "{dated}")).FormulaLocal = "2027-03-31"
    sheet.getCellByPosition(Column(sheet, "Country"), Row(sheet, "{dated}")).String = "Perú; 日本"
    ' clear
    sheet.getCellByPosition(Column(sheet, "Owner"), Row(sheet, "{cleared}")).String = ""
    ' delete
    sheet.Rows.removeByIndex(Row(sheet, "{deleted}"), 1)
    ' add
    sheet.Rows.insertByIndex(4, 1)
    sheet.getCellByPosition(Column(sheet, "Follow-up"), 4).String = "Thank the minister"
    sheet.getCellByPosition(Column(sheet, "Due (first)"), 4).FormulaLocal = "2027-05-20"
    sheet.getCellByPosition(Column(sheet, "Priority"), 4).String = "Low"
    Dim filter(0) As New com.sun.star.beans.PropertyValue
    filter(0).Name = "FilterName" : filter(0).Value = form
    book.storeToURL(target, filter())
    book.close(True)
End Sub
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{lines}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of its own, made by a first start."""
    folder = tmp_path_factory.mktemp("libreoffice")
    _run(folder, "--terminate_after_init")
    return folder


def _run(profile: Path, *words: str) -> str:
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    return done.stdout + done.stderr


def edited(profile: Path, source: Path, target: Path, names: dict[str, Any]) -> Path:
    """The workbook as the script left it, saved in the form of the target's name."""
    lines = LINES
    for name, value in names.items():
        lines = lines.replace(f"{{{name}}}", str(value))
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    escaped = lines.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    (basic / "Module1.xba").write_text(MODULE.format(lines=escaped), encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    form = FORMS[target.suffix[1:]]
    call = f'macro:///Standard.Module1.Edit("{source.as_uri()}","{target.as_uri()}","{form}")'
    told = _run(profile, call)
    assert target.exists(), told
    return target


def converted(profile: Path, source: Path, form: str, folder: Path) -> Path:
    """The workbook opened and saved in another form, nothing changed."""
    folder.mkdir()
    told = _run(profile, "--convert-to", form, "--outdir", str(folder), str(source))
    (made,) = folder.iterdir() if any(folder.iterdir()) else pytest.fail(told)
    return made


def proposed(workspace: Workspace, path: Path) -> list[Proposal]:
    with read(path) as book:
        return propose(workspace, recognise(book))


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_exactly_the_changes_made_come_back(
    office: Office, workspace: Workspace, tmp_path: Path, profile: Path, form: str
) -> None:
    path = office.send()
    rows = list(FollowUp.select().where(FollowUp.status != "done").order_by(FollowUp.ref))
    titled, dated, cleared, deleted, last = rows[0], rows[1], rows[2], rows[3], rows[-1]
    names = {
        "edited": titled.ref,
        "dated": dated.ref,
        "cleared": cleared.ref,
        "deleted": deleted.ref,
        "last": last.ref,
        "rows": len(rows),
    }
    found = proposed(workspace, edited(profile, path, tmp_path / f"Back.{form}", names))
    told = {(each.kind, each.uid, each.key): each for each in found}
    new = next(each for each in found if each.kind is Kind.NEW)
    assert told.keys() == {
        (Kind.GONE, deleted.uid, ""),
        (Kind.CLEAR, cleared.uid, "owner"),
        (Kind.NEW, new.uid, ""),
        (Kind.CHANGE, titled.uid, "title"),
        (Kind.CHANGE, titled.uid, "status"),
        (Kind.CHANGE, dated.uid, "due_first+due_on"),
        (Kind.CHANGE, dated.uid, "countries"),
    }
    assert told[Kind.CHANGE, titled.uid, "status"].values == {"status": "waiting"}
    assert told[Kind.CHANGE, dated.uid, "due_first+due_on"].values == {"due_on": "2027-03-31"}
    assert told[Kind.CHANGE, dated.uid, "countries"].values == {"countries": ["JP", "PE"]}
    assert new.values == {
        "title": "Thank the minister",
        "due_first": "2027-05-20",
        "due_on": "2027-05-20",
        "priority": "low",
    }
    apply(workspace, found, path.name)
    assert FollowUp.get_by_id(titled.id).title == "Send the very last draft"
    assert FollowUp.get_by_id(cleared.id).owner_id == cleared.owner_id
    assert FollowUp.get_or_none(FollowUp.uid == deleted.uid) is not None
    assert FollowUp.get(FollowUp.title == "Thank the minister").due_on == dt.date(2027, 5, 20).isoformat()


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_opened_and_saved_nothing_differs(
    office: Office, workspace: Workspace, tmp_path: Path, profile: Path, form: str
) -> None:
    made = converted(profile, office.send(), form, tmp_path / form)
    assert proposed(workspace, made) == []


def test_saved_as_ods_and_as_xlsx_again(
    office: Office, workspace: Workspace, tmp_path: Path, profile: Path
) -> None:
    there = converted(profile, office.send(), "ods", tmp_path / "there")
    back = converted(profile, there, "xlsx", tmp_path / "back")
    assert proposed(workspace, back) == []


def test_a_conflict_survives_the_way_too(
    office: Office, workspace: Workspace, tmp_path: Path, profile: Path
) -> None:
    path = office.send()
    rows = list(FollowUp.select().where(FollowUp.status != "done").order_by(FollowUp.ref))
    with workspace.operation("Ours") as writing:
        writing.change(rows[0], {"title": "Ours"})
    names = dict(
        zip(("edited", "dated", "cleared", "deleted", "last"), (row.ref for row in rows), strict=False)
    )
    found = proposed(workspace, edited(profile, path, tmp_path / "Back.xlsx", {**names, "rows": len(rows)}))
    (conflict,) = [each for each in found if each.kind is Kind.CONFLICT]
    assert (conflict.now, conflict.came) == ("Ours", "Send the very last draft")
    assert found[0] is conflict
    apply(workspace, accept(found, lambda each: each.kind is Kind.CONFLICT), path.name)
    assert FollowUp.get_by_id(rows[0].id).title == "Send the very last draft"
