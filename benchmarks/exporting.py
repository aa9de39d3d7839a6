"""An export in a process of its own, or the bare openpyxl loop over the same cells.

    python -m benchmarks.exporting ours list|workbook FILE TARGET
    python -m benchmarks.exporting bare list|workbook FILE TARGET

The bare loop gets every value, style, height, dropdown and colour ready made, and does what the documentation of
openpyxl's write-only mode shows: a `WriteOnlyCell` for each value, a height for each row, `append`, `save`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.lists import COLUMNS, DUE
from benchmarks.processes import megabytes, tell
from desktop import paths
from desktop.export.report import Request, export
from desktop.model import FollowUp
from desktop.service.query import Query
from desktop.service.workspace import Workspace

STYLES = (
    "_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats", "_cell_styles",
    "_named_styles", "_differential_styles", "_table_styles", "loaded_theme",
)  # fmt: skip
SHEET = (
    "column_dimensions", "data_validations", "conditional_formatting", "_tables", "sheet_properties", "views",
    "page_setup", "page_margins", "HeaderFooter",
)  # fmt: skip


def ours(workspace: Workspace, asked: Request, target: Path) -> None:
    """The export as the window and the command line call it, to the file on disk."""
    begun = time.perf_counter()
    report = export(workspace, asked, target)
    taken = time.perf_counter() - begun
    now, most = megabytes()
    tell(seconds=taken, most=most, now=now, rows=report.rows, size=target.stat().st_size)


def bare(workspace: Workspace, asked: Request, target: Path) -> None:
    """The same cells, gathered first, through openpyxl alone."""
    from desktop.export.cells import Rows
    from desktop.export.workbook import Book

    held: dict[Any, list[tuple[list[Any], float]]] = {}

    def gather(self: Any, row: list[Any], height: float) -> None:
        held.setdefault(self.sheet, []).append((list(row), height))

    def save(self: Any, _file: Any) -> None:
        taken = _written(self, held, target)
        tell(seconds=taken, rows=sum(map(len, held.values())), size=target.stat().st_size)

    Rows._write = gather
    Book.save = save
    export(workspace, asked, target.with_suffix(".unused"))


def _written(book: Any, held: dict[Any, list[tuple[list[Any], float]]], target: Path) -> float:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    begun = time.perf_counter()
    work = Workbook(write_only=True)
    for name in STYLES:
        setattr(work, name, getattr(book.work, name))
    styles = list(work._cell_styles)
    for sheet, rows in held.items():
        to = work.create_sheet(sheet.title)
        for name in SHEET:
            setattr(to, name, getattr(sheet, name))
        for number, (row, height) in enumerate(rows, 1):
            if height:
                to.row_dimensions[number].height = height
            cells: list[Any] = []
            for prepared in row:
                if prepared is None:
                    cells.append(None)
                    continue
                cell = WriteOnlyCell(to, prepared.content)
                cell._style = styles[int(prepared.style)]
                cells.append(cell)
            to.append(cells)
    work.save(target)
    return time.perf_counter() - begun


def main() -> None:
    """Export what is asked, and tell how long it took."""
    which, what, path, target = sys.argv[1:]
    with tempfile.TemporaryDirectory() as home:
        paths.use_home(home)
        workspace = Workspace.open(Path(path))
        only = Query(FollowUp, COLUMNS, order=(DUE,)) if what == "list" else None
        (ours if which == "ours" else bare)(workspace, Request(only=only), Path(target))
        workspace.close()


if __name__ == "__main__":
    main()
