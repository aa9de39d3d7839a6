"""Full-text search: blind to case, accents and width, and at home inside Japanese sentences.

Each entity has an FTS5 table that holds no text of its own (`content=''`), only the index over what
`text.search_text` makes of the searched fields; its rowid is the record's id.
"""

from __future__ import annotations

from desktop.model import ENTITIES, Entity, Record, database, fields
from desktop.text import clean, search_terms, search_text


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


def words(record: Entity) -> str:
    """What the index keeps of a record."""
    own = [str(getattr(record, name)) for name in searched(type(record))]
    return search_text("\n".join([*own, *record.parts_text()]))


def index(record: Entity) -> None:
    """Index a record anew; within the transaction that writes it."""
    name = table(type(record))
    database.execute_sql(
        f"INSERT OR REPLACE INTO {name} (rowid, words) VALUES (?, ?)", (record.id, words(record))
    )


def remove(record: Entity) -> None:
    """Take a record out of the index."""
    database.execute_sql(f"DELETE FROM {table(type(record))} WHERE rowid = ?", (record.id,))


def match(text: str) -> str:
    """The FTS5 query for what an officer types: all words, the last letters of each still open.

    Empty where the text has no letter or digit: then nothing is searched for, and a list shows all.
    """
    terms = search_terms(clean(text)[0])
    return " ".join('"' + " ".join(term).replace('"', '""') + '"*' for term in terms)


def indexed(entity: type[Record]) -> bool:
    """Whether an entity is searched at all."""
    return entity in ENTITIES


def rebuild() -> int:
    """Index everything anew, in a writing transaction of the caller's; returns how many records."""
    count = 0
    for entity in ENTITIES:
        database.execute_sql(f"DELETE FROM {table(entity)}")
        for record in entity.walk():
            index(record)
            count += 1
    return count
