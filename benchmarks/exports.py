"""Exports against every other writer of workbooks, over the same cells, each in a process of its own, in turn."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import MEGABYTES, Measured
from benchmarks.processes import run

LARGE = 100_000
SIZES = (1_000, 10_000, LARGE)
TURNS = 3
BOUNDS = {"openpyxl": 0.20, "xlsxwriter": 0.25, "rust": 1.0}
NAMES = {
    "openpyxl": "openpyxl, write-only",
    "xlsxwriter": "XlsxWriter, constant memory",
    "rust": "a Rust writer",
    "pandas-openpyxl": "pandas with openpyxl, without formats",
    "pandas-xlsxwriter": "pandas with XlsxWriter, without formats",
}
MEMORY = {LARGE: 80, 1_000_000: 100}
"""Megabytes that a process may take for an export, all told."""


def exports(paths: dict[int, Path]) -> Iterator[Measured]:
    """The list of all follow-ups at each size, the whole workbook at the largest of `SIZES`, and their memory."""
    taken: dict[int, float] = {}
    for size in (size for size in SIZES if size in paths):
        said = _said("list", paths[size], TURNS, tuple(NAMES))
        taken[size] = _median(said["memory"])
        yield from _compared("the list", said, size)
    if LARGE in taken and LARGE // 10 in taken:
        what = "export: the list, rows in memory, against ten times a tenth"
        limits = "what remembers the words of the first rows"
        yield Measured(what, LARGE, taken[LARGE], 10 * taken[LARGE // 10], 1.1, limits=limits)
    if LARGE in paths:
        yield from _compared("the workbook", _said("workbook", paths[LARGE], 1, tuple(BOUNDS)), LARGE)
    if 1_000_000 in paths:
        said = _said("list", paths[1_000_000], 1, (), ("whole",))
        yield Measured("export: the list, from the file", 1_000_000, _median(said["whole"]))
        yield _memory(said["whole"], 1_000_000)


def _said(
    what: str, path: Path, turns: int, others: tuple[str, ...], ours: tuple[str, ...] = ("memory", "whole")
) -> dict[str, list[dict[str, Any]]]:
    """What each writer told at each turn."""
    said: dict[str, list[dict[str, Any]]] = {writer: [] for writer in (*ours, *others)}
    with tempfile.TemporaryDirectory() as folder:
        for _turn in range(turns):
            for writer, told in said.items():
                target = str(Path(folder) / f"{writer}.xlsx")
                told.append(run("benchmarks.exporting", writer, what, str(path), target))
    return said


def _compared(what: str, said: dict[str, list[dict[str, Any]]], size: int) -> Iterator[Measured]:
    """Ours against each other one: with all selected rows in memory as they have them, and from the file."""
    rows = said["whole"][0]["rows"]
    for title, ours, limits in (
        (f"export: {what}, rows in memory", "memory", "Python makes the XML of each row"),
        (f"export: {what}, from the file", "whole", "the same, and reading the rows from the database"),
    ):
        for writer, name in NAMES.items():
            if writer in said:
                bound = BOUNDS.get(writer) if size >= LARGE else None
                full = f"{title}; {name}"
                yield Measured(full, rows, _median(said[ours]), _median(said[writer]), bound, limits=limits)
    yield from _beside_rust(what, said, rows)
    yield _memory(said["whole"], size, rows)
    for writer, name in NAMES.items():
        if writer in said:
            most = statistics.median(each["most"] for each in said[writer])
            yield Measured(f"    {name}, cells included", rows, most, unit=MEGABYTES)


def _beside_rust(what: str, said: dict[str, list[dict[str, Any]]], rows: int) -> Iterator[Measured]:
    """Against the Rust writer with what it is not asked for above: the cells, which Juntos makes of what was selected.
    The time of the processor says the same on a machine that others use too."""
    ours, rust = said["memory"], said["rust"]
    for title, unit, making in (
        ("", "seconds", "making"),
        (", time of the processor", "processor", "making_processor"),
    ):
        time, writing = _median(ours, unit), _median(rust, unit)
        if title:
            yield Measured(f"    {what}{title}; a Rust writer", rows, time, writing)
        whole = _median(rust, making) + writing
        yield Measured(f"    {what}{title}; cells made by Juntos, then a Rust writer", rows, time, whole)


def _memory(said: list[dict[str, Any]], size: int, rows: int = 0) -> Measured:
    most = statistics.median(each["most"] for each in said)
    limits = "the program itself takes 60 MB; then what a column remembers of its cells"
    return Measured(
        "  memory of the process, at most", rows or size, most, None, MEMORY.get(size), MEGABYTES, limits
    )


def _median(said: list[dict[str, Any]], what: str = "seconds") -> float:
    return statistics.median(each[what] for each in said) * 1_000
