"""What the witness notices: a lost -wal, an old copy, another history; and that it says nothing where all is well.

Each has its control: without the witness the loss is not seen, and the file is whole.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.model import FollowUp, database
from desktop.service import journal, records
from desktop.service.workspace import Committed, Workspace
from desktop.store import witness
from desktop.store.engine import Engine, StoreError
from desktop.store.errors import Moved
from desktop.store.witness import Witness
from tests.store.images import beside, fold_in, image, save, titles

ROOT = Path(__file__).parents[2]


def test_it_tells_when_by_the_clock_that_is_asked_for() -> None:
    found = witness._behind(
        Path("post.juntos"), witness.Testimony(clock=4, at="2026-11-21T02:30:00+00:00"), 2
    )
    assert "until 20 Nov 2026, 23:30." in found.told("America/Santiago")
    assert "until 21 Nov 2026, 11:30." in found.told("Asia/Tokyo")


def whole(workspace: Workspace) -> bool:
    return workspace.engine.rows("PRAGMA integrity_check") == [("ok",)] and journal.broken_at() is None


# ---- what is written


def test_it_says_what_was_saved_last(workspace: Workspace) -> None:
    save(workspace, 2)
    told = witness.read(workspace.engine.path)
    (last,) = workspace.engine.rows("SELECT clock, hash FROM operation ORDER BY id DESC LIMIT 1")
    status = workspace.engine.path.stat()
    assert told is not None
    assert (told.clock, told.head) == last
    assert told.identity == (status.st_dev, status.st_ino)
    assert told.rounds == 0


def test_it_is_on_disk_before_anybody_hears_of_the_save(workspace: Workspace) -> None:
    heard: list[tuple[int, int]] = []

    def listen(_committed: Committed) -> None:
        told = witness.read(workspace.engine.path)
        (clock,) = workspace.engine.rows("SELECT max(clock) FROM operation")[0]
        heard.append((told.clock if told else 0, clock))

    workspace.listen(listen)
    save(workspace, 3)
    assert len(heard) == 3
    assert all(told == clock for told, clock in heard)


def test_what_is_taken_back_is_not_witnessed(workspace: Workspace) -> None:
    before = witness.read(workspace.engine.path)

    def fail() -> None:
        with workspace.operation("Add") as writing:
            writing.create(FollowUp, {"title": "Never"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert witness.read(workspace.engine.path) == before
    with workspace.engine.write():
        pass
    assert witness.read(workspace.engine.path) == before


def test_one_slot_may_be_torn(workspace: Workspace) -> None:
    save(workspace, 2)
    place = witness.place(workspace.engine.path)
    content = place.read_bytes()
    assert len(content) == 2 * witness.SLOT
    newest = witness.read(workspace.engine.path)
    assert newest is not None
    start = newest.turn % 2 * witness.SLOT
    for cut in range(0, witness.SLOT, 37):
        place.write_bytes(
            content[: start + cut] + b"\0" * (witness.SLOT - cut) + content[start + witness.SLOT :]
        )
        told = witness.read(workspace.engine.path)
        assert told is not None
        assert told.clock == newest.clock - 1
    place.write_bytes(b"nothing of sense")
    assert witness.read(workspace.engine.path) is None


def test_a_lower_number_never_takes_the_place_of_a_higher_one(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    one, other = Witness(path), Witness(path)
    one.note(witness.Testimony(5, "five"))
    other.note(witness.Testimony(7, "seven"))
    one.note(witness.Testimony(6, "six"))
    told = witness.read(path)
    assert told is not None
    assert (told.clock, told.head) == (7, "seven")
    one.note(witness.Testimony(6, "six"), lower=True)
    assert witness.read(path).head == "six"  # type: ignore[union-attr]
    one.close()
    other.close()


def test_it_is_nobody_elses_to_read(workspace: Workspace) -> None:
    place = witness.place(workspace.engine.path)
    place.unlink()
    before = os.umask(0)
    try:
        save(workspace)
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_one_that_cannot_be_written_is_told_once_and_loses_nothing(workspace: Workspace) -> None:
    place = witness.place(workspace.engine.path)
    place.unlink(missing_ok=True)
    place.mkdir()
    remarks: list[tuple[str, ...]] = []
    workspace.listen(lambda committed: remarks.append(committed.remarks))
    save(workspace, 3)
    assert [len(each) for each in remarks] == [1, 0, 0]
    assert "cannot be written" in remarks[0][0]
    place.rmdir()
    save(workspace)
    assert len(titles(workspace)) == 4
    told = witness.read(workspace.engine.path)
    assert told is not None


# ---- what is noticed


CHILD = """
import sys
from pathlib import Path
from desktop.service.workspace import Workspace
from tests.store.images import save
workspace = Workspace.open(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    save(workspace)
    print(number, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("rounds", [1, 4])
def test_a_lost_wal_after_a_kill_is_told(template: Path, tmp_path: Path, rounds: int) -> None:
    path = Path(shutil.copy(template, tmp_path / "post.juntos"))
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(rounds)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    for _number in range(rounds):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    beside(path, "-wal").unlink()
    opened = Workspace.open(path)
    assert opened.finding is not None
    assert (opened.finding.kind, opened.finding.missing) == ("behind", rounds)
    assert str(rounds) in opened.finding.told()
    assert whole(opened), "only the witness can know"
    opened.close()


def test_each_lost_wal_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """At whatever moment: 30 of 30."""
    crashed = []
    for number in range(30):
        save(workspace)
        if number % 10 == 9:
            fold_in(workspace)
            save(workspace)
        crashed.append((image(workspace, tmp_path / f"crash{number}"), len(titles(workspace))))
    told = 0
    for path, before in crashed:
        assert beside(path, "-wal").stat().st_size
        beside(path, "-wal").unlink()
        beside(path, "-shm").unlink()
        opened = Workspace.open(path)
        lost = before - len(titles(opened))
        assert lost > 0
        assert whole(opened)
        told += opened.finding is not None and opened.finding.missing == lost
        opened.close()
    assert told == 30


def test_control_without_a_witness_a_lost_wal_is_silent(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, 3)
    crashed = image(workspace, tmp_path / "crash")
    for suffix in ("-wal", "-shm", ".witness"):
        beside(crashed, suffix).unlink()
    opened = Workspace.open(crashed)
    assert titles(opened) == []
    assert opened.finding is None
    assert whole(opened)
    opened.close()


def test_after_a_crash_with_its_wal_all_is_there(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, 5)
    opened = Workspace.open(image(workspace, tmp_path / "crash"))
    assert len(titles(opened)) == 5
    assert opened.finding is None
    opened.close()


def test_an_old_copy_is_told(workspace: Workspace, tmp_path: Path) -> None:
    path = workspace.engine.path
    workspace.close()
    old = shutil.copy(path, tmp_path / "old")
    again = Workspace.open(path)
    save(again, 3)
    again.close()
    shutil.copy(old, path)
    opened = Workspace.open(path)
    assert opened.finding is not None
    assert (opened.finding.kind, opened.finding.missing) == ("behind", 3)
    # Until it is accepted, it is told again, whatever is saved.
    save(opened, 5)
    opened.close()
    opened = Workspace.open(path)
    assert opened.finding is not None
    assert opened.finding.kind == "other"
    witness.accept(opened.engine)
    assert opened.finding is None
    opened.close()
    opened = Workspace.open(path)
    assert opened.finding is None
    save(opened)
    opened.close()


def test_another_history_is_told(workspace: Workspace, tmp_path: Path, template: Path) -> None:
    path = workspace.engine.path
    save(workspace, 2)
    workspace.close()
    other = Path(shutil.copy(template, tmp_path / "other.juntos"))
    opened = Workspace.open(other)
    save(opened, 6)
    opened.close()
    shutil.copy(other, path)
    opened = Workspace.open(path)
    assert opened.finding is not None
    assert opened.finding.kind == "other"
    opened.close()


def test_a_file_that_went_on_elsewhere_and_came_back_is_fine(workspace: Workspace, tmp_path: Path) -> None:
    path = workspace.engine.path
    save(workspace, 2)
    workspace.close()
    away = Path(shutil.copy(path, tmp_path / "away.juntos"))
    opened = Workspace.open(away)
    save(opened, 4)
    opened.close()
    shutil.copy(away, path)
    opened = Workspace.open(path)
    assert opened.finding is None
    opened.close()


# ---- while it is open


@pytest.mark.parametrize("how", ["deleted", "replaced", "wal"])
def test_a_file_that_goes_while_it_is_open_is_told_and_rescued(
    workspace: Workspace, tmp_path: Path, template: Path, how: str
) -> None:
    path = workspace.engine.path
    other = Path(shutil.copy(template, tmp_path / "other.juntos"))
    second = Workspace.open(other)
    save(second, 7)
    second.close()
    database.initialize(workspace.engine.db)
    save(workspace, 3)
    if how == "deleted":
        path.unlink()
    elif how == "replaced":
        other.replace(path)
    else:
        beside(path, "-wal").unlink()
    with pytest.raises(Moved, match="while it was open"):
        save(workspace)
    assert titles(workspace) == ["Number 0", "Number 1", "Number 2"], "it was taken back"
    rescued = tmp_path / "rescued.juntos"
    workspace.engine.rescue(rescued)
    assert stat.S_IMODE(rescued.stat().st_mode) == 0o600
    workspace.close()
    opened = Workspace.open(rescued)
    assert len(titles(opened)) == 3
    assert whole(opened)
    opened.close()
    if how == "replaced":
        opened = Workspace.open(path)
        assert len(titles(opened)) == 7
        assert opened.finding is not None
        assert opened.finding.kind == "stale_wal"
        opened.close()


def test_a_file_that_goes_during_the_operation_is_taken_back(workspace: Workspace) -> None:
    def save_and_lose() -> None:
        with workspace.operation("Add") as writing:
            writing.create(FollowUp, {"title": "Never"})
            workspace.engine.path.unlink()

    with pytest.raises(Moved):
        save_and_lose()
    assert titles(workspace) == []


def test_control_without_a_look_a_deleted_file_takes_saves_with_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(workspace.engine.db), "still_there", lambda self: None)
    path = workspace.engine.path
    save(workspace)
    path.unlink()
    save(workspace)
    assert len(titles(workspace)) == 2, "it was confirmed"
    workspace.close()
    with pytest.raises(StoreError, match="There is no workspace"):
        Engine.open(path)


def test_a_rescue_that_cannot_be_written_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        workspace.engine.rescue(tmp_path / "nowhere" / "copy.juntos")
    records.add(workspace, FollowUp, {"title": "Still open"})


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_in_its_place_is_not_waited_for(workspace: Workspace) -> None:
    workspace.close()
    path = workspace.engine.path
    witness.place(path).unlink()
    os.mkfifo(witness.place(path))
    assert witness.read(path) is None
