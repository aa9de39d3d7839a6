"""The one door: a file from outside is read in a process of its own and becomes a `Book`, or a `Refusal` says why not.

    with read(Path("tracker.xlsx")) as book: ...

It may run on a worker thread. Nothing is written but a private file that goes with the book; no formula is computed
and no link followed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from desktop import scratch
from desktop.export.intake import limits, news, whereabouts
from desktop.export.intake.book import Area, Block, Book, Rows, SheetRead, State
from desktop.export.intake.child import BOOK, CELLS
from desktop.export.intake.process import Process, Stopped
from desktop.export.intake.refusal import Reason, Refusal
from desktop.i18n import _, format_number, why
from desktop.store.connections import is_open_here
from desktop.store.errors import itself

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")
Progress = Callable[[int, int], bool | None]
"""Told how much of all is read; answers False to stop."""
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}


def read(
    path: Path | str, progress: Progress | None = None, cancel: Callable[[], bool] | None = None
) -> Book:
    """The file's cells; raises `Refusal`. `cancel` is asked often whether to stop."""
    path = Path(path)
    begun = time.monotonic()

    def go_on(done: int, total: int) -> bool:
        stopped = cancel is not None and cancel()
        return not stopped and (progress is None or progress(done, total) is not False)

    with _opened(path) as file:
        folder = scratch.new("intake")
        try:
            told = _told(path, file, folder, go_on)
            book = _book(path, folder, told, time.monotonic() - begun)
            book.digest = _digest(path, file)
            return book
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, Stopped):
                raise Refusal(Reason.CANCELLED, path.name) from None
            raise


def _opened(path: Path) -> BinaryIO:
    """The file, looked at before it is opened: a pipe or a device would never end."""
    if path.name.partition(".")[0].strip().lower() in _RESERVED and os.name == "nt":
        raise Refusal(Reason.NO_FILE, path.name, why=os.strerror(22))
    if is_open_here(path):
        raise Refusal(Reason.NO_FILE, path.name, why=itself(path).rstrip(".。"))
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Refusal(Reason.NO_FILE, path.name, why=_("it is a link, a folder or a device, and no file"))
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        file = os.fdopen(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb")
    except Refusal:
        raise
    except (OSError, ValueError) as error:
        said = why(error) if isinstance(error, OSError) else str(error)
        raise Refusal(Reason.NO_FILE, path.name, why=said) from None
    size = os.fstat(file.fileno()).st_size
    if not size or size > limits.MOST_FILE:
        file.close()
        if not size:
            raise Refusal(Reason.EMPTY, path.name)
        raise Refusal(
            Reason.TOO_LARGE,
            path.name,
            size=format_number(-(-size // limits.MEGABYTE)),
            most=limits.MOST_FILE // limits.MEGABYTE,
        )
    return file


def _digest(path: Path, file: BinaryIO) -> str:
    """SHA-256 of an open file: of what was read, whatever lies under its name by now."""
    try:
        with open(file.fileno(), "rb", buffering=0, closefd=False) as raw:
            raw.seek(0)
            return hashlib.file_digest(raw, "sha256").hexdigest()
    except OSError as error:  # a stick that was pulled out
        raise Refusal(Reason.NO_FILE, path.name, why=why(error)) from None


def _told(path: Path, file: BinaryIO, folder: Path, go_on: Callable[[int, int], bool]) -> dict[str, Any]:
    """What the reading process said. Where calamine stopped it, another reads without; the time is one."""
    spent = 0.0
    for how in Process.HOWS:
        process = Process(file, folder, how, path.stem, spent)
        process.wait(go_on)
        spent = process.spent
        said = process.outcome
        if "read" in said:
            told: dict[str, Any] = json.loads((folder / BOOK).read_bytes())
            return told
        if process.timed_out:
            raise Refusal(Reason.TIME, path.name, seconds=format_number(round(process.allowed)))
        if "refused" in said and said["refused"] not in ("memory", "crashed"):
            raise _refusal(path, said)
    if "refused" in said:
        raise _refusal(path, said)
    raise Refusal(Reason.CRASHED, path.name)


def _refusal(path: Path, said: dict[str, Any]) -> Refusal:
    reason, detail = Reason(said["refused"]), dict(said.get("detail", {}))
    if reason is Reason.NO_ROOM:
        detail["why"] = why(OSError(detail.get("errno") or 28, os.strerror(detail.get("errno") or 28)))
    if "what" in detail:
        detail["what"] = whereabouts.kind(detail["what"]) or _("neither a workbook nor a text")
    if reason is Reason.DAMAGED:
        detail["where"] = whereabouts.place(str(detail["where"]))
    for name, value in detail.items():
        if isinstance(value, int):
            detail[name] = format_number(value)
    return Refusal(reason, path.name, **detail)


def _book(path: Path, folder: Path, told: dict[str, Any], seconds: float) -> Book:
    sheets = [_sheet(each, folder / CELLS) for each in told["sheets"]]
    return Book(
        kind=told["kind"],
        sheets=sheets,
        told=news.sentences(path.name, told, sheets),
        folder=folder,
        encoding=told.get("encoding", ""),
        separator=told.get("separator", ""),
        seconds=seconds,
        peak=told["peak"],
    )


def _sheet(told: dict[str, Any], cells: Path) -> SheetRead:
    hidden = told["hidden_columns"]
    return SheetRead(
        name=told["name"],
        state=State(told["state"]),
        rows=Rows(cells, [Block(*block) for block in told["blocks"]]),
        width=told["width"],
        merged=[Area(*each) for each in told["merged"]],
        hidden_columns=frozenset(column for first, last in hidden for column in range(first, last + 1)),
        hidden_rows=[(first, last) for first, last in told["hidden_rows"]],
        comments={(row, column): text for row, column, text in told["comments"]},
        uncomputed=told["uncomputed"],
        errors=told["errors"],
    )
