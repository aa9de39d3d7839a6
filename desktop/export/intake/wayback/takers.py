"""What a column of a sheet gives back: the fields that its cells stand for, and how a cell is taken apart.

To let a column of joined fields be taken back: a taker in `joined`, its line in `JOINED`. A column without one, as of
what is computed, is told of with where to change it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.export import joins
from desktop.export.columns import Column, Sheet
from desktop.export.intake.wayback import joined
from desktop.export.intake.wayback.history import ADVANCED, ADVANCES, DONE, NEXT, SERVES, TIES, Tie
from desktop.export.intake.wayback.taker import Kept, Reading, Taker, Told
from desktop.export.layouts import known
from desktop.export.layouts.known import SINCE
from desktop.export.sheet import value_of
from desktop.i18n import N_, _
from desktop.model import Extension, Record, Update, field, fields
from desktop.model.base import Entity
from desktop.model.computed import Computed
from desktop.model.kinds import Kind


@dataclass(frozen=True)
class Single(Taker):
    """A column of one field."""

    kind: Kind

    def take(self, value: Any, reading: Reading) -> dict[str, Any]:
        return {self.kind.name: reading.json(self.kind, value)}


@dataclass(frozen=True)
class Joined(Taker):
    """A column of several fields, which a function of `joined` takes apart."""

    apart: Callable[[Any, Reading], dict[str, Any]]

    def take(self, value: Any, reading: Reading) -> dict[str, Any]:
        return self.apart(value, reading)

    def cleared(self, reading: Reading) -> dict[str, Any]:
        """Of a revised date: the one first agreed holds again; that is what the empty cell says."""
        if self.apart is joined.revised:
            return joined.as_first_agreed(reading)
        return super().cleared(reading)


@dataclass(frozen=True)
class Linked(Taker):
    """A column of the references of linked records."""

    tie: Tie

    def take(self, value: Any, reading: Reading) -> dict[str, Any]:
        return {self.tie.name: joined.ends(self.tie, value)}

    def cleared(self, reading: Reading) -> dict[str, Any]:
        return {self.tie.name: []}


@dataclass(frozen=True)
class Reported(Taker):
    """A column of what the last update told: what is written there is reported, and no entry of the log is changed."""

    part: str

    def take(self, value: Any, reading: Reading) -> dict[str, Any]:
        return {self.part: reading.json(field(Update, self.part.partition(":")[2]), value)}

    def cleared(self, reading: Reading) -> dict[str, Any]:
        raise Kept(_("What was reported stays in the progress log; an empty cell takes nothing from it."))


JOINED: dict[Any, tuple[Callable[[Any, Reading], dict[str, Any]], tuple[int, ...]]] = {
    joins.revised: (joined.revised, (1,)),
    joins.party: (joined.party, (0, 1)),
    joins.several: (joined.several, (0, 1)),
    joins.whereabouts: (joined.whereabouts, (0, 1)),
    joins.provenance: (joined.provenance, (0, 1, 2)),
    joins.together: (joined.together, (0,)),
    known._either: (joined.either, (0,)),
}
"""By the function that joins: what takes apart, and which of the parts it writes."""
LINKED = {"initiatives": ADVANCED, "recommendations": ADVANCES, "serves": SERVES}
"""Columns of references, by their names."""
REPORTED = {"latest_update": DONE, "next_step": NEXT}


def taker(sheet: Sheet, column: Column) -> Taker | Told:
    """What a column gives back, or why it gives nothing."""
    entity = sheet.entity
    kinds = column.kinds(entity)
    show = value_of(column, kinds)
    if column.key == SINCE:
        return Told(_("What has changed is told by the journal; change the record itself."))
    if entity is Update:
        return Told(
            _("An entry of the progress log stays as it was reported; report progress on its record anew.")
        )
    if entity is Extension:
        return Told(_("How a date was moved stays as it was noted; move the date of the record itself."))
    names = tuple(kind.name for kind in kinds)
    if column.join in JOINED:
        apart, written = JOINED[column.join]
        return Joined(entity, kinds, show, names, tuple(names[number] for number in written), apart)
    if len(kinds) == 1:
        name = names[0]
        if name in LINKED and LINKED[name].name in TIES:
            return Linked(entity, kinds, show, (LINKED[name].name,), (LINKED[name].name,), LINKED[name])
        if name in REPORTED:
            return Reported(entity, kinds, show, (REPORTED[name],), (REPORTED[name],), REPORTED[name])
        if name in ("due_first", "target_first"):
            return _first_agreed(entity, kinds, show, name)
        kind = kinds[0]
        if column.join is None and kind.editable and not isinstance(kind, Computed):
            return Single(entity, kinds, show, names, names, kind)
    return Told(_why(entity, kinds, column))


def _first_agreed(
    entity: type[Record], kinds: tuple[Kind, ...], show: Callable[[Any], Any], name: str
) -> Taker:
    """The date first agreed: of a record without any, it is its date; else it stays."""
    now = name.replace("_first", "_on")
    kinds = (*kinds, field(entity, now))
    return Joined(entity, kinds, lambda raws: show(raws[0]), (name, now), (now,), joined.first_agreed)


def _why(entity: type[Record], kinds: tuple[Kind, ...], column: Column) -> str:
    """Why a column cannot be taken, and where to change what it shows."""
    name = kinds[0].name
    if name == "ref":
        return _("A reference is not changed by a workbook; change it in the record itself.")
    where = _WHERE.get(column.key) or _WHERE.get(name)
    if where:
        return _(where)
    return _("This is computed from other fields; change these, and it follows.")


def new_values(taken: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields of a new record, and what else it has: links, and what is reported."""
    own = {
        name: value for name, value in taken.items() if name not in TIES and not name.startswith("update:")
    }
    return own, {name: value for name, value in taken.items() if name not in own}


def creatable(entity: type[Record]) -> bool:
    """Whether a row without a uid makes a record of this kind."""
    return issubclass(entity, Entity)


def required(entity: type[Record]) -> list[Kind]:
    """The fields that a record cannot be without, and that somebody types."""
    return [kind for kind in fields(entity) if kind.required and kind.editable]


_WHERE = {
    "rag": N_("The RAG follows from status, dates and updates; set it by hand in the record, with a reason."),
    "attention": N_("This follows from the dates and the updates; change these."),
    "direction": N_("Whose side owes it follows from the organisation that owes; change that."),
    "side": N_("The side follows from kind and country; set it by hand in the record."),
    "times_slipped": N_("This counts how often the date was moved; move the date."),
    "last_update_on": N_("This is the day of the last update; report progress on the record."),
    "evidence": N_("Evidence is added in the record: a link, a meeting or a file."),
    "attendees_ours": N_("Who was there is changed in the meeting."),
    "attendees_theirs": N_("Who was there is changed in the meeting."),
    "series_shown": N_("The series is chosen in the meeting."),
    "state_shown": N_("Minutes are made final, or opened again, in the meeting."),
}
"""Where what a column shows is changed, by its key or its first field."""
