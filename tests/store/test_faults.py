"""What was confirmed is there, and nothing is half there: after a kill, a race, a full disk, without rights.

Each guard has a control: the same fault with the guard switched off, which must be seen.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.model import FollowUp, Person
from desktop.service import records
from desktop.service.workspace import Workspace
from desktop.store import engine
from desktop.store.engine import StoreError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(filled: Path) -> Iterator[Path]:
    """A folder that other users can enter, with the small world in it."""
    folder = Path(tempfile.mkdtemp(prefix="juntos-faults-"))
    folder.chmod(0o755)
    shutil.copy(filled, folder / "world.juntos")
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def fault(name: str, place: Path, *guard: str) -> Any:
    """What a fault of `faults.py` found."""
    command = [sys.executable, "-m", "tests.store.faults", name, str(place), *guard]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_while_saving_nothing_confirmed_is_lost(place: Path) -> None:
    found = fault("killed_while_saving", place)
    assert found.pop("confirmed") > 20
    assert found == {"lost": 0, "half": 0, "broken": 0}


def test_control_without_a_transaction_saves_are_half_there(place: Path) -> None:
    assert fault("killed_while_saving", place, "careless")["half"] > 0


def test_two_at_once_lose_nothing(place: Path) -> None:
    assert fault("two_at_once", place) == {"made": 80, "kept": 80, "told": []}


def test_control_without_a_version_some_is_lost(place: Path) -> None:
    found = fault("two_at_once", place, "careless")
    assert found["told"] == []
    assert found["kept"] < found["made"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("full_disk", "no room left on the disk"),
        ("full_file", "no room left"),
        ("limited_file", "check the disk"),
    ],
)
def test_without_room_nothing_is_half_written(place: Path, name: str, part: str) -> None:
    found = fault(name, place)
    if found == {"mounted": False}:
        pytest.skip("no file system can be mounted here")  # `full_file` and `limited_file` say as much
    assert part in found["told"]
    assert 5 < found["saved"] == found["there"]
    assert found["in memory"] == "Number 0"
    assert found["then"] == "Changed"
    assert found["whole"]
    assert found["left"] == []
    if name == "full_disk":  # the others limit one file, or one connection
        assert "No backup could be written" in found["no backup"]


def test_control_without_a_transaction_it_is_half_written(place: Path) -> None:
    found = fault("full_file", place, "careless")
    assert found["there"] > found["saved"], "one that was refused is there all the same"


def test_control_without_sweeping_up_a_stub_of_a_backup_stays(place: Path) -> None:
    assert fault("full_disk", place, "careless")["left"]


def test_without_rights_it_is_told(place: Path) -> None:
    told = fault("read_only", place)
    count = persons(place / "world.juntos") - 1
    read = f"{count} read, "
    opened = {name: lines[0].split(" / ")[0] for name, lines in told.items()}
    made = {name: lines[0].split(" / ")[1] for name, lines in told.items()}
    assert read in opened["file"]
    assert read in opened["folder"]
    assert "no right to write" in opened["file"]
    assert "no right to write" in opened["folder"]
    assert "Nothing was saved" in opened["folder"]
    assert "cannot be reached: " in opened["hidden"]
    assert "cannot be made: " in made["folder"]
    assert f"{count + 1} read, " in opened["crashed"], "what is in the -wal is read too"
    assert (opened["neither"], made["neither"]) == ("written", "made")


def persons(path: Path) -> int:
    opened = Workspace.open(path, readonly=True)
    try:
        return int(Person.select().count())
    finally:
        opened.close()


def test_a_medium_that_cannot_be_written_is_read(place: Path) -> None:
    found = fault("read_only_mount", place)
    if found == {"mounted": False}:
        pytest.skip("no file system can be mounted here")
    count = persons(place / "world.juntos")
    assert [each[0] for each in found.values()] == [count - 1, count], "with what is in the -wal"
    assert all("a medium that cannot be written" in each[1] for each in found.values())


def test_control_a_medium_that_can_be_written_is_not_told(place: Path) -> None:
    found = fault("read_only_mount", place, "writable")
    if found == {"mounted": False}:
        pytest.skip("no file system can be mounted here")
    assert [each[1] for each in found.values()] == ["", ""]


# ---- locked by another


@pytest.fixture
def other(workspace: Workspace) -> Iterator[Any]:
    """Another program's connection to the file, about to write."""
    connection = engine.sqlcipher.connect(
        str(workspace.engine.path), isolation_level=None, check_same_thread=False
    )
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_file_that_another_program_writes_is_told(workspace: Workspace, other: Any) -> None:
    with workspace.engine.db.writing():
        workspace.engine.db.execute_sql("PRAGMA busy_timeout = 100")
    with pytest.raises(StoreError, match="being written by another program"):
        records.add(workspace, FollowUp, {"title": "Later"})
    assert FollowUp.select().count() == 0
    other.execute("ROLLBACK")
    records.add(workspace, FollowUp, {"title": "Later"})
    assert FollowUp.select().count() == 1


def test_a_short_wait_is_not_told(workspace: Workspace, other: Any) -> None:
    def let_go() -> None:
        time.sleep(0.3)
        other.execute("ROLLBACK")

    thread = threading.Thread(target=let_go)
    thread.start()
    records.add(workspace, FollowUp, {"title": "After a moment"})
    thread.join()
    assert FollowUp.select().count() == 1
