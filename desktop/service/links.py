"""Links: how two subjects of the register relate, seen from either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.i18n import _, quoted
from desktop.model import (
    ENTITIES,
    RECORDS,
    FollowUp,
    Initiative,
    Invalid,
    Link,
    Meeting,
    Recommendation,
    Subject,
)
from desktop.model.base import Registered
from desktop.model.scales import RELATION, RELATION_BACK
from desktop.service.workspace import Workspace

RELATIONS: dict[str, tuple[tuple[type[Any], ...], tuple[type[Any], ...]]] = {
    "advances": ((Initiative,), (Recommendation,)),
    "serves": ((FollowUp,), (Recommendation, Initiative)),
    "discussed": ((Meeting,), (Recommendation, Initiative, FollowUp)),
    "builds_on": ((Recommendation,), (Recommendation,)),
    "part_of": ((Initiative,), (Initiative,)),
}
"""Which ends a relation joins; the others join any two."""


@dataclass(frozen=True)
class Seen:
    """A link as seen from one of its ends."""

    link: Any
    other: Any
    """The record at the other end."""
    forward: bool

    @property
    def relation(self) -> str:
        """The relation in the user's language, from this end."""
        return _((RELATION if self.forward else RELATION_BACK)[self.link.relation])


SYMMETRIC = ("related",)
"""Relations that read the same from both ends."""


def subject(subject_id: int) -> Any:
    """The record of a subject's id; raises LookupError."""
    entity: Any = RECORDS[Subject.pick(Subject.kind, Subject.id == subject_id)]
    return entity.get_by_id(subject_id)


def find(text: str) -> Any:
    """The one record of any kind with this reference; raises `Invalid`."""
    for entity in ENTITIES:
        found = entity.by_ref(text)
        if found is not None:
            return found
    raise Invalid(_("There is no record with the reference “{ref}”.").format(ref=quoted(text)), "ref")


def possible(one: type[Any], other: type[Any]) -> list[tuple[str, bool]]:
    """The relations that can join records of these entities: relation, and whether it is read from `one`."""
    found = []
    for relation in RELATION:
        ends = RELATIONS.get(relation)
        if ends is None or (one in ends[0] and other in ends[1]):
            found.append((relation, True))
        elif one in ends[1] and other in ends[0]:
            found.append((relation, False))
    return found


def natural(one: type[Any], other: type[Any]) -> tuple[str, bool]:
    """The most telling relation between two entities, and whether it is read from `one`."""
    return possible(one, other)[0]


def link(
    workspace: Workspace, one: Registered, other: Registered, relation: str = "", note: str = ""
) -> Link:
    """Link two records, by their natural relation unless one is named; raises `Invalid` or `Conflict`."""
    allowed = dict(reversed(possible(type(one), type(other))))
    chosen = relation or natural(type(one), type(other))[0]
    both = {"one": workspace.say(one), "other": workspace.say(other)}
    if chosen not in allowed:
        raise Invalid(_("{one} and {other} cannot be linked in this way.").format(**both), "relation")
    source, target = (one, other) if allowed[chosen] else (other, one)
    with workspace.operation(_("Link {one} and {other}").format(**both)) as writing:
        if _linked(source, target, chosen) or (chosen in SYMMETRIC and _linked(target, source, chosen)):
            raise Invalid(_("{one} and {other} are linked already.").format(**both))
        values = {"from_subject": source.id, "to_subject": target.id, "relation": chosen, "note": note}
        return writing.create(Link, values)  # type: ignore[no-any-return]


def _linked(one: Any, other: Any, relation: str) -> bool:
    same = (Link.from_subject == one.id) & (Link.to_subject == other.id) & (Link.relation == relation)
    return Link.select().where(same).exists()


def unlink(workspace: Workspace, row: Link) -> None:
    """Remove a link; raises `Conflict` if it is gone already."""
    with workspace.operation(_("Remove the link {ends}").format(ends=workspace.say(row))) as writing:
        writing.delete(row)


def of(record: Registered) -> list[Seen]:
    """All links of a record, from its side, in the order of the relations."""
    rows = Link.select().where((Link.from_subject == record.id) | (Link.to_subject == record.id))
    found = []
    for row in list(rows):
        forward = row.from_subject_id == record.id
        found.append(Seen(row, subject(row.to_subject_id if forward else row.from_subject_id), forward))
    rank = list(RELATION)
    return sorted(
        found, key=lambda seen: (rank.index(seen.link.relation), not seen.forward, seen.other.ref_key)
    )
