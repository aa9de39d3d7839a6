"""A name for a new file beside those that are there."""

from __future__ import annotations

from pathlib import Path


def free_path(path: Path) -> Path:
    """This path, or the first like it where no file stands."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
