"""The locks that this process holds on files, as Linux tells them."""

from __future__ import annotations

import os
from pathlib import Path


def locks(*paths: Path) -> int:
    """How many locks this process holds on these files."""
    inodes = {str(path.stat().st_ino) for path in paths if path.exists()}
    found = set()
    for _time in range(3):  # where others lock and let go meanwhile, a line is told twice or not at all
        for line in Path("/proc/locks").read_text().splitlines():
            row = line.split()
            if row[1] == "POSIX" and row[4] == str(os.getpid()) and row[5].rpartition(":")[2] in inodes:
                found.add(tuple(row[3:]))
    return len(found)
