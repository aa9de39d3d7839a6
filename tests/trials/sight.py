"""Who may see what, told anew: in Python, over the rows of a file, by docs/decisions/who-sees-what.md.

Nothing of the program's own views is asked. `Eyes` knows the cells of a file that an audience sees; `secrets` are all
words, references, uids and amounts that lie anywhere in it and that the audience may not be told.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from desktop.model import RECORDS, TABLES, Initiative
from desktop.model.kinds import Text
from tests.export.planted import LEVELS, World
from tests.trials.hidden import Files
from tests.trials.words import LETTERS, MARK

WORD = re.compile(rf"{MARK}[a-z]{{0,{LETTERS}}}")
"""In lower case."""
UID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
REF = re.compile(r"(?<![\w-])[A-Z]{2,3}-(?:20\d\d-)?\d{3}(?![\w-])")
AMOUNT = re.compile(r"(?<![\d.,])\d{9}(?![\d])")
POST_ONLY = frozenset({"rag_reason", "assessment", "evidence_link"})
"""Fields that stay with the post whatever is shared."""
NO_WORDS = frozenset({"uid", "visibility", "text_visibility", "sha256"})
Cells = dict[tuple[str, str], str]
"""What stands in a column of the record of a uid."""


class Secrets(NamedTuple):
    """What an audience must not find."""

    allowed: frozenset[str]
    """Words that it may."""
    others: frozenset[str]
    """Uids, references and amounts that it may not."""


class Eyes(World):
    """The rows of a file as an audience sees them; nothing is changed in it."""

    def __init__(self, path: Path, audience: str) -> None:
        self.audience, self.levels = audience, LEVELS[audience]
        tables: tuple[Any, ...] = TABLES
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as self.connection:
            self.tables = {table._meta.table_name: self._read(table) for table in tables}
            self.every = {row["uid"] for name in RECORDS for row in self.tables[name].values()}
            self.cells = self._cells()

    def _cells(self) -> Cells:
        found: Cells = {}
        for name, record in RECORDS.items():
            for number, row in self.tables[name].items():
                if not self.sees(name, number):
                    continue
                found[row["uid"], "uid"] = row["uid"]
                for field in record._meta.sorted_fields:
                    if field.name in POST_ONLY or field.name in NO_WORDS:
                        continue
                    if isinstance(field, Text) and self.sees_field(name, row, field):
                        found[row["uid"], field.name] = row[field.column_name] or ""
        for number, row in self.tables[Initiative.key()].items():
            if self.sees(Initiative.key(), number):
                found[row["uid"], "value"] = row["value"]
        return found


def formerly(files: Files, audience: str, now: Eyes) -> Cells:
    """What a telling of changes since the report may have besides: what stood there in fields that were seen then and
    are now, and the records that were seen until they were deleted."""
    frozen, whole = Eyes(files.frozen, audience), Eyes(files.whole, audience)
    found = {key: text for key, text in frozen.cells.items() if key in now.cells}
    gone = {uid for uid, _column in whole.cells if uid not in now.every}
    for eyes in (frozen, whole):
        found |= {
            (f"{uid} {id(eyes)}", name): text for (uid, name), text in eyes.cells.items() if uid in gone
        }
    return found


def secrets(files: Files, audience: str, *, told_since: bool) -> Secrets:
    """What must not be in a file for an audience, whether it tells what was otherwise or not."""
    now = Eyes(files.now, audience)
    shown = [*now.cells.values(), *(formerly(files, audience, now).values() if told_since else ())]
    allowed, seen = "\n".join(shown), set()
    for pattern in (UID, REF, AMOUNT):
        seen |= set(pattern.findall(allowed))
    everything = _everything(files.now)
    others = {each for pattern in (UID, REF, AMOUNT) for each in pattern.findall(everything)} - seen
    return Secrets(frozenset(WORD.findall(allowed.lower())), frozenset(others - _of_the_program(now)))


def _everything(path: Path) -> str:
    """All texts of a file, whatever table they are in."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        own = {table._meta.table_name for table in TABLES}  # type: ignore[attr-defined]
        rows = (row for name in names if name in own for row in connection.execute(f'SELECT * FROM "{name}"'))
        return "\n".join(str(value) for row in rows for value in row if isinstance(value, str | bytes))


def _of_the_program(eyes: Eyes) -> set[str]:
    """Uids that are of no record: of operations, exports and reports, by which a workbook says what it is."""
    operations = {row["uid"] for row in eyes.tables["operation"].values()}
    facts = {row["uid"] for row in eyes.tables["fact"].values()}
    of_post = {uid for row in eyes.tables["fact"].values() for uid in UID.findall(str(row["value"]))}
    devices = {row["device"] for row in eyes.tables["operation"].values()}
    layouts = {row["uid"] for name in ("layout", "frozen_report") for row in eyes.tables[name].values()}
    return operations | facts | of_post | devices | layouts


def leaks(text: str, known: Secrets) -> set[str]:
    """What stands in a text and must not: each with a little of what is around it."""
    found, plainly = set(), text.lower()
    for hit in WORD.finditer(plainly):
        word = hit.group()
        # A text that is cut short ends somewhere in a word.
        cut = len(word) < len(MARK) + LETTERS and any(each.startswith(word) for each in known.allowed)
        if word not in known.allowed and not cut:
            found.add(f"{word}: {plainly[max(0, hit.start() - 80) : hit.end() + 40]!r}")
    for pattern in (UID, REF, AMOUNT):
        found |= {f"{each}: {pattern.pattern[:12]}" for each in pattern.findall(text) if each in known.others}
    for grouped in re.findall(r"\d{3}[,. \u202f\xa0]\d{3}[,. \u202f\xa0]\d{3}", text):
        plain = re.sub(r"\D", "", grouped)
        found |= {f"{plain}: an amount"} if plain in known.others else set()
    return found


__all__ = ["Eyes", "Secrets", "leaks", "secrets"]
