"""Files from outside that are read whole: within a limit, and nothing is waited for that never ends."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from desktop.i18n import _
from desktop.model import Invalid
from desktop.store.connections import is_open_here
from desktop.store.errors import itself


def content(path: Path, most: int, name: str = "", field: str = "") -> bytes:
    """What a file holds, at most one byte more than `most`; raises OSError, and `Invalid` for what is no file.

    `name` is what it is called, where that is not the name of its path; `field` is whose value it is to be.
    """
    name = name or path.name
    refuse_open(path, field)
    if path.is_dir():
        raise Invalid(_("{name} is a folder; choose a file.").format(name=name), field)
    # Not waited for: a pipe that nobody writes to would never open.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Invalid(_("{name} is a device or a pipe; choose a file.").format(name=name), field)
        return file.read(most + 1)


def refuse_open(path: Path, field: str = "") -> None:
    """Raise `Invalid` where `path` is a workspace that is open, by whatever name: to open it would cancel its locks."""
    if is_open_here(path):
        raise Invalid(itself(path), field)
