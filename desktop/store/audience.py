"""What an audience may see, by construction: on one connection, each table gives way to a view of what is shared.

`install` makes a temporary view for every table, of the table's own name. SQLite looks for a name among what is
temporary first: from then on each query, computed column, join and count on that connection has nothing but what
the audience may see, whoever wrote it. What asks for `main.follow_up` still has the table itself.

What a view shows follows from the models: rows by their `visibility`, long texts by `text_visibility`, no field that
is `confined`, no reference to what is hidden; a part only where all that it belongs to is seen. A new table shows
nothing until it is among `SHOWN`. docs/decisions/who-sees-what.md gives the reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from desktop.model import (
    ENTITIES,
    SETS,
    TABLES,
    AgendaItem,
    Attachment,
    Attendance,
    Edition,
    Extension,
    FollowUp,
    Link,
    Meeting,
    Point,
    Quote,
    Recommendation,
    Subject,
    Update,
)
from desktop.model.attachment import Blob
from desktop.model.base import Registered
from desktop.model.followed import Followed
from desktop.model.kind import Column, Kind, literal
from desktop.model.kinds import LongText, SortKey
from desktop.model.visibility import AUDIENCES, INTERNAL, TextVisibility, levels, texts
from desktop.store import search, terms

SHOWN = (*ENTITIES, Update, Link, Extension, Attendance, AgendaItem, Point, Attachment, Edition, Quote)
"""Records of which an audience sees those that are shared with it. All others are the post's own: nobody sees the
versions of minutes, which hold everything, nor settings, saved views, layouts, frozen reports and label packs."""

FOR_SEARCH = frozenset({*map(search.table, ENTITIES), terms.TABLE})
"""Tables that have no text to give: they are searched as they are, and the views narrow what was found."""

WALKED_BACK: dict[Any, tuple[str, ...]] = {
    FollowUp: ("meeting",),
    Meeting: ("series",),
    Recommendation: ("parent",),
}
"""References by which computed columns find the rows that point to a record. They are joined: SQLite then walks their
index, as it does in the table."""

LEANS_ON: dict[Any, tuple[str, ...]] = {
    Attendance: ("person",),
    AgendaItem: ("subject",),
    Point: ("follow_up",),
}
"""References that may be empty, but whose row would tell of a hidden record if it were shown without it."""

DERIVED: dict[str, tuple[Any, str, str]] = {
    "last_update_on": (Update, 'max(p."on")', ""),
    "times_slipped": (Extension, "count(*)", " AND p.to_on > p.from_on"),
}
"""Stored columns that follow from parts: from which, as what, of which of them. Here they follow from those that are
seen; nothing is asked where the stored one says that there is none at all."""

DESK = "desk"
"""The aspect of updates that set the desk's assessment, which is confined to the post."""


class View(NamedTuple):
    """What stands in place of a table: its columns as SQL over `t`, and the condition of its rows."""

    columns: tuple[tuple[str, str], ...]
    where: str
    joins: str = ""

    def sql(self, table: str) -> str:
        """The whole select."""
        listed = ", ".join(
            sql if sql == f't."{name}"' else f'{sql} AS "{name}"' for name, sql in self.columns
        )
        return f'SELECT {listed} FROM main."{table}" AS t{self.joins} WHERE {self.where}'


def install(connection: Any, audience: str) -> None:
    """Shadow every table on this connection, which must be allowed to make temporary views; whole or not at all.

    For the post itself the tables are shown again.
    """
    shadowed = connection.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'view'").fetchall()
    if not shadowed and audience == INTERNAL:
        return
    connection.execute("SAVEPOINT audience")
    try:
        for (name,) in shadowed:
            connection.execute(f'DROP VIEW temp."{name}"')
        for name, sql in views(audience).items() if audience != INTERNAL else ():
            connection.execute(f'CREATE TEMP VIEW "{name}" AS {sql}')
    except BaseException:
        connection.execute("ROLLBACK TO audience")
        raise
    finally:
        connection.execute("RELEASE audience")


@cache
def views(audience: str) -> dict[str, str]:
    """The select that stands for each table, by its name."""
    if audience not in AUDIENCES:
        raise ValueError(audience)
    tables: tuple[Any, ...] = TABLES
    return {table._meta.table_name: view(table, audience).sql(table._meta.table_name) for table in tables}


def view(table: Any, audience: str) -> View:
    """What stands for a table."""
    joins = "".join(_join(table, name, audience) for name in WALKED_BACK.get(table, ()))
    return View(tuple(_columns(table, audience)), seen(table, audience, "t"), joins)


def _join(table: Any, name: str, audience: str) -> str:
    """SQL: the target of a reference beside each row, if it is shown."""
    field = table._meta.fields[name]
    target, alias = field.rel_model, f"j_{name}"
    return (
        f' LEFT JOIN main."{target._meta.table_name}" AS {alias}'
        f' ON {alias}.id = t."{field.column_name}" AND {seen(target, audience, alias)}'
    )


# ---- rows


def seen(table: Any, audience: str, row: str) -> str:
    """SQL: a row of a table, under the name `row`, is shown to an audience."""
    if table is Subject:
        return f"({_standing(audience, row)})"
    if table is Blob:
        held = (Edition, Attachment)
        kept = (
            f'SELECT b.sha256 FROM main."{each.key()}" AS b WHERE {seen(each, audience, "b")}'
            for each in held
        )
        return f"{row}.sha256 IN ({' UNION ALL '.join(kept)})"
    if table in SETS:
        return " AND ".join(_whole(table, audience, row))
    if table not in SHOWN:
        return "0"
    whole = list(_whole(table, audience, row))
    # A link says nothing of its own: it is seen where both of its ends are.
    return " AND ".join(whole if table is Link else [_own(table, audience, row), *whole])


def _own(table: Any, audience: str, row: str) -> str:
    """SQL: a row is shared with an audience, whatever it belongs to."""
    shared = f"{row}.visibility IN ({', '.join(map(literal, levels(audience)))})"
    return f"{shared} AND {row}.aspect <> {literal(DESK)}" if table is Update else shared


def _whole(table: Any, audience: str, row: str) -> Iterator[str]:
    """What a row cannot do without: all that it must refer to is seen as well."""
    for field in _references(table):
        column = f'{row}."{field.column_name}"'
        if not field.null:
            yield there(field.rel_model, audience, column)
        elif field.name in LEANS_ON.get(table, ()):
            yield f"({column} IS NULL OR {there(field.rel_model, audience, column)})"


def _references(table: Any) -> list[Any]:
    return [field for field in table._meta.sorted_fields if getattr(field, "rel_model", None) is not None]


def there(table: Any, audience: str, number: str) -> str:
    """SQL: the record of this id is shown. Each id is looked up by itself, so that lists stay as quick as they are."""
    alias = f"x_{table._meta.table_name}"
    name = f'main."{table._meta.table_name}"'
    if table is Subject:
        return f"(SELECT {_standing(audience, alias)} FROM {name} AS {alias} WHERE {alias}.id = {number})"
    return f"EXISTS (SELECT 1 FROM {name} AS {alias} WHERE {alias}.id = {number} AND {seen(table, audience, alias)})"


def _standing(audience: str, row: str) -> str:
    """SQL: the record of a line of the register is shown."""
    kinds = " ".join(
        f"WHEN {literal(entity.key())} THEN {there(entity, audience, f'{row}.id')}"
        for entity in ENTITIES
        if issubclass(entity, Registered)
    )
    return f"CASE {row}.kind {kinds} ELSE 0 END"


# ---- columns


def _columns(table: Any, audience: str) -> Iterator[tuple[str, str]]:
    for field in table._meta.sorted_fields:
        yield field.column_name, _column(table, field, audience)


def _column(table: Any, field: Any, audience: str) -> str:
    plain = f't."{field.column_name}"'
    nothing = "NULL" if field.null else "''"
    if isinstance(field, TextVisibility):
        return "''"
    if isinstance(field, Kind) and field.confined:
        return nothing
    if table is Link and field.name == "note":
        return nothing
    if getattr(field, "rel_model", None) is not None:
        if not field.null or field.name in LEANS_ON.get(table, ()):
            return plain
        if field.name in WALKED_BACK.get(table, ()):
            return f"j_{field.name}.id"
        return f"CASE WHEN {there(field.rel_model, audience, plain)} THEN {plain} END"
    if field.name in DERIVED and issubclass(table, Followed):
        return _derived(field, audience, plain)
    if field.name == "adopted_on" and issubclass(table, Followed):
        # Since when somebody owns it, who is not told of.
        owner: Any = table._meta.fields["owner"]
        return f"CASE WHEN {there(owner.rel_model, audience, 't.owner_id')} THEN {plain} END"
    hidden = table._meta.fields.get(field.of) if isinstance(field, SortKey) else field
    if isinstance(hidden, LongText) and hidden in texts(table) and "text_visibility" in table._meta.fields:
        marks = " OR ".join(
            f"instr(t.text_visibility, {literal(f'|{hidden.name}:{level}|')})" for level in levels(audience)
        )
        return f"CASE WHEN {marks} THEN {plain} ELSE '' END"
    return nothing if isinstance(hidden, Column) and hidden.confined else plain


def _derived(field: Any, audience: str, plain: str) -> str:
    part, told, further = DERIVED[field.name]
    nothing = "NULL" if field.null else str(field.default)
    return (
        f'CASE WHEN {plain} IS {nothing} THEN {plain} ELSE (SELECT {told} FROM main."{part.key()}" AS p'
        f" WHERE p.subject_id = t.id{further} AND {_own(part, audience, 'p')}) END"
    )
