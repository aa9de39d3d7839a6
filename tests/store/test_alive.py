"""Who is there: held for as long as a process lives, whatever another start or the file system does meanwhile."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from desktop.store import alive
from desktop.store.alive import Alive, living

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")

REAL_HOLD, REAL_UNLINK = alive._hold, Path.unlink


@pytest.fixture
def of(tmp_path: Path) -> Path:
    """The file that somebody works at."""
    return tmp_path / "post.drafts"


def files(of: Path) -> list[Path]:
    """Those that say that somebody is there."""
    return list(of.parent.glob(f"*{alive.SUFFIX}"))


def left(of: Path) -> Path:
    """One of a process that was killed."""
    file = of.with_name(f"{of.name}.killed{alive.SUFFIX}")
    file.touch()
    return file


def refusing(number: int) -> Callable[[IO[bytes]], None]:
    """A file system whose locks fail so."""

    def hold(file: IO[bytes]) -> None:
        raise OSError(number, os.strerror(number))

    return hold


def test_one_is_there_until_the_end_and_one_that_was_killed_is_not(of: Path) -> None:
    one, other = Alive(of), Alive(of)
    killed = left(of)
    assert living(of) == {one.name, other.name}
    assert not killed.exists()
    one.end()
    assert living(of) == {other.name}
    other.end()
    assert (living(of), files(of)) == (set(), [])


@pytest.mark.parametrize("when", ["done", "under way"])
def test_one_that_another_start_takes_for_left_before_it_is_held_is_there_all_the_same(
    of: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    looked: list[IO[bytes]] = []

    def after_a_look(file: IO[bytes]) -> None:
        if not looked:
            (path,) = files(of)
            looked.append(path.open("r+b"))
            if when == "done":
                assert living(of) == set()
            else:
                REAL_HOLD(looked[0])
        REAL_HOLD(file)

    monkeypatch.setattr(alive, "_hold", after_a_look)
    one = Alive(of)
    looked[0].close()
    assert living(of) == {one.name}
    assert len(files(of)) == 1
    one.end()
    assert files(of) == []


def test_what_was_left_is_taken_away_while_it_is_held(of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let go of first, it could be held by its process, and then go."""
    refused = []

    def unlink(path: Path, missing_ok: bool = False) -> None:
        with path.open("r+b") as file:
            try:
                REAL_HOLD(file)
            except BlockingIOError:
                refused.append(path)
        REAL_UNLINK(path, missing_ok)

    killed = left(of)
    monkeypatch.setattr(Path, "unlink", unlink)
    assert living(of) == set()
    assert refused == [killed]
    assert not killed.exists()


def test_on_a_share_that_locks_only_what_may_be_written(of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hold(file: IO[bytes]) -> None:
        if not file.writable():
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        REAL_HOLD(file)

    monkeypatch.setattr(alive, "_hold", hold)
    one, killed = Alive(of), left(of)
    assert living(of) == {one.name}
    assert not killed.exists()
    one.end()


@pytest.mark.parametrize(
    ("number", "there"), [(errno.EAGAIN, True), (errno.EACCES, True), (errno.EOPNOTSUPP, False)]
)
def test_a_lock_that_is_refused_tells_that_somebody_is_there(
    of: Path, monkeypatch: pytest.MonkeyPatch, number: int, there: bool
) -> None:
    one = Alive(of)
    monkeypatch.setattr(alive, "_hold", refusing(number))
    assert living(of) == ({one.name} if there else set())
    one.end()


def test_one_that_may_not_be_taken_away_is_of_nobody(of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlink(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    killed = left(of)
    monkeypatch.setattr(Path, "unlink", unlink)
    assert living(of) == set()
    assert killed.exists()


def test_without_locks_nothing_is_there_that_a_kill_could_leave(
    of: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alive, "_hold", refusing(errno.EOPNOTSUPP))
    one = Alive(of)
    assert files(of) == []
    one.end()
    assert living(of) == set()
