"""What the reading process says of a place or a kind, in words of an office: nothing of how files are packed."""

from __future__ import annotations

import re

from desktop.i18n import N_, _

_CELL = re.compile(r".+![^/]{1,20}", re.DOTALL)
_PARTS = (
    (re.compile(r"(xl/)?workbook\.(xml|bin)|content\.xml", re.IGNORECASE), N_("in its list of sheets")),
    (re.compile(r".*sheets?\d*\.(xml|bin)(\.rels)?", re.IGNORECASE), N_("in one of its sheets")),
    (re.compile(r".*sharedstrings\.(xml|bin)", re.IGNORECASE), N_("in its texts")),
    (re.compile(r".*(styles|theme\d*)\.(xml|bin)", re.IGNORECASE), N_("in its formats")),
    (re.compile(r".*(comments|drawing|vml)[^/]*", re.IGNORECASE), N_("in its notes")),
    (re.compile(r"(.*/)?media/[^/]+", re.IGNORECASE), N_("in one of its pictures")),
)
_INSIDE = N_("in how it is put together")
KINDS = {
    "ZIP": N_("a packed folder (ZIP)"),
    "OLE": N_("a document of an older office program"),
    "XML": N_("data for other programs (XML)"),
    "SYLK": N_("a table in a form of the 1980s (SYLK)"),
    "HTML": N_("a web page"),
    "HTML / XML": N_("a web page"),
    "XML 2003": N_("a workbook in the form of Excel 2003 for exchange (XML)"),
}
"""What a file is, where its usual name says little."""
_OPEN, _OTHER = N_("an OpenDocument file that is no spreadsheet"), N_("another kind of document")


def place(where: str) -> str:
    """Where something is wrong: a cell by its sheet as it is, all else in words."""
    if _CELL.fullmatch(where):
        return _("at {cell}").format(cell=where)
    part = where.removesuffix(" ×2")
    return _(next((words for pattern, words in _PARTS if pattern.fullmatch(part)), _INSIDE))


def kind(what: str) -> str:
    """What a file is."""
    if "/" in what and what not in KINDS:
        known = _OPEN if "opendocument" in what else _OTHER
        return _(known)
    return _(KINDS.get(what, what))
