"""Drafts: on disk at once, under the workspace's key, nobody else's to read."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store import drafts as module
from desktop.store.connections import connect
from desktop.store.drafts import REWRITING, Draft, Drafts
from desktop.store.engine import StoreError
from desktop.store.keys import Key, derive

ROOT = Path(__file__).parents[2]
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
    (alive,) = [name for name in modes if name.endswith(".alive")]
    assert set(modes) == {"post.juntos.drafts", "post.juntos.drafts-wal", "post.juntos.drafts-shm", alive}
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


# ---- two processes


HOLDER = """
import sys
from pathlib import Path
from desktop.store.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
drafts.keep("quick", {"text": "of the other process"})
print(drafts.owner, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that types in the same workspace."""
    path = str(tmp_path / "post.juntos")
    command = [sys.executable, "-c", HOLDER, path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout is not None
        assert process.stdout.readline().strip()
        yield process
        process.kill()


def same(draft: Draft) -> Draft:
    return draft


def test_what_a_living_process_keeps_is_left_alone_and_taken_once_it_was_killed(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    drafts = Drafts(tmp_path / "post.juntos")
    drafts.take_over(same)
    assert drafts.own() == []
    drafts.keep("quick", {"text": "of this one"})
    assert sorted(draft.content["text"] for draft in drafts.all()) == ["of the other process", "of this one"]
    drafts.drop("quick")
    other.kill()
    other.wait()
    drafts.take_over(same)
    assert [draft.content["text"] for draft in drafts.own()] == ["of the other process"]
    drafts.close()
    assert not list(tmp_path.glob("*.alive"))


def test_the_file_stays_while_another_process_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    first, second = Drafts(path), Drafts(path)
    first.close()
    assert second.is_there()
    second.keep("quick", {"text": "kept"})
    third = Drafts(path)
    assert [draft.content["text"] for draft in third.all()] == ["kept"]
    second.drop("quick")
    second.close()
    third.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_from_before_there_were_owners_is_read(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    before = connect(module.place(path), mode="rwc")
    before.execute(
        "CREATE TABLE draft (place TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL)"
    )
    before.execute(
        "INSERT INTO draft VALUES ('quick', '{\"text\": \"kept\"}', '2026-11-01T10:00:00.000+00:00')"
    )
    before.close()
    drafts = Drafts(path)
    drafts.take_over(same)
    assert [(draft.place, draft.content) for draft in drafts.own()] == [("quick", {"text": "kept"})]
    drafts.close()
    again = Drafts(path)
    assert len(again.all()) == 1
    again.close()


def test_where_nobody_can_tell_who_lives_nothing_is_taken_and_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(of: Path) -> set[str]:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    drafts = Drafts(tmp_path / "post.juntos")
    drafts.copy([Draft("quick", {"text": "left"}, "2026-11-01T10:00:00.000+00:00", "killed")])
    with monkeypatch.context() as patched:
        patched.setattr(module, "living", lost)
        with pytest.raises(StoreError, match=r"cannot be reached: .+\.$"):
            drafts.take_over(same)
    assert drafts.own() == []
    drafts.take_over(same)
    assert [draft.content["text"] for draft in drafts.own()] == ["left"]
    drafts.close()


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])
def test_around_a_broken_page_the_rest_is_kept(key: Key | None, tmp_path: Path) -> None:
    """Else nothing that is typed would be kept any more, at this start and each later one."""
    path = tmp_path / "post.juntos"
    with_a_broken_page(path, key)
    drafts = Drafts(path, key)
    there = {each.place for each in drafts.all()}
    assert "Drafts that cannot be read were moved to" in drafts.trouble
    assert 200 < len(there) < 300
    assert {"record:000", "record:299"} <= there
    drafts.keep("quick", {"text": "x"})
    drafts.close()
    drafts = Drafts(path, key)
    assert drafts.trouble == ""
    assert len(drafts.all()) == len(there) + 1
    drafts.close()


def test_one_that_makes_no_sense_does_not_keep_the_others_back(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "post.juntos")
    for name in ("cut", "list", "bit", "good"):
        drafts.keep(name, {"text": "Fine"})
    for name, content in (("cut", b'{"text": "Fi'), ("list", b"[1]"), ("bit", b'{"text": "F\xe9ne"}')):
        drafts._execute("UPDATE typed SET content = CAST(? AS TEXT) WHERE place = ?", (content, name))
    drafts.close()
    drafts = Drafts(tmp_path / "post.juntos")
    drafts.take_over(lambda draft: draft)
    assert {each.place: each.content["text"] for each in drafts.own()} == {"good": "Fine", "bit": "F\ufffdne"}
    drafts.close()


def test_what_a_change_of_passphrase_left_goes_once_the_drafts_are_read(tmp_path: Path) -> None:
    """It was killed before the workspace had its new key, or none: in plain it is for nobody to find."""
    path = tmp_path / "post.juntos"
    file = module.place(path)
    spare = file.with_name(file.name + module.REWRITING)
    for key, place in ((KEY, file), (None, spare)):
        drafts = Drafts(path, key, file=place)
        drafts.keep("quick", {"text": "Half a sentence"})
        drafts.close()
    drafts = Drafts(path, KEY)
    assert [each.content for each in drafts.all()] == [{"text": "Half a sentence"}]
    assert drafts.trouble == ""
    assert not spare.exists()
    drafts.close()


def with_a_broken_page(path: Path, key: Key | None) -> None:
    """Leave 300 drafts of which some cannot be read."""
    drafts = Drafts(path, key)
    for number in range(300):
        drafts.keep(f"record:{number:03d}", {"text": "word " * 60})
    drafts.close()
    with module.place(path).open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xa5" * 4096)


def spare_of(path: Path) -> Path:
    return module.place(path).with_name(module.place(path).name + REWRITING)


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])
def test_around_a_broken_page_the_rest_is_kept_beside_what_a_change_of_passphrase_left(
    key: Key | None, tmp_path: Path
) -> None:
    path = tmp_path / "post.juntos"
    with_a_broken_page(path, key)
    spare = Drafts(path, key, file=spare_of(path))
    spare.keep("quick", {"text": "x"})
    spare.close()
    drafts = Drafts(path, key)
    there = {each.place for each in drafts.all()}
    assert {"quick", "record:000", "record:299"} <= there
    assert 200 < len(there) < 301
    drafts.close()


def test_one_whose_file_another_moved_aside_knows_and_leaves_the_new_one_alone(tmp_path: Path) -> None:
    """To the other it was damaged, or under a wrong key."""
    path = tmp_path / "post.juntos"
    first = Drafts(path)
    assert first.is_there()
    second = Drafts(path, KEY)
    assert "moved to" in second.trouble
    assert second.is_there()
    assert not first.is_there()
    second.keep("quick", {"text": "x"})
    second.close()
    first.close()
    third = Drafts(path, KEY)
    assert [draft.content["text"] for draft in third.all()] == ["x"]
    third.close()


@pytest.mark.parametrize("left", ["spare", "other key"])
def test_what_cannot_be_moved_is_told(left: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where another process has it open."""

    def refuse(_path: Path, _target: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    path = tmp_path / "post.juntos"
    drafts = Drafts(path, file=spare_of(path) if left == "spare" else None)
    drafts.keep("quick", {"text": "x"})
    drafts.close()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(StoreError, match=r"cannot be written: .+\.$"):
            Drafts(path, None if left == "spare" else KEY)
    assert not list(tmp_path.glob("*.alive"))
    again = Drafts(path)
    assert [draft.content["text"] for draft in again.all()] == ["x"]
    again.close()


def test_a_left_one_that_cannot_be_removed_keeps_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "post.juntos"
    for file in (None, spare_of(path)):
        drafts = Drafts(path, file=file)
        drafts.keep("quick", {"text": "x"})
        drafts.close()
    unlink = Path.unlink

    def refuse(asked: Path, **how: bool) -> None:
        if asked == spare_of(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        unlink(asked, **how)

    monkeypatch.setattr(Path, "unlink", refuse)
    drafts = Drafts(path)
    assert [draft.content["text"] for draft in drafts.all()] == ["x"]
    drafts.close()


def test_where_looking_fails_the_file_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "post.juntos"
    drafts = Drafts(path)
    drafts.keep("quick", {"text": "x"})
    drafts.close()
    opened: list[sqlcipher.Connection] = []

    def lost(connection: sqlcipher.Connection) -> bool:
        opened.append(connection)
        raise StoreError("the disk is gone")

    monkeypatch.setattr(module, "_is_whole", lost)
    with pytest.raises(StoreError, match="gone"):
        Drafts(path)
    (connection,) = opened
    with pytest.raises(sqlcipher.ProgrammingError):
        connection.execute("SELECT 1")
