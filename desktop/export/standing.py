"""What stands where a workbook is to go: replaced unasked is only what was written here and nobody changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from desktop.export.errors import WouldReplace
from desktop.export.saving import failure
from desktop.i18n import _


class Standing(NamedTuple):
    """What a file is known by while another one is made to take its place."""

    changed: int
    size: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Standing | None:
        """What stands at `path` now."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        return cls(found.st_mtime_ns, found.st_size, found.st_ino)


def replaceable(path: Path, known: Callable[[str], bool]) -> Standing | None:
    """What stands at `path`, if it may be replaced unasked: a file that Juntos wrote and nobody has changed since.

    `known` tells that of the file's hash. Raises `WouldReplace` for any other file.
    """
    if not path.exists():
        return None
    try:
        with path.open("rb") as file:
            found = Standing.of(path)
            if known(digest(file)):
                return found
    except OSError as error:
        raise failure(error, path) from None
    raise WouldReplace(
        _(
            "{path} exists already, and is not as this workspace wrote it. Nothing was written; choose another"
            " name, or say that it may be replaced."
        ).format(path=path)
    )


def digest(file: Any) -> str:
    """The hash of a file that is open, from its beginning."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def unchanged(path: Path, before: Standing | None) -> None:
    """Raise `WouldReplace` if what stands at `path` is not what stood there before."""
    if Standing.of(path) != before:
        raise WouldReplace(
            _("{path} was changed by somebody meanwhile. Nothing was written; look at it first.").format(
                path=path
            )
        )
