"""Filters of choices: any of some values, countries or records.

A filter knows its choice, the conditions that follow from it, how it reads in short, and how it is remembered.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from desktop.countries import countries, country_name, regions
from desktop.i18n import _, join_parts
from desktop.model.computed import Computed
from desktop.model.kinds import Kind
from desktop.service import filters
from desktop.service.filters import NONE, REGION
from desktop.service.query import Condition
from desktop.text import fold
from desktop.ui.lists.checklist import Option

_NAMED = 2
"""Choices that are named on the button; more are counted."""


class Filter:
    """One field's filter: a set of chosen keys, any of which a record may have."""

    single = False

    def __init__(self, workspace: Any, entity: Any, kind: Kind) -> None:
        self.workspace, self.entity, self.kind = workspace, entity, kind
        self.chosen: tuple[Hashable, ...] = ()

    @property
    def name(self) -> str:
        """The field's name."""
        return self.kind.name

    @property
    def active(self) -> bool:
        """Whether it narrows the list."""
        return bool(self.chosen)

    def clear(self) -> None:
        """Let everything through."""
        self.chosen = ()

    def choose(self, key: Hashable, on: bool) -> None:
        """Add or take away one choice. That the field is empty excludes all others."""
        rest = tuple(each for each in self.chosen if each != key)
        if on and (key == NONE or NONE in rest):
            rest = ()
        self.chosen = (*rest, key) if on else rest

    def options(self, text: str) -> Sequence[Option]:
        """What is offered for a text that somebody types."""
        raise NotImplementedError

    def label(self, key: Any) -> str:
        """How a choice reads."""
        return _("None") if key == NONE else self.kind.text(key)

    def conditions(self) -> tuple[Condition, ...]:
        """What the query is asked."""
        return filters.conditions(self.entity, self.kind, tuple(self.state()), self.workspace.today())

    def take(self, conditions: Sequence[Condition]) -> bool:
        """Choose what these conditions on its field say; whether it can."""
        if len(conditions) != 1:
            return False
        condition = conditions[0]
        if condition.operator == "empty" and condition.values == (True,):
            self.chosen = (NONE,)
        elif condition.operator == "in":
            self.chosen = tuple(condition.values)
        else:
            return False
        return True

    def words(self) -> str:
        """The choice in short."""
        named = join_parts(*(self.label(key) for key in self.chosen[:_NAMED]))
        more = len(self.chosen) - _NAMED
        return _("{choices} +{count}").format(choices=named, count=more) if more > 0 else named

    def state(self) -> Any:
        """What is remembered of it, for JSON."""
        return list(self.chosen)

    def restore(self, state: Any) -> None:
        """The inverse of `state`; what makes no sense any more is left out."""
        known = isinstance(state, list) and all(isinstance(each, str | int) for each in state)
        self.chosen = tuple(each for each in state if self.valid(each)) if known else ()

    def valid(self, key: Any) -> bool:
        """Whether a remembered choice still is one."""
        return True


class ChoiceFilter(Filter):
    """A field of a scale."""

    @property
    def _scale(self) -> dict[str, str]:
        return (self.kind.as_ if isinstance(self.kind, Computed) else self.kind).scale

    def options(self, text: str) -> Sequence[Option]:
        found = [Option(key, _(label)) for key, label in self._scale.items()]
        optional = not isinstance(self.kind, Computed) and self.kind.default == ""
        found += [Option(NONE, _("None"))] if optional else []
        return [option for option in found if fold(text) in fold(option.label)]

    def valid(self, key: Any) -> bool:
        return key == NONE or key in self._scale

    def take(self, conditions: Sequence[Condition]) -> bool:
        if len(conditions) == 1 and conditions[0].operator == "not":
            self.chosen = tuple(key for key in self._scale if key not in conditions[0].values)
            return True
        return super().take(conditions)


class FlagFilter(Filter):
    """Yes or no."""

    single = True

    def options(self, text: str) -> Sequence[Option]:
        return [Option(key, self.kind.text(key)) for key in (1, 0)]

    def choose(self, key: Hashable, on: bool) -> None:
        self.chosen = (key,) if on else ()


class CountryFilter(Filter):
    """A country or several; a region stands for its members."""

    def options(self, text: str) -> Sequence[Option]:
        wanted = fold(text)
        facts = self.workspace.facts
        near = dict.fromkeys((*facts.accreditations, *facts.partners, facts.own_government))
        first = [*(each for each in self.chosen if each != NONE), *(code for code in near if code)]
        found = [Option(key, self.label(key)) for key in dict.fromkeys(first)]
        found += [] if text else [Option(NONE, _("None"))]
        found += [Option(f"{REGION}{key}", label) for key, label in regions().items()]
        found += [Option(code, label) for code, label in countries().items()]
        listed: dict[Hashable, Option] = {}
        for option in found:
            if wanted in fold(option.label):
                listed.setdefault(option.key, option)
        return list(listed.values())

    def label(self, key: Any) -> str:
        if str(key).startswith(REGION):
            return regions().get(key.removeprefix(REGION), key)
        return super().label(key) if key == NONE else country_name(key)

    def valid(self, key: Any) -> bool:
        if str(key).startswith(REGION):
            return key.removeprefix(REGION) in regions()
        return key == NONE or key in countries()


class RecordFilter(Filter):
    """A record or several that the field points to; offered are those found by what is typed."""

    @property
    def _target(self) -> Any:
        return self.kind.target

    def options(self, text: str) -> Sequence[Option]:
        from desktop.ui.offers import (
            offers,  # with all that finds records; nobody ticks before a list is painted
        )

        found = [Option(*offer) for offer in offers(self.workspace, self._target, text, self.kind)]
        if text:
            return found
        chosen = [Option(key, self.label(key)) for key in self.chosen if key != NONE]
        held = {option.key for option in chosen}
        return [*chosen, Option(NONE, _("None")), *(option for option in found if option.key not in held)]

    def label(self, key: Any) -> str:
        if key == NONE:
            return _("None")
        try:
            return str(self._target.words_of(key))
        except LookupError:
            return _("deleted")

    def valid(self, key: Any) -> bool:
        return key == NONE or (
            isinstance(key, int) and self._target.get_or_none(self._target.id == key) is not None
        )


class FixedFilter(Filter):
    """Conditions that a page was opened with and that nobody can choose here; they can be cleared."""

    def __init__(self, workspace: Any, entity: Any, kind: Kind) -> None:
        super().__init__(workspace, entity, kind)
        self._conditions: tuple[Condition, ...] = ()

    @property
    def active(self) -> bool:
        return bool(self._conditions)

    def clear(self) -> None:
        self._conditions = ()

    def conditions(self) -> tuple[Condition, ...]:
        return self._conditions

    def take(self, conditions: Sequence[Condition]) -> bool:
        self._conditions = tuple(conditions)
        return True

    def options(self, text: str) -> Sequence[Option]:
        return []

    def words(self) -> str:
        return join_parts(*(self._say(condition) for condition in self._conditions))

    def _say(self, condition: Condition) -> str:
        shown = join_parts(*(self.kind.text(value) for value in condition.values))
        if condition.operator == "from":
            return _("from {value}").format(value=shown)
        if condition.operator == "to":
            return _("to {value}").format(value=shown)
        if condition.operator == "empty":
            return _("None") if condition.values[0] else _("any")
        return _("not {value}").format(value=shown) if condition.operator == "not" else shown

    def state(self) -> Any:
        return None  # a wish of the moment

    def restore(self, state: Any) -> None:
        self.clear()
