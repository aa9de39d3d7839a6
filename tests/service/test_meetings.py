"""Logging a meeting: who came, what came out of it, what it was about."""

from __future__ import annotations

import pytest

from desktop.model import Attendance, FollowUp, Invalid, Link, Meeting, Operation, Organisation
from desktop.service import agenda, carry_over, meetings, minutes, points, query, records, undo, versions
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


def test_a_meeting_is_logged_with_what_was_still_open(world: World) -> None:
    workspace, minrel = world.workspace, world.minrel.id
    records.change(workspace, world.lunch, {"state": "held"})
    left = agenda.add(workspace, world.lunch, "The landing point")
    agenda.set_state(workspace, agenda.add(workspace, world.lunch, "The port"), "discussed")
    carried = carry_over.ahead(frozenset({minrel}), "2026-11-20", held=True)
    assert [each.title for each in carried.follow_ups] == ["Send the list of suppliers"]
    assert list(carried.topics) == [left]
    assert carry_over.ahead(frozenset({minrel}), "2026-11-01", held=True).topics == ()
    assert carry_over.ahead(frozenset(), "2026-11-20", held=False) == carry_over.Carried((), ())
    before = Operation.select().count()
    meeting = meetings.log_meeting(
        workspace,
        {"title": "Again", "on": "2026-11-20", "counterparts": {minrel}},
        carried=[(carried.follow_ups[0], "discussed"), (left, "moved")],
    )
    assert Operation.select().count() == before + 1
    assert [(i.topic, i.state, i.carried_from_id) for i in agenda.items(meeting)] == [
        ("Send the list of suppliers", "discussed", None),
        ("The landing point", "moved", left.id),
    ]
    assert carry_over.of(meeting) == carry_over.Carried((), ())
    assert meeting.state == "draft"


def test_lines_of_an_old_text_become_points(world: World) -> None:
    workspace = world.workspace
    records.change(
        workspace, world.lunch, {"state": "held", "agenda": "・一\n2) two\n\n", "decisions": "- a\n- b"}
    )
    before = state()
    assert minutes.into_points(workspace, world.lunch, "agenda") == 2
    assert minutes.into_points(workspace, world.lunch, "decisions") == 2
    assert [item.topic for item in agenda.items(world.lunch)] == ["一", "two"]
    assert [(point.kind, point.text) for point in points.of(world.lunch)] == [
        ("decision", "a"),
        ("decision", "b"),
    ]
    assert (world.lunch.agenda, world.lunch.decisions) == ("", "")
    undo.undo(workspace)
    undo.undo(workspace)
    assert state() == before
    versions.make_final(workspace, world.lunch)
    with pytest.raises(Invalid):
        minutes.into_points(workspace, world.lunch, "decisions")


def test_several_people_are_enrolled_as_one(world: World) -> None:
    workspace = world.workspace
    given = [Attendee(name="Ana Rojas"), Attendee(name="Li Wei", organisation=world.dfc.id)]
    meeting = meetings.log_meeting(workspace, {"title": "Talk", "on": "2026-11-20"}, given)
    versions.make_final(workspace, meeting)
    before = Operation.select().count()
    rows = meetings.typed_only(meeting)
    assert meetings.enrol_all(workspace, [(rows[0], world.rojas), (rows[1], None)]) == 2
    assert Operation.select().count() == before + 1
    assert [row.person.name for row in meetings.attendance(meeting)] == ["Rojas Ana", "Li Wei"]
    assert meetings.enrol_all(workspace, []) == 0
    undo.undo(workspace)
    assert [row.name for row in meetings.attendance(meeting)] == ["Ana Rojas", "Li Wei"]


def test_organisations_without_a_side_are_completed_with_the_people(world: World) -> None:
    workspace = world.workspace
    unknown = records.add(workspace, Organisation, {"name": "Port Authority"})
    meeting = meetings.log_meeting(
        workspace,
        {"title": "Talk", "on": "2026-11-20", "counterparts": {world.dfc.id}},
        [Attendee(name="Li Wei", organisation=unknown.id)],
        [{"title": "Send the tariff", "owed_by": unknown.id}],
    )
    assert meetings.without_side(meeting) == [unknown]
    before = Operation.select().count()
    told = [(unknown, {"kind": "agency", "country": "CL"})]
    assert meetings.enrol_all(workspace, [(meetings.typed_only(meeting)[0], None)], told) == 1
    assert Operation.select().count() == before + 1
    assert meetings.without_side(meeting) == []
    assert FollowUp.get(FollowUp.title == "Send the tariff").direction == "host"


def test_an_undiscussed_item_is_told(world: World) -> None:
    assert agenda.undiscussed(world.lunch) == ""
    item = agenda.add(world.workspace, world.lunch, "Fees")
    assert agenda.undiscussed(world.lunch) == "1 item was not discussed; it comes up the next time."
    records.change(world.workspace, item, {"state": "discussed"})
    assert agenda.undiscussed(world.lunch) == ""
