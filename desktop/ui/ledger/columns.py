"""The columns of the ledger: what stands in each, and which of them go first where there is no room.

To add one: a `Column` in `COLUMNS`, and what it shows in `ledger.Row` and `texts`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtGui import QFontMetrics

from desktop.i18n import N_, _, format_date, format_number, join_parts
from desktop.model import FollowUp, field
from desktop.service.ledger import Row
from desktop.ui import theme
from desktop.ui.widgets.rag import chip_size

PAD = theme.SMALL
TITLE, WORDS = 0, 1
"""The first column, and the one of the last word, share what room there is."""
LEAST, LEAST_WORDS = 30, 16
"""Letters that they have at least."""
COMFORT, OPTIONAL = 26, 5
"""Letters more that they have before columns from this rank on get a place."""


class Column(NamedTuple):
    """`title` is a message id; '' takes that of the field `name`. `rank`: the higher, the sooner it goes."""

    name: str
    rank: int
    letters: int
    title: str = ""
    right: bool = False
    chip: bool = False
    date: bool = False


COLUMNS = (
    Column("title", 0, LEAST),
    Column("last_word", 4, LEAST_WORDS, N_("Last word")),
    Column("due_on", 1, 11, date=True),
    Column("days_overdue", 2, 6, N_("Days late"), right=True),
    Column("times_slipped", 5, 5, N_("Slipped"), right=True),
    Column("due_first", 8, 11, N_("First due"), date=True),
    Column("status", 6, 14, chip=True),
    Column("rag", 3, 8, chip=True),
    Column("owner", 7, 14),
    Column("meeting", 9, 12),
)


def title(column: Column) -> str:
    """What stands over a column."""
    return _(column.title) if column.title else field(FollowUp, column.name).title


def texts(row: Row) -> tuple[str, ...]:
    """What stands in the columns for one follow-up."""
    days = "" if row.days_overdue is None else format_number(row.days_overdue)
    word = " ".join(row.last_word.split())
    return (
        row.title,
        " · ".join(part for part in (format_date(row.last_on, "day") if row.last_on else "", word) if part),
        format_date(row.due_on) if row.due_on else "",
        days,
        format_number(row.times_slipped) if row.times_slipped else "",
        format_date(row.due_first) if row.due_first and row.due_first != row.due_on else "",
        field(FollowUp, "status").text(row.status),
        field(FollowUp, "rag").text(row.rag),
        row.owner,
        row.meeting,
    )


def spoken(row: Row, shown: tuple[str, ...]) -> str:
    """A follow-up as a screen reader tells it."""
    titles = (title(column) for column in COLUMNS[1:])
    told = (f"{head}: {text}" for head, text in zip(titles, shown[1:], strict=True) if text)
    return join_parts(f"{row.ref} {row.title}", *told)


def _scale(kind: Any) -> Any:
    """The keys of a choice, or of a computed one."""
    return getattr(kind, "as_", kind).scale


def widths(room: int, metrics: QFontMetrics) -> dict[int, int]:
    """The width of each column that has a place in so much room, by its number."""
    letter = metrics.averageCharWidth()
    wanted = {
        number: max(column.letters * letter, metrics.horizontalAdvance(title(column))) + 2 * PAD + theme.TIGHT
        for number, column in enumerate(COLUMNS)
    }
    for number, column in enumerate(COLUMNS):
        if column.date:
            days = (format_date(f"2026-{month:02d}-28") for month in range(1, 13))
            wanted[number] = max(map(metrics.horizontalAdvance, days)) + 2 * PAD + theme.TIGHT
        if column.chip:
            kind: Any = field(FollowUp, column.name)
            rag = "red" if column.name == "rag" else None
            chips = [chip_size(metrics, rag, kind.text(key)).width() for key in _scale(kind)]
            wanted[number] = max(wanted[number] if rag else 0, max(chips) + 2 * PAD)
    shown = sorted(wanted, key=lambda number: COLUMNS[number].rank)
    while len(shown) > 2:
        more = COMFORT * letter if COLUMNS[shown[-1]].rank >= OPTIONAL else 0
        if sum(wanted[number] for number in shown) + more <= room:
            break
        shown.pop()
    found = {number: wanted[number] for number in shown}
    left = max(0, room - sum(found.values()))
    if WORDS in found:
        found[WORDS] += left // 3
        left -= left // 3
    found[TITLE] += left
    return found
