"""Looking back: the history of a record, Activity, what is deleted, and bringing it back."""

from __future__ import annotations

import pytest

from desktop import i18n
from desktop.model import FollowUp, Operation, Organisation, Update
from desktop.service import history, journal, links, meetings, progress, records, undo
from desktop.service.conflicts import Conflict
from desktop.service.meetings import Attendee
from tests.service.conftest import World, state


def last() -> Operation:
    return Operation.select().order_by(Operation.id.desc()).get()


def words() -> list[str]:
    return [history.describe(step) for step in journal.steps_of(last())]


def test_the_history_of_a_record(world: World) -> None:
    world.clock.forward(hours=1)
    records.change(
        world.workspace,
        world.suppliers,
        {"title": "Send it", "owed_to": world.dfc.id, "countries": {"PE", "CL"}},
    )
    events = history.of(world.suppliers)
    assert {(each.field, each.before, each.after) for each in events[:3]} == {
        ("Follow-up", "Send the list of suppliers", "Send it"),
        ("Owed to", "MINREL", "DFC"),
        ("Countries", "", "Chile; Peru"),
    }
    assert {(each.at, each.who) for each in events[:3]} == {("2026-11-21T13:00:00.000Z", "Sato Kenji")}
    assert events[0].what == f"Change {world.suppliers.ref}: Follow-up, Owed to, Countries"
    assert (events[-1].field, events[-1].what) == ("Created", "Add Follow-up: Send the list of suppliers")
    assert len({each.operation for each in events}) == 2


def test_it_is_told_in_the_language_of_who_reads(world: World) -> None:
    records.change(world.workspace, world.suppliers, {"countries": {"CL"}, "status": "waiting"})
    with i18n.speaking("ja"):
        assert {each.after for each in history.of(world.suppliers)} >= {
            "チリ",
            i18n._("Waiting on the other side"),
        }


def test_what_was_deleted_is_named_as_it_was(world: World) -> None:
    guest = records.add(world.workspace, Organisation, {"name": "Guest", "acronym": "GST"})
    records.change(world.workspace, world.lunch, {"counterparts": {guest.id, world.minrel.id}})
    records.change(world.workspace, world.terms, {"owed_to": guest.id})
    records.change(world.workspace, world.lunch, {"counterparts": {world.minrel.id}})
    records.change(world.workspace, world.terms, {"owed_to": None})
    records.delete(world.workspace, [guest])
    assert [each.before for each in history.of(world.lunch)[:1]] == ["GST; MINREL"]
    assert [(each.before, each.after) for each in history.of(world.terms)[:2]] == [
        ("GST", ""),
        ("METI", "GST"),
    ]


def test_steps_in_words(world: World) -> None:
    ref, cables = world.suppliers.ref, world.cables.ref
    progress.report(world.workspace, world.suppliers, status="waiting", done="Asked")
    assert words() == [f"{ref}: Status: Open → Waiting on the other side", f"Update {ref} created"]
    links.link(world.workspace, world.suppliers, world.cables)
    assert words() == [f"Link {ref} – {cables} created"]
    attendee = meetings.attend(world.workspace, world.lunch, Attendee(name="John Doe"))
    assert words() == [f"Attendee {world.lunch.ref} created"]
    meetings.leave(world.workspace, attendee)
    assert words() == [f"Attendee {world.lunch.ref} deleted"]
    records.change(world.workspace, world.suppliers, {"due_on": None}, reason="Open")
    assert words() == [f"{ref}: Due: 18 Nov 2026 → –", f"Extension {ref} created"]
    records.delete(world.workspace, [world.suppliers])
    assert words() == [
        f"Link {ref} – {cables} deleted",
        f"Update {ref} deleted",
        f"Extension {ref} deleted",
        f"Follow-up {ref} Send the list of suppliers deleted",
    ]


def test_values_of_another_version_are_shown_as_they_are(world: World) -> None:
    assert history.read(FollowUp, "colour", '"red"') == "red"
    assert history.read(FollowUp, "status", '"postponed"') == "postponed"
    assert history.read(FollowUp, "title", None) == ""
    assert history.read(FollowUp, "owed_by", '"00000000-no-such-uid"') == "00000000-no-such-uid"


def test_activity_is_read_page_by_page(world: World) -> None:
    everything = list(history.operations(1000))
    assert everything == sorted(everything, key=lambda operation: -operation.id)
    pages, before = [], None
    while page := list(history.operations(4, before)):
        pages += page
        before = page[-1].id
    assert pages == everything


# ---- deleted records


def test_what_is_deleted_now(world: World) -> None:
    workspace = world.workspace
    assert history.deleted(workspace) == []
    records.delete(workspace, [world.suppliers])
    records.delete(workspace, [world.terms])
    names = [history.name_of(step) for _operation, step in history.deleted(workspace)]
    assert names == ["FU-2026-002 Come back on terms", "FU-2026-001 Send the list of suppliers"]
    assert len(history.deleted(workspace, limit=1)) == 1
    undo.undo(workspace)
    assert len(history.deleted(workspace)) == 1
    records.delete(workspace, [world.terms])
    (operation, _step), _other = history.deleted(workspace)
    assert operation.uid == last().uid


def test_what_is_deleted_is_found_by_an_index(world: World) -> None:
    rows = world.workspace.engine.rows(
        'EXPLAIN QUERY PLAN SELECT id FROM "change" AS t1 WHERE "field" = \'*\' AND "after" IS NULL'
        " AND t1.entity IN ('person') ORDER BY t1.id DESC"
    )
    assert "change_deletion" in rows[0][3]


def test_a_record_comes_back_with_what_went_along(world: World) -> None:
    workspace, before = world.workspace, None
    progress.report(workspace, world.suppliers, done="Asked")
    records.change(workspace, world.suppliers, {"due_on": "2027-01-01"}, reason="Late")
    links.link(workspace, world.suppliers, world.cables)
    meetings.attend(workspace, world.lunch, Attendee(person=world.rojas.id))
    before = state()
    records.delete(workspace, [world.suppliers, world.lunch])
    for _number in range(2):
        assert history.bring_back(workspace, *history.deleted(workspace)[0]) == []
    assert state() == before
    assert history.deleted(workspace) == []
    labels = {operation.label for operation in history.operations(2)}
    assert labels == {
        "Bring back FU-2026-001 Send the list of suppliers",
        "Bring back MT-2026-001 Lunch on cables",
    }


def test_a_record_comes_back_without_what_has_no_other_end(world: World) -> None:
    workspace = world.workspace
    links.link(workspace, world.suppliers, world.terms)
    records.delete(workspace, [world.suppliers])
    suppliers = history.deleted(workspace)[0]
    records.delete(workspace, [world.terms])
    records.delete(workspace, [world.lunch])
    told = history.bring_back(workspace, *suppliers)
    assert told == ["From meeting: MT-2026-001 is deleted and was left out."]
    assert links.of(world.suppliers) == []
    assert workspace.engine.rows("PRAGMA foreign_key_check") == []
    with pytest.raises(Conflict, match="is there again already"):
        history.bring_back(workspace, *suppliers)


def test_what_another_record_got_since_is_left_alone(world: World) -> None:
    workspace = world.workspace
    other = records.add(workspace, type(world.lunch), {"title": "Dinner", "on": "2026-11-13"})
    records.delete(workspace, [world.lunch])
    records.change(workspace, world.suppliers, {"meeting": other.id})
    history.bring_back(workspace, *history.deleted(workspace)[0])
    assert world.suppliers.meeting_id == other.id
    assert Update.select().count() == 0


def test_a_clock_that_was_set_back_is_told_and_the_order_stays(world: World) -> None:
    workspace, clock = world.workspace, world.clock
    for number, hours in enumerate((1, -5, 1)):
        clock.forward(hours=hours)
        records.add(workspace, FollowUp, {"title": f"Number {number}"})
    rows = list(history.operations(4))
    assert [row.label[-8:] for row in rows[:3]] == ["Number 2", "Number 1", "Number 0"]
    assert history.set_back(rows) == {rows[1].id}
    assert history.set_back(rows[1:2]) == {rows[1].id}
    assert history.set_back(rows[:1]) == history.set_back([]) == frozenset()
