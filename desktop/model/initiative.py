"""Initiatives: dialogues, programmes, projects, funds and agreements that advance recommendations."""

from __future__ import annotations

from desktop.i18n import N_, _
from desktop.model import scales
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.model.computed import Computed, Course
from desktop.model.dates import Date, FuzzyDate
from desktop.model.followed import Followed
from desktop.model.gathered import OWN, Gathered
from desktop.model.kinds import Choice, Code, Invalid, LongText, Money, SortKey, Text
from desktop.model.relations import Many
from desktop.model.sets import SubjectCountry, SubjectOrganisation


class Initiative(Registered, Anchored, Followed):
    """An initiative; its stage is its status, its next milestone what it can be late for."""

    singular, plural = N_("Initiative"), N_("Initiatives")
    naming, prefix = "name", "IN"
    course = Course(
        status="stage",
        scale=scales.STAGE,
        due="milestone_on",
        done=("completed",),
        closed=("dropped",),
        paused=("on_hold",),
        not_started=("idea",),
    )

    name = Text(N_("Initiative"), required=True, listed=True, searched=True, sort="name_key", width=44)
    name_key = SortKey("name")
    own_name = Text(N_("Name in another language"), searched=True)
    type = Choice(N_("Type"), scales.INITIATIVE_TYPE, listed=True, filtered=True, index=True)
    stage = Choice(
        N_("Stage"), scales.STAGE, default="idea", section="progress", listed=True, filtered=True, index=True
    )
    partners = Many(N_("Partners"), SubjectOrganisation, "partner", filtered=True)
    partner_countries = Many(N_("Partner countries"), SubjectCountry, "partner")
    founded = FuzzyDate(N_("Founded"), section="dates", index=True)
    founded_wording = Text(N_("Founded, in the source's words"), section="dates")
    start_on = Date(N_("Start"), section="dates", index=True)
    end_on = Date(N_("End"), section="dates")
    value = Money(N_("Value"), section="dates")
    currency = Code(N_("Currency"), "[A-Z]{3}", "USD", section="dates")
    milestone = Text(N_("Next milestone"), section="progress")
    milestone_on = Date(N_("Milestone date"), section="progress", listed=True, index=True)
    description = LongText(N_("Description"), searched=True)
    rag = course.rag_column()
    attention = course.attention_column()
    recommendations = Computed(
        N_("Recommendations"),
        "SELECT group_concat(r.ref, '; ') FROM link l JOIN recommendation r ON r.id = l.to_subject_id"
        " WHERE l.from_subject_id = {t}.id AND l.relation = 'advances'",
        Text(""),
        section="progress",
    )
    concerns = Gathered(
        N_("Countries concerned"),
        OWN,
        "SELECT subject_id AS id, country FROM subject_country WHERE role = 'partner'",
        section="system",
    )

    class Meta:
        # The board reads the cards of a stage by name.
        indexes = ((("stage", "name_key"), False),)

    def problems(self) -> None:
        self.check_rag()
        if self.start_on and self.end_on and self.end_on < self.start_on:
            raise Invalid(_("The end must not be before the start."), "end_on")
        if self.value and not self.currency:
            raise Invalid(_("An amount needs its currency, such as USD."), "currency")
