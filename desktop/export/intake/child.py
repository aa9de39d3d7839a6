"""The process that reads a file from outside. It binds itself first, then reads what it was handed, and ends.

    python -m desktop.export.intake.child FOLDER careful|quick|text.LANGUAGE NAME < FILE

The file comes as its standard input, opened by the program: the process opens nothing of the user's by name. Into
FOLDER it writes `cells` and, at last, `book.json`; of the text of a source, `text.json`. On its standard output it says
how far it is, one JSON object a line. It loads neither the window nor the store.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from pathlib import Path, PurePath
from typing import Any, NoReturn

from desktop.export.intake import limits
from desktop.export.intake.faults import Unreadable
from desktop.export.intake.spool import Spool
from desktop.hardening import harden
from desktop.i18n import use

CELLS, BOOK = "cells", "book.json"
TEXT, TEXT_FILE = "text", "text.json"
"""How the text of a source is asked for, with the language to speak (`text.ja`), and what is made of it."""


def say(what: dict[str, Any]) -> None:
    """Tell the program."""
    os.write(1, json.dumps(what).encode() + b"\n")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Read, say what comes of it, and end."""
    folder, how, name = sys.argv[1:] if arguments is None else arguments
    harden()
    tempfile.tempdir = folder
    kind, _dot, language = how.partition(".")
    if kind == TEXT:
        import desktop.export.passages.understanding  # noqa: F401 - it loads PDFium: no library is loaded later

        limits.confine(limits.TEXT_MEMORY, native=True)
    else:
        limits.confine()
    gc.disable()  # rows by the million hold no circles, and the process is short
    reserve = [bytes(1_000_000)]
    try:
        if kind == TEXT:
            _read_text(Path(folder), name, language)
        else:
            _read(Path(folder), how == "careful", name)
    except Unreadable as refused:
        say({"refused": refused.reason, "detail": refused.detail, "peak": limits.peak()})
    except MemoryError:
        reserve.clear()
        say(
            {"refused": "memory", "detail": {"most": limits.MEMORY // limits.MEGABYTE}, "peak": limits.peak()}
        )
    except OSError as error:
        say({"refused": "no room", "detail": {"errno": error.errno or 0}, "peak": limits.peak()})
    except RecursionError:
        say({"refused": "crashed", "detail": {}, "peak": limits.peak()})
    os._exit(0)  # millions of cells need not be given back one by one


def _read(folder: Path, careful: bool, name: str) -> None:
    from desktop.export.intake import delimited, workbooks
    from desktop.export.intake.sniff import sniff

    file = os.fdopen(0, "rb", closefd=False)
    kind, package = sniff(file)
    steps = workbooks.Steps(say)
    with (folder / CELLS).open("wb") as target:
        spool = Spool(target)
        about: dict[str, Any] = {}
        if kind == "csv":
            news = delimited.read(file, spool, steps, name, about)
        elif package is not None and kind in ("xlsx", "xlsm"):
            news = workbooks.xlsx(file, package, spool, steps, careful)
        else:
            news = workbooks.other(file, kind, package, spool, steps)
        sheets = spool.told()
    if not any(sheet["blocks"] for sheet in sheets):
        raise Unreadable("empty")
    with (folder / BOOK).open("w", encoding="utf-8") as target:
        told = {"kind": kind, "sheets": sheets, "news": news, "peak": limits.peak(), **about}
        json.dump(told, target, ensure_ascii=True)
    say({"read": True})


def _read_text(folder: Path, name: str, language: str) -> None:
    from desktop.export.passages.errors import ReadError
    from desktop.export.passages.understanding import understood

    use(language)
    say({"seconds": limits.seconds_for_text(os.fstat(0).st_size)})  # the reading of it counts already
    with os.fdopen(0, "rb", closefd=False) as file:
        content = file.read()
    try:
        text = understood(name, PurePath(name).suffix.lower(), content)
    except ReadError as error:
        say({"told": str(error)})
        return
    (folder / TEXT_FILE).write_text(text.to_json(), "utf-8")
    say({"read": True})


if __name__ == "__main__":
    main()
