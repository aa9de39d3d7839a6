"""What a crash left beside a file that is not its own: a journal on a share, and what lies where nothing is written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.model import FollowUp
from desktop.service import backups, journal
from desktop.service.workspace import Workspace
from desktop.store import backup, errors, kept, leftovers, locking, looking, places, renamed, ways, witness
from desktop.store.engine import Engine, StoreError
from desktop.store.places import NETWORK, Place
from tests.store.images import PASSPHRASE, beside, fold_in, image, save, speak_for

HOT = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""How a journal begins that is to be put back."""


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files lie on a share, where nothing has a -wal."""
    monkeypatch.setattr(places, "kind_of", lambda path: Place(NETWORK, "NFS"))


@pytest.fixture(params=["plain", "encrypted"])
def shared(request: pytest.FixtureRequest) -> Iterator[tuple[Workspace, str | None]]:
    """A workspace on a share that has something in it, and what opens it."""
    name, passphrase = ("workspace", None) if request.param == "plain" else ("sealed", PASSPHRASE)
    made = request.getfixturevalue(name)
    made.close()
    request.getfixturevalue("share")
    workspace = Workspace.open(made.engine.path, passphrase=passphrase)
    save(workspace, 5, size=1500)
    yield workspace, passphrase
    workspace.close()


def crashed(workspace: Workspace, folder: Path, pages: int) -> Path:
    """The files as a power cut in the middle of a save leaves them: half in the file, what it was in the journal."""

    class Cut(Exception):
        pass

    path = None
    try:
        with workspace.operation("Add") as writing:
            workspace.engine.rows("PRAGMA cache_size = 5")
            for number in range(pages):
                writing.create(FollowUp, {"title": f"Never saved {number}", "detail": "word " * 1500})
            path = image(workspace, folder)
            raise Cut
    except Cut:
        pass
    assert path is not None
    assert beside(path, "-journal").read_bytes().startswith(HOT), "the journal must be put back"
    return path


def opened(path: Path, passphrase: str | None, **how: Any) -> Workspace:
    return Workspace.open(path, passphrase=passphrase, take_over=True, **how)


def sound(workspace: Workspace) -> bool:
    try:
        return workspace.engine.rows("PRAGMA integrity_check") == [("ok",)] and journal.broken_at() is None
    except StoreError:
        return False


def forget_lock(path: Path) -> None:
    beside(path, ".lock").unlink()


def count(workspace: Workspace) -> int:
    return int(FollowUp.select().count())


def test_a_journal_of_its_own_is_put_back(shared: tuple[Workspace, str | None], tmp_path: Path) -> None:
    workspace, passphrase = shared
    made = []
    for number in range(6):
        save(workspace)
        there = count(workspace)
        made.append((crashed(workspace, tmp_path / f"crash{number}", 4 + 6 * number), there))
    for path, there in made:
        forget_lock(path)
        again = opened(path, passphrase)
        assert again.finding is None
        assert sound(again)
        assert count(again) == there
        again.close()
        assert list(path.parent.glob("*aside*")) == []


@pytest.mark.parametrize("taken_along", [False, True])
def test_the_journal_of_a_file_that_was_renamed_is_put_back(
    shared: tuple[Workspace, str | None], tmp_path: Path, taken_along: bool
) -> None:
    """By whoever took the file alone, or the journal with it."""
    workspace, passphrase = shared
    made = []
    for number in range(4):
        save(workspace)
        there = count(workspace)
        made.append((crashed(workspace, tmp_path / f"crash{number}", 4 + 9 * number), there))
    for former, there in made:
        speak_for(former)
        path = former.rename(former.with_name("renamed.juntos"))
        if taken_along:
            beside(former, "-journal").rename(beside(path, "-journal"))
        again = opened(path, passphrase)
        assert again.finding is None
        assert sound(again)
        assert count(again) == there
        again.close()
        assert [file.name for file in path.parent.glob("post.juntos*")] == ["post.juntos.lock"]


def test_the_journal_of_another_file_with_its_number_stays_where_it_is(
    shared: tuple[Workspace, str | None], tmp_path: Path
) -> None:
    workspace, passphrase = shared
    former = crashed(workspace, tmp_path / "crash", 12)
    path = former.with_name("other.juntos")
    other = Workspace.create(path, passphrase=passphrase)
    save(other, 2)
    other.close()
    beside(path, witness.SUFFIX).unlink()
    former.unlink()
    speak_for(former, path)
    held, left = path.read_bytes(), beside(former, "-journal").read_bytes()
    assert renamed.brought(path, looking.key_of(path, passphrase, None)) is None
    assert path.read_bytes() == held
    assert beside(former, "-journal").read_bytes() == left
    assert not beside(path, "-journal").exists()
    again = opened(path, passphrase)
    assert (count(again), again.finding, sound(again)) == (2, None, True)
    again.close()


def put_backs(workspace: Workspace, folder: Path, trials: int) -> list[Path]:
    """Workspaces that crashed on a share, and had an older copy put over the file while the journal stayed."""
    made = []
    for number in range(trials):
        older = Path(shutil.copy(workspace.engine.path, folder / f"copy{number}"))
        if number % 3 == 0:
            older = backup.backup(workspace.engine)
        save(workspace, 1 + number % 3, size=100 + 400 * (number % 4))
        path = crashed(workspace, folder / f"crash{number}", 4 + number % 7)
        forget_lock(path)
        shutil.copyfile(older, path)
        made.append(path)
    return made


def test_a_stale_journal_is_moved_aside(shared: tuple[Workspace, str | None], tmp_path: Path) -> None:
    """15 of 15, plain and encrypted."""
    workspace, passphrase = shared
    for path in put_backs(workspace, tmp_path, 15):
        held, left = path.read_bytes(), beside(path, "-journal").read_bytes()
        again = opened(path, passphrase)
        found = again.finding
        assert sound(again), path
        assert found is not None, path
        assert found.kind == "stale_wal"
        assert "-journal did not belong" in found.told()
        assert found.aside is not None
        assert found.aside.read_bytes() == left, "nothing is thrown away"
        assert found.missing > 0
        again.close()
        assert len(path.read_bytes()) >= len(held)


def test_control_without_the_look_a_stale_journal_spoils_the_file(
    shared: tuple[Workspace, str | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, passphrase = shared
    made = put_backs(workspace, tmp_path, 6)
    monkeypatch.setattr(leftovers, "stale", lambda path, key: None)
    spoilt = 0
    for path in made:
        try:
            again = opened(path, passphrase)
        except StoreError:
            spoilt += 1
            continue
        spoilt += not sound(again)
        again.close()
    assert spoilt > 3


def test_a_restore_moves_it_aside_and_back(shared: tuple[Workspace, str | None], tmp_path: Path) -> None:
    workspace, passphrase = shared
    made = backup.backup(workspace.engine, "asked")
    before = count(workspace)
    save(workspace, 2)
    path = crashed(workspace, tmp_path / "crash", 12)
    forget_lock(path)
    kept.folder(path).mkdir(exist_ok=True)
    shutil.copy(made, kept.folder(path) / made.name)
    restored = backups.restore(
        path, next(each for each in kept.listed(path) if each.why == "asked"), passphrase=passphrase
    )
    assert restored.made is not None, "what was there could be read, and has its backup"
    again = opened(path, passphrase)
    assert (again.finding, count(again), sound(again)) == (None, before, True)
    again.close()
    aside = next(each for each in kept.listed(path) if each.is_aside)
    backups.restore(path, aside, passphrase=passphrase)
    again = opened(path, passphrase)
    assert (again.finding, count(again), sound(again)) == (None, before + 2, True)
    again.close()


def test_a_new_workspace_does_not_take_the_journal_of_one_that_was_deleted(
    shared: tuple[Workspace, str | None], tmp_path: Path
) -> None:
    workspace, _passphrase = shared
    path = crashed(workspace, tmp_path / "crash", 12)
    forget_lock(path)
    left = beside(path, "-journal").read_bytes()
    path.unlink()
    made = Workspace.create(path)
    assert (count(made), sound(made)) == (0, True)
    made.close()
    (aside,) = path.parent.glob("*-journal.aside-*")
    assert aside.read_bytes() == left


# ---- where it cannot be looked at

CHECK = "PRAGMA quick_check(1)"


class Refusing:
    """A connection whose check of the file the system refuses: by an error, or by a row that tells of one."""

    def __init__(self, connection: Any, code: int, told: bool) -> None:
        self.connection, self.code, self.told = connection, code, told

    def execute(self, sql: str, *of: Any) -> Any:
        if sql != CHECK:
            return self.connection.execute(sql, *of)
        if self.told:
            said = f"*** in database main ***\nTree 9 page 80: unable to get the page. error code={self.code}"
            return self.connection.execute("SELECT ?", (said,))
        error = leftovers.sqlcipher.OperationalError("refused")
        error.sqlite_errorcode = self.code
        raise error

    def close(self) -> None:
        self.connection.close()


def refuse_check(monkeypatch: pytest.MonkeyPatch, code: int, told: bool, **how: Any) -> None:
    """Whoever looks at a file, connected like this, is refused."""
    real = leftovers.connect

    def connect(file: Path, *of: Any, **more: Any) -> Any:
        connection = real(file, *of, **more)
        same = all(more.get(name, value) == value for name, value in how.items())
        return Refusing(connection, code, told) if same else connection

    monkeypatch.setattr(leftovers, "connect", connect)


REFUSALS = pytest.mark.parametrize(
    ("code", "told"),
    [
        (errors.BUSY, False),
        (errors.CANTOPEN, False),
        (errors.IOERR | 2 << 8, False),
        (errors.FULL, False),
        (10, True),
    ],
)


@REFUSALS
def test_a_journal_that_cannot_be_tried_is_put_back(
    workspace: Workspace, share: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: bool
) -> None:
    path = hot(workspace, tmp_path)
    refuse_check(monkeypatch, code, told, mode="rw")
    assert leftovers.stale(path, None) is None


def hot(workspace: Workspace, folder: Path) -> Path:
    """A workspace on a share whose journal is to be put back, and which seems whole without."""
    path = workspace.engine.path
    workspace.close()
    again = Workspace.open(path)
    save(again, 2)
    found = crashed(again, folder / "crash", 12)
    again.close()
    # As where the disk kept the journal and nothing of what came after it.
    shutil.copyfile(path, found)
    assert leftovers._looked(found, None, immutable=True)
    return found


def test_control_one_that_spoils_the_file_is_stale(
    workspace: Workspace, share: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hot(workspace, tmp_path)
    refuse_check(monkeypatch, errors.CORRUPT, False, mode="rw")
    assert leftovers.stale(path, None) == beside(path, "-journal")


@REFUSALS
def test_a_wal_that_cannot_be_tried_stays(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: bool
) -> None:
    save(workspace, 3, size=1500)
    path = image(workspace, tmp_path / "crash")
    refuse_check(monkeypatch, code, told, immutable=False)
    assert leftovers.stale(path, None) is None


def test_a_journal_that_leaves_nothing_of_the_file_is_stale(
    workspace: Workspace, share: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of a workspace that was being made: the file was empty then."""
    path = hot(workspace, tmp_path)
    real = leftovers._operations
    seen: list[Any] = []

    def operations(connection: Any) -> Any:
        seen.append(real(connection))
        return seen[0] if len(seen) == 1 else []

    monkeypatch.setattr(leftovers, "_operations", operations)
    assert leftovers.stale(path, None) == beside(path, "-journal")
    assert len(seen) == 2


def no_room(*_of: Any, **_more: Any) -> Any:
    raise OSError(28, "No space left on device")


def test_without_room_for_a_copy_it_is_opened_all_the_same(
    workspace: Workspace, share: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hot(workspace, tmp_path)
    forget_lock(path)
    with monkeypatch.context() as full:
        full.setattr(tempfile, "mkdtemp", no_room)
        engine = Engine.open(path)
    assert (engine.finding, engine.readonly) == (None, "")
    assert engine.rows("SELECT count(*) FROM follow_up") == [(2,)]
    engine.close()


def test_what_cannot_be_moved_aside_is_told(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stale_wal(workspace, tmp_path)
    held = beside(path, "-wal").read_bytes()
    monkeypatch.setattr(Path, "replace", no_room)
    with pytest.raises(StoreError, match=r"aside.* cannot be made"):
        Engine.open(path)
    path.unlink()
    with pytest.raises(StoreError, match=r"aside.* cannot be made"):
        Engine.create(path)
    assert beside(path, "-wal").read_bytes() == held, "nor is it removed with what was half made"
    assert not path.exists()


# ---- where nothing is written


def stale_wal(workspace: Workspace, folder: Path) -> Path:
    """A workspace that crashed, and had an older copy put over the file while the -wal stayed."""
    save(workspace, 2, size=1500)
    fold_in(workspace)
    older = Path(shutil.copy(workspace.engine.path, folder / "older"))
    save(workspace, 4, size=1500)
    fold_in(workspace)
    save(workspace, 2, size=1500)
    path = image(workspace, folder / "crash")
    shutil.copyfile(older, path)
    beside(path, "-shm").unlink()
    return path


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
@pytest.mark.parametrize("by_copy", [False, True])
def test_to_be_read_a_stale_wal_is_left_out(
    kind: str,
    by_copy: bool,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = request.getfixturevalue("workspace" if kind == "plain" else "sealed")
    passphrase = None if kind == "plain" else PASSPHRASE
    path = stale_wal(workspace, tmp_path)
    wal = beside(path, "-wal").read_bytes()
    if by_copy:
        refuse_index(path, monkeypatch)
    again = opened(path, passphrase, readonly=True)
    assert again.finding is not None
    assert "read without it" in again.finding.told()
    assert (count(again), sound(again)) == (2, True)
    again.close()
    assert beside(path, "-wal").read_bytes() == wal
    assert list(path.parent.glob("*aside*")) == []


def refuse_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No index of the -wal can be made beside the file, as in a folder without the right to."""
    real = ways.connect

    def connect(file: Path, *of: Any, **more: Any) -> Any:
        if file == path and not more.get("immutable"):
            error = ways.sqlcipher.OperationalError("unable to open database file")
            error.sqlite_errorcode = ways.CANTOPEN
            raise error
        return real(file, *of, **more)

    for module in (ways, leftovers):
        monkeypatch.setattr(module, "connect", connect)


def test_to_be_read_a_wal_of_its_own_is_read_too(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, 3, size=1500)
    path = image(workspace, tmp_path / "crash")
    again = opened(path, None, readonly=True)
    assert (again.finding, count(again), sound(again)) == (None, 3, True)
    again.close()


def test_control_without_the_look_it_is_read_with_it(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stale_wal(workspace, tmp_path)
    monkeypatch.setattr(leftovers, "stale", lambda path, key: None)
    try:
        again = opened(path, None, readonly=True)
    except StoreError:
        return
    assert not sound(again)
    again.close()


def test_to_be_read_half_a_save_is_put_back_in_a_copy(
    shared: tuple[Workspace, str | None], tmp_path: Path
) -> None:
    workspace, passphrase = shared
    path = crashed(workspace, tmp_path / "crash", 30)
    forget_lock(path)
    held = path.read_bytes()
    there = count(workspace)
    engine = Engine.open(path, passphrase=passphrase, readonly=True)
    assert engine.finding is None
    assert engine.rows("PRAGMA integrity_check") == [("ok",)]
    assert engine.rows("SELECT count(*) FROM follow_up") == [(there,)]
    engine.close()
    assert path.read_bytes() == held


@pytest.mark.parametrize("lives", [False, True])
def test_to_be_read_a_stale_journal_is_left_out_though_a_crash_left_its_lock(
    shared: tuple[Workspace, str | None], tmp_path: Path, lives: bool
) -> None:
    workspace, passphrase = shared
    older = Path(shutil.copy(workspace.engine.path, tmp_path / "older"))
    there = count(workspace)
    save(workspace, 2, size=900)
    path = crashed(workspace, tmp_path / "crash", 8)
    shutil.copyfile(older, path)
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    lock = locking.place(path)
    told = json.loads(lock.read_text("utf-8"))
    lock.write_text(json.dumps(told if lives else {**told, "pid": child.pid}), "utf-8")
    held = path.read_bytes()
    try:
        engine = Engine.open(path, passphrase=passphrase, readonly=True)
    except StoreError:
        assert lives
        return
    # The control: who writes there has a journal of its own, and nobody asks whether it is.
    assert engine.finding is not None
    assert (engine.finding.kind == "stale_wal") == (not lives)
    if not lives:
        assert engine.rows("PRAGMA integrity_check") == [("ok",)]
        assert engine.rows("SELECT count(*) FROM follow_up") == [(there,)]
    engine.close()
    assert path.read_bytes() == held
