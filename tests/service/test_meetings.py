"""Logging a meeting: who came, what came out of it, what it was about."""

from __future__ import annotations

import pytest

from desktop.model import Attendance, FollowUp, Invalid, Link, Meeting, Operation
from desktop.service import meetings, query, records
from desktop.service.conflicts import Conflict
from desktop.service.meetings import Attendee
from desktop.service.query import Query
from tests.service.conftest import World, state


def test_a_meeting_is_logged_as_one(world: World) -> None:
    before = Operation.select().count()
    meeting = meetings.log_meeting(
        world.workspace,
        {"title": "Talk", "on": "2026-11-20", "countries": {"CL"}, "counterparts": {world.dfc.id}},
        [
            Attendee(person=world.sato.id),
            Attendee(person=world.rojas.id, presence="excused"),
            Attendee(name="John Doe", organisation=world.dfc.id),
            Attendee(name="Somebody", side="private"),
            Attendee(name="Nobody knows"),
        ],
        [
            {
                "title": "Write",
                "owed_by": world.dfc.id,
                "due_on": "2026-12-01",
                "serves": [world.cables, world.cables],
            },
            {"title": "Call", "countries": {"PE"}, "raised_on": "2026-11-01"},
        ],
        [world.cables, world.humboldt, world.cables],
    )
    assert Operation.select().count() == before + 1
    assert [(a.side, a.presence) for a in meetings.attendance(meeting)] == [
        ("post", "present"),
        ("host", "excused"),
        ("partner", "present"),
        ("private", "present"),
        ("", "present"),
    ]
    write, call = FollowUp.select().where(FollowUp.meeting == meeting.id).order_by(FollowUp.id)
    assert (write.direction, write.raised_on, write.owner_id) == ("partner", "2026-11-20", world.sato.id)
    assert records.values_of(write)["countries"] == {"CL"}
    assert (call.raised_on, records.values_of(call)["countries"]) == ("2026-11-01", {"PE"})
    assert Link.select().where(Link.relation == "discussed").count() == 2
    assert Link.select().where(Link.relation == "serves").count() == 1
    asked = Query(Meeting, ("state", "attendees_ours", "attendees_theirs", "follow_ups_open", "follow_ups"))
    row = query.one(world.workspace, asked, meeting.id)
    assert row == (meeting.id, "held", "Sato Kenji", "John Doe; Somebody; Nobody knows", 2, 2)


def test_a_meeting_of_which_only_the_month_is_known(world: World) -> None:
    meeting = meetings.log_meeting(
        world.workspace, {"title": "Visit", "on": "2026-10"}, [], [{"title": "Thank"}]
    )
    assert FollowUp.get(FollowUp.meeting == meeting.id).raised_on == "2026-11-21"


@pytest.mark.parametrize(
    ("values", "attendee", "promise", "told"),
    [
        ({"title": ""}, {"name": "John"}, {"title": "Write"}, "“Meeting” must not be empty"),
        ({"title": "Talk", "on": ""}, {"name": "John"}, {"title": "Write"}, "“Date” must not be empty"),
        ({"title": "Talk"}, {"name": " "}, {"title": "Write"}, "An attendee needs a name"),
        ({"title": "Talk"}, {"name": "John", "side": "theirs"}, {"title": "Write"}, "“theirs” is not one of"),
        (
            {"title": "Talk"},
            {"name": "John"},
            {"title": "Write", "due_on": "2026-10-01"},
            "due before it was raised",
        ),
        (
            {"title": "Talk", "ends_on": "2020-01-01"},
            {"name": "John"},
            {"title": "Write"},
            "end must not be before",
        ),
    ],
)
def test_what_cannot_be_leaves_nothing(
    world: World, values: dict[str, str], attendee: dict[str, str], promise: dict[str, str], told: str
) -> None:
    before = state()
    with pytest.raises(Invalid, match=told):
        meetings.log_meeting(
            world.workspace, {"on": "2026-11-20", **values}, [Attendee(**attendee)], [promise], [world.cables]
        )
    assert state() == before


def test_a_person_who_is_gone(world: World) -> None:
    with pytest.raises(Conflict, match="points to something that was deleted"):
        meetings.attend(world.workspace, world.lunch, Attendee(person=999_999))


def test_attendance_changes(world: World) -> None:
    made = meetings.attend(world.workspace, world.lunch, Attendee(name="John Doe"))
    assert meetings.change_attendance(
        world.workspace, made, {"person": world.rojas.id, "name": "", "side": "host"}
    )
    with pytest.raises(Invalid, match="needs a name"):
        meetings.change_attendance(world.workspace, made, {"person": None})
    assert Attendance.get().person_id == world.rojas.id
    meetings.leave(world.workspace, made)
    assert meetings.attendance(world.lunch) == []
    labels = [operation.label for operation in Operation.select().order_by(Operation.id.desc()).limit(3)]
    ref = world.lunch.ref
    assert labels == [
        f"{act} an attendee {of} {ref}" for act, of in (("Remove", "of"), ("Change", "of"), ("Add", "to"))
    ]
