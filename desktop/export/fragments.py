"""The cells of a sheet as XML, the way openpyxl writes them, so that a row is a joining of ready pieces.

A cell stands in its row as `<c r="B7" s="3">…`. What stands before the number of the row is no business of the cell:
it ends the piece before. So the number itself is what joins the pieces of a row:

    <row r=" │7│ " ht="16.9" customHeight="1"><c r="A │7│ " s="3"><v>12</v></c><c r="B │7│ " s="4"/></row>
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter

from desktop.export import texts

ROW, END = '<row r="', "</row>"
PLAIN = 10**15
"""Whole numbers below it are written with all their digits."""

_KEEP, _ENDED = ' xml:space="preserve"', "</t></is></c>"
_MARKUP = re.compile("[&<>]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def height(points: float) -> str:
    """What follows the number of a row; without a height it is the reader's own."""
    return f'" ht="{points:g}" customHeight="1">' if points else '">'


def start(column: int) -> str:
    """What stands before the number of the row in a cell of this column."""
    return f'<c r="{get_column_letter(column)}'


@cache
def following(columns: int) -> tuple[str, ...]:
    """What follows each cell of a row of so many: the start of the next one, at last the end of the row."""
    return (*(start(column) for column in range(2, columns + 1)), END)


def cell(value: Any, look: str, following: str = "") -> bytes:
    """A cell from the number of its row on, and what follows it: a text, a number or nothing; `look` is the number
    of its style."""
    if isinstance(value, str) and value:
        return text(value, look, following)
    if value is None or value == "":
        return f'" s="{look}"/>{following}'.encode()
    # What openpyxl would say of it, sooner said.
    said = str(value) if type(value) is int and -PLAIN < value < PLAIN else safe_string(value)
    return f'" s="{look}"><v>{said}</v></c>{following}'.encode()


def escaped(value: str) -> str:
    """A text with its markup escaped. `xml.sax.saxutils` does the same, and brings all of HTTP and SSL with it."""
    return _MARKUP.sub(lambda found: _ENTITIES[found[0]], value)


def unescaped(value: str) -> str:
    """The inverse."""
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def text(value: str, look: str, following: str = "") -> bytes:
    """A cell with a text that XML can carry, whatever it looks like."""
    keep = _KEEP if len(value.strip()) != len(value) else ""
    if "_x" in value or "\r" in value:
        value = texts.escape(value)
    if "&" in value or "<" in value or ">" in value:
        value = escaped(value)
    return f'" s="{look}" t="inlineStr"><is><t{keep}>{value}{_ENDED}{following}'.encode()


def around(look: str, following: str) -> tuple[bytes, bytes]:
    """What stands before and after a text that stands in its cell as it is (see `as_it_is`), in UTF-8."""
    return f'" s="{look}" t="inlineStr"><is><t>'.encode(), f"{_ENDED}{following}".encode()


def as_it_is(value: str) -> bool:
    """Whether a text that can be printed, and is not empty, stands in a cell without an escape."""
    return not (
        "&" in value
        or "<" in value
        or ">" in value
        or "_x" in value
        # Of all that is white, the space alone can be printed.
        or value[0] == " "
        or value[-1] == " "
    )


def all_as_they_are(values: Sequence[Any]) -> bool:
    """Whether all of these are such texts, none with a blank in it; quicker than to ask for each."""
    try:
        together = "".join(values)
    except TypeError:
        return False
    return "" not in values and together.isprintable() and " " not in together and as_it_is(together)


def row(number: int, points: float, cells: Iterable[tuple[int, Any, str]]) -> bytes:
    """A whole row: of each cell its column, its content and the number of its style."""
    at = str(number).encode()
    pieces = [ROW.encode(), at, height(points).encode()]
    for column, content, look in cells:
        pieces += (start(column).encode(), at, cell(content, look))
    return b"".join((*pieces, END.encode()))
