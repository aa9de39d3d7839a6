"""The private folder of a process: its own, gone at its end, swept after a crash, in memory when it is to be hidden."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from desktop import memory, scratch
from desktop.paths import places

ROOT = Path(__file__).parent.parent
LIVE = """
import sys
from desktop import memory, scratch
scratch.begin()
print(scratch.new("work"), flush=True)
sys.stdin.readline()
"""


def other() -> subprocess.Popen[str]:
    """Another process that has a folder under the same home."""
    return subprocess.Popen(
        [sys.executable, "-c", LIVE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def test_libraries_work_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch.begin()
    with tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).is_relative_to(scratch.folder())
    assert scratch.folder().is_relative_to(places().cache)
    made = scratch.folder()
    scratch.end()
    assert not made.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
def test_only_its_user_can_enter_it() -> None:
    before = os.umask(0)
    try:
        made = scratch.new("work")
    finally:
        os.umask(before)
    for folder in (made, made.parent, made.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_those_of_killed_processes_go_and_those_of_living_ones_stay() -> None:
    with other() as living, other() as killed:
        kept, left = told(living), told(killed)
        killed.kill()
        killed.wait()
        assert left.exists()
        mine = scratch.folder()
        assert mine.parent == kept.parent.parent
        assert not left.parent.exists()
        assert kept.exists(), "the control: it looks the same, but somebody holds it"
        assert mine.exists()
        assert living.stdin is not None
        living.stdin.write("\n")
        living.stdin.flush()
        assert living.wait(10) == 0
        assert not kept.parent.exists()


def test_one_that_was_killed_while_it_was_made_goes_after_a_day() -> None:
    root = scratch.folder().parent
    fresh, old = root / "1-fresh", root / "2-old"
    for folder in (fresh, old):
        folder.mkdir()
    yesterday = time.time() - scratch.UNHELD - 60
    os.utime(old, (yesterday, yesterday))
    scratch.sweep(root)
    assert (fresh.exists(), old.exists()) == (True, False)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_among_them_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    root = scratch.folder().parent
    (root / "3-link").symlink_to(tmp_path, target_is_directory=True)
    os.utime(tmp_path, (0, 0))
    scratch.sweep(root)
    assert (tmp_path / "mine.txt").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for its folders in memory")
def test_hidden_it_lies_in_memory() -> None:
    before = scratch.folder()
    scratch.hide()
    assert scratch.hidden()
    hidden = scratch.new("work")
    assert not hidden.is_relative_to(before.parent)
    assert memory.is_memory(hidden)
    assert not memory.is_memory(before), "the control"
    assert Path(tempfile.gettempdir()) == hidden.parent
    scratch.end()
    assert not hidden.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for its folders in memory")
def test_a_folder_in_memory_that_others_can_enter_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SHARED", tmp_path)
    monkeypatch.setattr(memory, "is_memory", lambda _place: True)
    own = tmp_path / f"juntos-{os.getuid()}"
    own.mkdir(mode=0o755)
    own.chmod(0o755)
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert memory.folder() is None
    own.chmod(0o700)
    assert memory.folder() == own, "the control"
    own.rmdir()
    own.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert memory.folder() is None


def test_where_the_system_works_is_told_without_leaving_the_private_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another thread that asks for a work file at that moment would have it outside."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = tempfile.gettempdir()
    scratch.begin()
    ask, seen = tempfile.gettempdir, [tempfile.tempdir]

    def asked() -> str:
        seen.append(tempfile.tempdir)
        return ask()

    monkeypatch.setattr(tempfile, "gettempdir", asked)
    scratch.hide()
    assert scratch.outside() == before
    assert None not in seen
    assert not Path(scratch.outside()).is_relative_to(scratch.folder())
