"""A workbook is written over only where Juntos wrote what stands there, and nobody has touched it since."""

from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
import pytest

from desktop.export.errors import ExportError, WouldReplace
from desktop.export.report import Request, export, note
from desktop.model import FollowUp
from desktop.service import records, reports
from desktop.service.workspace import Workspace


@pytest.fixture
def written(workspace: Workspace, tmp_path: Path) -> Path:
    """A workbook that was exported, and noted."""
    path = tmp_path / "Status.xlsx"
    note(workspace, export(workspace, Request(), path))
    return path


def test_its_own_is_written_over(workspace: Workspace, written: Path) -> None:
    before = written.read_bytes()
    for _again in range(2):
        note(workspace, export(workspace, Request(marking="Restricted"), written))
    assert written.read_bytes() != before
    assert openpyxl.load_workbook(written)["Cover"]["A1"].value == "Restricted"


def test_one_that_somebody_filled_in_stays(workspace: Workspace, written: Path) -> None:
    book = openpyxl.load_workbook(written)
    book["Follow-ups open"]["B3"] = "What the capital wrote"
    book.save(written)
    before = written.read_bytes()
    with pytest.raises(WouldReplace, match="exists already, and is not as this workspace wrote it") as caught:
        export(workspace, Request(), written)
    assert str(written) in str(caught.value)
    assert written.read_bytes() == before
    export(workspace, Request(), written, replace=True)
    assert written.read_bytes() != before, "the control: where it may, it does"


def test_a_file_of_somebody_else_stays(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Budget.xlsx"
    path.write_bytes(b"not ours")
    with pytest.raises(WouldReplace):
        export(workspace, Request(), path)
    assert path.read_bytes() == b"not ours"


def test_the_workspace_itself_stays_whoever_says_that_it_may_go(workspace: Workspace, tmp_path: Path) -> None:
    own = workspace.engine.path
    link = tmp_path / "Status.xlsx"
    link.symlink_to(own)
    for path in (own, link, Path(f"{own}-wal")):
        with pytest.raises(ExportError, match="is the workspace itself"):
            export(workspace, Request(), path, replace=True)
    records.change(workspace, FollowUp.get(), {"title": "Still written"})
    assert own.read_bytes().startswith(b"SQLite format 3")


def test_a_copy_under_another_name_is_still_its_own(workspace: Workspace, written: Path) -> None:
    other = written.with_name("Copy.xlsx")
    other.write_bytes(written.read_bytes())
    export(workspace, Request(), other)
    assert other.read_bytes() != written.read_bytes()


def test_one_that_is_touched_while_the_next_is_made_stays(workspace: Workspace, written: Path) -> None:
    def meddle(_done: int, _total: int) -> bool:
        written.write_bytes(b"saved meanwhile")
        return True

    with pytest.raises(WouldReplace, match="was changed by somebody meanwhile"):
        export(workspace, Request(), written, meddle)
    assert written.read_bytes() == b"saved meanwhile"
    assert [*written.parent.glob("*.part")] == []


def test_the_hash_that_is_kept_is_that_of_the_file(workspace: Workspace, written: Path) -> None:
    (noted,) = reports.exports(workspace)
    assert noted.digest == hashlib.sha256(written.read_bytes()).hexdigest()
    assert reports.wrote(noted.digest)
    assert not reports.wrote("0" * 64)


def test_it_is_one_kind_of_error() -> None:
    assert issubclass(WouldReplace, ExportError)
