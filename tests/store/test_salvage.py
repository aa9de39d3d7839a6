"""What can be read of damaged files: all that is not broken, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.model import ENTITIES, Organisation
from desktop.service import records, salvaging
from desktop.service.workspace import Workspace
from desktop.store import salvage

TABLES = [entity._meta.table_name for entity in ENTITIES]
TABLE = Organisation._meta.table_name
COUNT = 300


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "post.juntos"
    workspace = Workspace.create(made)
    with workspace.operation("Add many"):
        for number in range(COUNT):
            records.add(workspace, Organisation, {"name": f"Organisation {number} " + "x" * 200})
    workspace.close()
    return made


def test_a_whole_file_is_read_throughout(path: Path) -> None:
    found = salvage.readable(path, TABLES)
    assert found.rows[TABLE] == COUNT
    assert not found.broken


def test_around_a_broken_page_the_rest_is_read(path: Path) -> None:
    content = bytearray(path.read_bytes())
    place = content.index(b"Organisation 150 ") // 4096 * 4096
    content[place : place + 4096] = bytes(4096)
    path.write_bytes(content)
    found = salvage.readable(path, TABLES)
    assert TABLE in found.broken
    assert COUNT - 40 < found.rows[TABLE] < COUNT
    assert path.read_bytes() == content


def test_of_a_file_that_was_cut_off_its_beginning_is_read(path: Path) -> None:
    content = path.read_bytes()
    last = content.index(b"Organisation 200 ") // 4096 * 4096
    path.write_bytes(content[:last])
    found = salvage.readable(path, TABLES)
    assert 0 < found.rows[TABLE] < COUNT
    assert "Organisations" in salvaging.told(path)


@pytest.mark.parametrize("content", [b"", b"no database at all", bytes(8192)])
def test_of_what_is_no_database_nothing_is_read(content: bytes, tmp_path: Path) -> None:
    other = tmp_path / "other.juntos"
    other.write_bytes(content)
    found = salvage.readable(other, TABLES)
    assert found.count == 0
    assert salvaging.told(other) == ""
    assert other.read_bytes() == content


def test_of_a_file_that_is_not_there_nothing_is_read_or_made(tmp_path: Path) -> None:
    assert salvaging.told(tmp_path / "gone.juntos") == ""
    assert not list(tmp_path.iterdir())
