"""Every row of what the journal keeps, against the journal: its values, its sets, when it was made and changed.

The changes of a record are folded in the order in which they were written; a few hundred records at a time, so that
memory does not grow with the file but for a few numbers and names a record.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from desktop.i18n import _
from desktop.model import RECORDS, SETS, Record, Subject, journalled
from desktop.model.base import Registered
from desktop.model.base import sets as sets_of
from desktop.model.kind import Kind as FieldKind
from desktop.model.relations import Many, Reference
from desktop.service.checking.chain import STEP, Chain, Change
from desktop.service.checking.flaw import Flaw, Kind
from desktop.service.checking.wording import described, field_name, kind_name
from desktop.service.journal import WHOLE
from desktop.store.proofs import BROKEN, Reading

TOGETHER = 400
"""Changes that are read at once."""
_NOTHING: tuple[Any, ...] = (None, "", 0, False, [])


@dataclass
class Register:
    """Which records there are: by the journal, and in the tables."""

    alive: dict[str, str] = field(default_factory=dict)
    """The kind of each record that the journal says is there, by uid."""
    known: set[str] = field(default_factory=set)
    """The uids of all records that ever were."""
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    """The number of each row by uid, by table; one whose uid is damaged stands under the good one."""
    uids: dict[str, dict[int, str]] = field(default_factory=dict)
    """The uid of each row by number, by table, put right likewise."""
    refs: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Kind and reference: the uids of those that ever had it."""
    moved: dict[tuple[str, str], str] = field(default_factory=dict)
    """Kind and reference that was changed since: whose it was last."""
    flaws: list[Flaw] = field(default_factory=list)
    """What is missing, too much, or has a damaged uid."""


def fill(found: Register, reading: Reading, chain: Chain, tick: Callable[[], None]) -> None:
    """Find out which records there are, and which there should be."""
    for row in reading.each("change", ("operation_id", *STEP[:3], "after")):
        tick()
        number, _operation, entity, uid, name, after = row
        good = chain.corrected.get(number)
        if good is not None:
            entity, uid, name, after = good.entity, good.uid, good.field, good.after
        if name == WHOLE:
            found.known.add(uid)
            if after is None:
                found.alive.pop(uid, None)
            else:
                found.alive[uid] = entity
    for entity in RECORDS:
        found.flaws += _paired(reading, chain, found, entity)
    found.uids[Subject._meta.table_name] = {
        number: uid for kind in _registered() for number, uid in found.uids[kind].items()
    }


def _registered() -> list[str]:
    return [key for key, entity in RECORDS.items() if issubclass(entity, Registered)]


def _paired(reading: Reading, chain: Chain, found: Register, entity: str) -> Iterator[Flaw]:
    """What is missing in a table, what is too much, and whose uid alone is damaged."""
    rows = {uid: number for number, uid in reading.each(entity, ("uid",))}
    found.rows[entity] = rows
    missing = [uid for uid, kind in found.alive.items() if kind == entity and uid not in rows]
    surplus = [uid for uid in rows if found.alive.get(uid) != entity]
    lost = {number for table, number in reading.lost if table == entity}
    for uid in [*missing]:
        for other in surplus:
            if near(uid, other):
                number = rows[uid] = rows.pop(other)
                surplus.remove(other)
                missing.remove(uid)
                sentence = _("{kind}: the identity of a record is damaged.").format(kind=kind_name(entity))
                yield Flaw(Kind.VALUE, entity, sentence, entity, uid, "uid", other, uid, True, number)
                break
    found.uids[entity] = {number: uid for uid, number in rows.items()}
    for uid in missing:
        if not lost:
            sentence = _("{kind}: a record of the journal is not in the file any more.")
            yield Flaw(Kind.MISSING, entity, sentence.format(kind=kind_name(entity)), entity, uid)
    for uid in surplus:
        if not chain.doubtful:
            sentence = _("{kind}: a record of the file is not in the journal.")
            yield Flaw(
                Kind.SURPLUS, entity, sentence.format(kind=kind_name(entity)), entity, uid, row=rows[uid]
            )


def near(one: str, other: str) -> bool:
    """Whether two texts differ in a single byte."""
    mine, its = (text.encode("utf-8", "surrogateescape") for text in (one, other))
    return len(mine) == len(its) and sum(a != b for a, b in zip(mine, its, strict=True)) == 1


# ---- folding


@dataclass
class _Folded:
    """What the journal says of a record."""

    entity: str
    values: dict[str, Any] = field(default_factory=dict)
    born: int = 0
    """The operation that made it first."""
    last: int = 0
    there: bool = False
    doubted: bool = False
    """Whether the operation that made it last is damaged."""
    doubtful: dict[str, bool] = field(default_factory=dict)
    """Of each field that was changed since, whether the last operation that did is damaged."""

    def known(self, name: str) -> bool:
        """Whether what the journal says of a field can be relied on."""
        return not self.doubtful.get(name, self.doubted)


def _folded(changes: Iterable[Change], chain: Chain) -> _Folded:
    found = _Folded("")
    for change in changes:
        found.entity, found.last = change.entity, change.operation
        doubtful = change.operation in chain.doubtful
        try:
            value = json.loads(change.after) if change.after is not None else None
        except ValueError:
            value, doubtful = None, True
        if change.field == WHOLE:
            found.values = dict(value) if isinstance(value, dict) else {}
            found.there = change.after is not None
            found.born = found.born or change.operation
            found.doubted, found.doubtful = doubtful, {}
            continue
        found.values[change.field] = value
        found.doubtful[change.field] = doubtful
    return found


def _by_record(reading: Reading, chain: Chain) -> Iterator[list[tuple[str, list[Change]]]]:
    """The changes by record, each record's in order, some records at a time.

    The order is not that of the index on the uid: a damaged one would hide changes.
    """
    corrected = chain.corrected
    moved = defaultdict(list)
    for change in corrected.values():
        moved[change.uid].append(change)
    order = _order(reading)
    under_way: dict[str, list[Change]] = {}
    for begin in range(0, len(order), TOGETHER):
        numbers = order[begin : begin + TOGETHER]
        rows = reading.some("change", ("operation_id", *STEP), numbers)
        for number in numbers:
            if number not in rows:
                continue
            change = corrected.get(number) or Change(number, *rows[number])
            if number not in corrected:
                under_way.setdefault(change.uid, []).append(change)
        if not under_way:
            continue
        *done, last = under_way
        yield [(uid, _in_order(under_way[uid], moved.pop(uid, []))) for uid in done]
        under_way = {last: under_way[last]}
    yield [(uid, _in_order(changes, moved.pop(uid, []))) for uid, changes in under_way.items()]
    yield [(uid, _in_order(changes, [])) for uid, changes in moved.items()]


def _in_order(changes: list[Change], more: list[Change]) -> list[Change]:
    return sorted([*changes, *more], key=lambda change: change.id) if more else changes


def _order(reading: Reading) -> array[int]:
    """The numbers of all changes, by record and then as they were written."""
    try:
        return array(
            "q", (row[0] for row in reading.ask('SELECT id FROM "change" NOT INDEXED ORDER BY uid, id'))
        )
    except BROKEN:
        rows = sorted((uid, number) for number, uid in reading.each("change", ("uid",)))
        return array("q", (number for _uid, number in rows))


# ---- comparing


def values(reading: Reading, chain: Chain, found: Register, step: Callable[[int], None]) -> Iterator[Flaw]:
    """Each record that is there against what the journal says of it; `step` is told how many changes were read."""
    members = _members(reading)
    for records in _by_record(reading, chain):
        step(sum(len(changes) for _uid, changes in records))
        by_kind = defaultdict(list)
        for uid, changes in records:
            _note_refs(found, uid, changes)
            folded = _folded(changes, chain)
            if folded.there and uid in found.rows.get(folded.entity, {}):
                by_kind[folded.entity].append((uid, folded))
        for entity, some in by_kind.items():
            yield from _Comparison(RECORDS[entity], reading, chain, found, members).flaws(some)


def _note_refs(found: Register, uid: str, changes: list[Change]) -> None:
    for change in changes:
        for text, was in ((change.before, True), (change.after, False)):
            if change.field not in (WHOLE, "ref") or text is None:
                continue
            try:
                value = json.loads(text)
            except ValueError:
                continue
            ref = value.get("ref") if isinstance(value, dict) else value
            if ref:
                found.refs[change.entity, str(ref)].add(uid)
                if was and change.field == "ref" and change.before != change.after:
                    found.moved[change.entity, str(ref)] = uid


Members = dict[int, list[tuple[str, str, Any, int]]]
"""Of each subject: link table, role, element, and the number of the row."""


def _members(reading: Reading) -> Members:
    """The sets of each subject."""
    found: Members = defaultdict(list)
    for table in SETS:
        column = table._meta.fields[table.element].column_name
        for number, subject, role, element in reading.each(
            table._meta.table_name, ("subject_id", "role", column)
        ):
            found[subject].append((table._meta.table_name, role, element, number))
    return found


class _Comparison:
    """The rows of one kind against the journal."""

    def __init__(
        self, entity: type[Record], reading: Reading, chain: Chain, found: Register, members: Members
    ) -> None:
        self.entity, self.reading, self.chain = entity, reading, chain
        self.found, self.members = found, members
        self.fields = [f for f in journalled(entity) if not isinstance(f, Many)]
        self.columns = [f.column_name for f in self.fields]  # type: ignore[attr-defined]

    def flaws(self, some: list[tuple[str, _Folded]]) -> Iterator[Flaw]:
        numbers = [self.found.rows[self.entity.key()][uid] for uid, _folded in some]
        columns = (*self.columns, "created_at", "updated_at")
        rows = self.reading.some(self.entity.key(), columns, numbers)
        for (uid, folded), number in zip(some, numbers, strict=True):
            if number in rows:
                yield from self._of_row(uid, number, rows[number], folded)

    def _of_row(self, uid: str, number: int, row: tuple[Any, ...], folded: _Folded) -> Iterator[Flaw]:
        for f, raw in zip(self.fields, row, strict=False):
            now = self._journal_value(f, raw)
            good = folded.values.get(f.name)
            if now != good and not _both_nothing(f, now, good, f.name in folded.values):
                yield self._flaw(uid, number, f.name, now, good, folded)
        for f in sets_of(self.entity):
            here = [e for table, role, e, _row in self.members.get(number, ()) if (table, role) == _place(f)]
            elements = sorted(here if f.target is None else [self._uid(f.target, e) for e in here])
            good = folded.values.get(f.name) or []
            if elements != good:
                yield self._flaw(uid, number, f.name, elements, good, folded)
        declared = {_place(f) for f in sets_of(self.entity)}
        for table, role, _element, place in self.members.get(number, ()) if declared else ():
            if (table, role) not in declared:
                sentence = _("{kind}: an element stands in a set that there is not.")
                sentence = sentence.format(kind=kind_name(self.entity.key()))
                yield Flaw(
                    Kind.STRAY, table, sentence, self.entity.key(), uid, "role", role, None, True, place
                )
        # Of an operation whose time is itself in doubt nothing follows.
        for name, now, operation in zip(
            ("created_at", "updated_at"), row[-2:], (folded.born, folded.last), strict=True
        ):
            if now != self.chain.at.get(operation) and operation not in self.chain.doubtful:
                yield self._flaw(uid, number, name, now, self.chain.at.get(operation), folded)

    def _journal_value(self, f: FieldKind, raw: Any) -> Any:
        return self._uid(f.target, raw) if isinstance(f, Reference) and raw is not None else raw

    def _uid(self, target: Any, number: int) -> str:
        return self.found.uids.get(target._meta.table_name, {}).get(number, f"#{number}")

    def _flaw(self, uid: str, number: int, name: str, now: Any, good: Any, folded: _Folded) -> Flaw:
        key = self.entity.key()
        known = folded.known(name) and not any(table == "change" for table, _number in self.reading.lost)
        label = {"kind": kind_name(key), "ref": described(folded.values.get("ref", "")) or "–"}
        label["field"] = field_name(key, name)
        if known:
            sentence = _("{kind} {ref}, {field}: this is not what was saved; the last good value is known.")
        else:
            sentence = _("{kind} {ref}, {field}: this is not what was saved, and the journal is damaged too.")
        return Flaw(
            Kind.VALUE,
            key,
            sentence.format(**label),
            key,
            uid,
            name,
            now,
            good if known else None,
            known,
            number,
        )


def _place(f: Any) -> tuple[str, str]:
    return f.through._meta.table_name, f.role


def _both_nothing(f: Any, now: Any, good: Any, told: bool) -> bool:
    """Whether both are nothing; a field that the journal never heard of may also have what it has by default."""
    if not told and now == getattr(f, "default", None):
        return True
    return now in _NOTHING and good in _NOTHING
