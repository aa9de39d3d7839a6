"""What is not to be in the workbook is in no part of it."""

from __future__ import annotations

import getpass
import socket
import zipfile
from pathlib import Path

import pytest

from desktop.export import layout
from desktop.export.report import Request, export
from desktop.model import FollowUp, Initiative, Meeting, Person
from desktop.service import records
from desktop.service.query import Query
from desktop.service.workspace import Workspace


def parts(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_fields_that_are_not_exported_are_left_out_not_hidden(workspace: Workspace, tmp_path: Path) -> None:
    records.change(workspace, Meeting.get(), {"minutes": "CANARY-MINUTES", "agenda": "CANARY-AGENDA"})
    records.change(workspace, Person.get(), {"email": "canary@example.org", "phone": "CANARY-PHONE"})
    records.change(workspace, Initiative.get(), {"rag_set": "red", "rag_reason": "CANARY-REASON"})
    records.change(workspace, FollowUp.get(), {"detail": "CANARY-DETAIL", "outcome": "SHOWN"})
    path = tmp_path / "Status.xlsx"
    export(workspace, Request(), path, replace=True)
    assert "canary" not in parts(path).lower()
    records.change(workspace, FollowUp.get(), {"title": "CANARY-TITLE"})
    export(workspace, Request(), path, replace=True)
    assert "CANARY-TITLE" in parts(path), "the control: what is exported is found"


@pytest.mark.parametrize("only", [None, Query(FollowUp, ("ref", "title"))])
def test_no_name_of_user_or_machine_and_no_path(
    workspace: Workspace, tmp_path: Path, only: Query | None
) -> None:
    path = tmp_path / "Status.xlsx"
    export(workspace, Request(only=only), path, replace=True)
    found = parts(path)
    for secret in (
        str(tmp_path),
        str(Path.home()),
        socket.gethostname(),
        str(workspace.engine.path),
        "openpyxl",
    ):
        assert secret not in found, secret
    assert f"<dc:creator>{getpass.getuser()}" not in found


def test_every_sheet_is_marked_whatever_is_exported(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Status.xlsx"
    for request in (Request(), Request(only=Query(Person, ("name",)))):
        export(workspace, request, path, replace=True)
        with zipfile.ZipFile(path) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            for name in sheets:
                assert "&amp;CInternal" in archive.read(name).decode()
            assert "<cp:category>Internal" in archive.read("docProps/core.xml").decode()


def test_control_without_its_header_a_sheet_is_seen_to_be_unmarked(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_header_and_footer", lambda *_given: None)
    path = tmp_path / "Status.xlsx"
    export(workspace, Request(), path)
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any("&amp;CInternal" in archive.read(name).decode() for name in sheets)


def test_a_marking_of_the_workspace_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    from desktop.service.setup import change_facts

    change_facts(workspace, marking="Restricted")
    path = tmp_path / "Status.xlsx"
    assert export(workspace, Request(), path, replace=True).marking == "Restricted"
    assert "&amp;CRestricted" in parts(path)
    assert export(workspace, Request(marking="Confidential"), path, replace=True).marking == "Confidential"
    assert "&amp;CConfidential" in parts(path)
    assert "Restricted" not in parts(path)
