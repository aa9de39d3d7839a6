"""The directory: officers, likely duplicates, and making one record of two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import peewee as pw

from desktop.i18n import _
from desktop.model import ENTITIES, PARTS, Alias, Entity, Invalid, Organisation, Person, fields
from desktop.model.base import sets
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.service.journal import stored
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace
from desktop.text import fold


def officers() -> list[Person]:
    """The officers of this post, by name."""
    return list(Person.select().where(Person.officer == 1).order_by(Person.name_key))


def likely_duplicates(entity: type[Entity], text: str) -> list[Any]:
    """Records of the directory that bear this name, in either script, as acronym or as another name."""
    wanted = fold(text.strip())
    if not wanted:
        return []
    if entity is Organisation:
        return [each for each in Organisation.select() if wanted in each.names()]
    key = SortKey.key(text.strip())
    return list(Person.select().where((Person.name_key == key) | (Person.own_name == text.strip())))


def merge(workspace: Workspace, keep: Any, others: Iterable[Any]) -> None:
    """Make one record of several organisations or people, as one operation.

    Whatever pointed to the others points to `keep`; its empty fields take their values, their names become
    other names, their references aliases. Raises `Invalid` where they are not of one kind.
    """
    gone = [other for other in others if other.uid != keep.uid]
    if type(keep) not in (Organisation, Person) or any(type(other) is not type(keep) for other in gone):
        raise Invalid(_("Only organisations can be merged with organisations, and people with people."))
    label = _("Merge {others} into {keep}").format(others=", ".join(o.ref for o in gone), keep=keep.ref)
    with workspace.operation(label) as writing:
        for other in gone:
            _repoint(writing, other, keep)
            keep = type(keep).get_by_id(keep.id)
            writing.change(keep, _gained(keep, other))
            Alias.create(old=other.ref.upper(), entity=other.key(), uid=keep.uid)
            writing.delete(type(other).get_by_id(other.id))


def _repoint(writing: Writing, other: Any, keep: Any) -> None:
    """Let every reference and every set that holds `other` hold `keep`."""
    for entity in (*ENTITIES, *PARTS):
        for f in fields(entity):
            if isinstance(f, Reference) and f.target is type(other):
                for record in entity.select().where(getattr(entity, f.name) == other.id):
                    own = record.uid == keep.uid
                    writing.change(record, {f.name: None if own else keep.id})
        for many in sets(entity):
            _repoint_set(writing, entity, many, other, keep)


def _repoint_set(writing: Writing, entity: Any, many: Many, other: Any, keep: Any) -> None:
    if many.target is not type(other):
        return
    link = many.through
    holders = link.select(link.subject).where((link.role == many.role) & (many.of == other.id))
    for record in entity.select().where(entity.id.in_(holders)):
        writing.change(record, {many.name: (many.read(record.id) - {other.id}) | {keep.id}})


def _gained(keep: Any, other: Any) -> dict[str, Any]:
    """What the kept record takes over: values for its empty fields, the other's names as further names."""
    gained = {}
    for f in fields(type(keep)):
        if not f.editable or isinstance(f, pw.Field) is False or f.name in ("aliases", "visibility"):
            continue
        value = stored(other, f.name)
        itself = isinstance(f, Reference) and f.target is type(keep) and value == keep.id
        if stored(keep, f.name) == f.empty() and value != f.empty() and not itself:
            gained[f.name] = value
    if isinstance(keep, Organisation):
        known = keep.names()
        words = [
            keep.aliases,
            *(w for w in (other.name, other.acronym, other.aliases) if fold(w) not in known),
        ]
        gained["aliases"] = "; ".join(word for word in words if word)
    return gained
