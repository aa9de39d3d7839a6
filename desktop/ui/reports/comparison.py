"""What is compared on the page of reports, and what comes of it; read on any one thread.

asked = comparison(workspace, since=report.uid, audience=report.audience)
found = read(workspace, asked)          # or, on a worker, with `apart(workspace)` for the workspace
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any

from desktop.i18n import _
from desktop.model import ENTITIES, FrozenReport, Invalid, fields
from desktop.model.visibility import INTERNAL
from desktop.service import changes, history, query, reporting
from desktop.service.changes import Baseline, Cell, Delta, Scope
from desktop.service.changes.states import batches
from desktop.service.query import Condition, Query

MOST_CELLS = 20_000
"""Fields that are shown; the workbook has them all."""
FEW = 2_000
"""As many steps of the journal are gone through without a worker."""
TOGETHER = 400
_MORE = 'SELECT count(*) FROM (SELECT 1 FROM main."change" WHERE operation_id > ? LIMIT ?)'


@dataclass(frozen=True)
class Comparison:
    """Two points of the journal (`until` None for now), for whom, and of which records."""

    since: Baseline
    until: int | None = None
    audience: str = INTERNAL
    scope: Scope = changes.ALL


@dataclass(frozen=True)
class Found:
    """What changed, how the records stand now (by uid), and the fields if they were asked for."""

    delta: Delta
    rags: dict[str, str]
    cells: list[Cell] | None = None


def comparison(
    workspace: Any, since: str, until: str = "", audience: str = INTERNAL, scope: FrozenReport | None = None
) -> Comparison:
    """Between two points by what people call them, within the filters of their reports, or until the one that is given
    for its `scope`; raises `Invalid`."""
    report = reporting.named(since) if since else None
    begin = point(workspace, report) if report is not None else changes.baseline(workspace, since)
    within = changes.scopes(workspace, begin, until, scope, audience)
    return Comparison(begin, changes.until(workspace, until), audience, within)


def point(workspace: Any, report: FrozenReport) -> Baseline:
    """Where a report ended; of one whose journal is not here, its last day."""
    try:
        return changes.of(report)
    except Invalid:
        return changes.begun(workspace, str(report.period_to))


def before(workspace: Any, audience: str, period_from: str = "", report: FrozenReport | None = None) -> str:
    """What a report tells changes since: the one before for the same audience, else the first day of its period.

    Without a `report`, of one that is frozen now. '' where nothing was ever done.
    """
    known = [each for each in reporting.reports() if each.audience == audience]
    at = next((place for place, each in enumerate(known) if report and each.uid == report.uid), -1)
    if known[at + 1 :]:
        return str(known[at + 1].uid)
    return period_from if period_from and period_from <= workspace.today() else first_day(workspace)


def first_day(workspace: Any) -> str:
    """The day of the first thing that was done; '' before it."""
    rows = workspace.engine.rows('SELECT at FROM main."operation" ORDER BY id LIMIT 1', ())
    return str(workspace.local(rows[0][0]).date().isoformat()) if rows else ""


def is_small(workspace: Any, asked: Comparison) -> bool:
    """Whether it is read in no time that one notices."""
    return asked.audience == INTERNAL and steps(workspace, asked, FEW) <= FEW


def steps(workspace: Any, asked: Comparison, most: int) -> int:
    """How many steps of the journal are gone through; no more than one beyond `most` is counted."""
    return int(workspace.engine.rows(_MORE, (asked.since.operation, most + 1))[0][0])


def read(seen: Any, asked: Comparison, *, with_cells: bool = False) -> Found:
    """What changed; `seen` is the workspace, or it as one thread sees it apart."""
    delta = changes.since(seen.engine.rows, asked.since, until=asked.until, audience=asked.audience)
    inside = seen.engine.seen_by(asked.audience) if asked.audience != INTERNAL else nullcontext()
    with inside:
        delta = changes.narrowed(delta, asked.scope, lambda only: query.page(seen, only, -1))
        rags = _rags(seen, delta)
    cells = list(islice(delta.cells, MOST_CELLS + 1)) if with_cells else None
    return Found(delta, rags, cells)


def _rags(seen: Any, delta: Delta) -> dict[str, str]:
    """How the records that moved stand now."""
    found: dict[str, str] = {}
    for entity in ENTITIES:
        if all(kind.name != "rag" for kind in fields(entity)):
            continue
        uids = [each.uid for each in delta.moved if each.entity == entity.key()]
        for some in batches(uids, TOGETHER):
            # Always as many values: the query is made once.
            values = (*some, *[""] * (TOGETHER - len(some)))
            asked = Query(entity, ("uid", "rag"), where=(Condition("uid", "in", values),))
            found.update((row[1], row[2]) for row in query.page(seen, asked, TOGETHER))
    return found


def nothing(asked: Comparison) -> str:
    """The sentence where nothing changed."""
    if asked.until is not None:
        return _("Nothing has changed between the two.")
    if asked.since.report:
        return _("Nothing has changed since this report was frozen.")
    return _("Nothing has changed since.")


def bring_back(workspace: Any, uid: str) -> list[str]:
    """Make a deleted record again; sentences on what stayed away. Raises `Invalid` and `Conflict`."""
    found = next((each for each in history.deleted(workspace, 10**9) if each[1].uid == uid), None)
    if found is None:
        raise Invalid(_("It is not deleted any more."))
    return history.bring_back(workspace, *found)
