"""What a board shows: its cards, and the numbers of its stages; read on the window's thread or on a worker.

Cards come by windows and take no time; numbers are of all initiatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from desktop.model.scales import STAGE
from desktop.service import pipeline
from desktop.service.pipeline import CARDS, Stage
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from desktop.ui.apart import Apart
from desktop.ui.board.card import Card, card_of

_FAR = 10 * CARDS
"""A card that stands farther down is shown after those read, without all that stand between."""


@dataclass(frozen=True)
class Asked:
    """What is to be read: the query, how many cards of each stage, and a card (with its stage) that must be there."""

    query: Query
    limits: Mapping[str, int]
    wanted: tuple[int, str] | None = None


@dataclass(frozen=True)
class Cards:
    """The cards of each stage, and how many of each were read from the first on."""

    asked: Asked
    cards: Mapping[str, list[Card]]
    limits: Mapping[str, int]


@dataclass(frozen=True)
class Numbers:
    """The stages in order."""

    asked: Asked
    stages: tuple[Stage, ...]


def read_cards(workspace: Any, asked: Asked) -> Cards:
    """The first cards of each stage; `workspace` needs only to be readable."""
    cards, limits = {}, {}
    for key in STAGE:
        cards[key], limits[key] = _of_stage(workspace, asked, key)
    return Cards(asked, cards, limits)


def _of_stage(workspace: Any, asked: Asked, key: str) -> tuple[list[Card], int]:
    limit = asked.limits.get(key, CARDS)
    rows = pipeline.cards(workspace, asked.query, key, limit)
    wanted, at = asked.wanted or (0, "")
    if at == key and len(rows) == limit and all(row[0] != wanted for row in rows):
        place = pipeline.place(workspace, asked.query, key, wanted)
        if place is not None and place < limit + _FAR:
            limit = (place // CARDS + 1) * CARDS
            rows += pipeline.cards(workspace, asked.query, key, limit - len(rows), len(rows))
        elif place is not None:
            rows += pipeline.cards(workspace, asked.query, key, 1, place)
    return [card_of(row) for row in rows], limit


def read_numbers(workspace: Any, asked: Asked) -> Numbers:
    """What the stages have; `workspace` needs only to be readable."""
    return Numbers(asked, pipeline.pipeline(workspace, asked.query))


def apart(read: Callable[[Any, Asked], Any], workspace: Workspace, asked: Asked) -> Any:
    """What one of these reads, on a worker thread."""
    with closing(workspace.engine.reader()) as connection:
        return read(Apart(workspace, connection), asked)
