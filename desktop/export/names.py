"""Names that Excel accepts: of sheets, of headings, of files."""

from __future__ import annotations

import re
import unicodedata

from desktop.export import texts
from desktop.i18n import _

MOST = 31
"""Characters of a sheet's name."""
MOST_IN_HEADING = 255
RESERVED = {"history", "historique"}
"""Names that Excel keeps for itself."""
OWN = "_sync"
"""So begin the names of the sheets by which a workbook is read back: no other one is called so."""


def sheet_name(name: str, taken: set[str]) -> str:
    """A sheet's name without what Excel forbids, unlike all those taken; it is added to them."""
    plain = "".join(" " if c in "[]:*?/\\" or not c.isprintable() else c for c in name)
    plain = " ".join(plain.split()).strip("'").strip() or _("Sheet")
    if plain.casefold() in RESERVED:
        plain += "_"
    if plain.casefold().startswith(OWN):
        plain = plain.lstrip("_")
    return _unlike(plain, taken, MOST)


def heading(label: str, taken: set[str]) -> str:
    """The heading of a table's column: one line, unlike the others of its table."""
    plain = " ".join(texts.legal(label)[0].split()) or _("Column")
    return _unlike(plain, taken, MOST_IN_HEADING)


def _unlike(name: str, taken: set[str], most: int) -> str:
    found, number = _cut(name, most), 1
    while unicodedata.normalize("NFKC", found).casefold() in taken:
        number += 1
        mark = f" ({number})"
        found = _cut(name, most - len(mark)) + mark
    taken.add(unicodedata.normalize("NFKC", found).casefold())
    return found


def _cut(name: str, most: int) -> str:
    return texts.split(name, most)[0].strip().strip("'") if texts.units(name) > most else name


def file_name(text: str) -> str:
    """A part of a file's name that every system accepts, without spaces."""
    plain = re.sub(r"[^\w.\-]+", "_", unicodedata.normalize("NFC", text))
    return plain.strip("._-")[:60].strip("._-")
