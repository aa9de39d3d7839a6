"""What a restore is about to do, written down beside the workspace, so that the next start can go on with it.

It names files by suffixes that the program knows, and nothing else: a strange note leads nowhere.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.store.backup import remove, sync_folder
from desktop.store.kept import ASIDE
from desktop.store.witness import SUFFIX as WITNESS
from desktop.store.witness import Testimony

INTENT = ".restore"
"""The suffix of the file that says what is under way."""
MOVED = ("", "-wal", "-shm", "-journal", WITNESS)
"""What goes aside, in this order: once the database is away, nothing else is laid over the new one by mistake."""
DRAFTS = (".drafts", ".drafts-wal", ".drafts-shm")
"""What goes aside besides where the new file has another key, which would not open them."""


@dataclass(frozen=True)
class Intent:
    """What is under way: into which folder what stands there goes. `suffixes` are those of the files."""

    aside: str
    suffixes: tuple[str, ...]
    told: Testimony | None = None
    """What the witness is to say of the new file, which it cannot know by itself; None where nobody knows."""


def beside(path: Path, suffix: str) -> Path:
    """The file of a workspace with this suffix."""
    return path.with_name(path.name + suffix)


def write(path: Path, intent: Intent) -> None:
    """Have on disk what is about to happen at a workspace; raises `OSError`."""
    note = beside(path, INTENT)
    part = beside(path, f"{INTENT}.part")
    remove(part)
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, json.dumps(asdict(intent)).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)
    part.replace(note)
    sync_folder(path.parent)


def read(note: Path) -> Intent | None:
    """What was under way; None where the file does not say so in our words."""
    try:
        told = json.loads(note.read_bytes())
        intent = Intent(str(told["aside"]), tuple(map(str, told["suffixes"])), _told(told.get("told")))
    except (ValueError, KeyError, TypeError):
        return None
    known = set(intent.suffixes) <= {*MOVED, *DRAFTS}
    return intent if known and ASIDE.fullmatch(intent.aside) else None


def _told(told: Any) -> Testimony | None:
    if told is None:  # of an earlier version
        return None
    return Testimony(
        int(told["clock"]), str(told["head"]), schema=int(told["schema"]), rounds=int(told["rounds"])
    )
