"""Extensions: a date that was agreed and then moved keeps its first value, the reason, and who agreed."""

from __future__ import annotations

from typing import Any

from desktop.model import Extension, FollowUp, Recommendation
from desktop.service.operation import Writing

DATES: dict[type[Any], tuple[str, str]] = {
    FollowUp: ("due_on", "due_first"),
    Recommendation: ("target_on", "target_first"),
}
"""Which date can be moved, and where its first value is kept."""


def movable(record: Any) -> str:
    """The field of a record whose change is an extension, or ''."""
    return DATES.get(type(record), ("", ""))[0]


def move(writing: Writing, record: Any, to: str | None, reason: str = "", agreed_by: str = "") -> None:
    """Set the date that is due; note an extension if one was agreed before."""
    name, first = DATES[type(record)]
    before = getattr(record, name)
    writing.change(record, {name: to})
    after = getattr(record, name)
    if before is None:
        if getattr(record, first) is None and after is not None:
            writing.change(record, {first: after})
    elif after != before:
        writing.create(
            Extension,
            {
                "subject": record.id,
                "field": name,
                "from_on": before,
                "to_on": after,
                "moved_on": writing.workspace.today(),
                "reason": reason,
                "agreed_by": agreed_by,
            },
        )


def of(record: Any) -> list[Extension]:
    """The extensions of a record, oldest first."""
    return list(Extension.select().where(Extension.subject == record.id).order_by(Extension.id))
