"""Where a workbook or a document goes: looked at before the work begins, and replaced only by a whole file.

The file is written beside its place, for its owner's eyes alone, brought to disk, and then renamed over what
stood there; whatever goes wrong before leaves the old file as it was and nothing beside it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lxml.etree import SerialisationError

from desktop import parts, scratch
from desktop.export.errors import ExportError
from desktop.i18n import _, why
from desktop.store.connections import is_open_here
from desktop.store.errors import itself


def place(path: Path) -> Path:
    """The absolute path to be written, links followed; raises `ExportError` where nothing can be written there."""
    spare(path)
    if path.is_symlink():
        path = path.resolve()
    path = path.absolute()
    if path.is_dir():
        raise ExportError(_("{path} is a folder; give the name of a file in it.").format(path=path))
    if not path.parent.is_dir():
        raise ExportError(
            _("There is no folder {folder}; make it first, or choose another.").format(folder=path.parent)
        )
    if path.exists() and not path.is_file():
        raise ExportError(_("{path} is not a file; choose another name.").format(path=path))
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise _is_open(path)
    if path.exists():
        try:
            path.open("r+b").close()
        except PermissionError:
            # Windows refuses a file that Excel has open, every system one that is read-only.
            raise _is_open(path) if os.access(path, os.W_OK) else _refused(path) from None
        except OSError as error:
            raise failure(error, path) from None
    return path


def spare(path: Path) -> None:
    """Raise `ExportError` where `path` is a workspace that is open, by whatever name: even to look into it would
    cancel its locks."""
    if is_open_here(path):
        raise ExportError(itself(path))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` at the end of the block unless that raises."""
    try:
        with parts.replacing(path) as file:
            yield file
    except OSError as error:
        raise failure(error, path) from None


def write(content: bytes, path: Path) -> None:
    """Write a small file whole, in place of what stood there; raises `ExportError`, and what stood there stands."""
    target = place(path)
    with replacing(target) as file:
        file.write(content)


@contextmanager
def work_folder() -> Iterator[Path]:
    """A private folder for one export, gone at its end."""
    folder = scratch.new("exports")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def working(folder: Path) -> Iterator[None]:
    """What the system refuses while work files are written into `folder`, in words."""
    try:
        yield
    except OSError as error:
        raise failure(error, folder) from None
    except SerialisationError as error:
        # lxml says of the system's error only its name, as IO_ENOSPC.
        number = getattr(errno, str(error).removeprefix("IO_"), 0)
        if not number:
            raise
        raise failure(OSError(number, os.strerror(number)), folder) from None


def failure(error: OSError, path: Path) -> ExportError:
    """What the system refused, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ExportError(
            _(
                "There is no room left on the disk of {path}. Nothing was written; free some space or choose another."
            ).format(path=path)
        )
    if isinstance(error, PermissionError) and path.exists() and os.access(path, os.W_OK):
        return _is_open(path) if os.access(path.parent, os.W_OK) else _refused(path)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return _refused(path)
    return ExportError(
        _("{path} could not be written: {why}. Nothing was changed.").format(path=path, why=why(error))
    )


def _is_open(path: Path) -> ExportError:
    return ExportError(
        _("{path} is open in another program, such as Excel. Close it there, or choose another name.").format(
            path=path
        )
    )


def _refused(path: Path) -> ExportError:
    return ExportError(
        _(
            "{path} cannot be written; check your rights on the file and its folder, or choose another."
        ).format(path=path)
    )
