"""A workbook from outside is read and never saved again: each load and save loses parts of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import openpyxl
import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.refusal import Reason, Refusal

ROOT = Path(__file__).parents[3]


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "Theirs.xlsx"
    path.parent.mkdir()
    book = openpyxl.Workbook()
    book.active.append(["Task", "Due date"])
    book.active.append(["Send it", "=TODAY()"])
    book.save(path)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def seen(path: Path) -> tuple[object, ...]:
    """What would differ if somebody had written to it, or beside it."""
    told = path.stat()
    return path.read_bytes(), told.st_mtime_ns, told.st_ino, [each.name for each in path.parent.iterdir()]


def test_what_is_read_stays_byte_by_byte(theirs: Path) -> None:
    before = seen(theirs)
    with read(theirs) as book:
        assert book.sheets
    assert seen(theirs) == before


def test_control_loaded_and_saved_it_would_be_another(theirs: Path) -> None:
    before = seen(theirs)
    openpyxl.load_workbook(theirs).save(theirs)
    assert seen(theirs) != before


def test_no_module_can_load_a_workbook_to_save_it() -> None:
    """`readback.py` alone loads one: what was just exported, from memory, for its preview."""
    files = {path: path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py")}
    loading = [path for path, text in files.items() if re.search(r"\bload_workbook\(", text)]
    assert [path.name for path in loading] == ["readback.py"]
    assert ".save(" not in files[loading[0]]


def test_a_file_of_nothing_is_refused(theirs: Path) -> None:
    empty = theirs.with_name("Empty.xlsx")
    empty.touch()
    with pytest.raises(Refusal) as caught:
        read(empty)
    assert caught.value.reason is not Reason.NO_FILE
    assert "Empty.xlsx" in str(caught.value)
    # The control: one that holds something is read.
    empty.write_bytes(theirs.read_bytes())
    with read(empty) as book:
        assert book.sheets
