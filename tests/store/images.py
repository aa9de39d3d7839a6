"""What a crash leaves on the disk: the files of an open workspace, copied as they are at that moment."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from desktop.model import FollowUp
from desktop.service import records
from desktop.service.workspace import Workspace
from desktop.store import witness
from desktop.store.connections import identity

PASSPHRASE = "correct horse battery staple"


def image(workspace: Workspace, folder: Path) -> Path:
    """The files of a workspace as a crash would leave them, in a folder of their own; returns the workspace's."""
    folder.mkdir()
    path = workspace.engine.path
    for file in path.parent.glob(f"{path.name}*"):
        if file.is_file():
            shutil.copyfile(file, folder / file.name)
    return folder / path.name


def speak_for(path: Path, file: Path | None = None) -> None:
    """Have the witness of a copy speak for it, or for another file, as it did for the original: by its number on the
    disk."""
    told, at = witness.read(path), identity(file or path)
    assert told is not None
    assert at is not None
    note = witness.Witness(path)
    note.note(replace(told, device=at[0], inode=at[1]))
    note.close()


def beside(path: Path, suffix: str) -> Path:
    """A file that goes with a workspace: its -wal, its witness."""
    return path.with_name(path.name + suffix)


def save(workspace: Workspace, count: int = 1, size: int = 200) -> None:
    """Save so many follow-ups with long texts."""
    for number in range(count):
        records.add(workspace, FollowUp, {"title": f"Number {number}", "detail": "word " * size})


def fold_in(workspace: Workspace) -> None:
    """Fold the -wal file into the database, which stays open."""
    with workspace.engine.db.writing():
        workspace.engine.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert beside(workspace.engine.path, "-wal").stat().st_size == 0


def titles(workspace: Workspace) -> list[str]:
    rows = workspace.engine.rows("SELECT title FROM follow_up ORDER BY id")
    return [title for (title,) in rows]
