"""Reading a workbook from outside: as the program does, in a process under limits, and by calamine alone.

    python -m benchmarks.reading ours FILE
    python -m benchmarks.reading bare FILE

Both begin with starting their process and end when every value of every row has been in hand once.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.measure import MEGABYTES, Measured
from benchmarks.processes import FOLDER, run, tell

SIZES = (1_000, 10_000, 100_000)
COLUMNS = 20
TURNS = 5
BOUND = 2.0
_WORDS = (
    "Ask the ministry about",
    "Send the draft to",
    "Meet the agency on",
    "会議の準備をする",
    "Coordinación de",
)


def provide(rows: int) -> Path:
    """A tracker of so many rows and twenty columns: texts, dates, numbers, words of a status, empty cells."""
    path = FOLDER / f"tracker-1-{rows}.xlsx"
    if path.exists():
        return path
    from openpyxl import Workbook

    chance = Random(rows)
    work = Workbook(write_only=True)
    sheet = work.create_sheet("Tracker")
    sheet.append([f"Column {number}" for number in range(COLUMNS)])
    for row in range(1, rows):
        day = time.strftime("%Y-%m-%d", time.gmtime(1_700_000_000 + row % 900 * 86_400))
        sheet.append(
            [
                f"FU-{row:06}",
                f"{chance.choice(_WORDS)} {row}",
                day,
                row,
                row * 1.37,
                chance.random() < 0.5,
                None,
            ]
            + [chance.choice(("Open", "In progress", "Done")), None, chance.random()]
            + [f"{chance.choice(_WORDS)} {chance.randrange(5_000)}" for _column in range(COLUMNS - 10)]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    work.save(path)
    return path


def reading() -> Iterator[Measured]:
    """The rows of the report."""
    per_row: dict[int, float] = {}
    for size in SIZES:
        path = provide(size)
        taken: dict[str, list[float]] = {"ours": [], "bare": []}
        peak = 0.0
        for turn in range(TURNS + 1):
            for which in ("ours", "bare") if turn % 2 else ("bare", "ours"):
                said = run("benchmarks.reading", which, str(path))
                if turn:  # the first of each finds nothing in the caches
                    taken[which].append(said["seconds"] * 1_000)
                    peak = max(peak, said.get("peak", 0.0))
        ours, bare = (statistics.median(taken[which]) for which in ("ours", "bare"))
        per_row[size] = ours / size
        bound = BOUND if size == max(SIZES) else None
        yield Measured("read a workbook, 20 columns: calamine in its own process", size, ours, bare, bound)
        yield Measured("    memory of the reading process", size, peak, None, 300, MEGABYTES)
    first, last = per_row[min(SIZES)], per_row[max(SIZES)]
    yield Measured(
        "    a row of the largest, against one of the smallest", max(SIZES), last * 1_000, first * 1_000, 1.2
    )


def ours(path: Path) -> None:
    """As the window and the command line call it."""
    from desktop import paths
    from desktop.export.intake.reading import read

    with tempfile.TemporaryDirectory() as home:
        paths.use_home(home)
        begun = time.perf_counter()
        with read(path) as book:
            rows = sum(1 for sheet in book.sheets for _number, _values in sheet.rows.filled())
            tell(seconds=time.perf_counter() - begun, rows=rows, peak=book.peak)


_BARE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
print(sum(len(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names))
"""


def bare(path: Path) -> None:
    """The shortest program that has all rows in hand."""
    import subprocess

    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _BARE, str(path)], capture_output=True, text=True, check=True
    )
    tell(seconds=time.perf_counter() - begun, rows=int(done.stdout))


if __name__ == "__main__":
    which, file = sys.argv[1:]
    (ours if which == "ours" else bare)(Path(file))
