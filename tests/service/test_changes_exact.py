"""What changed between two points of the journal: exactly what somebody sees who looked at all records at both."""

from __future__ import annotations

import random
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.model import (
    ENTITIES,
    RECORDS,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    field,
)
from desktop.model.visibility import AUDIENCES, texts, with_text
from desktop.service import changes, reporting, undo
from desktop.service.changes import states
from desktop.service.changes.sight import Sight
from desktop.service.changes.wording import PARTS as TOLD
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace
from tests.conftest import Clock
from tests.service.onlooker import Look, Onlooker
from tests.service.test_histories import Officer

MANY = 30
"""Histories that are tried until one has what is looked for: chance decides, and the first mostly has it."""


class Post(Officer):
    """Officers who take back, bring back, share and hide, and whom somebody looks at after each act."""

    def __init__(self, workspace: Workspace, clock: Clock, chance: random.Random) -> None:
        super().__init__(workspace, clock, chance)
        again = (self.take_back, self.bring_again, self.share, self.report_much)
        self.acts = (*self.acts, *again, *again, *again)
        self.onlooker = Onlooker()
        self.frozen: list[tuple[Any, Look]] = []
        self.done = 0

    def act(self) -> bool:
        self.clock.forward(hours=self.chance.choice((0, 1, 30)))
        officers = [None, *Person.select().where(Person.officer == 1).order_by(Person.uid)]
        officer = self.chance.choice(officers)
        self.workspace.sign_in(officer.uid if officer is not None else "")
        try:
            self.chance.choice(self.acts)()
        except (Invalid, Conflict):
            return False
        self.onlooker.look()
        self.done += 1
        return True

    def freeze(self) -> None:
        """Close a report, and remember how everything stood."""
        report = reporting.freeze(self.workspace, {"title": f"Report {len(self.frozen)}"})
        self.frozen.append((report, self.onlooker.now))

    def take_back(self) -> None:
        for _turn in range(self.chance.randint(1, 4)):
            undo.undo(self.workspace)
            self.onlooker.look()

    def bring_again(self) -> None:
        for _turn in range(self.chance.randint(1, 4)):
            undo.redo(self.workspace)
            self.onlooker.look()

    def report_much(self) -> None:
        for _turn in range(2):
            self.report()
            self.onlooker.look()

    def share(self) -> None:
        """Show some of the records, their texts and their parts to others, or hide them again."""
        with self.workspace.operation("Share") as writing:
            for kind in (FollowUp, Recommendation, Initiative, Meeting, Organisation, Person, *TOLD):
                rows = list(kind.select().order_by(kind.uid))
                for row in self.chance.sample(rows, (len(rows) + 1) // 2):
                    values = {"visibility": self.chance.choice(AUDIENCES)}
                    if kind in ENTITIES:
                        text = self.chance.choice(texts(kind)).name
                        values["text_visibility"] = with_text(row, text, self.chance.choice(AUDIENCES))
                    writing.change(row, values)


def check(post: Post, audience: str) -> None:
    """Compare what is said of each stretch between two reports, and since each, with what the onlooker says."""
    read = post.workspace.engine.rows
    ends: list[tuple[int | None, Look]] = [
        (changes.of(report).operation, look) for report, look in post.frozen
    ]
    ends.append((None, post.onlooker.now))
    for number, (report, was) in enumerate(post.frozen):
        for until, now in ends[number:]:
            delta = changes.since(read, changes.of(report), until=until, audience=audience)
            compare(delta, post.onlooker, was, now, audience, (changes.of(report).operation, until))


def compare(
    delta: changes.Delta,
    onlooker: Onlooker,
    was: Look,
    now: Look,
    audience: str,
    span: tuple[int, int | None],
) -> None:
    expected = onlooker.says(was, now, audience, span[1])
    assert {each.uid: set(each.marks) for each in delta.moved} == {
        uid: set(said.marks) for uid, said in expected.items()
    }
    cells: dict[str, list[Any]] = {}
    for cell in delta.cells:
        cells.setdefault(cell.uid, []).append(cell)
    assert list(cells) == [each.uid for each in delta.moved]
    for moved in delta.moved:
        said, told = expected[moved.uid], cells[moved.uid]
        entity: Any = RECORDS[moved.entity]
        assert (moved.name, moved.status, moved.due) == (said.name, said.status, said.due)
        assert list(moved.fields) == list(said.fields)
        first = [(cell.field, cell.was, cell.is_) for cell in told[: len(told) - len(said.parts)]]
        whole = {"new": ("New", "", moved.name), "deleted": ("Deleted", moved.name, "")}
        assert first == [
            *(whole[mark] for mark in moved.marks if mark in whole),
            *((field(entity, name).title, *words) for name, words in said.fields.items()),
        ]
        parts = told[len(first) :]
        assert sorted((c.field, bool(c.was), bool(c.is_)) for c in parts) == sorted(said.parts)
        if audience == "internal":
            for name, cell in zip(moved.fields, told, strict=False):
                assert (cell.by, cell.at) == _last(onlooker, moved.uid, name, span)
        assert delta.words(moved.uid)


def _last(onlooker: Onlooker, uid: str, name: str, span: tuple[int, int | None]) -> tuple[str, str]:
    """By whom and when a value was changed last, within a stretch of the journal."""
    seen = [*onlooker.touched.get((uid, name), ()), *onlooker.touched.get((uid, "*"), ())]
    return max(each for each in seen if span[0] < each[0] <= (span[1] or each[0]))[1:]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("changes")


@contextmanager
def lived(filled: Path, folder: Path, seed: int, stretches: list[int]) -> Iterator[Post]:
    """A history with a report frozen before each stretch of so many acts."""
    path = folder / f"{uuid.uuid4()}.juntos"
    shutil.copy(filled, path)
    clock, chance = Clock(), random.Random(seed)
    workspace = Workspace.open(path, clock=clock)
    try:
        post = Post(workspace, clock, chance)
        # Chance picks records in the order of their uids: the same seed tells the same story.
        made = iter(lambda: uuid.UUID(int=chance.getrandbits(128), version=4), None)
        with mock.patch("uuid.uuid4", side_effect=made):
            for length in stretches:
                post.freeze()
                for _turn in range(length):
                    post.act()
        yield post
    finally:
        workspace.close()
        path.unlink()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(seed=7, stretches=[25, 25], audience="internal")
@example(seed=8, stretches=[25, 25], audience="partner")
@given(
    seed=st.integers(0, 10**9),
    stretches=st.lists(st.integers(0, 14), min_size=1, max_size=3),
    audience=st.sampled_from(AUDIENCES),
)
def test_two_reports_give_the_exact_list(
    filled: Path, folder: Path, seed: int, stretches: list[int], audience: str
) -> None:
    with lived(filled, folder, seed, stretches) as post:
        check(post, audience)


def test_the_histories_are_about_something(filled: Path, folder: Path) -> None:
    wanted = {*changes.MARKS} - {"reopened"} | {
        "update",
        "extension",
        "link",
        "attendance",
        "agenda_item",
        "point",
        *AUDIENCES,
    }
    seen: set[str] = set()
    for seed in range(MANY):
        with lived(filled, folder, seed, [20, 20]) as post:
            read, frozen = post.workspace.engine.rows, [changes.of(report) for report, _look in post.frozen]
            for since in (*frozen, changes.EVER):
                delta = changes.since(read, since)
                seen |= delta.counts.keys() | {part for moved in delta.moved for part in moved.parts}
            seen |= {each for each in AUDIENCES if changes.since(read, frozen[0], audience=each).moved}
        if seen >= wanted:
            return
    assert seen >= wanted


def _as_new(life: Any) -> Any:
    """What was deleted and brought back is taken for new."""
    if life.whole and life.was is not None and life.now is not None:
        life.was = None
    return life


def _from_the_end(life: Any) -> Any:
    """What something was is taken from its last change."""
    if not life.whole and life.was:
        name = min(life.was)
        life.was[name] = life.now[name]
    return life


FAULTS: dict[str, tuple[Any, str, Any, str]] = {
    "brought back is new": (states, "_folded", lambda right, *given: _as_new(right(*given)), "internal"),
    "was is wrong": (states, "_folded", lambda right, *given: _from_the_end(right(*given)), "internal"),
    "not net": (
        states.State,
        "differing",
        lambda _right, state, _e: sorted({*state.touched} - {"*"}),
        "internal",
    ),
    "confined": (Sight, "told", lambda _right, *_given: True, "partner"),
    "hidden again": (Sight, "allowed", lambda _right, *_given: True, "partner"),
    "hidden": (Sight, "visible", lambda _right, _sight, _entity, values: values is not None, "partner"),
    "names": (Sight, "shows", lambda _right, *_given: True, "partner"),
}
"""What the code could do wrong: where, in which function, what it would do instead, and who would be told wrongly."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_would_be_found(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    place, name, wrong, audience = FAULTS[fault]
    for seed in range(MANY):
        with lived(filled, folder, seed, [25, 25]) as post, monkeypatch.context() as patched:
            right = getattr(place, name)
            patched.setattr(place, name, lambda *given, right=right: wrong(right, *given))
            try:
                check(post, audience)
            except (AssertionError, KeyError, TypeError):
                return
    pytest.fail("nobody would notice")
