"""By which fields records can be grouped: those that many records have alike."""

from __future__ import annotations

from functools import cache

from desktop.model import Record, Subject, fields
from desktop.model.computed import Computed
from desktop.model.gathered import Gathered
from desktop.model.kinds import Choice, Country, Flag, Kind
from desktop.model.relations import Many, Reference

TEXTS = ("counterpart",)
"""Computed columns of words by which one groups nevertheless: they name somebody."""


@cache
def groupable(entity: type[Record]) -> tuple[Kind, ...]:
    """The fields of an entity by which its records can be grouped, as declared."""
    return tuple(kind for kind in fields(entity) if _groups(kind))


def _groups(kind: Kind) -> bool:
    if isinstance(kind, Gathered):
        return False
    if isinstance(kind, Computed):
        return isinstance(kind.as_, Choice | Flag | Country) or kind.name in TEXTS
    if isinstance(kind, Reference):
        return kind.target is not Subject
    return isinstance(kind, Choice | Flag | Country | Many)
