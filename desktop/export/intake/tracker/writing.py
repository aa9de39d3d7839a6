"""A planned row is written, within an operation: its record, its updates, links and attendees.

The same is done for a trial that is taken back, so that a plan knows what the records say to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from desktop.export.intake.tracker import names
from desktop.export.intake.tracker.log_cells import Entry
from desktop.export.intake.tracker.plan import Taken, Wanted
from desktop.export.intake.tracker.shown import plain
from desktop.i18n import _
from desktop.model import (
    AgendaItem,
    Attendance,
    Entity,
    FollowUp,
    Invalid,
    Link,
    Meeting,
    Organisation,
    Person,
    Point,
)
from desktop.model.followed import Followed
from desktop.model.kinds import MAX_LINE
from desktop.service import agenda, closing, meetings, points, progress, records
from desktop.service.meetings import Attendee
from desktop.service.operation import Writing

LINES = ("decisions", "agenda")
"""Fields of a meeting whose lines are points, and items, of their own."""
_ENTITIES: dict[str, type[Entity]] = {"person": Person, "organisation": Organisation}


@dataclass
class Made:
    """Those who were put into the directory, by kind and plain name, and those of whom it was said who is meant."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def id_of(self, writing: Writing, value: Any) -> Any:
        """A value as a record has it: who is new is made first."""
        if isinstance(value, frozenset):
            return frozenset(self.id_of(writing, each) for each in value)
        if not isinstance(value, Wanted):
            return value
        key = value.kind, plain(value.name)
        if key not in self.ids:
            given: dict[str, Any] = {"name": value.name[:MAX_LINE]}
            if value.organisation:
                given["organisation"] = self._organisation(writing, value.organisation)
            self.ids[key] = records.make(writing, _ENTITIES[value.kind], given).id
        return self.ids[key]

    def attendees(self, taken: Taken) -> list[tuple[Any, Any]]:
        """Those whom a row names: who was said to be meant by a typed name stands in its place."""
        return [
            each if isinstance(each[0], int) else (self._meant(each[0]) or each[0], each[1])
            for each in taken.attendees
        ]

    def _meant(self, typed: str) -> int | None:
        return self.ids.get(("person", plain(typed))) or self.ids.get(("person", plain(_person(typed))))

    def _organisation(self, writing: Writing, name: str) -> Any:
        try:
            return Organisation.find(name).id
        except Invalid:
            return self.id_of(writing, Wanted("organisation", name))


def make(
    writing: Writing, entity: type[Entity], values: dict[str, Any], taken: Taken, made: Made, file: str
) -> Any:
    """A new record for a row, with all that goes with it; raises `Invalid` or `Conflict`."""
    given = {name: made.id_of(writing, value) for name, value in values.items()}
    record = records.make(writing, entity, ended(None, entity, given, taken, file))
    add(writing, record, taken.entries, taken, made)
    return record


def change(
    writing: Writing,
    record: Any,
    values: dict[str, Any],
    entries: Iterable[Entry],
    taken: Taken,
    made: Made,
    file: str,
    reason: str,
) -> bool:
    """Change the record of a row; returns whether anything differs. Raises `Invalid` or `Conflict`."""
    given = {name: made.id_of(writing, value) for name, value in values.items()}
    given = ended(record, type(record), given, taken, file)
    differs = records.amend(writing, record, given, reason=reason) if given else False
    return add(writing, record, entries, taken, made) or differs


def ended(
    record: Any, entity: type[Entity], given: dict[str, Any], taken: Taken, file: str
) -> dict[str, Any]:
    """The same, with the outcome that something ended needs: the last words of its log, else that the file says so."""
    status = given.get("status", "")
    if (
        entity is not FollowUp
        or not closing.ends(status)
        or given.get("outcome")
        or getattr(record, "outcome", "")
    ):
        return given
    dated = sorted((entry for entry in taken.entries if entry.text), key=lambda entry: entry.on)
    said = dated[-1].text if dated else _("Ended, as {file} says.").format(file=file)
    return {**given, "outcome": said}


def add(writing: Writing, record: Any, entries: Iterable[Entry], taken: Taken, made: Made) -> bool:
    """The updates, links and attendees of a row that its record does not have yet; returns whether there were any."""
    added = False
    today = writing.workspace.today()
    told = list(new_entries(record, entries))
    told += [Entry(taken.updated, "")] if steps_new(record, taken) and not told else []
    latest = max(range(len(told)), key=lambda at: (told[at].on or today, at), default=-1)
    for at in sorted(range(len(told)), key=lambda at: told[at].on or today):
        beside = (
            {"next": taken.next, "blocks": taken.blocks} if at == latest and steps_new(record, taken) else {}
        )
        aspect = "reported"
        progress.log(writing, record, aspect, "", "", told[at].on or today, done=told[at].text, **beside)
        added = True
    for other in missing_links(record, taken):
        relation = "serves" if isinstance(record, FollowUp) else "advances"
        writing.create(Link, {"from_subject": record.id, "to_subject": other.id, "relation": relation})
        added = True
    for person, works_for in missing_attendees(record, made.attendees(taken)):
        known = isinstance(person, int)
        attendee = Attendee(person if known else None, "" if known else person[:MAX_LINE], works_for)
        meetings.attend(writing.workspace, record, attendee)
        added = True
    for name, line in missing_lines(record, taken):
        if name == "decisions":
            points.make(writing, record, "decision", line)
        else:
            agenda.make(writing, record, line)
        added = True
    return added


def new_entries(record: Any, entries: Iterable[Entry]) -> list[Entry]:
    """Those that the log of a record does not have; one without a day is known by its words alone."""
    wanted = list(entries)
    if not wanted or not isinstance(record, Followed):
        return []
    held = [(on, plain(done)) for on, done, _next, _blocks in progress.told(record)]
    words = {done for _on, done in held}
    return [
        entry
        for entry in wanted
        if ((entry.on, plain(entry.text)) not in held if entry.on else plain(entry.text) not in words)
    ]


def steps_new(record: Any, taken: Taken) -> bool:
    """Whether what a row says is next, or blocks, is not what the last update says."""
    if not (taken.next or taken.blocks) or isinstance(record, Meeting):
        return False
    held = {(plain(following), plain(blocks)) for _on, _done, following, blocks in progress.told(record)}
    return (plain(taken.next), plain(taken.blocks)) not in held


def missing_links(record: Any, taken: Taken) -> list[Any]:
    """What a row says that its record serves or advances, and is not linked."""
    wanted = {other.id: other for other in taken.links if other.id != record.id}
    if not wanted:
        return []
    rows: Any = Link.select(Link.to_subject).where(Link.from_subject == record.id).tuples()
    held = {row[0] for row in list(rows)}
    return [other for key, other in wanted.items() if key not in held]


def missing_attendees(record: Any, wanted: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Those of some (each a person's id or a typed name, and an organisation) who are not at a meeting yet."""
    if not wanted:
        return []
    rows: Any = (
        Attendance.select(Attendance.person, Attendance.name).where(Attendance.meeting == record.id).tuples()
    )
    held = [(person, way) for person, name in list(rows) for way in (plain(name), plain(_person(name)))]
    people = {person for person, _name in held}
    typed = {name for _person, name in held}
    return [
        each
        for each in dict.fromkeys(wanted)
        if (each[0] not in people if isinstance(each[0], int) else not {plain(each[0])} & typed)
    ]


def _person(name: str) -> str:
    """A typed name without the organisation that stands with it."""
    return names.party(name).person or name


def missing_lines(record: Any, taken: Taken) -> list[tuple[str, str]]:
    """The decisions and topics of a row that its meeting does not have."""
    wanted = [
        (name, line)
        for name in LINES
        if isinstance(record, Meeting) and name in taken.values
        for line in points.lines(taken.values[name])
    ]
    if not wanted:
        return []
    decided: Any = Point.select(Point.text).where(Point.meeting == record.id).tuples()
    topics: Any = AgendaItem.select(AgendaItem.topic).where(AgendaItem.meeting == record.id).tuples()
    held = {plain(row[0]) for rows in (decided, topics) for row in list(rows)}
    return [(name, line) for name, line in wanted if plain(line) not in held]
