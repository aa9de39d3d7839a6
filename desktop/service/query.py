"""Reading: an entity, a text, conditions and an order make rows. Screen, command line and sheet read the same.

The SQL is built once by peewee for each shape of query and kept; rows are fetched as tuples, references and sets
resolved in the same select: the first element is the id, the others what the columns' kinds can show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import peewee as pw

from desktop.i18n import _, language
from desktop.model import Invalid, Record, field, fields
from desktop.model.computed import Computed, Day, sql
from desktop.model.dates import Date
from desktop.model.gathered import Gathered
from desktop.model.kinds import Choice, Kind
from desktop.model.relations import Many, Reference
from desktop.store import search

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Condition:
    """One filter. `operator` is `in` (any of the values; of a set: holds any), `not` (none of them), `from` and
    `to` (dates and numbers, inclusive), or `empty` (`values` is (True,) or (False,))."""

    field: str
    operator: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Order:
    """A column to sort by; empty values come last when ascending."""

    field: str
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """What to read. Without an order the newest come first."""

    entity: type[Record]
    columns: tuple[str, ...]
    text: str = ""
    where: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()
    group: str = ""
    """The field by which the rows are grouped: those that have the same in it stand together, before any order."""
    by_ref: bool = False
    """Whether references and sets are given as the references of their records instead of as they are shown."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each column."""
        return tuple(field(self.entity, name) for name in self.columns)


@dataclass(frozen=True)
class _Hole:
    """A parameter to be filled when the query runs."""

    index: int


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters; those that stand for the day are bound by `bind`."""

    sql: str
    parameters: tuple[Any, ...]

    def bind(self, values: tuple[Any, ...], today: str) -> tuple[str, list[Any]]:
        """The SQL and what to send with it: `values` fill the holes, `today` the days."""
        return self.sql, [
            values[p.index] if isinstance(p, _Hole) else _day(today, p.offset) if isinstance(p, Day) else p
            for p in self.parameters
        ]


@lru_cache(maxsize=512)
def _day(today: str, offset: int) -> str:
    return (dt.date.fromisoformat(today) + dt.timedelta(days=offset)).isoformat()


PAGE, IDS, GROUPED, COUNT, FILLED, ONE, TALLY = "page", "ids", "grouped", "count", "filled", "one", "tally"
"""What is asked of a query: rows from…to, all ids in order, these with what they are grouped by, their number,
rows of a filled table, one row, what its columns have and how often."""
BARE = (IDS, GROUPED)
"""What needs no columns."""


def _in_sql(entity: type[Record], condition: Condition) -> bool:
    """Whether the values of a condition stand in its SQL, instead of being sent with it."""
    if condition.operator == "empty":
        return True
    kind = field(entity, condition.field)
    return (
        isinstance(kind, Computed)
        and condition.operator in ("in", "not")
        and kind.cases.keys() >= set(condition.values)
    )


def _shape(query: Query, found: str) -> Query:
    """The query without its values: what its SQL depends on. `found` is what its text is searched as."""
    where = tuple(
        c if _in_sql(query.entity, c) else replace(c, values=(None,) * len(c.values)) for c in query.where
    )
    return replace(query, text="?" if found else "", where=where)


@lru_cache(maxsize=256)
def _statement(shape: Query, mode: str, filled: str, _language: str) -> Statement:
    entity = shape.entity
    table = entity.alias("t")
    holes = iter(_Hole(i) for i in range(10_000))
    columns = [expression(kind, table, shape.by_ref) for kind in shape.kinds] if mode not in BARE else []
    if mode == GROUPED:
        columns = [grouped(shape, table).alias("g")]
    select = table.select(table.id, *columns)
    if mode == ONE:
        return _compiled(select.where(table.id == _value(holes)))
    if mode == FILLED:
        select = _after(select, f"{filled} AS s", "id", entity)
        between = pw.SQL("s.rowid BETWEEN ? AND ?", [next(holes), next(holes)])
        return _compiled(select.where(between).order_by(pw.SQL("s.rowid")))
    newest_first = not shape.order and not shape.group
    if shape.text:
        found = search.table(entity)
        if newest_first:
            # FTS5 walks its hits from the newest: nothing is sorted, nothing is collected.
            select = _after(select, f"{found} AS s", "rowid", entity)
            select = select.where(pw.SQL("s.words MATCH ?", [next(holes)]))
        else:
            hits = f"t.id IN (SELECT rowid FROM {found} WHERE words MATCH ?)"
            select = select.where(pw.SQL(hits, [next(holes)]))
    walked = _walked(shape) if mode == PAGE else ""
    for condition in shape.where:
        passed = bool(walked) and _passed_over(entity, condition.field, walked)
        select = select.where(_where(entity, condition, table, holes, passed))
    if mode == COUNT:
        return _compiled(select.select(pw.SQL("1")), wrap="SELECT count(*) FROM ({})")
    if mode == TALLY:
        places = ", ".join(str(place) for place, _column in enumerate(columns, 1))
        return _compiled(select.select(*columns), wrap=f"SELECT *, count(*) FROM ({{}}) GROUP BY {places}")
    if newest_first:
        select = select.order_by(pw.SQL("s.rowid DESC") if shape.text else table.id.desc())
    else:
        select = select.order_by(*_orders(shape, table))
    statement = _compiled(select)
    if mode == PAGE:
        return Statement(
            statement.sql + " LIMIT ? OFFSET ?", (*statement.parameters, next(holes), next(holes))
        )
    return statement


def _after(select: Any, other: str, column: str, entity: type[Record]) -> Any:
    """Walk another table first and look each of its rows up in the entity's: its order is the result's."""
    own = f'"{entity._meta.table_name}" AS "t"'
    return select.from_(pw.SQL(f"{other} CROSS JOIN {own}")).where(pw.SQL(f"t.id = s.{column}"))


def _value(holes: Iterator[_Hole]) -> pw.Value:
    return pw.Value(next(holes), converter=False, unpack=False)


def _compiled(select: Any, wrap: str = "{}") -> Statement:
    text, parameters = select.sql()
    return Statement(wrap.format(text), tuple(parameters))


def expression(kind: Kind, table: Any, by_ref: bool = False) -> Any:
    """The SQL that gives what a kind shows."""
    if isinstance(kind, Computed):
        return sql(kind.expression)
    if isinstance(kind, Reference | Many):
        return kind.expression(table, by_ref)
    return getattr(table, kind.name)


def grouped(shape: Query, table: Any) -> Any:
    """The SQL of what a query is grouped by: what nobody entered is the empty text, whatever the column keeps."""
    return pw.fn.COALESCE(expression(field(shape.entity, shape.group), table), "")


def _walked(shape: Query) -> str:
    """The column whose own index gives the order of a page; '' where its rows must be sorted."""
    if shape.group:
        return ""
    if not shape.order:
        return "id"
    kind = field(shape.entity, shape.order[0].field)
    name = kind.sort or kind.name
    column = shape.entity._meta.fields.get(name)
    indexed = column is not None and (column.index or column.unique)
    return name if indexed and (kind.sort or kind.order(column) is column) and len(shape.order) == 1 else ""


def _passed_over(entity: type[Record], name: str, walked: str) -> bool:
    """Whether a page that is walked in order tests a column row by row, instead of asking the column's index.

    A value of a scale is shared by many: to collect and sort them all takes seconds where there are a million,
    and a few steps along the order's index fill the page. Not where one index has both columns.
    """
    both = (name, walked) in (tuple(columns) for columns, _unique in entity._meta.indexes)
    return isinstance(field(entity, name), Choice) and not both


def _where(
    entity: type[Record], condition: Condition, table: Any, holes: Iterator[_Hole], passed: bool = False
) -> Any:
    """The SQL of one condition; `passed` keeps SQLite from answering it by the column's index."""
    kind = field(entity, condition.field)
    in_sql = _in_sql(entity, condition)
    values = [] if in_sql else [_value(holes) for _v in condition.values]
    if isinstance(kind, Many | Gathered):
        return _where_set(kind, condition, table, values)
    if isinstance(kind, Computed) and in_sql and condition.operator != "empty":
        # In place of the value, what it means: that an index can answer.
        test = sql(" OR ".join(kind.cases[value] for value in condition.values) or "0")
        return test if condition.operator == "in" else pw.NodeList((test, pw.SQL("IS NOT TRUE")))
    column = sql(kind.expression) if isinstance(kind, Computed) else getattr(table, kind.name)
    if passed:
        column = pw.NodeList((pw.SQL("+"), column), glue="")
    if condition.operator == "empty":
        nothing = pw.fn.COALESCE(column, "") == ""
        return nothing if condition.values[0] else ~nothing
    if condition.operator == "from":
        return pw.Expression(column, ">=", values[0])
    if condition.operator == "to":
        # Of a date, the end may be a month or a year: "~" comes after all that begins with it.
        end = pw.NodeList((values[0], pw.SQL("|| '~'"))) if isinstance(kind, Date) else values[0]
        return pw.Expression(column, "<=", end)
    inside = pw.Expression(column, "IN", pw.EnclosedNodeList(values))
    return pw.NodeList((inside, pw.SQL("IS NOT TRUE"))) if condition.operator == "not" else inside


def _where_set(kind: Many | Gathered, condition: Condition, table: Any, values: list[Any]) -> Any:
    if condition.operator == "empty":
        some = pw.fn.EXISTS(kind.any(table))
        return ~some if condition.values[0] else some
    held = kind.holds(table, values)
    return ~held if condition.operator == "not" else held


def _orders(shape: Query, table: Any) -> Iterator[Any]:
    if shape.group:
        own = next((order for order in shape.order if order.field == shape.group), Order(shape.group))
        yield _ordered(shape, own, table)
        # What sorts alike need not be the same: each group stands in one place.
        yield grouped(shape, table).asc()
    for order in shape.order:
        yield _ordered(shape, order, table)
    down = shape.order[-1].descending if shape.order else True
    yield table.id.desc() if down else table.id.asc()


def _ordered(shape: Query, order: Order, table: Any) -> Any:
    kind = field(shape.entity, order.field)
    column = kind.sorting(table) if kind.sort else kind.order(expression(kind, table))
    # Empty values last, whichever way: SQLite walks an index for this in two passes, it does not sort.
    return (pw.Desc if order.descending else pw.Asc)(column, nulls="LAST")


def statement(query: Query, mode: str, *, filled: str = "") -> tuple[Statement, tuple[Any, ...]]:
    """The kept SQL of a query and the values for its holes (without those of its mode).

    A list asks for window after window of the same query: what was worked out last is kept.
    """
    return _worked_out(query, mode, filled, language())


@lru_cache(maxsize=64)
def _worked_out(query: Query, mode: str, filled: str, spoken: str) -> tuple[Statement, tuple[Any, ...]]:
    values: list[Any] = []
    found = _match(query)
    if mode not in (ONE, FILLED):
        values += [found] if found else []
        values += [v for c in query.where if not _in_sql(query.entity, c) for v in c.values]
    return _statement(_shape(query, found), mode, filled, spoken), tuple(values)


def _match(query: Query, read: Any = None) -> str:
    """What the text of a query is searched as; '' where that is nothing, and all is listed."""
    found = search.match(query.text, read)
    others = [search.match(name, read) for name in query.entity.called(query.text)] if found else []
    return " OR ".join(f"({each})" for each in (found, *others)) if others else found


def page(workspace: Workspace, query: Query, limit: int = 200, offset: int = 0) -> list[Row]:
    """Rows from `offset`, at most `limit`; id first, then the columns as selected."""
    kept, values = statement(query, PAGE)
    if search.match(query.text):
        # A page is waited for: with words completed FTS5 has its first hits sooner. They change, the rest is kept.
        values = (_match(query, workspace.engine.rows), *values[1:])
    return workspace.engine.rows(*kept.bind((*values, limit, offset), workspace.today()))


def each(workspace: Workspace, query: Query) -> Iterator[Row]:
    """All rows, one after the other; none is kept."""
    kept, values = statement(query, PAGE)
    return workspace.engine.each(*kept.bind((*values, -1, 0), workspace.today()))


def count(workspace: Workspace, query: Query) -> int:
    """How many rows a query has."""
    kept, values = statement(query, COUNT)
    return int(workspace.engine.rows(*kept.bind(values, workspace.today()))[0][0])


def tally(workspace: Workspace, query: Query) -> list[Row]:
    """The values that the columns have together, and last in each row how many records have these."""
    kept, values = statement(query, TALLY)
    return workspace.engine.rows(*kept.bind(values, workspace.today()))


def one(workspace: Workspace, query: Query, record_id: int) -> Row | None:
    """The row of one record, whatever the conditions."""
    kept, _values = statement(query, ONE)
    rows = workspace.engine.rows(*kept.bind((record_id,), workspace.today()))
    return rows[0] if rows else None


def shown(query: Query, row: Row) -> tuple[str, ...]:
    """How a row reads, column by column."""
    return tuple(kind.shown(raw) for kind, raw in zip(query.kinds, row[1:], strict=True))


def conditions(entity: type[Record], name: str, text: str) -> tuple[Condition, ...]:
    """What an officer types as `field=value`; raises `Invalid`.

    Several values stand between semicolons (any of them); `from..to` is a range, either end open; a month or a
    year stands for all its days; an empty text asks for the records where the field is empty.
    """
    try:
        kind = field(entity, name)
    except KeyError:
        known = ", ".join(f.name for f in fields(entity))
        raise Invalid(
            _("{kind} has no field “{field}”; it has: {known}.").format(
                kind=_(entity.singular), field=name, known=known
            ),
            name,
        ) from None
    text = text.encode("utf-8", "replace").decode()  # as a shell may hand over what is no text
    if not text.strip():
        return (Condition(name, "empty", (True,)),)
    if isinstance(kind, Many):
        return (Condition(name, "in", tuple(sorted(kind.parse(text), key=str))),)
    parse = kind.parse_span if isinstance(kind, Date) else kind.parse
    first, dots, last = text.partition("..")
    parts = [part for part in text.split(";") if part.strip()]
    if not dots and isinstance(kind, Date) and len(parts) == 1:
        first = last = text
    elif not dots:
        return (Condition(name, "in", tuple(kind.parse(part) for part in parts)),)
    ends = (("from", first), ("to", last))
    return tuple(Condition(name, operator, (parse(end),)) for operator, end in ends if end.strip())
