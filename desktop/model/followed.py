"""What recommendations, initiatives and follow-ups share: owners, countries, sectors, and how they stand."""

from __future__ import annotations

from typing import ClassVar

from desktop.i18n import N_, _
from desktop.model import scales
from desktop.model.base import Base
from desktop.model.computed import Course
from desktop.model.dates import Date
from desktop.model.kinds import Choice, Invalid, Number, Text
from desktop.model.person import Person
from desktop.model.relations import Many, Reference
from desktop.model.sets import SubjectCountry, SubjectPerson, SubjectSector


class Followed(Base):
    """Fields of a record whose course is followed; `course` says how its status is read."""

    course: ClassVar[Course]

    owner = Reference(N_("Owner"), Person, section="people", listed=True, filtered=True)
    co_owners = Many(N_("Joint owners"), SubjectPerson, "co_owner", section="people")
    countries = Many(N_("Countries"), SubjectCountry, "where", listed=True, filtered=True)
    sectors = Many(N_("Sectors"), SubjectSector, "about", filtered=True)
    rag_set = Choice(
        N_("RAG, set by hand"),
        scales.RAG,
        section="progress",
        exported=False,
        help=N_("Leave empty to let the RAG follow from status, dates and updates."),
    )
    rag_reason = Text(N_("Reason for the RAG set by hand"), section="progress", exported=False, confined=True)
    last_update_on = Date(N_("Last update"), derived=True, section="progress", width=12)
    adopted_on = Date(N_("Owned since"), editable=False, section="progress", exported=False)
    times_slipped = Number(N_("Times slipped"), derived=True, section="progress")

    def check_rag(self) -> None:
        """Raise `Invalid` for a RAG that is set by hand without a reason."""
        if self.rag_set and not self.rag_reason:
            raise Invalid(_("Say why the RAG is set by hand."), "rag_reason")
