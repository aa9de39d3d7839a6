"""Meetings: logging one with those who came and what came out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.i18n import _, format_number, ngettext, quoted
from desktop.model import Attendance, FollowUp, Link, Meeting, Organisation, Person
from desktop.service import agenda, locks, records, references
from desktop.service import follow_ups as promises
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace


@dataclass(frozen=True)
class Attendee:
    """Somebody at a meeting: a person of the directory (by id), or a name typed on the spot."""

    person: int | None = None
    name: str = ""
    organisation: int | None = None
    side: str = ""
    presence: str = "present"


def log_meeting(
    workspace: Workspace,
    values: dict[str, Any],
    attendees: Iterable[Attendee] = (),
    follow_ups: Iterable[dict[str, Any]] = (),
    discussed: Iterable[Any] = (),
    carried: Iterable[tuple[Any, str]] = (),
) -> Meeting:
    """A meeting with its attendees, its follow-ups and what it discussed, as one operation; raises `Invalid`.

    A follow-up is the values of its fields and, as `serves`, the records that it serves; it is raised on the
    meeting's day and inherits its countries unless it says otherwise. `carried` is what was still open with the
    counterparts, as `carry_over` gives it, each with what became of it.
    """
    with workspace.operation(records.labelled(_("Log a meeting"), Meeting, values)) as writing:
        meeting = records.make(writing, Meeting, values)
        for attendee in attendees:
            _attend(writing, meeting, attendee)
        for left, state in carried:
            agenda.carry(writing, meeting, left, state)
        day = meeting.on if len(meeting.on) == 10 else workspace.today()
        implied = {
            "meeting": meeting.id,
            "raised_on": min(day, workspace.today()),
            "countries": values.get("countries", frozenset()),
        }
        for promise in follow_ups:
            given = implied | promise
            serves = given.pop("serves", ())
            promises.make(writing, given, serves)
        for subject in dict.fromkeys(record.id for record in discussed):
            writing.create(Link, {"from_subject": meeting.id, "to_subject": subject, "relation": "discussed"})
        return meeting  # type: ignore[no-any-return]


def attend(workspace: Workspace, meeting: Meeting, attendee: Attendee) -> Attendance:
    """Add somebody to a meeting; raises `Invalid` or `Conflict`."""
    label = _("Add an attendee to {meeting}").format(meeting=workspace.say(meeting))
    with workspace.operation(label) as writing:
        return _attend(writing, meeting, attendee)


def _attend(writing: Writing, meeting: Any, attendee: Attendee) -> Attendance:
    person: Any = None if attendee.person is None else Person.get_or_none(Person.id == attendee.person)
    organisation = attendee.organisation or (person.organisation_id if person else None)
    return writing.create(  # type: ignore[no-any-return]
        Attendance,
        {
            "meeting": meeting.id,
            "person": attendee.person,
            "name": attendee.name,
            "organisation": organisation,
            "side": attendee.side or side_of(person, organisation),
            "presence": attendee.presence,
        },
    )


def side_of(person: Any, organisation: int | None) -> str:
    """The side that follows from who somebody is, and for whom; '' where neither tells."""
    if person is not None and person.officer:
        return "post"
    row = Organisation.get_or_none(Organisation.id == organisation)
    return row.side if row is not None else ""


def change_attendance(workspace: Workspace, attendance: Attendance, values: dict[str, Any]) -> bool:
    """Change who somebody at a meeting was, on which side, present or excused; raises `Invalid`."""
    label = _("Change an attendee of {meeting}").format(meeting=references.name(attendance))
    with workspace.operation(label) as writing:
        return writing.change(attendance, values)


def leave(workspace: Workspace, attendance: Attendance) -> None:
    """Take somebody off a meeting."""
    label = _("Remove an attendee of {meeting}").format(meeting=references.name(attendance))
    with workspace.operation(label) as writing:
        writing.delete(attendance)


def enrol(workspace: Workspace, attendance: Attendance, person: Person | None = None) -> Person:
    """Put somebody whose name was typed into the directory, or say which of its people it was; returns the person.

    A new person has the name, and the organisation, of the attendance. Raises `Invalid` or `Conflict`.
    """
    label = _("Put {name} into the directory").format(name=quoted(attendance.name))
    with workspace.operation(label) as writing:
        # Whom a typed name meant may be said of final minutes too: the version keeps the name as it was typed.
        writing.mending = True
        known = person or records.make(
            writing, Person, {"name": attendance.name, "organisation": attendance.organisation_id}
        )
        final = locks.is_final(attendance.meeting_id)
        organisation = attendance.organisation_id or (None if final else known.organisation_id)
        writing.change(attendance, {"person": known.id, "name": "", "organisation": organisation})
        return known


def enrol_all(
    workspace: Workspace,
    chosen: Iterable[tuple[Attendance, Person | None]],
    told: Iterable[tuple[Organisation, dict[str, Any]]] = (),
) -> int:
    """`enrol` of several people as one operation; returns how many. Raises `Invalid` or `Conflict`.

    `told` are values of organisations that become known with them.
    """
    rows, known = list(chosen), [(each, values) for each, values in told if any(values.values())]
    if not rows and not known:
        return 0
    words = ngettext(
        "Put {count} person into the directory", "Put {count} people into the directory", len(rows)
    )
    label = words.format(count=format_number(len(rows))) if rows else _("Complete organisations")
    with workspace.operation(label) as writing:
        writing.mending = True
        for organisation, values in known:
            records.change(workspace, organisation, values)
        for attendance, person in rows:
            enrol(workspace, attendance, person)
    return len(rows)


def typed_only(meeting: Meeting) -> list[Attendance]:
    """Those at a meeting who are not in the directory."""
    return [row for row in attendance(meeting) if row.person_id is None]


def without_side(meeting: Any) -> list[Organisation]:
    """The organisations of a meeting of which neither kind nor country is known, so that they stand on no side.

    They are counterparts, those for whom somebody came, or have a part in a follow-up of the meeting.
    """
    came = Attendance.select(Attendance.organisation).where(Attendance.meeting == meeting.id)
    by = FollowUp.select(FollowUp.owed_by).where(FollowUp.meeting == meeting.id)
    to = FollowUp.select(FollowUp.owed_to).where(FollowUp.meeting == meeting.id)
    theirs = Organisation.id.in_(list(Meeting.counterparts.read(meeting.id)))
    part = theirs | Organisation.id.in_(came) | Organisation.id.in_(by) | Organisation.id.in_(to)
    unknown = (Organisation.side == "") & (Organisation.kind == "")
    return list(Organisation.select().where(part & unknown).order_by(Organisation.id))


def attendance(meeting: Meeting) -> list[Attendance]:
    """Who was at a meeting, in the order they were noted."""
    return list(Attendance.select().where(Attendance.meeting == meeting.id).order_by(Attendance.id))
