"""What stands around the records: the register, former references, counters, reminders, the bytes of files.

Each is proved by what it follows from: the register and former references by the journal, counters by the references
that were given, bytes by the SHA-256 under which they lie, a reminder that was put off by its own checksum.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

from desktop.i18n import _
from desktop.model import ENTITIES, RECORDS, Alias, Blob, Counter, Entity, Snooze, Subject
from desktop.model.base import Registered
from desktop.model.kinds import SortKey
from desktop.service.checking.flaw import Flaw, Kind
from desktop.service.checking.rows import Register, near
from desktop.service.checking.wording import kind_name
from desktop.store.proofs import Reading


def subjects(reading: Reading, found: Register) -> Iterator[Flaw]:
    """The register of what can be linked, against the tables of its kinds."""
    expected = {
        number: (uid, key)
        for key, entity in RECORDS.items()
        if issubclass(entity, Registered)
        for number, uid in found.uids[key].items()
    }
    table = Subject._meta.table_name
    for number, uid, kind in reading.each(table, ("uid", "kind")):
        good = expected.pop(number, None)
        sentence = _("The register of records is damaged at one of them.")
        if good is None:
            yield Flaw(Kind.REGISTER, table, sentence, kind, uid, row=number)
            continue
        for name, now, right in zip(("uid", "kind"), (uid, kind), good, strict=True):
            if now != right:
                yield Flaw(Kind.REGISTER, table, sentence, good[1], good[0], name, now, right, True, number)
    for number, (uid, kind) in expected.items():
        sentence = _("{kind}: a record is missing in the register.").format(kind=kind_name(kind))
        yield Flaw(Kind.REGISTER, table, sentence, kind, uid, row=number)


def aliases(reading: Reading, found: Register) -> Iterator[Flaw]:
    """Former references, against those that records had."""
    table = Alias._meta.table_name
    had: dict[tuple[str, str], set[str]] = {}
    for (kind, ref), uids in found.refs.items():
        had.setdefault((kind, SortKey.key(ref)), set()).update(uids)
    wanted = {(kind, SortKey.key(ref)): uid for (kind, ref), uid in found.moved.items()}
    odd = []
    for number, old, kind, uid in reading.each(table, ("old", "entity", "uid")):
        holders = had.get((kind, old), set())
        merged = uid in found.known and any(each not in found.alive for each in holders)
        # A record that was merged into another may have been brought back since.
        again = uid in found.known and kind in ("organisation", "person") and bool(holders)
        if wanted.get((kind, old)) == uid:
            wanted.pop((kind, old))
        elif not (uid in holders or merged or again):
            odd.append((number, old, kind, uid))
        elif (kind, old) in wanted and (merged or again):
            wanted.pop((kind, old))  # merged since
    for number, old, kind, uid in odd:
        good = _meant((old, kind, uid), wanted, had, found)
        sentence = _("A former reference of a record is damaged.")
        if good is None:
            yield Flaw(Kind.ALIAS, table, sentence, kind, uid, row=number)
            continue
        wanted.pop((good[1], good[0]), None)
        for name, now, right in zip(("old", "entity", "uid"), (old, kind, uid), good, strict=True):
            if now != right:
                yield Flaw(Kind.ALIAS, table, sentence, good[1], good[2], name, now, right, True, number)
    for (kind, _old), uid in wanted.items():
        sentence = _("{kind}: a former reference leads nowhere any more.").format(kind=kind_name(kind))
        yield Flaw(Kind.ALIAS, table, sentence, kind, uid)


def _meant(
    row: tuple[str, str, str],
    wanted: dict[tuple[str, str], str],
    had: dict[tuple[str, str], set[str]],
    found: Register,
) -> tuple[str, str, str] | None:
    """What a damaged row said: the one that differs from it in a single byte."""
    known = [(old, kind, uid) for (kind, old), uid in wanted.items()]
    known += [(row[0], kind, row[2]) for (kind, old) in had if old == row[0] and row[2] in found.known]
    known += [(old, row[1], row[2]) for (kind, old) in had if kind == row[1] and row[2] in found.known]
    if (row[1], row[0]) in had:
        known += [(row[0], row[1], uid) for uid in found.known]
    return next((each for each in known if near("\n".join(each), "\n".join(row))), None)


def counters(reading: Reading, found: Register) -> Iterator[Flaw]:
    """The last numbers given, against the references that records had."""
    table = Counter._meta.table_name
    highest: dict[str, int] = {}
    kinds: dict[str, type[Entity]] = {}
    for kind, ref in found.refs:
        entity = RECORDS.get(kind)
        if entity is None or not issubclass(entity, Entity):
            continue
        shape = rf"({re.escape(entity.prefix)}{'-[0-9]{4}' if entity.yearly else ''})-([0-9]{{3,}})"
        given = re.fullmatch(shape, ref)
        if given is not None:
            kinds[given[1]] = entity
            highest[given[1]] = max(highest.get(given[1], 0), int(given[2]))
    rows = {name: (number, last) for number, name, last in reading.each(table, ("name", "last"))}
    for name, (number, last) in rows.items():
        if name in highest and last <= highest[name]:
            continue
        good = next((other for other in highest if near(other, name) and other not in rows), None)
        sentence = _("A counter of references is damaged.")
        if good is not None:
            yield Flaw(
                Kind.COUNTER, table, sentence, field="name", now=name, good=good, mendable=True, row=number
            )
        elif name in highest:
            yield Flaw(
                Kind.COUNTER,
                table,
                sentence,
                field="last",
                now=last,
                good=highest[name],
                mendable=True,
                row=number,
            )
        elif (found.known and name.partition("-")[0] not in {entity.prefix for entity in ENTITIES}) or last:
            yield Flaw(Kind.COUNTER, table, sentence, field="name", now=name, row=number)


def reminders(reading: Reading) -> Iterator[Flaw]:
    """What was put off, against its checksum. What is damaged is better reminded of again."""
    table = Snooze._meta.table_name
    for number, officer, record, until, seal in reading.each(table, ("officer", "record", "until", "seal")):
        if Snooze.sealed(officer, record, until) != seal:
            sentence = _("Until when a reminder was put off is damaged; it will be shown again.")
            yield Flaw(Kind.REMINDER, table, sentence, uid=record, now=until, mendable=True, row=number)


def contents(reading: Reading, tick: Callable[[], None]) -> Iterator[Flaw]:
    """The bytes of files and texts, against the SHA-256 under which they lie; which of them are missing."""
    table = Blob._meta.table_name
    needed = {
        digest: (key, name, uid)
        for key in ("attachment", "edition")
        for _number, digest, name, uid in reading.each(key, ("sha256", "name", "uid"))
    }
    whole: set[str] = set()
    odd: list[tuple[int, str, str]] = []
    for number, digest, content in reading.each(table, ("sha256", "content"), batch=1):
        tick()
        real = hashlib.sha256(content).hexdigest()
        if real == digest:
            whole.add(digest)
        else:
            odd.append((number, digest, real))
    for number, digest, real in odd:
        renamed = near(digest, real)
        key, _name, uid = needed.get(real if renamed else digest, ("", "", ""))
        sentence = (
            _("The SHA-256 under which a file lies is damaged; what it holds is whole.")
            if renamed
            else _("What a file holds is damaged.")
        )
        good = real if renamed else None
        yield Flaw(Kind.BYTES, table, sentence, key, uid, "sha256", digest, good, renamed, number)
        whole.update((digest, real))
    for digest, (key, _name, uid) in needed.items():
        if digest not in whole:
            yield Flaw(Kind.BYTES, table, _("What a file holds is not in this workspace."), key, uid)
