"""Figures that are kept beside the records: how many of each mark of each picture there are, day by day.

A *picture* is what a tile shows (`rag.recommendation`), a *mark* one of its values (`red`). Some marks change by the
mere passing of days: so a record counts from the day on which it gets a mark (+1) to the day on which it loses it
(-1), and what stands on a day is the sum over all days up to it. `SummaryDay` has these steps, `SummaryNow` their sum
up to the one day in `SummaryDate`; triggers keep all of it in the transaction of whatever writes a record.

To add a picture: a line in `SUMMED`, and a migration that makes the triggers of `triggers()` anew and fills it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import peewee as pw

from desktop.model.base import Base, Entity
from desktop.model.computed import DUE_SOON_DAYS, STALE_DAYS, Course
from desktop.model.follow_up import FollowUp
from desktop.model.initiative import Initiative
from desktop.model.meeting import Meeting
from desktop.model.recommendation import Recommendation


class SummaryDay(Base):
    """By how much a mark of a picture changes on a day; '' is before all days."""

    picture = pw.TextField()
    day = pw.TextField()
    mark = pw.TextField()
    count = pw.IntegerField()

    class Meta:
        primary_key = pw.CompositeKey("picture", "day", "mark")
        without_rowid = True


class SummaryNow(Base):
    """How many of a mark of a picture stand on the day of `SummaryDate`."""

    picture = pw.TextField()
    mark = pw.TextField()
    count = pw.IntegerField()

    class Meta:
        primary_key = pw.CompositeKey("picture", "mark")
        without_rowid = True


class SummaryDate(Base):
    """The one day of `SummaryNow`; every operation brings it to its own."""

    day = pw.TextField(primary_key=True)

    class Meta:
        without_rowid = True


SUMMARIES: tuple[type[Base], ...] = (SummaryDay, SummaryNow, SummaryDate)


@dataclass(frozen=True)
class Summed:
    """What is counted of the records of a table, under a name that its triggers have too.

    `marks` gives for each picture the SQL of a record's mark on `{today}`, NULL or '' where it has none; `days` are
    the days on which any of them may change, of which `never` says that there are none. `steps` gives for each
    picture without such a mark a mark, a day and an amount.
    """

    name: str
    entity: type[Entity]
    marks: Mapping[str, str] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    never: str = "0"
    steps: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.entity.key()


def rag(entity: type[Entity]) -> str:
    """The name of the picture of the RAG of these records."""
    return f"rag.{entity.key()}"


def attention(entity: type[Entity]) -> str:
    """The name of the picture of what calls for attention among these records."""
    return f"attention.{entity.key()}"


OVERDUE, LATE, STATUS, COMING = "overdue.counterpart", "overdue.theirs", "status.follow_up", "coming.meeting"
RAISED, CLOSED, ACTIVITY = "raised.week", "closed.week", "activity"
STAGE, VALUED, HIGH, LOW = "stage", "stage.valued", "stage.high", "stage.low"
"""Names of pictures. `VALUED` counts the initiatives of a stage and currency that have a value. `HIGH` and
`LOW` are the values themselves, in millionths, cut before the last nine digits: a sum of whole numbers is exact, and
neither part outgrows the 64 bits that SQLite has."""

LIMB = 10**9
"""What a `HIGH` is worth in `LOW`s, which are millionths."""


def _followed(course: Course) -> tuple[tuple[str, ...], str]:
    """The days on which the course of a record changes by itself, and of which records it never does."""
    due, silent = f"{{t}}.{course.due}", "coalesce({t}.last_update_on, {t}.adopted_on)"
    soon, late = f"date({due}, '-{DUE_SOON_DAYS} days')", f"date({due}, '+1 day')"
    stale = f"date({silent}, '+{STALE_DAYS + 1} days')"
    return (soon, late, f"nullif(nullif({stale}, {soon}), {late})"), f"NOT {course.open}"


def _standing(entity: type[Any], among: str = "") -> dict[str, str]:
    """The pictures of RAG and attention; with `among`, of those records alone that it is true of."""
    found = {rag(entity): entity.rag.expression, attention(entity): entity.attention.expression}
    return {name: f"CASE WHEN {among} THEN {sql} END" if among else sql for name, sql in found.items()}


def _counterpart() -> str:
    """SQL: who owes, us or them, and the id of the other end: an organisation's or else a person's."""
    ends = {
        way: f"coalesce('o' || {{t}}.{end}_id, 'p' || {{t}}.{end}_person_id, '')"
        for way, end in (("us", "owed_to"), ("them", "owed_by"))
    }
    return f"CASE {{t}}.direction WHEN 'us' THEN 'us:' || {ends['us']} ELSE 'them:' || {ends['them']} END"


def _monday(day: str) -> str:
    """SQL: the Monday of the week of a day."""
    return f"date({{t}}.{day}, 'weekday 0', '-6 days')"


_MILLIONTHS = (
    "(replace(ltrim({t}.value, '-'), '.', '') || substr('000000', 1,"
    " 6 - CASE instr({t}.value, '.') WHEN 0 THEN 0 ELSE length({t}.value) - instr({t}.value, '.') END))"
)
"""SQL: the digits of a value without its sign, its unit a millionth."""
_SIGN = "CASE WHEN {t}.value LIKE '-%' THEN -1 ELSE 1 END"
_WORTH = "CASE WHEN {t}.value <> '' THEN {t}.stage || ':' || {t}.currency END"

SUMMED: tuple[Summed, ...] = (
    Summed(
        "recommendation_standing",
        Recommendation,
        _standing(Recommendation, "{t}.level = 'recommendation'"),
        *_followed(Recommendation.course),
    ),
    Summed("initiative_standing", Initiative, _standing(Initiative), *_followed(Initiative.course)),
    Summed(
        "initiative_stage",
        Initiative,
        steps={
            STAGE: ("{t}.stage", "''", "1"),
            VALUED: (_WORTH, "''", "1"),
            HIGH: (
                _WORTH,
                "''",
                f"{_SIGN} * CAST(substr({_MILLIONTHS}, 1, max(0, length({_MILLIONTHS}) - 9)) AS INTEGER)",
            ),
            LOW: (_WORTH, "''", f"{_SIGN} * CAST(substr({_MILLIONTHS}, -9) AS INTEGER)"),
        },
    ),
    Summed("follow_up_standing", FollowUp, _standing(FollowUp), *_followed(FollowUp.course)),
    Summed(
        "follow_up_late",
        FollowUp,
        {
            OVERDUE: f"CASE WHEN {FollowUp.course.overdue} THEN {_counterpart()} END",
            LATE: f"CASE WHEN {FollowUp.course.overdue} AND {{t}}.direction <> 'us' AND {{t}}.status <> 'waiting'"
            " THEN 'late' END",
        },
        ("date({t}.due_on, '+1 day')",),
        f"NOT {FollowUp.course.open}",
    ),
    Summed("follow_up_status", FollowUp, steps={STATUS: ("{t}.status", "''", "1")}),
    Summed("follow_up_raised", FollowUp, steps={RAISED: ("'raised'", _monday("raised_on"), "1")}),
    Summed("follow_up_closed", FollowUp, steps={CLOSED: ("'closed'", _monday("closed_on"), "1")}),
    Summed(
        "meeting_coming",
        Meeting,
        {
            COMING: "CASE WHEN {t}.state = 'planned' AND {t}.historic = 0 AND {t}.\"on\" >= {today}"
            " THEN 'coming' END"
        },
        # A month or a year is past as soon as its first day is reached: so the lists compare dates, too.
        (
            'CASE length({t}."on") WHEN 4 THEN {t}."on" || \'-01-01\' WHEN 7 THEN {t}."on" || \'-01\''
            " ELSE date({t}.\"on\", '+1 day') END",
        ),
        "{t}.state <> 'planned' OR {t}.historic <> 0",
    ),
)
"""What is counted; what follows from other columns stands apart, for SQLite reads the triggers of the columns that a
statement writes whenever it prepares one. The activity is counted by `service.summaries`: its days are those of the
post's clock."""


def pictures(summed: Summed) -> tuple[str, ...]:
    """The names of the pictures of a table."""
    return (*summed.marks, *summed.steps)


def _bound(sql: str, table: str, day: str = "''") -> str:
    """An expression of the model's over `table`, as on the SQL `day`."""

    def other(hole: re.Match[str]) -> str:
        return f"date({day}, '{hole[1]} days')" if hole[1] else day

    return re.sub(r"\{today([+-]\d+)?\}", other, sql).replace("{t}", table)


def columns(summed: Summed) -> list[str]:
    """The columns from which the figures follow, in alphabetical order."""
    texts = (
        *summed.marks.values(),
        *summed.days,
        summed.never,
        *(sql for step in summed.steps.values() for sql in step),
    )
    return sorted({name for text in texts for name in re.findall(r'\{t\}\."?(\w+)"?', text)})


def steps_sql(summed: Summed, rows: str) -> str:
    """The steps of some rows: picture, day, mark and by how much; `rows` give `columns` and a `sign` each."""
    parts = [
        f"SELECT '{picture}' AS picture, {_bound(day, 'r')} AS day, {_bound(mark, 'r')} AS mark,"
        f" r.sign * {_bound(amount, 'r')} AS n FROM ({rows}) AS r"
        for picture, (mark, day, amount) in summed.steps.items()
    ]
    if summed.marks:
        parts.append(_marks_sql(summed, rows))
    return (
        f"SELECT picture, day, mark, sum(n) FROM ({' UNION ALL '.join(parts)})"
        " WHERE day IS NOT NULL AND mark <> '' GROUP BY picture, day, mark HAVING sum(n) <> 0"
    )


def _marks_sql(summed: Summed, rows: str) -> str:
    """The steps of what changes with the days: on each such day, the mark that it gets, and the one that it had."""
    places = " UNION ALL ".join(f"SELECT {place} AS place" for place in range(len(summed.days) + 1))
    days = " ".join(f"WHEN {place} THEN {_bound(sql, 'r')}" for place, sql in enumerate(summed.days, 1))
    marks = " ".join(f"WHEN '{name}' THEN {_bound(sql, 'd', 'd.seen')}" for name, sql in summed.marks.items())
    names = " UNION ALL ".join(f"SELECT '{name}' AS picture" for name in summed.marks)
    dated = (
        f"SELECT r.*, CASE p.place WHEN 0 THEN '' {days} END AS day FROM ({rows}) AS r, ({places}) AS p"
        f" WHERE p.place = 0 OR ({_bound(summed.never, 'r')}) IS NOT TRUE"
    )
    seen = (
        "SELECT a.*, w.way, CASE w.way WHEN 1 THEN a.day ELSE date(a.day, '-1 day') END AS seen"
        f" FROM ({dated}) AS a, (SELECT 1 AS way UNION ALL SELECT -1) AS w"
        " WHERE a.day IS NOT NULL AND (w.way = 1 OR a.day <> '')"
    )
    return (
        f"SELECT q.picture, d.day, CASE q.picture {marks} END AS mark, d.sign * d.way AS n"
        f" FROM ({seen}) AS d, ({names}) AS q"
    )


_ADD = (
    "INSERT INTO summary_day (picture, day, mark, count) {steps}"
    " ON CONFLICT (picture, day, mark) DO UPDATE SET count = count + excluded.count"
)


def fill_sql(summed: Summed) -> str:
    """What adds the steps of all records of a table to tables that have none of them."""
    listed = ", ".join(f'"{name}"' for name in columns(summed))
    return _ADD.format(steps=steps_sql(summed, f'SELECT {listed}, 1 AS sign FROM "{summed.table}"'))


def triggers() -> Iterator[tuple[str, str]]:
    """Name and SQL of each trigger that keeps the figures."""
    for summed in SUMMED:
        table, names = summed.table, columns(summed)
        new = "SELECT " + ", ".join(f'NEW."{name}" AS "{name}"' for name in names) + ", 1 AS sign"
        old = "SELECT " + ", ".join(f'OLD."{name}" AS "{name}"' for name in names) + ", -1 AS sign"
        differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        for name, when, rows in (
            ("made", "AFTER INSERT ON {table}", new),
            ("changed", f"AFTER UPDATE OF {listed} ON {{table}} WHEN {differs}", f"{new} UNION ALL {old}"),
            ("gone", "AFTER DELETE ON {table}", old),
        ):
            name, when = f"{summed.name}_{name}", when.format(table=f'"{table}"')
            yield (
                name,
                f"CREATE TRIGGER {name} {when} BEGIN {_ADD.format(steps=steps_sql(summed, rows))}; END",
            )
    yield from _OF_THE_TABLES


_PASSED = "NEW.day <= (SELECT day FROM summary_date)"
_STANDS = (
    "INSERT INTO summary_now (picture, mark, count) VALUES (NEW.picture, NEW.mark, {by})"
    " ON CONFLICT (picture, mark) DO UPDATE SET count = count + excluded.count"
)
_OF_THE_TABLES = tuple(
    (name, f"CREATE TRIGGER {name} {when} BEGIN {sql}; END")
    for name, when, sql in (
        ("summary_day_made", f"AFTER INSERT ON summary_day WHEN {_PASSED}", _STANDS.format(by="NEW.count")),
        (
            "summary_day_changed",
            f"AFTER UPDATE OF count ON summary_day WHEN {_PASSED}",
            _STANDS.format(by="NEW.count - OLD.count"),
        ),
        (
            "summary_day_empty",
            "AFTER UPDATE OF count ON summary_day WHEN NEW.count = 0",
            "DELETE FROM summary_day WHERE picture = NEW.picture AND day = NEW.day AND mark = NEW.mark",
        ),
        (
            "summary_now_empty",
            "AFTER UPDATE OF count ON summary_now WHEN NEW.count = 0",
            "DELETE FROM summary_now WHERE picture = NEW.picture AND mark = NEW.mark",
        ),
    )
)
