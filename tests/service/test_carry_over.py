"""Carry-over: a meeting opens with exactly what is open with its counterparts."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import AgendaItem, FollowUp, Meeting, Organisation, Person
from desktop.service import agenda, carry_over, minutes, records
from desktop.service.workspace import Workspace
from tests.conftest import Clock
from tests.service.conftest import World
from tests.service.test_histories import Officer


def meet(world: World, day: str, *counterparts: Any, **values: Any) -> Any:
    given = {"title": "Talk", "on": day, "counterparts": {each.id for each in counterparts}}
    return records.add(world.workspace, Meeting, given | values)


def carried(meeting: Any) -> tuple[list[str], list[str]]:
    found = carry_over.of(meeting)
    return [each.title for each in found.follow_ups], [each.topic for each in found.topics]


def test_both_directions_from_any_meeting_or_none(world: World) -> None:
    # We owe MINREL from an earlier meeting; DFC owes METI from none.
    assert carried(meet(world, "2026-12-01", world.minrel))[0] == ["Send the list of suppliers"]
    assert carried(meet(world, "2026-12-01", world.dfc))[0] == ["Come back on terms"]
    assert carried(meet(world, "2026-12-01", world.meti, world.minrel))[0] == [
        "Send the list of suppliers",
        "Come back on terms",
    ]
    assert carried(meet(world, "2026-12-01", world.caf)) == ([], [])
    assert carried(meet(world, "2026-12-01")) == ([], [])
    # A person owes for the organisation.
    records.add(world.workspace, FollowUp, {"title": "Call back", "owed_by_person": world.rojas.id})
    assert "Call back" in carried(meet(world, "2026-12-01", world.minrel))[0]


def test_what_is_on_the_agenda_is_carried_no_more(world: World) -> None:
    meeting = meet(world, "2026-11-20", world.minrel)
    item = agenda.take_up(world.workspace, meeting, world.suppliers, "discussed")
    assert (item.topic, item.state, item.subject_id) == (
        "Send the list of suppliers",
        "discussed",
        world.suppliers.id,
    )
    assert carried(meeting)[0] == []
    # Open still, it comes up again the next time.
    assert carried(meet(world, "2026-12-01", world.minrel))[0] == ["Send the list of suppliers"]
    records.change(world.workspace, world.suppliers, {"status": "done", "outcome": "Sent"})
    assert carried(meet(world, "2026-12-02", world.minrel))[0] == []


def test_topics_are_carried_until_they_are_discussed_or_dropped(world: World) -> None:
    first = meet(world, "2026-11-01", world.minrel)
    for topic in ("left", "moved", "dropped", "discussed"):
        item = agenda.add(world.workspace, first, topic)
        agenda.set_state(world.workspace, item, {"left": "open"}.get(topic, topic))
    second = meet(world, "2026-11-15", world.minrel)
    assert carried(second)[1] == ["left", "moved"]
    left, moved = carry_over.of(second).topics
    agenda.take_up(world.workspace, second, left, "moved")
    agenda.take_up(world.workspace, second, moved, "dropped")
    third = meet(world, "2026-12-01", world.minrel)
    assert carried(third)[1] == ["left"]
    again = carry_over.of(third).topics[0]
    assert again.meeting_id == second.id
    # What is only planned has left nothing yet, and no meeting carries from a later one.
    agenda.add(world.workspace, third, "to come")
    assert carried(meet(world, "2026-12-10", world.minrel))[1] == ["left"]
    assert carried(meet(world, "2026-10-01", world.minrel))[1] == []


def test_a_meeting_that_was_held_shows_what_was_open_then(world: World) -> None:
    promise = records.add(
        world.workspace, FollowUp, {"title": "Old", "owed_by": world.caf.id, "raised_on": "2026-09-01"}
    )
    records.change(world.workspace, promise, {"status": "done", "outcome": "Came", "closed_on": "2026-10-10"})
    assert carried(meet(world, "2026-10-01", world.caf))[0] == ["Old"]
    assert carried(meet(world, "2026-10-10", world.caf))[0] == ["Old"]
    assert carried(meet(world, "2026-10-11", world.caf))[0] == []
    assert carried(meet(world, "2026-08-31", world.caf))[0] == []
    assert carried(meet(world, "2026-12-01", world.caf))[0] == []


def test_the_order_of_a_day_is_that_of_the_clock(world: World) -> None:
    late = meet(world, "2026-11-18", world.minrel, starts="16:00")
    agenda.add(world.workspace, late, "left at four")
    early = meet(world, "2026-11-18", world.minrel, starts="09:00")
    assert carried(early)[1] == []
    assert carried(meet(world, "2026-11-18", world.minrel, starts="17:00"))[1] == ["left at four"]


def test_a_meeting_of_a_month_comes_after_its_days(world: World) -> None:
    agenda.add(world.workspace, meet(world, "2026-10-05", world.minrel), "left")
    for day in ("2026-10", "2026"):
        assert carried(meet(world, day, world.minrel))[1] == ["left"]


def test_what_is_taken_up_twice_is_one_item(world: World) -> None:
    agenda.add(world.workspace, meet(world, "2026-11-10", world.minrel), "left")
    meeting = meet(world, "2026-11-18", world.minrel)
    for each in (*carry_over.of(meeting).topics, *carry_over.of(meeting).follow_ups):
        agenda.take_up(world.workspace, meeting, each)
        agenda.take_up(world.workspace, meeting, each, "discussed")
    assert [item.state for item in agenda.items(meeting)] == ["discussed", "discussed"]


# ---- over random histories


def organisations_of(person: int | None) -> set[int]:
    found = Person.get_or_none(Person.id == person)
    return {found.organisation_id} - {None} if found is not None else set()


def is_with(follow_up: Any, organisation: int) -> bool:
    """The rule, told once more: one end is the organisation, or one of its people, or it was raised with it."""
    ends = {follow_up.owed_by_id, follow_up.owed_to_id}
    ends |= organisations_of(follow_up.owed_by_person_id) | organisations_of(follow_up.owed_to_person_id)
    if follow_up.meeting_id is not None:
        ends |= Meeting.counterparts.read(follow_up.meeting_id)
    return organisation in ends


def waiting(item: Any, organisation: int, day: str) -> bool:
    meeting = Meeting.get_by_id(item.meeting_id)
    return (
        organisation in Meeting.counterparts.read(meeting.id)
        and meeting.state != "planned"
        and meeting.on <= day
        and item.state in ("open", "moved")
        and FollowUp.get_or_none(FollowUp.id == item.subject_id) is None
        and not any(later.carried_from_id == item.id for later in AgendaItem.select())
    )


def busy(workspace: Workspace, clock: Clock, seed: int, length: int) -> None:
    """A history with many meetings among all else that officers do."""
    officer = Officer(workspace, clock, random.Random(seed))
    officer.acts += (officer.log_meeting, officer.add_item, officer.judge, officer.carry) * 6
    for _turn in range(length):
        officer.act()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("carried")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), length=st.integers(5, 40))
def test_the_next_meeting_shows_exactly_what_is_open(
    filled: Path, folder: Path, seed: int, length: int
) -> None:
    path = folder / "one.juntos"
    shutil.copy(filled, path)
    clock = Clock()
    workspace = Workspace.open(path, clock=clock)
    try:
        busy(workspace, clock, seed, length)
        day = workspace.today()
        for organisation in list(Organisation.select()):
            values = {"title": "Next", "on": day, "state": "planned", "counterparts": {organisation.id}}
            meeting = records.add(workspace, Meeting, values)
            found = carry_over.of(meeting)
            assert {each.id for each in found.follow_ups} == {
                each.id
                for each in FollowUp.select()
                if each.status in ("open", "in_progress", "waiting") and is_with(each, organisation.id)
            }
            assert {each.id for each in found.topics} == {
                item.id for item in AgendaItem.select() if waiting(item, organisation.id, day)
            }
            records.delete(workspace, [meeting])
    finally:
        workspace.close()


def test_the_histories_leave_something_open(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.juntos"
    shutil.copy(filled, path)
    clock = Clock()
    workspace = Workspace.open(path, clock=clock)
    busy(workspace, clock, 3, 80)
    everyone = {each.id for each in Organisation.select()}
    meeting = records.add(
        workspace,
        Meeting,
        {"title": "All", "on": workspace.today(), "state": "planned", "counterparts": everyone},
    )
    found = carry_over.of(meeting)
    assert len(found.follow_ups) > 2
    assert found.topics
    assert minutes.implied(meeting, workspace.today())["meeting"] == meeting.id
    workspace.close()


def test_what_others_owe_stands_apart(world: World) -> None:
    held = meet(world, "2026-11-10", world.minrel)
    given = {"title": "Ask the bank", "owed_by": world.dfc.id, "meeting": held.id}
    asked = records.add(world.workspace, FollowUp, given)
    found = carry_over.of(meet(world, "2026-12-01", world.minrel))
    assert [each.title for each in found.others] == [asked.title]
    assert [each.title for each in found.between] == ["Send the list of suppliers"]
    assert set(found.follow_ups) == {*found.between, *found.others}
