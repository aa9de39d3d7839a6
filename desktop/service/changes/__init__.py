"""What changed between two points of the journal, net: what was changed and changed back is no change.

    delta = changes.since(workspace.engine.rows, changes.baseline(workspace, "2026-09-30"))
    delta.counts["closed"], delta.of("slipped"), delta.words(uid), list(delta.cells), delta.paragraph

`states` reads from the journal what records were and are, `sight` knows what of it an audience may see, `wording`
says it in words, `reckoning` marks the records, `scope` narrows them to the filter of a report.
docs/decisions/changes-are-net.md gives the reasons.
"""

from __future__ import annotations

from collections.abc import Collection

from desktop.model.visibility import INTERNAL
from desktop.service.changes.delta import Delta
from desktop.service.changes.moved import MARKS, Baseline, Cell, Moved, called
from desktop.service.changes.points import EVER, baseline, begun, of, until
from desktop.service.changes.reckoning import Reckoning
from desktop.service.changes.scope import ALL, Scope, narrowed, scopes
from desktop.service.changes.sight import Sight
from desktop.service.changes.states import Read, States
from desktop.service.changes.wording import Said, plainly

__all__ = [
    "ALL",
    "EVER",
    "MARKS",
    "Baseline",
    "Cell",
    "Delta",
    "Moved",
    "Scope",
    "baseline",
    "begun",
    "called",
    "narrowed",
    "of",
    "scopes",
    "since",
    "until",
]


def since(
    read: Read,
    baseline: Baseline,
    *,
    until: int | None = None,
    audience: str = INTERNAL,
    refs: Collection[str] | None = None,
    said: Said = plainly,
) -> Delta:
    """What changed after a baseline, up to the operation `until` or up to now, as an audience may know it.

    `read` runs a query: `workspace.engine.rows`, or that of an export's connection. `refs` are the uids of the records
    that are asked for, None for all. The cells of the delta are read with `read` too, when they are asked for. `said`
    gives the words for the values of fields, where a reader has others than the program.
    """
    reckoning = Reckoning(States(read, baseline.operation, until), Sight(read, audience), said)
    return Delta(baseline, reckoning.moved(refs), reckoning.cells, said)
