"""What SQLite itself can say of a workspace file: whether pages, keys, schema and search index are whole.

`Reading` is a connection that goes on where a page is broken: what cannot be read is noted, and left out. Texts that
are no UTF-8 any more are read all the same, each wrong byte as a lone surrogate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import peewee as pw
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.model import Entity, database
from desktop.store import search
from desktop.store.connections import readings_break
from desktop.text import search_text

BROKEN = sqlcipher.DatabaseError
"""What a reading raises that meets a broken page."""

PACE = 2_000
"""Steps of SQLite, or pages that it looks through, between two questions whether to stop."""
BATCH = 500
STEPS = (*range(1, 16), *range(16, 8_192, 16), *(2**n for n in range(13, 62)))
"""How far behind a broken page a whole one is looked for: no further than a page of long rows at first, so that what
stands between two broken ones is read too. Each step costs an encrypted file a new connection."""
MOST_LOST = 10_000
"""Row numbers noted as lost at one place."""
MOST = 200
"""Messages of SQLite that are told."""


def _lenient(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def plain(text: str) -> str:
    """A text that was read leniently, as it can be written: each wrong byte is a replacement character."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Stopped(Exception):
    """A reading that was told to stop, in the midst of a question."""


class Reading:
    """A connection of its own for one check; it sees the file as it was when the check began, whoever writes meanwhile.

    `opened` makes the connection. `stopped` is asked while SQLite is at a question, which takes minutes of a large
    file.
    """

    def __init__(
        self, opened: Callable[[], Any], encrypted: bool = False, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self._opened, self._encrypted = opened, encrypted
        self._stopped: Callable[[], bool] = lambda: stopped() or readings_break()
        self.lost: list[tuple[str, int]] = []
        """Table and number of each row that could not be read; 0 for the rest of the table."""
        self._connection: Any = None

    @property
    def connection(self) -> Any:
        """The connection, opened where there is none."""
        if self._connection is None:
            self._connection = self._opened()
            self._connection.text_factory = _lenient
            self._connection.set_progress_handler(lambda: int(self._stopped()), PACE)
            # Else what is saved between two questions looks like damage. Without WAL it would keep others from saving;
            # there the file has one writer.
            if self._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                self._connection.execute("BEGIN")
        return self._connection

    def close(self) -> None:
        """Let the connection go; the next question opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; raises `BROKEN`, or `Stopped`."""
        try:
            found: list[tuple[Any, ...]] = self.connection.execute(sql, parameters).fetchall()
        except BROKEN as error:
            if self._stopped():
                raise Stopped from error
            if self._encrypted:
                self.close()  # the connection to an encrypted file remembers that it failed
            raise
        return found

    def each(self, table: str, columns: Sequence[str], batch: int = BATCH) -> Iterator[tuple[Any, ...]]:
        """All rows of a table by their number, which comes first; never from an index."""
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT {batch}'
        last = 0
        while True:
            try:
                rows = self.ask(sql, (last,))
            except BROKEN:
                yield from (rows := self._past(table, names, last))
                if not rows:
                    return
            else:
                yield from rows
                if not rows:
                    return
            last = rows[-1][0]

    def _past(self, table: str, names: str, last: int) -> list[tuple[Any, ...]]:
        """The rows after a number up to and with the first that stands behind what is broken."""
        after = f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT 1'
        found: list[tuple[Any, ...]] = []
        while True:
            try:
                if not (rows := self.ask(after, (last,))):
                    return found
            except BROKEN:
                break
            found += rows
            last = rows[0][0]
        bad, good, beyond = last, 0, []
        for step in STEPS:
            try:
                beyond = self.ask(after, (last + step,))
            except BROKEN:
                bad = last + step
            else:
                good = last + step
                break
        if not good:
            self.lost.append((table, 0))
            return found
        while good - bad > 1:
            middle = (bad + good) // 2
            try:
                beyond, good = self.ask(after, (middle,)), middle
            except BROKEN:
                bad = middle
        self.lost += [(table, number) for number in range(last + 1, min(good, last + MOST_LOST) + 1)]
        return found + beyond

    def some(self, table: str, columns: Sequence[str], numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """The rows of these numbers, by number; never from an index."""
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'SELECT rowid, {names} FROM "{table}" WHERE rowid IN ({{}})'
        try:
            rows = self.ask(sql.format(", ".join("?" * len(numbers))), numbers)
        except BROKEN:
            rows = []
            for number in numbers:
                try:
                    rows += self.ask(sql.format("?"), (number,))
                except BROKEN:
                    self.lost.append((table, number))
        return {row[0]: row[1:] for row in rows}


def integrity(reading: Reading) -> list[str]:
    """What SQLite finds wrong with pages and indexes, in its own words, which name tables and no content."""
    try:
        return [str(row[0]) for row in reading.ask(f"PRAGMA integrity_check({MOST})") if row[0] != "ok"]
    except BROKEN:
        return ["integrity_check"]


def orphans(reading: Reading) -> list[tuple[str, int, str]]:
    """Table and number of each row that points to nothing, and the table in which that is missing."""
    try:
        return [
            (str(row[0]), int(row[1] or 0), str(row[2])) for row in reading.ask("PRAGMA foreign_key_check")
        ]
    except BROKEN:
        return [("?", 0, "?")]


Described = dict[tuple[str, str], str]


def schema(reading: Reading) -> Described:
    """The SQL of each table, index and trigger that the file has."""
    return _described(reading.ask)


@cache
def expected_schema() -> tuple[Described, tuple[str, ...]]:
    """The SQL of each table, index and trigger that the migrations make, and the names of the migrations."""
    # Loads playhouse.migrations, which a usual start does not need.
    from desktop.store.migrate import make

    db = SqlCipherDatabase(":memory:", passphrase="")
    try:
        applied = make(db)
        return _described(lambda sql: db.execute_sql(sql).fetchall()), tuple(applied)
    finally:
        db.close()


def _described(ask: Callable[[str], list[tuple[Any, ...]]]) -> Described:
    found = ask("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {
        (str(kind), str(name)): f"{table}\n{sql}"
        for kind, name, table, sql in found
        if not str(table).startswith("sqlite_stat")
    }


# ---- the search index


def search_differs(reading: Reading, entity: type[Entity], tick: Callable[[], None] = lambda: None) -> bool:
    """Whether an entity's search table is not what indexing its records anew makes; `tick` is called on the way.

    The index is made anew in memory, and compared word by word, beginning by beginning, and place by place. Raises
    `BROKEN` where the table cannot be read.
    """
    name = search.table(entity)
    anew = sqlcipher.connect(":memory:", isolation_level=None)
    try:
        anew.execute(search.create_sql(entity))
        anew.execute("BEGIN")
        for rows in search.all_words(reading.connection, entity):
            texts = [(number, search_text(plain(text))) for number, text in rows]
            anew.executemany(f"INSERT INTO {name} (rowid, words) VALUES (?, ?)", texts)
            tick()
        anew.execute("COMMIT")
        for kind in ("row", "instance"):
            for connection in (anew, reading.connection):
                connection.execute(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_{kind}"
                    f" USING fts5vocab(main, '{name}', '{kind}')"
                )
        return not (
            _same(anew, reading, f"SELECT term, doc, cnt FROM temp.{name}_row", tick)
            and _same(
                anew,
                reading,
                'SELECT count(*), sum(doc), sum("offset"), sum(doc * ("offset" + 1) % 1000003)'
                f" FROM temp.{name}_instance",
                tick,
            )
            and _same_beginnings(anew, reading, name, tick)
        )
    finally:
        anew.close()


def _same(anew: Any, reading: Reading, sql: str, tick: Callable[[], None]) -> bool:
    """Whether a query has the same rows in both."""
    ours, theirs = reading.connection.execute(sql), anew.execute(sql)
    while True:
        tick()
        mine, other = ours.fetchmany(10_000), theirs.fetchmany(10_000)
        if mine != other:
            return False
        if not mine:
            return True


def _same_beginnings(anew: Any, reading: Reading, name: str, tick: Callable[[], None]) -> bool:
    """Whether the first one, two and three letters of words lead to the same records in both."""
    begun: set[str] = set()
    for (term,) in anew.execute(f"SELECT term FROM temp.{name}_row"):
        begun.update(term[:length] for length in (1, 2, 3) if len(term) >= length)
    sql = f"SELECT count(*), sum(rowid) FROM {name} WHERE {name} MATCH ?"
    for place, letters in enumerate(sorted(begun)):
        if place % 500 == 0:
            tick()
        asked = (f'"{letters}"*',)
        if reading.connection.execute(sql, asked).fetchone() != anew.execute(sql, asked).fetchone():
            return False
    return True


# ---- mending, within a writing transaction

REFUSED = (pw.DatabaseError, sqlcipher.DatabaseError, UnicodeError, LookupError)
"""What a mending raises that the file, or what is damaged beside it, does not let through."""


def reindex() -> None:
    """Make all indexes anew from their tables."""
    database.execute_sql("REINDEX")


def write_past_triggers(table: str, column: str, row: int, value: Any) -> None:
    """Put a value into a table whose triggers let nobody write: the journal, as its hash proves that it was."""
    kept = database.execute_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for name, _sql in kept:
        database.execute_sql(f'DROP TRIGGER "{name}"')
    database.execute_sql(f'REINDEX "{table}"')
    database.execute_sql(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))
    for _name, sql in kept:
        database.execute_sql(sql)


def make_trigger(name: str, now: str | None, good: str | None) -> None:
    """A trigger as it was made; one that never was is taken away. What is given is as `schema` describes it."""
    if now is not None:
        database.execute_sql(f'DROP TRIGGER "{name}"')
    if good is not None:
        database.execute_sql(good.partition("\n")[2])
