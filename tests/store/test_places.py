"""Shares and cloud folders are known, and a workspace is opened there with care: no WAL, one writer, a warning."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.service.workspace import Workspace
from desktop.store import locking, machines, places, ways
from desktop.store.engine import Engine
from desktop.store.errors import Busy, Unwritable
from desktop.store.locking import Lock
from desktop.store.places import CLOUD, LOCAL, NETWORK, Place, kind_of
from tests.store.images import save, titles

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /srv/share rw - nfs4 server:/export rw
31 22 0:41 / /srv/share/inner rw - ext4 /dev/vdb rw
32 22 0:42 / /media/My\\040Files rw - cifs //server/files rw
33 22 0:43 / /home/somebody/far rw - fuse.sshfs host:/ rw
"""


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/srv/other/post.juntos", LOCAL, ""),
        ("/srv/share/post.juntos", NETWORK, "NFS"),
        ("/srv/shared/post.juntos", LOCAL, ""),
        ("/srv/share/inner/post.juntos", LOCAL, ""),
        ("/media/My Files/a/post.juntos", NETWORK, "SMB"),
        ("/home/somebody/far/post.juntos", NETWORK, "SSH"),
        ("//server/files/post.juntos", LOCAL, ""),
        ("\\\\server\\files\\post.juntos", LOCAL, ""),
        ("/Users/x/Library/CloudStorage/OneDrive-Ministry/post.juntos", CLOUD, "OneDrive"),
        ("/Users/x/Library/CloudStorage/Frobnitz-me/post.juntos", CLOUD, "Frobnitz"),
        ("/Users/x/Library/Mobile Documents/com~apple~CloudDocs/post.juntos", CLOUD, "iCloud"),
    ],
)
def test_by_mounts_and_names(
    path: str, kind: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS, "utf-8")
    monkeypatch.setattr(places, "MOUNTS", table)
    assert kind_of(Path(path)) == Place(kind, name)


@pytest.mark.parametrize("path", ["\\\\server\\share\\post.juntos", "\\\\?\\UNC\\server\\share\\post.juntos"])
def test_unc_paths_are_shares(path: str) -> None:
    class Windows:
        def __str__(self) -> str:
            return path

    assert places._unc(Windows()) == Place(NETWORK, "SMB")  # type: ignore[arg-type]


def test_long_paths_of_windows_are_no_shares() -> None:
    class Windows:
        def __str__(self) -> str:
            return "\\\\?\\C:\\Users\\x\\post.juntos"

    assert places._unc(Windows()) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Ministry of Foreign Affairs", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Embassy)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("iCloudDrive", "iCloud"),
        ("Documents", ""),
        ("Dropbox of ideas", ""),
        ("Boxes", ""),
    ],
)
def test_by_the_folders_of_the_home(home: Path, folder: str, name: str) -> None:
    assert kind_of(home / folder / "a" / "post.juntos").name == name
    assert kind_of(home / f"{folder}.juntos").name == ""


def test_by_the_environment_and_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced, marked = tmp_path / "synced", tmp_path / "marked"
    synced.mkdir()
    marked.mkdir()
    assert kind_of(synced / "post.juntos").kind == LOCAL
    monkeypatch.setenv("OneDriveCommercial", str(synced))
    assert kind_of(synced / "deep" / "post.juntos") == Place(CLOUD, "OneDrive")
    for mark, name in ((".dropbox", "Dropbox"), (".sync_0123456789ab.db", "Nextcloud")):
        (marked / mark).touch()
        assert kind_of(marked / "deep" / "post.juntos") == Place(CLOUD, name)
        (marked / mark).unlink()
    link = tmp_path / "link"
    link.symlink_to(synced)
    assert kind_of(link / "post.juntos") == Place(CLOUD, "OneDrive")


def test_each_place_but_a_disk_has_a_warning() -> None:
    assert Place().warning == ""
    assert "share (NFS)" in Place(NETWORK, "NFS").warning
    assert "Dropbox copies" in Place(CLOUD, "Dropbox").warning


# ---- a workspace there


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files lie on a share."""
    monkeypatch.setattr(places, "kind_of", lambda path: Place(NETWORK, "NFS"))


def test_there_is_no_wal_and_one_writer(workspace: Workspace, share: None) -> None:
    path = workspace.engine.path
    workspace.close()
    opened = Workspace.open(path)
    save(opened, 2)
    assert opened.engine.pragma("journal_mode") == "delete"
    assert opened.engine.pragma("synchronous") == ways.EXTRA
    assert "share (NFS)" in opened.warning
    assert not Path(f"{path}-wal").exists()
    lock = locking.place(path)
    told = json.loads(lock.read_text("utf-8"))
    assert (told["host"], told["pid"]) == (platform.node(), os.getpid())
    assert lock.stat().st_mode & 0o777 == 0o600
    second = Workspace.open(path)
    assert f"on {platform.node()}" in second.readonly
    assert len(titles(second)) == 2
    with pytest.raises(Unwritable):
        save(second)
    second.close()
    assert lock.exists()
    opened.close()
    assert not lock.exists()


def test_back_on_a_disk_it_has_its_wal_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workspace.engine.path
    workspace.close()
    with monkeypatch.context() as there:
        there.setattr(places, "kind_of", lambda path: Place(CLOUD, "Dropbox"))
        opened = Workspace.open(path)
        save(opened)
        opened.close()
    opened = Workspace.open(path)
    assert opened.engine.pragma("journal_mode") == "wal"
    assert (opened.warning, opened.readonly, len(titles(opened))) == ("", "", 1)
    opened.close()


def held(path: Path, host: str, pid: int, ago: float, **more: str) -> None:
    """A lock of somebody else, touched so many seconds ago."""
    file = locking.place(path)
    since = "2026-11-21T10:00:00+00:00"
    told = {"host": host, "user": "mori", "pid": pid, "since": since, "mark": "theirs", **more}
    file.write_text(json.dumps(told), "utf-8")
    os.utime(file, (time.time() - ago, time.time() - ago))


def test_the_lock_of_a_process_that_is_gone_is_taken_over_and_told(workspace: Workspace, share: None) -> None:
    path = workspace.engine.path
    workspace.close()
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    held(path, platform.node(), child.pid, 0)
    opened = Workspace.open(path)
    assert opened.readonly == ""
    assert opened.finding is not None
    assert opened.finding.kind == "taken_over"
    assert "mori" in opened.finding.told()
    save(opened)
    opened.close()


def test_another_computer_of_the_same_name_is_another(
    workspace: Workspace, share: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two laptops that are both called DESKTOP: a number of a process there says nothing here."""
    (tmp_path / "machine-id").write_text("0123456789abcdef\n")
    monkeypatch.setattr(machines, "IDS", (tmp_path / "nowhere", tmp_path / "machine-id"))
    machines.this.cache_clear()
    path = workspace.engine.path
    workspace.close()
    opened = Engine.open(path)
    ours = json.loads(locking.place(path).read_text("utf-8"))["machine"]
    opened.close()
    assert ours
    assert "0123456789abcdef" not in ours
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    for machine, readonly in (("another", True), (ours, False), ("", False)):
        held(path, platform.node(), child.pid, 5, machine=machine)
        opened = Engine.open(path)
        assert bool(opened.readonly) == readonly, machine
        opened.close()
    # Where the system does not tell, one that does is another; of one that does not either, only the name tells.
    monkeypatch.setattr(machines, "_id", str)
    machines.this.cache_clear()
    for machine, readonly in (("another", True), ("", False)):
        held(path, platform.node(), child.pid, 5, machine=machine)
        opened = Engine.open(path)
        assert bool(opened.readonly) == readonly, machine
        opened.close()
    machines.this.cache_clear()


@pytest.mark.parametrize("ago", [5, 3600])
def test_the_lock_of_another_computer_is_asked_about(workspace: Workspace, share: None, ago: int) -> None:
    path = workspace.engine.path
    workspace.close()
    held(path, "another-host", 1, ago)
    opened = Engine.open(path)
    assert "mori on another-host" in opened.readonly
    assert ("can be taken over" in opened.readonly) == (ago > 600)
    opened.close()
    opened = Engine.open(path, take_over=True)
    assert (opened.readonly == "") == (ago > 600)
    opened.close()


def test_a_lock_that_nobody_can_read_is_somebodys(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    locking.place(path).write_text("half writ", "utf-8")
    with pytest.raises(Busy, match="somebody unknown"):
        Lock(path)


def test_a_lock_that_was_taken_over_is_not_released(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    lock = Lock(path)
    assert lock.held()
    held(path, "another-host", 1, 0)
    assert not lock.held()
    lock.release()
    assert locking.place(path).exists()


def test_control_without_the_lock_two_write(
    workspace: Workspace, share: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.engine.path
    workspace.close()
    monkeypatch.setattr(Lock, "_made", lambda self: True)
    one, two = Engine.open(path), Engine.open(path)
    assert (one.readonly, two.readonly) == ("", "")
    one.close()
    two.close()


def test_nobody_writes_once_another_took_the_lock_over(workspace: Workspace, share: None) -> None:
    """A computer that slept: its lock was taken over meanwhile."""
    path = workspace.engine.path
    workspace.close()
    opened = Workspace.open(path)
    save(opened)
    locking.place(path).unlink()
    save(opened)  # only removed: it is made again
    assert locking.place(path).exists()
    held(path, "another-host", 1, 0)
    with pytest.raises(Busy, match="another-host"):
        save(opened)
    assert len(titles(opened)) == 2
    opened.close()
    assert locking.place(path).exists()


def test_a_lock_under_the_number_of_another_process_is_asked_about(workspace: Workspace, share: None) -> None:
    path = workspace.engine.path
    workspace.close()
    held(path, platform.node(), os.getppid(), 3600)
    opened = Engine.open(path)
    assert "can be taken over" in opened.readonly
    opened.close()
    opened = Engine.open(path, take_over=True)
    assert opened.readonly == ""
    opened.close()


def test_without_room_for_a_lock_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unwritable):
        Lock(tmp_path / "post.juntos")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\0" * 600,
        "[" * 100_000,
        "[" * 3_000,
        '{"host": "a", "user": "u", "pid": 1e999, "since": "", "mark": ""}',
        "null",
    ],
    ids=["empty", "zeros", "deep", "less deep", "no number", "null"],
)
def test_a_lock_file_of_nonsense_is_somebodys(content: str, tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    locking.place(path).write_text(content)
    there = locking.holder(path)
    assert there is not None
    assert (there.host, there.gone) == ("?", False)
    with pytest.raises(Busy, match="somebody unknown"):
        Lock(path)


def test_a_number_that_no_process_has_is_gone(tmp_path: Path) -> None:
    told = {"host": platform.node(), "user": "u", "pid": 10**30, "since": "", "mark": ""}
    locking.place(tmp_path / "post.juntos").write_text(json.dumps(told))
    there = locking.holder(tmp_path / "post.juntos")
    assert there is not None
    assert there.gone


def test_a_lock_from_the_future_can_be_taken_over(tmp_path: Path) -> None:
    """Of a computer whose clock was years ahead; one that is a little ahead is alive."""
    path = tmp_path / "post.juntos"
    told = {"host": "elsewhere", "user": "u", "pid": 1, "since": "", "mark": ""}
    locking.place(path).write_text(json.dumps(told))
    for ahead, stale in ((3600, False), (10 * 365 * 86_400, True)):
        then = time.time() + ahead
        os.utime(locking.place(path), (then, then))
        there = locking.holder(path)
        assert there is not None
        assert there.stale is stale
    Lock(path, take_over=True).release()
