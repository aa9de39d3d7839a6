"""The pictures of the Today page: what was read of each, as a figure with its words and where each mark leads.

To add one: a function here, its chart in `CHARTS`, and what it is drawn from in `service.today.PICTURES`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.i18n import (
    _,
    first_weekday,
    format_date,
    format_number,
    join_parts,
    month_name,
    ngettext,
    pgettext,
    weekday_name,
)
from desktop.model import FollowUp, Initiative, Recommendation, field
from desktop.model.scales import STAGE
from desktop.service import summaries, today
from desktop.service.summaries import Counterpart, Stage, Week
from desktop.ui.charts.bars import Bars
from desktop.ui.charts.chart import Chart
from desktop.ui.charts.columns import Columns
from desktop.ui.charts.figure import Cell, Figure, Row
from desktop.ui.charts.heatmap import HeatMap
from desktop.ui.widgets.rag import word


def _cell(value: int, spoken: str, entity: Any, conditions: Any) -> Cell:
    """A mark that leads to a list; nothing leads nowhere."""
    return Cell(value, format_number(value), spoken, (entity.key(), conditions) if value else None)


def rag(_day: str, counts: Mapping[str, int]) -> Figure:
    """Recommendations by RAG."""
    rows = tuple(
        Row(
            word(colour),
            (_cell(count, _("{rag}: {count}").format(rag=word(colour), count=format_number(count)),
                   Recommendation, today.standing(colour)),),
            rag=colour,
        )
        for colour, count in counts.items()
    )  # fmt: skip
    told = join_parts(*(row.cells[0].spoken for row in rows if row.cells[0] and row.cells[0].value))
    title, head = _("Recommendations by RAG"), field(Recommendation, "rag").title
    return Figure(
        title, told, (head, _(Recommendation.plural)), rows, empty=_("There is no recommendation yet.")
    )


def weeks(_day: str, found: Sequence[Week]) -> Figure:
    """Follow-ups raised and closed, week by week."""
    rows, month = [], _month_before(dt.date.fromisoformat(found[0].monday))
    for week in found:
        monday = dt.date.fromisoformat(week.monday)
        tick = month_name(monday.month, short=True) if monday.month != month else ""
        month = monday.month
        label = _("Week of {day}").format(day=format_date(week.monday))
        cells = tuple(
            _cell(
                count,
                join_parts(label, words.format(count=format_number(count))),
                FollowUp,
                today.in_week(what, week),
            )
            for what, count, words in (
                ("raised", week.raised, _("{count} raised")),
                ("closed", week.closed, _("{count} closed")),
            )
        )
        rows.append(Row(label, cells, tick))
    raised, closed = sum(week.raised for week in found), sum(week.closed for week in found)
    told = _("In the last {weeks} weeks {raised} follow-ups were raised and {closed} closed.").format(
        weeks=len(found), raised=format_number(raised), closed=format_number(closed)
    )
    heads = (_("Week"), pgettext("of follow-ups", "Raised"), pgettext("of follow-ups", "Closed"))
    empty = _("No follow-up was raised or closed in half a year.")
    return Figure(_("Raised and closed by week"), told, heads, tuple(rows), 2, empty)


def worst(_day: str, found: Sequence[Counterpart]) -> Figure:
    """The counterparts with whom most is overdue."""
    rows = []
    for other in found:
        name = other.name or _("Nobody named")
        ours = _("{name}: {count} overdue that we owe").format(name=name, count=format_number(other.ours))
        theirs = _("{name}: {count} overdue that is owed to us").format(
            name=name, count=format_number(other.theirs)
        )
        cells = (
            _cell(other.ours, ours, FollowUp, today.overdue_with(other, "us")),
            _cell(other.theirs, theirs, FollowUp, today.overdue_with(other, "them")),
        )
        rows.append(Row(name, cells))
    told = join_parts(
        *(_("{name}: {count}").format(name=row.label, count=format_number(other.count))
          for row, other in zip(rows, found, strict=True))
    )  # fmt: skip
    heads = (field(FollowUp, "counterpart").title, _("We owe"), _("Owed to us"))
    return Figure(_("Overdue by counterpart"), told, heads, tuple(rows), 2, _("Nothing is overdue."))


def stages(_day: str, found: Sequence[Stage]) -> Figure:
    """The pipeline."""
    rows = []
    for stage in found:
        name = _(STAGE[stage.key])
        worth = _worth(stage)
        spoken = join_parts(_("{name}: {count}").format(name=name, count=format_number(stage.count)), worth)
        cells = (
            _cell(stage.count, spoken, Initiative, today.at_stage(stage)),
            Cell(0, worth, spoken, (Initiative.key(), today.at_stage(stage)) if stage.count else None),
        )
        rows.append(Row(name, cells, note=worth))
    told = join_parts(*(row.cells[0].spoken for row in rows if row.cells[0] and row.cells[0].value))
    heads = (field(Initiative, "stage").title, _(Initiative.plural), field(Initiative, "value").title)
    return Figure(_("Pipeline by stage"), told, heads, tuple(rows), empty=_("There is no initiative yet."))


def _worth(stage: Stage) -> str:
    """What a stage is worth, by currency."""
    value: Any = Initiative.value
    return " · ".join(f"{currency} {value.text(f'{amount:f}')}".strip() for currency, amount in stage.totals)


def activity(day: str, found: Mapping[str, int]) -> Figure:
    """What was done, day by day for a year, in weeks that begin as the reader's do."""
    last, first = dt.date.fromisoformat(day), first_weekday()
    begin = last - dt.timedelta(days=(last.weekday() - first) % 7 + summaries.YEAR - 7)
    rows, month = [], _month_before(begin)
    for start in (begin + dt.timedelta(weeks=week) for week in range(summaries.YEAR // 7)):
        days = [start + dt.timedelta(days=number) for number in range(7)]
        tick = month_name(start.month, short=True) if start.month != month else ""
        month = start.month
        cells = tuple(
            _day_cell(each, found.get(each.isoformat(), 0)) if each <= last else None for each in days
        )
        rows.append(Row(_("Week of {day}").format(day=format_date(start)), cells, tick))
    heads = (_("Week"), *(weekday_name((first + number) % 7, short=True) for number in range(7)))
    told = _told_activity({row_day: n for row_day, n in found.items() if row_day >= begin.isoformat()})
    return Figure(_("Activity"), told, heads, tuple(rows), 7, _("Nothing was done yet."))


def _month_before(first: dt.date) -> int:
    """The month that the axis has told before its first day: a month that is nearly over is not named."""
    return first.month if first.day > 7 else 0


def _day_cell(day: dt.date, count: int) -> Cell:
    acts = ngettext("{count} change", "{count} changes", count).format(count=format_number(count))
    spoken = join_parts(format_date(day, "weekday"), acts)
    return Cell(count, format_number(count), spoken, ("activity", (day.isoformat(),)) if count else None)


def _told_activity(days: Mapping[str, int]) -> str:
    if not days:
        return _("Nothing was done yet.")
    most = max(days, key=lambda day: (days[day], day))
    return _("Changes in the last year: {count}. Days with changes: {days}. Most, {most}, on {day}.").format(
        count=format_number(sum(days.values())),
        days=format_number(len(days)),
        most=format_number(days[most]),
        day=format_date(most),
    )


CHARTS: dict[str, tuple[type[Chart], Callable[[str, Any], Figure]]] = {
    "rag": (Bars, rag),
    "weeks": (Columns, weeks),
    "worst": (Bars, worst),
    "stages": (Bars, stages),
    "activity": (HeatMap, activity),
}
"""The kind of chart of each picture, and what makes its figure of the day and of what was read."""
