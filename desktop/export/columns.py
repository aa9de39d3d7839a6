"""What a sheet of rows is declared with: columns, conditions, order. `sheets` declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from desktop.i18n import _
from desktop.model import Record, field, fields
from desktop.model.computed import Computed
from desktop.model.kinds import Kind
from desktop.service.query import Condition, Order, Query

Part = str | Computed


@dataclass(frozen=True)
class Column:
    """A column: one field of the entity, or several parts (fields or SQL of its own) that `join` makes one of.

    Without a label and a width it has those of its first part. `join` takes the cells of the parts and gives the
    cell of the column. `name` is its key where that is not the names of its parts; `day` stands in its label where
    that has a place for one; a hidden one is for the program alone.
    """

    parts: tuple[Part, ...]
    label: str = ""
    width: float = 0
    join: Callable[..., Any] | None = None
    name: str = ""
    day: str = ""
    hidden: bool = False

    @property
    def key(self) -> str:
        """By which layouts and workbooks that come back name it: in any language the same, one in its sheet."""
        return self.name or "+".join(part if isinstance(part, str) else part.name for part in self.parts)

    def kinds(self, entity: type[Record]) -> tuple[Kind, ...]:
        """The kind of each part."""
        return tuple(part if isinstance(part, Computed) else field(entity, part) for part in self.parts)

    def title(self, entity: type[Record]) -> str:
        """The heading, in the language spoken."""
        title = _(self.label) if self.label else self.kinds(entity)[0].title
        return title.replace("{day}", self.day) if self.day else title


def column(
    *parts: Part, label: str = "", width: float = 0, join: Callable[..., Any] | None = None, name: str = ""
) -> Column:
    """A `Column`, written short."""
    return Column(parts, label, width, join, name)


UID = Column(("uid",), name="uid", hidden=True)
"""What tells a record when its workbook comes back, however its rows were sorted and its words changed."""


@dataclass(frozen=True)
class Extended(Query):
    """A query with columns that the entity does not have."""

    extra: tuple[Computed, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        own = {kind.name: kind for kind in self.extra}
        return tuple(own.get(name) or field(self.entity, name) for name in self.columns)


@dataclass(frozen=True)
class Sheet:
    """A sheet of rows. `title` is the column after which the panes freeze, `since` and `until` name the field that
    must lie in the period, `empty` is what stands there instead of no rows."""

    key: str
    """Names its table, in any language the same."""
    name: str
    entity: type[Record]
    first: tuple[Column, ...]
    leave_out: frozenset[str] = frozenset()
    where: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()
    text: str = ""
    """What is searched for."""
    group: str = ""
    """The field by which the rows stand together, before any order."""
    title: str = "title"
    since: str = ""
    until: str = ""
    empty: str = ""
    levels: str = ""
    """The field by which headings stand out and asks are set in."""
    more: bool = True
    """Whether the other exported fields of the entity follow."""
    about: str = ""
    """What the cover says of it."""
    day: str = ""
    """Stands in its name and in what is said of it, where these have a place for a day."""
    tracked: bool = True
    """Whether its rows are records that can be told when the workbook comes back."""

    def named(self) -> str:
        """Its name, in the language spoken."""
        return _(self.name).replace("{day}", self.day)

    def said(self) -> str:
        """What the cover says of it, in the language spoken."""
        return _(self.about).replace("{day}", self.day)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns: those named, then what else the entity exports."""
        if not self.more:
            return self.first
        named = {part for column in self.first for part in column.parts if isinstance(part, str)}
        rest = (f for f in fields(self.entity) if f.exported and f.name not in named | self.leave_out)
        return (*self.first, *(Column((f.name,)) for f in rest))

    @cached_property
    def frozen(self) -> int:
        """How many columns stay in place: all up to the title."""
        names = [column.kinds(self.entity)[0].name for column in self.columns]
        return names.index(self.title) + 1 if self.title in names else 1

    def query(self, since: str = "", until: str = "", uids: Iterable[str] | None = None) -> Extended:
        """What is read for it, within a period; `uids` are those of its records that are taken, all if None."""
        where = list(self.where)
        if uids is not None:
            where.append(Condition("uid", "in", tuple(uids)))
        if self.since and since:
            where.append(Condition(self.since, "from", (since,)))
        if self.until and until:
            where.append(Condition(self.until, "to", (until,)))
        parts = [part for column in self.columns for part in column.parts]
        if self.levels:
            parts.append(self.levels)
        if self.tracked:
            parts += ["uid", "version"]
        extra = tuple(part for part in parts if isinstance(part, Computed))
        names = tuple(part.name if isinstance(part, Computed) else part for part in parts)
        return Extended(self.entity, names, self.text, tuple(where), self.order, self.group, extra=extra)

    def of(self, query: Query) -> Sheet:
        """A sheet of the same entity that shows a list as it stands on screen: its columns, filter and order."""
        columns = tuple(Column((name,)) for name in query.columns)
        return replace(
            self,
            first=columns,
            where=query.where,
            order=query.order,
            group=query.group,
            text=query.text,
            more=False,
            since="",
            until="",
        )
