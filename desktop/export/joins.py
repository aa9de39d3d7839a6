"""How several fields make one cell of a sheet. Each takes what the fields' own cells would hold, in order."""

from __future__ import annotations

from typing import Any

from desktop.export import wording
from desktop.i18n import _, captioned, join_parts
from desktop.model import scales
from desktop.model.kinds import SortKey

_STATUS = {**scales.STAGE, **scales.FOLLOW_UP, **scales.PROGRESS}
_SCALES = {
    "recommendation": scales.PROGRESS,
    "initiative": scales.STAGE,
    "follow_up": scales.FOLLOW_UP,
}
"""The scale of a record's status, by its kind."""


def revised(first: Any, now: Any) -> Any:
    """The date that holds now, where it is not the one first agreed."""
    if first is not None and now is None:
        return _("Withdrawn")
    return None if now == first else now


def party(organisation: str | None, person: str | None) -> str | None:
    """An organisation and who answers for it there."""
    if organisation and person:
        return _("{organisation} ({person})").format(organisation=organisation, person=person)
    return organisation or person


def several(*texts: str | None) -> str | None:
    """Names side by side."""
    return "; ".join(text for text in texts if text) or None


def paired(refs: str | None) -> str | None:
    """References two a line: a cell would break them at their hyphens."""
    found = sorted(refs.split("; "), key=SortKey.key) if refs else []
    return "\n".join("; ".join(found[i : i + 2]) for i in range(0, len(found), 2)) or None


def stacked(refs: str | None) -> str | None:
    """References in their order, one under the other: a line would break within them, at a hyphen."""
    return ";\n".join(sorted(refs.split("; "), key=SortKey.key)) if refs else None


def whereabouts(place: str | None, country: str | None) -> str | None:
    """A place with its country."""
    return join_parts(place or "", country or "") or None


def provenance(paragraph: str | None, endnotes: str | None, note: str | None) -> str | None:
    """Where in its section a record stands, and what is to be said of that."""
    parts = []
    if paragraph:
        parts.append(_("Paragraph {number}").format(number=paragraph))
    if endnotes:
        parts.append(_("Endnotes {numbers}").format(numbers=endnotes))
    where = " · ".join(parts)
    return "\n".join(text for text in (where, note) if text) or None


def record(ref: str | None, title: str | None) -> str | None:
    """A record by its reference and its name."""
    return " ".join(text for text in (ref, title) if text) or None


def move(before: str | None, after: str | None, aspect: str | None, kind: str | None = None) -> str | None:
    """A status of a kind of record before and after; of the desk's assessment it is said that it is one."""
    scale = _SCALES.get(kind or "", _STATUS)
    desk = aspect == _(scales.ASPECT["desk"])
    words = [
        wording.word(scale, key, "assessment" if desk else "") for key in (before or "", after or "") if key
    ]
    moved = " → ".join(dict.fromkeys(words))
    if moved and desk:
        return captioned(aspect or "", moved)
    return moved or None


def minutes(state: str | None, version: int | None) -> str | None:
    """How far a meeting's minutes are; of final ones, which version."""
    if version and state == _(scales.MEETING_STATE["final"]):
        return _("{state}, version {number}").format(state=state, number=version)
    return state


def together(*texts: str | None) -> str | None:
    """Texts one under the other."""
    return "\n".join(text for text in texts if text) or None


def told(done: str | None, next_step: str | None, blocker: str | None) -> str | None:
    """An entry of the progress log as one text."""
    parts = [done]
    parts.append(_("Next: {step}").format(step=next_step) if next_step else None)
    parts.append(_("Blocked: {by}").format(by=blocker) if blocker else None)
    return "\n".join(part for part in parts if part) or None
