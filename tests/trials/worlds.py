"""The workspaces that trials begin with: the small world of the services' tests, plain and encrypted."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

from desktop.model import RECORDS, FollowUp, Operation
from desktop.service import journal, records, setup
from desktop.service.workspace import Workspace
from desktop.store import crypt
from desktop.store.connections import connect
from desktop.store.keys import Key
from desktop.store.keys import new as new_key
from tests.conftest import EMBASSY
from tests.service.conftest import fill

PASSPHRASE = "correct horse battery staple Übung"
NAME = "post.juntos"


class World:
    """A workspace made once, in a folder of its own, of which each trial gets a copy."""

    def __init__(self, folder: Path, passphrase: str = "") -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        workspace = Workspace.create(folder / NAME, passphrase=passphrase or None)
        setup.set_up(workspace, EMBASSY)
        fill(workspace)
        for number in range(40):
            records.add(workspace, FollowUp, {"title": f"There before {number}", "detail": "word " * 40})
        self.key: Key | None = workspace.engine.key
        workspace.close()

    def copy(self, place: Path) -> Path:
        """A copy of all its files; the path of the workspace in it."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder, place)
        return place / NAME


RELEASED = Path(__file__).parents[1] / "store" / "released"


class Earlier(World):
    """The file of an earlier release, the first, as it was written then; encrypted, its content is that."""

    release = 0
    """Which of those in `RELEASED`, the oldest first."""

    def __init__(self, folder: Path, passphrase: str = "") -> None:
        self.folder, self.key = folder, None
        folder.mkdir(parents=True)
        plain = folder / NAME
        plain.write_bytes(gzip.decompress(sorted(RELEASED.glob("*.gz"))[self.release].read_bytes()))
        if passphrase:
            self.key = new_key(passphrase)
            plain.rename(folder / "plain")
            connection = connect(folder / "plain")
            crypt._export(connection, plain, self.key)
            connection.close()
            for left in folder.glob("plain*"):
                left.unlink()
        plain.chmod(0o600)


class Second(Earlier):
    release = 1


class Third(Earlier):
    release = 2


def opened(path: Path, key: Key | None) -> Workspace:
    """The workspace, without the half second that a passphrase takes."""
    return Workspace.open(path, key=key)


def state(workspace: Workspace) -> dict[str, Any]:
    """All that is kept of all records, and of the journal."""
    return {
        **{entity.key(): _rows(entity) for entity in RECORDS.values()},
        "journal": [operation.hash for operation in Operation.walk()],
    }


def _rows(entity: Any) -> dict[str, Any]:
    return {record.uid: journal.snapshot(record) for record in entity.select()}


def unsound(workspace: Workspace) -> str:
    """What is wrong with the file or its journal; '' where nothing is."""
    engine = workspace.engine
    if engine.rows("PRAGMA integrity_check") != [("ok",)]:
        return "corrupt"
    if engine.rows("PRAGMA foreign_key_check"):
        return "points to nothing"
    if journal.broken_at() is not None:
        return "broken chain"
    return ""
