"""What changing a record means: updates, extensions, owners; and what goes with a record that is deleted."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import (
    RECORDS,
    Attendance,
    Extension,
    FollowUp,
    Initiative,
    Invalid,
    Link,
    Meeting,
    Operation,
    Organisation,
    Recommendation,
    Update,
)
from desktop.service import extensions, links, progress, records
from desktop.service.conflicts import Conflict
from desktop.service.meetings import Attendee, attend
from desktop.service.workspace import Workspace
from tests.service.conftest import World, state


def updates() -> list[tuple[str, str, str]]:
    return [(u.aspect, u.status_from, u.status_to) for u in Update.select().order_by(Update.id)]


# ---- adding


def test_a_follow_up_starts_with_what_the_day_and_the_officer_imply(world: World) -> None:
    made = records.add(world.workspace, FollowUp, {"title": "New", "due_on": "2026-12-01"})
    assert (made.raised_on, made.due_first, made.owner_id) == ("2026-11-21", "2026-12-01", world.sato.id)
    assert (made.status, made.priority, made.direction, made.adopted_on) == (
        "open",
        "medium",
        "us",
        "2026-11-21",
    )
    late = records.add(world.workspace, FollowUp, {"title": "Late", "due_on": "2026-11-01", "owner": None})
    assert (late.raised_on, late.owner_id, late.adopted_on) == ("2026-11-01", None, None)
    done = records.add(world.workspace, FollowUp, {"title": "Done", "status": "done", "outcome": "Sent."})
    assert done.closed_on == "2026-11-21"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-11-20", "held"),
        ("2025", "held"),
        ("2026-11", "planned"),
        ("2026-11-21", "planned"),
        ("2027", "planned"),
    ],
)
def test_a_meeting_that_is_past_was_held(world: World, on: str, state: str) -> None:
    made = records.add(world.workspace, Meeting, {"title": "Talk", "on": on})
    assert (made.state, made.zone) == (state, "America/Santiago")


def test_values_as_somebody_types_them(world: World) -> None:
    typed = {
        "title": " Brief   the capital ",
        "owed_by": "meti",
        "owed_to": world.post.ref.lower(),
        "countries": "Chile; JP",
        "due_on": "1 Dec 2026",
        "status": "In progress",
        "priority": "高",
    }
    typed["priority"] = "High"
    made = records.add(world.workspace, FollowUp, records.parse(FollowUp, typed))
    values = records.values_of(made)
    assert values["title"] == "Brief the capital"
    assert (values["owed_by"], values["owed_to"]) == (world.meti.id, world.post.id)
    assert (values["countries"], values["due_on"], values["status"]) == (
        {"CL", "JP"},
        "2026-12-01",
        "in_progress",
    )


# ---- statuses


def test_a_status_that_is_set_is_an_update(world: World) -> None:
    assert records.change(world.workspace, world.cables, {"status": "in_progress", "assessment": "stalled"})
    assert updates() == [("reported", "not_started", "in_progress"), ("desk", "", "stalled")]
    assert world.cables.last_update_on == "2026-11-21"
    records.change(world.workspace, world.cables, {"assessment": ""})
    assert (len(updates()), world.cables.assessment) == (2, "")
    records.change(world.workspace, world.humboldt, {"stage": "under_way"})
    assert updates()[-1] == ("reported", "financing", "under_way")


def test_closing_and_opening_again(world: World) -> None:
    records.change(world.workspace, world.suppliers, {"status": "done", "outcome": "Sent."})
    assert world.suppliers.closed_on == "2026-11-21"
    world.clock.forward(days=3)
    records.change(world.workspace, world.suppliers, {"status": "cancelled"})
    assert world.suppliers.closed_on == "2026-11-21"
    records.change(world.workspace, world.suppliers, {"status": "waiting"})
    assert world.suppliers.closed_on is None
    records.change(world.workspace, world.suppliers, {"status": "done", "closed_on": "2026-11-22"})
    assert world.suppliers.closed_on == "2026-11-22"
    with pytest.raises(Invalid, match="Only what is done or cancelled has a closing date"):
        records.change(world.workspace, world.terms, {"closed_on": "2026-11-21"})


def test_a_report(world: World) -> None:
    progress.report(
        world.workspace,
        world.cables,
        status="in_progress",
        done="Talked",
        next="Write",
        blocks="Time",
        on="2026-11-19",
    )
    update = Update.get()
    assert (update.on, update.done, update.next, update.blocks) == ("2026-11-19", "Talked", "Write", "Time")
    assert (update.author_id, world.cables.status, world.cables.last_update_on) == (
        world.sato.id,
        "in_progress",
        "2026-11-19",
    )
    progress.report(world.workspace, world.cables, done="An older one, noted late", on="2026-10-01")
    assert (world.cables.status, world.cables.last_update_on) == ("in_progress", "2026-11-19")
    assert updates()[-1] == ("reported", "in_progress", "in_progress")
    progress.report(world.workspace, world.cables, status="implemented", aspect="desk")
    assert (world.cables.status, world.cables.assessment) == ("in_progress", "implemented")


def test_a_report_that_cannot_be(world: World) -> None:
    before = state()
    for options, told in (
        ({}, "needs a status or some words"),
        ({"done": "  "}, "needs a status or some words"),
        ({"status": "nearly"}, "“nearly” is not one of"),
        ({"done": "Talked", "on": "2026-11-22"}, "a day to come"),
        ({"done": "Talked", "on": "31/02"}, "31/02"),
        ({"done": "Talked", "aspect": "desk"}, "no progress of this kind"),
    ):
        with pytest.raises(Invalid, match=told):
            progress.report(world.workspace, world.humboldt, **options)
    with pytest.raises(Invalid, match="Meeting has no progress"):
        progress.report(world.workspace, world.lunch, done="Talked")
    assert state() == before


def test_a_report_on_what_moved_on_says_nothing_untrue(world: World) -> None:
    mine = world.cables
    records.change(world.workspace, world.cables, {"status": "stalled"})
    with pytest.raises(Conflict, match="was changed meanwhile"):
        progress.report(world.workspace, mine, done="Talked")
    assert updates() == [("reported", "not_started", "stalled")]


# ---- dates


def test_a_date_that_is_moved_is_an_extension(world: World) -> None:
    records.change(
        world.workspace, world.suppliers, {"due_on": "2026-12-24"}, reason="Late", agreed_by="MINREL"
    )
    (moved,) = extensions.of(world.suppliers)
    assert (moved.field, moved.from_on, moved.to_on, moved.moved_on) == (
        "due_on",
        "2026-11-18",
        "2026-12-24",
        "2026-11-21",
    )
    assert (moved.reason, moved.agreed_by) == ("Late", "MINREL")
    suppliers = world.suppliers
    assert (suppliers.due_first, suppliers.due_on, suppliers.times_slipped) == ("2026-11-18", "2026-12-24", 1)
    records.change(world.workspace, suppliers, {"due_on": "2026-12-01"}, reason="Sooner")
    assert (len(extensions.of(suppliers)), world.suppliers.times_slipped) == (2, 1), "earlier is no slip"
    records.change(world.workspace, world.cables, {"target_on": "2028-01-01"}, reason="Late")
    assert (world.cables.target_first, world.cables.times_slipped) == ("2027-06-30", 1)


def test_a_first_date_is_none(world: World) -> None:
    made = records.add(world.workspace, FollowUp, {"title": "Some day"})
    records.change(world.workspace, made, {"due_on": "2026-12-01"})
    assert (made.due_first, made.due_on, extensions.of(made)) == ("2026-12-01", "2026-12-01", [])
    records.change(world.workspace, made, {"due_on": None}, reason="Open again")
    assert (made.due_first, Extension.get().to_on) == ("2026-12-01", None)
    assert FollowUp.get_by_id(made.id).times_slipped == 0


def test_fields_that_go_only_together(world: World) -> None:
    values = {"raised_on": "2026-01-01", "due_on": "2026-01-15", "status": "done", "outcome": "Agreed."}
    records.change(world.workspace, world.terms, values, reason="It was so agreed.")
    terms = world.terms
    assert (terms.raised_on, terms.due_on, terms.closed_on) == ("2026-01-01", "2026-01-15", "2026-11-21")
    assert Operation.select().order_by(Operation.id.desc()).get().label == (
        f"Change {terms.ref}: Raised, Due, Status, Outcome"
    )
    with pytest.raises(Invalid, match="cannot be due before it was raised") as caught:
        records.change(world.workspace, world.terms, {"raised_on": "2026-02-01"})
    assert caught.value.field == "due_on"


@pytest.mark.parametrize(
    ("name", "values", "told", "field"),
    [
        ("cables", {"rag_set": "red"}, "Say why the RAG is set by hand", "rag_reason"),
        (
            "humboldt",
            {"start_on": "2026-02-01", "end_on": "2026-01-01"},
            "end must not be before the start",
            "end_on",
        ),
        ("humboldt", {"value": "5"}, "needs its currency", "currency"),
        (
            "suppliers",
            {"status": "done", "outcome": "Sent.", "closed_on": "2020-01-01"},
            "closed before it was raised",
            "closed_on",
        ),
        ("lunch", {"ends": "11:00"}, "end must not be before the start", "ends"),
        ("lunch", {"on": "2026-11"}, "needs an exact date", "on"),
    ],
)
def test_what_contradicts_itself(
    world: World, name: str, values: dict[str, Any], told: str, field: str
) -> None:
    record, before = getattr(world, name), state()
    with pytest.raises(Invalid, match=told) as caught:
        records.change(world.workspace, record, values)
    assert caught.value.field == field
    assert state() == before


# ---- deleting


def test_what_belongs_to_a_record_goes_with_it(world: World) -> None:
    workspace = world.workspace
    progress.report(workspace, world.cables, done="Talked")
    records.change(workspace, world.cables, {"target_on": "2028-01-01"}, reason="Late")
    attend(workspace, world.lunch, Attendee(person=world.rojas.id))
    links.link(workspace, world.lunch, world.cables)
    records.delete(workspace, [world.cables, world.lunch])
    for part in (Update, Extension, Attendance, Link):
        assert part.select().count() == 0, part
    assert world.suppliers.meeting_id is None
    last = Operation.select().order_by(Operation.id.desc()).get()
    assert last.label == "Delete 2 records"
    assert workspace.engine.rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("order", [("heading", "cables"), ("cables", "heading")])
def test_a_tree_is_deleted_in_whatever_order(world: World, order: tuple[str, str]) -> None:
    records.delete(world.workspace, [getattr(world, name) for name in order])
    assert Recommendation.select().count() == 0


def test_one_that_is_needed_keeps_all(world: World) -> None:
    before = state()
    with pytest.raises(Conflict, match=f"{world.dfc.ref} is still used by"):
        records.delete(world.workspace, [world.caf, world.dfc])
    assert state() == before


def test_records_of_several_kinds(world: World) -> None:
    records.delete(world.workspace, [world.minrel, world.rojas, world.lunch, world.humboldt, world.suppliers])
    assert world.minrel is None
    assert Initiative.select().count() == 0
    assert {entity.key() for entity in RECORDS.values() if entity.select().exists()} >= {
        "organisation",
        "person",
    }


def test_many_change_at_once(world: World) -> None:
    assert (
        records.change_many(
            world.workspace, list(FollowUp.select()), {"priority": "high", "status": "waiting"}
        )
        == 2
    )
    assert records.change_many(world.workspace, list(FollowUp.select()), {"priority": "high"}) == 0
    assert records.change_many(world.workspace, [], {"priority": "high"}) == 0
    assert len(updates()) == 2


def test_a_follow_up_names_both_ends(workspace: Workspace) -> None:
    post = Organisation.get(Organisation.uid == workspace.facts.post_uid)
    theirs = records.add(workspace, Organisation, {"name": "Ministry", "kind": "ministry", "country": "CL"})
    ours = records.add(workspace, FollowUp, {"title": "Ours"})
    owed = records.add(workspace, FollowUp, {"title": "Theirs", "owed_by": theirs.id})
    other = records.add(
        workspace, FollowUp, {"title": "To somebody else", "owed_by": theirs.id, "owed_to": theirs.id}
    )
    assert (ours.owed_by_id, ours.owed_to_id, ours.direction) == (post.id, None, "us")
    assert (owed.owed_by_id, owed.owed_to_id, owed.direction) == (theirs.id, post.id, "host")
    assert other.owed_to_id == theirs.id
