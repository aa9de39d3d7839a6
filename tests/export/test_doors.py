"""Whatever file somebody chooses, to be read or to be written: the workspace that is open is refused, by any name.

To open it and close it again would cancel the locks of this process, and another one could write beside it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import tracker
from desktop.export import layouts, mail, saving
from desktop.export.errors import ExportError
from desktop.export.intake import reading
from desktop.export.layouts import logo
from desktop.export.passages import reading as texts
from desktop.model import FollowUp, Invalid
from desktop.service import attachments, files, records
from desktop.service.workspace import Workspace
from desktop.store import connections
from tests import conftest
from tests.locks import locks

ROOT = Path(__file__).parent.parent.parent

READING: dict[str, Callable[[Workspace, Path], Any]] = {
    "a file to attach": lambda workspace, path: attachments.attach(workspace, FollowUp.get(), path),
    "a layout": layouts.read,
    "a logo": lambda _workspace, path: logo.from_file(path),
    "a mapping": lambda _workspace, path: tracker._text(path),
    "a tracker": lambda _workspace, path: reading.read(path),
    "the text of a source": lambda _workspace, path: texts.read(path),
    "a file to send": lambda _workspace, path: mail._read(path),
}
WRITING: dict[str, Callable[[Workspace, Path], Any]] = {
    "a copy of a file": lambda workspace, path: attachments.save_copy(kept(workspace), path, overwrite=True),
    "a draft": lambda _workspace, path: mail.save(b"draft", path, replace=True),
    "a list": lambda _workspace, path: saving.write(b"list", path),
    "a layout": lambda _workspace, path: layouts.write(layouts.layouts()[0], path),
}


def kept(workspace: Workspace) -> Any:
    """A file that a record has."""
    paper = workspace.engine.path.with_name("paper.txt")
    paper.write_text("paper")
    return attachments.attach(workspace, FollowUp.get(), paper)


@pytest.fixture(params=["", "-wal", "-shm", "hard link", "symbolic link", "hard link of the -wal"])
def name(request: pytest.FixtureRequest, workspace: Workspace, tmp_path: Path) -> Path:
    """A way to say the workspace that is open, or what goes with it."""
    records.add(workspace, FollowUp, {"title": "Saved"})
    own, other = workspace.engine.path, tmp_path / "other.json"
    if request.param == "hard link":
        other.hardlink_to(own)
    elif request.param == "hard link of the -wal":
        other.hardlink_to(f"{own}-wal")
    elif request.param == "symbolic link":
        other.symlink_to(own)
    else:
        return Path(f"{own}{request.param}")
    return other


def beside(workspace: Workspace) -> list[Path]:
    return [Path(f"{workspace.engine.path}{suffix}") for suffix in ("", "-wal", "-shm")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells its locks")
@pytest.mark.parametrize("door", [*READING, *WRITING])
def test_the_workspace_goes_through_no_door_and_keeps_its_locks(
    door: str, name: Path, workspace: Workspace
) -> None:
    held, which = locks(*beside(workspace)), [path.stat().st_ino for path in beside(workspace)]
    assert held
    with pytest.raises((Invalid, ExportError), match="is the workspace itself"):
        {**READING, **WRITING}[door](workspace, name)
    assert locks(*beside(workspace)) == held
    assert [path.stat().st_ino for path in beside(workspace)] == which
    assert conftest.opened_besides == []
    assert [*name.parent.glob(".*.part")] == []


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No door asks."""
    for module in (files, saving, reading, texts):
        monkeypatch.setattr(module, "is_open_here", lambda _path: False)
    yield
    conftest.opened_besides.clear()


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("door", READING)
def test_control_without_the_question_each_door_opens_it(door: str, workspace: Workspace) -> None:
    with pytest.raises(RuntimeError, match="is opened at"):
        READING[door](workspace, workspace.engine.path)


@pytest.mark.usefixtures("unguarded")
def test_control_without_the_question_a_copy_takes_its_place(workspace: Workspace) -> None:
    own = workspace.engine.path
    before = own.stat().st_ino
    WRITING["a copy of a file"](workspace, own)
    assert own.stat().st_ino != before
    assert own.read_text() == "paper"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells its locks")
def test_control_one_look_into_it_takes_the_locks(workspace: Workspace) -> None:
    assert locks(*beside(workspace))
    for path in beside(workspace):
        path.open("rb").close()
    assert locks(*beside(workspace)) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells its locks")
def test_another_process_still_finds_it_in_use(workspace: Workspace, tmp_path: Path) -> None:
    """What takes the file for itself is refused beside an open window, whatever was chosen in that."""
    own, secret = workspace.engine.path, tmp_path / "secret.txt"
    before = own.stat().st_ino
    secret.write_text("a long enough passphrase of five words")
    for path in beside(workspace):
        with pytest.raises(Invalid, match="is the workspace itself"):
            files.content(path, 1000)
    command = [
        sys.executable,
        "-m",
        "desktop",
        "encrypt",
        "--workspace",
        str(own),
        "--passphrase-file",
        str(secret),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode != 0
    assert "is being written by another program" in done.stderr, done.stderr
    assert own.stat().st_ino == before
    assert workspace.engine.rows("SELECT count(*) FROM sqlite_master")[0][0] > 10


def test_closed_it_is_a_file_like_any_other(workspace: Workspace) -> None:
    path = workspace.engine.path
    assert connections.is_open_here(path)
    workspace.close()
    assert not connections.is_open_here(path)
    assert files.content(path, 15) == b"SQLite format 3\0"


def test_a_private_copy_that_is_read_stands_for_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    """Where the file cannot be read in its place, it is still the workspace, and must not be replaced."""
    path = workspace.engine.path
    workspace.close()
    copy = tmp_path / "copy.juntos"
    copy.write_bytes(path.read_bytes())
    database = connections.Database(copy, stands_for=path)
    assert connections.is_open_here(path)
    assert connections.is_open_here(copy)
    database.finish()
    assert not connections.is_open_here(path)
