"""Recommendations: what a document asks for, as a tree of headings, recommendations and asks."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.model.computed import Computed, Course
from desktop.model.dates import Date
from desktop.model.followed import Followed
from desktop.model.kinds import Choice, LongText, Number, SortKey, Text
from desktop.model.relations import Many, Reference
from desktop.model.sets import SubjectOrganisation

_SERVING = (
    "SELECT count(*) FROM link l JOIN follow_up f ON f.id = l.from_subject_id"
    " WHERE l.to_subject_id = {t}.id AND l.relation = 'serves' AND f.status NOT IN ('done', 'cancelled')"
)


_WITHIN = (
    "(SELECT {t}.id UNION ALL SELECT a.id FROM recommendation a WHERE a.parent_id = {t}.id UNION ALL"
    " SELECT b.id FROM recommendation a JOIN recommendation b ON b.parent_id = a.id WHERE a.parent_id = {t}.id)"
)
"""SQL: it and its asks, two levels of them."""

_LAST_ACTIVITY = f"""nullif(max(
    coalesce({{t}}.last_update_on, ''),
    coalesce((SELECT max(u."on") FROM link l JOIN "update" u ON u.subject_id = l.from_subject_id
        WHERE l.to_subject_id IN {_WITHIN} AND l.relation IN ('serves', 'advances')), ''),
    coalesce((SELECT max(f.raised_on) FROM link l JOIN follow_up f ON f.id = l.from_subject_id
        WHERE l.to_subject_id IN {_WITHIN} AND l.relation = 'serves'), ''),
    coalesce((SELECT max(m."on") FROM link l JOIN meeting m ON m.id = l.from_subject_id
        WHERE l.to_subject_id IN {_WITHIN} AND l.relation = 'discussed'
            AND m.state <> 'planned' AND NOT m.historic), '')
), '')"""
"""SQL: the last day on which anything happened about it: an update of it, or of what serves or advances it or one of
its asks, a promise that serves them, a meeting that discussed them."""


class Recommendation(Registered, Anchored, Followed):
    """A recommendation; counts take those of level `recommendation` only."""

    singular, plural = N_("Recommendation"), N_("Recommendations")
    prefix = "REC"
    course = Course(
        status="status",
        scale=scales.PROGRESS,
        due="target_on",
        done=("implemented",),
        closed=("overtaken", "closed_not_implemented"),
        stalled=("stalled",),
        not_started=("not_started",),
        grey_where="({t}.level = 'heading')",
    )

    title = Text(N_("Recommendation"), required=True, listed=True, searched=True, sort="title_key", width=48)
    title_key = SortKey("title")
    level = Choice(N_("Level"), scales.LEVEL, default="recommendation", filtered=True, index=True)
    parent = Reference(N_("Part of"), "self", exported=True)
    summary = LongText(N_("Summary"), searched=True)
    addressees = Many(N_("Addressed to"), SubjectOrganisation, "addressee", section="people")
    leads = Many(N_("Lead"), SubjectOrganisation, "lead", section="people", filtered=True)
    acceptance = Choice(
        N_("Acceptance"),
        scales.ACCEPTANCE,
        default="not_assessed",
        section="progress",
        filtered=True,
        index=True,
    )
    status = Choice(
        N_("Status (reported)"),
        scales.PROGRESS,
        default="not_started",
        section="progress",
        listed=True,
        filtered=True,
        index=True,
        width=18,
    )
    assessment = Choice(
        N_("Assessment (desk)"),
        scales.PROGRESS,
        section="progress",
        filtered=True,
        index=True,
        confined=True,
    )
    priority = Choice(N_("Priority"), scales.PRIORITY, section="progress", filtered=True, index=True)
    target_first = Date(N_("Target, as first set"), section="progress", editable=False)
    target_on = Date(N_("Target"), section="progress", listed=True, index=True)
    reported_on = Computed(
        N_("Reported on"),
        'SELECT max(u."on") FROM "update" u WHERE u.subject_id = {t}.id AND u.aspect = \'reported\'',
        Date(""),
        section="progress",
        exported=False,
        width=12,
    )
    assessed_on = Computed(
        N_("Assessed on"),
        'SELECT max(u."on") FROM "update" u WHERE u.subject_id = {t}.id AND u.aspect = \'desk\'',
        Date(""),
        section="progress",
        exported=False,
        width=12,
    )
    last_activity = Computed(
        N_("Last activity"), _LAST_ACTIVITY, Date(""), section="progress", exported=False, width=12
    )
    activity = Computed(
        N_("Activity"),
        "CASE WHEN {t}.level = 'heading' THEN '' WHEN {t}.status = 'overtaken' THEN 'overtaken'"
        f" WHEN {_LAST_ACTIVITY} IS NULL THEN 'none'"
        f" WHEN {course.stale} THEN 'stale' ELSE 'active' END",
        Choice("", scales.ACTIVITY),
        section="progress",
        exported=False,
        filtered=True,
        width=16,
    )
    rag = course.rag_column()
    attention = course.attention_column()
    initiatives = Computed(
        N_("Linked initiatives"),
        "SELECT group_concat(i.ref, '; ') FROM link l JOIN initiative i ON i.id = l.from_subject_id"
        " WHERE l.to_subject_id = {t}.id AND l.relation = 'advances'",
        Text(""),
        section="progress",
    )
    follow_ups = Computed(
        N_("Open follow-ups"), _SERVING, Number(""), section="progress", listed=True, width=10
    )
    follow_ups_overdue = Computed(
        N_("Overdue follow-ups"),
        _SERVING + " AND f.due_on < {today}",
        Number(""),
        section="progress",
        width=10,
    )

    def problems(self) -> None:
        self.check_rag()
