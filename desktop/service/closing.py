"""Ending a follow-up: what came of it, what proves it, who has looked. One rule, whoever ends it and wherever.

What is done needs its outcome, what is cancelled a reason, which is kept as its outcome too. What is done and was of
high priority needs evidence: a link, a meeting or a file. Opened again, it loses its closing date and keeps outcome
and evidence: they are what was thought to be the end of it, and are there for the next one to mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.i18n import _
from desktop.model import FollowUp, Invalid
from desktop.service import attachments, evidence
from desktop.service.operation import Writing

TOLD = frozenset({"status", "outcome", "closed_on", "priority", "evidence_link", "evidence_meeting"})
"""Fields whose change can take from an ending what it needs."""
FIELDS = ("outcome", "evidence_link", "evidence_meeting", "verified_by")


@dataclass(frozen=True)
class Ending:
    """What is told when a follow-up ends. `evidence_meeting` and `verified_by` are records or their ids."""

    outcome: str = ""
    evidence_link: str = ""
    evidence_meeting: Any = None
    evidence_file: Path | None = None
    verified_by: Any = None

    def values(self) -> dict[str, Any]:
        """The fields that something is told of; the others stay as they are."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}

    def read(self) -> attachments.File | None:
        """The file that proves it, read from the disk before anything is written; raises `Invalid`."""
        return None if self.evidence_file is None else attachments.read(self.evidence_file)


def ends(status: str) -> bool:
    """Whether a follow-up of this status has ended."""
    return status in FollowUp.course.ended


def keep_file(writing: Writing, record: Any, file: attachments.File | None) -> None:
    """Attach the evidence, before `follows` asks for it."""
    if file is not None:
        attachments.keep(writing, record, file, attachments.EVIDENCE)


def follows(
    record: FollowUp | None,
    after: str,
    given: Mapping[str, Any],
    today: str,
    *,
    done: str = "",
    words: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What a new status means for the other fields of a follow-up; raises `Invalid` where something is missing.

    `record` is None for one that is being made, `given` what is set in the same act, `done` what is reported as done
    in it, and `words` what else, which is reason enough to cancel.
    """

    def now(name: str) -> Any:
        return given[name] if name in given else getattr(record, name, None)

    if not ends(after):
        return {"closed_on": None} if record is not None else {}
    cancelled = after in FollowUp.course.closed
    told = (now("outcome"), done, *(words if cancelled else ()))
    outcome = next((text for text in map(_told, told) if text), "")
    if not outcome:
        if cancelled:
            raise Invalid(_("Say why it is cancelled."), "outcome")
        raise Invalid(_("Say what came of it."), "outcome")
    proven = _told(now("evidence_link")) or now("evidence_meeting")
    if evidence.needed(after, now("priority") or "") and not (
        proven or (record is not None and evidence.has_file(record))
    ):
        raise evidence.wanted()
    closed = given.get("closed_on") or getattr(record, "closed_on", None) or today
    return {"outcome": outcome, "closed_on": closed}


def check_kept(record: FollowUp, given: Mapping[str, Any], today: str) -> None:
    """Raise `Invalid` where what was just set takes from something that has ended what its ending needs."""
    if not ends(record.status) or not given.keys() & TOLD:
        return
    if "outcome" in given and not _told(record.outcome):
        raise Invalid(_("It has ended: say what came of it, or open it again."), "outcome")
    if record.closed_on is None or record.closed_on > today:
        raise Invalid(
            _("It has ended: its closing date is today or earlier. Else open it again."), "closed_on"
        )
    if given.keys() & {"evidence_link", "evidence_meeting", "priority"}:
        evidence.check(record)


def _told(text: Any) -> str:
    return str(text or "").strip()
