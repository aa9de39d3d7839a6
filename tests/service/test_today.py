"""The day's questions, their answers, and that the list behind each shows the same."""

from __future__ import annotations

import pytest

from desktop.model import FollowUp, Initiative, Meeting, Organisation, Recommendation
from desktop.service import progress, query, records, today
from tests.service.conftest import World


@pytest.mark.parametrize(
    ("day", "sunday"),
    [("2026-11-16", "2026-11-22"), ("2026-11-21", "2026-11-22"), ("2026-11-22", "2026-11-22")],
)
def test_a_week_ends_on_sunday(day: str, sunday: str) -> None:
    assert today.end_of_week(day) == sunday


def titles(world: World, name: str) -> list[str]:
    tile = today.board(world.workspace).tiles[name]
    behind = [row for asked in tile.queries for row in query.page(world.workspace, asked)]
    assert tile.count == len(behind)
    assert [row for _asked, row in tile.rows] == behind[: today.SHOWN]
    return [row[2] for row in behind]


def test_the_follow_ups_of_the_day(world: World) -> None:
    def add(title: str, due_on: str, **values: str) -> None:
        records.add(world.workspace, FollowUp, {"title": title, "due_on": due_on, **values})

    add("Yesterday, done", "2026-11-20", status="done", outcome="Sent.")
    add("Yesterday", "2026-11-20")
    add("Today", "2026-11-21")
    add("Sunday", "2026-11-22", status="waiting")
    add("Sunday, cancelled", "2026-11-22", status="cancelled", outcome="Not needed.")
    add("Monday", "2026-11-23")
    assert titles(world, "overdue") == ["Send the list of suppliers", "Yesterday"]
    assert titles(world, "this_week") == ["Today", "Sunday"]
    assert titles(world, "waiting") == ["Sunday"]
    world.clock.forward(days=2)
    assert titles(world, "overdue") == ["Send the list of suppliers", "Yesterday", "Today", "Sunday"]
    assert titles(world, "this_week") == ["Monday"]


def test_what_has_gone_stale(world: World) -> None:
    for record in (world.cables, world.heading, world.humboldt):
        records.change(world.workspace, record, {"owner": world.sato.id})
    world.clock.forward(days=60)
    assert titles(world, "stale") == []
    world.clock.forward(days=1)
    # Both follow-ups are overdue by now, which is worse; headings are not followed.
    assert titles(world, "stale") == ["Finance submarine cables together", "Humboldt cable"]
    progress.report(world.workspace, world.cables, done="Talked")
    assert titles(world, "stale") == ["Humboldt cable"]


def test_the_next_meetings(world: World) -> None:
    for title, on, values in (
        ("Later", "2026-12-01", {}),
        ("Sooner", "2026-11-22", {}),
        ("Today", "2026-11-21", {"state": "planned"}),
        ("Past", "2026-11-20", {"state": "planned"}),
        ("Of the catalogue", "2027", {"historic": 1}),
    ):
        records.add(world.workspace, Meeting, {"title": title, "on": on, **values})
    assert titles(world, "meetings") == ["Today", "Sooner", "Later"]


def test_the_colours_of_the_recommendations(world: World) -> None:
    board = today.board(world.workspace)
    assert board.pictures["rag"] == {"red": 0, "amber": 0, "green": 0, "grey": 1}, "a heading is not counted"
    assert board.troubled == []
    records.change(world.workspace, world.cables, {"status": "stalled"})
    board = today.board(world.workspace)
    assert (board.pictures["rag"]["red"], [row[1:] for row in board.troubled]) == (
        1,
        [("WC-2024-1A", world.cables.title, "red")],
    )
    assert today.rag(world.workspace, Initiative) == {"red": 0, "amber": 0, "green": 0, "grey": 1}
    assert Recommendation.select().count() == 2


def test_others_who_are_late_keep_us_waiting(world: World) -> None:
    ministry = records.add(
        world.workspace, Organisation, {"name": "Ministry", "kind": "ministry", "country": "CL"}
    )
    late = {"owed_by": ministry.id, "raised_on": "2026-11-01", "due_on": "2026-11-20"}
    records.add(world.workspace, FollowUp, {"title": "Theirs, late", **late})
    records.add(world.workspace, FollowUp, {"title": "Theirs, in time", **late, "due_on": "2026-12-20"})
    records.add(world.workspace, FollowUp, {"title": "Ours, late", "due_on": "2026-11-20"})
    assert "Theirs, late" in titles(world, "waiting")
    assert not {"Theirs, in time", "Ours, late"} & set(titles(world, "waiting"))
