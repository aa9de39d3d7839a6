"""What records were at one point of the journal and are at a later one, from what the journal says of the time between.

Values are in journal terms: references and sets by uid. Everything is read with the given `read`, by tables of
`main`: on the connection of an export, the plain names may be views of what an audience sees. Only a few hundred
records are looked at together, so that memory does not grow with the journal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby, islice
from typing import Any, TypeVar

from desktop.model import Record, journalled
from desktop.model.kinds import Choice, Kind
from desktop.model.relations import Many, Reference
from desktop.service.journal import WHOLE

Read = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
Values = dict[str, Any]
Each = TypeVar("Each")

BATCH = 400
"""Records that are looked at together."""
SHORT = 40
"""Characters of a value of which many records may have the same: a choice, a day, a uid."""
NOW = 2**62
"""Later than any operation."""

_TOUCHED = """SELECT uid, entity, min(id) FROM main."change" WHERE operation_id > ? AND operation_id <= ?
    GROUP BY uid ORDER BY 3"""
# By the index on uid: of a long history, a few records may be asked for.
_STEPS = (
    'SELECT uid, operation_id, field, "before", "after" FROM main."change" WHERE uid IN ({holes})'
    " AND +operation_id > ? AND +operation_id <= ? ORDER BY uid, id"
)
_KINDS = 'SELECT uid, min(entity) FROM main."change" WHERE uid IN ({holes}) GROUP BY uid'


@dataclass(slots=True)
class State:
    """A record at both points: all or some of its values, None where it was not there. Values that are missing from
    one side of it are empty where it is `whole`, and else as on the other side."""

    was: Values | None
    now: Values | None
    whole: bool = False
    touched: dict[str, int] = field(default_factory=dict)
    """By field (`*` for the whole), the last operation between the two that touched it."""
    meanwhile: tuple[str, ...] = ()
    """Its visibility when it was deleted, and what it is today if that is later than both points."""

    def differing(self, entity: type[Record]) -> list[str]:
        """The names of the fields that differ, in the order of declaration; none where it was made or deleted."""
        was, now = self.was, self.now
        if was is None or now is None:
            return []
        if not self.whole:
            names = {name for name in was if was[name] != now[name]}
        else:
            names = {
                name
                for name in was.keys() | now.keys()
                if value(entity, was, name) != value(entity, now, name)
            }
        if len(names) < 2:
            return list(names)
        place = _places(entity)
        return sorted(names, key=lambda name: (place.get(name, len(place)), name))

    def by(self, *names: str) -> int:
        """The last operation that touched one of these fields, or made or deleted the record."""
        return max((self.touched.get(name, 0) for name in (*names, WHOLE)), default=0)


@cache
def _places(entity: type[Record]) -> dict[str, int]:
    """The fields of an entity, each with its place among them."""
    return {f.name: place for place, f in enumerate(journalled(entity))}


def value(entity: type[Record], values: Values, name: str) -> Any:
    """A value of a whole record, which does not name what is empty."""
    if name in values:
        return values[name]
    kind = next((f for f in journalled(entity) if f.name == name), None)
    if kind is None:
        return None
    # A choice that has a default is never empty: the field is younger than what the journal says.
    empty = kind.default if isinstance(kind, Choice) and kind.default else kind.empty()
    return kind.to_json(empty)


class States:
    """Reads the states of records at two points of the journal: after the operation `since`, and after `until`."""

    def __init__(self, read: Read, since: int, until: int | None) -> None:
        self.read, self.since, self.until = read, since, NOW if until is None else until

    def touched(self) -> dict[str, list[str]]:
        """The uids of what was touched between the two points, by kind of record, what was touched first first."""
        found: dict[str, list[str]] = {}
        for uid, entity, _first in self.read(_TOUCHED, (self.since, self.until)):
            found.setdefault(entity, []).append(uid)
        return found

    def kinds(self, uids: Iterable[str]) -> dict[str, str]:
        """The kind of each of these records, deleted ones too."""
        found: dict[str, str] = {}
        for some in batches(uids, BATCH):
            found.update((uid, entity) for uid, entity in self.read(_KINDS.format(holes=_holes(some)), some))
        return found

    def of(
        self, entity: type[Record], uids: Iterable[str], names: Sequence[str] = ()
    ) -> Iterator[tuple[str, State]]:
        """The states of records with what differs and the values of `names` (all, if none are named), by uid."""
        wanted = names or [f.name for f in journalled(entity) if not isinstance(f, Many)]
        for some in batches(uids, BATCH):
            between = self._folded(some, self.since, self.until)
            later = self._folded(some, self.until, NOW) if self.until != NOW else {}
            current = _current(self.read, entity, some, wanted)
            for uid in some:
                state = _between(between.get(uid), later.get(uid), current.get(uid))
                if state is not None:
                    yield uid, state

    def _folded(self, uids: Sequence[str], since: int, until: int) -> dict[str, _Life]:
        rows = self.read(_STEPS.format(holes=_holes(uids)), (*uids, since, until))
        return {uid: _folded(steps) for uid, steps in groupby(rows, key=lambda row: row[0])}


@dataclass(slots=True)
class _Life:
    """What a stretch of the journal says of one record: its values before and after, None where it was not there.

    Where it was neither made nor deleted, only the fields that were touched have values.
    """

    was: Values | None
    now: Values | None
    whole: bool
    touched: dict[str, int]
    at_end: str = ""
    """Its visibility when it was deleted for good."""


def _folded(steps: Iterable[tuple[Any, ...]]) -> _Life:
    was: Values | None = None
    now: Values | None = None
    touched: dict[str, int] = {}
    at_end, whole, first_life = "", False, None
    for _uid, operation, name, before, after in steps:
        touched[name] = operation
        if first_life is None:
            first_life = not (name == WHOLE and before is None)
            was, now = ({}, {}) if first_life else (None, None)
        if name != WHOLE:
            assert now is not None
            if first_life and was is not None:
                was.setdefault(name, _loaded(before))
            now[name] = _loaded(after)
        elif after is None:
            gone = json.loads(before)
            if first_life and was is not None:
                was = gone | was
            at_end, now, whole, first_life = str(gone.get("visibility", "")), None, True, False
        else:
            now, whole, at_end = json.loads(after), True, ""
    return _Life(was, now, whole, touched, at_end)


def _loaded(text: str) -> Any:
    """A value of the journal; nobody changes what it gives."""
    return _short(text) if len(text) < SHORT else json.loads(text)


_short = lru_cache(10_000)(json.loads)


def _between(life: _Life | None, later: _Life | None, current: Values | None) -> State | None:
    """A record's states, from what happened between the two points and after both, and from what it is today."""
    if life is not None and life.was is None and life.now is None:
        return None
    meanwhile = [str(current.get("visibility", ""))] if current is not None else []
    if life is not None and life.at_end:
        meanwhile.append(life.at_end)
    if later is not None and later.at_end:
        meanwhile.append(later.at_end)
    if life is not None and life.whole:
        return State(life.was, life.now, True, life.touched, tuple(meanwhile))
    then = dict(current or {})
    if later is not None:
        if later.was is None:
            return None
        then = dict(later.was) if later.whole else then | later.was
    elif current is None:
        return None
    if life is None:
        return State(then, then, meanwhile=tuple(meanwhile))
    assert life.was is not None
    assert life.now is not None
    return State(then | life.was, then | life.now, False, life.touched, tuple(meanwhile))


def _current(
    read: Read, entity: type[Record], uids: Sequence[str], names: Sequence[str]
) -> dict[str, Values]:
    """The values of records today, in journal terms."""
    kinds = [f for f in journalled(entity) if f.name in names]
    columns = ", ".join(_column(f) for f in kinds)
    rows = read(f'SELECT t.uid, {columns} FROM main."{entity.key()}" t WHERE t.uid IN ({_holes(uids)})', uids)
    names = [f.name for f in kinds]
    found: dict[str, Values] = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    for f in kinds:
        if not isinstance(f, Reference) and type(f).to_json is not Kind.to_json:
            for values in found.values():
                values[f.name] = f.to_json(values[f.name])
    return found


def _column(kind: Any) -> str:
    if isinstance(kind, Reference):
        table = kind.target._meta.table_name
        return f'(SELECT r.uid FROM main."{table}" r WHERE r.id = t."{kind.column_name}")'
    return f't."{kind.column_name}"'


def batches(found: Iterable[Each], size: int) -> Iterator[list[Each]]:
    """All of it in order, so many at a time."""
    left = iter(found)
    while some := list(islice(left, size)):
        yield some


def _holes(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
