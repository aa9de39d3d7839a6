"""From plain to encrypted, back, and to another passphrase: whole, or as it was."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.model import FollowUp
from desktop.service import journal
from desktop.service.workspace import Workspace
from desktop.store import backup, crypt, looking, search, witness
from desktop.store.drafts import Draft, Drafts
from desktop.store.engine import Engine, StoreError, sqlcipher
from desktop.store.errors import Busy, Encrypted, WrongPassphrase
from tests.store.images import PASSPHRASE, beside, fold_in, image, save, titles

ROOT = Path(__file__).parents[2]
ROUNDS = 1000


def everything(engine: Engine) -> dict[str, Any]:
    tables = engine.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        "schema": engine.rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"),
        "marks": (engine.pragma("application_id"), engine.pragma("user_version")),
        **{
            name: engine.rows(f'SELECT * FROM "{name}"')
            for (name,) in tables
            if not name.startswith("sqlite_stat")
        },
    }


@pytest.fixture
def closed(workspace: Workspace) -> Path:
    """A plain workspace that nobody has open."""
    save(workspace, 5)
    workspace.close()
    return workspace.engine.path


def content(path: Path, passphrase: str | None = None) -> dict[str, Any]:
    opened = Workspace.open(path, passphrase=passphrase)
    try:
        assert opened.finding is None
        assert opened.engine.rows("PRAGMA integrity_check") == [("ok",)]
        assert journal.broken_at() is None
        return everything(opened.engine)
    finally:
        opened.close()


def test_there_and_on_and_back(closed: Path, quick: None) -> None:
    before = content(closed)
    key = crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    with pytest.raises(Encrypted):
        Engine.open(closed)
    assert b"Number 0" not in closed.read_bytes()
    assert content(closed, PASSPHRASE) == before
    other = crypt.rewrite(closed, key, "quite another passphrase", rounds=2 * ROUNDS)
    with pytest.raises(WrongPassphrase):
        Engine.open(closed, passphrase=PASSPHRASE)
    assert content(closed, "quite another passphrase") == before
    told = witness.read(closed)
    assert told is not None
    assert told.rounds == 2 * ROUNDS
    assert crypt.rewrite(closed, other, None) is None
    assert content(closed) == before
    assert closed.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in closed.parent.glob("*.rewriting*")] == []


def test_it_can_be_searched_and_written_after(closed: Path, quick: None) -> None:
    crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    opened = Workspace.open(closed, passphrase=PASSPHRASE)
    save(opened, 2)
    assert len(titles(opened)) == 7
    table = search.table(FollowUp)
    found = opened.engine.rows(f"SELECT count(*) FROM {table} WHERE {table} MATCH 'number'")
    assert found == [(7,)]
    opened.close()


def test_a_backup_is_made_first_and_keeps_the_old_passphrase(closed: Path, quick: None) -> None:
    key = crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    crypt.rewrite(closed, key, "quite another passphrase", rounds=ROUNDS)
    made = sorted(file for file in backup.folder(closed).iterdir() if file.suffix == ".juntos")
    assert len(made) == 2
    sealed = [file for file in made if looking.first_bytes(file) != looking.PLAIN]
    assert len(sealed) == 1
    assert crypt.plain_copies(closed) == [file for file in made if file not in sealed]
    assert crypt.remove(crypt.plain_copies(closed)) == []
    assert crypt.plain_copies(closed) == []
    Engine.open(sealed[0], passphrase=PASSPHRASE, readonly=True).close()


def test_what_the_planner_counted_anew_stands_in_no_ones_way(
    closed: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = crypt._export

    def counted_anew(connection: Any, fresh: Path, key: Any) -> None:
        # Its rows have no number of their own, and the copy counts them from one.
        connection.execute("ANALYZE")
        connection.execute("DELETE FROM sqlite_stat1 WHERE rowid = 1")
        export(connection, fresh, key)

    monkeypatch.setattr(crypt, "_export", counted_anew)
    before = content(closed)
    with monkeypatch.context() as careless:  # the control: by the number that SQLite gives them, all differs
        careless.setattr(crypt, "_in_order", lambda *_table: "rowid")
        careless.setattr(crypt, "_pairs", by_number)
        with pytest.raises(StoreError, match="differs"):
            crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    assert content(closed, PASSPHRASE) == before


def by_number(connection: Any, copy: Any, sql: str) -> Any:
    numbered = sql.replace("SELECT *", "SELECT rowid, *")
    try:
        yield connection.execute(numbered).fetchall(), copy.execute(numbered).fetchall()
    except sqlcipher.OperationalError:  # there are no such numbers
        plain = sql.replace(" ORDER BY rowid", "")
        yield connection.execute(plain).fetchall(), copy.execute(plain).fetchall()


def test_one_that_is_open_elsewhere_is_left_alone(workspace: Workspace) -> None:
    save(workspace, 2)
    with pytest.raises(Busy):
        crypt.rewrite(workspace.engine.path, None, PASSPHRASE, rounds=ROUNDS)
    assert looking.first_bytes(workspace.engine.path) == looking.PLAIN
    assert not beside(workspace.engine.path, crypt.REWRITING).exists()


def test_a_copy_that_differs_does_not_take_its_place(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, export = closed.read_bytes(), crypt._export

    def careless(connection: Any, fresh: Path, key: Any) -> None:
        export(connection, fresh, key)
        copy = crypt.connect(fresh, key)
        copy.execute("UPDATE follow_up SET title = 'Number 9' WHERE title = 'Number 1'")
        copy.close()

    monkeypatch.setattr(crypt, "_export", careless)
    with pytest.raises(StoreError, match="the copy differs"):
        crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    assert titles_of(closed) == [f"Number {number}" for number in range(5)]
    assert looking.first_bytes(closed) == looking.PLAIN
    assert before
    # The control: without the comparison it would have.
    monkeypatch.setattr(crypt, "_compare", lambda *arguments: None)
    key = crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    opened = Workspace.open(closed, key=key)
    assert "Number 9" in titles(opened)
    opened.close()


def titles_of(path: Path) -> list[str]:
    opened = Workspace.open(path)
    try:
        return titles(opened)
    finally:
        opened.close()


def test_drafts_go_with_it_and_stay_whose_they_are_and_as_old_as_they_are(closed: Path, quick: None) -> None:
    old = [
        Draft("quick", {"text": f"{text} in confidence"}, f"2026-11-0{day}T10:00:00.000+00:00", f"owner{day}")
        for day, text in ((2, "A word"), (1, "Another"))
    ]
    drafts = Drafts(closed)
    drafts.copy(old)
    drafts.close()
    key = None
    for passphrase in (PASSPHRASE, "other words", ""):
        key = crypt.rewrite(closed, key, passphrase or None, rounds=ROUNDS)
        found = [file for file in closed.parent.glob("*.drafts*") if b"confidence" in file.read_bytes()]
        assert bool(found) == (not passphrase)
        drafts = Drafts(closed, key)
        assert drafts.all() == old
        drafts.close()


CHILD = """
import sys
from pathlib import Path
from desktop.store import crypt, keys
keys.ROUNDS = (1000, 2000, 3000, 4000)
path, old, new = Path(sys.argv[1]), sys.argv[2], sys.argv[3] or None
key = keys.derive(old, bytes.fromhex(sys.argv[4]), 1000) if old else None
print("begun", flush=True)
crypt.rewrite(path, key, new, rounds=1000)
print("done", flush=True)
"""


@pytest.mark.parametrize("way", ["to encrypted", "to another", "to plain"])
def test_killed_at_any_point_the_old_or_the_new_one_opens(
    closed: Path, tmp_path: Path, quick: None, way: str
) -> None:
    """Ten each: 30 of 30."""
    old, new = {
        "to encrypted": ("", PASSPHRASE),
        "to another": (PASSPHRASE, "other words"),
        "to plain": (PASSPHRASE, ""),
    }[way]
    if old:
        crypt.rewrite(closed, None, old, rounds=ROUNDS)
    before = content(closed, old or None)
    chance = random.Random(5)
    opened_with = []
    for number in range(10):
        folder = tmp_path / f"trial{number}"
        folder.mkdir()
        for file in closed.parent.glob(f"{closed.name}*"):
            if file.is_file():
                (folder / file.name).write_bytes(file.read_bytes())
        path = folder / closed.name
        salt = looking.first_bytes(path).hex()
        command = [sys.executable, "-c", CHILD, str(path), old, new, salt]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        after = None
        for passphrase in (old, new):
            try:
                after = content(path, passphrase or None)
            except (Encrypted, WrongPassphrase):
                continue
            opened_with.append(passphrase)
            break
        assert after == before
    assert len(opened_with) == 10


def test_a_crashed_workspace_is_rewritten_with_its_wal(
    workspace: Workspace, tmp_path: Path, quick: None
) -> None:
    save(workspace, 3)
    path = image(workspace, tmp_path / "crash")
    crypt.rewrite(path, None, PASSPHRASE, rounds=ROUNDS)
    opened = Workspace.open(path, passphrase=PASSPHRASE)
    assert len(titles(opened)) == 3
    assert opened.finding is None
    opened.close()


# ---- what a link, a kill and another passphrase leave


def test_through_a_link_the_file_itself_is_encrypted(closed: Path, quick: None) -> None:
    link = closed.parent / "linked" / "link.juntos"
    link.parent.mkdir()
    link.symlink_to(closed)
    crypt.rewrite(link, None, PASSPHRASE, rounds=ROUNDS)
    assert link.is_symlink()
    assert looking.first_bytes(closed) != looking.PLAIN
    assert [file.name for file in link.parent.iterdir()] == [link.name]
    opened = Engine.open(link, passphrase=PASSPHRASE)
    assert opened.path == closed
    opened.close()


def test_what_a_kill_left_in_plain_goes_at_the_next_opening(closed: Path, quick: None) -> None:
    shutil.copy(closed, beside(closed, crypt.REWRITING))
    crypt.rewrite(closed, None, PASSPHRASE, rounds=ROUNDS)
    shutil.copy(crypt.plain_copies(closed)[0], beside(closed, crypt.REWRITING))
    Engine.open(closed, passphrase=PASSPHRASE, readonly=True).close()
    assert beside(closed, crypt.REWRITING).exists()
    Engine.open(closed, passphrase=PASSPHRASE).close()
    assert not beside(closed, crypt.REWRITING).exists()


def test_only_what_is_plain_is_offered_to_be_removed(sealed: Workspace) -> None:
    """The -wal of an encrypted file that was moved aside holds saves; and brackets in a name are no pattern."""
    save(sealed, 2)
    path = sealed.engine.path.with_name("post [1].juntos")
    plain = path.with_name(f"{path.name}-aside") / "00000001-20260102T000000" / path.name
    secret = path.with_name(f"{path.name}-aside") / "00000001-20260101T000000" / path.name
    for copy in (plain, secret):
        copy.parent.mkdir(parents=True)
        for suffix in ("", "-wal"):
            shutil.copy(beside(sealed.engine.path, suffix), beside(copy, suffix))
    plain.write_bytes(looking.PLAIN + plain.read_bytes()[16:])
    assert crypt.plain_copies(path) == [plain, beside(plain, "-wal")]


def test_half_a_first_page_is_read_from_the_wal(sealed: Workspace, tmp_path: Path) -> None:
    """The power went while the -wal was folded in: the key is right, and all is there."""
    with sealed.engine.db.writing():
        sealed.engine.db.execute_sql("PRAGMA wal_autocheckpoint = 0")
    save(sealed, 9, size=2000)
    crash = image(sealed, tmp_path / "crash")
    fold_in(sealed)
    new, old = sealed.engine.path.read_bytes(), crash.read_bytes()
    assert new[:4096] != old[:4096]
    crash.write_bytes(new[:2048] + old[2048:])
    opened = Workspace.open(crash, passphrase=PASSPHRASE)
    assert len(titles(opened)) == 9
    assert opened.finding is None
    opened.close()
    crash.write_bytes(new[:2048] + old[2048:])
    with pytest.raises(WrongPassphrase):  # the control: without the -wal it is spoilt
        Engine.open(crash, passphrase=PASSPHRASE)
