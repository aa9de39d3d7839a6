"""Generated workspaces of 1,000 to 1,000,000 follow-ups, as a few busy years would leave them.

They are made once and kept in the user's cache folder, under a name that follows from the schema and from
`GENERATOR`. To change what they hold: change `directory`, `years` or `courses`, and raise `GENERATOR`.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import directory
from benchmarks.bulk import without_indexes, without_summaries
from benchmarks.processes import FOLDER
from benchmarks.years import Years
from desktop.model import Change, FollowUp, Initiative, Meeting, Update
from desktop.service import derive, journal, summaries
from desktop.service.workspace import Workspace
from desktop.store import search
from desktop.store.engine import SCRIPTS
from desktop.store.witness import place

GENERATOR = 2
SIZES = (1_000, 100_000, 1_000_000)

FAST = ("foreign_keys = 0", "journal_mode = OFF", "synchronous = 0", "temp_store = 1", "cache_size = -400000")
"""While a file is made that is thrown away if that fails: no way back, no waiting for the disk, sorting on it."""
PACE = 5
"""Seconds between two words on how far it is."""


def path_of(size: int) -> Path:
    """Where the workspace of this size lies, or will."""
    schema = hashlib.sha256(b"".join(script.read_bytes() for script in sorted(SCRIPTS.glob("*.py"))))
    return FOLDER / f"{size}-{schema.hexdigest()[:8]}-{GENERATOR}.juntos"


def provide(size: int) -> Path:
    """The workspace of so many follow-ups; made if there is none."""
    path = path_of(size)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        for left in path.parent.glob(f"{part.name}*"):
            left.unlink()
        build(part, size)
        part.rename(path)
        place(part).unlink()  # it spoke for the other name
        for old in path.parent.glob(f"{size}-*"):  # of another schema; a million takes gigabytes
            if not old.name.startswith(path.stem):
                old.unlink()
    return path


def build(path: Path, size: int) -> None:
    """Make the workspace in a new file."""
    begun = told = time.monotonic()

    def say(what: str) -> None:
        nonlocal told
        if time.monotonic() - told > PACE:
            told = time.monotonic()
            print(f"  making {size:,} follow-ups, {told - begun:.0f} s: {what}", file=sys.stderr)

    rng = random.Random(size)
    workspace = Workspace.create(path)
    try:
        directory.fill(workspace, rng)
        workspace.engine.db.close()  # whoever reads keeps the file in WAL mode
        with workspace.engine.db.writing():
            for pragma in FAST:
                workspace.engine.db.execute_sql(f"PRAGMA {pragma}")
            workspace.engine.db.mind_wal()  # there is none meanwhile
            connection = workspace.engine.db.connection()
            with workspace.engine.write():
                with without_summaries(connection), without_indexes(connection, say):
                    Years(workspace, rng, size, say).fill()
                say("counting")
                summaries.rebuild(workspace.today(), workspace.facts.zone)
                search.rebuild(lambda what: say(f"indexing {what}"))
            workspace.engine.db.execute_sql("PRAGMA journal_mode = WAL")
        say("checking")
        _check(workspace, thoroughly=size <= 1_000)
    finally:
        workspace.close()


def _check(workspace: Workspace, thoroughly: bool) -> None:
    """Fail where the file is not what the services would have left."""
    connection = workspace.engine.db.connection()
    assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
    if not thoroughly:
        return
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert journal.broken_at() is None
    derived = "SELECT id, last_update_on, times_slipped, direction FROM follow_up ORDER BY id"
    kept = connection.execute(derived).fetchall()
    with workspace.engine.write():
        derive.rebuild(workspace.facts, workspace.today())
    assert connection.execute(derived).fetchall() == kept
    for record in itertools.chain(FollowUp.select(), Meeting.select(), Initiative.select(), Update.select()):
        assert _replayed(record.uid) == journal.snapshot(record), record.uid


def _replayed(uid: str) -> dict[str, Any]:
    """What the journal says that a record is."""
    values: dict[str, Any] = {}
    for change in Change.select().where(Change.uid == uid).order_by(Change.id):
        if change.field == journal.WHOLE:
            values = json.loads(change.after or "")
        else:
            assert change.before == journal.canonical(values.get(change.field)), (uid, change.field)
            values[change.field] = json.loads(change.after or "")
    return values
