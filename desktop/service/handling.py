"""The line by which a text says how it is to be handled: above the headings of a table, at the head of a letter.

    writer.writerow(handling.row(marking, len(headings)))

A table of plain text has no page for a marking. It stands in the first cell of its first row, whose others are empty:
so spreadsheet programs write such a row again, and so it is known when the table comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from desktop.i18n import LANGUAGES, _, captioned, speaking
from desktop.text import clean_line, guard


def line(marking: str) -> str:
    """How something is to be handled, on one line, in the language spoken; '' where nothing is said of it."""
    said = " ".join(clean_line(marking)[0].split())
    return captioned(_("Handling"), said) if said else ""


def above(marking: str, text: str) -> str:
    """A text under the line."""
    said = line(marking)
    return f"{said}\n\n{text}" if said and text else said or text


def row(marking: str, width: int) -> list[str]:
    """The line as the row over a table so many columns wide."""
    return [guard(line(marking)), *[""] * (width - 1)]


def is_row(cells: Sequence[Any], below: Sequence[Any]) -> bool:
    """Whether the first row of a table is that line, in any language, the way spreadsheet programs write it again.

    Over a single column its own commas may have been taken for separators: `below` tells, the next row.
    """
    first = cells[0].strip() if cells and isinstance(cells[0], str) else ""
    if not any(first.startswith(caption) and first != caption for caption in _captions()):
        return False
    return _filled(cells) == 1 or _filled(below) == 1


def _filled(cells: Sequence[Any]) -> int:
    return sum(cell is not None and bool(str(cell).strip()) for cell in cells)


@cache
def _captions() -> tuple[str, ...]:
    found = []
    for code in LANGUAGES:
        with speaking(code):
            found.append(captioned(_("Handling"), "").rstrip())
    return tuple(found)
