"""Filters of dates: spans of days by name, which move with the day on which they are asked, or two ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from desktop.i18n import N_, _, first_weekday, format_date
from desktop.model import Invalid
from desktop.model.kinds import Kind
from desktop.service.query import Condition
from desktop.ui.lists.checklist import Option
from desktop.ui.lists.choices import NONE, Filter

Ends = tuple[str | None, str | None]
"""First and last day, `yyyy-mm-dd`, either open."""
BETWEEN = "between"


class Span(NamedTuple):
    """A named span; `overdue` takes open records alone."""

    key: str
    label: str
    ends: Callable[[dt.date], Ends]
    overdue: bool = False


def _days(first: int | None, last: int | None) -> Callable[[dt.date], Ends]:
    def ends(today: dt.date) -> Ends:
        start = None if first is None else (today + dt.timedelta(days=first)).isoformat()
        return start, None if last is None else (today + dt.timedelta(days=last)).isoformat()

    return ends


def _week(today: dt.date) -> Ends:
    start = today - dt.timedelta(days=(today.weekday() - first_weekday()) % 7)
    return start.isoformat(), (start + dt.timedelta(days=6)).isoformat()


_TODAY = Span("today", N_("Today"), _days(0, 0))
_WEEK = Span("week", N_("This week"), _week)
_FORTNIGHT = Span("fortnight", N_("Next 14 days"), _days(0, 14))
DUE = (Span("overdue", N_("Overdue"), _days(None, -1), overdue=True), _TODAY, _WEEK, _FORTNIGHT)
"""For the date by which something is due."""
OTHER = (
    Span("upcoming", N_("From today on"), _days(0, None)),
    _TODAY,
    _WEEK,
    _FORTNIGHT,
    Span("month", N_("Last 30 days"), _days(-30, 0)),
    Span("year", N_("Last 12 months"), _days(-365, 0)),
)
"""For all other dates."""


class DateFilter(Filter):
    """One span of days: by name, empty, or between two ends."""

    single = True

    def __init__(self, workspace: Any, entity: Any, kind: Kind) -> None:
        super().__init__(workspace, entity, kind)
        self._course = getattr(entity, "course", None)
        due = self._course is not None and self._course.due == kind.name
        self.spans = {span.key: span for span in (DUE if due else OTHER)}
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

    def conditions(self) -> tuple[Condition, ...]:
        if not self.chosen or self.chosen == (NONE,):
            return super().conditions()
        span = self.spans.get(str(self.chosen[0]))
        first, last = self.ends
        if span is not None:
            first, last = span.ends(dt.date.fromisoformat(self.workspace.today()))
        found = [Condition(self.name, "from", (first,))] if first else []
        found += [Condition(self.name, "to", (last,))] if last else []
        if span is not None and span.overdue:
            course = self._course
            found.append(Condition(course.status, "not", (*course.done, *course.closed)))
        return tuple(found)

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
