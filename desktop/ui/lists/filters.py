"""Which filter a field gets, by its kind. To filter by another kind: a `Filter`, registered here."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from desktop.model import field
from desktop.model.computed import Computed
from desktop.model.dates import Date, Time
from desktop.model.kinds import Choice, Country, Flag, Kind
from desktop.model.relations import Many, Reference
from desktop.ui.lists.choices import (
    ChoiceFilter,
    CountryFilter,
    Filter,
    FixedFilter,
    FlagFilter,
    RecordFilter,
)
from desktop.ui.lists.spans import DateFilter


@singledispatch
def _class_for(kind: Kind) -> type[Filter]:
    return FixedFilter


_class_for.register(Choice, lambda kind: ChoiceFilter)
_class_for.register(Flag, lambda kind: FlagFilter)
_class_for.register(Country, lambda kind: CountryFilter)
_class_for.register(Reference, lambda kind: RecordFilter)
_class_for.register(Many, lambda kind: RecordFilter if kind.target else CountryFilter)
_class_for.register(Date, lambda kind: DateFilter)
_class_for.register(Time, lambda kind: FixedFilter)
_class_for.register(Computed, lambda kind: _class_for(kind.as_))


def make_filter(workspace: Any, entity: Any, name: str) -> Filter:
    """The filter of an entity's field."""
    kind = field(entity, name)
    return _class_for(kind)(workspace, entity, kind)


def can_choose(entity: Any, name: str) -> bool:
    """Whether a filter of this field offers something to choose."""
    return _class_for(field(entity, name)) is not FixedFilter
