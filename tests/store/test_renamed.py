"""A workspace that was renamed: what a crash left under its former name is found, where it is proved to be its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.service import journal
from desktop.service.workspace import Workspace
from desktop.store import drafts, renamed, witness
from tests.store.images import PASSPHRASE, beside, fold_in, image, save, speak_for, titles


@pytest.fixture(params=["workspace", "sealed"])
def open_one(request: pytest.FixtureRequest) -> Workspace:
    """A workspace, plain and encrypted."""
    found: Workspace = request.getfixturevalue(request.param)
    return found


def crashed(workspace: Workspace, folder: Path) -> Path:
    """What a crash left of it right after three saves, renamed by somebody who took the file alone."""
    fold_in(workspace)
    save(workspace, 3)
    path = image(workspace, folder)
    speak_for(path)
    target = path.with_name("renamed.juntos")
    path.rename(target)
    return target


def key_of(workspace: Workspace) -> dict[str, str]:
    return {"passphrase": PASSPHRASE} if workspace.engine.key else {}


def test_its_last_saves_are_found(open_one: Workspace, tmp_path: Path) -> None:
    path = crashed(open_one, tmp_path / "crash")
    there, how = titles(open_one), key_of(open_one)
    open_one.close()
    again = Workspace.open(path, **how)  # type: ignore[arg-type]
    assert titles(again) == there
    assert again.finding is None
    assert journal.broken_at() is None
    save(again)
    again.close()
    assert sorted(file.name for file in path.parent.glob("post.juntos*") if file.is_file()) == []
    assert beside(path, witness.SUFFIX).is_file()


def test_control_without_the_look_they_are_lost_in_silence(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renamed, "brought", lambda _path, _key: None)
    path = crashed(workspace, tmp_path / "crash")
    before = len(titles(workspace))
    workspace.close()
    again = Workspace.open(path)
    assert len(titles(again)) == before - 3
    assert again.finding is None
    again.close()


def test_what_was_typed_comes_with_it(workspace: Workspace, tmp_path: Path) -> None:
    path = crashed(workspace, tmp_path / "crash")
    workspace.close()
    typed = drafts.Drafts(path.with_name("post.juntos"))
    typed.keep("quick", {"text": "Half a sentence"})
    typed.close()
    Workspace.open(path).close()
    typed = drafts.Drafts(path)
    assert [each.content for each in typed.all()] == [{"text": "Half a sentence"}]
    typed.close()


def test_the_wal_of_another_file_with_its_number_stays_where_it_is(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A number on the disk is given to another file once it is free."""
    save(workspace, 3)
    gone = image(workspace, tmp_path / "gone")
    workspace.close()
    path = gone.with_name("other.juntos")
    other = Workspace.create(path)
    save(other, 2)
    other.close()
    beside(path, witness.SUFFIX).unlink()
    gone.unlink()
    speak_for(gone, path)
    kept = beside(gone, "-wal").read_bytes()
    again = Workspace.open(path)
    assert again.finding is None
    assert len(titles(again)) == 2
    assert journal.broken_at() is None
    again.close()
    assert beside(gone, "-wal").read_bytes() == kept
    assert witness.read(gone) is not None
