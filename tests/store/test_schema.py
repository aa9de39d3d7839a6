"""The models and the migrated schema are the same, and the database refuses what the models never write."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import peewee as pw
import pytest
from playhouse.sqlcipher_ext import SqlCipherDatabase

from desktop.model import ENTITIES, TABLES, Attendance, Organisation, database, summaries
from desktop.model.dates import Date, FuzzyDate, Time, Timestamp
from desktop.model.kinds import Choice, Country, Flag, Money
from desktop.service.workspace import Workspace
from desktop.store import search
from desktop.store.engine import SCHEMA, SCRIPTS, Engine

Rows = Callable[[str], list[tuple[Any, ...]]]

JOURNAL = ("operation", "change")
REFUSAL = "SELECT RAISE(ABORT, 'the journal is append-only')"


@pytest.fixture
def modelled() -> Any:
    """A database in memory with the tables that the models describe."""
    db = SqlCipherDatabase(":memory:", passphrase="")
    before = database.obj
    database.initialize(db)
    db.create_tables(TABLES)
    yield lambda sql: db.execute_sql(sql).fetchall()
    db.close()
    database.initialize(before)


@pytest.fixture
def migrated(tmp_path: Path) -> Any:
    engine = Engine.create(tmp_path / "fresh.juntos")
    yield engine.rows
    engine.close()


def tables(rows: Rows) -> dict[str, str]:
    found = rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: sql for name, sql in found if not name.startswith("search_") and name != "schema_migration"}


def described(rows: Rows, table: str) -> dict[str, Any]:
    """A table in terms that do not depend on how its statement is spaced, nor on the order of its columns."""
    indexes = {}
    for _number, name, unique, _origin, partial in rows(f'PRAGMA index_list("{table}")'):
        columns = tuple(row[1:] for row in rows(f'PRAGMA index_xinfo("{name}")'))
        # The primary key of a table without row numbers is an index that has no line of its own.
        sql = next((text for (text,) in rows(f"SELECT sql FROM sqlite_master WHERE name = '{name}'")), "")
        where = " ".join((sql or "").partition(" WHERE ")[2].split())
        ranked = tuple(str(column[1]) for column in columns)
        indexes[name if not name.startswith("sqlite_autoindex") else "auto"] = (
            unique,
            partial,
            ranked,
            where,
        )
    return {
        "columns": sorted(row[1:] for row in rows(f'PRAGMA table_xinfo("{table}")')),
        "foreign keys": sorted(row[2:] for row in rows(f'PRAGMA foreign_key_list("{table}")')),
        "indexes": indexes,
        "checks": sorted(checks(rows(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")[0][0])),
        "triggers": rows(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"),
    }


def checks(sql: str) -> list[str]:
    """The conditions of all CHECKs of a statement."""
    flat = " ".join(sql.split())
    found = []
    for match in re.finditer(r"CHECK \(", flat):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(flat[end], 0)
            end += 1
        found.append(flat[match.end() : end - 1])
    return found


def test_the_models_are_the_migrated_schema(modelled: Rows, migrated: Rows) -> None:
    assert sorted(tables(modelled)) == sorted(tables(migrated))
    for table in tables(modelled):
        wanted, found = described(modelled, table), described(migrated, table)
        kept = {name for name, _sql in summaries.triggers()}
        found["triggers"] = [row for row in found["triggers"] if table not in JOURNAL and row[0] not in kept]
        assert found == wanted, table


def test_a_difference_would_be_seen(modelled: Rows, migrated: Rows) -> None:
    seen = []
    for change in (
        'ALTER TABLE "sector" ADD COLUMN "colour" TEXT',
        'DROP INDEX "organisation_name_key"',
        'CREATE INDEX "extra" ON "sector" ("notes")',
        "CREATE TRIGGER extra AFTER INSERT ON sector BEGIN SELECT 1; END",
    ):
        modelled(change)
        seen.append(
            [table for table in tables(modelled) if described(modelled, table) != described(migrated, table)]
        )
    # The journal and what is counted always differ: their triggers are the migration's alone.
    always = {*JOURNAL, "summary_day", "summary_now", *(each.table for each in summaries.SUMMED)}
    assert [set(each) - always for each in seen] == [{"sector"}, *[{"organisation", "sector"}] * 3]
    unlike = checks("CREATE TABLE t (a TEXT CHECK (a IN ('x', 'y')), b CHECK (length(b) < 3))")
    assert unlike == ["a IN ('x', 'y')", "length(b) < 3"]


def test_the_journal_cannot_be_rewritten(migrated: Rows) -> None:
    found = migrated("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = [(table, sql) for table, sql in found if table in JOURNAL]
    assert sorted(table for table, _sql in found) == sorted((*JOURNAL, *JOURNAL))
    assert all(" ".join(sql.split()).count(REFUSAL) == 1 for _table, sql in found)


def test_the_triggers_count_what_the_model_says(migrated: Rows) -> None:
    found = migrated("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = {name: spaced(sql) for name, table, sql in found if table not in JOURNAL}
    assert kept == {name: spaced(sql) for name, sql in summaries.triggers()}


def spaced(sql: str) -> str:
    """A statement on one line, its texts between quotes as they are."""
    return re.sub(r"('[^']*')|\s+", lambda part: part[1] or " ", sql)


def test_every_entity_can_be_searched(migrated: Rows) -> None:
    found = dict(migrated("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"))
    assert found == {search.table(entity): search.create_sql(entity) for entity in ENTITIES}


def test_the_schema_is_the_newest_migration(migrated: Rows) -> None:
    numbers = [int(script.name[:4]) for script in sorted(SCRIPTS.glob("*.py"))]
    assert numbers == list(range(1, SCHEMA + 1))
    assert migrated("PRAGMA user_version") == [(SCHEMA,)]


def test_the_first_column_of_every_foreign_key_has_an_index(migrated: Rows) -> None:
    """Without one, deleting a record would read the whole table that might point to it."""
    for table in tables(migrated):
        first = {columns[0] for _u, _p, columns, _w in described(migrated, table)["indexes"].values()}
        pointing = {row[3] for row in migrated(f'PRAGMA foreign_key_list("{table}")')} - {"id"}
        assert pointing <= first, table


# ---- what the database refuses

BAD: dict[type[Any], tuple[Any, ...]] = {
    Date: ("", "2024-13-01", "2024-02-30", "31/12/2024", "2024-1-1", "2024", "now", 20240101, "2024-01-01 "),
    FuzzyDate: ("", "2024-13", "2024-00", "2024-1", "24", "2024-02-30", "2024-02-30-01", "Nov 2024", "2024-"),
    Time: ("", "25:00", "24:00", "12:60", "9:00", "12:00:00", "noon", "now"),
    Timestamp: (
        "",
        "2024-01-01",
        "2024-01-01T12:00:00Z",
        "2024-01-01 12:00:00.000",
        "2024-13-01T00:00:00.000Z",
    ),
    Country: ("cl", "CHL", "C1", "チリ", " "),
    Money: ("abc", "1,5", "1e6", "-", "NaN"),
    Flag: (2, -1, "yes"),
    Choice: ("nothing of the kind", "OPEN"),
}
GOOD: dict[type[Any], tuple[Any, ...]] = {
    Date: (None, "2024-02-29", "9999-12-31"),
    FuzzyDate: (None, "2024", "2024-12", "2024-02-29"),
    Time: (None, "00:00", "23:59"),
    Country: ("", "CL"),
    Money: ("", "0", "-12.5", "2000000"),
    Flag: (0, 1),
}
CHECKED = [
    (table, f.name, kind)
    for table in TABLES
    for f in table._meta.sorted_fields
    for kind in BAD
    if type(f) is kind and "id" in table._meta.fields
]


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The connection of a fresh workspace, free to write, in which nothing need be there that is pointed to."""
    engine = Engine.create(tmp_path_factory.mktemp("loose") / "fresh.juntos")
    with engine.db.writing():
        engine.db.execute_sql("PRAGMA foreign_keys = 0")
        yield engine.db
    engine.close()


@pytest.mark.parametrize(
    ("table", "name", "kind"), CHECKED, ids=lambda value: getattr(value, "__name__", value)
)
def test_the_database_refuses_what_is_no_such_value(
    loose: Any, table: Any, name: str, kind: type[Any]
) -> None:
    column = f'"{table._meta.fields[name].column_name}"'
    with loose.atomic() as transaction:
        row = a_row(loose, table)
        sql = f'UPDATE "{table._meta.table_name}" SET {column} = ? WHERE rowid = {row}'
        for good in GOOD.get(kind, ()):
            loose.execute_sql(sql, (good,))
        for bad in BAD[kind]:
            # A date function with the word "now" is refused as no function of its row alone.
            with pytest.raises((pw.IntegrityError, pw.OperationalError)):
                loose.execute_sql(sql, (bad,))
        transaction.rollback()


def a_row(db: Any, table: Any) -> int:
    """A row to be spoilt, with nothing in it but what must be."""
    needed = {
        f.column_name: "2026-11-21T12:00:00.000Z" if isinstance(f, Timestamp) else 1
        for f in table._meta.sorted_fields
        if f.default is None and not f.null and f.name != "id"
    }
    needed |= {"name": "Somebody"} if table is Attendance else {}
    names, holes = ", ".join(f'"{name}"' for name in needed), ", ".join("?" * len(needed))
    sql = f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({holes})'
    return int(db.execute_sql(sql, tuple(needed.values())).lastrowid)


def test_every_kind_with_a_check_is_refused_something() -> None:
    assert {kind for _table, _name, kind in CHECKED} == set(BAD)


def test_a_country_of_a_set_must_be_one(workspace: Workspace) -> None:
    add = "INSERT INTO subject_country (subject_id, role, country) VALUES (1, 'where', 'Chile')"
    with workspace.engine.write():
        workspace.engine.db.execute_sql("INSERT INTO subject (id, uid, kind) VALUES (1, 'u', 'meeting')")
    with pytest.raises(pw.IntegrityError, match="CHECK"), workspace.engine.write():
        workspace.engine.db.execute_sql(add)


def test_what_is_pointed_to_cannot_be_deleted(workspace: Workspace) -> None:
    with pytest.raises(pw.IntegrityError), workspace.engine.write():
        Organisation.delete().execute()
