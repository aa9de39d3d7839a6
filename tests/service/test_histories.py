"""Whatever is done, taking all of it back leaves what was there before, and bringing it back what was there after.

Histories are random sequences of what an officer can do; an act that is refused changes nothing.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import (
    FollowUp,
    Initiative,
    Invalid,
    Link,
    Meeting,
    Organisation,
    Person,
    Recommendation,
)
from desktop.service import (
    derive,
    directory,
    follow_ups,
    history,
    journal,
    links,
    meetings,
    progress,
    records,
    undo,
)
from desktop.service.conflicts import Conflict
from desktop.service.meetings import Attendee
from desktop.service.setup import change_facts
from desktop.service.workspace import Workspace
from tests.conftest import Clock
from tests.service.conftest import State, state
from tests.service.secretary import Secretary

COUNTRIES = ("CL", "JP", "US", "BO", "PE")


class Officer(Secretary):
    """Somebody who does what chance tells, on a workspace."""

    def __init__(self, workspace: Workspace, clock: Clock, chance: random.Random) -> None:
        self.workspace, self.clock, self.chance = workspace, clock, chance
        self.acts: tuple[Callable[[], Any], ...] = (
            self.add_follow_up,
            self.add_organisation,
            self.add_person,
            self.log_meeting,
            self.change_follow_up,
            self.change_organisation,
            self.change_person,
            self.change_sets,
            self.move_date,
            self.report,
            self.link,
            self.unlink,
            self.delete,
            self.hand_over,
            self.merge,
            self.change_workspace,
            self.bring_back,
            *self.duties(),
        )

    def act(self) -> bool:
        """Do one thing; returns whether it was done."""
        self.clock.forward(hours=self.chance.choice((0, 1, 30)))
        before = state()
        try:
            self.chance.choice(self.acts)()
        except (Invalid, Conflict):
            assert state() == before
            return False
        return True

    def one(self, *entities: type[Any]) -> Any:
        """Some record of these kinds."""
        entity = self.chance.choice(entities)
        found = list(entity.select().order_by(entity.uid))
        if not found:
            raise Invalid("none")
        return self.chance.choice(found)

    def maybe(self, *entities: type[Any]) -> int | None:
        return self.one(*entities).id if self.chance.random() < 0.7 else None

    def day(self) -> str:
        today = dt.date.fromisoformat(self.workspace.today())
        return (today + dt.timedelta(days=self.chance.randint(-40, 40))).isoformat()

    def word(self) -> str:
        return self.chance.choice(("cable", "会議", "São Paulo", "=1+1", "Ñandú", "x" * 90))

    def add_follow_up(self) -> None:
        values = {
            "title": self.word(),
            "owed_by": self.maybe(Organisation),
            "owed_by_person": self.maybe(Person),
            "due_on": self.day(),
            "countries": set(self.chance.sample(COUNTRIES, 2)),
        }
        follow_ups.add(self.workspace, values, [self.one(Recommendation, Initiative)])

    def add_organisation(self) -> None:
        kind = self.chance.choice(("ministry", "company", "international", ""))
        values = {"name": self.word(), "kind": kind, "country": self.chance.choice(COUNTRIES)}
        records.add(self.workspace, Organisation, values | {"parent": self.maybe(Organisation)})

    def add_person(self) -> None:
        values = {
            "name": self.word(),
            "organisation": self.maybe(Organisation),
            "officer": self.chance.choice((0, 1)),
        }
        records.add(self.workspace, Person, values)

    def log_meeting(self) -> None:
        meetings.log_meeting(
            self.workspace,
            {"title": self.word(), "on": self.day(), "counterparts": {self.one(Organisation).id}},
            [
                Attendee(person=self.one(Person).id),
                Attendee(name="John Doe", organisation=self.maybe(Organisation)),
            ],
            [{"title": self.word(), "owed_by": self.maybe(Organisation), "serves": [self.one(Initiative)]}],
            [self.one(Recommendation)],
        )

    def change_follow_up(self) -> None:
        values = {
            "title": self.word(),
            "owed_by": self.maybe(Organisation),
            "owed_by_person": self.maybe(Person),
            "owner": self.maybe(Person),
            "meeting": self.maybe(Meeting),
            "status": self.chance.choice(("open", "waiting", "done", "cancelled")),
            "raised_on": self.day(),
            "due_on": self.day(),
        }
        names = self.chance.sample(sorted(values), 3)
        told = {"outcome": self.word()} if "status" in names else {}
        changed = {name: values[name] for name in names} | told
        records.change(self.workspace, self.one(FollowUp), changed, reason="late")

    def change_organisation(self) -> None:
        values = {
            "kind": self.chance.choice(("ministry", "agency", "ngo", "")),
            "country": self.chance.choice(COUNTRIES),
            "side_set": self.chance.choice(("", "host", "private")),
            "parent": self.maybe(Organisation),
            "successor": self.maybe(Organisation),
        }
        names = self.chance.sample(sorted(values), 2)
        records.change(self.workspace, self.one(Organisation), {name: values[name] for name in names})

    def change_person(self) -> None:
        values = {"organisation": self.maybe(Organisation), "officer": self.chance.choice((0, 1))}
        records.change(self.workspace, self.one(Person), values)

    def change_sets(self) -> None:
        values: dict[str, Any] = {"countries": set(self.chance.sample(COUNTRIES, self.chance.randint(0, 3)))}
        record = self.one(Initiative, Recommendation, FollowUp, Meeting)
        if isinstance(record, Initiative):
            values["partners"] = {self.one(Organisation).id, self.one(Organisation).id}
        elif not isinstance(record, Meeting):
            values["co_owners"] = {self.one(Person).id}
        records.change(self.workspace, record, values)

    def move_date(self) -> None:
        record = self.one(FollowUp, Recommendation)
        name = "due_on" if isinstance(record, FollowUp) else "target_on"
        records.change(self.workspace, record, {name: self.chance.choice((self.day(), None))}, reason="late")

    def report(self) -> None:
        record = self.one(FollowUp, Recommendation, Initiative)
        scale = type(record).course.scale
        progress.report(
            self.workspace,
            record,
            status=self.chance.choice(("", *scale)),
            done=self.word(),
            on=self.workspace.today(),
        )

    def link(self) -> None:
        kinds = (FollowUp, Recommendation, Initiative, Meeting)
        links.link(self.workspace, self.one(*kinds), self.one(*kinds))

    def unlink(self) -> None:
        links.unlink(self.workspace, self.one(Link))

    def delete(self) -> None:
        kind = self.chance.choice((FollowUp, Recommendation, Initiative, Meeting, Organisation, Person))
        records.delete(self.workspace, {r.uid: r for r in (self.one(kind), self.one(kind))}.values())

    def hand_over(self) -> None:
        records.change_owner(self.workspace, list(FollowUp.select()), self.one(Person))

    def merge(self) -> None:
        kind = self.chance.choice((Organisation, Person))
        directory.merge(self.workspace, self.one(kind), [self.one(kind)])

    def change_workspace(self) -> None:
        change_facts(self.workspace, partners=self.chance.sample(COUNTRIES, 2))

    def bring_back(self) -> None:
        gone = history.deleted(self.workspace)
        if gone:
            history.bring_back(self.workspace, *self.chance.choice(gone))


def walked(step: Callable[[Workspace], str | None], workspace: Workspace) -> int:
    """How often undo or redo found something to do."""
    count = 0
    while step(workspace) is not None:
        count += 1
    return count


def is_derived_right(workspace: Workspace) -> None:
    """Fail unless the stored facts are those that a rebuild makes."""
    before = state()
    with workspace.engine.write():
        derive.rebuild(workspace.facts, workspace.today())
    assert state() == before


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("histories")


def all_of_it(path: Path, seed: int, length: int) -> tuple[State, State, int]:
    """Live through one history, checking on the way; returns the state before and after, and how much was done."""
    clock, chance = Clock(), random.Random(seed)
    workspace = Workspace.open(path, clock=clock)
    try:
        # A name of the officer's own, so that no merge takes the identity whose edits undo walks.
        workspace.sign_in("")
        before = state()
        officer = Officer(workspace, clock, chance)
        done = sum([officer.act() for _turn in range(length)])
        after = state()
        is_derived_right(workspace)
        undone = walked(undo.undo, workspace)
        assert state() == before
        is_derived_right(workspace)
        clock.forward(days=3)
        assert walked(undo.redo, workspace) == undone
        assert state() == after
        is_derived_right(workspace)
        assert walked(undo.undo, workspace) == undone
        assert state() == before
        assert journal.broken_at() is None
        assert workspace.engine.rows("PRAGMA foreign_key_check") == []
        return before, after, done
    finally:
        workspace.close()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), length=st.integers(1, 14))
def test_undo_of_everything_and_redo_of_everything(
    filled: Path, folder: Path, seed: int, length: int
) -> None:
    path = folder / "one.juntos"
    shutil.copy(filled, path)
    all_of_it(path, seed, length)


def test_the_histories_are_about_something(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.juntos"
    shutil.copy(filled, path)
    before, after, done = all_of_it(path, 7, 40)
    assert done > 20
    assert before != after
