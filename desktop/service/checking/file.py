"""The file itself: its pages and indexes, what points to what, and its schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.i18n import _
from desktop.service.checking.flaw import Flaw, Kind
from desktop.store import proofs
from desktop.store.proofs import Reading

MIGRATIONS = "schema_migration"


def whole(reading: Reading) -> Iterator[Flaw]:
    """Pages, indexes and pointers, as SQLite sees them."""
    for told in proofs.integrity(reading):
        sentence = _("The file is not whole: {told}").format(told=told)
        yield Flaw(Kind.FILE, _table_of(told), sentence, mendable="index" in told)
    for table, number, parent in proofs.orphans(reading):
        sentence = _("{table}: a row points to something in {parent} that is not there.")
        yield Flaw(Kind.ORPHAN, table, sentence.format(table=table, parent=parent), row=number)


def _table_of(told: str) -> str:
    """The table or index that a message of SQLite ends with, '' where it names none."""
    return told.rpartition(" ")[2] if " in " in told or "index" in told else ""


def schema(reading: Reading) -> Iterator[Flaw]:
    """Tables, indexes and triggers, letter by letter, and the list of migrations."""
    expected, applied = proofs.expected_schema()
    now = proofs.schema(reading)
    for key in sorted(expected.keys() | now.keys()):
        if now.get(key) == expected.get(key):
            continue
        kind, name = key
        sentence = _("The schema of the file is not as it was made: {kind} {name}.")
        yield Flaw(
            Kind.SCHEMA,
            "sqlite_schema",
            sentence.format(kind=kind, name=proofs.plain(name)),
            field=name,
            now=now.get(key),
            good=expected.get(key),
            mendable=kind == "trigger",
        )
    done = list(reading.each(MIGRATIONS, ("name", "applied")))
    for row, name in zip(done, applied, strict=False):
        if row[1] != name:
            sentence = _("The list of migrations is damaged.")
            yield Flaw(Kind.SCHEMA, MIGRATIONS, sentence, "", "", "name", row[1], name, True, row[0])
        if not _is_moment(row[2]):
            sentence = _("When a migration was done is damaged; nothing depends on it.")
            yield Flaw(Kind.SCHEMA, MIGRATIONS, sentence, "", "", "applied", row[2], None, False, row[0])


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
