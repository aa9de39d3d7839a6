"""The figures of the Today page, each in the time that a few rows take, however many records there are.

`model.summaries` says what is counted and how the figures stay right as days pass; here they are read, brought to the
day by each operation, and made anew by `rebuild`. Whatever reads takes the workspace, or what stands for it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from desktop.model import Entity, database
from desktop.model.dates import instant
from desktop.model.scales import RAG, STAGE
from desktop.model.summaries import (
    ACTIVITY,
    CLOSED,
    COMING,
    HIGH,
    LATE,
    LIMB,
    LOW,
    OVERDUE,
    RAISED,
    STATUS,
    SUMMED,
    VALUED,
    attention,
    fill_sql,
    pictures,
)
from desktop.model.summaries import (
    STAGE as STAGES,
)
from desktop.model.summaries import (
    rag as rag_picture,
)

DONE_BY_HAND = ("window", "command_line", "import")
"""Sources of the operations that are somebody's activity."""
WEEKS, WORST, YEAR = 26, 10, 371
"""Weeks of what was opened and closed, the counterparts that are told, days of activity: 53 weeks."""

_CHANGED = (
    "SELECT mark, count AS n FROM summary_day WHERE picture = :picture AND day > :{after} AND day <= :{until}"
)
_FORWARD = _CHANGED.format(after="since", until="today")
_BACK = _CHANGED.format(after="today", until="since").replace("count AS n", "-count AS n")
_STANDING = (
    "SELECT mark, sum(n) FROM (SELECT mark, count AS n FROM summary_now WHERE picture = :picture"
    f" UNION ALL {_FORWARD} UNION ALL {_BACK}) GROUP BY mark HAVING sum(n) <> 0"
)
"""Of the two that reach from the day of the figures to today, one has rows; mostly neither has any."""
_DAYS = "SELECT day, mark, count FROM summary_day WHERE picture = ? AND day BETWEEN ? AND ?"


def since(workspace: Any) -> str:
    """The day of the figures that stand."""
    return str(workspace.engine.rows("SELECT day FROM summary_date")[0][0])


def standing(workspace: Any, picture: str) -> dict[str, int]:
    """How many there are of each mark of a picture today; a mark that nothing has is left out."""
    asked = {"picture": picture, "since": since(workspace), "today": workspace.today()}
    return dict(workspace.engine.rows(_STANDING, asked))


def rag(workspace: Any, entity: type[Entity]) -> dict[str, int]:
    """How many records are red, amber, green and grey; of recommendations, those of that level only."""
    return dict.fromkeys(RAG, 0) | standing(workspace, rag_picture(entity))


# ---- counts of the day


def needing(workspace: Any, entity: type[Entity], what: str) -> int:
    """How many records call for attention because they are `overdue`, `due_soon` or `stale`."""
    return standing(workspace, attention(entity)).get(what, 0)


def due_between(workspace: Any, entity: type[Entity], first: str, last: str) -> int:
    """How many open records are due on these days: on the next day each of them would be overdue."""
    days = (_after(first), _after(last))
    rows = workspace.engine.rows(_DAYS, (attention(entity), *days))
    return sum(count for _day, mark, count in rows if mark == "overdue")


def waiting(workspace: Any) -> tuple[int, int]:
    """How many follow-ups were set to wait, and how many others owe, and are late with."""
    return standing(workspace, STATUS).get("waiting", 0), standing(workspace, LATE).get("late", 0)


def coming(workspace: Any) -> int:
    """How many meetings are planned for today or later."""
    return standing(workspace, COMING).get("coming", 0)


def _after(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


# ---- pictures


@dataclass(frozen=True)
class Week:
    """How many follow-ups were raised and closed from a Monday to the Sunday after it."""

    monday: str
    raised: int
    closed: int

    @property
    def sunday(self) -> str:
        """Its last day."""
        return (dt.date.fromisoformat(self.monday) + dt.timedelta(days=6)).isoformat()


def weeks(workspace: Any, count: int = WEEKS) -> tuple[Week, ...]:
    """The last weeks, this one included, the oldest first."""
    today = dt.date.fromisoformat(workspace.today())
    last = today - dt.timedelta(days=today.weekday())
    mondays = [(last - dt.timedelta(weeks=back)).isoformat() for back in reversed(range(count))]
    found = {
        picture: {
            day: n for day, _mark, n in workspace.engine.rows(_DAYS, (picture, mondays[0], mondays[-1]))
        }
        for picture in (RAISED, CLOSED)
    }
    return tuple(Week(day, found[RAISED].get(day, 0), found[CLOSED].get(day, 0)) for day in mondays)


@dataclass(frozen=True)
class Counterpart:
    """How much is overdue with one counterpart: an organisation, else a person, or neither: nobody is named."""

    organisation: int | None
    person: int | None
    name: str
    ours: int
    """What we owe it."""
    theirs: int
    """What it owes us, or the other way round of whoever owes it."""

    @property
    def count(self) -> int:
        """Both together."""
        return self.ours + self.theirs


def worst(workspace: Any, count: int = WORST) -> tuple[Counterpart, ...]:
    """The counterparts with whom most is overdue, the worst first."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for mark, n in standing(workspace, OVERDUE).items():
        way, _colon, other = mark.partition(":")
        found[other][way] = n
    ranked = sorted(found, key=lambda other: (-sum(found[other].values()), other))[:count]
    names = _names(workspace, ranked)
    return tuple(
        Counterpart(
            int(other[1:]) if other[:1] == "o" else None,
            int(other[1:]) if other[:1] == "p" else None,
            names.get(other, ""),
            found[other].get("us", 0),
            found[other].get("them", 0),
        )
        for other in ranked
    )


def _names(workspace: Any, others: Sequence[str]) -> dict[str, str]:
    """What organisations and people are called in lists."""
    names = {}
    for letter, sql in (
        ("o", "SELECT id, coalesce(nullif(acronym, ''), name) FROM organisation WHERE id IN ({})"),
        ("p", "SELECT id, name FROM person WHERE id IN ({})"),
    ):
        ids = [int(other[1:]) for other in others if other[:1] == letter]
        if ids:
            rows = workspace.engine.rows(sql.format(", ".join("?" * len(ids))), ids)
            names.update({f"{letter}{number}": str(name) for number, name in rows})
    return names


@dataclass(frozen=True)
class Stage:
    """One stage of the pipeline: `key` is that of the scale."""

    key: str
    count: int
    totals: tuple[tuple[str, Decimal], ...]
    """What its initiatives are worth, exactly, by currency in alphabetical order."""
    unvalued: int


def stages(workspace: Any) -> tuple[Stage, ...]:
    """All stages in order."""
    counts, valued, high, low = (standing(workspace, picture) for picture in (STAGES, VALUED, HIGH, LOW))
    worth: defaultdict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    unvalued = Counter(counts)
    for mark in sorted(valued):
        stage, _colon, currency = mark.partition(":")
        worth[stage].append((currency, _plain(high.get(mark, 0) * LIMB + low.get(mark, 0))))
        unvalued[stage] -= valued[mark]
    return tuple(Stage(key, counts.get(key, 0), tuple(worth[key]), unvalued[key]) for key in STAGE)


def _plain(millionths: int) -> Decimal:
    """An amount without needless zeros, whatever its size."""
    whole, part = divmod(abs(millionths), 10**6)
    text = f"{whole}.{part:06}".rstrip("0").rstrip(".")
    return Decimal(f"-{text}" if millionths < 0 else text)


def activity(workspace: Any, days: int = YEAR) -> dict[str, int]:
    """How many operations officers did on each of the last days, by the post's clock; quiet days are left out."""
    today = workspace.today()
    first = (dt.date.fromisoformat(today) - dt.timedelta(days=days - 1)).isoformat()
    return {day: n for day, _mark, n in workspace.engine.rows(_DAYS, (ACTIVITY, first, today))}


# ---- keeping


def note(today: str, source: str) -> None:
    """Within an operation: bring the figures to its day, and count it as activity where it is somebody's."""
    bring(today)
    if source in DONE_BY_HAND:
        # The triggers of an insertion are read for the first one of a day alone.
        once = "UPDATE summary_day SET count = count + 1 WHERE picture = ? AND day = ? AND mark = 'done'"
        if not database.execute_sql(once, (ACTIVITY, today)).rowcount:
            _add_activity({today: 1})


def bring(today: str) -> None:
    """In a writing transaction: let the figures that stand be those of this day."""
    before = str(database.execute_sql("SELECT day FROM summary_date").fetchone()[0])
    if before != today:
        _move(before, today)


def _move(before: str, today: str) -> None:
    """Let the figures that stand be those of another day, later or earlier."""
    first, last, way = (before, today, 1) if before < today else (today, before, -1)
    for picture in (*(name for summed in SUMMED for name in pictures(summed)), ACTIVITY):
        database.execute_sql(
            "INSERT INTO summary_now (picture, mark, count) SELECT picture, mark, ? * sum(count) FROM summary_day"
            " WHERE picture = ? AND day > ? AND day <= ? GROUP BY mark HAVING sum(count) <> 0"
            " ON CONFLICT (picture, mark) DO UPDATE SET count = count + excluded.count",
            (way, picture, first, last),
        )
    database.execute_sql("UPDATE summary_date SET day = ?", (today,))


def _add_activity(days: Mapping[str, int]) -> None:
    database.connection().executemany(
        "INSERT INTO summary_day (picture, day, mark, count) VALUES (?, ?, 'done', ?)"
        " ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count",
        [(ACTIVITY, day, count) for day, count in days.items()],
    )


def rebuild_activity(zone: str) -> None:
    """Count the activity anew: its days are those of the post's clock, and that was moved."""
    database.execute_sql("DELETE FROM summary_now WHERE picture = ?", (ACTIVITY,))
    database.execute_sql("DELETE FROM summary_day WHERE picture = ?", (ACTIVITY,))
    clock, days = ZoneInfo(zone), Counter[str]()
    holes = ", ".join("?" * len(DONE_BY_HAND))
    rows = database.connection().execute(
        f'SELECT at FROM "operation" WHERE source IN ({holes})', DONE_BY_HAND
    )
    for (at,) in rows:
        days[instant(at).astimezone(clock).date().isoformat()] += 1
    _add_activity(days)


def rebuild(today: str, zone: str) -> None:
    """All figures anew from the records, as of a day; in a writing transaction."""
    for table in ("summary_now", "summary_day", "summary_date"):
        database.execute_sql(f"DELETE FROM {table}")
    # Without a day nothing stands: the triggers leave it to the one statement after all steps are there.
    for summed in SUMMED:
        database.execute_sql(fill_sql(summed))
    rebuild_activity(zone)
    database.execute_sql(
        "INSERT INTO summary_now (picture, mark, count) SELECT picture, mark, sum(count) FROM summary_day"
        " WHERE day <= ? GROUP BY picture, mark HAVING sum(count) <> 0",
        (today,),
    )
    database.execute_sql("INSERT INTO summary_date (day) VALUES (?)", (today,))
