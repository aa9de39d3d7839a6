"""Columns that write the surname first, then a comma: `Pérez, Juan` is one person, where `Pérez, Soto` are two."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.export.intake.tracker import names
from desktop.export.intake.tracker.shown import is_japanese, plain

SURNAME_FIRST, LISTED = "surname_first", "listed"
ENOUGH = 3
"""Names with a comma that a column needs before they tell its order."""
NEARLY_ALL = 0.8
_PARTS = re.compile(r"([;；/／|()（）\[\]\n]|\s[-–—]\s)")
"""What parts names from each other, and from whom they work for."""
_NAME = re.compile(r"(?P<surname>[^,，、]+)[,，、]\s*(?P<given>[^,，、]+)")
_JOINED = re.compile(r"\s(?:and|y|e|et|und|&)\s", re.IGNORECASE)


def is_so(texts: Iterable[str], known: names.Known = names.nobody) -> bool:
    """Whether nearly all names of a column's cells have one comma, and what stands before it is a surname."""
    parts = [part.strip() for text in texts for part in _PARTS.split(text) if not _PARTS.fullmatch(part)]
    named = [part for part in parts if part and names.kind(part, known) != "organisation"]
    halves = [found for part in named if (found := _halves(part, known)) is not None]
    if len(halves) < ENOUGH or len(halves) < NEARLY_ALL * len(named):
        return False
    before = {plain(surname) for surname, _given in halves}
    # Who stands before the comma in one cell and behind it in another is somebody of a list.
    return not before & {plain(given) for _surname, given in halves}


def turned(text: str) -> str:
    """A cell of such a column with each name as it is spoken: `Soto, Ana (CORFO)` as `Ana Soto (CORFO)`."""
    return "".join(part if _PARTS.fullmatch(part) else _turned(part) for part in _PARTS.split(text))


def _turned(part: str) -> str:
    halves = _halves(part.strip())
    if halves is None:
        return part
    surname, given = halves
    whole = f"{surname} {given}" if is_japanese(surname) else f"{given} {surname}"
    return part.replace(part.strip(), whole)


def _halves(part: str, known: names.Known = names.nobody) -> tuple[str, str] | None:
    """Surname and given name, None where a text is no such name."""
    match = _NAME.fullmatch(part)
    if match is None or _JOINED.search(part):
        return None
    surname, given = match["surname"].strip(), match["given"].strip()
    if not all(1 <= len(half.split()) <= 3 and half[:1].isalpha() for half in (surname, given)):
        return None
    if re.search(r"[0-9@]", part) or (given.isupper() and not surname.isupper()):
        return None
    told = known(surname), known(given)
    whole = known(f"{given} {surname}") == "person"
    if not whole and ("organisation" in told or told == ("person", "person")):
        return None
    acronym = given if surname.isupper() else ""
    looks = [names.kind(half) for half in (surname.title(), given) if half != acronym]
    return None if "organisation" in looks else (surname, given)
