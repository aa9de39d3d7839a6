"""The tree of recommendations: what is rolled up is what a count from leaf to leaf gives, whatever the tree."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from desktop.model import FollowUp, Link, Recommendation, Source
from desktop.model.scales import LEVEL, PROGRESS, RAG
from desktop.service import follow_ups, progress, query, records
from desktop.service.query import Condition, Query
from desktop.service.tree import DOCUMENT, Node, RollUp, tree
from desktop.service.workspace import Workspace

ALL = Query(Recommendation, ())
TODAY = dt.date(2026, 11, 21)


def grow(workspace: Workspace, chance: random.Random, size: int) -> None:
    """A random tree, odd ones too: asks at the root, headings under recommendations, ten levels deep."""
    with workspace.operation("Grow"):
        sources = [records.add(workspace, Source, {"title": f"Report {n}"}).id for n in range(2)]
        made: list[Any] = []
        for n in range(size):
            parent = chance.choice([None, *(each.id for each in made[-6:])])
            values = {
                "title": f"Number {n}",
                "level": chance.choice([*LEVEL]),
                "parent": parent,
                "source": chance.choice([None, *sources]),
                "status": chance.choice([*PROGRESS]),
                "target_on": chance.choice(["", "2026-10-01", "2026-11-25", "2027-05-01"]) or None,
            }
            made.append(records.add(workspace, Recommendation, values))
        for n in range(size):
            day = (TODAY + dt.timedelta(days=chance.randrange(-90, 90))).isoformat()
            served = chance.sample(made, chance.randrange(0, min(4, size)))
            values = {
                "title": f"Promise {n}",
                "due_on": day,
                "status": chance.choice(["open", "waiting", "done"]),
                "outcome": "Came of it.",
            }
            follow_ups.add(workspace, values, served)
        for record in chance.sample(made, size // 3):
            progress.report(
                workspace,
                record,
                done="Met.",
                on=(TODAY - dt.timedelta(days=chance.randrange(200))).isoformat(),
            )


def counted_again(workspace: Workspace, ids: list[int]) -> RollUp:
    """What stands below these records, themselves included: record by record, and nothing of the tree's own."""
    below: list[int] = []
    for record_id in ids:
        heap = [record_id]
        while heap:
            here = heap.pop()
            below.append(here)
            heap += [child.id for child in Recommendation.select().where(Recommendation.parent == here)]
    rows = {each: Recommendation.get_by_id(each) for each in below}
    shown = {
        each: query.one(workspace, Query(Recommendation, ("rag", "last_activity")), each) or ()
        for each in below
    }
    plain = [each for each in below if rows[each].level == "recommendation"]
    serving = {
        link.from_subject_id
        for link in Link.select().where(Link.relation == "serves")
        if link.to_subject_id in rows
    }
    promised = [FollowUp.get_by_id(each) for each in serving]
    still_open = [each for each in promised if each.status not in ("done", "cancelled")]
    status = {key: sum(rows[each].status == key for each in plain) for key in PROGRESS}
    rag = {key: sum(shown[each][1] == key for each in plain) for key in RAG}
    return RollUp(
        recommendations=len(plain),
        asks=sum(row.level == "ask" for row in rows.values()),
        status={key: count for key, count in status.items() if count},
        rag={key: count for key, count in rag.items() if count},
        open=len(still_open),
        overdue=sum(bool(each.due_on) and each.due_on < TODAY.isoformat() for each in still_open),
        last_activity=max((shown[each][2] or "" for each in below), default=""),
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_is_rolled_up_is_what_a_count_gives(workspace: Workspace, seed: int) -> None:
    grow(workspace, random.Random(seed), 5 + 9 * seed)
    seen = []
    for document in tree(workspace, ALL):
        roots = [child.id for child in document.children]
        assert document.below == counted_again(workspace, roots)
        for node in document.each():
            if node.entity is Recommendation:
                seen.append(node.id)
                assert node.below == counted_again(workspace, [node.id]), node.ref
                assert [child.id for child in node.children] == [
                    each.id
                    for each in Recommendation.select()
                    .where(Recommendation.parent == node.id)
                    .order_by(Recommendation.ref_key)
                ]
    assert sorted(seen) == sorted(each.id for each in Recommendation.select())


@pytest.mark.parametrize("seed", range(4))
def test_a_query_leaves_what_it_finds_and_all_above(workspace: Workspace, seed: int) -> None:
    grow(workspace, random.Random(seed), 40)
    where = (Condition("status", "in", ("in_progress", "stalled")),)
    whole = {node.uid: node.below for document in tree(workspace, ALL) for node in document.each()}
    kept = [
        node
        for document in tree(workspace, Query(Recommendation, (), where=where))
        for node in document.each()
    ]
    found = {
        record.id
        for record in Recommendation.select()
        if record.status in ("in_progress", "stalled") and record.level != "heading"
    }
    assert found == {node.id for node in kept if node.matching}
    for node in kept:
        assert node.matching or any(child.matching for child in node.each())
        assert node.below == whole[node.uid]  # what is rolled up is the truth, whatever is shown


def names(nodes: Any) -> list[tuple[str, str]]:
    return [(node.level, node.ref) for document in nodes for node in document.each()]


def test_documents_and_what_stands_in_none(world: Any) -> None:
    records.add(world.workspace, Recommendation, {"ref": "X-1", "title": "Ask", "level": "ask"})
    assert names(tree(world.workspace, ALL)) == [
        (DOCUMENT, world.source.ref),
        ("heading", "WC-2024-1"),
        ("recommendation", "WC-2024-1A"),
        (DOCUMENT, ""),
        ("ask", "X-1"),
    ]


def test_a_record_stands_where_its_parent_stands(world: Any) -> None:
    other = records.add(world.workspace, Source, {"title": "Another report"})
    records.change(world.workspace, world.cables, {"source": other.id})
    assert [node.ref for node in tree(world.workspace, ALL)] == [world.source.ref]


def test_a_follow_up_that_serves_two_is_counted_once_above_them(world: Any) -> None:
    second = {"ref": "WC-2024-1B", "title": "Second", "parent": world.heading.id}
    other = records.add(world.workspace, Recommendation, second)
    follow_ups.add(world.workspace, {"title": "Both", "due_on": "2026-11-01"}, [world.cables, other])
    (document,) = tree(world.workspace, ALL)
    (heading,) = document.children
    assert [(child.below.open, child.below.overdue) for child in heading.children] == [(1, 1), (1, 1)]
    assert (
        (heading.below.open, heading.below.overdue) == (document.below.open, document.below.overdue) == (1, 1)
    )


def test_a_heading_is_found_by_its_words_and_not_by_how_it_stands(world: Any) -> None:
    def found(**asked: Any) -> list[str]:
        nodes = [n for d in tree(world.workspace, Query(Recommendation, (), **asked)) for n in d.each()]
        return [node.ref for node in nodes if node.matching]

    assert found(text="connectivity") == ["WC-2024-1"]
    assert found(where=(Condition("activity", "in", ("none",)),)) == ["WC-2024-1A"]
    records.change(world.workspace, world.cables, {"status": "in_progress"})
    assert found(where=(Condition("status", "in", ("not_started",)),)) == []
    assert found(where=(Condition("status", "in", ("in_progress",)),)) == ["WC-2024-1A"]


def statements(workspace: Workspace) -> int:
    """How many statements one reading of the tree takes."""
    told: list[str] = []
    connection = workspace.engine.db.connection()
    connection.set_trace_callback(told.append)
    tree(workspace, ALL)
    connection.set_trace_callback(None)
    return len(told)


def test_a_larger_tree_takes_no_more_statements(workspace: Workspace) -> None:
    grow(workspace, random.Random(1), 6)
    small = statements(workspace)
    grow(workspace, random.Random(2), 60)
    assert 0 < statements(workspace) == small < 8


def test_an_empty_workspace_has_no_tree(workspace: Workspace) -> None:
    assert tree(workspace, ALL) == ()


def test_the_level_of_a_node_is_counted_only_where_it_is_a_recommendation() -> None:
    assert [Node(Recommendation, 1, level).counted for level in LEVEL] == [False, True, False]
