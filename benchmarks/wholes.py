"""What only whole processes can show: the start and memory."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import MEGABYTES, Measured
from benchmarks.processes import run
from desktop import settings
from desktop.paths import Places, private_folder
from desktop.service import directory
from desktop.service.session import remember_officer
from desktop.service.workspace import Workspace

START_TURNS = 7


def starts(paths: dict[int, Path]) -> Iterator[Measured]:
    """From the start of the process until the list is painted and the event loop idle; everybody in turn."""
    turns: dict[int, list[float]] = {size: [] for size in (0, *paths)}
    with tempfile.TemporaryDirectory() as home:
        _as_left(paths, home)
        for turn in range(START_TURNS + 1):
            for size in turns:
                taken = _start("empty") if not size else _start("painted", str(paths[size]), home)
                if turn:  # the first one reads the libraries from the disk
                    turns[size].append(taken)
    medians = {size: statistics.median(taken) for size, taken in turns.items()}
    empty, base = medians.pop(0), medians.get(100_000)
    for size, ours in medians.items():
        yield Measured(
            "start, against an empty PySide6 window",
            size,
            ours,
            empty,
            1.7 if size == 100_000 else None,
            limits="imports, ours and of Qt’s classes; the first font; then the window made and painted",
        )
        if size > 100_000 and base:
            what = "start, against the start at 100,000"
            yield Measured(what, size, ours, base, 1.1, limits="the first page of the list as it was left")


def _as_left(paths: dict[int, Path], home: str) -> None:
    """The settings of somebody who worked in these workspaces before: the window asks nobody who is there."""
    file = Places.within(Path(home)).settings_file
    private_folder(file.parent)
    chosen, _notice = settings.load(file)
    for path in paths.values():
        workspace = Workspace.open(path)
        workspace.sign_in(directory.officers()[0].uid)
        remember_officer(workspace, chosen)
        workspace.close()
    settings.save(chosen, file)


def _start(*what: str) -> float:
    said = run("benchmarks.window", *what)
    return (said["painted"] - said["begun"]) * 1_000


def memory(paths: dict[int, Path]) -> Iterator[Measured]:
    """Memory of the program after it has scrolled through 1,000 pages, against the same at the smallest size."""
    with tempfile.TemporaryDirectory() as home:
        said = {size: run("benchmarks.window", "scrolled", str(path), home) for size, path in paths.items()}
    assert all(each["rows"] == size for size, each in said.items()), (
        "all rows must have been there to scroll through"
    )
    least = min(said)
    for size, each in said.items():
        bound = 1.2 if size == 1_000_000 else None
        compared = None if size == least else said[least]["now"]
        limits = "the numbers of all rows, kept in memory"
        yield Measured(
            "memory after scrolling through 1,000 pages",
            size,
            each["now"],
            compared,
            bound,
            MEGABYTES,
            limits,
        )
        yield Measured("  the most it ever was", size, each["most"], unit=MEGABYTES)
