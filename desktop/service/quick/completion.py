"""What a mark that is being typed could become: the names that go on from it, and what to write for each.

    complete(workspace, "Call @sa", 8) → from 5 to 8: “Sato Kenji” as @"Sato Kenji"

What it writes means exactly that one candidate, so a line that was completed is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.countries import country_name
from desktop.model import RECORDS, FollowUp, Initiative, Meeting, Recommendation, field
from desktop.model.kinds import SortKey
from desktop.service import query
from desktop.service.query import Query
from desktop.service.quick.marks import begun_mark
from desktop.service.quick.names import Named, Names, all_countries, names
from desktop.service.quick.words import PRIORITIES
from desktop.service.workspace import Workspace
from desktop.text import fold

MOST = 6
"""Candidates that are offered."""
_REFERRED = (Recommendation, Initiative, Meeting)


@dataclass(frozen=True)
class Candidate:
    """One thing that the mark could mean."""

    written: str
    """What stands in the line for it, the sign included."""
    shown: str
    aside: str = ""
    """What tells it from its like: an acronym, a reference, that it is an officer."""


@dataclass(frozen=True)
class Completion:
    """What could stand in place of `text[start:end]`."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def complete(workspace: Workspace, text: str, position: int) -> Completion | None:
    """The candidates for the mark before a position; None where no mark is being typed there, or nothing goes on."""
    found = begun_mark(text[:position])
    if found is None:
        return None
    start, kind, typed = found
    sign = text[start]
    candidates = tuple(_candidates(workspace, kind, typed, sign))[:MOST]
    # What stands behind the cursor, up to a space, belongs to the mark too.
    rest = re.match(r"[^\s\"“”]*[\"”]?", text[position:])
    end = position + (rest.end() if rest else 0)
    return Completion(start, end, candidates) if candidates else None


def _candidates(workspace: Workspace, kind: str, typed: str, sign: str) -> Iterator[Candidate]:
    known = names(workspace)
    if kind == "priority":
        for key in FollowUp.priority.scale:
            shown = field(FollowUp, "priority").text(key)
            if _goes_on(typed, [fold(shown), key]):
                yield Candidate(sign + (shown if PRIORITIES.get(fold(shown)) == key else key), shown)
    elif kind == "record":
        yield from _records(workspace, typed, sign)
    elif kind == "about":
        for each in _ranked([*known.sectors, *all_countries()], typed):
            name = country_name(each.key) if each.kind == "country" else each.shown
            yield Candidate(
                _written(known.about, sign, each, name), name, each.key if each.kind == "country" else ""
            )
    else:
        officers = [each for each in known.people if each.officer]
        others = [each for each in known.people if not each.officer]
        order = (
            [*officers, *known.organisations, *others]
            if kind == "who"
            else [*known.organisations, *known.people]
        )
        for each in _ranked(order, typed):
            yield Candidate(_written(known.who, sign, each, each.shown), *_told(known, each))


def _told(known: Names, each: Named) -> tuple[str, str]:
    """A person or an organisation by its whole name, with what tells it from its like."""
    record = known.record(each)
    if each.kind == "organisation":
        return record.name, record.acronym
    return record.name, record.own_name or record.title


def _written(search: Any, sign: str, each: Named, name: str) -> str:
    """The shortest wording that means this one alone: its name, in quotation marks where it has spaces."""
    for wording in (name, each.shown):
        plain = wording.replace('"', "")
        found = search(plain, True)
        if [one.key for one in found] == [each.key]:
            return f'{sign}"{plain}"' if re.search(r"[\s,;.:)]", plain) else f"{sign}{plain}"
    return f"{sign}{each.key}" if each.kind == "country" else f'{sign}"{_ref(each)}"'


def _ref(each: Named) -> str:
    """The reference of one that shares its name with another."""
    return str(RECORDS[each.kind].get_by_id(each.key).ref)


def _goes_on(typed: str, folded: Any) -> int:
    """How well a name goes on from what is typed: 3 from its beginning, 2 from a word's, 1 within; 0 not at all."""
    wanted = fold(typed)
    texts = [text for text in folded if text and text != "\x00"]
    if any(text.startswith(wanted) for text in texts):
        return 3
    if any(word.startswith(wanted) for text in texts for word in re.findall(r"[^\W_]+", text)):
        return 2
    return int(any(wanted in text for text in texts))


def _ranked(among: list[Named], typed: str) -> list[Named]:
    graded = [(_goes_on(typed, each.exact), each) for each in among]
    return [each for grade, each in sorted(graded, key=lambda pair: -pair[0]) if grade][:MOST]


def _records(workspace: Workspace, typed: str, sign: str) -> Iterator[Candidate]:
    """Recommendations, initiatives and meetings whose reference begins so, then those with these words."""
    key = SortKey.key(typed)
    seen = set()
    for entity in _REFERRED:
        table, name = entity.key(), entity.naming
        rows = workspace.engine.rows(
            f"SELECT ref, {name} FROM {table} WHERE ref_key >= ? AND ref_key < ? ORDER BY ref_key LIMIT {MOST}",
            (key, key + "\uffff"),
        )
        for ref, called in rows if typed else ():
            seen.add(ref)
            yield Candidate(f"{sign}{ref}", called, ref)
    for entity in _REFERRED:
        for _id, ref, called in query.page(
            workspace, Query(entity, ("ref", entity.naming), text=typed), MOST
        ):
            if ref not in seen:
                yield Candidate(f"{sign}{ref}", called, ref)
