"""Lists and search: the first page, any later one, and what is found while one types.

Ours is what the window does for a page: take the kept SQL, run it, make the texts that are painted. The yardstick
is the same SQL with the same values, fetched as tuples on the bare connection that lies under ours: another one
would have another cache, and the first one of a process is some per cent slower than the next. Both keep their rows
until the next turn.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.measure import Measured, milliseconds, pairs
from desktop.model import FollowUp, fields
from desktop.service import query
from desktop.service.query import Condition, Order, Query
from desktop.service.rows import WINDOW, Rows
from desktop.service.workspace import Workspace
from desktop.ui.lists.lines import Lines

PAGE = 100
COLUMNS = tuple(f.name for f in fields(FollowUp) if f.listed)
FRAME = 16
"""Milliseconds."""

OPEN = Condition("status", "in", ("open", "in_progress", "waiting"))
DUE, TITLE = Order("due_on"), Order("title")

TYPED = (
    ("one letter", ("s", "d", "a", "c", "2")),
    ("two and three letters", ("se", "est", "pro", "com", "fu")),
    ("whole words", ("send", "feasibility study", "consulta", "viabilidade", "nota verbal")),
    ("words without their accents", ("numero", "revision", "reuniao", "espanola", "producao")),
    ("Japanese", ("海", "会", "の", "海底ケーブル", "データセンター", "覚書 調整")),
    ("what is rare or missing", ("4711", "FU-2025-77", "zzz", "海底 send")),
)


def asked(workspace: Workspace) -> dict[str, Query]:
    """Lists as officers look at them, each sorted by an indexed column."""
    officer = workspace.engine.rows("SELECT id FROM person WHERE officer = 1 ORDER BY id LIMIT 1 OFFSET 4")[
        0
    ][0]
    mine = Condition("owner", "in", (officer,))
    return {
        "all, by due date": _list(order=DUE),
        "all, by title, descending": _list(order=Order("title", True)),
        "open, by due date": _list(OPEN, order=DUE),
        "open, mine, by due date": _list(OPEN, mine, order=DUE),
        "done, by title": _list(Condition("status", "in", ("done",)), order=TITLE),
        "of two countries, by due date": _list(Condition("countries", "in", ("PE", "JM")), order=DUE),
        "red, by due date": _list(Condition("rag", "in", ("red",)), order=DUE),
        "due this year, high priority, by due date": _list(
            Condition("due_on", "from", (f"{workspace.today()[:4]}-01-01",)),
            Condition("priority", "in", ("high",)),
            order=DUE,
        ),
    }


def _list(*where: Condition, order: Order | None = None, text: str = "") -> Query:
    return Query(FollowUp, COLUMNS, text, where, (order,) if order else ())


def first_pages(workspace: Workspace, size: int) -> Iterator[Measured]:
    """The first page of 100 rows, as shown, against the same SQL."""
    bare = workspace.engine.db.connection()
    for name, each in asked(workspace).items():
        ours, yardstick = pairs(*_acts(workspace, bare, each))
        yield Measured(
            f"first page: {name}",
            size,
            ours,
            yardstick,
            1.3,
            limits="making the texts of so fast a page in Python",
        )


def _acts(workspace: Workspace, bare: Any, each: Query) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Our way to a page, and the bare one."""
    kept, values = query.statement(each, query.PAGE)
    sql, parameters = kept.bind((*values, PAGE, 0), workspace.today())
    lines = Lines(Rows(workspace, each))  # a list is made once and asked for many windows

    held: list[Any] = []

    def ours() -> None:
        lines._keep(0, query.page(workspace, each, PAGE))

    def yardstick() -> None:
        held[:] = [bare.execute(sql, parameters).fetchall()]

    return ours, yardstick


def later_pages(workspace: Workspace, size: int) -> Iterator[Measured]:
    """Windows anywhere in a numbered list, against its first one; and how long the numbering takes."""
    rng = random.Random(size)
    for name in ("all, by due date", "open, by due date", "red, by due date"):
        rows = Rows(workspace, asked(workspace)[name])
        first = statistics.median(milliseconds(rows.first) for _turn in range(9))
        filling = milliseconds(lambda: rows.accept(rows.fill()))  # noqa: B023 - called at once
        starts = [rng.randrange(max(1, rows.count - WINDOW)) for _turn in range(200)]
        taken = sorted(milliseconds(lambda: rows.window(start)) for start in starts)  # noqa: B023
        rows.close()
        limits = "rows that lie far apart in the file"
        yield Measured(f"any later page: {name}", size, statistics.median(taken), first, 2, limits=limits)
        yield Measured("  the slowest of twenty", size, taken[len(taken) * 19 // 20], first)
        yield Measured("  numbering all rows, on a worker", size, filling)


def searching(workspace: Workspace, size: int) -> Iterator[Measured]:
    """Search as one types: newest first, and in the list's own order."""
    bare = workspace.engine.db.connection()
    for name, texts in TYPED:
        slowest = max(pairs(*_acts(workspace, bare, _list(text=text)), times=15)[0] for text in texts)
        yield Measured(f"search, newest first, slowest of: {name}", size, slowest, bound=FRAME)
    for name, texts in TYPED:
        both = [pairs(*_acts(workspace, bare, _list(text=text, order=DUE)), times=9) for text in texts]
        ours, yardstick = max(both, key=lambda pair: pair[0])
        yield Measured(f"search, by due date, slowest of: {name}", size, ours, yardstick, 1.5)
    every = max(milliseconds(lambda: query.count(workspace, _list(text=t))) for _n, ts in TYPED for t in ts)  # noqa: B023
    yield Measured("  counting the hits, slowest of all", size, every)
