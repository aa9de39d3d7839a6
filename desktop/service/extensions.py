"""Extensions: a date that was agreed and then moved keeps its first value, the reason, and who agreed."""

from __future__ import annotations

from typing import Any

from desktop.i18n import _
from desktop.model import Extension, FollowUp, Invalid, Recommendation
from desktop.service.operation import Writing

DATES: dict[type[Any], tuple[str, str]] = {
    FollowUp: ("due_on", "due_first"),
    Recommendation: ("target_on", "target_first"),
}
"""Which date can be moved, and where its first value is kept."""


def movable(record: Any) -> str:
    """The field of a record whose change is an extension, or ''."""
    return DATES.get(type(record), ("", ""))[0]


def first_set(record: Any, to: str | None) -> dict[str, str]:
    """The first value to keep, where a date is set that was never agreed before."""
    name, first = DATES[type(record)]
    return {first: to} if to and getattr(record, name) is None and getattr(record, first) is None else {}


def note(writing: Writing, record: Any, before: str | None, reason: str, agreed_by: str) -> None:
    """The extension itself, within an operation that moved the date; none where none was agreed `before`.

    Who agreed may be left open; why it is moved not: raises `Invalid`.
    """
    name = movable(record)
    after = getattr(record, name)
    if before is None and after is not None:
        # It was withdrawn before: the new date counts from the one that was agreed last, and for the reason given then.
        last = of(record)[-1:]
        before = last[0].from_on if last and last[0].to_on is None else None
        reason = reason.strip() or (last[0].reason if last else "")
    if before is not None and after != before:
        if not reason.strip():
            raise Invalid(_("Say why the date is moved."), "reason")
        values = {
            "subject": record.id,
            "field": name,
            "from_on": before,
            "to_on": after,
            "moved_on": writing.workspace.today(),
            "reason": reason,
            "agreed_by": agreed_by,
        }
        with writing.kept_before():  # both dates are those of the record
            writing.create(Extension, values)


def of(record: Any) -> list[Extension]:
    """The extensions of a record, oldest first."""
    return list(Extension.select().where(Extension.subject == record.id).order_by(Extension.id))
