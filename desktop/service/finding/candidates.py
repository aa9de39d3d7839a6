"""What comes into question: the newest records that have all words, and those that are called so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from desktop.model import ENTITIES, Entity
from desktop.model.kinds import SortKey
from desktop.service.finding.hit import Hit
from desktop.service.hits import hits, terms_of
from desktop.store import search
from desktop.text import clean_line

NEWEST = 1000
"""Hits that are ranked: more are nothing that anybody reads."""
CALLED = 20
"""Records of a kind whose name or reference begins with what was typed, however old they are."""
EACH = 8
"""Records of a kind that are shown while one types."""

Kinds = Sequence[type[Entity]]


def first(workspace: Any, text: str, kinds: Kinds = ENTITIES, each: int = EACH) -> list[Hit]:
    """The newest records of each kind that have all words, unranked and without a sentence: at once, at any size."""
    expression = search.match(text, workspace.engine.rows)
    if not expression:
        return []
    terms, found = terms_of(text), []
    for entity in kinds:
        for number, ref, name in workspace.engine.rows(_first_sql(entity), (expression, each)):
            found.append(Hit(entity, number, ref, name, hits(name, terms)))
    return found


def newest(workspace: Any, text: str, kinds: Kinds) -> dict[type[Entity], list[int]]:
    """The ids of the newest thousand that have all words, each kind with its share."""
    expression = search.match(text, workspace.engine.rows)
    if not expression:
        return {}
    found = {
        entity: [row[0] for row in workspace.engine.rows(_newest_sql(entity), (expression, NEWEST))]
        for entity in kinds
    }
    shares = _shares({entity: len(ids) for entity, ids in found.items()})
    return {entity: ids[: shares[entity]] for entity, ids in found.items() if ids}


def referred(workspace: Any, text: str, kinds: Kinds) -> dict[type[Entity], list[int]]:
    """The ids of the records of this reference, now or once."""
    key = SortKey.key(clean_line(text)[0])
    if not key:
        return {}
    found = {
        entity: [row[0] for row in workspace.engine.rows(_referred_sql(entity), (key, key))]
        for entity in kinds
    }
    return {entity: ids for entity, ids in found.items() if ids}


def called(workspace: Any, text: str, kinds: Kinds) -> dict[type[Entity], list[int]]:
    """The ids of records whose name begins with what was typed."""
    key = SortKey.key(clean_line(text)[0])
    if not key:
        return {}
    found = {
        entity: [
            row[0] for row in workspace.engine.rows(_called_sql(entity), (key, f"{key}\U0010ffff", CALLED))
        ]
        for entity in kinds
    }
    return {entity: ids for entity, ids in found.items() if ids}


def _shares(counts: Mapping[type[Entity], int]) -> dict[type[Entity], int]:
    """How many of each kind are ranked: what those with few leave over goes to those with many."""
    shares, left = {}, NEWEST
    for place, entity in enumerate(sorted(counts, key=lambda each: counts[each])):
        shares[entity] = min(counts[entity], left // (len(counts) - place))
        left -= shares[entity]
    return shares


@cache
def _first_sql(entity: type[Entity]) -> str:
    return (
        f"SELECT t.id, t.ref, t.{entity.naming} FROM {search.table(entity)} s"
        f' CROSS JOIN "{entity.key()}" t ON t.id = s.rowid WHERE s.words MATCH ? ORDER BY s.rowid DESC LIMIT ?'
    )


@cache
def _newest_sql(entity: type[Entity]) -> str:
    return f"SELECT rowid FROM {search.table(entity)} WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"


@cache
def _referred_sql(entity: type[Entity]) -> str:
    table = f'"{entity.key()}"'
    return (
        f"SELECT id FROM {table} WHERE ref_key = ? UNION SELECT t.id FROM alias a"
        f" JOIN {table} t ON t.uid = a.uid WHERE a.old = ? AND a.entity = '{entity.key()}'"
    )


@cache
def _called_sql(entity: type[Entity]) -> str:
    key = f"{entity.naming}_key"
    return f'SELECT id FROM "{entity.key()}" WHERE {key} >= ? AND {key} < ? ORDER BY {key} LIMIT ?'
