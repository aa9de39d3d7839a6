"""What the words of the workbook mean: the key that stands on its cover."""

from __future__ import annotations

from typing import NamedTuple

from desktop.export import tones, wording
from desktop.i18n import N_
from desktop.model import FollowUp, Initiative, Recommendation, scales
from desktop.model.computed import ATTENTION

RAG = {
    "red": N_("Overdue, stalled, or its date moved twice or more."),
    "amber": N_("Due within 14 days, moved once, on hold, or 60 days without an update."),
    "green": N_("On track, or done."),
    "grey": N_("Not started, or closed without being done."),
}
PROGRESS = {
    "not_started": N_("Nothing has been done yet."),
    "in_progress": N_("Work is under way."),
    "substantially_done": N_("The main part is done; what is left is known."),
    "implemented": N_("Done as it was recommended."),
    "stalled": N_("Work has begun and does not advance."),
    "overtaken": N_("Events have made it pointless."),
    "closed_not_implemented": N_("Given up; nobody pursues it any more."),
}
STAGE = {
    "idea": N_("Proposed, with nobody committed."),
    "proof_of_concept": N_("Being tried on a small scale."),
    "bankable": N_("Worked out so far that money can be sought."),
    "financing": N_("Money is being negotiated or committed."),
    "under_way": N_("Being carried out."),
    "completed": N_("Carried out."),
    "on_hold": N_("Interrupted, to be taken up again."),
    "dropped": N_("Given up."),
}
FOLLOW_UP = {
    "open": N_("Agreed, not begun."),
    "in_progress": N_("Being worked on."),
    "waiting": N_("Ours is done; the other side must act."),
    "done": N_("Done as agreed."),
    "cancelled": N_("No longer asked for."),
}
WORDS = {
    "overdue": N_("Its date has passed and it is not closed."),
    "due_soon": N_("Its date is within 14 days."),
    "stale": N_("It has an owner, and no update for 60 days."),
}


class Entry(NamedTuple):
    """A part of the key; `name` is that of its scale where another one has the same values (see `wording`)."""

    title: str
    scale: dict[str, str]
    definitions: dict[str, str]
    tones: dict[str, str]
    name: str = ""

    @property
    def needed(self) -> bool:
        """Whether its words are not those of the scale that has the same values."""
        return not self.name or wording.words(self.scale, self.name) != wording.words(self.scale)


_PROGRESS = tones.of_course(Recommendation.course)
COMPUTED: tuple[Entry, ...] = (
    Entry(N_("RAG (red, amber, green)"), scales.RAG, RAG, tones.RAG_TONES),
    Entry(N_("Computed by date"), ATTENTION, WORDS, tones.ATTENTION_TONES),
)
"""What nobody sets."""
REPORTED: tuple[Entry, ...] = (
    Entry(N_("Status of recommendations"), scales.PROGRESS, PROGRESS, _PROGRESS),
    Entry(N_("Assessment by the desk"), scales.PROGRESS, PROGRESS, _PROGRESS, "assessment"),
    Entry(N_("Status of follow-ups"), scales.FOLLOW_UP, FOLLOW_UP, tones.of_course(FollowUp.course)),
    Entry(N_("Stage of initiatives"), scales.STAGE, STAGE, tones.of_course(Initiative.course)),
)
"""What is reported."""
