"""Turning one bit of a text that is stored in a closed, plain workspace file, and looking whether that is found.

    python -m tests.service.flips [--count N] [--careless]

Turns N random bits of the small world, each in a copy of its own, and prints how many were found, as JSON. `--careless`
asks only what SQLite can tell by itself. `make test` turns a few.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop import paths
from desktop.service import checking
from desktop.service.checking import PARTS
from desktop.service.session import open_workspace
from desktop.settings import Settings
from desktop.store.errors import StoreError

LEAST = 4
"""Bytes of a text that is looked for: shorter ones stand anywhere."""

WITHOUT_JOURNAL = ("file", "schema")
"""What SQLite can tell by itself: the control."""

UNPROVED = (("schema_migration", "applied"), ("sqlite_stat1", "stat"))
"""When a migration ran, on which nothing depends; what the planner reckons with, which is counted anew."""


@dataclass(frozen=True)
class Flip:
    """Which bit of the file is turned, and in which text it stands."""

    table: str
    column: str
    text: str
    offset: int
    bit: int

    def turn(self, path: Path) -> None:
        """Turn it; again, and it is as it was."""
        with path.open("r+b") as file:
            file.seek(self.offset)
            byte = file.read(1)[0]
            file.seek(self.offset)
            file.write(bytes([byte ^ (1 << self.bit)]))


def texts(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The stored texts of each table, with their column."""
    connection = sqlcipher.connect(str(path))
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT GLOB 'search_*_*' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).fetchall()
        found: dict[str, list[tuple[str, str]]] = {}
        for (table,) in tables:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for column, value in zip(columns, row, strict=True):
                    if (table, column) in UNPROVED or not isinstance(value, str):
                        continue
                    if len(value.encode()) >= LEAST:
                        found.setdefault(table, []).append((column, value))
        return found
    finally:
        connection.close()


def chosen(path: Path, chance: random.Random, stored: dict[str, list[tuple[str, str]]]) -> Flip:
    """A random bit of a random text of a random table, wherever in the file that text stands."""
    content = path.read_bytes()
    while True:
        table = chance.choice(sorted(stored))
        column, text = chance.choice(stored[table])
        places = _places(content, text.encode())
        if places:
            offset = chance.choice(places) + chance.randrange(len(text.encode()))
            return Flip(table, column, text, offset, chance.randrange(8))


def _places(content: bytes, text: bytes) -> list[int]:
    found, start = [], content.find(text)
    while start >= 0:
        found.append(start)
        start = content.find(text, start + 1)
    return found


def held(path: Path) -> dict[str, Any] | None:
    """All rows that somebody saved, as bytes; None where they cannot be read.

    The same text may stand in an index, in what the planner counted, or in bytes that no row uses any more.
    """
    connection = sqlcipher.connect(str(path))
    connection.text_factory = bytes
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).fetchall()
        return {
            name.decode(): connection.execute(f'SELECT * FROM "{name.decode()}"').fetchall()
            for (name,) in names
        }
    except sqlcipher.DatabaseError:
        return None
    finally:
        connection.close()


def found(path: Path, parts: tuple[str, ...] = PARTS) -> bool:
    """Whether a flaw is found, at opening or by the check."""
    try:
        workspace = open_workspace(path, Settings())
    except StoreError:
        return True
    try:
        return bool(checking.check(workspace, parts=parts).flaws)
    finally:
        workspace.close()


def missed(closed: Path, count: int, parts: tuple[str, ...] = PARTS) -> list[Flip]:
    """Turn so many random bits of stored texts, one at a time; returns those that are not found."""
    chance, stored, whole = random.Random(20261122), texts(closed), held(closed)
    silent, turned = [], 0
    while turned < count:
        flip = chosen(closed, chance, stored)
        path = closed.parent / "turned" / closed.name
        path.parent.mkdir()
        shutil.copy(closed, path)
        flip.turn(path)
        if held(path) != whole:
            turned += 1
            if not found(path, parts):
                silent.append(flip)
        shutil.rmtree(path.parent)
    return silent


def main() -> int:
    """0 where all are found."""
    # The world of the tests is made by what imports this.
    from tests.trials.worlds import NAME, World

    parser = argparse.ArgumentParser(prog="python -m tests.service.flips", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--careless", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juntos-flips-") as place:
        paths.use_home(Path(place) / "home")
        closed = World(Path(place) / "world").folder / NAME
        silent = missed(closed, asked.count, WITHOUT_JOURNAL if asked.careless else PARTS)
    print(json.dumps({"turned": asked.count, "found": asked.count - len(silent)}))
    for each in silent[:20] if not asked.careless else ():
        print(each, file=sys.stderr)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
