"""`juntos today`: the figures of the day and the lists behind them, as the Today page shows them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.i18n import _, format_date, format_number, join_parts, pgettext
from desktop.model import FollowUp, Initiative, Recommendation, field
from desktop.model.scales import RAG, STAGE
from desktop.service import query
from desktop.service import today as day
from desktop.service.today import Board, Tile


def today(asked: Namespace) -> None:
    """`juntos today`"""
    with opened(asked) as workspace:
        board = day.board(workspace)
        if asked.format == "json":
            output.one({"day": workspace.today(), **_named(board)})
            return
        print(format_date(workspace.today(), "weekday"))
        for tile in board.tiles.values():
            _tile(tile)
        _pictures(board)


def _tile(tile: Tile) -> None:
    """A list of the day: how many it has, and the first of them."""
    print(f"\n{_(tile.title)}: {format_number(tile.count)}")
    rows = [query.shown(asked, row) for asked, row in tile.rows]
    output.pairs((shown[0], join_parts(*shown[1:])) for shown in rows)


def _pictures(board: Board) -> None:
    """The pictures as tables; the activity, a year of days, as its sum."""
    pictures = board.pictures
    print()
    rag = [(_(RAG[colour]), format_number(count)) for colour, count in pictures["rag"].items()]
    output.table(
        [field(Recommendation, "rag").title, _(Recommendation.plural)], rows=rag, right=[False, True]
    )
    print()
    heads = [_("Week"), pgettext("of follow-ups", "Raised"), pgettext("of follow-ups", "Closed")]
    weeks = [
        (format_date(w.monday), format_number(w.raised), format_number(w.closed)) for w in pictures["weeks"]
    ]
    output.table(heads, weeks, [False, True, True])
    if pictures["worst"]:
        print(f"\n{_('Overdue by counterpart')}")
        worst = [
            (other.name or _("Nobody named"), format_number(other.ours), format_number(other.theirs))
            for other in pictures["worst"]
        ]
        output.table(
            [field(FollowUp, "counterpart").title, _("We owe"), _("Owed to us")], worst, [False, True, True]
        )
    print()
    stages = [(_(STAGE[s.key]), format_number(s.count), _worth(s.totals)) for s in pictures["stages"]]
    heads = [field(Initiative, "stage").title, _(Initiative.plural), field(Initiative, "value").title]
    output.table(heads, stages, [False, True, False])
    days = pictures["activity"]
    told = _("Changes in the last year: {count}. Days with changes: {days}.")
    print("\n" + told.format(count=format_number(sum(days.values())), days=format_number(len(days))))


def _worth(totals: Any) -> str:
    value: Any = field(Initiative, "value")
    return " · ".join(f"{currency} {value.text(f'{amount:f}')}".strip() for currency, amount in totals)


def _named(board: Board) -> dict[str, Any]:
    """The day as objects: keys of scales, days as ISO dates, amounts as exact decimals in text."""
    pictures = board.pictures
    return {
        "lists": {
            name: {
                "count": tile.count,
                "first": [
                    {"kind": asked.entity.key(), **dict(zip(asked.columns, row[1:], strict=True))}
                    for asked, row in tile.rows
                ],
            }
            for name, tile in board.tiles.items()
        },
        "recommendations_by_rag": pictures["rag"],
        "follow_ups_by_week": [
            {"monday": week.monday, "raised": week.raised, "closed": week.closed}
            for week in pictures["weeks"]
        ],
        "overdue_by_counterpart": [
            {"name": other.name, "we_owe": other.ours, "owed_to_us": other.theirs}
            for other in pictures["worst"]
        ],
        "pipeline_by_stage": [
            {
                "stage": stage.key,
                "count": stage.count,
                "values": {currency: f"{amount:f}" for currency, amount in stage.totals},
                "without_value": stage.unvalued,
            }
            for stage in pictures["stages"]
        ],
        "activity": pictures["activity"],
    }


COMMANDS: dict[str, Callable[[Namespace], None]] = {"today": today}
