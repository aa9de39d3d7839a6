"""The ledger counts what is open as a plain walk over the records does, and hands out each once, in order."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from typing import Any

import pytest

from desktop.model import FollowUp, Organisation, Person, Update
from desktop.service import follow_ups, ledger, progress, records
from tests.service.conftest import World

OPEN = ("open", "in_progress", "waiting")


def other_end(record: Any) -> tuple[int | None, int | None]:
    """The counterpart, by a walk over the records."""
    if record.direction == "us":
        organisation, person = record.owed_to, record.owed_to_person
    else:
        organisation, person = record.owed_by, record.owed_by_person
    if organisation is None and person is not None:
        organisation = person.organisation
    if organisation is not None:
        return organisation.id, None
    return None, person.id if person is not None else None


def model(today: str) -> dict[str, dict[tuple[int | None, int | None], list[Any]]]:
    """The open follow-ups by direction and counterpart, the longest due first."""
    found: dict[str, Any] = defaultdict(lambda: defaultdict(list))
    for record in FollowUp.select():
        if record.status in OPEN:
            found[record.direction][other_end(record)].append(record)
    for groups in found.values():
        for members in groups.values():
            members.sort(key=lambda each: (each.due_on is None, each.due_on or "", each.id))
    return found


def grow(world: World, seed: int) -> None:
    """Follow-ups of all kinds of ends, some of them closed, put off or reported on."""
    chance, workspace = random.Random(seed), world.workspace
    alone = records.add(workspace, Person, {"name": "Nobody's Person"})
    organisations = [None, *(each.id for each in Organisation.select())]
    people = [None, None, alone.id, *(each.id for each in Person.select())]
    begin = dt.date(2026, 10, 1)

    def day() -> str | None:
        return (
            (begin + dt.timedelta(days=chance.randrange(120))).isoformat() if chance.random() < 0.8 else None
        )

    for number in range(40):
        made = follow_ups.add(
            workspace,
            {
                "title": f"Promise {number}",
                "owed_by": chance.choice(organisations),
                "owed_by_person": chance.choice(people),
                "owed_to": chance.choice(organisations),
                "owed_to_person": chance.choice(people),
                "due_on": day(),
                "raised_on": "2026-09-01",
                "status": chance.choice((*OPEN, "done", "cancelled")),
                "outcome": "So it came.",
            },
        )
        if chance.random() < 0.4:
            records.change(workspace, made, {"due_on": day()}, reason="Late")
        if chance.random() < 0.4:
            progress.report(workspace, made, done=f"Word {number}", next="More")


@pytest.mark.parametrize("seed", range(6))
def test_the_ledger_is_what_a_walk_over_the_records_finds(world: World, seed: int) -> None:
    grow(world, seed)
    workspace, today = world.workspace, world.workspace.today()
    expected = model(today)
    found = ledger.read(workspace)
    assert tuple(found) == ledger.DIRECTIONS
    for direction, groups in found.items():
        theirs = expected[direction]
        assert {group.key for group in groups} == set(theirs)
        for group in groups:
            members = theirs[group.key]
            days = [each.due_on for each in members if each.due_on]
            late = [each for each in members if each.due_on and each.due_on < today]
            assert (group.count, group.overdue, group.oldest, group.slipped) == (
                len(members),
                len(late),
                min(days, default=None),
                sum(1 for each in members if each.times_slipped),
            )
            rows = ledger.rows(workspace, direction, group.key)
            assert [row.id for row in rows] == [each.id for each in members]
            assert [row.id for row in rows] == ledger.ids(workspace, direction, group.key)
            for row, record in zip(rows, members, strict=True):
                passed = (dt.date.fromisoformat(today) - dt.date.fromisoformat(row.due_on or today)).days
                assert row.days_overdue == (passed if passed > 0 else None)
                last = Update.select().where(Update.subject == record.id)
                last = last.order_by(Update.on.desc(), Update.id.desc()).first()
                assert (row.last_word, row.last_on) == ((last.done, last.on) if last else ("", None))
                assert ledger.place_of(record) == (direction, group.key)
    assert [(each.count, each.overdue, each.groups) for each in ledger.directions(workspace)] == [
        (sum(g.count for g in of), sum(g.overdue for g in of), len(of)) for of in found.values()
    ]


def test_windows_of_a_group_are_its_rows(world: World) -> None:
    for number in range(7):
        values = {"title": f"Send {number}", "owed_to": world.minrel.id, "due_on": f"2026-12-{20 - number}"}
        follow_ups.add(world.workspace, values)
    group = next(each for each in ledger.groups(world.workspace, "us") if each.name == "MINREL")
    whole = ledger.rows(world.workspace, "us", group.key)
    parts = [
        row
        for start in range(0, group.count, 3)
        for row in ledger.rows(world.workspace, "us", group.key, 3, start)
    ]
    assert len(whole) == group.count == 8
    assert parts == whole


def test_what_presses_most_stands_first(world: World) -> None:
    grow(world, 2)
    for direction in ledger.DIRECTIONS:
        groups = ledger.groups(world.workspace, direction)
        marks = [(not group.overdue, group.oldest or "9999") for group in groups]
        assert marks == sorted(marks)


def test_a_person_of_an_organisation_counts_to_it(world: World) -> None:
    before = {group.key: group.count for group in ledger.groups(world.workspace, "host")}
    follow_ups.add(world.workspace, {"title": "Write back", "owed_by_person": world.rojas.id})
    after = {group.key: group.count for group in ledger.groups(world.workspace, "host")}
    key = (world.minrel.id, None)
    assert after[key] == before.get(key, 0) + 1
    names = {group.key: group.name for group in ledger.groups(world.workspace, "host")}
    assert names[key] == "MINREL"


def test_what_has_ended_is_in_no_group(world: World) -> None:
    follow_ups.close(world.workspace, world.suppliers, outcome="Sent.")
    assert ledger.place_of(world.suppliers) is None
    for direction, groups in ledger.read(world.workspace).items():
        for group in groups:
            assert world.suppliers.id not in ledger.ids(world.workspace, direction, group.key)
