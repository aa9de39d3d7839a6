"""Check workspace finds what SQLite cannot see, offers the last good value, and puts it back."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model import Blob, Change, Invalid, Operation, Organisation, Snooze
from desktop.service import attachments, checking, directory, records, reminders, undo
from desktop.service.checking import Kind, Report
from desktop.service.workspace import Workspace
from desktop.store import proofs
from desktop.store.engine import StoreError
from desktop.store.proofs import Reading, Stopped
from tests.conftest import Clock
from tests.service import flips
from tests.service.conftest import World
from tests.service.flips import WITHOUT_JOURNAL
from tests.service.test_histories import Officer

FLIPS = 20
"""`make trials` turns 300."""


def kinds(report: Report) -> set[Kind]:
    return {flaw.kind for flaw in report.flaws}


@contextmanager
def behind(workspace: Workspace, *triggers: str) -> Iterator[Callable[..., Any]]:
    """Writes past the one door, as damage does; without these triggers meanwhile."""
    database = workspace.engine.db
    with workspace.engine.write():
        kept = [
            database.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
            for name in triggers
        ]
        for name in triggers:
            database.execute_sql(f'DROP TRIGGER "{name}"')
        yield database.execute_sql
        for sql in kept:
            database.execute_sql(sql)


def test_a_sound_workspace_is_clean(world: World) -> None:
    report = checking.check(world.workspace)
    assert report.clean, report.flaws
    assert report.records > 20
    assert report.operations > 5


def test_a_value_that_nobody_saved_is_found_and_put_back(world: World) -> None:
    before = world.suppliers.title
    with behind(world.workspace) as run:
        run("UPDATE follow_up SET title = 'Send the lisd of suppliers' WHERE uid = ?", (world.suppliers.uid,))
    report = checking.check(world.workspace)
    (flaw,) = report.flaws
    assert (flaw.kind, flaw.uid, flaw.field) == (Kind.VALUE, world.suppliers.uid, "title")
    assert (flaw.now, flaw.good) == ("Send the lisd of suppliers", before)
    assert "lisd" not in repr(flaw)
    assert not checking.check(world.workspace, parts=WITHOUT_JOURNAL).flaws
    version = world.suppliers.version
    done = checking.mend(world.workspace, report)
    assert done.mended == [flaw]
    assert not done.left
    assert world.suppliers.title == before
    assert world.suppliers.version == version + 1
    assert checking.check(world.workspace).clean


def test_what_was_saved_since_the_check_is_not_put_back(world: World) -> None:
    with behind(world.workspace) as run:
        run("UPDATE follow_up SET title = 'x' WHERE uid = ?", (world.suppliers.uid,))
    report = checking.check(world.workspace)
    records.change(world.workspace, world.suppliers, {"title": "As the officer put it right"})
    with pytest.raises(StoreError, match="Check again"):
        checking.mend(world.workspace, report)
    assert world.suppliers.title == "As the officer put it right"
    assert checking.check(world.workspace).clean


def test_what_is_saved_during_the_check_is_no_damage(world: World) -> None:
    numbers = iter(range(1000))

    def progress(_done: int, _of: int) -> None:
        records.change(world.workspace, world.suppliers, {"title": f"Number {next(numbers)}"})

    report = checking.check(world.workspace, progress=progress)
    assert world.suppliers.title != "Number 0", "it was saved more than once meanwhile"
    assert report.clean
    assert checking.check(world.workspace).clean


def test_mending_is_one_operation_that_tells_no_change(world: World) -> None:
    with behind(world.workspace) as run:
        run("UPDATE follow_up SET title = 'x', due_on = '2026-01-01' WHERE uid = ?", (world.suppliers.uid,))
    count = Operation.select().count()
    checking.mend(world.workspace, checking.check(world.workspace))
    assert Operation.select().count() == count + 1
    last = Operation.select().order_by(Operation.id.desc()).get()
    assert last.source == "check"
    assert all(c.before == c.after for c in Change.select().where(Change.operation == last.id))
    assert undo.undoable(world.workspace).id != last.id
    title = world.suppliers.title
    with pytest.raises(Invalid, match=r"^This put the file right, and is not taken back\.$"):
        undo.revert(world.workspace, last, "back")
    assert Operation.select().count() == count + 1
    assert world.suppliers.title == title
    assert checking.check(world.workspace).clean


def test_sets_references_and_the_register(world: World) -> None:
    with behind(world.workspace) as run:
        run("UPDATE subject_country SET country = 'CK' WHERE country = 'CL'")
        run("UPDATE follow_up SET owed_to_id = ? WHERE uid = ?", (world.dfc.id, world.suppliers.uid))
        run("UPDATE subject SET kind = 'meetinf' WHERE kind = 'meeting'")
    report = checking.check(world.workspace)
    assert {Kind.VALUE, Kind.REGISTER} <= kinds(report)
    assert not checking.mend(world.workspace, report).left
    assert checking.check(world.workspace).clean


def test_a_row_that_is_gone_and_one_too_many(world: World) -> None:
    with behind(world.workspace) as run:
        run("DELETE FROM link")
        run("INSERT INTO fact SELECT 9999, 'x' || uid, visibility, created_at, updated_at, version, 'odd', value"
            " FROM fact LIMIT 1")  # fmt: skip
    report = checking.check(world.workspace)
    assert {Kind.MISSING, Kind.SURPLUS} <= kinds(report)
    assert not any(flaw.mendable for flaw in report.flaws if flaw.kind in (Kind.MISSING, Kind.SURPLUS))


@pytest.mark.parametrize("column", ["after", "uid"])
def test_the_journal_itself_is_known_by_its_hash(world: World, column: str) -> None:
    row = Change.select().order_by(Change.id.desc()).get()
    good = getattr(row, column)
    bad = good[:5] + chr(ord(good[5]) ^ 1) + good[6:]
    with behind(world.workspace, "change_is_final") as run:
        run(f'UPDATE change SET "{column}" = ? WHERE id = ?', (bad, row.id))
    report = checking.check(world.workspace)
    (flaw,) = report.flaws
    assert (flaw.kind, flaw.now, flaw.good) == (Kind.JOURNAL, bad, good)
    assert not checking.check(world.workspace, parts=WITHOUT_JOURNAL).flaws
    assert not checking.mend(world.workspace, report).left
    assert checking.check(world.workspace).clean


def test_a_damaged_label_is_named_with_its_time(world: World) -> None:
    last = Operation.select().order_by(Operation.id.desc()).get()
    with behind(world.workspace, "operation_is_final") as run:
        run("UPDATE operation SET label = 'Something else entirely' WHERE id = ?", (last.id,))
    (flaw,) = checking.check(world.workspace).flaws
    assert flaw.operation == last.uid
    assert not flaw.mendable
    assert "Something else entirely" in flaw.sentence
    assert "2026" in flaw.sentence


def test_a_row_is_not_overwritten_from_a_damaged_journal(world: World) -> None:
    made = Change.get((Change.uid == world.suppliers.uid) & (Change.field == "*"))
    with behind(world.workspace, "change_is_final") as run:
        run(
            "UPDATE change SET \"after\" = replace(\"after\", 'suppliers', 'dealers') WHERE id = ?",
            (made.id,),
        )
    report = checking.check(world.workspace)
    value = next(flaw for flaw in report.flaws if flaw.kind is Kind.VALUE)
    assert value.good is None
    assert not value.mendable
    title = world.suppliers.title
    checking.mend(world.workspace, report)
    assert world.suppliers.title == title


def test_an_end_that_was_cut_off_is_told_by_the_witness(world: World) -> None:
    last = Operation.select().order_by(Operation.id.desc()).get()
    with behind(world.workspace, "operation_stays", "change_stays") as run:
        uids = [c.uid for c in Change.select().where(Change.operation == last.id)]
        run("DELETE FROM change WHERE operation_id = ?", (last.id,))
        run("DELETE FROM operation WHERE id = ?", (last.id,))
        for uid in uids:
            run("DELETE FROM link WHERE uid = ?", (uid,))
    assert Kind.WITNESS in kinds(checking.check(world.workspace, parts=("journal",)))


def test_what_stands_outside_of_the_journal(world: World, tmp_path: Path) -> None:
    file = tmp_path / "annex.txt"
    file.write_text("what it holds", encoding="utf-8")
    attachments.attach(world.workspace, world.suppliers, file)
    until = world.workspace.now().replace(year=2027)
    reminders.snooze(world.workspace, [world.suppliers.uid], until)
    records.change(world.workspace, world.caf, {"acronym": "CAFE"})
    directory.merge(world.workspace, world.meti, [world.caf])
    assert checking.check(world.workspace).clean
    with behind(world.workspace) as run:
        run("UPDATE snooze SET until = replace(until, '2027', '2037')")
        run("UPDATE counter SET name = replace(name, 'ORG', 'ORF')")
        run("UPDATE alias SET old = replace(old, 'org', 'orf')")
        run("UPDATE blob SET content = CAST('what it hblds' AS BLOB)")
    report = checking.check(world.workspace)
    assert kinds(report) == {Kind.REMINDER, Kind.COUNTER, Kind.ALIAS, Kind.BYTES}
    checking.mend(world.workspace, report)
    assert not Snooze.select().exists()
    left = checking.check(world.workspace)
    assert Kind.REMINDER not in kinds(left)
    assert Kind.COUNTER not in kinds(left)
    assert next(flaw for flaw in left.flaws if flaw.kind is Kind.BYTES).where == Blob._meta.table_name


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE follow_up SET title_key = 'zzz'", Kind.DERIVED),
        ("UPDATE organisation SET side = 'private' WHERE side = 'host'", Kind.DERIVED),
        ("UPDATE summary_day SET count = count + 1", Kind.FIGURES),
        ("UPDATE summary_date SET day = '2020-01-01'", Kind.FIGURES),
        ("DELETE FROM search_term WHERE word = 'suppliers'", Kind.WORDS),
        ("DELETE FROM search_follow_up", Kind.SEARCH),
    ],
)
def test_what_follows_from_the_records_is_made_anew(world: World, sql: str, kind: Kind) -> None:
    with behind(world.workspace) as run:
        run(sql)
    report = checking.check(world.workspace)
    assert kind in kinds(report)
    assert not checking.mend(world.workspace, report).left
    assert checking.check(world.workspace).clean


def test_a_trigger_that_was_altered_is_made_again(world: World) -> None:
    with behind(world.workspace) as run:
        run("DROP TRIGGER change_stays")
        run("CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT 1; END")
    report = checking.check(world.workspace)
    assert [flaw.field for flaw in report.flaws] == ["change_stays"]
    checking.mend(world.workspace, report)
    assert checking.check(world.workspace).clean


def test_it_can_be_stopped(world: World) -> None:
    report = checking.check(world.workspace, cancelled=lambda: True)
    assert not report.complete
    assert not report.clean


LONG = (
    "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 50000)"
    " SELECT count(*) FROM number"
)


def test_it_is_stopped_in_the_midst_of_a_question_too(world: World) -> None:
    reading = Reading(world.workspace.engine.reader, stopped=lambda: True)
    with pytest.raises(Stopped):
        reading.ask(LONG)
    reading.close()
    control = Reading(world.workspace.engine.reader)
    assert control.ask(LONG) == [(50_000,)]
    control.close()


def test_wherever_it_is_stopped_nothing_is_taken_for_damage(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "PACE", 100)
    asked = 0

    def check(stop_at: int) -> Report:
        nonlocal asked
        asked = 0

        def cancelled() -> bool:
            nonlocal asked
            asked += 1
            return asked > stop_at

        return checking.check(world.workspace, cancelled=cancelled)

    assert check(10**9).clean
    chance = random.Random(8)
    for stop_at in chance.sample(range(asked), 25):
        report = check(stop_at)
        assert (report.complete, report.flaws) == (False, [])


def test_it_tells_how_far_it_is(world: World) -> None:
    told: list[tuple[int, int]] = []
    checking.check(world.workspace, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


# ---- bits that turn


@pytest.fixture
def closed(filled: Path, tmp_path: Path) -> Path:
    """A closed file of this version, in a folder of its own."""
    path = tmp_path / "closed" / "post.juntos"
    path.parent.mkdir()
    shutil.copy(filled, path)
    Workspace.open(path).close()
    return path


def test_every_bit_that_turns_in_a_stored_text_is_found(closed: Path) -> None:
    assert flips.missed(closed, FLIPS) == []


def test_the_control_what_sqlite_tells_by_itself_misses_most(closed: Path) -> None:
    assert len(flips.missed(closed, FLIPS, WITHOUT_JOURNAL)) > FLIPS / 4


def test_a_broken_page_does_not_stop_the_check(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    place = content.find(b"Send the list of suppliers")
    page = place // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    closed.write_bytes(content)
    assert flips.found(closed)


def test_encrypted_pages_are_found_at_reading(tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    workspace = Workspace.create(path, passphrase="correct horse battery staple")
    for number in range(60):
        records.add(workspace, Organisation, {"name": f"Ministry of number {number}"})
    workspace.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    try:
        workspace = Workspace.open(path, passphrase="correct horse battery staple")
    except StoreError:
        return
    try:
        assert checking.check(workspace).flaws
    finally:
        workspace.close()


# ---- nothing is found where nothing is wrong


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), length=st.integers(1, 14))
def test_whatever_was_done_it_is_clean(
    filled: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, length: int
) -> None:
    path = tmp_path_factory.mktemp("history") / "post.juntos"
    shutil.copy(filled, path)
    clock, chance = Clock(), random.Random(seed)
    workspace = Workspace.open(path, clock=clock)
    try:
        officer = Officer(workspace, clock, chance)
        for _turn in range(length):
            officer.act()
        found = checking.check(workspace)
        assert found.clean, found.flaws
        for step in (undo.undo, undo.redo, undo.undo):
            step(workspace)
        found = checking.check(workspace)
        assert found.clean, found.flaws
    finally:
        workspace.close()
