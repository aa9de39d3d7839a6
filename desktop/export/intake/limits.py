"""How much a file from outside may be and take, and how a process binds itself to that."""

from __future__ import annotations

import sys

MEGABYTE = 1_000_000

MOST_FILE = 100 * MEGABYTE
MOST_UNPACKED = 600 * MEGABYTE
"""Bytes of all parts together; of 2,961 workbooks collected from everywhere the largest had 60 million."""
MOST_PARTS = 10_000
MOST_DIRECTORY = 4 * MEGABYTE
"""Bytes of the list of the parts of a file."""
RATIO, RATIO_FROM = 250, 20 * MEGABYTE
"""A part of so many bytes that was packed to less than one in 250 was made to do harm; real ones come to 69."""
MOST_SHEETS = 500
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_CELLS = 20_000_000
MOST_SPOOL = 600 * MEGABYTE
"""Bytes that the cells of one file may take on the disk while they are looked at."""
MOST_FIELD = 131_072
"""Characters of one cell of a text; Excel knows 32,767."""
MOST_NAMED = 100_000
"""Merged areas, hidden rows and notes of one sheet that are kept."""

MEMORY = 300 * 1_000_000
"""Bytes of address space of the reading process."""
TEXT_MEMORY = 1_000 * 1_000_000
"""The same, of one that reads the text of a source: of thousands of pages all lines are held at once."""
TEXT_SECONDS, TEXT_SECONDS_PACKED = 60.0, 4.0
"""Of work for the text of a source, and more for each megabyte of its file."""
SECONDS = 4.5
"""Of work, for any file at all, from the start of the process."""
ORDINARY = 40
"""How many times larger than packed the sheets of ordinary workbooks are at most (99 of 100: 11)."""
SECONDS_UNPACKED, FREE_UNPACKED = 0.4, 5.0
"""More for each megabyte of ordinary sheets beyond the first ones; an idle machine needs a quarter of it."""
SECONDS_PACKED, FREE_PACKED = 3.0, 1.5
"""More for each megabyte of others as it lies on the disk: a size that costs whoever sends it as much."""


MOST_SECONDS = 300


def seconds_for(packed: int, unpacked: int) -> float:
    """How long a file may take whose cells come from so many bytes."""
    if unpacked <= ORDINARY * packed:
        return SECONDS + max(0.0, unpacked / MEGABYTE - FREE_UNPACKED) * SECONDS_UNPACKED
    return SECONDS + max(0.0, packed / MEGABYTE - FREE_PACKED) * SECONDS_PACKED


def seconds_for_text(size: int) -> float:
    """How long the text of a source may take whose file has so many bytes."""
    return min(float(MOST_SECONDS), TEXT_SECONDS + size / MEGABYTE * TEXT_SECONDS_PACKED)


def confine(memory: int = MEMORY, *, native: bool = False) -> None:
    """Bind this process: memory, the size of what it writes, no core file, nothing but reading and its own folder.

    `native`: a library that is loaded already may be called.
    """
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, MOST_SECONDS),  # where the program that started it is gone
            (resource.RLIMIT_FSIZE, MOST_SPOOL * 2),
            (getattr(resource, "RLIMIT_AS", None), memory),
            (resource.RLIMIT_DATA, memory),
        ):
            try:
                if what is not None:
                    resource.setrlimit(what, (most, most))
            except (ValueError, OSError):  # macOS refuses some of them
                continue
    forbidden = (*_FORBIDDEN, "ctypes.dlopen" if native else "ctypes.")

    def forbid(event: str, _arguments: object) -> None:
        if event.startswith(forbidden):
            raise PermissionError(event)

    sys.addaudithook(forbid)


_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "urllib.",
)


def peak() -> float:
    """Megabytes that this process has taken at most, 0 where the system does not tell."""
    if sys.platform == "linux":
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024 / MEGABYTE
    elif sys.platform != "win32":
        import resource

        return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / MEGABYTE
    return 0.0
