"""A workbook that comes back: the three-way comparison against the export of the same rows, in a process of its own.

    python -m benchmarks.wayback FILE FOLDER

The whole workbook of a workspace is exported and read; one row in a hundred has an edited title. What is timed is what
the window does after the reading: telling which export it is and where everything stands, comparing, and the three
values of what differs. The reading is measured by `reading`, and told here for the whole way.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import workspaces
from benchmarks.measure import MEGABYTES, Measured
from benchmarks.processes import megabytes, run, tell

SIZES = (1_000, 100_000)
EVERY = 100
"""Rows of which one is edited."""
TURNS = 3
BOUND = 1.0


class Edited:
    """The rows of a sheet, one in so many with other words in a column."""

    def __init__(self, rows: Any, place: int) -> None:
        self._rows, self._place = rows, place

    def filled(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows that hold anything, with their numbers in the file."""
        for number, values in self._rows.filled():
            if number % EVERY == 0:
                values = [*values]
                values[self._place] = f"{values[self._place]} (edited)"
            yield number, values

    def is_formula(self, number: int, column: int) -> bool:
        """Whether a cell holds a formula."""
        return bool(self._rows.is_formula(number, column))

    def __len__(self) -> int:
        return len(self._rows)


def comparing(paths: dict[int, Path]) -> Iterator[Measured]:
    """The rows of the report, for workspaces of these sizes."""
    per_row: dict[int, float] = {}
    for size, path in paths.items():
        with tempfile.TemporaryDirectory() as folder:
            said = [run("benchmarks.wayback", str(path), folder) for _turn in range(TURNS)]
        export, compare, read = (
            statistics.median(each[name] for each in said) * 1_000 for name in ("export", "compare", "read")
        )
        rows = said[0]["rows"]
        per_row[size] = compare / rows
        bound = BOUND if size == max(paths) else None
        yield Measured("a workbook comes back: compared three ways; its export", rows, compare, export, bound)
        yield Measured("    with the reading of the file; its export", rows, compare + read, export)
        most = statistics.median(each["most"] for each in said)
        yield Measured("    memory of the process, at most", rows, most, None, None, MEGABYTES)
    if len(per_row) > 1:
        first, last = per_row[min(per_row)], per_row[max(per_row)]
        what = "    a row of the largest, against one of the smallest"
        yield Measured(what, max(per_row), last * 1_000, first * 1_000, 1.2)


def main() -> None:
    """Export, read and compare, and tell how long each took."""
    from desktop import paths
    from desktop.export.intake import wayback
    from desktop.export.intake.reading import read
    from desktop.export.report import Request, export, note
    from desktop.service.workspace import Workspace

    source, place = sys.argv[1:]
    folder = Path(place)
    paths.use_home(place)
    copy = folder / "copy.juntos"
    if not copy.exists():
        shutil.copyfile(source, copy)
    workspace = Workspace.open(copy)
    import desktop.export.writing  # noqa: F401 - its libraries are loaded before the clock

    begun = time.perf_counter()
    report = export(workspace, Request(), folder / "Status.xlsx", replace=True)
    exported = time.perf_counter() - begun
    note(workspace, report)
    begun = time.perf_counter()
    book = read(report.path)
    taken = time.perf_counter() - begun
    for number, sheet in enumerate(book.sheets):
        if sheet.name == "Follow-ups open":
            book.sheets[number] = replace(sheet, rows=Edited(sheet.rows, 1))  # type: ignore[arg-type]
    begun = time.perf_counter()
    proposals = wayback.propose(workspace, wayback.recognise(book), check=False)
    compared = time.perf_counter() - begun
    assert proposals
    assert all(each.kind is wayback.Kind.CHANGE for each in proposals)
    tell(
        export=exported,
        read=taken,
        compare=compared,
        rows=report.rows,
        found=len(proposals),
        most=megabytes()[1],
    )
    book.close()
    workspace.close()


def provided() -> dict[int, Path]:
    """The workspaces of `SIZES`."""
    return {size: workspaces.provide(size) for size in SIZES}


if __name__ == "__main__":
    main()
