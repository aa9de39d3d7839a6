"""The tiles and pictures of the Today page: each is read from the figures that are kept, whatever the size.

Beside each, how long it takes to count the same from the records, once.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.measure import Measured, milliseconds
from desktop.model import FollowUp, Initiative, Recommendation
from desktop.service import pipeline, query, summaries, today
from desktop.service.query import Condition, Query
from desktop.service.workspace import Workspace

MOST = 1
"""Milliseconds."""
TURNS = 201


def tiles(workspace: Workspace, size: int) -> Iterator[Measured]:
    """Every picture and every count, each against its bound."""
    counts, queries = today.counts(workspace), today.queries(workspace)
    for name, count in counts.items():
        assert count() == tuple(query.count(workspace, each) for each in queries[name][1]), name
    late = Condition("attention", "in", ("overdue",))
    acts: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        **{
            f"count: {name}": (count, lambda name=name: [query.count(workspace, q) for q in queries[name][1]])
            for name, count in counts.items()
        },
        "picture: recommendations by RAG": (
            lambda: summaries.rag(workspace, Recommendation),
            lambda: query.tally(workspace, Query(Recommendation, ("rag",), where=(today.COUNTED,))),
        ),
        "picture: follow-ups by RAG": (
            lambda: summaries.rag(workspace, FollowUp),
            lambda: query.tally(workspace, Query(FollowUp, ("rag",))),
        ),
        "picture: raised and closed by week": (
            lambda: summaries.weeks(workspace),
            lambda: [query.tally(workspace, Query(FollowUp, (name,))) for name in ("raised_on", "closed_on")],
        ),
        "picture: overdue by counterpart": (
            lambda: summaries.worst(workspace),
            lambda: query.tally(workspace, Query(FollowUp, ("counterpart",), where=(late,))),
        ),
        "picture: pipeline by stage": (
            lambda: summaries.stages(workspace),
            lambda: pipeline.pipeline(workspace, Query(Initiative, ())),
        ),
        "picture: activity of a year": (
            lambda: summaries.activity(workspace),
            lambda: workspace.engine.rows('SELECT substr(at, 1, 10), count(*) FROM "operation" GROUP BY 1'),
        ),
    }
    for what, (ours, counted) in acts.items():
        ours()
        taken = statistics.median(milliseconds(ours) for _turn in range(TURNS))
        yield Measured(f"today, {what}", size, taken, bound=MOST)
        yield Measured("  counted from the records", size, milliseconds(counted))
