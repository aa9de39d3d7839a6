"""The one door for writing: all or nothing, in the file and in memory, and never over what somebody else saved."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from desktop.model import (
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Operation,
    Organisation,
    Person,
    Recommendation,
    Subject,
)
from desktop.service import journal, records
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Committed, Workspace
from desktop.store import search
from desktop.store.engine import StoreError
from tests.service.conftest import World, state


@pytest.fixture
def heard(world: World) -> list[Committed]:
    told: list[Committed] = []
    world.workspace.listen(told.append)
    return told


def test_an_operation_is_one_entry_and_is_announced_once(world: World, heard: list[Committed]) -> None:
    before = Operation.select().count()
    with world.workspace.operation("Do two things") as writing:
        one = writing.create(FollowUp, {"title": "One"})
        writing.change(world.lunch, {"place": "Residence"})
    assert Operation.select().count() == before + 1
    assert [(each.label, each.entities) for each in heard] == [("Do two things", {"follow_up", "meeting"})]
    assert heard[0].uids == {one.uid, world.lunch.uid}
    last = Operation.select().order_by(Operation.id.desc()).get()
    assert (last.uid, last.officer_name, last.source) == (heard[0].operation, "Sato Kenji", "window")
    assert last.at == "2026-11-21T12:00:00.000Z"


def test_what_changes_nothing_leaves_no_trace(world: World, heard: list[Committed]) -> None:
    before = Operation.select().count()
    suppliers = world.suppliers
    assert not records.change(
        world.workspace, suppliers, {"title": suppliers.title, "owed_to": suppliers.owed_to_id}
    )
    assert not records.change(world.workspace, world.cables, {"countries": ["CL"]})
    assert (Operation.select().count(), heard) == (before, [])
    assert world.suppliers.version == suppliers.version


def test_when_it_fails_everything_is_as_before(world: World, heard: list[Committed]) -> None:
    suppliers, terms, before = world.suppliers, world.terms, state()
    memory = [dict(record.__data__) for record in (suppliers, terms)]
    made: list[Any] = []

    def fail() -> None:
        with world.workspace.operation("Fail") as writing:
            writing.change(suppliers, {"title": "Changed", "countries": {"PE"}})
            writing.change(suppliers, {"title": "Changed again"})
            made.append(writing.create(FollowUp, {"title": "Made"}))
            writing.delete(terms)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert state() == before
    assert [dict(record.__data__) for record in (suppliers, terms)] == memory
    assert made[0].id is None
    assert heard == []
    assert search.match("made")
    assert not FollowUp.select().where(FollowUp.title == "Made").exists()
    # The very objects can be used again.
    assert records.change(world.workspace, suppliers, {"title": "Now"})
    assert world.workspace.engine.rows("PRAGMA integrity_check") == [("ok",)]


def test_when_the_disk_refuses_everything_is_as_before(world: World) -> None:
    engine, suppliers, before = world.workspace.engine, world.suppliers, state()
    limit(engine, engine.pragma("page_count"))
    with pytest.raises(StoreError, match="no room left"):
        records.change(world.workspace, suppliers, {"title": "Changed", "detail": "word " * 18_000})
    assert state() == before
    assert suppliers.title == "Send the list of suppliers"
    limit(engine, 100_000)
    records.change(world.workspace, suppliers, {"title": "Changed"})
    assert world.workspace.facts.post == "Embassy of Japan in Chile"


def limit(engine: Any, pages: int) -> None:
    """Let the connection that writes take the file for full."""
    with engine.db.writing():
        engine.rows(f"PRAGMA max_page_count = {pages}")


def lost(world: World, record: Any) -> None:
    """A part of an operation that fails half-way."""
    with world.workspace.operation("Inner") as writing:
        writing.change(record, {"detail": "Lost"})
        writing.create(Person, {"name": "Lost"})
        writing.create(Person, {"name": ""})


def test_a_part_that_fails_and_is_caught_leaves_the_rest(world: World) -> None:
    suppliers = world.suppliers
    with world.workspace.operation("Outer") as writing:
        writing.change(suppliers, {"title": "Kept"})
        with pytest.raises(Invalid):
            lost(world, suppliers)
    assert (suppliers.title, suppliers.detail) == ("Kept", "")
    assert not Person.select().where(Person.name == "Lost").exists()
    last = Operation.select().order_by(Operation.id.desc()).get()
    assert [(step.field, step.after) for step in journal.steps_of(last)] == [("title", '"Kept"')]
    assert journal.broken_at() is None


def test_a_nested_one_joins(world: World, heard: list[Committed]) -> None:
    with world.workspace.operation("Outer"):
        records.add(world.workspace, FollowUp, {"title": "Inner"})
        assert heard == []
    assert [each.label for each in heard] == ["Outer"]


def test_another_thread_waits_for_its_turn(world: World) -> None:
    order: list[str] = []
    begun = threading.Event()

    def other() -> None:
        begun.set()
        with world.workspace.operation("Second") as writing:
            order.append("second")
            writing.create(FollowUp, {"title": "Second"})

    thread = threading.Thread(target=other)
    with world.workspace.operation("First") as writing:
        thread.start()
        begun.wait()
        writing.create(FollowUp, {"title": "First"})
        thread.join(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    labels = [operation.label for operation in Operation.select().order_by(Operation.id.desc()).limit(2)]
    assert labels == ["Second", "First"]


# ---- conflicts


def test_who_comes_second_is_told_both_values(world: World) -> None:
    mine, theirs = world.suppliers, world.suppliers
    records.change(world.workspace, theirs, {"title": "Theirs", "priority": "high"})
    with pytest.raises(Conflict) as caught:
        records.change(world.workspace, mine, {"title": "Mine", "priority": "high", "detail": "More"})
    sentence = str(caught.value)
    assert f"{mine.ref} was changed meanwhile; your change was not saved." in sentence
    assert "Follow-up is now “Theirs”, yours was “Mine”." in sentence
    assert "Detail is now “”, yours was “More”." in sentence
    assert "Priority" not in sentence
    assert (mine.title, mine.detail) == ("Send the list of suppliers", "")
    assert world.suppliers.title == "Theirs"


def test_a_changed_set_counts_as_a_save(world: World) -> None:
    mine, theirs = world.suppliers, world.suppliers
    records.change(world.workspace, theirs, {"countries": {"PE"}})
    assert world.suppliers.version == mine.version + 1
    with pytest.raises(Conflict):
        records.change(world.workspace, mine, {"countries": {"CL"}})
    assert records.values_of(world.suppliers)["countries"] == {"PE"}


def test_what_was_deleted_meanwhile(world: World) -> None:
    mine = world.suppliers
    records.delete(world.workspace, [world.suppliers])
    for act in (
        lambda: records.change(world.workspace, mine, {"title": "Mine"}),
        lambda: records.delete(world.workspace, [mine]),
    ):
        with pytest.raises(Conflict, match=f"{mine.ref} was deleted meanwhile"):
            act()


def test_what_points_to_a_record_that_is_gone(world: World) -> None:
    with pytest.raises(Conflict, match="points to something that was deleted"):
        records.change(world.workspace, world.suppliers, {"owner": 999_999})
    with pytest.raises(Conflict, match="points to something that was deleted"):
        records.add(world.workspace, FollowUp, {"title": "New", "sectors": {999_999}})


def test_what_others_need_is_not_deleted_and_they_are_named(world: World) -> None:
    with pytest.raises(Conflict) as caught:
        records.delete(world.workspace, [world.minrel])
    names = (world.rojas.ref, world.humboldt.ref, world.lunch.ref)
    assert f"{world.minrel.ref} is still used by {', '.join(names)} and …; change that first." == str(
        caught.value
    )
    with pytest.raises(Conflict, match=f"{world.heading.ref} is still used by {world.cables.ref}"):
        records.delete(world.workspace, [world.heading])
    assert records.values_of(world.humboldt)["partners"] == {world.dfc.id, world.minrel.id}


# ---- references


def test_references_are_counted_by_kind_and_year(world: World) -> None:
    def ref(entity: type[Any], **values: Any) -> str:
        return str(records.add(world.workspace, entity, {entity.naming: "New", **values}).ref)

    assert [ref(FollowUp), ref(FollowUp), ref(Meeting, on="2027")] == [
        "FU-2026-003",
        "FU-2026-004",
        "MT-2026-002",
    ]
    assert ref(Organisation) == "ORG-006"
    world.clock.forward(days=60)
    assert ref(FollowUp) == "FU-2027-001"


def test_a_reference_is_never_given_twice(world: World) -> None:
    made = records.add(world.workspace, FollowUp, {"title": "New"})
    records.delete(world.workspace, [made])
    assert records.add(world.workspace, FollowUp, {"title": "Other"}).ref > made.ref
    records.add(world.workspace, FollowUp, {"title": "By hand", "ref": "FU-2026-6"})
    assert records.add(world.workspace, FollowUp, {"title": "After"}).ref == "FU-2026-005"
    assert records.add(world.workspace, FollowUp, {"title": "After"}).ref == "FU-2026-007"


@pytest.mark.parametrize("ref", ["WC-2024-1A", "wc-2024-1a", "ＷＣ-2024-01A"])
def test_a_reference_that_is_taken(world: World, ref: str) -> None:
    with pytest.raises(Invalid, match=r"taken already \(Finance submarine cables") as caught:
        records.add(world.workspace, Recommendation, {"title": "Other", "ref": ref})
    assert caught.value.field == "ref"
    with pytest.raises(Invalid, match="taken already"):
        records.change(world.workspace, world.heading, {"ref": ref})


def test_an_old_reference_still_leads_to_its_record(world: World) -> None:
    records.change(world.workspace, world.cables, {"ref": "WC-2024-2B"})
    assert Recommendation.find("WC-2024-1A").ref == "WC-2024-2B"
    with pytest.raises(Invalid, match="taken already"):
        records.add(world.workspace, Recommendation, {"title": "Other", "ref": "WC-2024-1A"})
    records.change(world.workspace, Recommendation.find("WC-2024-2B"), {"ref": "WC-2024-1A"})
    assert world.cables.ref == "WC-2024-1A"
    with pytest.raises(Invalid, match="must not be empty"):
        records.change(world.workspace, world.cables, {"ref": " "})


def test_nothing_is_part_of_itself(world: World) -> None:
    with pytest.raises(Invalid, match="Part of: WC-2024-1 cannot be part of itself"):
        records.change(world.workspace, world.heading, {"parent": world.cables.id})
    with pytest.raises(Invalid, match="cannot be part of itself"):
        records.change(world.workspace, world.dfc, {"successor": world.dfc.id})


# ---- the rest


def test_the_register_knows_every_subject(world: World) -> None:
    subjects = set(Subject.select(Subject.id, Subject.uid, Subject.kind).tuples())
    entities = (FollowUp, Initiative, Meeting, Recommendation)
    assert subjects == {(r.id, r.uid, entity.key()) for entity in entities for r in entity.select()}
    records.delete(world.workspace, [world.terms])
    assert Subject.select().count() == len(subjects) - 1


def test_what_was_taken_out_of_a_text_is_said(world: World, heard: list[Committed]) -> None:
    records.add(world.workspace, FollowUp, {"title": "Bell\x07", "detail": "a\x0bb"})
    assert heard[0].remarks == ("Follow-up: 1 control character was taken out.",)
    assert FollowUp.find("Bell").detail == "a\nb"


def test_who_works_here_is_known_as_they_are_now(world: World) -> None:
    workspace: Workspace = world.workspace
    records.change(workspace, world.sato, {"name": "Sato Kenji (First Secretary)"})
    assert workspace.officer.name == "Sato Kenji (First Secretary)"
    records.delete(workspace, [world.mori])
    workspace.sign_in("nobody")
    assert workspace.officer is None


def test_an_unknown_field_is_told(world: World) -> None:
    for act in (
        lambda: records.add(world.workspace, FollowUp, {"title": "New", "colour": "red"}),
        lambda: records.change(world.workspace, world.terms, {"colour": "red"}),
        lambda: records.change_many(world.workspace, [world.terms], {"colour": "red"}),
        lambda: records.parse(FollowUp, {"colour": "red"}),
        lambda: records.change(world.workspace, world.terms, {"version": 7}),
        lambda: records.parse(FollowUp, {"direction": "us"}),
    ):
        with pytest.raises(Invalid, match=r"Follow-up has no field “\w+” to set; it has: .*title"):
            act()
