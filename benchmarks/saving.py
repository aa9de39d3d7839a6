"""What an edit costs that is journalled, indexed and summed up, and what the page costs that is read after it.

The yardstick is a raw commit: the same columns of a row, changed by the bare library on a connection of its own to
another copy of the file, in WAL mode with `synchronous=FULL`, one transaction each. Beside it, for information, the
same rows of journal, index and figures written bare, and what this disk takes to confirm two pages.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.bulk import HEAD
from benchmarks.lists import asked
from benchmarks.measure import Measured, milliseconds
from benchmarks.processes import FOLDER
from desktop.model import FollowUp, Person
from desktop.service import query, records
from desktop.service.journal import canonical
from desktop.service.workspace import Workspace
from desktop.store import terms
from desktop.store.connections import PRAGMAS
from desktop.store.engine import sqlcipher
from desktop.store.witness import SUFFIX
from desktop.text import search_text

SAVED = 2.5
EDITS = 200
WARM = 20
"""Edits of which no time is taken: a program that is at work has its statements ready."""
ASKED = "Asked again by telephone."
AT = "2026-11-22T08:00:00.000Z"
PAGE = 4096


def saving(path: Path, size: int) -> Iterator[Measured]:
    """A saved edit against a raw commit, in turns on two copies; both wait for the disk, and not always for as long."""
    with ExitStack() as held:
        ours, raw = (_copied(path, name, held) for name in ("edited", "raw"))
        workspace = Workspace.open(ours)
        held.callback(workspace.close)
        workspace.sign_in(Person.get(Person.officer).uid)
        bare = _bare(raw)
        held.callback(bare.close)
        edit, row, rows, confirmed = _times(workspace, bare, random.Random(size))
        page, again = _read_after(workspace)
        limits = f"this disk confirms in {confirmed:.2f} ms, and an edit writes ten times the pages"
        yield Measured("a saved edit: journal, search, summaries", size, edit, row, SAVED, limits=limits)
        yield Measured("  against the same rows of all these, bare", size, edit, rows)
        yield Measured("  the disk confirms two pages", size, confirmed)
        yield Measured("  the first page of the list just after it, and once more", size, page, again)


def _copied(path: Path, name: str, held: ExitStack) -> Path:
    """A copy of the file, and what follows it, that goes in the end."""
    copy = FOLDER / f"{name}-{path.name}"
    for suffix in ("", "-wal", "-shm", SUFFIX):
        held.callback(Path(f"{copy}{suffix}").unlink, missing_ok=True)
    shutil.copy(path, copy)
    return copy


def _bare(path: Path) -> Any:
    """A connection of the library beneath, as safe as the program's."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    return connection


def _times(workspace: Workspace, bare: Any, rng: random.Random) -> tuple[float, ...]:
    """The medians of an edit, of a raw commit of its row, of one of all rows that it writes, and of the disk."""
    ids = _newest(workspace, 3 * EDITS)
    taken: tuple[list[float], ...] = ([], [], [], [])
    with (FOLDER / "confirmed").open("wb") as file:
        for turn in range(EDITS):
            mine, row, rows = (FollowUp.one("id", number) for number in ids[3 * turn : 3 * turn + 3])
            words = search_text(f"{rows.ref} {rows.title} {rows.detail} {ASKED}")
            known = canonical(sorted(terms.words(words)))
            acts: list[tuple[int, Callable[[], Any]]] = [
                (0, lambda: _edit(workspace, mine)),  # noqa: B023
                (1, lambda: _commit(bare, row)),  # noqa: B023
                (2, lambda: _commit(bare, rows, words, known)),  # noqa: B023
                (3, lambda: _confirm(file)),
            ]
            rng.shuffle(acts)
            for place, act in acts:
                time.sleep(rng.random() / 100)  # a disk that was just waited for answers sooner
                taken[place].append(milliseconds(act))
    (FOLDER / "confirmed").unlink()
    return tuple(statistics.median(each[WARM:]) for each in taken)


def _newest(workspace: Workspace, count: int) -> list[int]:
    """The ids of the follow-ups that were made last."""
    sql = "SELECT id FROM follow_up ORDER BY id DESC LIMIT ?"
    return [number for (number,) in workspace.engine.rows(sql, (count,))]


def _edit(workspace: Workspace, record: Any) -> None:
    records.change(workspace, record, {"detail": f"{record.detail} {ASKED}"})


def _read_after(workspace: Workspace) -> tuple[float, float]:
    """The medians of the first page of a list just after an edit, and once more."""
    shown = asked(workspace)["open, by due date"]
    taken: tuple[list[float], list[float]] = ([], [])
    for number in _newest(workspace, WARM + EDITS // 4):
        _edit(workspace, FollowUp.one("id", number))
        for each in taken:
            each.append(milliseconds(lambda: query.page(workspace, shown, 100)))
    return statistics.median(taken[0][WARM:]), statistics.median(taken[1][WARM:])


def _confirm(file: Any) -> None:
    """Two pages of a file, until the disk has them."""
    file.seek(random.randrange(100) * 2 * PAGE)
    file.write(b"x" * 2 * PAGE)
    file.flush()
    os.fsync(file.fileno())


def _commit(connection: Any, record: Any, words: str = "", known: str = "") -> None:
    """The edit bare: its row, and where `words` are given, those of the journal, of the index and of the figures."""
    execute, detail = connection.execute, f"{record.detail} {ASKED}"
    execute("BEGIN IMMEDIATE")
    execute(
        "UPDATE follow_up SET detail = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?",
        (detail, AT, record.id, record.version),
    )
    if words:
        execute(_OPERATION, (f"{record.uid[::-1]}", record.id))
        execute(_CHANGE, (record.uid, canonical(record.detail), canonical(detail)))
        execute("INSERT OR REPLACE INTO search_follow_up (rowid, words) VALUES (?, ?)", (record.id, words))
        execute("INSERT OR IGNORE INTO search_term (word) SELECT value FROM json_each(?)", (known,))
        execute(_ACTIVITY)
    execute("COMMIT")


_COPIED = ", ".join(name for name in HEAD if name not in ("uid", "device", "sequence"))
_OPERATION = (
    f"INSERT INTO operation (uid, device, sequence, {_COPIED})"
    f" SELECT ?, 'bare', ?, {_COPIED} FROM operation ORDER BY id DESC LIMIT 1"
)
_CHANGE = (
    "INSERT INTO change (operation_id, entity, uid, field, before, after)"
    " VALUES (last_insert_rowid(), 'follow_up', ?, 'detail', ?, ?)"
)
_ACTIVITY = (
    "INSERT INTO summary_day (picture, day, mark, count) SELECT 'activity', day, 'done', 1 FROM summary_date"
    " WHERE true ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + 1"
)
