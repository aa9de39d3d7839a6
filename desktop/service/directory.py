"""The directory: officers, likely duplicates, and making one record of two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.i18n import _
from desktop.model import Attendance, Entity, Invalid, Organisation, Person, fields
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.service import facts, references
from desktop.service.journal import stored
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace
from desktop.text import clean_line, fold

STRICTEST = ("internal", "partner", "public")
"""Who may see a record, the fewest first."""


def officers() -> list[Person]:
    """The officers of this post, by name."""
    return list(Person.select().where(Person.officer == 1).order_by(Person.name_key))


def likely_duplicates(entity: type[Entity], text: str) -> list[Any]:
    """Records of the directory that bear this name, in either script, as acronym or as another name."""
    typed = clean_line(text)[0]
    wanted = fold(typed)
    if not wanted:
        return []
    if entity is Organisation:
        return [each for each in Organisation.select() if wanted in each.names()]
    return list(Person.select().where((Person.name_key == SortKey.key(typed)) | (Person.own_name == typed)))


def merge(workspace: Workspace, keep: Any, others: Iterable[Any]) -> None:
    """Make one record of several organisations or people, as one operation.

    Whatever pointed to the others points to `keep`; its empty fields take their values, an organisation's names
    become other names, their references lead to `keep`, and fewer may see it where fewer might see one of them.
    Raises `Invalid` where they are not of one kind, `Conflict` where one was changed meanwhile.
    """
    gone = [other for other in others if other.uid != keep.uid]
    if type(keep) not in (Organisation, Person) or any(type(other) is not type(keep) for other in gone):
        raise Invalid(_("Only organisations can be merged with organisations, and people with people."))
    label = _("Merge {others} into {keep}").format(others=", ".join(o.ref for o in gone), keep=keep.ref)
    with workspace.operation(label) as writing:
        for other in gone:
            writing.current(keep)
            writing.current(other)
            _repoint(writing, other, keep)
            keep, other = (type(keep).get_by_id(each.id) for each in (keep, other))
            writing.change(keep, _gained(keep, other))
            if other.uid == workspace.facts.post_uid:
                facts.write(writing, replace(workspace.facts, post_uid=keep.uid))
            if workspace.officer is not None and workspace.officer.uid == other.uid:
                workspace.officer = keep
            writing.delete(other)
            references.keep_ref(other, other.ref, keep.uid)


def _repoint(writing: Writing, other: Any, keep: Any) -> None:
    """Let every reference and every set that holds `other` hold `keep`."""
    for found, f in list(references.pointing_at(other)):
        # Another of its fields may have been repointed already.
        record = type(found).get_by_id(found.id)
        if isinstance(f, Many):
            writing.change(record, {f.name: (f.read(record.id) - {other.id}) | {keep.id}})
        elif isinstance(record, Attendance) and f.target is Person and _attends(keep, record.meeting_id):
            writing.delete(record)
        else:
            itself = f.target is type(record) and references.leads_back(record, f, keep.id)
            writing.change(record, {f.name: None if itself else keep.id})


def _attends(person: Any, meeting: int) -> bool:
    return (
        Attendance.select().where((Attendance.person == person.id) & (Attendance.meeting == meeting)).exists()
    )


def _gained(keep: Any, other: Any) -> dict[str, Any]:
    """What the kept record takes over: values for its empty fields, the other's names as further names."""
    strictest = min(keep.visibility, other.visibility, key=STRICTEST.index)
    gained: dict[str, Any] = {"visibility": strictest}
    for f in fields(type(keep)):
        if not f.editable or f.name in ("aliases", "visibility"):
            continue
        value = stored(other, f.name)
        itself = isinstance(f, Reference) and f.target is type(keep) and value == keep.id
        if stored(keep, f.name) == f.empty() and value != f.empty() and not itself:
            gained[f.name] = value
    if isinstance(keep, Organisation):
        known = keep.names()
        words = (other.name, other.acronym, *other.aliases.split(";"))
        further = [word.strip() for word in words if fold(word.strip()) not in known | {""}]
        gained["aliases"] = "; ".join([*filter(None, [keep.aliases]), *dict.fromkeys(further)])
    return gained
