"""Who has a database open: as the system lists it, also where the numbers of a file are others there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.service.workspace import Workspace
from desktop.store import holders, places
from desktop.store.holders import somebody_has

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")

MOUNTED = 0x2A
"""The minor number of the device on which all lies, as the system lists it; no file tells it of itself."""


@pytest.fixture
def btrfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where files tell another device than the list of locks does."""
    mounts, locks, processes = tmp_path / "mountinfo", tmp_path / "locks", tmp_path / "proc"
    mounts.write_text(f"24 1 0:{MOUNTED} /@home / rw,relatime - btrfs /dev/sda2 rw,subvol=/@home\n")
    locks.write_text("")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    monkeypatch.setattr(holders, "LOCKS", locks)
    monkeypatch.setattr(holders, "PROCESSES", processes)
    path = tmp_path / "post.juntos"
    path.touch()
    return path


def listed(path: Path, minor: int = MOUNTED, process: int = 7) -> None:
    """Have a lock of the file listed, of that process."""
    line = f"1: POSIX  ADVISORY  READ {process} 00:{minor:02x}:{path.stat().st_ino} 124 124\n"
    holders.LOCKS.write_text("2: -> FLOCK  ADVISORY  WRITE 8 fe:00:1 0 EOF\nnonsense\n" + line)


def has_open(path: Path, process: int = 7) -> None:
    opened = holders.PROCESSES / str(process) / "fd"
    opened.mkdir(parents=True)
    (opened / "3").symlink_to(path)


def test_an_open_workspace_is_somebodys(workspace: Workspace) -> None:
    path = workspace.engine.path
    assert somebody_has(path)
    workspace.close()
    assert not somebody_has(path)
    assert not somebody_has(path.with_name("nothing"))


def test_where_files_tell_another_device_what_is_open_decides(btrfs: Path) -> None:
    assert not somebody_has(btrfs)
    listed(btrfs)
    has_open(btrfs)
    assert somebody_has(btrfs)


def test_one_that_has_its_number_elsewhere_is_not_it(btrfs: Path) -> None:
    """A snapshot has the same numbers on the same disk."""
    other = btrfs.with_name("snapshot.juntos")
    other.touch()
    listed(btrfs)
    has_open(other)
    assert not somebody_has(btrfs)


def test_where_it_cannot_be_seen_somebody_may_have_it(btrfs: Path) -> None:
    listed(btrfs)
    assert somebody_has(btrfs)


def test_another_disk_is_none_of_it(btrfs: Path) -> None:
    listed(btrfs, minor=MOUNTED + 1)
    assert not somebody_has(btrfs)


def test_by_its_own_device_nothing_more_is_asked(btrfs: Path) -> None:
    device = btrfs.stat().st_dev
    line = f"1: POSIX  ADVISORY  READ 7 {os.major(device):02x}:{os.minor(device):02x}:{btrfs.stat().st_ino} 0 EOF\n"
    holders.LOCKS.write_text(line)
    assert somebody_has(btrfs)
