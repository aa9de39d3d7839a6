"""Backups: their names and order, what counts as one, which stay, the second folder; what fails leaves nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import FollowUp
from desktop.service import records
from desktop.service.workspace import Workspace
from desktop.store import backup, kept, reading, restoring, thinning
from desktop.store.connections import identity
from desktop.store.engine import APPLICATION_ID, Engine, StoreError
from desktop.store.errors import Encrypted, WrongPassphrase
from desktop.store.kept import Backup
from tests.store.images import PASSPHRASE

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def file_named(path: Path, clock: int, at: dt.datetime, why: str = "daily", size: int = 4096) -> Path:
    """A file that only looks like a backup of the workspace at `path`."""
    place = kept.folder(path)
    place.mkdir(exist_ok=True)
    file = place / kept.named(path.stem, clock, at, why)
    file.write_bytes(b"\x01" * size)
    return file


# ---- one backup


def test_a_backup_is_a_whole_workspace(workspace: Workspace) -> None:
    records.add(workspace, FollowUp, {"title": "Not to be lost"})
    made = backup.backup(workspace.engine)
    rows = workspace.engine.rows("SELECT * FROM follow_up")
    workspace.close()
    again = Engine.open(Path(shutil.copy(made, made.parent.parent / "again.juntos")))
    assert again.rows("SELECT * FROM follow_up") == rows
    assert again.rows("PRAGMA integrity_check") == [("ok",)]
    assert again.pragma("journal_mode") == "wal"
    again.close()
    assert backup.newest(workspace.engine.path) == made
    assert not backup.due(workspace.engine)


def test_it_is_one_file_with_no_wal_and_tells_in_its_name_what_it_is(workspace: Workspace) -> None:
    records.add(workspace, FollowUp, {"title": "One"})
    made = backup.backup(workspace.engine, "asked")
    clock = workspace.engine.rows("SELECT max(clock) FROM operation")[0][0]
    with reading.reading(made) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    (found,) = backup.listed(workspace.engine.path)
    assert found.path.name.startswith(f"post-{clock:08d}-")
    assert (found.path, found.clock, found.why, found.encrypted, found.whole) == (
        made, clock, "asked", False, True,
    )  # fmt: skip
    assert found.size == made.stat().st_size
    assert reading.MARK == APPLICATION_ID


def test_two_of_one_second_are_two(workspace: Workspace) -> None:
    made = [backup.backup(workspace.engine) for _number in range(3)]
    assert len(set(made)) == 3
    assert {each.path for each in backup.listed(workspace.engine.path)} == set(made)


class OneSecond(dt.datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> OneSecond:
        return cls(2026, 11, 21, 12, tzinfo=tz)


def test_those_of_one_second_are_listed_as_they_were_made(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.engine.path
    for module in (backup, restoring):
        monkeypatch.setattr(module, "dt", SimpleNamespace(datetime=OneSecond, UTC=dt.UTC))
    whys = ("daily", "asked", "before-import", "daily", "before-merge", "asked", "before-restore")
    made = [backup.backup(workspace.engine, why) for why in whys]
    clock = kept.listed(path)[0].clock
    aside = kept.aside_folder(path) / restoring._free(path, clock)
    aside.mkdir(parents=True)
    made.append(Path(shutil.copy(made[-1], aside / path.name)))
    made.append(backup.backup(workspace.engine, "before-passphrase"))
    listed = kept.listed(path)
    assert [each.path for each in listed] == made[::-1]
    assert kept.newest(path) == made[-1]
    last = kept.last(path, now=NOW)
    assert last is not None
    assert last.path == made[-1]
    assert sorted(listed, key=thinning._by_sequence) == listed[::-1]
    assert sorted(listed, key=thinning._by_time) == listed[::-1]


def test_of_those_of_one_second_the_one_with_the_most_in_it_is_the_newest(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "dt", SimpleNamespace(datetime=OneSecond, UTC=dt.UTC))
    made = []
    for number in range(3):
        records.add(workspace, FollowUp, {"title": f"Number {number}"})
        made.append(backup.backup(workspace.engine, ("daily", "asked", "before-merge")[number]))
    assert [each.path for each in kept.listed(workspace.engine.path)] == made[::-1]
    assert kept.newest(workspace.engine.path) == made[-1]


def test_of_an_encrypted_workspace_it_takes_the_same_key(sealed: Workspace) -> None:
    made = backup.backup(sealed.engine)
    (found,) = backup.listed(sealed.engine.path)
    assert found.encrypted
    assert b"operation" not in made.read_bytes()
    assert backup.flaw(made, key=sealed.engine.key) == ""
    assert backup.flaw(made, passphrase=PASSPHRASE) == ""
    with pytest.raises(Encrypted), reading.reading(made):
        pass
    with pytest.raises(WrongPassphrase), reading.reading(made, passphrase="another passphrase"):
        pass


def test_a_keyring_tries_a_passphrase_once_for_each_salt(
    sealed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [backup.backup(sealed.engine) for _number in range(3)]
    derived: list[int] = []
    derive = reading.looking.keys.derive

    def counting(*of: Any) -> Any:
        derived.append(1)
        return derive(*of)

    monkeypatch.setattr(reading.looking.keys, "derive", counting)
    right, wrong = reading.Keyring(None, PASSPHRASE), reading.Keyring(None, "another passphrase")
    assert {right.to(each) for each in made} == {sealed.engine.key}
    once = len(derived)
    for each in made:
        with pytest.raises((WrongPassphrase, Encrypted)):
            wrong.to(each)
    assert 0 < once <= 4
    assert len(derived) - once == 4


# ---- what fails


def test_one_that_fails_leaves_nothing(workspace: Workspace) -> None:
    place = backup.folder(workspace.engine.path)
    place.write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match="No backup could be written"):
        backup.backup(workspace.engine)
    assert place.read_text("utf-8") == "in the way"
    assert backup.due(workspace.engine)


def torn(target: Path) -> None:
    """A page of a new backup is lost on its way to the disk."""
    with target.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)


def test_one_that_does_not_check_does_not_count(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backup.backup(workspace.engine)
    _tear(monkeypatch)
    with pytest.raises(StoreError, match="No backup could be written"):
        backup.backup(workspace.engine)
    assert [*backup.folder(workspace.engine.path).iterdir()] == [good]


def test_control_unchecked_it_would_count(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _tear(monkeypatch)
    monkeypatch.setattr(backup, "refuse_damaged", lambda *_about: None)
    made = backup.backup(workspace.engine)
    assert "damaged" in backup.flaw(made)


def _tear(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = backup.connect

    def tearing(path: Path, *how: Any, **more: Any) -> Any:
        torn(path)
        return connect(path, *how, **more)

    monkeypatch.setattr(backup, "connect", tearing)


# ---- when one is due


@pytest.mark.parametrize(
    ("ages", "due"),
    [
        ([], True),
        ([dt.timedelta(hours=23)], False),
        ([dt.timedelta(hours=24)], True),
        ([-30 * DAY], True),  # the clock was ahead then, or is behind now
        ([-30 * DAY, dt.timedelta(hours=1)], False),
        ([400 * DAY], True),
    ],
)
def test_one_is_due_when_the_last_is_a_day_old(
    workspace: Workspace, ages: list[dt.timedelta], due: bool
) -> None:
    for age in ages:
        file_named(workspace.engine.path, 5, NOW - age)
    assert backup.due(workspace.engine, NOW) is due


def test_a_stub_is_no_backup(workspace: Workspace) -> None:
    file_named(workspace.engine.path, 5, NOW, size=0)
    file_named(workspace.engine.path, 6, NOW, size=100)
    assert backup.due(workspace.engine, NOW)
    assert backup.newest(workspace.engine.path) is None
    assert {each.whole for each in backup.listed(workspace.engine.path)} == {False}


def test_one_that_was_cut_off_is_not_whole(workspace: Workspace) -> None:
    made = backup.backup(workspace.engine)
    made.write_bytes(made.read_bytes()[:-4096])
    assert [each.whole for each in backup.listed(workspace.engine.path)] == [False]


# ---- names and order


def test_they_are_listed_by_sequence_first_whatever_a_clock_said(workspace: Workspace) -> None:
    path = workspace.engine.path
    ahead = file_named(path, 7, NOW + 900 * DAY)
    later = file_named(path, 9, NOW - 90 * DAY, "before-import")
    same = file_named(path, 9, NOW)
    before = kept.folder(path) / "post-20261001T080000123456-import.juntos"
    before.write_bytes(b"\x01" * 4096)
    (kept.folder(path) / "post.juntos").write_bytes(b"of another name")
    (kept.folder(path) / "post-00000001-20269999T080000-daily.juntos").write_bytes(b"no time")
    listed = backup.listed(path)
    assert [each.path for each in listed] == [same, later, ahead, before]
    assert (listed[-1].clock, listed[-1].why) == (0, "before-import")
    assert listed[-1].at == dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
    assert backup.newest(path) == same
    made_last = kept.last(path, now=NOW)
    assert made_last is not None
    assert made_last.path == same


def test_the_second_folder_is_listed_too_and_each_once(workspace: Workspace, tmp_path: Path) -> None:
    path, stick = workspace.engine.path, tmp_path / "stick"
    stick.mkdir()
    made = backup.backup(workspace.engine)
    copy = backup.mirror(made, path, stick)
    assert copy.read_bytes() == made.read_bytes()
    assert [each.path for each in backup.listed(path, stick)] == [made]
    made.write_bytes(b"")
    assert [each.path for each in backup.listed(path, stick)] == [copy]
    made.unlink()
    assert [each.path for each in backup.listed(path, stick)] == [copy]
    assert backup.flaw(copy) == ""


def test_a_stick_that_is_not_there_is_told(workspace: Workspace, tmp_path: Path) -> None:
    made = backup.backup(workspace.engine)
    with pytest.raises(StoreError, match="is not there"):
        backup.mirror(made, workspace.engine.path, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_a_copy_that_differs_is_none(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backup.backup(workspace.engine)
    monkeypatch.setattr(backup.shutil, "copyfileobj", lambda whole, copy, _size: copy.write(whole.read(5000)))
    with pytest.raises(StoreError, match="could not be copied"):
        backup.mirror(made, workspace.engine.path, stick)
    assert [*kept.second_folder(workspace.engine.path, stick).iterdir()] == []


def test_a_torn_copy_of_the_same_length_is_made_anew(workspace: Workspace, tmp_path: Path) -> None:
    """A stick that was pulled out too early has the length of the file, and nothing where its end should be."""
    path, stick = workspace.engine.path, tmp_path / "stick"
    stick.mkdir()
    made = backup.backup(workspace.engine)
    whole = made.read_bytes()
    copy = backup.mirror(made, path, stick)
    before = identity(copy)
    assert identity(backup.mirror(made, path, stick)) == before, "one that is whole is left alone"
    copy.write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    assert backup.mirror(made, path, stick, read=False).read_bytes() != whole, (
        "the control: by its length it is whole"
    )
    assert backup.mirror(made, path, stick).read_bytes() == whole
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]


# ---- which stay


def made_up(number: int, clock: int, hours: int, why: str, whole: bool) -> Backup:
    at = NOW - dt.timedelta(hours=hours)
    return Backup(Path(f"{number}.juntos"), clock, at, why, 4096, whole=whole)


whys = st.sampled_from(sorted(set(kept.WHYS) - {"aside"}))
backups = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.integers(-24 * 500, 24 * 900),
        whys,
        st.sampled_from([True] * 9 + [False]),
    ),
    max_size=120,
).map(lambda rows: [made_up(number, *row) for number, row in enumerate(rows)])


@given(backups)
def test_the_right_ones_stay(every: list[Backup]) -> None:
    stay = thinning.staying(every, NOW)
    gone = set(every) - stay
    past = [each for each in every if each.whole and each.at <= NOW]
    # Nothing of the future, and no stub, is touched.
    assert gone <= set(past)
    for key in (lambda e: (*e.order, e.path.name), lambda e: (e.at, e.clock, e.again, e.path.name)):
        assert set(sorted(past, key=key)[-10:]) <= stay
    recent = {each for each in past if NOW - each.at <= 30 * DAY}
    assert {e for e in recent if e.why in ("before-migration", "before-import", "before-merge")} <= stay
    assert {each.at.date() for each in recent} == {each.at.date() for each in recent & stay}
    older = set(past) - recent
    assert {(e.at.year, e.at.month) for e in older} == {(e.at.year, e.at.month) for e in older & stay}
    assert thinning.staying(stay, NOW) == stay


HOURS = 24 * 70


@given(st.lists(st.tuples(st.integers(0, 24 * 4) | st.integers(0, HOURS), whys), min_size=60, max_size=120))
def test_what_may_go_goes(rows: list[tuple[int, str]]) -> None:
    """By a clock that was always right: all but ten, one a day, one a month before, and what is protected."""
    every = [made_up(number, HOURS - hours, hours, why, True) for number, (hours, why) in enumerate(rows)]
    free = [each for each in thinning.staying(every, NOW) if each.why not in thinning.PROTECTED]
    days = sorted({each.at.date() for each in every}, reverse=True)
    daily = {day for at, day in enumerate(days) if at < thinning.COUNTED or NOW.date() - day <= 30 * DAY}
    months = {(day.year, day.month) for day in days if day not in daily}
    assert len(free) <= thinning.LAST + len(daily) + len(months)


@given(backups, st.sets(st.integers(0, 119)))
def test_nothing_goes_unless_five_that_stay_are_good(every: list[Backup], bad: set[int]) -> None:
    def good(each: Backup) -> bool:
        return int(each.path.stem) not in bad

    going = thinning.removable(every, NOW, good)
    left = [each for each in every if each not in going and each.whole and good(each)]
    assert not going or len(left) >= 5


@given(backups, st.integers(-2000, 2000))
def test_a_clock_that_jumps_takes_none_of_the_last_ten(every: list[Backup], days: int) -> None:
    past = [each for each in every if each.whole]
    last = sorted(past, key=lambda e: (*e.order, e.path.name))[-10:]
    assert set(last) <= thinning.staying(every, NOW + days * DAY)


def test_control_by_time_alone_a_jump_would() -> None:
    by_clock = [made_up(n, clock=n, hours=24 * 40, why="daily", whole=True) for n in range(20, 30)]
    jumped = [made_up(n, clock=1, hours=24 * 39, why="daily", whole=True) for n in range(10)]
    every = [*by_clock, *jumped]
    assert set(by_clock) <= thinning.staying(every, NOW)
    assert not set(by_clock) <= set(sorted(every, key=lambda each: each.at)[-10:])


def test_thinning_removes_from_both_folders_and_spares_what_it_must(
    workspace: Workspace, tmp_path: Path
) -> None:
    path, stick = workspace.engine.path, tmp_path / "stick"
    stick.mkdir()
    whole = backup.backup(workspace.engine)
    hour = dt.timedelta(hours=1)
    for number in range(40):
        shutil.copy(
            whole,
            kept.folder(path) / kept.named("post", 100 + number, NOW - (40 - number) * hour / 4, "daily"),
        )
    protected = shutil.copy(
        whole, kept.folder(path) / kept.named("post", 50, NOW - 20 * DAY, "before-migration")
    )
    ahead = shutil.copy(whole, kept.folder(path) / kept.named("post", 51, NOW + 20 * DAY, "daily"))
    shutil.copytree(kept.folder(path), kept.second_folder(path, stick))
    stays = sorted(each.name for each in kept.folder(path).glob("*-daily.juntos"))[5]
    assert stays not in {each.name for each in backup.thin(path, second=stick, now=NOW, stays=stays)}
    assert (kept.folder(path) / stays).exists()
    removed = backup.thin(path, second=stick, now=NOW)
    assert {each.name for each in removed} == {stays}, "it alone had stayed for its name"
    assert {each.parent for each in removed} == {kept.folder(path), kept.second_folder(path, stick)}
    left = {each.name for each in kept.folder(path).iterdir()}
    assert left == {each.name for each in kept.second_folder(path, stick).iterdir()}
    assert {protected.name, ahead.name} <= left
    assert 11 <= len(left) <= 15
    assert backup.thin(path, second=stick, now=NOW) == []


def test_bad_ones_push_no_good_one_out(workspace: Workspace) -> None:
    path = workspace.engine.path
    whole = backup.backup(workspace.engine)
    older = [
        Path(
            shutil.copy(
                whole, kept.folder(path) / kept.named("post", 10 + n, NOW - DAY + n * DAY / 100, "daily")
            )
        )
        for n in range(8)
    ]
    bad = [file_named(path, 900 + number, NOW - number * DAY / 100) for number in range(12)]
    assert backup.thin(path, now=NOW) == []
    assert all(each.exists() for each in (*older, *bad))
    with pytest.MonkeyPatch.context() as patch:  # the control: were they not opened, good ones would go
        patch.setattr(backup, "flaw", lambda _path, key=None: "")
        assert set(backup.thin(path, now=NOW)) & set(older)


def test_what_a_killed_program_left_is_swept_after_a_day(workspace: Workspace) -> None:
    path = workspace.engine.path
    backup.backup(workspace.engine)
    part = kept.folder(path) / "post-20261121T120000-1.part"
    part.write_bytes(b"half")
    written = dt.datetime.fromtimestamp(part.stat().st_mtime, dt.UTC)
    backup.thin(path, now=written + DAY / 2)
    assert part.exists()
    backup.thin(path, now=written + 2 * DAY)
    assert not part.exists()


def test_nobody_works_in_a_backup(workspace: Workspace) -> None:
    """It is removed one day."""
    made = backup.backup(workspace.engine)
    before = made.read_bytes()
    opened = Workspace.open(made)
    assert "is a backup" in opened.readonly
    opened.close()
    assert made.read_bytes() == before
    assert [file.name for file in made.parent.iterdir()] == [made.name]
    elsewhere = shutil.copy(made, workspace.engine.path.with_name("elsewhere.juntos"))
    opened = Workspace.open(elsewhere)
    assert opened.readonly == ""
    opened.close()


def test_a_second_folder_may_hold_those_of_another_workspace_of_the_same_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    path, stick = workspace.engine.path, tmp_path / "stick"
    stick.mkdir()
    whole = backup.backup(workspace.engine)
    for number in range(40):
        name = kept.named("post", 100 + number, NOW - (40 - number) * DAY / 96, "daily")
        shutil.copy(whole, kept.folder(path) / name)
    theirs = [kept.named("post", number, NOW - 2 * DAY + number * DAY / 96, "daily") for number in (3, 4, 5)]
    shutil.copytree(kept.folder(path), kept.second_folder(path, stick))
    for name in theirs:
        shutil.copy(whole, kept.second_folder(path, stick) / name)
    assert len(backup.thin(path, second=stick, now=NOW)) > 40
    assert all((kept.second_folder(path, stick) / name).exists() for name in theirs)


def test_two_at_once_do_not_take_each_others_part(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The daily one is made in the background: an import may ask for its own in the same second."""
    made, copied = [], backup.copy

    def copy(*given: Any) -> Any:
        if not made:
            made.append(None)
            other = threading.Thread(
                target=lambda: made.append(backup.backup(workspace.engine, "before-import"))
            )
            other.start()
            other.join()
        return copied(*given)

    class Standing(dt.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return NOW

    parts: set[str] = set()
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, target: parts.add(self.name) or real(self, target))
    monkeypatch.setattr(backup, "dt", SimpleNamespace(datetime=Standing, UTC=dt.UTC))
    monkeypatch.setattr(backup, "copy", copy)
    made.append(backup.backup(workspace.engine))
    assert {each.why for each in kept.listed(workspace.engine.path)} == {"daily", "before-import"}
    assert len(parts) == 2
