"""The one door: a file is looked at, and read by a process of its own under limits of time and memory.

A few bytes of a PDF can ask for gigabytes and hours, and PDFium is no Python: neither is to come upon the program, in
which a workspace is open.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Any, BinaryIO

from desktop import scratch
from desktop.export.intake import limits
from desktop.export.intake.child import TEXT, TEXT_FILE
from desktop.export.intake.process import Process
from desktop.export.intake.refusal import Reason, Refusal
from desktop.export.passages.errors import ReadError
from desktop.i18n import _, format_number, language, why
from desktop.service.quoting import SourceText
from desktop.store.connections import is_open_here
from desktop.store.errors import itself

MOST_BYTES = 50_000_000
SUFFIXES = (".txt", ".md", ".docx", ".pdf")


def read(path: Path) -> SourceText:
    """The text of a source. Raises `ReadError` with a sentence where the file cannot be read."""
    if path.suffix.lower() not in SUFFIXES:
        _opened(path).close()
        raise ReadError(
            _("{name} is no text that can be opened here. Choose a .txt, .docx or .pdf file.").format(
                name=path.name
            )
        )
    with _opened(path) as file:
        try:
            folder = scratch.new("text")
        except OSError as error:
            raise _refused(Reason.NO_ROOM, path, why=why(error)) from None
        try:
            return _told(path, file, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _told(path: Path, file: BinaryIO, folder: Path) -> SourceText:
    """What the reading process said."""
    how = f"{TEXT}.{language()}"
    try:
        process = Process(file, folder, how, path.name, memory=limits.TEXT_MEMORY)
    except OSError as error:
        raise _unopened(path, error) from None
    process.wait(lambda _done, _of: True)
    said = process.outcome
    if "told" in said:
        raise ReadError(str(said["told"]))
    if process.timed_out:
        raise _refused(Reason.TIME, path, seconds=format_number(round(process.allowed)))
    if said.get("refused") == Reason.MEMORY.value:
        raise _refused(Reason.MEMORY, path, most=format_number(limits.TEXT_MEMORY // limits.MEGABYTE))
    if said.get("refused") == Reason.NO_ROOM.value:
        number = int(said["detail"]["errno"]) or 28
        raise _refused(Reason.NO_ROOM, path, why=why(OSError(number, os.strerror(number))))
    try:
        return SourceText.from_json((folder / TEXT_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        raise _refused(Reason.CRASHED, path) from None


def _refused(reason: Reason, path: Path, **detail: Any) -> ReadError:
    refusal = Refusal(reason, path.name, **detail)
    advice = (
        refusal.advice
        if reason is Reason.NO_ROOM
        else _("Open it in its program, save the part that you need as a new file, and choose that one.")
    )
    return ReadError(f"{refusal} {advice}")


def _unopened(path: Path, error: OSError | ValueError) -> ReadError:
    said = why(error) if isinstance(error, OSError) else str(error)
    return ReadError(_("{name} could not be opened: {why}").format(name=path.name, why=said))


def _opened(path: Path) -> BinaryIO:
    """The file, looked at before it is opened: a pipe or a device would never end."""
    if is_open_here(path):
        raise ReadError(itself(path))
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise ReadError(
                _("{name} is not a file. Choose a .txt, .docx or .pdf file.").format(name=path.name)
            )
        if facts.st_size > MOST_BYTES:
            raise ReadError(
                _("{name} is too large: {count} MB, {most} MB is the most.").format(
                    name=path.name,
                    count=format_number(-(-facts.st_size // 1_000_000)),
                    most=format_number(MOST_BYTES // 1_000_000),
                )
            )
        if not facts.st_size:
            raise ReadError(_("{name} is empty.").format(name=path.name))
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise _unopened(path, error) from None
