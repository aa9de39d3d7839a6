"""The order of what is found: the record of the reference that was typed, then names before texts, what is open
before what is closed, and then how much is said of it and how lately.

How much is said is weighed as bm25 weighs it, without the rarity of the words: every hit has them all. Of the
newest thousand all are ordered by what their own row tells; only the best have their texts read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from desktop.model import ENTITIES, Entity
from desktop.service.finding import candidates, hit, sentences
from desktop.service.finding.candidates import Kinds
from desktop.service.finding.hit import Hit
from desktop.service.finding.sentences import Texts
from desktop.service.hits import Terms, hits, present, terms_of
from desktop.text import fold

READ = 60
"""Records whose texts are read: what is shown, and as much again to choose from."""
AGE = 120
"""Days after which something counts half."""
SATURATION, LENGTH, USUAL = 1.2, 0.6, 600
"""Of bm25: how fast more mentions cease to count, how much a long text is held against it, and what is long."""

NO_NAME, SOME_NAME, BEGINS_NAME, WHOLE_NAME = range(4)
"""How a name has the words: not all of them, all, at its beginning, and nothing else."""
ALSO = ("own_name", "acronym", "aliases")
"""Other fields by which a record is called."""
DAY = {"meeting": '"on"', "source": "coalesce(published_on, updated_at)"}
"""By entity key, what says how recent a record is, where it is not the last change."""


@dataclass(frozen=True)
class _Ranked:
    """A candidate, with what puts it in its place."""

    entity: type[Entity]
    id: int
    referred: bool
    called: int
    open: bool
    recent: float
    said: float = 0.0

    def key(self) -> tuple[Any, ...]:
        return (self.referred, self.called, self.open, self.recent * (1 + self.said), self.id)


def find(workspace: Any, text: str, kinds: Kinds = ENTITIES, most: int = 40, each: int = 0) -> list[Hit]:
    """The best records that have all words of a text, best first; at most `each` of a kind, if that is given."""
    terms = terms_of(text)
    if not terms:
        return []
    ranked = sorted(_candidates(workspace, text, terms, kinds), key=_Ranked.key, reverse=True)
    chosen = _limited(ranked, READ if not each else max(READ, most), each and each * 2)
    texts = sentences.read(workspace, [(one.entity, one.id) for one in chosen])
    weighed = [replace(one, said=_said(texts[one.entity, one.id], terms)) for one in chosen]
    weighed.sort(key=_Ranked.key, reverse=True)
    # What was not read comes after what was, in the order of its own row.
    rest = [] if each else ranked[len(chosen) : most]
    texts |= sentences.read(workspace, [(one.entity, one.id) for one in rest])
    best = _limited([*weighed, *rest], most, each)
    return list(_told(workspace, best, texts, terms))


def _candidates(workspace: Any, text: str, terms: Terms, kinds: Kinds) -> Iterator[_Ranked]:
    referred = candidates.referred(workspace, text, kinds)
    called = candidates.called(workspace, text, kinds)
    newest = candidates.newest(workspace, text, kinds)
    typed, today = " ".join(fold(text).split()), dt.date.fromisoformat(workspace.today())
    for entity in kinds:
        exact = set(referred.get(entity, ()))
        ids = {*exact, *called.get(entity, ()), *newest.get(entity, ())}
        if not ids:
            continue
        ended = entity.course.ended if hasattr(entity, "course") else ()
        for number, day, status, *names in workspace.engine.rows(_features(entity), (json.dumps([*ids]),)):
            yield _Ranked(
                entity, number, number in exact, _called(names, typed, terms), status not in ended,
                _recent(day, today),
            )  # fmt: skip


@cache
def _features(entity: type[Entity]) -> str:
    """What a record's own row tells: day, status, names."""
    day = DAY.get(entity.key(), "updated_at")
    status = entity.course.status if hasattr(entity, "course") else "''"
    names = [entity.naming, *(name for name in ALSO if name in entity._meta.fields)]
    return (
        f'SELECT id, {day}, {status}, {", ".join(names)} FROM "{entity.key()}"'
        " WHERE id IN (SELECT value FROM json_each(?))"
    )


def _called(names: Iterable[str], typed: str, terms: Terms) -> int:
    best = NO_NAME
    for name in filter(None, names):
        folded = fold(name)
        if folded == typed:
            return WHOLE_NAME
        if folded.startswith(typed):
            best = max(best, BEGINS_NAME)
        elif best < SOME_NAME and present(folded, terms) == len(terms):
            best = SOME_NAME
    return best


def _recent(day: str | None, today: dt.date) -> float:
    """1 for today and what is to come, a half after `AGE` days."""
    if not day:
        return 0.0
    age = max(0, (today - dt.date.fromisoformat(f"{day}-01-01"[:10])).days)
    return AGE / (AGE + age)


def _said(texts: Texts, terms: Terms) -> float:
    """How much is said of the words, from 0 towards the number of them."""
    length = sum(len(text.folded) for text in texts)
    weight = SATURATION * (1 - LENGTH + LENGTH * length / USUAL)
    counts = (sum(text.folded.count(term.split(" ")[0]) for text in texts) for term in terms)
    return sum(count / (count + weight) for count in counts)


def _limited(ranked: Iterable[_Ranked], most: int, each: int) -> list[_Ranked]:
    """The first ones, and of no kind more than `each`."""
    kept: list[_Ranked] = []
    counts: dict[type[Entity], int] = {}
    for one in ranked:
        counts[one.entity] = counts.get(one.entity, 0) + 1
        if not each or counts[one.entity] <= each:
            kept.append(one)
            if len(kept) == most:
                break
    return kept


def _told(workspace: Any, best: list[_Ranked], texts: Any, terms: Terms) -> Iterator[Hit]:
    standing: dict[type[Entity], dict[int, Hit]] = {}
    for entity in {one.entity for one in best}:
        standing[entity] = hit.rows(workspace, entity, [one.id for one in best if one.entity is entity])
    for one in best:
        found = standing[one.entity].get(one.id)
        if found is not None:
            sentence = sentences.best(texts[one.entity, one.id], terms, one.entity)
            yield replace(found, marks=hits(found.name, terms), sentence=sentence)
