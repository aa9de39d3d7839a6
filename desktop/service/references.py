"""Where records are pointed to: by people, who use their reference, and by other records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.i18n import _
from desktop.model import ENTITIES, PARTS, Alias, Entity, Invalid, Record, database, field, fields
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.service.journal import stored

# Written out, as peewee takes longer to put such statements together than SQLite to run them.
_COUNT = (
    "INSERT INTO counter (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last"
)
_FORMERLY = "SELECT uid FROM alias WHERE old = ? AND entity = ?"


def next_ref(entity: type[Entity], year: str) -> str:
    """The next free reference of an entity, such as `FU-2026-014`; never given twice, whatever is undone."""
    name = f"{entity.prefix}-{year}" if entity.yearly else entity.prefix
    row = database.execute_sql("SELECT last FROM counter WHERE name = ?", (name,)).fetchone()
    last: int = row[0] if row is not None else 0
    while taken_by(entity, f"{name}-{last + 1:03d}") is not None:
        last += 1
    database.execute_sql(_COUNT, (name, last + 1))
    return f"{name}-{last + 1:03d}"


def taken_by(entity: type[Entity], ref: str, uid: str = "", *, now: bool = False) -> str | None:
    """The uid of another record than `uid` that has this reference, or (unless only `now` counts) once had it."""
    key = SortKey.key(ref)
    found = database.execute_sql(f'SELECT uid FROM "{entity.key()}" WHERE ref_key = ?', (key,)).fetchall()
    if not now:
        found += database.execute_sql(_FORMERLY, (key, entity.key())).fetchall()
    return next((str(other) for (other,) in found if other != uid), None)


def free_ref(entity: type[Entity], ref: str, uid: str, *, again: bool = False) -> str:
    """A reference given by hand for the record of this uid; raises `Invalid` if another one has or had it.

    A record that comes back `again` has its reference again, even if it led to another one meanwhile.
    """
    checked = str(field(entity, "ref").check(ref))
    other = taken_by(entity, checked, uid, now=again)
    if other is not None:
        holder = entity.get_or_none(entity.uid == other)
        raise Invalid(
            _("The reference {ref} is taken already{by}; choose another or leave it out.").format(
                ref=checked, by=f" ({holder.name_text()})" if holder is not None else ""
            ),
            "ref",
        )
    return checked


def keep_ref(record: Entity, ref: str, uid: str = "") -> None:
    """Let a reference that a record no longer has lead to it, or to the record of `uid`, all the same."""
    old, entity, leads_to = SortKey.key(ref), record.key(), uid or record.uid
    Alias.delete().where((Alias.old == old) & (Alias.entity == entity)).execute()
    Alias.create(old=old, entity=entity, uid=leads_to)


def pointing_at(record: Record) -> Iterator[tuple[Any, Reference | Many]]:
    """The records that point to one, each with the field by which it does."""
    target = type(record)
    for entity in (*ENTITIES, *PARTS):
        for f in fields(entity):
            if isinstance(f, Reference) and f.target is target:
                for row in list(entity.select().where(getattr(entity, f.name) == record.id)):
                    yield row, f
            elif isinstance(f, Many) and f.target is target:
                held = f.through.select(f.through.subject).where(
                    (f.through.role == f.role) & (f.of == record.id)
                )
                for row in list(entity.select().where(entity.id.in_(held))):
                    yield row, f


def leads_back(record: Any, f: Reference, start: int | None) -> bool:
    """Whether one gets to a record by following a field that points to its own kind, from the id `start` on."""
    entity = type(record)
    seen: set[int] = set()
    at = start
    while at is not None and at != record.id and at not in seen:
        seen.add(at)
        at = entity.pick(getattr(entity, f.name), entity.id == at)
    return at is not None and at == record.id


def name(record: Any) -> str:
    """A record in a sentence: its reference; of a part, the references of what it belongs to."""
    if isinstance(record, Entity):
        return str(record.ref)
    ends = (f for f in fields(type(record)) if isinstance(f, Reference) and f.required)
    try:
        return " – ".join(f.text(stored(record, f.name)) for f in ends) or _(record.singular)
    except LookupError:
        return _(record.singular)
