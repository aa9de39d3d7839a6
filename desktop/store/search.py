"""Full-text search: blind to case, accents and width, and at home inside Japanese sentences.

Each entity has an FTS5 table that holds no text of its own (`content=''`), only the index over what
`text.search_text` makes of the searched fields and of the parts of a record; its rowid is the record's id.
What is typed so far is completed by the dictionary in `terms`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from desktop.model import ENTITIES, Entity, Record, database, fields
from desktop.model.followed import Followed
from desktop.model.meeting import Meeting
from desktop.store import terms
from desktop.text import clean, search_terms, search_text

FLUSHED = 2_000
"""Rows that are indexed together where all is indexed anew."""


class Part(NamedTuple):
    """A table whose texts are found with the record that a row belongs to; `day` is SQL for when it was said."""

    table: str
    owner: str
    texts: tuple[str, ...]
    day: str
    order: str


UPDATES = Part("update", "subject_id", ("done", "next", "blocks"), '"on"', '"on" DESC, id DESC')
EXTENSIONS = Part("extension", "subject_id", ("reason",), "moved_on", "moved_on DESC, id DESC")
_HELD = '(SELECT m."on" FROM meeting m WHERE m.id = meeting_id)'
POINTS = Part("point", "meeting_id", ("text",), _HELD, "position, id")
AGENDA = Part("agenda_item", "meeting_id", ("topic",), _HELD, "position, id")


def parts(entity: type[Record]) -> tuple[Part, ...]:
    """What belongs to the records of an entity and is found with them."""
    if issubclass(entity, Meeting):
        return (POINTS, AGENDA)
    return (UPDATES, EXTENSIONS) if issubclass(entity, Followed) else ()


def table(entity: type[Record]) -> str:
    """The name of an entity's search table."""
    return f"search_{entity.key()}"


def create_sql(entity: type[Record]) -> str:
    """The SQL that makes the table; as frozen in the first migration."""
    return (
        f"CREATE VIRTUAL TABLE {table(entity)} USING fts5(words, content='', contentless_delete=1,"
        " tokenize=\"unicode61 remove_diacritics 0\", prefix='1 2 3')"
    )


def searched(entity: type[Record]) -> tuple[str, ...]:
    """The fields whose text is found."""
    return tuple(field.name for field in fields(entity) if field.searched)


def index(entity: type[Entity], ids: Iterable[int]) -> None:
    """Index records of these ids anew, as they stand in their table; within the transaction that writes them.

    One that is not there any more is taken out.
    """
    connection, name, select = database.connection(), table(entity), f"{_words_sql(entity)} WHERE t.id = ?"
    found, gone = [], []
    for number in sorted(ids):  # in another order FTS5 puts each row to disk by itself
        row = connection.execute(select, (number,)).fetchone()
        if row is None:
            gone.append((number,))
        else:
            found.append((number, search_text(row[1])))
    if gone:
        connection.executemany(f"DELETE FROM {name} WHERE rowid = ?", gone)
    if found:
        connection.executemany(f"INSERT OR REPLACE INTO {name} (rowid, words) VALUES (?, ?)", found)
        terms.learn("\n".join(text for _number, text in found))


def remove(record: Entity) -> None:
    """Take a record out of the index."""
    database.execute_sql(f"DELETE FROM {table(type(record))} WHERE rowid = ?", (record.id,))


def match(text: str, read: terms.Read | None = None) -> str:
    """The FTS5 query for what an officer types: all words, the last letters of each still open.

    With `read`, which reads the workspace, they are completed from the dictionary: the same is found, and sooner.
    Empty where the text has no letter or digit: then nothing is searched for, and a list shows all.
    """
    asked = search_terms(clean(text)[0])
    return " AND ".join(_open(terms.pieces(term), read) for term in asked)


def _open(tokens: list[str], read: terms.Read | None) -> str:
    """The query of words that follow one another, of which the last may go on."""
    *before, last = tokens
    completed = terms.completions(last, read) if read is not None else None
    if completed is None:
        return _phrase(tokens) + "*"
    # Without any, the prefix itself: it leads to nothing at no cost.
    return "(" + " OR ".join(_phrase([*before, word]) for word in completed or [last]) + ")"


def _phrase(tokens: list[str]) -> str:
    return '"' + " ".join(tokens) + '"'


def indexed(entity: type[Record]) -> bool:
    """Whether an entity is searched at all."""
    return entity in ENTITIES


def rebuild(say: Callable[[str], None] = lambda _what: None) -> int:
    """Index everything anew, in a writing transaction of the caller's; returns how many records."""
    connection, count = database.connection(), 0
    known: set[str] = set()
    connection.execute(f"DELETE FROM {terms.TABLE}")
    for entity in ENTITIES:
        name = table(entity)
        connection.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
        insert = f"INSERT INTO {name} (rowid, words) VALUES (?, ?)"
        for rows in all_words(connection, entity):
            connection.executemany(insert, rows)
            known.update(*(terms.words(text) for _id, text in rows))
            count += len(rows)
            say(f"{entity.key()} {count}")
    connection.executemany(
        f"INSERT INTO {terms.TABLE} (word) VALUES (?)", [(word,) for word in sorted(known)]
    )
    return count


def all_words(connection: Any, entity: type[Entity]) -> Iterator[list[tuple[int, str]]]:
    """What the index keeps of each record, by id, some at a time."""
    sql = f"{_words_sql(entity)} WHERE t.id > ? ORDER BY t.id LIMIT {FLUSHED}"
    last = 0
    while rows := connection.execute(sql, (last,)).fetchall():
        last = rows[-1][0]
        yield [(number, search_text(text)) for number, text in rows]


@cache
def _words_sql(entity: type[Record]) -> str:
    """The SQL of the ids of records and the texts that each is found by, its own and those of its parts."""
    own = " || char(10) || ".join(f"coalesce(t.\"{name}\", '')" for name in searched(entity))
    inner = "".join(
        f' || char(10) || coalesce((SELECT group_concat({_joined(part)}, char(10)) FROM "{part.table}" p'
        f" WHERE p.{part.owner} = t.id), '')"
        for part in parts(entity)
    )
    return f'SELECT t.id, {own}{inner} FROM "{entity.key()}" t'


def _joined(part: Part) -> str:
    return " || char(10) || ".join(f'p."{name}"' for name in part.texts)
