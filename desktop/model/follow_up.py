"""Follow-ups: what somebody owes to somebody, since when, by when."""

from __future__ import annotations

from desktop.i18n import N_, _
from desktop.model import scales
from desktop.model.base import Registered
from desktop.model.computed import Computed, Course
from desktop.model.dates import Date
from desktop.model.followed import Followed
from desktop.model.gathered import OWN, Gathered
from desktop.model.kinds import Choice, Invalid, Link, LongText, Number, SortKey, Text
from desktop.model.meeting import Meeting
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.relations import Reference

_OTHER_END = "CASE {{t}}.direction WHEN 'us' THEN {{t}}.owed_to{what}_id ELSE {{t}}.owed_by{what}_id END"
_OTHER_ORGANISATION = (
    "(SELECT coalesce(nullif(o.acronym, ''), o.name) FROM organisation o WHERE o.id = "
    + _OTHER_END.format(what="")
    + ")"
)
_OTHER_PERSON = f"(SELECT p.name FROM person p WHERE p.id = {_OTHER_END.format(what='_person')})"
"""SQL: whom a follow-up is with: those we owe it to, or those who owe it."""
_CONCERNED = (
    OWN,
    *(
        f"SELECT f.id, o.country FROM follow_up f JOIN organisation o ON o.id = f.{end}_id"
        for end in ("owed_by", "owed_to")
    ),
    *(
        f"SELECT f.id, o.country FROM follow_up f JOIN person p ON p.id = f.{end}_person_id"
        " JOIN organisation o ON o.id = p.organisation_id"
        for end in ("owed_by", "owed_to")
    ),
    "SELECT f.id, c.country FROM follow_up f JOIN subject_country c ON c.subject_id = f.meeting_id"
    " AND c.role = 'where'",
)
"""SQL: the countries that it names, those of its two ends, and those that its meeting was about."""


class FollowUp(Registered, Followed):
    """A commitment; its `direction` follows from the side of who owes it."""

    singular, plural = N_("Follow-up"), N_("Follow-ups")
    prefix = "FU"
    course = Course(
        status="status", scale=scales.FOLLOW_UP, due="due_on", done=("done",), closed=("cancelled",)
    )

    title = Text(N_("Follow-up"), required=True, listed=True, searched=True, sort="title_key", width=44)
    title_key = SortKey("title")
    detail = LongText(N_("Detail"), searched=True)
    owed_by = Reference(N_("Owed by"), Organisation, section="people", listed=True, filtered=True)
    owed_by_person = Reference(N_("Owed by (person)"), Person, section="people")
    owed_to = Reference(N_("Owed to"), Organisation, section="people", filtered=True)
    owed_to_person = Reference(N_("Owed to (person)"), Person, section="people")
    direction = Choice(
        N_("Direction"),
        scales.DIRECTION,
        default="us",
        derived=True,
        section="people",
        listed=True,
        filtered=True,
        index=True,
        width=18,
    )
    raised_on = Date(N_("Raised"), section="dates", index=True)
    meeting = Reference(N_("From meeting"), Meeting, section="dates", filtered=True)
    counterpart = Computed(
        N_("Counterpart"),
        f"SELECT coalesce({_OTHER_ORGANISATION}, {_OTHER_PERSON})",
        Text(""),
        section="people",
        exported=False,
        width=20,
    )
    due_first = Date(N_("Due, as first agreed"), section="dates", editable=False)
    due_on = Date(N_("Due"), section="dates", listed=True, filtered=True, index=True)
    priority = Choice(
        N_("Priority"),
        scales.PRIORITY,
        default="medium",
        section="progress",
        filtered=True,
        listed=True,
        index=True,
    )
    status = Choice(
        N_("Status"),
        scales.FOLLOW_UP,
        default="open",
        section="progress",
        listed=True,
        filtered=True,
        width=18,
    )
    rag = course.rag_column()
    attention = course.attention_column()
    days_overdue = Computed(
        N_("Days overdue"),
        f"CASE WHEN {course.overdue} THEN CAST(julianday({{today}}) - julianday({{t}}.due_on) AS INTEGER) END",
        Number(""),
        section="progress",
        width=10,
    )
    outcome = LongText(N_("Outcome"), section="progress", searched=True)
    closed_on = Date(N_("Closed on"), section="progress", index=True)
    evidence_link = Link(N_("Evidence (link)"), section="progress", exported=False, confined=True)
    evidence_meeting = Reference(N_("Evidence (meeting)"), Meeting, section="progress", exported=False)
    evidence = Computed(
        N_("Evidence"),
        "SELECT group_concat(e.shown, char(10)) FROM (SELECT {t}.evidence_link AS shown WHERE {t}.evidence_link <> ''"
        " UNION ALL SELECT m.ref || ' ' || m.title FROM meeting m WHERE m.id = {t}.evidence_meeting_id"
        " UNION ALL SELECT a.name FROM attachment a WHERE a.subject_id = {t}.id AND a.role = 'evidence') e",
        LongText(""),
        section="progress",
    )
    verified_by = Reference(N_("Verified by"), Person, section="progress")
    serves = Computed(
        N_("Recommendation / initiative"),
        "SELECT group_concat(coalesce((SELECT r.ref FROM recommendation r WHERE r.id = l.to_subject_id),"
        " (SELECT i.ref FROM initiative i WHERE i.id = l.to_subject_id)), '; ') FROM link l"
        " WHERE l.from_subject_id = {t}.id AND l.relation = 'serves'",
        Text(""),
        section="dates",
    )
    latest_update = Computed(
        N_("Latest update"),
        'SELECT u.done FROM "update" u WHERE u.subject_id = {t}.id ORDER BY u."on" DESC, u.id DESC LIMIT 1',
        LongText(""),
        section="progress",
    )
    next_step = Computed(
        N_("Next step / blocker"),
        'SELECT trim(u.next || char(10) || u.blocks, char(10)) FROM "update" u WHERE u.subject_id = {t}.id'
        ' ORDER BY u."on" DESC, u.id DESC LIMIT 1',
        LongText(""),
        section="progress",
    )
    concerns = Gathered(N_("Countries concerned"), *_CONCERNED, section="system")

    class Meta:
        # What is open is mostly asked for by its date.
        indexes = ((("status", "due_on"), False),)

    def problems(self) -> None:
        self.check_rag()
        if self.closed_on and self.status not in (*self.course.done, *self.course.closed):
            raise Invalid(
                _("Only what is done or cancelled has a closing date; set the status."), "closed_on"
            )
        if self.closed_on and self.raised_on and self.closed_on < self.raised_on:
            raise Invalid(_("It cannot be closed before it was raised."), "closed_on")
        if self.due_on and self.raised_on and self.due_on < self.raised_on:
            raise Invalid(_("It cannot be due before it was raised."), "due_on")
