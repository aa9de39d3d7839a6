"""The journal: canonical, complete, and such that whatever is done to it past the program is found."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import (
    RECORDS,
    Change,
    FollowUp,
    Meeting,
    Operation,
    Series,
    fields,
    journalled,
    visibility,
)
from desktop.model.relations import Many
from desktop.service import (
    agenda,
    journal,
    meetings,
    minutes,
    progress,
    records,
    series,
    undo,
    versions,
)
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace
from desktop.store.engine import sqlcipher
from tests.conftest import Clock
from tests.service.conftest import World

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_one_value_is_one_text(value: Any) -> None:
    text = journal.canonical(value)
    assert json.loads(text) == value
    assert journal.canonical(json.loads(text)) == text


def busy(world: World) -> None:
    """Some of everything."""
    workspace = world.workspace
    meetings.log_meeting(
        workspace,
        {"title": "会議", "on": "2026-11-20", "counterparts": {world.dfc.id}},
        [Attendee(person=world.rojas.id), Attendee(name="John Doe", presence="excused")],
        [{"title": "Write", "owed_by": world.dfc.id, "serves": [world.cables], "countries": {"PE", "CL"}}],
        [world.humboldt],
    )
    progress.report(workspace, world.cables, status="in_progress", done="Begun")
    with workspace.operation("Share") as writing:
        writing.change(
            world.humboldt, {"text_visibility": visibility.with_text(world.humboldt, "description", "public")}
        )
    records.change(
        workspace, world.suppliers, {"due_on": "2027-01-01", "co_owners": {world.mori.id}}, reason="Late"
    )
    records.delete(workspace, [world.terms])
    undo.undo(workspace)
    quarterly = records.add(
        workspace,
        Series,
        {"title": "Calls", "starts": "10:00", "zone": "Asia/Tokyo", "counterparts": {world.dfc.id}},
    )
    meeting = series.plan_next(workspace, quarterly, "2026-11-20")
    item = agenda.take_up(workspace, meeting, world.terms, "discussed")
    point = minutes.add(workspace, meeting, "note", "**Well**", item)
    minutes.turn(workspace, point, "follow_up")
    versions.make_final(workspace, Meeting.get_by_id(meeting.id))
    versions.reopen(workspace, Meeting.get_by_id(meeting.id), "A name")


def test_every_value_survives_the_journal(world: World) -> None:
    busy(world)
    kinds = set()
    for entity in RECORDS.values():
        for record in entity.select():
            for f in journalled(entity):
                value = f.read(record.id) if isinstance(f, Many) else journal.stored(record, f.name)
                written = json.loads(journal.canonical(f.to_json(value)))
                assert f.from_json(written) == value, (entity, f.name)
                kinds |= {type(f)} if value != f.empty() else set()
    declared = {type(f) for entity in RECORDS.values() for f in journalled(entity)}
    unused = {kind.__name__ for kind in declared - kinds}
    assert unused <= {"Money", "Code", "Link"}


def test_the_journal_says_what_each_record_is(world: World) -> None:
    busy(world)
    for entity in RECORDS.values():
        for record in entity.select():
            assert replayed(record.uid) == journal.snapshot(record)


def replayed(uid: str) -> dict[str, Any]:
    now: dict[str, Any] = {}
    for change in Change.select().where(Change.uid == uid).order_by(Change.id):
        if change.field == journal.WHOLE:
            now = json.loads(change.after or "{}")
            continue
        entity = RECORDS[change.entity]
        empty = next(f for f in fields(entity) if f.name == change.field)
        before = now.pop(change.field, json.loads(journal.canonical(empty.to_json(empty.empty()))))
        assert change.before == journal.canonical(before)
        after = json.loads(change.after)
        if after != json.loads(journal.canonical(empty.to_json(empty.empty()))):
            now[change.field] = after
    return now


def test_versions_times_and_derived_facts_are_not_journalled(world: World) -> None:
    busy(world)
    for change in Change.select():
        whole = (
            json.loads(change.after or change.before) if change.field == journal.WHOLE else {change.field: 0}
        )
        assert whole.keys() <= {f.name for f in journalled(RECORDS[change.entity])}
    kept = {(entity.key(), f.name) for entity in RECORDS.values() for f in journalled(entity)}
    assert {name for _entity, name in kept}.isdisjoint(
        {"uid", "version", "updated_at", "created_at", "title_key"}
    )
    derived = {("follow_up", "direction"), ("organisation", "side"), ("meeting", "starts_at")}
    assert kept.isdisjoint({*derived, ("follow_up", "times_slipped"), ("initiative", "last_update_on")})


# ---- the chain


@pytest.fixture
def chained(world: World) -> Path:
    """A file with a history, made by two replicas, that nobody has open."""
    busy(world)
    world.workspace.close()
    path = world.workspace.engine.path
    copy = path.with_name("copy.juntos")
    shutil.copy(path, copy)
    again = Workspace.open(copy, clock=Clock())
    for number in range(5):
        records.add(again, FollowUp, {"title": f"Number {number}"})
    again.close()
    return copy


def verdict(path: Path) -> str | None:
    opened = Workspace.open(path)
    try:
        return journal.broken_at()
    finally:
        opened.close()


def tampered(path: Path, *statements: str) -> str | None:
    """What is found after somebody has changed a copy of the file past the program."""
    copy = path.with_name("tampered.juntos")
    shutil.copy(path, copy)
    connection = sqlcipher.connect(str(copy), isolation_level=None)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    changes = connection.total_changes
    for statement in statements:
        connection.execute(statement)
    assert connection.total_changes > changes, "nothing was tampered with"
    connection.close()
    return verdict(copy)


def test_an_untouched_chain_is_whole(chained: Path) -> None:
    assert verdict(chained) is None
    opened = Workspace.open(chained)
    devices = {operation.device for operation in Operation.select()}
    clocks = [operation.clock for operation in Operation.select().order_by(Operation.id)]
    opened.close()
    assert len(devices) == 4, "the template, the small world, this test's copy of it, and the copy of that"
    assert clocks == list(range(1, len(clocks) + 1))


def test_the_database_itself_refuses(world: World) -> None:
    for statement in ("UPDATE operation SET label = 'x'", 'DELETE FROM "change"'):
        with pytest.raises(Exception, match="append-only"), world.workspace.engine.write():
            world.workspace.engine.db.execute_sql(statement)


@pytest.mark.parametrize(
    "column",
    ["uid", "label", "at", "officer", "officer_name", "device", "source", "reverts", "previous", "hash"],
)
def test_a_changed_operation_is_found(chained: Path, column: str) -> None:
    value = "2020-02-02T02:02:02.000Z" if column == "at" else "x"  # it must be an instant
    assert tampered(chained, f"UPDATE operation SET {column} = '{value}' WHERE id = 7")


@pytest.mark.parametrize("column", ["sequence", "clock"])
def test_a_changed_count_is_found(chained: Path, column: str) -> None:
    assert tampered(chained, f"UPDATE operation SET {column} = 1000 WHERE id = 7")


@pytest.mark.parametrize("column", ["entity", "uid", "field", "before", "after"])
def test_a_changed_step_is_found(chained: Path, column: str) -> None:
    assert tampered(chained, f'UPDATE "change" SET "{column}" = \'"x"\' WHERE id = 20')


@pytest.mark.parametrize("seed", range(12))
def test_what_is_deleted_inserted_or_reordered_is_found(chained: Path, seed: int) -> None:
    chance = random.Random(seed)
    opened = Workspace.open(chained)
    operations, steps = Operation.select().count(), Change.select().count()
    opened.close()
    one = chance.randrange(1, operations)  # the last one cut off is not seen from inside
    step = chance.randrange(1, steps - 3)
    head = "label, at, officer, officer_name, device, source, reverts, previous, hash"
    ways = (
        [f'DELETE FROM "change" WHERE operation_id = {one}', f"DELETE FROM operation WHERE id = {one}"],
        [f'DELETE FROM "change" WHERE id = {step}'],
        [
            f'UPDATE "change" SET id = -1 WHERE id = {step}',
            f'UPDATE "change" SET id = {step} WHERE id = {step + 1}',
            f'UPDATE "change" SET id = {step + 1} WHERE id = -1',
            f'UPDATE "change" SET operation_id = (SELECT operation_id FROM "change" WHERE id = {step})'
            f" WHERE id = {step + 1}",
        ],
        [
            "UPDATE operation SET id = -1 WHERE id = 5",
            "UPDATE operation SET id = 5 WHERE id = 6",
            "UPDATE operation SET id = 6 WHERE id = -1",
        ],
        [
            f"INSERT INTO operation (uid, {head}, sequence, clock) SELECT 'new', {head}, sequence + 1000, clock + 1"
            f" FROM operation WHERE id = {one}"
        ],
        [f"INSERT INTO \"change\" (operation_id, entity, uid, field) VALUES ({one}, 'person', 'u', 'name')"],
        ["INSERT INTO \"change\" (operation_id, entity, uid, field) VALUES (99999, 'person', 'u', 'name')"],
    )
    way = ways[seed % len(ways)]
    assert tampered(chained, *way), way


def test_rehashing_one_operation_does_not_help(chained: Path) -> None:
    opened = Workspace.open(chained)
    row = Operation.get_by_id(6)
    row.label = "Nothing happened"
    forged = journal.digest(journal._head(row.__data__), journal.steps_of(row))
    opened.close()
    assert tampered(
        chained, f"UPDATE operation SET label = 'Nothing happened', hash = '{forged}' WHERE id = 6"
    )
