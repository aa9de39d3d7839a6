"""What shows that a follow-up was done: a link, a meeting or a file; and of which it must be shown."""

from __future__ import annotations

from typing import Any

from desktop.i18n import N_, _
from desktop.model import Attachment, FollowUp, Invalid

ROLE = "evidence"
"""The role of a file that is kept as evidence."""
PRIORITIES = ("high",)
WANTED = N_("It is of high priority: show that it is done, by a link, a meeting or a file.")


def needed(status: str, priority: str) -> bool:
    """Whether a follow-up of this priority needs evidence to have this status."""
    return status in FollowUp.course.done and priority in PRIORITIES


def has_file(record: Any) -> bool:
    """Whether a file of the record is kept as evidence."""
    where = (Attachment.subject == record.id) & (Attachment.role == ROLE)
    return bool(Attachment.select().where(where).exists())


def wanted() -> Invalid:
    """The error of a follow-up that needs evidence and has none."""
    return Invalid(_(WANTED), "evidence_link")


def check(record: Any) -> None:
    """Raise `Invalid` where a follow-up needs evidence and has none."""
    proven = record.evidence_link or record.evidence_meeting_id or has_file(record)
    if needed(record.status, record.priority) and not proven:
        raise wanted()
