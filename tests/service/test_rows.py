"""The rows of a list by windows: the same rows as the query, whenever and wherever they are asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from desktop.model import FollowUp
from desktop.service import records
from desktop.service.query import Order, Query, page
from desktop.service.rows import WINDOW, Rows
from tests.service.conftest import World


@pytest.fixture
def many(world: World) -> World:
    with world.workspace.operation("Many") as writing:
        for number in range(WINDOW * 2):
            writing.create(FollowUp, {"title": f"Number {number * 7 % 401}"})
    return world


@pytest.fixture(params=[(), (Order("title"),)], ids=["newest first", "by title"])
def rows(many: World, request: pytest.FixtureRequest) -> Iterator[Rows]:
    listed = Rows(many.workspace, Query(FollowUp, ("ref", "title"), order=request.param))
    yield listed
    listed.close()


def filled(rows: Rows) -> int:
    """Fill on a thread of its own, as the window does."""
    totals: list[int] = []
    thread = threading.Thread(target=lambda: totals.append(rows.fill()))
    thread.start()
    thread.join()
    return totals[0]


def test_windows_before_and_after_filling(many: World, rows: Rows) -> None:
    whole = page(many.workspace, rows.query, limit=10_000)
    assert rows.first() == whole[:WINDOW]
    assert not rows.filled
    assert rows.window(150, 100) == whole[150:250]
    assert (rows.ids(0, 3), rows.places([whole[0][0]]), rows.numbered) == ([], {}, False)
    total = filled(rows)
    assert total == len(whole) == WINDOW * 2 + 2
    rows.accept(total)
    assert (rows.filled, rows.count, rows.numbered) == (True, total, True)
    assert rows.first() == whole[:WINDOW]
    for start in (0, 150, 399, total - 1, total):
        assert rows.window(start, 100) == whole[start : start + 100]
    assert rows.ids(5, 9) == [row[0] for row in whole[5:9]]
    places = rows.places([whole[300][0], whole[7][0], 999_999])
    assert places == {whole[300][0]: 300, whole[7][0]: 7}


def test_a_short_list_needs_no_filling(world: World) -> None:
    listed = Rows(world.workspace, Query(FollowUp, ("title",)))
    assert len(listed.first()) == 2
    assert (listed.filled, listed.count) == (True, 2)
    listed.close()


def test_a_window_shows_what_is_there_now(many: World, rows: Rows) -> None:
    rows.accept(filled(rows))
    (row_id, ref, _title) = rows.window(10, 1)[0]
    records.change(many.workspace, FollowUp.get_by_id(row_id), {"detail": "Changed", "title": "Changed"})
    assert rows.window(10, 1) == [(row_id, ref, "Changed")]
    records.delete(many.workspace, [FollowUp.get_by_id(row_id)])
    assert rows.window(10, 1) == []


def test_closing_stops_the_filling(many: World, rows: Rows) -> None:
    rows.close()
    assert rows.fill() == 0
    endless = Rows(many.workspace, Query(FollowUp, ("title",)))
    thread = threading.Thread(target=endless.fill)
    thread.start()
    endless.close()
    thread.join(5)
    assert not thread.is_alive()
    endless.close()
