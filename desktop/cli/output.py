"""How the command line writes what it found: tables for people, JSON and CSV for programs.

Whatever stands in a file or a record, no terminal obeys it: control characters are left out, in JSON written as `\\u`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from desktop.text import clean

_OBEYED = re.compile("[\x7f-\x9f]")
"""Control characters that JSON leaves as they are."""


def shown(text: str) -> str:
    """A text without what a terminal would obey."""
    return text if text.isprintable() else clean(text)[0]


def line(text: str, to: TextIO | None = None) -> None:
    """Print a sentence, to standard output unless said otherwise."""
    print(shown(text), file=to or sys.stdout)


def columns_wide(text: str) -> int:
    """How many columns of a terminal a text takes: full-width characters take two, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[bool] = (), most: int = 60
) -> None:
    """Print rows under their heads, aligned; a cell shows its first line, at most `most` columns of it."""
    cells = [[_cut(_first_line(shown(cell)), most) for cell in row] for row in [heads, *rows]]
    widths = [max(columns_wide(row[i]) for row in cells) for i in range(len(heads))]
    sides = right or [False] * len(heads)
    for number, row in enumerate(cells):
        print("  ".join(_pad(c, w, r) for c, w, r in zip(row, widths, sides, strict=True)).rstrip())
        if number == 0:
            print("  ".join("─" * width for width in widths))


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """Print labels and values beside each other; a value of several lines is indented under its first."""
    filled = [(label, shown(value)) for label, value in rows if value]
    width = max((columns_wide(label) for label, _value in filled), default=0)
    for label, value in filled:
        first, *more = value.splitlines() or [""]
        print(f"{_pad(label, width)}  {first}")
        for line in more:
            print(f"{' ' * width}  {line}")


def objects(found: Iterable[dict[str, Any]]) -> None:
    """Print a JSON list, one object a line, without holding it all."""
    sys.stdout.write("[")
    for number, each in enumerate(found):
        sys.stdout.write((",\n " if number else "\n ") + _json(each))
    sys.stdout.write("\n]\n")


def one(found: Any) -> None:
    """Print one JSON value, indented."""
    print(_json(found, indent=2))


def json_text(text: str) -> None:
    """Print a JSON text as it was kept."""
    print(_harmless(text))


def _json(found: Any, indent: int | None = None) -> str:
    return _harmless(json.dumps(found, ensure_ascii=False, indent=indent))


def _harmless(text: str) -> str:
    """A JSON text that says the same, without what a terminal would obey."""
    return _OBEYED.sub(lambda each: f"\\u{ord(each[0]):04x}", text)


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _cut(text: str, most: int) -> str:
    if columns_wide(text) <= most:
        return text
    kept, wide = "", 0
    for character in text:
        wide += columns_wide(character)
        if wide > most - 1:
            break
        kept += character
    return kept + "…"


def _pad(text: str, width: int, right: bool = False) -> str:
    space = " " * (width - columns_wide(text))
    return space + text if right else text + space
