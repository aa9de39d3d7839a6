"""The figures that are kept are those that counting would give: for every day, whatever was done, undone or moved."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import shutil
from collections import Counter
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.model import (
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Operation,
    Organisation,
    Person,
    Recommendation,
)
from desktop.model.followed import Followed
from desktop.model.scales import RAG
from desktop.service import derive, pipeline, progress, query, records, summaries, today, undo
from desktop.service.conflicts import Conflict
from desktop.service.query import Condition, Query
from desktop.service.setup import change_facts
from desktop.service.workspace import Workspace
from tests.conftest import Clock
from tests.service.conftest import World

KINDS: tuple[Any, ...] = (Recommendation, Initiative, FollowUp)
TABLES = ("summary_day", "summary_now", "summary_date")


def counted(workspace: Workspace, entity: Any, *where: Condition) -> int:
    return query.count(workspace, Query(entity, ("ref",), where=where))


def check(workspace: Workspace) -> None:
    """Every figure is what the lists count on this day."""
    day = workspace.today()
    for entity in KINDS:
        among = (today.COUNTED,) if entity is Recommendation else ()
        shown = summaries.rag(workspace, entity)
        assert shown == {c: counted(workspace, entity, *among, Condition("rag", "in", (c,))) for c in RAG}, (
            day
        )
        for what in ("overdue", "due_soon", "stale"):
            asked = (*among, Condition("attention", "in", (what,)))
            assert summaries.needing(workspace, entity, what) == counted(workspace, entity, *asked), (
                day,
                what,
            )
    board = today.board(workspace)
    for name, (_title, asked) in today.queries(workspace).items():
        assert board.tiles[name].counts == tuple(query.count(workspace, each) for each in asked), (day, name)
    check_pictures(workspace)


def check_pictures(workspace: Workspace) -> None:
    """The pictures are what their lists count, mark by mark."""
    for week in summaries.weeks(workspace):
        for name, count in (("raised_on", week.raised), ("closed_on", week.closed)):
            span = (Condition(name, "from", (week.monday,)), Condition(name, "to", (week.sunday,)))
            assert counted(workspace, FollowUp, *span) == count, week
    told = summaries.worst(workspace, 1000)
    for each in told:
        for way, count in (("us", each.ours), ("them", each.theirs)):
            assert counted(workspace, FollowUp, *today.overdue_with(each, way)) == count, each
    assert sum(each.count for each in told) == summaries.needing(workspace, FollowUp, "overdue")
    assert [each.count for each in told] == sorted((each.count for each in told), reverse=True)
    kept = [(s.key, s.count, s.totals, s.unvalued) for s in summaries.stages(workspace)]
    found = pipeline.pipeline(workspace, Query(Initiative, ()))
    assert kept == [(s.key, s.count, s.totals, s.unvalued) for s in found]
    done = Operation.select(Operation.at).where(Operation.source.in_(summaries.DONE_BY_HAND)).tuples()
    days = Counter(workspace.local(at).date().isoformat() for (at,) in list(done))
    first = (dt.date.fromisoformat(workspace.today()) - dt.timedelta(days=summaries.YEAR - 1)).isoformat()
    seen = {day: n for day, n in days.items() if first <= day <= workspace.today()}
    assert summaries.activity(workspace) == seen


def tables(workspace: Workspace) -> list[Any]:
    return [workspace.engine.rows(f"SELECT * FROM {table}") for table in TABLES]


def check_rebuilt(workspace: Workspace) -> None:
    """Made anew, the tables are the same to the last row."""
    before = tables(workspace)
    with workspace.engine.write():
        derive.rebuild(workspace.facts, summaries.since(workspace))
    for was, now in zip(before, tables(workspace), strict=True):
        assert (sorted(set(was) - set(now)), sorted(set(now) - set(was))) == ([], [])


class Busy:
    """Does what chance tells to whatever is counted."""

    def __init__(self, workspace: Workspace, chance: random.Random) -> None:
        self.workspace, self.chance = workspace, chance
        self.acts = (
            self.add,
            self.change,
            self.change,
            self.report,
            self.delete,
            self.back,
            self.again,
            self.zone,
        )

    def act(self) -> None:
        with suppress(Invalid, Conflict):
            self.chance.choice(self.acts)()

    def day(self) -> str | None:
        far = self.chance.choice((1, 15, 70, 400))
        day = dt.date.fromisoformat(self.workspace.today()) + dt.timedelta(
            days=self.chance.randint(-far, far)
        )
        return self.chance.choice((day.isoformat(), day.isoformat(), None))

    def one(self, *entities: Any) -> Any:
        found = list(self.chance.choice(entities).select())
        if not found:
            raise Invalid("none")
        return self.chance.choice(found)

    def maybe(self, entity: Any) -> int | None:
        return self.one(entity).id if self.chance.random() < 0.6 else None

    def values(self, entity: Any) -> dict[str, Any]:
        pick = self.chance.choice
        if entity is Meeting:
            on = pick((self.day(), "2026", "2027-01", "2026-12")) or "2026-11-21"
            return {
                "title": "Talk",
                "on": on,
                "state": pick(("planned", "held")),
                "historic": pick((0, 0, 1)),
            }
        course = entity.course
        given: dict[str, Any] = {
            course.status: pick(tuple(course.scale)),
            course.due: self.day(),
            "owner": self.maybe(Person),
            "rag_set": pick(("", "", "", "red", "green")),
            "rag_reason": "As agreed",
            entity.naming: "Something",
        }
        if entity is Recommendation:
            given["level"] = pick(("recommendation", "recommendation", "heading", "ask"))
        elif entity is Initiative:
            given["value"] = pick(("", "0", "-12.5", "400000000", "999999999999999.999999", "0.000001", "7"))
            given["currency"] = pick(("USD", "JPY", ""))
        else:
            for end in ("owed_by", "owed_to"):
                given[end], given[f"{end}_person"] = self.maybe(Organisation), self.maybe(Person)
            given |= {"raised_on": self.day(), "outcome": "So", "closed_on": self.day()}
            if given["status"] not in course.ended:
                given["closed_on"] = None
        return given

    def add(self) -> None:
        entity = self.chance.choice((*KINDS, FollowUp, Meeting))
        records.add(self.workspace, entity, self.values(entity))

    def change(self) -> None:
        record = self.one(*KINDS, FollowUp, Meeting)
        values = self.values(type(record))
        kept = self.chance.sample(sorted(values), self.chance.randint(1, len(values)))
        records.change(self.workspace, record, {name: values[name] for name in kept}, reason="Late")

    def report(self) -> None:
        record = self.one(*KINDS)
        assert isinstance(record, Followed)
        progress.report(self.workspace, record, done="Talked", on=self.day() or "")

    def delete(self) -> None:
        records.delete(self.workspace, [self.one(*KINDS, Meeting)])

    def back(self) -> None:
        undo.undo(self.workspace)

    def again(self) -> None:
        undo.redo(self.workspace)

    def zone(self) -> None:
        change_facts(self.workspace, zone=self.chance.choice(("Asia/Tokyo", "America/Santiago", "UTC")))


@given(seed=st.integers(0, 10**9), busy=st.integers(1, 25))
@example(seed=4711, busy=60)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_what_counting_gives(seed: int, busy: int, filled: Path, tmp_path: Path) -> None:
    chance, clock, path = random.Random(seed), Clock(), tmp_path / f"{seed}-{busy}.juntos"
    shutil.copy(filled, path)
    workspace = Workspace.open(path, clock=clock)
    workspace.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    try:
        officer = Busy(workspace, chance)
        for _turn in range(busy):
            officer.act()
            if chance.random() < 0.2:
                workspace.bring_figures()
            if chance.random() < 0.4:
                clock.forward(hours=chance.choice((1, 13, 24, 24 * 15, 24 * 62, -24 * 3, -24 * 40)))
        check(workspace)
        check_rebuilt(workspace)
        stood = clock.now
        for days in (*range(-20, 21), 61, 62, 75, 200, 600, -400):
            clock.now = stood + dt.timedelta(days=days)
            check(workspace)
    finally:
        workspace.close()
        path.unlink()


RELEASED = sorted((Path(__file__).parents[1] / "store" / "released").glob("*.juntos.gz"))


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_an_older_file_is_counted_when_it_is_opened(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.juntos"
    path.write_bytes(gzip.decompress(released.read_bytes()))
    workspace = Workspace.open(path, clock=Clock())
    try:
        check(workspace)
        check_rebuilt(workspace)
        assert sum(summaries.activity(workspace).values()) > 0
    finally:
        workspace.close()


def test_what_is_taken_back_within_an_operation_is_not_counted(world: World) -> None:
    before = tables(world.workspace)
    with suppress(Invalid), world.workspace.operation("Half") as writing:
        writing.create(FollowUp, {"title": "Never", "due_on": "2026-11-01"})
        raise Invalid("no")
    assert tables(world.workspace) == before


def test_an_amount_is_summed_exactly(world: World) -> None:
    values = ("999999999999999.999999", "-0.000001", "0.5", "123456789012345.123456", "-7")
    for value in values:
        records.add(
            world.workspace, Initiative, {"name": "Large", "stage": "idea", "value": value, "currency": "JPY"}
        )
    idea = summaries.stages(world.workspace)[0]
    assert idea.totals == (("JPY", sum(map(Decimal, values), Decimal(0))),)


def test_figures_are_brought_to_the_day_without_an_operation(world: World, clock: Clock) -> None:
    workspace = world.workspace
    done = Operation.select().count()
    clock.forward(days=180)
    shown = summaries.standing(workspace, summaries.OVERDUE)
    workspace.bring_figures()
    assert summaries.since(workspace) == workspace.today()
    assert summaries.standing(workspace, summaries.OVERDUE) == shown
    assert Operation.select().count() == done
    check(workspace)
    check_rebuilt(workspace)
