"""What changed is told of the records that the filter of a report has, at both ends."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import FollowUp, Recommendation
from desktop.service import changes, query, records, reporting
from desktop.service.views import Definition, View

HIGH = View("", "High priority", FollowUp, Definition(filters={"priority": ["high"]}))
OPEN = View("", "", FollowUp, Definition(filters={"status": ["open"], "priority": ["high"]}))


def freeze(world: Any, title: str, view: View | None, audience: str = "internal") -> Any:
    world.clock.forward(days=1)
    scope = reporting.scope(view) if view is not None else ""
    return reporting.freeze(world.workspace, {"title": title, "scope": scope, "audience": audience})


def told(world: Any, since: str, until: str = "", audience: str = "internal") -> tuple[list[str], str]:
    """References of what is told, and the last sentence."""
    ws = world.workspace
    begin = changes.baseline(ws, since)
    delta = changes.since(ws.engine.rows, begin, until=changes.until(ws, until), audience=audience)
    scope = changes.scopes(ws, begin, until, audience=audience)
    delta = changes.narrowed(delta, scope, lambda asked: query.each(ws, asked))
    return [each.ref for each in delta.moved], delta.sentences()[-1]


@pytest.fixture
def high(world: Any) -> Any:
    records.change(world.workspace, world.terms, {"priority": "high"})
    return records.add(
        world.workspace, FollowUp, {"title": "Low", "priority": "low", "raised_on": "2026-11-01"}
    )


def touch(world: Any, *rows: Any) -> None:
    for row in rows:
        records.change(world.workspace, FollowUp.get_by_id(row.id), {"title": f"{row.title}, again"})


def test_only_what_the_filter_has_is_told(world: Any, high: Any) -> None:
    freeze(world, "a", HIGH)
    freeze(world, "everything", None)
    touch(world, world.terms, high)
    refs, sentence = told(world, "a")
    assert refs == [world.terms.ref]
    assert sentence == "Only what the report’s filter “High priority” has is told."
    refs, sentence = told(world, "everything")
    assert set(refs) == {world.terms.ref, high.ref}
    assert "Only" not in sentence


def test_what_was_closed_has_left_the_list_and_is_told(world: Any, high: Any) -> None:
    freeze(world, "a", OPEN)
    for row in (world.terms, high):
        done = {"status": "done", "outcome": "Done.", "evidence_link": "https://example.org/done"}
        records.change(world.workspace, FollowUp.get_by_id(row.id), done)
    assert told(world, "a")[0] == [world.terms.ref]


def test_what_was_deleted_is_told_of_its_kind(world: Any, high: Any) -> None:
    freeze(world, "a", HIGH)
    ref = world.terms.ref
    records.delete(world.workspace, [world.terms])
    assert told(world, "a")[0] == [ref]


def test_two_ends_with_one_filter_however_it_is_called(world: Any, high: Any) -> None:
    freeze(world, "a", HIGH)
    touch(world, world.terms, high)
    other = View(
        "", "Called otherwise", FollowUp, Definition(filters={"priority": ["high"]}, sort=("ref", True))
    )
    freeze(world, "b", other)
    refs, sentence = told(world, "a", "b")
    assert refs == [world.terms.ref]
    assert "differ" not in sentence


def test_two_ends_with_different_filters_say_so(world: Any, high: Any) -> None:
    freeze(world, "a", HIGH)
    touch(world, world.terms, high)
    freeze(world, "b", None)
    refs, sentence = told(world, "a", "b")
    assert refs == [world.terms.ref]
    assert sentence == (
        "The filters of the two reports differ (first: “High priority”; then: everything): "
        "only what both cover is told."
    )
    low = View("", "Low", FollowUp, Definition(filters={"priority": ["low"]}))
    freeze(world, "c", low)
    assert told(world, "a", "c")[0] == []


def test_others_are_not_told_what_the_office_calls_its_filters(world: Any, high: Any) -> None:
    freeze(world, "a", View("", "SECRET", FollowUp, HIGH.definition), "partner")
    assert told(world, "a", audience="partner")[1] == "Only what the report covers is told."
    freeze(world, "b", None, "partner")
    assert "SECRET" not in told(world, "a", "b", audience="partner")[1]


def test_a_filter_of_another_kind_of_record_tells_of_that_kind(world: Any, high: Any) -> None:
    freeze(world, "a", View("", "", Recommendation, Definition()))
    touch(world, world.terms)
    refs, sentence = told(world, "a")
    assert refs == []
    assert "“Recommendations”" in sentence
