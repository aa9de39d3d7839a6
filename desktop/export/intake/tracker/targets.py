"""What a column can become: a field of the kind of record, or something that goes with it (an update, say).

One more that is no field: a line in `_BESIDE`, what it does in `taking`, its names in `field_words`.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.i18n import N_, _
from desktop.model import (
    Entity,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    fields,
)
from desktop.model.followed import Followed
from desktop.model.kind import Kind

KINDS: dict[str, type[Entity]] = {
    entity.key(): entity for entity in (FollowUp, Initiative, Recommendation, Meeting, Person, Organisation)
}
"""The kinds of record that a tracker can hold."""
NOTES = {
    "follow_up": "detail",
    "initiative": "description",
    "recommendation": "summary",
    "meeting": "purpose",
    "person": "notes",
    "organisation": "notes",
}
"""The field that keeps what no other one takes."""
PROGRESS, PROGRESS_ON, NEXT, BLOCKS, SERVES, ATTENDEES, NUMBER = (
    "progress",
    "progress_on",
    "next",
    "blocks",
    "serves",
    "attendees",
    "number",
)
_BESIDE: dict[str, tuple[str, tuple[type, ...]]] = {
    PROGRESS: (N_("Progress (updates)"), (Followed,)),
    PROGRESS_ON: (N_("Date of the latest update"), (Followed,)),
    NEXT: (N_("What is next"), (Followed,)),
    BLOCKS: (N_("What blocks"), (Followed,)),
    SERVES: (N_("Recommendation / initiative"), (FollowUp, Initiative)),
    ATTENDEES: (N_("Attendees"), (Meeting,)),
}
_LEFT = ("visibility", "rag_set", "rag_reason", "zone", "historic", "officer", "parent", "source", "section",
         "paragraph", "endnotes", "source_note", "side_set", "successor")  # fmt: skip
"""Fields that no tracker of an office has."""


@dataclass(frozen=True)
class Target:
    """One thing that a column can become. `field` is None where it is no field of the record."""

    name: str
    title: str
    field: Kind | None = None


def targets(entity: type[Entity]) -> dict[str, Target]:
    """All that a column can become for records of this kind, by name, as lists and forms order them."""
    found = {
        kind.name: Target(kind.name, kind.title, kind)
        for kind in fields(entity)
        if kind.name == "ref" or (kind.editable and not kind.derived and kind.name not in _LEFT)
    }
    for name, (title, kinds) in _BESIDE.items():
        if issubclass(entity, kinds):
            found[name] = Target(name, _(title))
    return found


def entity_of(kind: str) -> type[Entity]:
    """The entity of a kind; raises `Invalid` for one that trackers do not hold."""
    if kind not in KINDS:
        known = ", ".join(key.replace("_", "-") for key in KINDS)
        raise Invalid(
            _("A tracker cannot be taken in as “{kind}”; it can as: {known}.").format(kind=kind, known=known)
        )
    return KINDS[kind]
