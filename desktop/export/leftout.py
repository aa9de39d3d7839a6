"""What does not go out to an audience: counted for the officer before an export, and never part of the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Any

from desktop.export.request import Request
from desktop.export.snapshot import Snapshot
from desktop.i18n import N_, _, captioned, format_number
from desktop.model import (
    ENTITIES,
    SETS,
    AgendaItem,
    Attachment,
    Attendance,
    Extension,
    Organisation,
    Person,
    Point,
    Record,
    Subject,
    Update,
)
from desktop.model.base import Entity, Registered
from desktop.model.kind import literal
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC, texts
from desktop.service.query import IDS, Query, statement
from desktop.store.audience import seen, there

FIRST = 3
"""References that are named of each kind."""
PARTS: tuple[type[Any], ...] = (Update, Extension, Point, AgendaItem, Attendance, Attachment)

_HEAD = {
    PARTNER: N_("Left out, as it is not shared with the partner: {what}."),
    PUBLIC: N_("Left out, as it is not public: {what}."),
}


@dataclass(frozen=True)
class Kept:
    """The records of a kind that stay with the post: how many, and the references of the first."""

    entity: type[Entity]
    count: int
    refs: tuple[str, ...]

    def words(self) -> str:
        """The kind, how many, which."""
        more = ("…",) if self.count > len(self.refs) else ()
        count = f"{format_number(self.count)} ({', '.join((*self.refs, *more))})"
        return captioned(_(self.entity.plural), count)


@dataclass(frozen=True)
class LeftOut:
    """What an audience does not get: whole records, and of those that it gets, texts, parts and names."""

    audience: str
    records: tuple[Kept, ...] = ()
    texts: int = 0
    parts: tuple[tuple[type[Record], int], ...] = ()
    people: int = 0
    organisations: int = 0

    def __bool__(self) -> bool:
        return bool(self.records or self.texts or self.parts or self.people or self.organisations)

    def words(self) -> list[str]:
        """What is left out, each kind by itself."""
        counted = [
            (_("Long texts"), self.texts),
            *((_(part.plural), count) for part, count in self.parts),
            (_("Names of people"), self.people),
            (_("Names of organisations"), self.organisations),
        ]
        return [
            *(kept.words() for kept in self.records),
            *(captioned(label, format_number(count)) for label, count in counted if count),
        ]

    def sentences(self) -> list[str]:
        """The same as a sentence; none where nothing is left out."""
        return [_(_HEAD[self.audience]).format(what="; ".join(self.words()))] if self else []


def left_out(workspace: Any, request: Request) -> LeftOut:
    """What an export leaves out for its audience; of a list (`request.only`), what concerns its records."""
    if request.audience == INTERNAL:
        return LeftOut(INTERNAL)
    if request.only is None:
        with closing(workspace.engine.reader(audience=request.audience)) as connection:
            return _Counting(connection, request.audience).whole()
    entity: Any = request.only.entity
    there_are, shown = (_ids(workspace, request.only, who) for who in (INTERNAL, request.audience))
    hidden = sorted(set(there_are) - set(shown))
    with closing(workspace.engine.reader(audience=request.audience)) as connection:
        counting = _Counting(connection, request.audience, {entity: shown})
        kept = (Kept(entity, len(hidden), counting.refs(entity, hidden)),) if hidden else ()
        return counting.whole(kept)


def left_out_of(workspace: Any, records: Iterable[Any], audience: str) -> LeftOut:
    """What a document about these records leaves out of them for an audience."""
    if audience == INTERNAL:
        return LeftOut(INTERNAL)
    among: dict[Any, list[int]] = {}
    for record in records:
        among.setdefault(type(record), []).append(record.id)
    with closing(workspace.engine.reader(audience=audience)) as connection:
        return _Counting(connection, audience, among).whole(())


def _ids(workspace: Any, query: Query, audience: str) -> list[int]:
    with Snapshot(workspace, workspace.today(), audience) as snapshot:
        kept, values = statement(query, IDS)
        return [row[0] for row in snapshot.sql(*kept.bind(values, workspace.today()))]


class _Counting:
    """An audience's figures, on a connection that has its views beside the tables in `main`.

    With `among`, those that concern these records alone: ids by entity.
    """

    def __init__(
        self, connection: Any, audience: str, among: Mapping[Any, Sequence[int]] | None = None
    ) -> None:
        self.connection, self.audience, self.among = connection, audience, among
        connection.execute("BEGIN")

    def whole(self, records: tuple[Kept, ...] | None = None) -> LeftOut:
        """All figures; `records` where those are known."""
        return LeftOut(
            self.audience,
            tuple(self._records()) if records is None else records,
            sum(map(self._texts, ENTITIES)),
            tuple((part, count) for part in PARTS if (count := self._parts(part))),
            self._names(Person),
            self._names(Organisation),
        )

    def _records(self) -> Iterator[Kept]:
        for entity in ENTITIES:
            hidden = f'FROM main."{entity.key()}" AS m WHERE NOT ({seen(entity, self.audience, "m")})'
            count = self._one(f"SELECT count(*) {hidden}")
            if count:
                refs = self._rows(f"SELECT m.ref {hidden} ORDER BY m.ref_key LIMIT {FIRST}")
                yield Kept(entity, count, tuple(ref for (ref,) in refs))

    def refs(self, entity: type[Entity], ids: Sequence[int]) -> tuple[str, ...]:
        """The references of the first of these."""
        sql = f'SELECT ref FROM main."{entity.key()}" AS m WHERE {_within("m.id", ids)} ORDER BY ref_key LIMIT {FIRST}'
        return tuple(ref for (ref,) in self._rows(sql))

    def _texts(self, entity: type[Entity]) -> int:
        """Long texts that say something, of records that are seen, and are not."""
        counted = [f"""sum(m."{kind.name}" <> '' AND t."{kind.name}" = '')""" for kind in texts(entity)]
        if not counted:
            return 0
        own = self._own(entity, "m.id")
        sql = f'FROM main."{entity.key()}" AS m JOIN "{entity.key()}" AS t ON t.id = m.id WHERE {own}'
        return self._one(f"SELECT coalesce({' + '.join(counted)}, 0) {sql}")

    def _parts(self, part: type[Record]) -> int:
        """Parts of records that are seen, and are not."""
        owner = _owner(part)
        column = f"m.{owner.column_name}"
        shown = there(owner.rel_model, self.audience, column)
        hidden = f'main."{part.key()}" AS m WHERE {shown} AND NOT ({seen(part, self.audience, "m")})'
        return self._one(f"SELECT count(*) FROM {hidden} AND {self._own(owner.rel_model, column)}")

    def _names(self, target: type[Entity]) -> int:
        """Directory entries that what is seen names, and that are not."""
        return self._one(f"SELECT count(DISTINCT n) FROM ({' UNION ALL '.join(self._named(target))})")

    def _named(self, target: type[Entity]) -> Iterator[str]:
        for table in (*ENTITIES, *PARTS):
            own = "m.id" if table in ENTITIES else f"m.{_owner(table).column_name}"
            among = self._own(table if table in ENTITIES else _owner(table).rel_model, own)
            for field in table._meta.sorted_fields:
                if getattr(field, "rel_model", None) is target:
                    column, name = f'"{field.column_name}"', f'"{table.key()}"'
                    yield (
                        f"SELECT m.{column} AS n FROM main.{name} AS m JOIN {name} AS t ON t.id = m.id"
                        f" WHERE m.{column} IS NOT NULL AND t.{column} IS NULL AND {among}"
                    )
        for members in SETS:
            field = members._meta.fields[members.element]
            if getattr(field, "rel_model", None) is target:
                column = f"m.{field.column_name}"
                yield (
                    f'SELECT {column} AS n FROM main."{members._meta.table_name}" AS m'
                    f" WHERE {there(Subject, self.audience, 'm.subject_id')}"
                    f" AND NOT {there(target, self.audience, column)} AND {self._own(Subject, 'm.subject_id')}"
                )

    def _own(self, table: Any, column: str) -> str:
        """SQL: it belongs to those that count."""
        if self.among is None:
            return "1"
        registered = (ids for entity, ids in self.among.items() if issubclass(entity, Registered))
        return _within(column, [*chain(*registered)] if table is Subject else self.among.get(table, ()))

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return found

    def _one(self, sql: str) -> int:
        return int(self._rows(sql)[0][0])


def _owner(part: type[Record]) -> Any:
    """The field of a part that says what it belongs to."""
    return next(part._meta.fields[name] for name in ("meeting", "subject") if name in part._meta.fields)


def _within(column: str, ids: Sequence[int]) -> str:
    return f"{column} IN (SELECT value FROM json_each({literal(json.dumps([*ids]))}))"
