"""Search everywhere: what is found first while one types, and ranked with its sentence; beside LIKE on the rows."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks.lists import TYPED
from benchmarks.measure import Measured, milliseconds
from desktop.model import ENTITIES
from desktop.service import finding
from desktop.service.apart import apart
from desktop.service.workspace import Workspace
from desktop.store import search
from desktop.text import fold

FIRST, RANKED = 2, {1_000: 50, 100_000: 50, 1_000_000: 100}
"""Milliseconds."""
EACH = 6
"""Records of a kind that the window shows."""
NEVER = "海底 send"
"""Two words of which each stands in many texts, and both in none: all records of the rarer one are looked at."""
TURNS = 9


def searching(workspace: Workspace, size: int) -> Iterator[Measured]:
    """First hits and ranked ones, of the words that the lists are searched for."""
    finding.find(workspace, "send", each=EACH)
    for name, texts in TYPED:
        common = [text for text in texts if text != NEVER]
        yield Measured(
            f"everywhere, first hits: {name}",
            size,
            max(_median(lambda: finding.first(workspace, text)) for text in common),  # noqa: B023 - called at once
            bound=FIRST,
        )
        yield Measured(
            f"everywhere, ranked, with sentences: {name}",
            size,
            max(_median(lambda: finding.find(workspace, text, each=EACH)) for text in common),  # noqa: B023
            bound=RANKED.get(size),
        )
        slowest = max(milliseconds(lambda: _like(workspace, text)) for text in common)  # noqa: B023
        yield Measured("  LIKE on the same rows, neither folded nor ranked", size, slowest)
    never = _median(lambda: finding.first(workspace, NEVER))
    yield Measured("everywhere, two common words that never meet", size, never)
    text = TYPED[2][1][0]
    yield Measured("  as the first search of a window", size, _median(lambda: _apart(workspace, text)))


def _median(act: Any) -> float:
    return statistics.median(milliseconds(act) for _turn in range(TURNS))


def _apart(workspace: Workspace, text: str) -> None:
    """On a connection that has read nothing yet."""
    with apart(workspace) as seen:
        finding.find(seen, text, each=EACH)


def _like(workspace: Workspace, text: str) -> None:
    """The newest rows of each kind that have the words somewhere in their own fields."""
    words = [f"%{word}%" for word in fold(text).split()]
    for entity in ENTITIES:
        texts = " || ' ' || ".join(f'"{name}"' for name in search.searched(entity))
        where = " AND ".join(f"{texts} LIKE ?" for _word in words)
        sql = (
            f'SELECT id, ref, "{entity.naming}" FROM "{entity.key()}" WHERE {where} ORDER BY id DESC LIMIT 8'
        )
        workspace.engine.rows(sql, words)
