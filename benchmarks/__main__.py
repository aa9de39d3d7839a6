"""`python -m benchmarks [--sizes 1000,100000] [--only lists,search,today,save,memory,start,export,read,back]`."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import exports, finding, lists, reading, saving, tiles, wayback, wholes, workspaces
from benchmarks.measure import Measured, line, title
from benchmarks.processes import display
from desktop.service.workspace import Workspace


def opened(
    path: Path, *measure: Callable[[Workspace, int], Iterator[Measured]], size: int
) -> Iterator[Measured]:
    """Measurements within this process, on an open workspace."""
    workspace = Workspace.open(path)
    try:
        for each in measure:
            yield from each(workspace, size)
    finally:
        workspace.close()


def measured(sizes: list[int], parts: set[str]) -> Iterator[Measured]:
    """All rows of the report."""
    # Reading needs no workspace, and what comes back has sizes of its own: a million is not made for these.
    paths = {size: workspaces.provide(size) for size in sizes} if parts - {"read", "back"} else {}
    if "start" in parts:
        yield from wholes.starts(paths)
    for size, path in paths.items():
        if "lists" in parts:
            later = (lists.later_pages,) if size == max(sizes) else ()
            yield from opened(path, lists.first_pages, *later, size=size)
        if "search" in parts and size >= LARGE:
            yield from opened(path, lists.searching, size=size)
        if "search" in parts:
            yield from opened(path, finding.searching, size=size)
        if "today" in parts:
            yield from opened(path, tiles.tiles, size=size)
        if "save" in parts and size <= LARGE:  # an edit takes as long in a larger one, to copy it does not
            yield from saving.saving(path, size)
    if "memory" in parts:
        yield from wholes.memory(paths)
    if "export" in parts:
        asked = {size for size in exports.SIZES if size <= max(sizes)} | set(sizes)
        yield from exports.exports(
            {size: paths.get(size) or workspaces.provide(size) for size in sorted(asked)}
        )
    if "read" in parts:
        yield from reading.reading()
    if "back" in parts:
        yield from wayback.comparing(wayback.provided())


LARGE = 100_000
PARTS = ("start", "lists", "search", "today", "save", "memory", "export", "read", "back")


def main() -> int:
    """Print the report; 0 whatever falls short, for a benchmark tells and does not judge."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, workspaces.SIZES)), help="follow-ups, by commas")
    parser.add_argument("--only", default=",".join(PARTS), help="parts of the report, by commas")
    chosen = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, windows on: {display()}"
    )
    print(title())
    for row in measured([int(size) for size in chosen.sizes.split(",")], set(chosen.only.split(","))):
        print(line(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
