"""The directory: officers, likely duplicates, and making one record of two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.i18n import _
from desktop.model import Attendance, Entity, Invalid, Organisation, Person, fields
from desktop.model.relations import Many, Reference
from desktop.service import backups, facts, references
from desktop.service.journal import stored
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace
from desktop.text import clean_line, fold

STRICTEST = ("internal", "partner", "public")
"""Who may see a record, the fewest first."""


def officers() -> list[Person]:
    """The officers of this post, by name."""
    return list(Person.select().where(Person.officer == 1).order_by(Person.name_key))


LIKE = 85
"""From how many per cent of likeness on two names may be one person's."""


def likely_duplicates(entity: type[Entity], text: str, organisation: int | None = None) -> list[Any]:
    """Records of the directory that bear this name, in either script, as acronym or as another name.

    People whose names are alike count too, whichever part comes first, and those of the same `organisation` whose
    name has a part of it; the likeliest come first.
    """
    wanted = fold(clean_line(text)[0])
    if not wanted:
        return []
    if entity is Organisation:
        return [each for each in Organisation.select() if wanted in each.names()]
    return _alike(_bare(wanted), organisation)


def _alike(wanted: str, organisation: int | None) -> list[Person]:
    # Nobody needs it to start the program.
    from rapidfuzz import fuzz

    found = []
    people: Any = Person.select(Person.id, Person.name, Person.own_name, Person.organisation)
    for key, name, own_name, works_for in list(people.tuples()):
        colleague = organisation is not None and works_for == organisation
        alike = fuzz.token_set_ratio if colleague else fuzz.token_sort_ratio
        names = [_bare(fold(each)) for each in (name, own_name) if each]
        likeness = max((alike(wanted, each) for each in names), default=0.0)
        likeness = max([likeness, *(100.0 for each in names if _joined(each) == _joined(wanted))])
        if likeness >= LIKE:
            found.append((not colleague, -likeness, key))
    return [Person.get_by_id(key) for _colleague, _likeness, key in sorted(found)]


def _bare(name: str) -> str:
    """A folded name without what stands between its parts: Sato, K. is sato k."""
    return " ".join(re.sub(r"[\W_]+", " ", name).split())


def _joined(name: str) -> str:
    """A name as it is where nobody parts it: 佐藤 健二 is 佐藤健二."""
    return name.replace(" ", "")


def merge(workspace: Workspace, keep: Any, others: Iterable[Any]) -> None:
    """Make one record of several organisations or people, as one operation.

    Whatever pointed to the others points to `keep`; its empty fields take their values, an organisation's names
    become other names, their references lead to `keep`, and fewer may see it where fewer might see one of them.
    Raises `Invalid` where they are not of one kind, `Conflict` where one was changed meanwhile, `StoreError` where the
    backup before it could not be written.
    """
    gone = [other for other in others if other.uid != keep.uid]
    if type(keep) not in (Organisation, Person) or any(type(other) is not type(keep) for other in gone):
        raise Invalid(_("Only organisations can be merged with organisations, and people with people."))
    if gone:
        backups.make(workspace, "before-merge")
    label = _("Merge {others} into {keep}").format(others=", ".join(o.ref for o in gone), keep=keep.ref)
    with workspace.operation(label) as writing:
        writing.mending = True
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
