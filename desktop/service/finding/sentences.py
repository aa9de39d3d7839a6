"""The texts of records and of their parts, and in them the sentence that has what was searched for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.i18n import _
from desktop.model import RECORDS, Entity, field
from desktop.service.finding.hit import Sentence
from desktop.service.hits import Terms, hits, present
from desktop.store import search
from desktop.store.search import Part
from desktop.text import fold

LONGEST = 150
"""Characters of a sentence that are told; of a longer one those around the hit."""
BEFORE = 40
"""Of these, how many before the hit."""
SHORTEST = 12
"""A piece of fewer characters is told together with the next: it is no sentence."""

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?]+(?=\s)|[。！？]+|(?=\n)|\Z)\s*")


@dataclass(frozen=True)
class Written:
    """A text of a record, or of a part of it."""

    text: str
    part: str
    folded: str
    day: str = ""


Texts = tuple[Written, ...]
Key = tuple[type[Entity], int]


def read(workspace: Any, keys: Iterable[Key]) -> dict[Key, Texts]:
    """The texts of records: of their parts first, which say it in a sentence of their own, then of their fields."""
    found: dict[Key, list[Written]] = {key: [] for key in keys}
    ids: dict[type[Entity], list[int]] = {}
    for entity, number in found:
        ids.setdefault(entity, []).append(number)
    for entity, numbers in ids.items():
        asked = (json.dumps(numbers),)
        for part in search.parts(entity):
            for owner, day, *texts in workspace.engine.rows(_part_sql(part), asked):
                found[entity, owner] += [
                    Written(text, part.table, fold(text), day or "") for text in texts if text
                ]
        names = _fields(entity)
        for number, *texts in workspace.engine.rows(_own_sql(entity), asked) if names else ():
            found[entity, number] += [
                Written(text, name, fold(text)) for name, text in zip(names, texts, strict=True) if text
            ]
    return {key: tuple(texts) for key, texts in found.items()}


@cache
def _fields(entity: type[Entity]) -> tuple[str, ...]:
    """The fields that are searched, beside reference and name."""
    return tuple(name for name in search.searched(entity) if name not in ("ref", entity.naming))


@cache
def _own_sql(entity: type[Entity]) -> str:
    columns = ", ".join(f'"{name}"' for name in _fields(entity))
    return f'SELECT id, {columns} FROM "{entity.key()}" WHERE id IN (SELECT value FROM json_each(?))'


@cache
def _part_sql(part: Part) -> str:
    columns = ", ".join(f'"{name}"' for name in part.texts)
    return (
        f'SELECT {part.owner}, {part.day}, {columns} FROM "{part.table}"'
        f" WHERE {part.owner} IN (SELECT value FROM json_each(?)) ORDER BY {part.owner}, {part.order}"
    )


def best(texts: Texts, terms: Terms, entity: type[Entity]) -> Sentence | None:
    """The sentence that has most of the words, the first of several; None where they stand in the name alone."""
    chosen, most = None, 0
    for text in texts:
        count = present(text.folded, terms)
        if count > most:
            chosen, most = text, count
            if most == len(terms):
                break
    if chosen is None:
        return None
    told, marks = _shortened(_sentence(chosen.text, terms), terms)
    return Sentence(told, marks, chosen.part, _label(entity, chosen.part), chosen.day)


def _label(entity: type[Entity], part: str) -> str:
    if part == search.POINTS.table:
        return field(entity, "minutes").title
    return _(RECORDS[part].singular) if part in RECORDS else field(entity, part).title


def _sentence(text: str, terms: Terms) -> str:
    """The sentence of a text that has most of the words."""
    chosen, most = "", 0
    for sentence in _sentences(text):
        count = present(fold(sentence), terms)
        if count > most:
            chosen, most = sentence, count
            if most == len(terms):
                break
    return chosen or text  # they stand across an end of what looks like a sentence


def _sentences(text: str) -> Sequence[str]:
    """A text by its sentences; what ends after a few letters, such as “No.”, is none."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        if found and len(found[-1]) < SHORTEST and "\n" not in found[-1]:
            found[-1] += match[0]
        elif match[0]:
            found.append(match[0])
    return found


def _shortened(sentence: str, terms: Terms) -> tuple[str, tuple[tuple[int, int], ...]]:
    """At most `LONGEST` characters around the first hit, in one line, with the hits in them."""
    line = " ".join(sentence.split())
    marks = hits(line, terms)
    if len(line) <= LONGEST:
        return line, marks
    start = max(0, min(marks[0][0] - BEFORE if marks else 0, len(line) - LONGEST))
    end = start + LONGEST
    start, end = _at_space(line, start, end)
    cut = ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")
    return cut, hits(cut, terms)


def _at_space(line: str, start: int, end: int) -> tuple[int, int]:
    """The ends moved inwards to spaces, where there are any near: not in the middle of a word."""
    after = line.find(" ", start, start + BEFORE // 2) if start else -1
    before = line.rfind(" ", end - BEFORE // 2, end) if end < len(line) else -1
    return (after + 1 if after >= 0 else start), (before if before >= 0 else end)
