"""Kinds of field that point to other records: one (`Reference`) or a set of them (`Many`).

In memory a reference is the id of the record it points to, a set is a frozenset of ids (or of country codes);
in the journal, which must mean the same on another officer's machine, both are written by uid.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import peewee as pw

from desktop.i18n import _, join_list, quoted
from desktop.model.kind import Invalid, Kind
from desktop.model.kinds import SortKey, country_code

SEPARATOR = "\x1f"
"""Stands between the elements of a set where a query selects it as one text."""


class Reference(Kind, pw.ForeignKeyField):
    """A pointer to one record of another entity."""

    width = 20

    def __init__(self, label: str, to: Any, **described: Any) -> None:
        described.setdefault("null", True)
        super().__init__(label, model=to, on_delete="RESTRICT", backref="+", **described)

    @property
    def target(self) -> Any:
        """The entity it points to."""
        return self.rel_model

    def expression(self, table: Any, by_ref: bool = False) -> Any:
        """What a list shows of it, or its reference, as a subquery on the reference's target."""
        other = self.target.alias(f"r_{self.name}")
        shown = other.ref if by_ref else self.target.shown_as(other)
        return other.select(shown).where(other.id == getattr(table, self.name))

    def text(self, value: Any) -> str:
        """`value` is an id, or already the words that a query selected for it."""
        return str(self.target.words_of(value) if isinstance(value, int) else self.target.spoken(value or ""))

    def order(self, column: Any) -> Any:
        return pw.NodeList((column, pw.SQL("COLLATE NOCASE")))

    def parse(self, text: str) -> int | None:
        return int(self.target.find(text, self).id) if text.strip() else None

    def to_json(self, value: Any) -> Any:
        return None if value is None else self.target.uid_of(value)

    def from_json(self, value: Any) -> Any:
        return None if value is None else self.target.id_of(value)

    def check(self, value: Any) -> Any:
        return super().check(_id(value))


class Many(Kind):
    """A set of records or countries, kept in a link table and shown as `A; B`.

    `through` is the link table (subject, role, and the column named `of`), `role` what the elements are to the
    record: one table serves several sets.
    """

    is_column = False
    width = 24

    def __init__(self, label: str, through: Any, role: str, **described: Any) -> None:
        super().__init__(label, **described)
        self._order = next_place()
        self.through, self.role = through, role

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def of(self) -> Any:
        """The link table's column that holds the elements."""
        return self.through._meta.fields[self.through.element]

    @property
    def target(self) -> Any:
        """The entity of the elements, or None where they are countries."""
        return getattr(self.of, "rel_model", None)

    def empty(self) -> frozenset[Any]:
        return frozenset()

    def expression(self, table: Any, by_ref: bool = False) -> Any:
        """The whole set as one text, as a list shows it or by reference, between `SEPARATOR`s."""
        link = self.through.alias(f"m_{self.name}")
        element = getattr(link, self.through.element)
        rows = link.select().where((link.subject == table.id) & (link.role == self.role))
        if self.target is None:
            shown = element
        else:
            other = self.target.alias(f"n_{self.name}")
            shown = other.ref if by_ref else self.target.shown_as(other)
            rows = rows.join(other, on=(other.id == element))
        return rows.select(pw.fn.GROUP_CONCAT(shown, SEPARATOR))

    def any(self, table: Any) -> Any:
        """The select of all elements of a record's set."""
        link = self.through.alias(f"h_{self.name}")
        return link.select(pw.SQL("1")).where((link.subject == table.id) & (link.role == self.role))

    def holds(self, table: Any, values: list[Any]) -> Any:
        """The condition that at least one of these elements is in the set."""
        link = self.through.alias(f"h_{self.name}")
        inside = pw.Expression(getattr(link, self.through.element), "IN", pw.EnclosedNodeList(values))
        rows = link.select(link.subject).where((link.role == self.role) & inside)
        # By subquery, not EXISTS: the index on (element, role, subject) then finds the few that hold it.
        return pw.Expression(table.id, "IN", rows)

    def read(self, record_id: int) -> frozenset[Any]:
        """The set of one record."""
        rows = self.through._meta.database.execute_sql(_set_sql(self.through), (record_id, self.role))
        return frozenset(row[0] for row in rows.fetchall())

    def write(self, record_id: int, before: frozenset[Any], after: frozenset[Any]) -> None:
        """Make the stored set `after`, given that it is `before`."""
        run = self.through._meta.database.execute_sql
        delete, insert = _set_changes(self.through)
        for gone in before - after:
            run(delete, (record_id, self.role, gone))
        for new in after - before:
            run(insert, (record_id, self.role, new))

    def text(self, value: Any) -> str:
        return self._joined(self._words(element) for element in value or ())

    def shown(self, raw: Any) -> str:
        if not raw:
            return ""
        words = raw.split(SEPARATOR)
        return self._joined(map(self.target.spoken if self.target else self.of.text, words))

    @staticmethod
    def _joined(words: Iterable[str]) -> str:
        return "; ".join(sorted(words, key=SortKey.key))

    def parse(self, text: str) -> frozenset[Any]:
        parts = [part.strip() for part in text.replace("；", ";").split(";")]
        if self.target is None:
            return frozenset(self._country(part) for part in parts if part)
        return frozenset(self.target.find(part, self).id for part in parts if part)

    def _country(self, text: str) -> str:
        try:
            return country_code(text)
        except ValueError as error:
            raise self.invalid(str(error)) from None

    def _words(self, element: Any) -> str:
        return str(self.of.text(element) if self.target is None else self.target.words_of(element))

    def to_json(self, value: Any) -> Any:
        return sorted(value if self.target is None else (self.target.uid_of(element) for element in value))

    def from_json(self, value: Any) -> Any:
        return frozenset(value if self.target is None else (self.target.id_of(uid) for uid in value))

    def check(self, value: Any) -> frozenset[Any]:
        element = _id if self.target else self._country
        return frozenset(super().check(frozenset(element(each) for each in value or ())))


@cache
def _set_sql(through: Any) -> str:
    """The SQL that reads a set, kept as it is built once."""
    element = through._meta.fields[through.element]
    return str(through.select(element).where((through.subject == 0) & (through.role == "")).sql()[0])


@cache
def _set_changes(through: Any) -> tuple[str, str]:
    """The SQL that takes an element out of a set, and that which puts one in."""
    columns = [through._meta.fields[name].column_name for name in ("subject", "role", through.element)]
    where = " AND ".join(f'"{column}" = ?' for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    table = through._meta.table_name
    return f'DELETE FROM "{table}" WHERE {where}', f'INSERT INTO "{table}" ({named}) VALUES (?, ?, ?)'


def _id(value: Any) -> Any:
    """The id of a record, or what was given instead of one."""
    return value.id if isinstance(value, pw.Model) else value  # type: ignore[attr-defined]


def next_place() -> int:
    """Where a field that is no column stands among the others: fields keep the order they are declared in."""
    counter: Any = pw.Field
    counter._field_counter += 1
    return int(counter._field_counter)


def missing(entity: Any, text: str) -> Invalid:
    """The error of a reference that leads nowhere."""
    return Invalid(
        _("There is no {kind} “{text}”; use its reference or its exact name.").format(
            kind=_(entity.singular).lower(), text=quoted(text)
        )
    )


def ambiguous(entity: Any, text: str, refs: list[str]) -> Invalid:
    """The error of a reference that leads to several records."""
    return Invalid(
        _("“{text}” could be {refs}; use the reference.").format(text=quoted(text), refs=join_list(refs))
    )
