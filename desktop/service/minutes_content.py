"""The whole of a meeting's minutes as plain data: what a version keeps, and what changed from one to the next.

People, organisations and records stand in it by name and reference, as they were called then; choices by their key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.i18n import N_, _
from desktop.model import (
    AgendaItem,
    Attendance,
    FollowUp,
    Meeting,
    Organisation,
    Person,
    Point,
    field,
    scales,
)
from desktop.service import links

PLAIN = (
    "title",
    "kind",
    "on",
    "starts",
    "ends_on",
    "ends",
    "zone",
    "fold",
    "place",
    "country",
    "purpose",
    "agenda",
    "minutes",
    "decisions",
)
"""Fields of the meeting that are kept as they are; its sets are kept as names."""
_SETS = ("counterparts", "countries")
_PROMISED = ("title", "owed_by", "owed_by_person", "owed_to", "owed_to_person", "due_on", "owner", "priority")
_PARTS = {
    "attendees": N_("Attendee"),
    "items": N_("Agenda item"),
    "points": N_("Point of the minutes"),
    "follow_ups": N_("Follow-up"),
    "discussed": N_("Discussed"),
}


def of(meeting: Any) -> dict[str, Any]:
    """The content of a meeting's minutes as it is now."""
    whole: dict[str, Any] = {name: getattr(meeting, name) for name in PLAIN}
    whole["counterparts"] = sorted(
        Organisation.words_of(each) for each in Meeting.counterparts.read(meeting.id)
    )
    whole["countries"] = sorted(Meeting.countries.read(meeting.id))
    items = AgendaItem.select().where(AgendaItem.meeting == meeting.id)
    points = Point.select().where(Point.meeting == meeting.id)
    promised = FollowUp.select().where(FollowUp.meeting == meeting.id).order_by(FollowUp.id)
    seen = [each for each in links.of(meeting) if each.link.relation == "discussed" and each.forward]
    return {
        "meeting": whole,
        "attendees": [_attendee(row) for row in Attendance.select().where(Attendance.meeting == meeting.id)],
        "items": [_item(row) for row in items.order_by(AgendaItem.position, AgendaItem.id)],
        "points": [_point(row) for row in points.order_by(Point.position, Point.id)],
        "follow_ups": [_follow_up(row) for row in promised],
        "discussed": [
            {"uid": each.other.uid, "ref": each.other.ref, "name": each.other.name_text()} for each in seen
        ],
    }


def _attendee(row: Any) -> dict[str, Any]:
    person = Person.get_by_id(row.person_id) if row.person_id else None
    return {
        "uid": row.uid,
        "name": person.name if person is not None else row.name,
        "own_name": person.own_name if person is not None else "",
        "title": person.title if person is not None else "",
        "organisation": Organisation.words_of(row.organisation_id) if row.organisation_id else "",
        "side": row.side,
        "presence": row.presence,
    }


def _item(row: Any) -> dict[str, Any]:
    about = links.subject(row.subject_id) if row.subject_id else None
    carried = AgendaItem.get_or_none(AgendaItem.id == row.carried_from_id)
    return {
        "uid": row.uid,
        "name": row.topic,
        "state": row.state,
        "record": about.ref if about is not None else "",
        "carried_from": Meeting.words_of(carried.meeting_id) if carried is not None else "",
    }


def _point(row: Any) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "name": row.text,
        "kind": row.kind,
        "was": row.was,
        "item": AgendaItem.pick(AgendaItem.uid, AgendaItem.id == row.item_id) if row.item_id else "",
        "follow_up": FollowUp.words_of(row.follow_up_id) if row.follow_up_id else "",
    }


def _follow_up(row: Any) -> dict[str, Any]:
    values = {
        name: field(FollowUp, name).text(row.__data__.get(name)) for name in _PROMISED if name != "title"
    }
    values |= {"due_on": row.due_on or "", "priority": row.priority}
    return {"uid": row.uid, "ref": row.ref, "name": row.title, **values}


# ---- comparing


@dataclass(frozen=True)
class Difference:
    """What differs between two versions: of the meeting itself (`part` is empty) or of one of its parts."""

    part: str
    """What it is, in the user's language: agenda item, attendee, …"""
    name: str
    """What the part is called."""
    field: str
    """Which of its facts differs; empty for a part that is new or gone."""
    was: str
    now: str


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """All that differs from one content to another, in the order of the minutes."""
    found = [
        Difference("", "", field(Meeting, name).title, _meeting_text(name, old), _meeting_text(name, new))
        for name in (*PLAIN, *_SETS)
        if (old := before["meeting"].get(name)) != (new := after["meeting"].get(name))
    ]
    for part, label in _PARTS.items():
        was, now = ({row["uid"]: row for row in side.get(part, [])} for side in (before, after))
        for uid in dict.fromkeys((*was, *now)):
            found.extend(_part(_(label), was.get(uid), now.get(uid)))
        kept = [uid for uid in was if uid in now]
        if kept != [uid for uid in now if uid in was]:
            names = [", ".join(side[uid]["name"] for uid in side if uid in kept) for side in (was, now)]
            found.append(Difference(_(label), "", _("Order"), *names))
    return found


def _part(label: str, was: dict[str, Any] | None, now: dict[str, Any] | None) -> list[Difference]:
    if was is None or now is None:
        known = was or now or {}
        return [Difference(label, known["name"], "", was["name"] if was else "", now["name"] if now else "")]
    return [
        Difference(
            label, now["name"], _(_LABELS.get(name, name)), _text(name, was[name]), _text(name, now.get(name))
        )
        for name in was
        if was[name] != now.get(name)
    ]


def _meeting_text(name: str, value: Any) -> str:
    if isinstance(value, list) and name == "counterparts":
        return "; ".join(value)
    if isinstance(value, list):
        value = frozenset(value)
    return str(field(Meeting, name).text(value))


def _text(name: str, value: Any) -> str:
    labels = _SCALES.get(name, {})
    return str(_(labels[value]) if value in labels else value or "")


_LABELS = {
    "name": N_("Text"),
    "own_name": N_("Name in its own script"),
    "title": N_("Title or office"),
    "state": N_("State of the item"),
    "kind": N_("Kind"),
    "was": N_("Formerly"),
    "item": N_("Agenda item"),
    "organisation": N_("Organisation"),
    "side": N_("Side"),
    "presence": N_("Presence"),
    "record": N_("Record"),
    "carried_from": N_("Carried over from"),
    "follow_up": N_("Follow-up"),
    "ref": N_("Ref"),
    "owed_by": N_("Owed by"),
    "owed_by_person": N_("Owed by (person)"),
    "owed_to": N_("Owed to"),
    "owed_to_person": N_("Owed to (person)"),
    "due_on": N_("Due"),
    "owner": N_("Owner"),
    "priority": N_("Priority"),
}
_SCALES: dict[str, dict[str, str]] = {
    "state": scales.AGENDA_STATE,
    "kind": scales.POINT,
    "was": scales.POINT,
    "side": scales.SIDE,
    "presence": scales.PRESENCE,
    "priority": scales.PRIORITY,
}
