"""The chain of the journal: every operation against its hash, its predecessor and its place.

SHA-256 tells that a text was altered, and also which text was there: where one bit is wrong, the one alteration that
makes the hash fit again is the text as it was written. So most damage of the journal is not only found but known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop.i18n import _
from desktop.service.checking.flaw import Flaw, Kind
from desktop.service.checking.wording import described, moment
from desktop.service.journal import HEAD, canonical
from desktop.store.proofs import Reading

TRIED = 22_000
"""Bytes of an operation up to which every single bit is tried: a few seconds at most."""

STEP = ("entity", "uid", "field", "before", "after")


class Change(NamedTuple):
    """A row of the journal's changes."""

    id: int
    operation: int
    entity: str
    uid: str
    field: str
    before: str | None
    after: str | None


@dataclass
class Chain:
    """What was learnt of the journal."""

    at: dict[int, str] = field(default_factory=dict)
    """When each operation was, by its number."""
    corrected: dict[int, Change] = field(default_factory=dict)
    """Changes as they were written, by number, where they are damaged and known."""
    doubtful: set[int] = field(default_factory=set)
    """Numbers of the operations whose content is damaged and not known."""
    head: str = ""
    clock: int = 0


def examine(reading: Reading, chain: Chain, witnessed: str, tick: Callable[[], None]) -> Iterator[Flaw]:
    """Every operation in order; fills `chain`. `witnessed` is the head that the witness tells, '' without one."""
    sequences: dict[str, int] = {}
    changes = _Changes(reading)
    last: dict[str, Any] | None = None
    for row in reading.each("operation", (*HEAD, "hash")):
        tick()
        head = {"id": row[0], **dict(zip((*HEAD, "hash"), row[1:], strict=True))}
        if last is not None:
            yield from _judged(reading, chain, last, head["previous"])
            sequences[last["device"]] = last["sequence"]
        yield from changes.strays(head["id"])
        head["place"] = {
            "previous": last["hash"] if last else "",
            "clock": (last["clock"] if last else 0) + 1,
            "sequence": sequences.get(head["device"], 0) + 1,
        }
        head["computed"] = _digest(head, changes.of(head["id"]))
        chain.at[head["id"]] = head["at"]
        last = head
    if last is not None:
        yield from _judged(reading, chain, last, witnessed)
        chain.head, chain.clock = last["hash"], last["clock"]
    yield from changes.strays(None)


class _Changes:
    """The changes in the order in which they were written, handed out by operation."""

    def __init__(self, reading: Reading) -> None:
        rows = reading.each("change", ("operation_id", *STEP))
        self._rows = (Change(*row) for row in rows)
        self._next = next(self._rows, None)

    def of(self, operation: int) -> Iterator[Change]:
        """Those of an operation."""
        while self._next is not None and self._next.operation == operation:
            yield self._next
            self._next = next(self._rows, None)

    def strays(self, operation: int | None) -> Iterator[Flaw]:
        """A flaw for each change before those of an operation: they belong to none."""
        while self._next is not None and (operation is None or self._next.operation != operation):
            if operation is not None and self._next.operation > operation:
                return
            sentence = _("A change in the journal belongs to no operation.")
            yield Flaw(Kind.JOURNAL, "change", sentence, row=self._next.id)
            self._next = next(self._rows, None)


def _encoded(value: Any) -> bytes:
    return canonical(value).encode("utf-8", "surrogateescape")


def _digest(head: dict[str, Any], steps: Iterator[Change]) -> str:
    """As `journal.digest`, without ever holding all steps."""
    hashed = hashlib.sha256(b"[" + _encoded([head[name] for name in HEAD]) + b",[")
    for place, step in enumerate(steps):
        hashed.update((b"," if place else b"") + _encoded(list(step[2:])))
    hashed.update(b"]]")
    return hashed.hexdigest()


def _judged(reading: Reading, chain: Chain, head: dict[str, Any], told: str) -> Iterator[Flaw]:
    """What is wrong with an operation, put right in `head` where it is known; `told` is what comes after it says of
    its hash."""
    number, computed = head["id"], head["computed"]
    in_place = all(head[name] == value for name, value in head["place"].items())
    if computed == head["hash"]:
        if not in_place:
            # Its content is as it was written: it is the order of operations that was touched.
            yield _flaw(head, "operation", "", None, None, mendable=False)
        return
    if in_place and (computed == told or (not told and _one_letter(computed, head["hash"]))):
        yield _flaw(head, "operation", "hash", head["hash"], computed, row=number)
        head["hash"] = computed
        return
    parts = [*_head_parts(head), *_step_parts(reading, number)]
    found = _place(head, parts) or _bit(parts, head["hash"])
    if found is None:
        chain.doubtful.add(number)
        yield _flaw(head, "operation", "", None, None, mendable=False)
        return
    part, good = found
    if part.change is not None:
        chain.corrected[part.change.id] = part.change._replace(**{part.column: good})  # type: ignore[arg-type]
    else:
        head[part.column] = good
        chain.at[number] = head["at"]
    yield _flaw(head, part.table, part.column, part.value, good, row=part.row, change=part.change)


def _flaw(
    head: dict[str, Any],
    table: str,
    column: str,
    now: Any,
    good: Any,
    *,
    row: int = 0,
    change: Change | None = None,
    mendable: bool = True,
) -> Flaw:
    words = {"operation": described(head["label"]), "at": moment(head["at"])}
    if mendable:
        sentence = _("The journal is damaged in “{operation}” of {at}; what was written there is known.")
    else:
        sentence = _("The journal is damaged in “{operation}” of {at}.")
    return Flaw(
        Kind.JOURNAL,
        table,
        sentence.format(**words),
        entity=change.entity if change else "",
        uid=change.uid if change else "",
        field=column,
        now=now,
        good=good,
        mendable=mendable,
        row=row,
        operation=head["uid"],
    )


def _one_letter(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


class _Part(NamedTuple):
    """One value of an operation, and what stands around it in what is hashed."""

    table: str
    row: int
    column: str
    value: Any
    change: Change | None
    lead: bytes


def _head_parts(head: dict[str, Any]) -> Iterator[_Part]:
    for place, name in enumerate(HEAD):
        yield _Part("operation", head["id"], name, head[name], None, b"[[" if place == 0 else b",")


def _step_parts(reading: Reading, number: int) -> Iterator[_Part]:
    names = ", ".join(f'"{name}"' for name in STEP)
    sql = f'SELECT id, operation_id, {names} FROM "change" NOT INDEXED WHERE operation_id = ? ORDER BY id'
    size = 0
    lead = b"],[["
    for row in reading.ask(sql, (number,)):
        change = Change(*row)
        for name in STEP:
            value = getattr(change, name)
            size += len(value or "")
            yield _Part("change", change.id, name, value, change, lead)
            lead = b","
        lead = b"],["
        if size > TRIED:
            return  # too much to try


def _pieces(parts: list[_Part]) -> list[bytes]:
    """What is hashed, part by part; an operation always has steps."""
    return [*(part.lead + _encoded(part.value) for part in parts), b"]]]"]


def _place(head: dict[str, Any], parts: list[_Part]) -> tuple[_Part, Any] | None:
    """The value of its place that is wrong, if the hash fits with the right one."""
    pieces = _pieces(parts)
    for name, value in head["place"].items():
        at = HEAD.index(name)
        tried = [*pieces]
        tried[at] = parts[at].lead + _encoded(value)
        if hashlib.sha256(b"".join(tried)).hexdigest() == head["hash"]:
            return parts[at], value
    return None


def _bit(parts: list[_Part], wanted: str) -> tuple[_Part, str] | None:
    """The one text in which another bit makes the hash fit, as it was; None where there is none, or too much to try."""
    pieces = _pieces(parts)
    whole = b"".join(pieces)
    if len(whole) > TRIED:
        return None
    done, begin = 0, hashlib.sha256()
    for part, piece in zip(parts, pieces[:-1], strict=True):
        rest = whole[done + len(piece) :]
        for good in _flipped(part.value):
            hashed = begin.copy()
            hashed.update(part.lead + _encoded(good) + rest)
            if hashed.hexdigest() == wanted:
                return part, good
        begin.update(piece)
        done += len(piece)
    return None


def _flipped(text: Any) -> Iterator[str]:
    """A text with each of its bits turned, where that is a text."""
    if not isinstance(text, str):
        return
    content = bytearray(text.encode("utf-8", "surrogateescape"))
    for place in range(len(content)):
        for bit in range(8):
            content[place] ^= 1 << bit
            with suppress(UnicodeDecodeError):
                yield content.decode()
            content[place] ^= 1 << bit
