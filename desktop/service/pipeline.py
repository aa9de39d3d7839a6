"""The pipeline: initiatives by stage, with how many there are, how they stand, and what they are worth by currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import Any

from desktop.model import Initiative
from desktop.model.scales import RAG, STAGE
from desktop.service import query as reading
from desktop.service.query import Condition, Query, Row

CARDS = 50
"""How many cards of a stage are read at once."""
CARD = (
    *("ref", "name", "stage", "rag", "attention", "owner", "milestone", "milestone_on"),
    *("value", "currency", "countries"),
)
"""What a card tells, after the id."""
_EXACT = Context(prec=100)
"""Fifteen digits and six decimals, a million times over: nothing is rounded."""


@dataclass(frozen=True)
class Stage:
    """One stage of the pipeline: `key` is that of the scale."""

    key: str
    count: int
    rag: Mapping[str, int]
    """How many are red, amber, green and grey."""
    overdue: int
    totals: tuple[tuple[str, Decimal], ...]
    """What they are worth, exactly, by currency in alphabetical order."""
    unvalued: int
    """How many have no value."""


def pipeline(workspace: Any, query: Query) -> tuple[Stage, ...]:
    """All stages in order, over all initiatives of the query; `workspace` needs only to be readable."""
    standing: Counter[tuple[str, str, str]] = Counter()
    for stage, rag, attention, count in reading.tally(workspace, _of(query, "stage", "rag", "attention")):
        standing[stage, rag, attention] += count
    totals: dict[tuple[str, str], Decimal] = {}
    unvalued: Counter[str] = Counter()
    for stage, currency, value, count in reading.tally(workspace, _of(query, "stage", "currency", "value")):
        if value:
            before = totals.get((stage, currency), Decimal(0))
            totals[stage, currency] = _EXACT.fma(Decimal(value), count, before)
        else:
            unvalued[stage] += count
    return tuple(_stage(key, standing, totals, unvalued[key]) for key in STAGE)


def _of(query: Query, *columns: str) -> Query:
    return replace(query, columns=columns, order=(), by_ref=False)


def _stage(
    key: str,
    standing: Mapping[tuple[str, str, str], int],
    totals: Mapping[tuple[str, str], Decimal],
    unvalued: int,
) -> Stage:
    here = {(rag, attention): n for (stage, rag, attention), n in standing.items() if stage == key}
    return Stage(
        key,
        count=sum(here.values()),
        rag={each: sum(n for (rag, _attention), n in here.items() if rag == each) for each in RAG},
        overdue=sum(n for (_rag, attention), n in here.items() if attention == "overdue"),
        totals=tuple(
            sorted((currency, amount) for (stage, currency), amount in totals.items() if stage == key)
        ),
        unvalued=unvalued,
    )


def card_query(query: Query, stage: str) -> Query:
    """The query of the cards of a stage, in the order of the query."""
    where = (*query.where, Condition("stage", "in", (stage,)))
    return replace(query, entity=Initiative, columns=CARD, where=where, by_ref=False)


def cards(workspace: Any, query: Query, stage: str, limit: int = CARDS, offset: int = 0) -> list[Row]:
    """Cards of a stage from `offset`, at most `limit`; the id, then `CARD`."""
    return reading.page(workspace, card_query(query, stage), limit, offset)


def place(workspace: Any, query: Query, stage: str, record_id: int) -> int | None:
    """The place, from 0, of an initiative among the cards of a stage; None where it is not one of them."""
    ids = replace(card_query(query, stage), columns=())
    rows = reading.page(workspace, ids, limit=-1)
    return next((at for at, row in enumerate(rows) if row[0] == record_id), None)
