"""Filters of dates: spans of days by name, which move with the day on which they are asked, or two ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from typing import Any

from desktop.i18n import _, format_date
from desktop.model import Invalid
from desktop.model.kinds import Kind
from desktop.service.filters import BETWEEN, Ends, spans_of
from desktop.service.query import Condition
from desktop.ui.lists.checklist import Option
from desktop.ui.lists.choices import NONE, Filter


class DateFilter(Filter):
    """One span of days: by name, empty, or between two ends."""

    single = True

    def __init__(self, workspace: Any, entity: Any, kind: Kind) -> None:
        super().__init__(workspace, entity, kind)
        self.spans = spans_of(entity, kind)
        self.ends: Ends = (None, None)

    def choose(self, key: Hashable, on: bool) -> None:
        self.chosen = (key,) if on else ()

    def between(self, first: str | None, last: str | None) -> None:
        """Choose two ends; raises `Invalid` where the last comes before the first."""
        if first and last and last < first:
            raise Invalid(_("The end must not be before the start."), self.name)
        self.ends = (first, last)
        self.chosen = (BETWEEN,) if first or last else ()

    def clear(self) -> None:
        super().clear()
        self.ends = (None, None)

    def options(self, text: str) -> Sequence[Option]:
        return [
            *(Option(span.key, _(span.label)) for span in self.spans.values()),
            Option(NONE, _("No date")),
        ]

    def label(self, key: Any) -> str:
        if key == NONE:
            return _("No date")
        if key != BETWEEN:
            return _(self.spans[key].label)
        first, last = (format_date(end) for end in self.ends)
        if first and last:
            return _("{first} to {last}").format(first=first, last=last)
        return _("from {value}").format(value=first) if first else _("to {value}").format(value=last)

    def take(self, conditions: Sequence[Condition]) -> bool:
        by_operator = {condition.operator: condition.values[0] for condition in conditions}
        if len(by_operator) != len(conditions) or not by_operator.keys() <= {"from", "to", "empty"}:
            return False
        if "empty" in by_operator:
            return by_operator == {"empty": True} and super().take(conditions)
        self.between(by_operator.get("from"), by_operator.get("to"))
        return True

    def state(self) -> Any:
        return [*self.chosen, *(self.ends if self.chosen == (BETWEEN,) else ())]

    def restore(self, state: Any) -> None:
        self.clear()
        if not isinstance(state, list) or not state:
            return
        if state[0] == BETWEEN and len(state) == 3:
            first, last = (self._day(end) for end in state[1:])
            if not (first and last and last < first):
                self.between(first, last)
        elif state[0] == NONE or state[0] in self.spans:
            self.chosen = (state[0],)

    def _day(self, text: Any) -> str | None:
        try:
            return dt.date.fromisoformat(text).isoformat() if text else None
        except (TypeError, ValueError):
            return None
