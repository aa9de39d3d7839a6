"""A workspace whose making was cut short, and one that is made where a restore was: the next start can go on."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from desktop.model import FollowUp
from desktop.service import backups, records
from desktop.service.workspace import Workspace
from desktop.store import backup, restoring
from desktop.store.connections import connect
from desktop.store.engine import APPLICATION_ID, SCHEMA, Engine, StoreError
from desktop.store.errors import Damaged


def test_one_that_has_no_table_yet_is_made_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    connection = connect(path, mode="rwc")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = wal")
    connection.close()
    workspace = Workspace.open(path)
    assert workspace.engine.pragma("user_version") == SCHEMA
    records.add(workspace, FollowUp, {"title": "The first"})
    workspace.close()
    assert backup.listed(path) == []  # there was nothing to keep


def test_one_that_has_no_page_yet_is_told_to_be_empty(tmp_path: Path) -> None:
    """Its first page is written and not confirmed: SQLite takes it back, and a file of no length is left."""
    path = tmp_path / "post.juntos"
    connection = connect(path, mode="rwc")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    # Its journal: the mark of one, no page, a number, the file had no page before, sizes of a sector and of a page.
    journal = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 0, 7, 0, 512, 4096)
    path.with_name(f"{path.name}-journal").write_bytes(journal.ljust(512, b"\0"))
    assert path.stat().st_size > 0
    with pytest.raises(Damaged, match="is empty"):
        Engine.open(path)


def cut_off(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """A restore that ended when what was there was away and the new file not yet in its place."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name.endswith(restoring.RESTORING):
            raise OSError(5, "the power goes")
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(StoreError, match="goes on when"):
            backups.restore(path, backup.listed(path)[0])
    assert not path.exists()


def test_a_new_one_is_not_made_where_a_restore_is_to_be_ended(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next opening would end it, and move the new workspace away with all that was saved in it."""
    path = workspace.engine.path
    records.add(workspace, FollowUp, {"title": "Before"})
    backup.backup(workspace.engine)
    workspace.close()
    cut_off(monkeypatch, path)
    with pytest.raises(StoreError, match="exists already"):
        Workspace.create(path)
    again = Workspace.open(path)
    assert [each.title for each in FollowUp.select()] == ["Before"]
    again.close()
