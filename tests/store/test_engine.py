"""Opening, making, reading and closing a workspace file; what is no workspace is refused and left as it is."""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import peewee as pw
import pytest

from desktop.model import FollowUp, Invalid, Person
from desktop.model.base import OutsideOperation
from desktop.service import files, records
from desktop.service.workspace import Workspace
from desktop.store import backup, connections, engine, errors, ways
from desktop.store.engine import PRAGMAS, SCHEMA, Engine, StoreError, TooSlow
from desktop.store.errors import Moved, Unwritable
from tests import conftest

RELEASED = Path(__file__).with_name("released")


def raw(path: Path, *statements: str) -> Any:
    """Change a file that is not open, with none of the program's care; returns the last statement's first row."""
    connection = engine.sqlcipher.connect(str(path), isolation_level=None)
    try:
        for statement in statements:
            row = connection.execute(statement).fetchone()
        return row
    finally:
        connection.close()


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    """A workspace file that nobody has open."""
    return Path(shutil.copy(template, tmp_path / "post.juntos"))


# ---- what is told every connection


def test_every_connection_is_told_the_same(workspace: Workspace) -> None:
    reader = workspace.engine.reader()
    here = {name: workspace.engine.pragma(name) for name in (*PRAGMAS, "query_only", "journal_mode")}
    assert here == {**PRAGMAS, "query_only": 1, "journal_mode": "wal"}
    assert {name: reader.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS} == PRAGMAS
    elsewhere: dict[str, Any] = {}
    thread = threading.Thread(target=lambda: elsewhere.update({n: workspace.engine.pragma(n) for n in here}))
    thread.start()
    thread.join()
    assert elsewhere == here
    with workspace.engine.write():
        writing = {name: workspace.engine.pragma(name) for name in here}
    assert writing == {**here, "query_only": 0}
    reader.close()


def test_a_pragma_that_is_not_kept_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRAGMAS, "synchronous", 9)
    with pytest.raises(StoreError, match="synchronous is 1, not 9"):
        Engine.open(file)


def test_a_file_that_could_not_be_opened_is_open_no_more(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whatever is put in its place later would be told to be the workspace itself."""
    with monkeypatch.context() as refused:
        refused.setitem(PRAGMAS, "synchronous", 9)
        with pytest.raises(StoreError, match="synchronous is 1, not 9"):
            Engine(file)
    assert not connections.is_open_here(file)
    moved = Moved(f"{file} was moved.")
    with monkeypatch.context() as refused:
        refused.setattr(connections.Database, "still_there", raising(moved))
        with pytest.raises(Moved):
            Engine(file)
    assert not connections.is_open_here(file)


def test_a_file_whose_closing_fails_is_closed_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Engine.open(file)
    taken = opened.db.connection()
    with opened.db.writing():
        assert connections.is_open_here(file)
    with monkeypatch.context() as failing:
        failing.setattr(opened.db, "close", raising(pw.OperationalError("A transaction is open.")))
        with pytest.raises(pw.OperationalError):
            opened.db.finish()
    assert not connections.is_open_here(file)
    with pytest.raises(engine.sqlcipher.ProgrammingError, match="closed"):
        taken.execute("SELECT 1")
    opened.close()


def raising(error: Exception) -> Callable[..., None]:
    def act(*_given: Any) -> None:
        raise error

    return act


def test_nothing_is_written_but_by_an_operation(workspace: Workspace) -> None:
    person = Person.get()
    with pytest.raises(OutsideOperation):
        person.save()
    with pytest.raises(OutsideOperation):
        person.delete_instance()
    for write in (
        lambda: Person.update(name="Somebody").execute(),
        lambda: FollowUp.insert(title="Something").execute(),
        lambda: workspace.engine.db.execute_sql("DELETE FROM person"),
        lambda: workspace.engine.db.connection().execute("DROP TABLE person"),
    ):
        with pytest.raises((pw.OperationalError, engine.sqlcipher.OperationalError), match="readonly"):
            write()
    with workspace.engine.write():
        pass
    with pytest.raises(pw.OperationalError, match="readonly"):
        Person.update(name="Somebody").execute()


def test_a_thread_of_its_own_cannot_write_either(workspace: Workspace) -> None:
    caught: list[Exception] = []

    def write() -> None:
        try:
            Person.update(name="Somebody").execute()
        except pw.OperationalError as error:
            caught.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_an_operation_has_the_writing_connection_and_nobody_else(workspace: Workspace) -> None:
    engine = workspace.engine
    own, seen = engine.db.connection(), "SELECT count(*) FROM alias"
    with contextlib.suppress(InterruptedError), engine.write():
        writer = engine.db.connection()
        assert writer is not own
        engine.db.execute_sql("INSERT INTO alias (old, entity, uid) VALUES ('a', 'follow_up', 'u')")
        assert engine.rows(seen) == [(1,)]
        assert own.execute(seen).fetchone() == (0,)
        raise InterruptedError
    assert engine.db.connection() is own
    assert engine.rows(seen) == [(0,)]
    with engine.write(), engine.nested(), engine.write():
        assert engine.db.connection() is writer, "it stays open, with its statements ready"
        engine.db.execute_sql("INSERT INTO alias (old, entity, uid) VALUES ('a', 'follow_up', 'u')")
    assert engine.db.connection() is own
    assert engine.rows(seen) == [(1,)]


def test_a_thread_waits_until_another_has_written(workspace: Workspace) -> None:
    order: list[str] = []

    def write() -> None:
        with workspace.engine.write():
            order.append("other")
        with contextlib.suppress(pw.OperationalError):
            workspace.engine.db.execute_sql("DELETE FROM person")
            order.append("written past an operation")

    thread = threading.Thread(target=write)
    with workspace.engine.write():
        thread.start()
        thread.join(0.1)
        order.append("this")
    thread.join()
    assert order == ["this", "other"]


def test_a_reader_can_only_read_and_keep_temporary_tables(workspace: Workspace) -> None:
    reader = workspace.engine.reader()
    reader.execute("CREATE TEMP TABLE kept AS SELECT id FROM person")
    assert reader.execute("SELECT count(*) FROM kept").fetchone() == (2,)
    with pytest.raises(workspace.engine.errors, match="readonly"):
        reader.execute("DELETE FROM person")
    reader.close()


def test_a_reading_that_takes_too_long_is_stopped(workspace: Workspace) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(TooSlow), workspace.engine.within(0.05):
        workspace.engine.rows(endless)
    assert workspace.engine.rows("SELECT 1") == [(1,)]


@pytest.mark.parametrize("readonly", [False, True])
def test_what_only_reads_can_be_broken_off_after_it_was_timed(
    file: Path, monkeypatch: pytest.MonkeyPatch, readonly: bool
) -> None:
    monkeypatch.setattr(connections, "PACE", 50)
    opened = Workspace.open(file, readonly=readonly)
    with opened.engine.within(600):
        assert FollowUp.select().count() == 0
    long = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000) SELECT max(x) FROM n"
    )
    stopped = pytest.raises(Engine.errors, match="interrupted") if readonly else contextlib.nullcontext()
    with connections.breaking_off(), stopped:
        assert opened.engine.rows(long) == [(5000,)]
    assert opened.engine.rows(long) == [(5000,)]
    opened.close()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_nothing_but_the_engine_opens_the_file(
    suffix: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each test watches that (tests/conftest.py); that it does is shown by a door without its guard."""
    path = Path(f"{workspace.engine.path}{suffix}")
    with pytest.raises(Invalid, match="is the workspace itself"):
        files.content(path, 100)
    assert conftest.opened_besides == []
    monkeypatch.setattr(files, "is_open_here", lambda _path: False)
    with pytest.raises(RuntimeError, match=r"is opened at .*files\.py"):
        files.content(path, 100)
    assert len(conftest.opened_besides) == 1, "the control: it would have failed this test"
    conftest.opened_besides.clear()
    workspace.close()
    assert not path.exists() or files.content(path, 100), "closed, it is a file like any other"


# ---- making and closing


def test_a_new_file_is_nobody_elses_to_read(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        workspace = Workspace.create(tmp_path / "new.juntos")
        made = backup.backup(workspace.engine)
        files = [*tmp_path.glob("new.juntos*"), made]
        assert {file.name for file in files} >= {"new.juntos", "new.juntos-wal", "new.juntos-shm"}
        modes = {file: stat.S_IMODE(file.stat().st_mode) for file in files}
        workspace.close()
    finally:
        os.umask(before)
    assert all(mode == (0o700 if file.is_dir() else 0o600) for file, mode in modes.items()), modes


def test_closing_leaves_one_file(file: Path) -> None:
    opened = Engine.open(file)
    with opened.write():
        pass
    threads = [threading.Thread(target=lambda: opened.rows("SELECT 1")) for _number in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    opened.close()
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name, f"{file.name}.witness"]
    with pytest.raises(StoreError, match="is closed"):
        opened.rows("SELECT 1")
    with pytest.raises(StoreError, match="is closed"), opened.write():
        pass


def test_what_the_planner_learnt_is_known_to_the_next_operation(workspace: Workspace) -> None:
    with workspace.engine.write():
        writer = workspace.engine.db.connection()
    workspace.engine.optimize()
    with workspace.engine.write():
        assert workspace.engine.db.connection() is not writer


def test_the_planner_has_its_figures_after_closing(workspace: Workspace) -> None:
    for number in range(60):
        records.add(workspace, FollowUp, {"title": f"Number {number}"})
    list(FollowUp.select().where(FollowUp.due_on == "2026-11-21"))
    workspace.close()
    assert raw(workspace.engine.path, "SELECT count(*) > 0 FROM sqlite_stat1 WHERE tbl = 'follow_up'") == (1,)


# ---- what cannot be opened


def told(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        Engine.open(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    return sentence


def test_what_is_no_workspace(file: Path, tmp_path: Path) -> None:
    folder, empty, text = tmp_path / "folder", tmp_path / "empty.juntos", tmp_path / "text.juntos"
    folder.mkdir()
    empty.touch()
    text.write_text("Dear colleague, " * 1000, "utf-8")
    other = tmp_path / "other.juntos"
    raw(other, "CREATE TABLE photo (id)", "PRAGMA application_id = 7")
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path, part in (
        (folder, "is a folder"),
        (tmp_path / "nowhere.juntos", "There is no workspace"),
        (tmp_path / "nowhere" / "post.juntos", "There is no workspace"),
        (text / "post.juntos", "There is no workspace"),
        (empty, "is empty"),
        (text, "is not a Juntos workspace"),
        (other, "another program"),
        (fifo, "is not a file"),
    ):
        content = path.read_bytes() if path.is_file() else b""
        assert part in told(path), path
        assert (path.read_bytes() if path.is_file() else b"") == content
        assert not Path(f"{path}-wal").exists()


def test_a_newer_file_is_opened_to_be_read(file: Path) -> None:
    raw(file, f"PRAGMA user_version = {SCHEMA + 1}")
    content = file.read_bytes()
    opened = Workspace.open(file)
    assert "newer version of Juntos" in opened.readonly
    assert opened.readonly.endswith(".")
    assert Person.select().count() == 2
    with pytest.raises(Unwritable, match="Nothing was saved"):
        records.add(opened, FollowUp, {"title": "Never"})
    opened.bring_figures()
    opened.close()
    assert file.read_bytes() == content
    assert traces(file) == set()


def traces(file: Path) -> set[str]:
    """What lies beside a file but the index that reading makes, and a -wal without content."""
    beside = {
        each.name for each in file.parent.iterdir() if not each.name.endswith("-wal") or each.stat().st_size
    }
    return beside - {file.name, f"{file.name}-shm"}


def test_one_that_is_opened_to_be_read_is_not_written(file: Path) -> None:
    content = file.read_bytes()
    opened = Workspace.open(file, readonly=True)
    assert "read only" in opened.readonly
    with opened.engine.seen_by("public"):
        assert FollowUp.select().count() == 0
    reader = opened.engine.reader()
    reader.execute("CREATE TEMP TABLE kept AS SELECT id FROM person")
    reader.close()
    for write in (
        lambda: records.add(opened, FollowUp, {"title": "Never"}),
        lambda: opened.engine.db.execute_sql("DELETE FROM person"),
    ):
        with pytest.raises((Unwritable, pw.OperationalError)):
            write()
    opened.engine.optimize()
    opened.close()
    assert file.read_bytes() == content
    assert traces(file) == set()


def test_an_older_one_that_is_only_read_is_read_in_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "old.juntos"
    path.write_bytes(gzip.decompress((RELEASED / "0.1.0.juntos.gz").read_bytes()))
    content = path.read_bytes()
    opened = Workspace.open(path, readonly=True)
    assert opened.engine.pragma("user_version") == SCHEMA
    copy = opened.engine.db._path
    assert copy != path
    assert copy.exists()
    with pytest.raises(Unwritable):
        records.add(opened, FollowUp, {"title": "Never"})
    opened.close()
    assert not copy.parent.exists()
    assert path.read_bytes() == content
    assert traces(path) == set()


@pytest.mark.parametrize("fails", [False, True])
def test_of_an_older_one_with_a_wal_no_other_copy_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    path, folders = tmp_path / "old.juntos", tmp_path / "folders"
    path.write_bytes(gzip.decompress((RELEASED / "0.1.0.juntos.gz").read_bytes()))
    folders.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folders))
    monkeypatch.setattr(ways, "readable", lambda chosen, key: (ways.copied(chosen), None))
    if fails:
        monkeypatch.setattr(ways, "connect", no_room)
        with pytest.raises(StoreError, match="no room"):
            engine.Engine.open(path, readonly=True)
    else:
        opened = Workspace.open(path, readonly=True)
        assert opened.engine.db._path.parent.parent == folders
        assert len(list(folders.iterdir())) == 1
        opened.close()
    assert list(folders.iterdir()) == []


def no_room(*_of: object, **_more: object) -> Any:
    error = engine.sqlcipher.OperationalError("database or disk is full")
    error.sqlite_errorcode = errors.FULL
    raise error


@pytest.mark.parametrize("make", ["copied", "vacuumed"])
def test_without_room_for_a_copy_it_is_told(file: Path, monkeypatch: pytest.MonkeyPatch, make: str) -> None:
    def full(*_of: object, **_more: object) -> str:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(StoreError, match="cannot be read"):
        ways.copied(ways.Way(file)) if make == "copied" else ways.vacuumed(ways.Way(file), None)


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be reached" in told(tmp_path / ("x" * 300))
    with pytest.raises(StoreError, match="cannot be made"):
        Workspace.create(tmp_path / ("x" * 300))


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_a_truncated_file_is_told(file: Path, share: float) -> None:
    size = file.stat().st_size
    os.truncate(file, int(size * share))
    with pytest.raises(StoreError, match=r"is damaged|is not a Juntos workspace"):
        read_all(file)


def read_all(path: Path) -> None:
    """Open a file and read all its tables."""
    opened = Workspace.open(path)
    try:
        for (table,) in opened.engine.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            opened.engine.rows(f'SELECT * FROM "{table}"')
    finally:
        opened.close()


def test_a_damaged_page_is_told_in_words(workspace: Workspace) -> None:
    for number in range(200):
        records.add(workspace, FollowUp, {"title": f"Number {number}", "detail": "word " * 200})
    path = workspace.engine.path
    workspace.close()
    with path.open("rb+") as spoilt:
        spoilt.seek(path.stat().st_size // 2 // 4096 * 4096)
        spoilt.write(b"\xff" * 4096 * 20)
    with pytest.raises(StoreError, match="is damaged"):
        read_all(path)


def test_a_new_workspace_replaces_nothing(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    with pytest.raises(StoreError, match="exists already"):
        Workspace.create(file)
    with pytest.raises(StoreError, match="exists already"):
        Workspace.create(tmp_path)
    with pytest.raises(StoreError, match="cannot be made"):
        Workspace.create(tmp_path / "nowhere" / "post.juntos")
    assert file.read_bytes() == content


def test_a_half_made_workspace_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SCRIPTS", tmp_path / "none")
    monkeypatch.setattr(engine.Engine, "_migrate", lambda self: self.db.execute_sql("SELECT * FROM nothing"))
    close = engine.Engine.close

    def closed(self: engine.Engine) -> None:
        close(self)
        Path(f"{self.path}-journal").write_bytes(b"what the disk refused to take back")

    monkeypatch.setattr(engine.Engine, "close", closed)
    with pytest.raises(pw.OperationalError):
        Workspace.create(tmp_path / "new.juntos")
    assert list(tmp_path.iterdir()) == []


# ---- engine's errors in words


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("FULL", "no room"),
        ("BUSY", "another program"),
        ("READONLY", "check the disk"),
        ("CORRUPT", "is damaged"),
    ],
)
def test_the_engines_errors_are_told(name: str, part: str) -> None:
    error = pw.OperationalError("x")
    error.orig = engine.sqlcipher.OperationalError("x")
    error.orig.sqlite_errorcode = getattr(errors, name) | 1 << 8
    try:
        try:
            raise error
        except pw.OperationalError:
            raise pw.OperationalError("no such savepoint: s1") from None
    except pw.OperationalError as later:
        found = errors.in_words(later, Path("post.juntos"))
    assert part in str(found)


def test_a_fault_of_our_own_sql_is_no_fault_of_the_file(workspace: Workspace) -> None:
    with pytest.raises(engine.sqlcipher.OperationalError, match="no such column: full"):
        workspace.engine.rows("SELECT full FROM person")
    with pytest.raises(pw.OperationalError, match="no such table: locked"), workspace.engine.write():
        workspace.engine.db.execute_sql("DELETE FROM locked")
