"""Files that replace others: whole or not at all, and what a killed process had begun goes with the next start."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import parts, scratch
from desktop.paths import places

ROOT = Path(__file__).parent.parent
BEGUN = """
import sys
from pathlib import Path
from desktop import parts, scratch
scratch.begin()
if "hidden" in sys.argv:
    scratch.hide()
with parts.replacing(Path(sys.argv[1])) as file:
    file.write(b"half of what is confidential")
    file.flush()
    print(scratch.on_disk(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """What is to be replaced, in a folder of its own."""
    folder = tmp_path / "for the capital"
    folder.mkdir()
    made = folder / "状況.xlsx"
    made.write_bytes(b"old")
    return made


class Writer:
    """Another process under the same home that has begun to write a file."""

    def __init__(self, path: Path, *how: str) -> None:
        self.path = path
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGUN, str(path), *how],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.folder = Path(self.process.stdout.readline().strip())

    def begun(self) -> list[Path]:
        return [*self.path.parent.glob(".*.part")]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        self.process.communicate("\n", timeout=20)


@pytest.fixture
def writer(path: Path, request: pytest.FixtureRequest) -> Iterator[Writer]:
    made = Writer(path, *getattr(request, "param", ()))
    yield made
    made.kill()
    made.process.communicate()


def next_start() -> None:
    """What a start does, and what it does in the background to its end."""
    scratch.begin()
    parts.begin()
    for thread in threading.enumerate():
        if thread.name == "parts":
            thread.join(20)


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)


@pytest.mark.parametrize("writer", [(), ("hidden",)], indirect=True, ids=["plain", "encrypted"])
def test_what_a_killed_process_had_begun_goes_with_the_next_start(writer: Writer) -> None:
    (part,) = writer.begun()
    assert parts.PATTERN.fullmatch(part.name)
    assert part.read_bytes() == b"half of what is confidential"
    assert writer.folder.is_relative_to(places().cache), "on the disk, where a power cut leaves it"
    (note,) = (writer.folder / scratch.NOTES).iterdir()
    assert note.read_bytes() == os.fsencode(part), "the path, and nothing of what is in it"
    next_start()
    assert part.exists(), "the control: its process lives"
    writer.kill()
    next_start()
    assert not part.exists()
    assert not writer.folder.exists()
    assert writer.path.read_bytes() == b"old"


def test_control_without_its_note_it_would_stay(writer: Writer) -> None:
    (part,) = writer.begun()
    (note,) = (writer.folder / scratch.NOTES).iterdir()
    writer.kill()
    note.unlink()
    next_start()
    assert part.exists()


def test_one_that_comes_to_its_end_leaves_nothing(writer: Writer) -> None:
    writer.end()
    assert writer.path.read_bytes() == b"half of what is confidential"
    assert writer.begun() == []
    assert not writer.folder.exists()


@pytest.mark.parametrize("name", ["report.xlsx", ".hidden", ".a.part", ".a.0123456z.part", "a.01234567.part"])
def test_nothing_of_another_name_goes_whatever_is_noted(name: str, writer: Writer, tmp_path: Path) -> None:
    mine = tmp_path / name
    mine.write_text("mine")
    (note,) = (writer.folder / scratch.NOTES).iterdir()
    (note.parent / "other").write_bytes(os.fsencode(mine))
    writer.kill()
    next_start()
    assert mine.read_text() == "mine"
    assert writer.begun() == [], "the control: what is ours goes"


def test_one_on_a_stick_that_is_out_goes_once_it_is_there_again(writer: Writer) -> None:
    (part,) = writer.begun()
    writer.kill()
    away = part.parent.rename(part.parent.with_name("away"))
    next_start()
    assert (away / part.name).exists()
    away.rename(part.parent)
    next_start()
    assert not part.exists()
    assert not writer.folder.exists()


def test_a_stick_that_never_comes_back_is_forgotten(writer: Writer) -> None:
    (part,) = writer.begun()
    writer.kill()
    part.parent.rename(part.parent.with_name("away"))
    (note,) = (writer.folder / scratch.NOTES).iterdir()
    long_ago = time.time() - parts.AWAY - 60
    os.utime(note, (long_ago, long_ago))
    next_start()
    assert not writer.folder.exists()


def test_a_start_with_nothing_left_begins_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    monkeypatch.setattr(parts.threading, "Thread", lambda **_how: begun.append(1))
    scratch.begin()
    parts.begin()
    assert begun == []


@pytest.mark.parametrize("name", ["x" * 255, "報" * 85])
def test_the_longest_name_that_a_disk_takes_can_be_replaced(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")
    with parts.replacing(path) as file:
        (part,) = tmp_path.glob(".*.part")
        assert parts.PATTERN.fullmatch(part.name)
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [path]


def test_where_nothing_can_be_noted_it_is_written_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> Path:
        raise PermissionError

    monkeypatch.setattr(scratch, "on_disk", refuse)
    with parts.replacing(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved there")
def test_one_on_a_stick_that_is_pulled_out_while_it_is_written_goes_once_it_is_there_again(
    path: Path,
) -> None:
    away = path.parent.with_name("away")
    with contextlib.ExitStack() as writing:
        writing.enter_context(parts.replacing(path)).write(b"half")
        (part,) = path.parent.glob(".*.part")
        path.parent.rename(away)
        with pytest.raises(FileNotFoundError):
            writing.close()
    folder = scratch.on_disk()
    scratch.end()
    next_start()
    assert (away / part.name).exists()
    assert folder.exists(), "at an orderly end too what is still somewhere is remembered"
    away.rename(path.parent)
    next_start()
    assert [*path.parent.iterdir()] == [path]
    assert not folder.exists()


@pytest.mark.parametrize("act", ["unlink", "exists", "is_dir"])
def test_a_disk_that_answers_no_more_hides_nothing_of_what_went_wrong(
    act: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = getattr(Path, act)

    def failing(asked: Path, **how: object) -> object:
        if asked.name.endswith(".part") or asked == path.parent:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return ask(asked, **how)

    def cancelled() -> None:
        with monkeypatch.context() as patched, parts.replacing(path):
            patched.setattr(Path, act, failing)
            raise KeyError

    with pytest.raises(KeyError):
        cancelled()
    assert len([*(scratch.on_disk() / scratch.NOTES).iterdir()]) == 1
    assert path.read_bytes() == b"old"


def test_of_what_goes_with_the_private_folder_nothing_is_noted(path: Path) -> None:
    scratch.begin()
    with parts.replacing(scratch.new("opened") / "Names of informants.txt"):
        assert not (scratch.on_disk() / scratch.NOTES).exists()
    with parts.replacing(path):
        assert len([*(scratch.on_disk() / scratch.NOTES).iterdir()]) == 1, "the control"


@pytest.mark.parametrize("begun", ["", "xlsx."])
def test_what_an_old_one_left_goes_with_the_next_of_its_name_alone(begun: str, tmp_path: Path) -> None:
    kept, left = tmp_path / f".report.{begun}mine.part", tmp_path / ".report.01234567.part"
    for each in (kept, left):
        each.write_text("x")
        os.utime(each, (0, 0))
    with parts.replacing(tmp_path / "report"):
        pass
    assert {each.name for each in tmp_path.iterdir()} == {"report", kept.name}
