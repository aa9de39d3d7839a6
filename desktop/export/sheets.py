"""The sheets of the status workbook, declared. To add a sheet: one `Sheet(...)` in `SHEETS`.

A sheet names the columns that come first, in order, and the fields it leaves out. Any other exported field of
its entity follows at the end: a field that is new in the model needs no line here. An entity of the register
that no sheet shows gets a plain one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from desktop.countries import country_name
from desktop.export import joins
from desktop.i18n import N_, _
from desktop.model import ENTITIES, FollowUp, Initiative, Meeting, Recommendation, Record, Update, field, fields, scales
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.kinds import Choice, Kind, Text
from desktop.model.relations import SEPARATOR
from desktop.service.query import Condition, Order, Query

Part = str | Computed


@dataclass(frozen=True)
class Column:
    """A column: one field of the entity, or several parts (fields or SQL of its own) that `join` makes one of.

    Without a label and a width it has those of its first part. `join` takes the cells of the parts and gives the
    cell of the column.
    """

    parts: tuple[Part, ...]
    label: str = ""
    width: int = 0
    join: Callable[..., Any] | None = None

    def kinds(self, entity: type[Record]) -> tuple[Kind, ...]:
        """The kind of each part."""
        return tuple(part if isinstance(part, Computed) else field(entity, part) for part in self.parts)

    def title(self, entity: type[Record]) -> str:
        """The heading, in the language spoken."""
        return _(self.label) if self.label else self.kinds(entity)[0].title


def column(*parts: Part, label: str = "", width: int = 0, join: Callable[..., Any] | None = None) -> Column:
    """A `Column`, written short."""
    return Column(parts, label, width, join)


@dataclass(frozen=True)
class Extended(Query):
    """A query with columns that the entity does not have."""

    extra: tuple[Computed, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        own = {kind.name: kind for kind in self.extra}
        return tuple(own.get(name) or field(self.entity, name) for name in self.columns)


@dataclass(frozen=True)
class Sheet:
    """A sheet of rows. `title` is the column after which the panes freeze, `since` and `until` name the field that
    must lie in the period, `empty` is what stands there instead of no rows."""

    key: str
    """Names its table, in any language the same."""
    name: str
    entity: type[Record]
    first: tuple[Column, ...]
    leave_out: frozenset[str] = frozenset()
    where: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()
    title: str = "title"
    since: str = ""
    until: str = ""
    empty: str = ""
    levels: str = ""
    """The field by which headings stand out and asks are set in."""
    more: bool = True
    """Whether the other exported fields of the entity follow."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns: those named, then what else the entity exports."""
        if not self.more:
            return self.first
        named = {part for column in self.first for part in column.parts if isinstance(part, str)}
        rest = (f for f in fields(self.entity) if f.exported and f.name not in named | self.leave_out)
        return (*self.first, *(Column((f.name,)) for f in rest))

    @cached_property
    def frozen(self) -> int:
        """How many columns stay in place: all up to the title."""
        names = [column.kinds(self.entity)[0].name for column in self.columns]
        return names.index(self.title) + 1 if self.title in names else 1

    def query(self, since: str = "", until: str = "") -> Extended:
        """What is read for it, within a period."""
        where = list(self.where)
        if self.since and since:
            where.append(Condition(self.since, "from", (since,)))
        if self.until and until:
            where.append(Condition(self.until, "to", (until,)))
        parts = [part for column in self.columns for part in column.parts]
        if self.levels:
            parts.append(self.levels)
        extra = tuple(part for part in parts if isinstance(part, Computed))
        names = tuple(part.name if isinstance(part, Computed) else part for part in parts)
        return Extended(self.entity, names, where=tuple(where), order=self.order, extra=extra)

    def of(self, query: Query) -> Sheet:
        """A sheet of the same entity that shows a list as it stands on screen: its columns, filter and order."""
        columns = tuple(Column((name,)) for name in query.columns)
        return replace(
            self,
            first=columns,
            where=query.where,
            order=query.order,
            more=False,
            since="",
            until="",
        )


class CountryCodes(Text):
    """Several countries as a query selects them: codes between separators."""

    def text(self, value: Any) -> str:
        return "; ".join(sorted(country_name(code) for code in value.split(SEPARATOR))) if value else ""


def _computed(name: str, expression: str, as_: Kind) -> Computed:
    made = Computed("", expression, as_)
    made.__set_name__(Record, name)
    return made


_LATEST = field(FollowUp, "latest_update")
_NEXT = field(FollowUp, "next_step")
_STATE = _computed(
    "state_shown",
    "CASE WHEN {t}.historic THEN 'historic' ELSE {t}.state END",
    Choice("", {**scales.MEETING_STATE, "historic": N_("History")}),
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

_FOLLOW_UP = (
    column("ref"),
    column("title", width=36),
    column("meeting", width=14),
    column("serves", width=16),
    column("countries", label=N_("Country"), width=16),
    column("owed_by", "owed_by_person", width=24, join=joins.party),
    column("direction", label=N_("Owed by (side)")),
    column("owner"),
    column("co_owners", width=20),
    column("owed_to", "owed_to_person", width=24, join=joins.party),
    column("raised_on"),
    column("due_first", label=N_("Due (first)")),
    column("due_first", "due_on", label=N_("Due (revised)"), join=joins.revised),
    column("times_slipped"),
)
_CLOSED = ("done", "cancelled")
_NOT_SHOWN = frozenset({"detail", "sectors", "attention", "last_update_on", "due_on", "outcome", "closed_on"})

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "recommendations",
        N_("Recommendations"),
        Recommendation,
        (
            column("ref"),
            column("source", width=12),
            column("section", width=14),
            column("title"),
            column("level", width=16),
            column("parent", width=14),
            column("acceptance"),
            column("leads"),
            column("countries"),
            column("initiatives"),
            column("follow_ups"),
            column("follow_ups_overdue"),
            column("status"),
            column("assessment", width=18),
            column("rag"),
            column("target_first", label=N_("Target (first)")),
            column("target_first", "target_on", label=N_("Target (revised)"), join=joins.revised),
            column("last_update_on"),
            column(_LATEST, label=N_("Progress")),
            column(_NEXT, label=N_("Next step"), width=40),
            column("paragraph", "endnotes", "source_note", label=N_("Provenance"), width=28, join=joins.provenance),
        ),
        leave_out=frozenset(
            {"summary", "addressees", "priority", "sectors", "owner", "co_owners", "attention", "times_slipped"}
        ),
        order=(Order("ref"),),
        levels="level",
        empty=N_("No recommendations have been entered yet."),
    ),
    Sheet(
        "initiatives",
        N_("Initiatives"),
        Initiative,
        (
            column("ref"),
            column("name"),
            column("own_name", label=N_("Name (other language)")),
            column("type"),
            column("sectors"),
            column("countries"),
            column("partners", "partner_countries", width=28, join=joins.several),
            column("stage"),
            column("value"),
            column("currency"),
            column("start_on"),
            column("attention", label=N_("Status"), width=12),
            column("rag"),
            column("recommendations"),
            column("last_update_on"),
            column("milestone", width=32),
            column("milestone_on"),
            column("owner"),
        ),
        leave_out=frozenset(
            {"founded", "founded_wording", "end_on", "description", "co_owners", "times_slipped"}
            | {"source", "section", "paragraph", "endnotes", "source_note"}
        ),
        order=(Order("ref"),),
        title="name",
        empty=N_("No initiatives have been entered yet."),
    ),
    Sheet(
        "follow_ups_open",
        N_("Follow-ups open"),
        FollowUp,
        (
            *_FOLLOW_UP,
            column("days_overdue"),
            column("priority", width=10),
            column("status"),
            column("rag"),
            column("latest_update"),
            column("next_step", width=48),
        ),
        leave_out=_NOT_SHOWN,
        where=(Condition("status", "not", _CLOSED),),
        order=(Order("due_on"),),
        empty=N_("No follow-up is open."),
    ),
    Sheet(
        "follow_ups_closed",
        N_("Closed"),
        FollowUp,
        (
            *_FOLLOW_UP,
            column("priority", width=10),
            column("status"),
            column("rag"),
            column("latest_update"),
            column("closed_on"),
            column("outcome", width=48),
        ),
        leave_out=_NOT_SHOWN | {"days_overdue", "next_step"},
        where=(Condition("status", "in", _CLOSED),),
        order=(Order("closed_on", descending=True),),
        since="closed_on",
        empty=N_("No follow-up was closed in this period."),
    ),
    Sheet(
        "meetings",
        N_("Meetings"),
        Meeting,
        (
            column("ref"),
            column("title"),
            column("on"),
            column("place", "country", width=24, join=joins.whereabouts),
            column(_STATE, label=N_("State"), width=12),
            column("counterparts", width=28),
            column("attendees_ours", width=28),
            column("attendees_theirs", width=28),
            column("purpose", width=48),
            column("decisions"),
            column("follow_ups_open"),
            column("follow_ups"),
        ),
        leave_out=frozenset(
            {"kind", "state", "date_wording", "starts", "ends_on", "ends", "countries", "sectors"}
            | {"source", "section", "paragraph", "endnotes", "source_note"}
        ),
        order=(Order("on", descending=True),),
        empty=N_("No meeting has been entered yet."),
    ),
    Sheet(
        "progress_log",
        N_("Progress log"),
        Update,
        (
            column("on"),
            column(_of_subject("ref_shown", "ref"), _of_subject("title_shown"), label=N_("Record"), width=44,
                   join=joins.record),
            column(_SUBJECT_COUNTRIES, label=N_("Country"), width=18),
            column("status_from", "status_to", label=N_("Status from → to"), width=26, join=joins.move),
            column("done", "next", "blocks", label=N_("Text"), width=72, join=joins.told),
            column("author"),
        ),
        leave_out=frozenset({"subject", "aspect"}),
        order=(Order("on", descending=True),),
        title="ref_shown",
        since="on",
        until="on",
        empty=N_("No progress was reported in this period."),
    ),
)
"""In the order in which they stand in the workbook."""


def sheets() -> tuple[Sheet, ...]:
    """All sheets of rows: those declared, and a plain one for each other entity of the register."""
    shown = {sheet.entity for sheet in SHEETS}
    return (*SHEETS, *(plain(entity) for entity in ENTITIES if issubclass(entity, Registered) and entity not in shown))


def plain(entity: type[Record]) -> Sheet:
    """A sheet of all that an entity exports, in the order of its declaration."""
    naming = getattr(entity, "naming", "")
    return Sheet(entity.key(), entity.plural, entity, (), title=naming, empty=N_("Nothing has been entered yet."))


def listing(query: Query) -> Sheet:
    """The one sheet of a list as it stands on screen."""
    return plain(query.entity).of(query)
