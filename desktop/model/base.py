"""What all records have: identity across machines, a readable reference, a version, who may see them.

`Record` is anything the journal keeps; `Entity` adds a readable reference; `Subject` is the register of what can
be linked, and `Registered` an entity in it. Fields are read with `fields(entity)`, in the order of declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

import peewee as pw

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.dates import Timestamp
from desktop.model.kinds import Choice, Kind, Number, SortKey, Text
from desktop.model.relations import Many, ambiguous, missing
from desktop.model.visibility import TextVisibility
from desktop.text import clean_line

BATCH = 200
"""Rows that `Base.walk` reads at once."""

database: pw.DatabaseProxy = pw.DatabaseProxy()
"""The open workspace's database; `store.engine` sets it."""


class OutsideOperation(RuntimeError):
    """A record was to be written past the one door for writing."""


class Base(pw.Model):
    """Ties the tables to the open workspace."""

    if TYPE_CHECKING:
        id: Any

        def __getattr__(self, name: str) -> Any:
            """The `x_id` that peewee puts beside each foreign key `x`."""

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def pick(cls, column: Any, condition: Any) -> Any:
        """One column of the first row that meets a condition; raises LookupError where there is none."""
        row: Any = cls.select(column).where(condition).tuples().first()
        if row is None:
            raise LookupError(cls._meta.table_name)
        return row[0]

    @classmethod
    def one(cls, column: str, value: Any) -> Any:
        """The row whose column has this value, None if there is none; for columns whose values are different.

        The same as `get_or_none`, in a fraction of its time: peewee takes longer to put the statement together, and to
        take the row apart, than SQLite to run it.
        """
        row = database.execute_sql(_row_sql(cls, column), (value,)).fetchone()
        if row is None:
            return None
        found = cls(__no_default__=1)
        for (name, read), raw in zip(_columns(cls), row, strict=True):
            found.__data__[name] = read(raw)
        found._dirty.clear()
        return found

    def insert_row(self) -> None:
        """Store it as a new row; it learns its id where the table counts them. For `service.operation` alone."""
        values = [self._meta.fields[name].db_value(value) for name, value in self.__data__.items()]
        cursor = database.execute_sql(_insert_sql(type(self), tuple(self.__data__)), values)
        if self.__data__.get("id") is None:
            self.id = cursor.lastrowid
        self._dirty.clear()

    @classmethod
    def walk(cls, newest_first: bool = False, where: Any = None) -> Iterator[Self]:
        """All rows (that meet a condition) by id, a few hundred at a time.

        A statement that was not read to its end would keep the file from being closed, and from being written
        after another program wrote it.
        """
        rows = cls.select() if where is None else cls.select().where(where)
        rows = rows.order_by(cls.id.desc() if newest_first else cls.id).limit(BATCH)
        batch = list(rows)
        while batch:
            yield from batch
            last = batch[-1].id
            batch = list(rows.where(cls.id < last if newest_first else cls.id > last))


@cache
def _columns(table: type[Base]) -> tuple[tuple[str, Any], ...]:
    """The columns of a table in the order of its rows, each with what reads its values."""
    return tuple((field.name, field.python_value) for field in table._meta.sorted_fields)


@cache
def _row_sql(table: type[Base], by: str) -> str:
    names = ", ".join(f'"{field.column_name}"' for field in table._meta.sorted_fields)
    return f'SELECT {names} FROM "{table._meta.table_name}" WHERE "{table._meta.fields[by].column_name}" = ? LIMIT 1'


@cache
def _insert_sql(table: type[Base], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{table._meta.fields[name].column_name}"' for name in names)
    return f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({", ".join("?" * len(names))})'


class Target(Base):
    """What a reference can point to; the table has an `id` and a `uid`."""

    @classmethod
    def uid_of(cls, record_id: int) -> str:
        """The uid of an id; raises LookupError."""
        return str(cls._looked_up("uid", "id", record_id))

    @classmethod
    def id_of(cls, uid: str) -> int:
        """The id of a uid; raises LookupError."""
        return int(cls._looked_up("id", "uid", uid))

    @classmethod
    def _looked_up(cls, name: str, by: str, value: Any) -> Any:
        row = database.execute_sql(_lookup_sql(cls, name, by), (value,)).fetchone()
        if row is None:
            raise LookupError(cls._meta.table_name)
        return row[0]

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        """The SQL of what stands for such a record where another one points to it."""
        return table.uid

    @classmethod
    def words_of(cls, record_id: int) -> str:
        """What stands for the record of this id; raises LookupError."""
        return cls.spoken(str(cls.pick(cls.shown_as(cls), cls.id == record_id)))

    @classmethod
    def spoken(cls, words: str) -> str:
        """What `shown_as` selects, in the language spoken: most records are called the same in all."""
        return words

    @classmethod
    def called(cls, _text: str) -> list[str]:
        """Names, as they are kept, that have this text in the language spoken: what is searched for besides it."""
        return []

    if TYPE_CHECKING:
        uid: Any


@cache
def _lookup_sql(table: type[Target], name: str, by: str) -> str:
    """The SQL of a look-up, kept: an operation makes hundreds, and building one takes longer than running it."""
    return str(table.select(getattr(table, name)).where(getattr(table, by) == 0).sql()[0])


class Alias(Base):
    """A reference that once led to a record: before it was renumbered, or merged into another."""

    old = pw.TextField(index=True)
    """Its sort key: references are found whatever their case, width and leading zeros."""
    entity = pw.TextField()
    uid = pw.TextField()


class Record(Target):
    """Anything that the journal keeps."""

    singular: ClassVar[str] = ""
    """Message id of the entity's name."""
    plural: ClassVar[str] = ""

    id = pw.AutoField()
    uid = Text(N_("UID"), section="system", editable=False, unique=True, exported=False)
    visibility = Choice(
        N_("Visibility"), scales.VISIBILITY, default="internal", section="system", exported=False
    )
    created_at = Timestamp(N_("Created"), section="system", derived=True, null=False, exported=False)
    updated_at = Timestamp(N_("Changed"), section="system", derived=True, null=False, exported=False)
    version = Number(N_("Version"), section="system", derived=True, default=1, exported=False)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        raise OutsideOperation("records are written by Workspace.operation() alone")

    delete_instance = save

    @classmethod
    def key(cls) -> str:
        """The entity's name in the journal and on the command line, such as `follow_up`."""
        return str(cls._meta.table_name)

    def derive(self) -> None:
        """Fill the stored columns that follow from the record's own fields; called before each save."""
        for field in self._meta.sorted_fields:
            if isinstance(field, SortKey):
                setattr(self, field.name, SortKey.key(getattr(self, field.of)))

    def problems(self) -> None:
        """Raise `Invalid` for fields that contradict each other; called before each save."""


class Entity(Record):
    """A record that people name: it has a reference, and a field that says what it is."""

    naming: ClassVar[str] = "title"
    """The field that names it."""
    prefix: ClassVar[str] = ""
    """Of its references: `FU` makes `FU-2026-014`."""
    yearly: ClassVar[bool] = True
    """Whether its references are counted by the year."""

    ref = Text(
        N_("Ref"),
        listed=True,
        searched=True,
        editable=False,
        width=14,
        unique=True,
        required=True,
        section="head",
        sort="ref_key",
    )
    ref_key = SortKey("ref")
    text_visibility = TextVisibility(N_("Texts for others"), section="system", editable=False, exported=False)

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        return table.ref

    @classmethod
    def by_ref(cls, text: str) -> Any:
        """The record that has this reference, or once had it; None if there is none."""
        key = SortKey.key(clean_line(text)[0])
        found = cls.one("ref_key", key)
        if found is None:
            sql = "SELECT uid FROM alias WHERE entity = ? AND old = ?"
            formerly = database.execute_sql(sql, (cls.key(), key)).fetchone()
            found = cls.one("uid", formerly[0]) if formerly is not None else None
        return found

    @classmethod
    def find(cls, text: str, field: Kind | None = None) -> Any:
        """The one record of this reference, uid or exact name; raises `Invalid`, about `field` if one is given."""
        wanted = clean_line(text)[0]
        found = cls.by_ref(wanted) or cls.one("uid", wanted)
        if found is not None:
            return found
        rows = list(cls.select().where(cls.named(wanted)).limit(4))
        if len(rows) == 1:
            return rows[0]
        problem = ambiguous(cls, text, [row.ref for row in rows]) if rows else missing(cls, text)
        raise field.invalid(str(problem)) if field is not None else problem

    @classmethod
    def named(cls, text: str) -> Any:
        """The condition that a record is called so."""
        return getattr(cls, f"{cls.naming}_key") == SortKey.key(text)

    def name_text(self) -> str:
        """What it is called."""
        return str(getattr(self, self.naming))


class Subject(Target):
    """The register of all that can be linked: initiatives, recommendations, meetings, follow-ups."""

    id = pw.AutoField()
    uid = pw.TextField(unique=True)
    kind = pw.TextField()

    @classmethod
    def shown_as(cls, table: Any) -> Any:
        entities = Registered.__subclasses__()
        return pw.fn.COALESCE(*(e.select(e.ref).where(e.id == table.id) for e in entities))


class Registered(Entity):
    """An entity of the register: its id is its subject's."""

    id = pw.IntegerField(
        primary_key=True,
        # A ForeignKeyField as primary key is a trap: save() would silently insert nothing.
        constraints=[pw.SQL('REFERENCES "subject" ("id") ON DELETE RESTRICT')],
    )


class _Declared(NamedTuple):
    """What an entity declares, in the forms that are asked for."""

    fields: tuple[Kind, ...]
    by_name: dict[str, Kind]
    journalled: tuple[Kind, ...]
    sets: tuple[Many, ...]


@cache
def _declared(entity: type[Record]) -> _Declared:
    found: dict[str, tuple[int, int, int, Kind]] = {}
    place = {"head": 0, "system": 2}
    for depth, base in enumerate(entity.__mro__):
        for name in vars(base):
            kind = entity._meta.fields.get(name) or getattr(entity, name, None)
            if isinstance(kind, Kind) and not isinstance(kind, SortKey):
                # A deeper class overwrites: what counts is where the field was declared first.
                found[kind.name] = (place.get(kind.section, 1), depth, kind._order, kind)  # type: ignore[attr-defined]
    ordered = tuple(row[-1] for row in sorted(found.values(), key=lambda row: row[:-1]))
    return _Declared(
        ordered,
        {f.name: f for f in ordered},
        tuple(f for f in ordered if not f.derived and f.name != "uid"),
        tuple(f for f in ordered if isinstance(f, Many)),
    )


def fields(entity: type[Record]) -> tuple[Kind, ...]:
    """All described fields of an entity: columns, sets and computed columns, as declared.

    The reference comes first, the common ones (visibility, dates, version) last.
    """
    return _declared(entity).fields


def field(entity: type[Record], name: str) -> Kind:
    """The field of this name; raises KeyError."""
    return _declared(entity).by_name[name]


def journalled(entity: type[Record]) -> tuple[Kind, ...]:
    """The fields whose changes the journal keeps: all that nobody derives, without the uid."""
    return _declared(entity).journalled


def sets(entity: type[Record]) -> tuple[Many, ...]:
    """The fields that are sets."""
    return _declared(entity).sets
