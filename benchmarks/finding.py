"""Search everywhere: what is found first while one types, and ranked with its sentence; beside LIKE on the same rows.

And what an edit costs that is journalled, indexed and summed up, against a bare commit of one row.
"""

from __future__ import annotations

import random
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.bulk import HEAD
from benchmarks.lists import TYPED
from benchmarks.measure import Measured, milliseconds
from benchmarks.processes import FOLDER
from desktop.model import ENTITIES, FollowUp, Person
from desktop.service import finding, records
from desktop.service.apart import apart
from desktop.service.workspace import Workspace
from desktop.store import search
from desktop.text import fold

FIRST, RANKED = 2, {1_000: 50, 100_000: 50, 1_000_000: 100}
"""Milliseconds."""
SAVED = 2.5
EACH = 6
"""Records of a kind that the window shows."""
NEVER = "海底 send"
"""Two words of which each stands in many texts, and both in none: all records of the rarer one are looked at."""
TURNS = 9
EDITS = 60
ASKED = "Asked again by telephone."


def searching(workspace: Workspace, size: int) -> Iterator[Measured]:
    """First hits and ranked ones, of the words that the lists are searched for."""
    finding.find(workspace, "send", each=EACH)
    for name, texts in TYPED:
        common = [text for text in texts if text != NEVER]
        yield Measured(
            f"everywhere, first hits: {name}",
            size,
            max(_median(lambda: finding.first(workspace, text)) for text in common),  # noqa: B023 - called at once
            bound=FIRST,
        )
        yield Measured(
            f"everywhere, ranked, with sentences: {name}",
            size,
            max(_median(lambda: finding.find(workspace, text, each=EACH)) for text in common),  # noqa: B023
            bound=RANKED.get(size),
        )
        slowest = max(milliseconds(lambda: _like(workspace, text)) for text in common)  # noqa: B023
        yield Measured("  LIKE on the same rows, neither folded nor ranked", size, slowest)
    never = _median(lambda: finding.first(workspace, NEVER))
    yield Measured("everywhere, two common words that never meet", size, never)
    text = TYPED[2][1][0]
    yield Measured("  as the first search of a window", size, _median(lambda: _apart(workspace, text)))


def _median(act: Any) -> float:
    return statistics.median(milliseconds(act) for _turn in range(TURNS))


def _apart(workspace: Workspace, text: str) -> None:
    """On a connection that has read nothing yet."""
    with apart(workspace) as seen:
        finding.find(seen, text, each=EACH)


def _like(workspace: Workspace, text: str) -> None:
    """The newest rows of each kind that have the words somewhere in their own fields."""
    words = [f"%{word}%" for word in fold(text).split()]
    for entity in ENTITIES:
        texts = " || ' ' || ".join(f'"{name}"' for name in search.searched(entity))
        where = " AND ".join(f"{texts} LIKE ?" for _word in words)
        sql = (
            f'SELECT id, ref, "{entity.naming}" FROM "{entity.key()}" WHERE {where} ORDER BY id DESC LIMIT 8'
        )
        workspace.engine.rows(sql, words)


def saving(path: Path, size: int) -> Iterator[Measured]:
    """A saved edit against a bare commit, on a copy; both wait for the disk, and not always for as long."""
    copy = FOLDER / f"edited-{size}.juntos"
    shutil.copy(path, copy)
    workspace = Workspace.open(copy)
    try:
        workspace.sign_in(Person.get(Person.officer).uid)
        ours, row, rows = _edits(workspace, random.Random(size))
        limits = "Python around a commit for which this disk does not wait"
        yield Measured("a saved edit: journal, search, summaries", size, ours, row, SAVED, limits=limits)
        yield Measured("  against the same rows of all these, bare", size, ours, rows)
    finally:
        workspace.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{copy}{suffix}").unlink(missing_ok=True)


def _edits(workspace: Workspace, rng: random.Random) -> tuple[float, float, float]:
    """The medians of an edit, of a bare commit of one row, and of one of all rows that an edit writes."""
    connection = workspace.engine.db.connection()
    sql = f"SELECT id FROM follow_up ORDER BY id DESC LIMIT {3 * EDITS}"
    ids = [row[0] for row in connection.execute(sql).fetchall()]
    taken: tuple[list[float], list[float], list[float]] = ([], [], [])
    for turn in range(EDITS):
        record, row, rows = (FollowUp.get(FollowUp.id == number) for number in ids[3 * turn : 3 * turn + 3])
        acts = [
            (taken[0], lambda: records.change(workspace, record, {"detail": f"{record.detail} {ASKED}"})),  # noqa: B023
            (taken[1], lambda: _commit(connection, row, journal=False)),  # noqa: B023
            (taken[2], lambda: _commit(connection, rows, journal=True)),  # noqa: B023
        ]
        rng.shuffle(acts)
        for kept, act in acts:
            time.sleep(rng.random() / 100)  # a disk that was just waited for answers sooner
            kept.append(milliseconds(act))
    one, other, third = (statistics.median(each) for each in taken)
    return one, other, third


def _commit(connection: Any, record: Any, journal: bool) -> None:
    """The edit on the connection beneath: the row, and with `journal` those of the journal and of the index."""
    detail = f"{record.detail} {ASKED}"
    connection.execute("PRAGMA query_only = 0")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE follow_up SET detail = ?, version = version + 1 WHERE id = ?", (detail, record.id)
    )
    if journal:
        names = ", ".join(name for name in HEAD if name not in ("uid", "device", "sequence"))
        connection.execute(
            f"INSERT INTO operation (uid, device, sequence, {names})"
            f" SELECT ?, 'bare', ?, {names} FROM operation ORDER BY id DESC LIMIT 1",
            (f"bare {record.uid}", record.id),
        )
        connection.execute(
            "INSERT INTO change (operation_id, entity, uid, field, before, after)"
            " VALUES (last_insert_rowid(), 'follow_up', ?, 'detail', ?, ?)",
            (record.uid, record.detail, detail),
        )
        connection.execute(
            "INSERT OR REPLACE INTO search_follow_up (rowid, words) VALUES (?, ?)",
            (record.id, f"{record.title} {detail}"),
        )
    connection.execute("COMMIT")
    connection.execute("PRAGMA query_only = 1")
