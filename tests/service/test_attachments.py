"""Files of records: kept whole, named safely, gone and back with what they belong to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.model import Attachment, Blob, Invalid
from desktop.service import attachments, records, undo
from tests.service.conftest import World

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Note verbale 口上書.pdf"
    path.write_bytes(CONTENT)
    return path


def test_a_file_is_kept_and_read_back(world: World, paper: Path, tmp_path: Path) -> None:
    kept = attachments.attach(world.workspace, world.suppliers, paper)
    assert (kept.name, kept.size, kept.role) == (paper.name, len(CONTENT), "file")
    assert kept.sha256 == hashlib.sha256(CONTENT).hexdigest()
    paper.unlink()
    assert attachments.content(attachments.of(world.suppliers)[0]) == CONTENT
    copy = attachments.save_copy(kept, tmp_path / "copy.pdf")
    assert copy.read_bytes() == CONTENT


def test_the_same_bytes_are_kept_once(world: World, paper: Path) -> None:
    attachments.attach(world.workspace, world.suppliers, paper)
    attachments.attach(world.workspace, world.cables, paper, attachments.EVIDENCE)
    assert (Blob.select().count(), Attachment.select().count()) == (1, 2)
    assert [each.role for each in attachments.of(world.cables)] == ["evidence"]


def test_what_is_removed_comes_back_whole(world: World, paper: Path) -> None:
    workspace = world.workspace
    attachments.attach(workspace, world.suppliers, paper)
    attachments.remove(workspace, attachments.of(world.suppliers)[0])
    assert attachments.of(world.suppliers) == []
    assert undo.undo(workspace) == f"Remove {paper.name} from {world.suppliers.ref}"
    assert attachments.content(attachments.of(world.suppliers)[0]) == CONTENT


def test_files_go_with_their_record_and_come_back_with_it(world: World, paper: Path) -> None:
    workspace = world.workspace
    for record in (world.suppliers, world.lunch, world.humboldt):
        attachments.attach(workspace, record, paper)
    records.delete(workspace, [world.suppliers, world.lunch, world.humboldt])
    assert Attachment.select().count() == 0
    undo.undo(workspace)
    assert attachments.content(attachments.of(world.suppliers)[0]) == CONTENT
    assert workspace.engine.rows("PRAGMA foreign_key_check") == []


# ---- what is refused


def test_what_is_no_file_is_told(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "large.bin").write_bytes(b"12345")
    monkeypatch.setattr(attachments, "MOST", 4)
    cases = {
        "": "is a folder",
        "empty.txt": "is empty",
        "large.bin": "is too large",
        "gone.txt": "cannot be read",
    }
    for name, told in cases.items():
        with pytest.raises(Invalid, match=told):
            attachments.attach(world.workspace, world.suppliers, tmp_path / name)
    assert (Attachment.select().count(), Blob.select().count()) == (0, 0)


def test_a_copy_replaces_nothing_unasked(world: World, paper: Path, tmp_path: Path) -> None:
    kept = attachments.attach(world.workspace, world.suppliers, paper)
    other = tmp_path / "other.txt"
    other.write_text("mine")
    with pytest.raises(Invalid, match="exists already"):
        attachments.save_copy(kept, other)
    assert other.read_text() == "mine"
    attachments.save_copy(kept, other, overwrite=True)
    assert other.read_bytes() == CONTENT
    with pytest.raises(Invalid, match="cannot be written"):
        attachments.save_copy(kept, tmp_path / "no folder" / "x.pdf")
    assert not list(tmp_path.glob(".*part"))


def test_damage_is_told(world: World, paper: Path) -> None:
    kept = attachments.attach(world.workspace, world.suppliers, paper)
    with world.workspace.engine.write():
        Blob.update(content=b"other").execute()
    with pytest.raises(Invalid, match="damaged"):
        attachments.content(kept)
    with world.workspace.engine.write():
        Blob.delete().execute()
    with pytest.raises(Invalid, match="not in this workspace"):
        attachments.content(kept)


# ---- names


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Users\\sato\\note.pdf", "note.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\nc\t.txt", "ab c .txt"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("  .  ", "."),
        ("", "_"),
        ("議事録" * 100 + ".docx", ("議事録" * 100)[:195] + ".docx"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert attachments.clean_name(name) == clean


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ('what? "this": <that>|*.txt', "what_ _this__ _that___.txt"),
        ("CON.txt", "_CON.txt"),
        ("aux", "_aux"),
        ("letter.pdf. .", "letter.pdf"),
        ("...", "_"),
        ("口上書.pdf", "口上書.pdf"),
    ],
)
def test_names_fit_any_disk(name: str, safe: str) -> None:
    assert attachments.file_name(name) == safe


@pytest.mark.parametrize(
    "name",
    ["setup.exe", "a.EXE", "letter.pdf.exe", "x.exe. ", "go.sh", "Tool.app", "menu.desktop", "sheet.xlsm",
     "macro.docm", "page.html", "link.lnk", "x.ps1", "run.jar", "gpj.\u202eexe", "a.rdp", "a.library-ms", "a.search-ms",
     "a.application",
     "a.appinstaller", "a.theme", "a.themepack", "a.msu", "a.wsb", "a.website", "a.diagcfg", "a.svgz", "a.shtml"],
)  # fmt: skip
def test_programs_are_known(name: str) -> None:
    assert attachments.is_program(name)


@pytest.mark.parametrize(
    "name", ["letter.pdf", "minutes.docx", "table.xlsx", "photo.jpg", "exe", "notes.txt", ""]
)
def test_documents_are_no_programs(name: str) -> None:
    assert not attachments.is_program(name)
