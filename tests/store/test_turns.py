"""Two processes at one restore: who starts meanwhile waits, and moves nothing that the other moves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.model import FollowUp
from desktop.service import backups, records
from desktop.service.workspace import Workspace
from desktop.store import backup, kept, locking, places, restoring, turns
from desktop.store.errors import Busy
from desktop.store.places import NETWORK, Place

ROOT = Path(__file__).parents[2]

RESTORING = """
import sys
from pathlib import Path
from desktop.service import backups
from desktop.store import kept, restoring

path = Path(sys.argv[1])
move, told = restoring._move, []

def slowly(file, aside):
    if not told:
        told.append(print("half way", flush=True))
        sys.stdin.readline()
    move(file, aside)

restoring._move = slowly
backups.restore(path, next(each for each in kept.listed(path) if each.why == "asked"))
print("done", flush=True)
"""
"""A restore that stops where it has written down what it does and has moved nothing, until it is told to go on."""


@pytest.fixture
def path(workspace: Workspace) -> Path:
    """A closed workspace that has “Before” and “After”, and a backup between the two."""
    records.add(workspace, FollowUp, {"title": "Before"})
    backup.backup(workspace.engine, "asked")
    records.add(workspace, FollowUp, {"title": "After"})
    workspace.close()
    return workspace.engine.path


@contextmanager
def half_way(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is in the middle of a restore."""
    command = [sys.executable, "-c", RESTORING, str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        try:
            assert other.stdout.readline() == "half way\n"
            yield other
        finally:
            other.kill()


def gone_on(other: subprocess.Popen[str]) -> bool:
    """Let it go on; whether it came to its end."""
    told, _errors = other.communicate("\n", timeout=60)
    return told == "done\n"


def titles(path: Path) -> set[str]:
    workspace = Workspace.open(path)
    try:
        assert workspace.finding is None
        return {each.title for each in FollowUp.select()}
    finally:
        workspace.close()


def left(path: Path) -> list[str]:
    """What of a restore still lies there."""
    files = (restoring.beside(path, restoring.INTENT), restoring.beside(path, restoring.RESTORING))
    return [file.name for file in (*files, turns.place(path)) if file.exists()]


def test_a_start_during_a_restore_says_so_and_moves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT", 0.1)
    with half_way(path) as other:
        before = sorted(file.name for file in path.parent.rglob("*"))
        with pytest.raises(Busy, match="is being restored"):
            Workspace.open(path)
        with pytest.raises(Busy, match="is being restored"):
            backups.restore(path, kept.newest(path))  # type: ignore[arg-type]
        assert sorted(file.name for file in path.parent.rglob("*")) == before
        assert gone_on(other)
    assert titles(path) == {"Before"}
    assert left(path) == []
    assert len([each for each in kept.listed(path) if each.is_aside]) == 1


def test_control_without_turns_both_move(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "turn", lambda path: nullcontext())
    with half_way(path) as other:
        workspace = Workspace.open(path)
        assert "brought to its end" in workspace.recovered
        records.add(workspace, FollowUp, {"title": "Saved in the new file"})
        workspace.close()
        # It takes the file that was just put there, and written, for the old one.
        assert not gone_on(other) or "Saved in the new file" not in titles(path)


def test_a_start_waits_until_it_has_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with half_way(path) as other:
        waits: list[float] = []

        def waited(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 2:
                assert gone_on(other)

        # A clock that stands still: it waits as long as the other is at it.
        monkeypatch.setattr(turns, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=waited))
        assert titles(path) == {"Before"}
    assert len(waits) == 2
    assert left(path) == []


def test_one_that_was_killed_is_brought_to_its_end(path: Path) -> None:
    with half_way(path) as other:
        other.kill()
        other.wait()
        assert len(left(path)) == 3
        workspace = Workspace.open(path)
        assert "brought to its end" in workspace.recovered
        assert {each.title for each in FollowUp.select()} == {"Before"}
        workspace.close()
    assert left(path) == []


def test_a_lock_that_a_kill_left_alone_is_swept(path: Path) -> None:
    turns.place(path).touch()
    assert titles(path) == {"Before", "After"}
    assert left(path) == []


def test_where_no_lock_can_be_made_it_is_restored_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(handle: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(turns, "_lock", refused)
    backups.restore(path, kept.newest(path))  # type: ignore[arg-type]
    assert titles(path) == {"Before"}
    assert left(path) == []


@pytest.fixture
def elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lock of another computer at a workspace on a share, whose locks of files are not seen here."""
    monkeypatch.setattr(places, "kind_of", lambda path: Place(NETWORK, "NFS"))
    monkeypatch.setattr(turns, "WAIT", 0.1)
    told = {"host": "another-host", "user": "mori", "pid": 1, "since": "", "mark": "theirs"}
    locking.place(path).write_text(json.dumps(told), "utf-8")
    return locking.place(path)


def test_what_another_computer_is_restoring_is_left_to_it(path: Path, elsewhere: Path) -> None:
    fresh = restoring.beside(path, restoring.RESTORING)
    fresh.write_bytes(b"half of it")
    with pytest.raises(Busy, match="is being restored"):
        Workspace.open(path)
    assert fresh.read_bytes() == b"half of it"
    # The control: once nothing is heard from there, it is nobody's.
    os.utime(elsewhere, (0, 0))
    assert restoring.recover(path) == ""
    assert left(path) == []


def test_it_waits_for_another_computer_too(
    path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns.place(path).touch()
    monkeypatch.setattr(
        turns, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=lambda _seconds: elsewhere.unlink())
    )
    assert titles(path) == {"Before", "After"}
    assert not elsewhere.exists()
    assert left(path) == []


def test_without_a_restore_the_lock_of_another_computer_is_for_the_opening(
    path: Path, elsewhere: Path
) -> None:
    assert restoring.recover(path) == ""
    workspace = Workspace.open(path)
    assert "another-host" in workspace.engine.readonly
    workspace.close()


def test_what_another_user_is_restoring_is_left_to_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their lock cannot even be opened."""
    real, theirs = os.open, turns.place(path)
    monkeypatch.setattr(turns, "WAIT", 0.1)

    def refused(file: Any, *of: Any, **more: Any) -> int:
        if Path(file) == theirs:
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *of, **more)

    theirs.touch()
    monkeypatch.setattr(os, "open", refused)
    fresh = restoring.beside(path, restoring.RESTORING)
    fresh.write_bytes(b"half of it")
    with pytest.raises(Busy, match="is being restored"):
        restoring.recover(path)
    assert fresh.exists()
    # The control: where there is none, and none can be made, there is nothing to wait for.
    theirs.unlink()
    assert restoring.recover(path) == ""
    assert not fresh.exists()
