"""The sheets of the status workbook, declared. To add a sheet: one `Sheet(...)` in `SHEETS`.

A sheet names the columns that come first, in order, and the fields it leaves out. Any other exported field of
its entity follows at the end: a field that is new in the model needs no line here. An entity of the register
that no sheet shows gets a plain one.
"""

from __future__ import annotations

from typing import Any, cast

from desktop.countries import country_name
from desktop.export import joins
from desktop.export.columns import Sheet, column
from desktop.i18n import N_
from desktop.model import (
    ENTITIES,
    Entity,
    Extension,
    FollowUp,
    Initiative,
    Meeting,
    Recommendation,
    Record,
    Series,
    Update,
    field,
    scales,
)
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.kinds import Choice, Kind, Number, Text
from desktop.model.relations import SEPARATOR
from desktop.service.query import Condition, Order, Query

REF, COUNT, WORD, STATUS, NAME = 12, 9, 12, 16, 20
"""Widths of what is narrower here than on screen: a printed row is one page wide."""


class CountryCodes(Text):
    """Several countries as a query selects them: codes between separators."""

    def text(self, value: Any) -> str:
        return "; ".join(sorted(country_name(code) for code in value.split(SEPARATOR))) if value else ""


def _computed(name: str, expression: str, as_: Kind) -> Computed:
    made = Computed("", expression, as_)
    made.__set_name__(Record, name)
    return made


# The SQL of the latest update holds for whatever has updates.
_LATEST = cast(Computed, field(FollowUp, "latest_update"))
_NEXT = cast(Computed, field(FollowUp, "next_step"))
_STATE = _computed(
    "state_shown",
    "CASE WHEN {t}.historic THEN 'historic' ELSE {t}.state END",
    Choice("", {**scales.MEETING_STATE, "historic": N_("Historic")}),
)


def _of_subject(name: str, column: str = "") -> Computed:
    """A field of the record that an update belongs to, whichever of the three kinds it is."""
    rows = (
        f"(SELECT x.{column or entity.naming} FROM {entity.key()} x WHERE x.id = {{t}}.subject_id)"
        for entity in (Recommendation, Initiative, FollowUp)
    )
    return _computed(name, f"SELECT coalesce({', '.join(rows)}, '')", Text(""))


_SUBJECT_COUNTRIES = _computed(
    "subject_countries",
    f"SELECT group_concat(c.country, '{SEPARATOR}') FROM subject_country c"
    " WHERE c.subject_id = {t}.subject_id AND c.role = 'where'",
    CountryCodes(""),
)

_SUBJECT_KIND = _computed(
    "subject_kind", "SELECT s.kind FROM subject s WHERE s.id = {t}.subject_id", Text("")
)
_SERIES = _computed("series_shown", "SELECT s.title FROM series s WHERE s.id = {t}.series_id", Text(""))
_DAYS_MOVED = _computed(
    "days_moved", "CAST(julianday({t}.to_on) - julianday({t}.from_on) AS INTEGER)", Number("")
)

_FOLLOW_UP = (
    column("ref", width=REF),
    column("title", width=32),
    column("meeting", width=REF),
    column("serves", width=14, join=joins.stacked),
    column("countries", label=N_("Country"), width=12),
    column("owed_by", "owed_by_person", width=18, join=joins.party),
    column("direction", label=N_("Owed by (side)"), width=13),
    column("owner", width=16),
    column("co_owners", width=12),
    column("owed_to", "owed_to_person", width=18, join=joins.party),
    column("raised_on"),
    column("due_first", label=N_("Due (first)")),
    column("due_first", "due_on", label=N_("Due (revised)"), join=joins.revised),
    column("times_slipped", width=COUNT),
)
_CLOSED = ("done", "cancelled")
_ELSEWHERE = frozenset({"source", "section", "paragraph", "endnotes", "source_note"})
"""Where a document names it: the sheet of recommendations tells, the others leave it out."""
_NOT_SHOWN = frozenset({"detail", "sectors", "attention", "last_update_on", "outcome", "closed_on"})
_WHEN_CLOSED = frozenset({"evidence", "verified_by"})

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "recommendations",
        N_("Recommendations"),
        Recommendation,
        (
            column("ref", width=13),
            column("source", width=11),
            column("section", width=15),
            column("title", width=38),
            column("level", width=15),
            column("parent", width=REF),
            column("acceptance", width=14),
            column("leads", width=18),
            column("countries", width=14),
            column("initiatives", width=27, join=joins.paired),
            column("follow_ups", width=COUNT),
            column("follow_ups_overdue", width=COUNT),
            column("status", width=STATUS),
            column("assessment", width=STATUS),
            column("rag", width=COUNT),
            column("target_first", label=N_("Target (first)")),
            column("target_first", "target_on", label=N_("Target (revised)"), join=joins.revised),
            column("last_update_on"),
            column(_LATEST, label=N_("Progress")),
            column(_NEXT, label=N_("Next step"), width=32),
            column(
                "paragraph",
                "endnotes",
                "source_note",
                label=N_("Provenance"),
                width=24,
                join=joins.provenance,
            ),
        ),
        leave_out=frozenset(
            {
                "summary",
                "addressees",
                "priority",
                "sectors",
                "owner",
                "co_owners",
                "attention",
                "times_slipped",
            }
        ),
        order=(Order("ref"),),
        levels="level",
        about=N_("What the documents ask for, and how it stands"),
        empty=N_("No recommendations have been entered yet."),
    ),
    Sheet(
        "initiatives",
        N_("Initiatives"),
        Initiative,
        (
            column("ref", width=REF),
            column("name", width=36),
            column("own_name", label=N_("Name (other language)")),
            column("type", width=14),
            column("sectors", width=NAME),
            column("countries", width=16),
            column("partners", "partner_countries", width=28, join=joins.several),
            column("stage", width=16),
            column("value"),
            column("currency", width=COUNT),
            column("start_on"),
            column("attention", label=N_("Status"), width=WORD),
            column("rag", width=COUNT),
            column("recommendations", width=14, join=joins.stacked),
            column("last_update_on"),
            column("milestone", width=32),
            column("milestone_on"),
            column("owner", width=18),
        ),
        leave_out=_ELSEWHERE
        | {"founded", "founded_wording", "end_on", "description", "co_owners", "times_slipped"},
        order=(Order("ref"),),
        title="name",
        about=N_("The dialogues, projects, funds and agreements that advance it"),
        empty=N_("No initiatives have been entered yet."),
    ),
    Sheet(
        "follow_ups_open",
        N_("Follow-ups open"),
        FollowUp,
        (
            *_FOLLOW_UP,
            column("days_overdue", width=COUNT),
            column("priority", width=COUNT),
            column("status", width=STATUS),
            column("rag", width=COUNT),
            column("latest_update"),
            column("next_step", width=36),
        ),
        leave_out=_NOT_SHOWN | _WHEN_CLOSED,
        where=(Condition("status", "not", _CLOSED),),
        order=(Order("due_on"),),
        about=N_("Who owes what to whom, the earliest due first"),
        empty=N_("No follow-up is open."),
    ),
    Sheet(
        "follow_ups_closed",
        N_("Closed"),
        FollowUp,
        (
            *_FOLLOW_UP,
            column("priority", width=COUNT),
            column("status", width=STATUS),
            column("rag", width=COUNT),
            column("latest_update"),
            column("closed_on"),
            column("outcome", width=36),
            column("evidence", width=24),
            column("verified_by", width=16),
        ),
        leave_out=_NOT_SHOWN | {"days_overdue", "next_step"},
        where=(Condition("status", "in", _CLOSED),),
        order=(Order("closed_on", descending=True),),
        since="closed_on",
        about=N_("Done or cancelled since the period began, the last first"),
        empty=N_("No follow-up was closed in this period."),
    ),
    Sheet(
        "extensions",
        N_("Extensions"),
        Extension,
        (
            column(
                _of_subject("ref_shown", "ref"),
                _of_subject("title_shown"),
                label=N_("Record"),
                width=44,
                join=joins.record,
            ),
            column(_SUBJECT_COUNTRIES, label=N_("Country"), width=16),
            column("from_on", label=N_("Was")),
            column("to_on", label=N_("Is")),
            column(_DAYS_MOVED, label=N_("Days later"), width=COUNT),
            column("reason", width=48),
            column("agreed_by", width=28),
            column("moved_on"),
        ),
        leave_out=frozenset({"subject", "field"}),
        order=(Order("moved_on", descending=True),),
        title="ref_shown",
        since="moved_on",
        until="moved_on",
        about=N_("Due and target dates that were moved in the period, why, and who agreed"),
        empty=N_("No date was moved in this period."),
    ),
    Sheet(
        "meetings",
        N_("Meetings"),
        Meeting,
        (
            column("ref", width=REF),
            column("title", width=32),
            column("on"),
            column("place", "country", width=18, join=joins.whereabouts),
            column(_SERIES, label=N_("Series"), width=18),
            column("counterparts"),
            column("attendees_ours", width=24),
            column("attendees_theirs", width=28),
            column("purpose", width=40),
            column("decisions", "decided", join=joins.together),
            column("follow_ups_open", width=COUNT),
            column("follow_ups", width=COUNT),
            column(_STATE, "final_version", label=N_("Minutes"), width=16, join=joins.minutes),
        ),
        leave_out=_ELSEWHERE
        | {"kind", "state", "series", "date_wording", "starts", "ends_on", "ends", "countries", "sectors"},
        order=(Order("on", descending=True),),
        about=N_("Planned and held, the last first, and those in the documents"),
        empty=N_("No meeting has been entered yet."),
    ),
    Sheet(
        "progress_log",
        N_("Progress log"),
        Update,
        (
            column("on"),
            column(
                _of_subject("ref_shown", "ref"),
                _of_subject("title_shown"),
                label=N_("Record"),
                width=40,
                join=joins.record,
            ),
            column(_SUBJECT_COUNTRIES, label=N_("Country"), width=16),
            column(
                "status_from",
                "status_to",
                "aspect",
                _SUBJECT_KIND,
                label=N_("Status from → to"),
                width=24,
                join=joins.move,
                name="status_from+status_to+aspect",
            ),
            column("done", "next", "blocks", label=N_("Text"), width=76, join=joins.told),
            column("author", width=18),
        ),
        leave_out=frozenset({"subject"}),
        order=(Order("on", descending=True),),
        title="ref_shown",
        since="on",
        until="on",
        about=N_("What was reported in the period, the last first"),
        empty=N_("No progress was reported in this period."),
    ),
)
"""In the order in which they stand in the workbook."""


def sheets() -> tuple[Sheet, ...]:
    """All sheets of rows: those declared, and a plain one for each other entity of the register."""
    # A series has no sheet of its own: its meetings name it.
    shown = {*(sheet.entity for sheet in SHEETS), Series}
    return (
        *SHEETS,
        *(plain(entity) for entity in ENTITIES if issubclass(entity, Registered) and entity not in shown),
    )


def plain(entity: type[Record]) -> Sheet:
    """A sheet of all that an entity exports, in the order of its declaration."""
    naming = getattr(entity, "naming", "")
    return Sheet(
        entity.key(),
        entity.plural,
        entity,
        (),
        order=(Order("ref"),) if issubclass(entity, Entity) else (),
        title=naming,
        empty=N_("Nothing has been entered yet."),
    )


def listing(query: Query) -> Sheet:
    """The one sheet of a list as it stands on screen."""
    return plain(query.entity).of(query)
