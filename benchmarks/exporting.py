"""An export in a process of its own, or another writer over the same cells.

    python -m benchmarks.exporting WRITER list|workbook FILE TARGET

`whole` is the export as the window and the command line call it, from the file of the workspace to the file on
disk; `memory` the same with all selected rows in memory before the clock is started. Every other writer, those of
`benchmarks.writers`, gets the values, styles, heights, dropdowns and colours of that export ready made. What the
export needs to make them, of selected rows in memory, it tells as `making`: that and its own time are what an export
through it would take.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.lists import COLUMNS, DUE
from benchmarks.processes import megabytes, tell
from benchmarks.writers import WRITERS, Clock, Page
from desktop import paths
from desktop.export.report import Request, export
from desktop.model import FollowUp
from desktop.service.query import Query
from desktop.service.workspace import Workspace

OURS = ("whole", "memory")


def ours(workspace: Workspace, asked: Request, target: Path) -> None:
    """The export, to the file on disk."""
    import desktop.export.writing  # noqa: F401 - its libraries are loaded once, those of the others before the clock too

    clock = Clock()
    report = export(workspace, asked, target, replace=True)
    taken = clock.read()
    now, most = megabytes()
    tell(**taken, most=most, now=now, rows=report.rows, size=target.stat().st_size)


def from_memory(workspace: Workspace, asked: Request, target: Path) -> None:
    """The export, with what it selects in memory."""
    hold(workspace, asked, target)
    ours(workspace, asked, target)


def hold(workspace: Workspace, asked: Request, target: Path) -> None:
    """Gather what an export selects, by making it once; from then on it is taken from memory."""
    from desktop.export.snapshot import Snapshot

    select, held = Snapshot.rows, {}

    def rows(self: Any, query: Query) -> Any:
        if query not in held:
            held[query] = list(select(self, query))
        return iter(held[query])

    Snapshot.rows = rows
    export(workspace, asked, target, replace=True)


def other(name: str, workspace: Workspace, asked: Request, target: Path) -> None:
    """The cells of the export, gathered first, through another writer."""
    from desktop.export import workbook
    from desktop.export.plain import Plain

    held: dict[Any, Page] = {}
    hold(workspace, asked, target.with_suffix(".unused"))

    def gather(self: Any, _number: int, height: float, cells: Any) -> None:
        held.setdefault(self.sheet, Page(self.sheet)).rows.append((height, list(cells)))

    def save(self: Any, _file: Any) -> None:
        making = clock.read()
        taken = WRITERS[name](self.work, list(held.values()), target)
        tell(
            **taken,
            making=making["seconds"],
            making_processor=making["processor"],
            most=megabytes()[1],
            rows=sum(len(page.rows) for page in held.values()),
            size=target.stat().st_size,
        )

    workbook.streams = lambda: False
    Plain.write = gather
    workbook.Book.save = save
    clock = Clock()
    export(workspace, asked, target.with_suffix(".unused"), replace=True)


def main() -> None:
    """Export what is asked, and tell how long it took."""
    which, what, path, target = sys.argv[1:]
    if not which.startswith("pandas"):
        # It comes with pandas alone, and openpyxl loads it where it is: 12 MB that no installation of Juntos has.
        sys.modules["numpy"] = None  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as home:
        paths.use_home(home)
        workspace = Workspace.open(Path(path))
        only = Query(FollowUp, COLUMNS, order=(DUE,)) if what == "list" else None
        asked = Request(only=only)
        if which in OURS:
            (ours if which == "whole" else from_memory)(workspace, asked, Path(target))
        else:
            other(which, workspace, asked, Path(target))
        workspace.close()


if __name__ == "__main__":
    main()
