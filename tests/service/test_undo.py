"""Undo, redo and taking back: whose edits, in which order, and when it cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import FollowUp, Initiative, Invalid, Link, Operation, Organisation, Person, Update, dates
from desktop.service import catalogue, directory, extensions, history, links, progress, records, setup, undo
from desktop.service.conflicts import Conflict
from desktop.service.undo import redo, revert
from desktop.service.undo import undo as undo_last
from desktop.service.workspace import Workspace
from tests.service.conftest import World, state


def add(world: World, title: str) -> Any:
    return records.add(world.workspace, FollowUp, {"title": title})


def titles() -> set[str]:
    return {record.title for record in FollowUp.select()} - {
        "Send the list of suppliers",
        "Come back on terms",
    }


def last(label: str) -> Operation:
    found = Operation.select().where(Operation.label == label).order_by(Operation.id.desc()).first()
    assert found is not None, label
    return found


def test_back_and_forth(world: World) -> None:
    workspace = world.workspace
    for title in ("one", "two"):
        add(world, title)
    assert undo_last(workspace) == "Add Follow-up: two"
    assert undo_last(workspace) == "Add Follow-up: one"
    assert titles() == set()
    assert redo(workspace) == "Add Follow-up: one"
    assert redo(workspace) == "Add Follow-up: two"
    assert redo(workspace) is None
    assert titles() == {"one", "two"}
    assert undo_last(workspace) == "Add Follow-up: two"
    add(world, "three")
    assert undo.redoable(workspace) is None
    assert redo(workspace) is None
    assert [undo_last(workspace), undo_last(workspace)] == ["Add Follow-up: three", "Add Follow-up: one"]
    assert [redo(workspace), redo(workspace), redo(workspace)] == [
        "Add Follow-up: one",
        "Add Follow-up: three",
        None,
    ]
    assert titles() == {"one", "three"}


def test_what_undo_and_redo_are_called(world: World) -> None:
    add(world, "one")
    for step in (undo_last, redo, undo_last, redo):
        step(world.workspace)
    labels = [operation.label for operation in history.operations(5)]
    assert labels == ["Redo: Add Follow-up: one", "Undo: Add Follow-up: one"] * 2 + ["Add Follow-up: one"]
    assert [undo.label_of(operation) for operation in history.operations(5)] == ["Add Follow-up: one"] * 5
    assert [operation.source for operation in history.operations(5)] == ["undo"] * 4 + ["window"]


def test_there_is_an_end_to_it(world: World) -> None:
    count = 0
    while undo_last(world.workspace) is not None:
        count += 1
    assert count == Operation.select().where(Operation.source == "window").count()
    assert undo.undoable(world.workspace) is None
    # What set the workspace up is not walked.
    assert world.sato is not None
    assert world.post is not None


# ---- fields go back together


def test_fields_that_would_contradict_each_other_one_by_one(world: World) -> None:
    humboldt, before = world.humboldt, state()
    records.change(world.workspace, humboldt, {"start_on": "2020-01-01", "end_on": "2021-01-01"})
    records.change(world.workspace, humboldt, {"start_on": "2023-01-01", "end_on": "2024-01-01"})
    records.change(world.workspace, humboldt, {"start_on": "2018-01-01", "end_on": "2019-01-01"})
    after = state()
    for _number in range(3):
        assert undo_last(world.workspace)
    assert state() == before
    for _number in range(3):
        assert redo(world.workspace)
    assert state() == after


def test_one_field_twice_in_one_operation(world: World) -> None:
    suppliers, before = world.suppliers, state()
    with world.workspace.operation("Twice") as writing:
        writing.change(suppliers, {"title": "One", "countries": {"PE"}})
        writing.change(suppliers, {"title": "Two", "countries": set()})
    undo_last(world.workspace)
    assert state() == before


def test_a_report_a_closing_and_an_extension(world: World) -> None:
    before = state()
    progress.report(world.workspace, world.suppliers, status="done", done="Sent")
    records.change(world.workspace, world.suppliers, {"due_on": "2027-01-01"}, reason="Late")
    after = state()
    assert (world.suppliers.status, world.suppliers.closed_on) == ("done", "2026-11-21")
    assert (world.suppliers.times_slipped, world.suppliers.last_update_on) == (1, "2026-11-21")
    assert undo_last(world.workspace)
    assert undo_last(world.workspace)
    assert state() == before
    assert redo(world.workspace)
    assert redo(world.workspace)
    assert state() == after


def test_since_when_something_is_owned_comes_back(world: World) -> None:
    records.change(world.workspace, world.humboldt, {"owner": world.sato.id})
    world.clock.forward(days=10)
    records.change(world.workspace, world.humboldt, {"owner": None})
    world.clock.forward(days=10)
    undo_last(world.workspace)
    assert world.humboldt.adopted_on == "2026-11-21"
    records.change(world.workspace, world.humboldt, {"owner": world.mori.id})
    assert world.humboldt.adopted_on == "2026-11-21", "handed over, not given up"
    records.delete(world.workspace, [world.humboldt])
    world.clock.forward(days=10)
    undo_last(world.workspace)
    assert world.humboldt.adopted_on == "2026-11-21"


def test_when_a_record_was_made_comes_back(world: World) -> None:
    made = world.suppliers.created_at
    world.clock.forward(days=10)
    records.delete(world.workspace, [world.suppliers])
    undo_last(world.workspace)
    assert world.suppliers.created_at == made
    assert world.suppliers.updated_at > made


# ---- what an older version let in


def of_an_older_version(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A follow-up that is due further away than is let in now."""
    with monkeypatch.context() as older:
        older.setattr(dates, "YEARS", (1, 9999))
        made = records.add(world.workspace, FollowUp, {"title": "Some day", "due_on": "9999-12-31"})
    with pytest.raises(Invalid, match="too far away"):
        records.add(world.workspace, FollowUp, {"title": "Never", "due_on": "9999-12-31"})
    return made


def test_a_deleted_record_with_a_date_that_is_let_in_no_more_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = of_an_older_version(world, monkeypatch)
    before = state()
    records.delete(world.workspace, [made])
    undo_last(world.workspace)
    assert state() == before
    redo(world.workspace)
    ((operation, step),) = history.deleted(world.workspace)
    history.bring_back(world.workspace, operation, step)
    assert state() == before


def test_a_date_that_is_let_in_no_more_can_be_moved_and_moved_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = of_an_older_version(world, monkeypatch)
    before = state()
    records.change(world.workspace, made, {"due_on": "2026-12-01"}, reason="Agreed by now")
    (moved,) = extensions.of(made)
    assert (moved.from_on, moved.to_on) == ("9999-12-31", "2026-12-01")
    undo_last(world.workspace)
    assert state() == before
    redo(world.workspace)
    assert [each.from_on for each in extensions.of(made)] == ["9999-12-31"]
    with pytest.raises(Invalid, match="too far away"):
        records.change(world.workspace, FollowUp.get_by_id(made.id), {"due_on": "9999-12-30"}, reason="Typed")


# ---- several officers


def test_each_walks_their_own_edits(world: World) -> None:
    workspace = world.workspace
    add(world, "of Sato")
    workspace.sign_in(world.mori.uid)
    assert undo.undoable(workspace) is None
    add(world, "of Mori")
    workspace.sign_in(world.sato.uid)
    assert undo_last(workspace) == "Add Follow-up: of Sato"
    workspace.sign_in(world.mori.uid)
    assert redo(workspace) is None
    assert undo_last(workspace) == "Add Follow-up: of Mori"


def test_what_another_officer_changed_since_is_not_lost(world: World) -> None:
    workspace, suppliers = world.workspace, world.suppliers
    records.change(workspace, suppliers, {"title": "By Sato", "detail": "By Sato"})
    workspace.sign_in(world.mori.uid)
    records.change(workspace, world.suppliers, {"title": "By Mori"})
    workspace.sign_in(world.sato.uid)
    before = state()
    with pytest.raises(Conflict, match=f"{suppliers.ref} was changed since"):
        undo_last(workspace)
    assert state() == before
    workspace.sign_in(world.mori.uid)
    undo_last(workspace)
    workspace.sign_in(world.sato.uid)
    undo_last(workspace)
    assert world.suppliers.title == "Send the list of suppliers"


def test_other_fields_may_have_moved_on(world: World) -> None:
    records.change(world.workspace, world.suppliers, {"title": "By Sato"})
    world.workspace.sign_in(world.mori.uid)
    records.change(world.workspace, world.suppliers, {"priority": "high"})
    world.workspace.sign_in(world.sato.uid)
    undo_last(world.workspace)
    assert (world.suppliers.title, world.suppliers.priority) == ("Send the list of suppliers", "high")


def test_what_another_officer_took_back_is_passed_over(world: World) -> None:
    workspace = world.workspace
    add(world, "one")
    add(world, "two")
    workspace.sign_in(world.mori.uid)
    revert(workspace, last("Add Follow-up: two"), "Take back")
    workspace.sign_in(world.sato.uid)
    assert undo_last(workspace) == "Add Follow-up: one"


def test_before_anybody_is_known(world: World) -> None:
    world.workspace.sign_in("")
    assert undo.undoable(world.workspace) is None
    add(world, "by nobody")
    assert undo_last(world.workspace) == "Add Follow-up: by nobody"


def test_the_command_line_and_the_window_share_their_edits(world: World) -> None:
    world.workspace.source = "command_line"
    add(world, "typed")
    world.workspace.source = "window"
    assert undo_last(world.workspace) == "Add Follow-up: typed"


# ---- taking back from Activity


def test_taking_back_is_an_edit_of_its_own(world: World) -> None:
    workspace = world.workspace
    add(world, "old")
    add(world, "new")
    revert(workspace, last("Add Follow-up: old"), "Take back: old")
    assert titles() == {"new"}
    assert undo_last(workspace) == "Take back: old"
    assert titles() == {"old", "new"}
    assert redo(workspace) == "Take back: old"
    assert titles() == {"new"}
    assert undo_last(workspace) == "Take back: old"
    assert undo_last(workspace) == "Add Follow-up: new"
    assert titles() == {"old"}


def test_nothing_is_taken_back_twice(world: World) -> None:
    add(world, "one")
    done = last("Add Follow-up: one")
    assert undo.stands(done.uid)
    undo_last(world.workspace)
    assert not undo.stands(done.uid)
    with pytest.raises(Conflict, match="“Add Follow-up: one” was taken back already"):
        revert(world.workspace, done, "Take back")
    redo(world.workspace)
    revert(world.workspace, done, "Take back")
    assert titles() == set()


def test_the_catalogue_is_taken_back_from_activity(workspace: Workspace) -> None:
    before = state()
    catalogue.load(workspace)
    after = state()
    assert undo.undoable(workspace) is None
    revert(workspace, last("Load the catalogue"), "Take back the catalogue")
    assert state() == before
    assert undo_last(workspace) == "Take back the catalogue"
    assert state() == after


def test_what_is_needed_since_cannot_be_taken_back(world: World) -> None:
    made = records.add(world.workspace, Organisation, {"name": "New"})
    records.change(world.workspace, world.terms, {"owed_by": made.id})
    before = state()
    with pytest.raises(Conflict, match=f"{made.ref} is still used by {world.terms.ref}"):
        revert(world.workspace, last("Add Organisation: New"), "Take back")
    assert state() == before


def test_what_does_not_go_with_later_changes_cannot_be_taken_back(world: World) -> None:
    records.change(world.workspace, world.suppliers, {"raised_on": "2026-10-01"})
    records.change(world.workspace, world.suppliers, {"due_on": "2026-10-15"}, reason="Sooner")
    before = state()
    with pytest.raises(Conflict, match="cannot be due before it was raised"):
        revert(world.workspace, last(f"Change {world.suppliers.ref}: Raised"), "Take back")
    assert state() == before


# ---- targets that are gone


def test_a_deletion_whose_targets_are_gone(world: World) -> None:
    workspace, lunch = world.workspace, world.lunch
    made = records.add(workspace, Organisation, {"name": "Guest"})
    records.change(workspace, lunch, {"counterparts": {made.id, world.minrel.id}})
    records.delete(workspace, [lunch])
    deletion = last(f"Delete {lunch.ref}")
    records.delete(workspace, [made])
    before = state()
    with pytest.raises(Conflict, match="What “Counterparts” pointed to was deleted; bring that back first"):
        revert(workspace, deletion, "Take back")
    assert state() == before
    told = history.bring_back(
        workspace, *next(d for d in history.deleted(workspace) if d[1].uid == lunch.uid)
    )
    assert told == ["Counterparts: Guest is deleted and was left out."]
    assert records.values_of(world.lunch)["counterparts"] == {world.minrel.id}
    assert world.suppliers.meeting_id == world.lunch.id
    undo_last(workspace)
    undo_last(workspace)
    revert(workspace, deletion, "Take back")
    assert len(records.values_of(world.lunch)["counterparts"]) == 2


def test_a_reference_whose_target_is_gone(world: World) -> None:
    workspace, cables = world.workspace, world.cables
    records.change(workspace, cables, {"owner": world.mori.id})
    records.change(workspace, cables, {"owner": None})
    records.delete(workspace, [world.mori])
    with pytest.raises(Conflict, match="What “Owner” pointed to was deleted"):
        revert(workspace, last(f"Change {cables.ref}: Owner"), "Take back")


def test_what_is_there_again_is_not_made_twice(world: World) -> None:
    workspace, ref = world.workspace, world.terms.ref
    records.delete(workspace, [world.terms])
    history.bring_back(workspace, *history.deleted(workspace)[0])
    with pytest.raises(Conflict, match="is there again already"):
        revert(workspace, last(f"Delete {ref}"), "Take back")
    with pytest.raises(Conflict, match="is there again already"):
        history.bring_back(
            workspace, last(f"Delete {ref}"), history.journal.steps_of(last(f"Delete {ref}"))[-1]
        )


def test_a_reference_that_another_has_now(world: World) -> None:
    workspace, terms = world.workspace, world.terms
    records.delete(workspace, [terms])
    records.add(workspace, FollowUp, {"title": "In its place", "ref": terms.ref})
    with pytest.raises(Conflict, match=f"The reference {terms.ref} is taken already .In its place."):
        revert(workspace, last(f"Delete {terms.ref}"), "Take back")


# ---- facts of the workspace, merges, links


def test_the_workspaces_own_facts_go_back_with_what_follows(world: World) -> None:
    workspace, before, facts = world.workspace, state(), world.workspace.facts
    setup.change_facts(workspace, own_government="US", partners=["JP"])
    assert (world.dfc.side, world.terms.direction) == ("capital", "capital")
    assert undo_last(workspace) == "Change the workspace’s settings"
    assert workspace.facts == facts
    assert state() == before
    redo(workspace)
    assert workspace.facts.own_government == "US"
    assert world.dfc.side == "capital"


def test_a_merge_goes_back(world: World) -> None:
    workspace, before = world.workspace, state()
    double = records.add(
        workspace, Organisation, {"name": "MOFA of Chile", "kind": "ministry", "country": "CL"}
    )
    records.change(workspace, world.suppliers, {"owed_by": double.id})
    middle = state()
    directory.merge(workspace, world.minrel, [double])
    after = state()
    undo_last(workspace)
    assert state() == middle
    assert Organisation.find(double.ref).uid == double.uid
    redo(workspace)
    assert state() == after
    assert Organisation.find(double.ref).uid == world.minrel.uid
    for _number in range(3):
        undo_last(workspace)
    assert state() == before


def test_a_link_and_what_it_joins(world: World) -> None:
    workspace, before = world.workspace, state()
    links.link(workspace, world.suppliers, world.cables)
    progress.report(workspace, world.cables, done="Talked")
    records.delete(workspace, [world.suppliers])
    assert Link.select().where(Link.relation == "serves").count() == 0
    assert Update.select().count() == 1
    for _number in range(3):
        assert undo_last(workspace)
    assert state() == before


def test_a_bulk_edit_is_one(world: World) -> None:
    before = state()
    changed = records.change_owner(world.workspace, [*FollowUp.select(), *Initiative.select()], world.mori)
    assert changed == 3
    assert undo_last(world.workspace) == "Change Owner of 3 records"
    assert state() == before
    assert Person.select().count() == 3
