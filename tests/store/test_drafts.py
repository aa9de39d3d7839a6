"""Drafts: on disk at once, under the workspace's key, nobody else's to read."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from desktop.store import drafts as module
from desktop.store.drafts import Drafts
from desktop.store.engine import StoreError
from desktop.store.keys import derive

KEY = derive("some passphrase", bytes(range(16)), 1000)


def test_what_is_kept_is_there_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    drafts = Drafts(path, KEY)
    drafts.keep("record:1:detail", {"text": "Half a sen"})
    drafts.keep("record:1:detail", {"text": "Half a sentence"})
    drafts.keep("quick", {"text": "夜 ÉCOLE \ud800"})
    crashed = tmp_path / "crash"
    crashed.mkdir()
    for file in tmp_path.glob("*.drafts*"):
        shutil.copy(file, crashed / file.name)
    drafts.close()
    again = Drafts(crashed / "post.juntos", KEY)
    found = {draft.place: draft.content["text"] for draft in again.all()}
    assert found == {"record:1:detail": "Half a sentence", "quick": "夜 ÉCOLE ?"}
    assert [draft.at for draft in again.all()] == sorted((draft.at for draft in again.all()), reverse=True)
    again.close()


def test_what_was_saved_is_dropped_and_an_empty_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    drafts = Drafts(path)
    drafts.keep("quick", {"text": "x"})
    drafts.drop("quick")
    drafts.drop("never there")
    assert drafts.all() == []
    drafts.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="is closed"):
        drafts.keep("quick", {})


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "control: plain"])
def test_it_is_encrypted_where_the_workspace_is(tmp_path: Path, key: object) -> None:
    drafts = Drafts(tmp_path / "post.juntos", key)  # type: ignore[arg-type]
    for number in range(5):
        drafts.keep(f"update:{number}", {"text": "A canary in the cage " * 50})
    seen = [file.name for file in tmp_path.iterdir() if b"canary in the cage" in file.read_bytes()]
    drafts.close()
    assert bool(seen) == (key is None)


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        drafts = Drafts(tmp_path / "post.juntos", KEY)
        drafts.keep("quick", {"text": "x"})
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        drafts.close()
    finally:
        os.umask(before)
    assert set(modes) == {"post.juntos.drafts", "post.juntos.drafts-wal", "post.juntos.drafts-shm"}
    assert set(modes.values()) == {0o600}


def test_under_another_key_they_are_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    drafts = Drafts(path, KEY)
    drafts.keep("quick", {"text": "x"})
    drafts.close()
    content = module.place(path).read_bytes()
    other = Drafts(path, derive("another", bytes(16), 1000))
    assert other.all() == []
    assert "moved to" in other.trouble
    (aside,) = tmp_path.glob("*.drafts.aside-*")
    assert aside.read_bytes() == content
    other.close()


def test_a_change_of_passphrase_that_was_killed_is_finished(tmp_path: Path) -> None:
    """After the workspace has its new key, and before the drafts under it took their place."""
    path = tmp_path / "post.juntos"
    spare = module.place(path).with_name(module.place(path).name + module.REWRITING)
    old = Drafts(path)
    old.keep("quick", {"text": "kept"})
    old.close()
    new = Drafts(path, KEY, file=spare)
    new.keep("quick", {"text": "kept"})
    new.close()
    drafts = Drafts(path, KEY)
    assert [draft.content["text"] for draft in drafts.all()] == ["kept"]
    assert not spare.exists()
    drafts.close()


def test_where_nothing_can_be_written_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        Drafts(tmp_path / "nowhere" / "post.juntos")
