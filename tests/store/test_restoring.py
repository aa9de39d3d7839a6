"""Restoring: what there was is moved aside whole, what was backed up is there; killed at any step, one of the two is.

Each guard has a control: the same with the guard switched off, which must be seen.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.model import FollowUp
from desktop.service import backups, journal, records
from desktop.service.workspace import Workspace
from desktop.store import backup, intents, kept, leftovers, restoring, turns, witness
from desktop.store.connections import identity
from desktop.store.engine import SCHEMA, Engine, StoreError, sqlcipher
from desktop.store.errors import Busy, Damaged, Newer, Unwritable, WrongPassphrase
from desktop.store.reading import head, reading
from tests.store.images import PASSPHRASE, image

ROOT = Path(__file__).parents[2]
RELEASED = sorted(Path(__file__).with_name("released").glob("*.juntos.gz"))


def tables(engine: Engine) -> dict[str, list[Any]]:
    """All rows of all tables, as far as they are kept and not made of others."""
    names = engine.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return {name: sorted(engine.rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in names}


def titles(path: Path, **how: Any) -> set[str]:
    workspace = Workspace.open(path, **how)
    try:
        assert workspace.engine.rows("PRAGMA integrity_check") == [("ok",)]
        assert journal.broken_at() is None
        assert workspace.finding is None
        return {each.title for each in FollowUp.select()}
    finally:
        workspace.close()


def one_of(path: Path, why: str) -> kept.Backup:
    return next(each for each in kept.listed(path) if each.why == why)


@pytest.fixture
def path(workspace: Workspace) -> Path:
    """A closed workspace that has “Before” and “After”, and a backup between the two."""
    records.add(workspace, FollowUp, {"title": "Before"})
    backup.backup(workspace.engine, "asked")
    records.add(workspace, FollowUp, {"title": "After"})
    workspace.close()
    return workspace.engine.path


def test_the_drill_the_newest_backup_restored_has_all_rows(workspace: Workspace) -> None:
    for number in range(20):
        records.add(workspace, FollowUp, {"title": f"Number {number}", "detail": "会議 " * number})
    backup.backup(workspace.engine)
    before = tables(workspace.engine)
    records.add(workspace, FollowUp, {"title": "After"})
    assert tables(workspace.engine) != before, "the control: a row more is seen"
    workspace.close()
    path = workspace.engine.path
    backups.restore(path, kept.newest(path))  # type: ignore[arg-type]
    again = Workspace.open(path)
    assert tables(again.engine) == before
    again.close()


def test_a_restore_and_the_way_back(path: Path) -> None:
    restored = backups.restore(path, one_of(path, "asked"))
    assert titles(path) == {"Before"}
    assert restored.aside is not None
    assert restored.made is not None
    assert backup.flaw(restored.made) == ""
    assert {each.why for each in kept.listed(path)} == {"asked", "before-restore", "aside"}
    back = backups.restore(path, one_of(path, "aside"))
    assert titles(path) == {"Before", "After"}
    assert back.remarks == ()
    backups.restore(path, one_of(path, "before-restore"))
    assert titles(path) == {"Before", "After"}
    # Nothing was removed: each restore has a folder of what there was.
    assert len([each for each in kept.listed(path) if each.is_aside]) == 3


def test_it_goes_on_as_before_after_a_restore(path: Path) -> None:
    backups.restore(path, one_of(path, "asked"))
    workspace = Workspace.open(path)
    records.add(workspace, FollowUp, {"title": "Later"})
    made = backup.backup(workspace.engine)
    assert not backup.due(workspace.engine)
    workspace.close()
    last = kept.last(path)
    assert last is not None
    # All of it may be in one second.
    assert made in [each.path for each in kept.listed(path) if each.at == last.at]
    assert titles(path) == {"Before", "Later"}


def test_the_witness_speaks_for_what_was_restored(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is lost between a restore and the first opening is noticed."""
    whole = path.read_bytes()
    backups.restore(path, one_of(path, "asked"))
    told = witness.read(path)
    assert told is not None
    assert (told.identity, told.clock) == (identity(path), one_of(path, "asked").clock)
    titles(path)
    path.write_bytes(whole)  # of the same beginning, with more: that is fine
    titles(path)
    early = one_of(path, "asked")
    backups.restore(path, one_of(path, "before-restore"))
    path.write_bytes(early.path.read_bytes())
    workspace = Workspace.open(path)
    assert workspace.finding is not None
    assert (workspace.finding.kind, workspace.finding.missing) == ("behind", 1)
    workspace.close()
    # The control: untold, it would be silent.
    monkeypatch.setattr(restoring, "_tell", lambda path, told: None)
    backups.restore(path, one_of(path, "before-restore"))
    path.write_bytes(early.path.read_bytes())
    assert titles(path) == {"Before"}


def test_a_restore_that_was_interrupted_tells_the_witness_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(file: Path, aside: Path) -> None:
        raise OSError(5, "Input/output error", str(file))

    with monkeypatch.context() as broken:
        broken.setattr(restoring, "_move", refused)
        with pytest.raises(StoreError, match="goes on when"):
            backups.restore(path, one_of(path, "asked"))
    assert "brought to its end" in restoring.recover(path)
    told = witness.read(path)
    assert told is not None
    assert (told.identity, told.clock) == (identity(path), one_of(path, "asked").clock)
    assert titles(path) == {"Before"}


def damage(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 20_000)


def test_a_damaged_workspace_is_replaced(path: Path) -> None:
    damage(path)
    held = path.read_bytes()
    restored = backups.restore(path, one_of(path, "asked"))
    assert restored.made is None
    assert restored.aside is not None
    assert restored.aside.read_bytes() == held
    assert titles(path) == {"Before"}


@pytest.mark.parametrize("content", [b"", b"no database at all\n" * 300])
def test_what_is_no_workspace_is_replaced(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    backups.restore(path, one_of(path, "asked"))
    assert titles(path) == {"Before"}


def test_where_there_is_none_it_comes_back(path: Path) -> None:
    path.unlink()
    restored = backups.restore(path, one_of(path, "asked"))
    # What lay beside it went aside; the database was not among it.
    assert restored.aside is None
    assert titles(path) == {"Before"}


@pytest.fixture
def crashed(workspace: Workspace, tmp_path: Path) -> Path:
    """A workspace as a crash leaves it: what was saved last is in its -wal alone; with a backup of the time before."""
    records.add(workspace, FollowUp, {"title": "Before"})
    made = backup.backup(workspace.engine, "asked")
    workspace.engine.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(30):
        records.add(workspace, FollowUp, {"title": f"After {number}", "detail": "word " * 200})
    path = image(workspace, tmp_path / "crashed")
    kept.folder(path).mkdir()
    shutil.copy(made, kept.folder(path) / made.name)
    assert restoring.beside(path, "-wal").stat().st_size > 32
    return path


def test_a_wal_that_stayed_is_not_laid_over_the_backup(crashed: Path) -> None:
    restored = backups.restore(crashed, one_of(crashed, "asked"))
    assert titles(crashed) == {"Before"}
    assert restored.aside is not None
    assert restoring.beside(restored.aside, "-wal").stat().st_size > 32
    assert restored.made is not None
    backups.restore(crashed, one_of(crashed, "aside"))
    assert len(titles(crashed)) == 31, "what was in the -wal alone came back too"


def test_control_copied_over_it_would_be(crashed: Path) -> None:
    shutil.copyfile(one_of(crashed, "asked").path, crashed)
    connection = sqlcipher.connect(str(crashed))
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = {title for (title,) in connection.execute("SELECT title FROM follow_up")}
    except sqlcipher.DatabaseError:
        whole, found = False, set()
    finally:
        connection.close()
    assert not whole or found != {"Before"}


# ---- what is refused, with everything as it was


def state(path: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(path.parent)): file.read_bytes()
        for file in path.parent.rglob("*")
        if file.is_file() and file.stat().st_size and not file.name.endswith((".witness", "-shm"))
    }


def test_a_damaged_backup_is_refused(path: Path) -> None:
    chosen = one_of(path, "asked")
    damage(chosen.path)
    before = state(path)
    with pytest.raises(Damaged):
        backups.restore(path, chosen)
    assert state(path) == before
    assert titles(path) == {"Before", "After"}


def test_a_newer_backup_is_refused(path: Path) -> None:
    chosen = one_of(path, "asked")
    connection = sqlcipher.connect(str(chosen.path))
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    before = state(path)
    with pytest.raises(Newer, match="newer version"):
        backups.restore(path, chosen)
    assert state(path) == before


def test_another_programs_file_is_refused(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    connection = sqlcipher.connect(str(other))
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        backups.restore(path, other)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_an_open_workspace_is_refused(path: Path) -> None:
    workspace = Workspace.open(path)
    with pytest.raises(Busy, match="Close it first"):
        backups.restore(path, one_of(path, "asked"))
    workspace.close()
    assert titles(path) == {"Before", "After"}


def test_without_room_nothing_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = one_of(path, "asked")
    before = state(path)
    monkeypatch.setattr(restoring, "copy", _no_room)
    with pytest.raises(StoreError):
        backups.restore(path, chosen)
    monkeypatch.undo()
    after = state(path)
    assert {name for name in after if name not in before} == {
        f"{kept.folder(path).name}/{one_of(path, 'before-restore').path.name}"
    }
    assert {name: after[name] for name in before} == before
    assert titles(path) == {"Before", "After"}


def _no_room(_connection: Any, target: Path, _key: Any) -> Any:
    target.write_bytes(b"half")
    raise OSError(28, "No space left on device", str(target))


def test_without_the_new_file_nothing_is_moved(path: Path) -> None:
    before = state(path)
    with pytest.raises(StoreError, match="Nothing was changed"):
        restoring.exchange(path, 9)
    assert state(path) == before
    assert restoring.recover(path) == ""
    assert titles(path) == {"Before", "After"}


def test_opened_meanwhile_no_copy_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, looks = turns.refuse_open, list[int]()

    def opened(path: Path) -> None:
        looks.append(1)
        if len(looks) > 1:
            assert restoring.beside(path, restoring.RESTORING).exists()
            raise Busy("open meanwhile")
        real(path)

    monkeypatch.setattr(turns, "refuse_open", opened)
    with pytest.raises(Busy, match="open meanwhile"):
        backups.restore(path, one_of(path, "asked"))
    assert not restoring.beside(path, restoring.RESTORING).exists()
    assert titles(path) == {"Before", "After"}


def test_a_journal_that_cannot_be_moved_stops_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, key: Any) -> None:
        raise Unwritable("cannot be made")

    before = state(path)
    monkeypatch.setattr(leftovers, "set_aside", refused)
    with pytest.raises(Unwritable):
        backups.restore(path, one_of(path, "asked"))
    monkeypatch.undo()
    assert state(path) == before
    assert titles(path) == {"Before", "After"}


# ---- encrypted ones


def test_an_encrypted_one_comes_back_encrypted(sealed: Workspace) -> None:
    path, key = sealed.engine.path, sealed.engine.key
    records.add(sealed, FollowUp, {"title": "Before"})
    backup.backup(sealed.engine, "asked")
    records.add(sealed, FollowUp, {"title": "After"})
    sealed.close()
    chosen = one_of(path, "asked")
    with pytest.raises(WrongPassphrase):
        backups.restore(path, chosen, passphrase="another passphrase")
    restored = backups.restore(path, chosen, passphrase=PASSPHRASE)
    assert (restored.key, restored.remarks) == (key, ())
    assert restored.made is not None
    assert titles(path, passphrase=PASSPHRASE) == {"Before"}
    assert b"SQLite format" not in path.read_bytes()[:20]
    assert backup.flaw(restored.made, key=key) == ""
    backups.restore(path, one_of(path, "aside"), key=key)
    assert titles(path, passphrase=PASSPHRASE) == {"Before", "After"}


def test_a_plain_backup_of_an_encrypted_one_is_said(path: Path, sealed: Workspace) -> None:
    sealed.close()
    chosen = one_of(path, "asked")
    restoring.beside(sealed.engine.path, ".drafts").write_bytes(b"what was being typed, encrypted")
    restored = backups.restore(sealed.engine.path, chosen, passphrase=PASSPHRASE)
    assert restored.key is None
    assert "not encrypted" in restored.remarks[0]
    assert restored.made is not None
    assert backup.flaw(restored.made, passphrase=PASSPHRASE) == ""
    assert titles(sealed.engine.path) == {"Before"}
    assert restored.aside is not None
    assert restoring.beside(restored.aside, ".drafts").read_bytes().startswith(b"what")


def test_what_is_wrong_for_the_file_that_is_there_gives_way_to_what_opens_the_backup(
    sealed: Workspace,
) -> None:
    chosen = backup.backup(sealed.engine, "asked")
    key = sealed.engine.key
    sealed.close()
    restored = backups.restore(sealed.engine.path, chosen, passphrase=PASSPHRASE, present="mistyped before")
    assert restored.made is not None
    assert restored.opened == key


def test_drafts_stay_where_the_key_is_the_same(path: Path) -> None:
    drafts = restoring.beside(path, ".drafts")
    drafts.write_bytes(b"what was being typed")
    backups.restore(path, one_of(path, "asked"))
    assert drafts.read_bytes() == b"what was being typed"


# ---- older ones


@pytest.mark.parametrize("release", RELEASED, ids=lambda file: file.name.removesuffix(".juntos.gz"))
def test_a_backup_of_an_earlier_version_comes_back_and_is_brought_up_to_date(
    path: Path, tmp_path: Path, release: Path
) -> None:
    old = tmp_path / "old.juntos"
    old.write_bytes(gzip.decompress(release.read_bytes()))
    held = old.read_bytes()
    with reading(old) as connection:
        older = head(connection).schema < SCHEMA
    backups.restore(path, old)
    assert old.read_bytes() == held
    workspace = Workspace.open(path)
    assert workspace.engine.pragma("user_version") == SCHEMA
    assert journal.broken_at() is None
    assert [each.title for each in FollowUp.select()] == [FollowUp.get().title]
    workspace.close()
    assert ("before-migration" in {each.why for each in kept.listed(path)}) == older


# ---- killed


def killed(folder: Path, *guard: str) -> Any:
    command = [sys.executable, "-m", "tests.store.restore_kills", str(folder), *guard]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(params=["plain", "encrypted"])
def to_be_killed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with a crashed workspace, its -wal and a backup."""
    workspace = request.getfixturevalue("workspace" if request.param == "plain" else "sealed")
    records.add(workspace, FollowUp, {"title": "Before the backup"})
    made = backup.backup(workspace.engine, "asked")
    records.add(workspace, FollowUp, {"title": "After the backup"})
    path = image(workspace, tmp_path / "crashed")
    kept.folder(path).mkdir(exist_ok=True)
    shutil.copy(made, kept.folder(path) / made.name)
    return path.parent


def test_killed_anywhere_and_again_there_is_the_old_one_or_the_new(to_be_killed: Path) -> None:
    found = killed(to_be_killed)
    assert set(found["states"]) == {"old", "new"}, found
    assert found["first"] > 40
    assert found["again"] > 40


def test_control_without_an_intent_there_is_neither(to_be_killed: Path) -> None:
    found = killed(to_be_killed, "careless")
    assert set(found["states"]) - {"old", "new"}, found


# ---- what recovering makes of odd leftovers


def test_an_unfinished_copy_is_removed(path: Path) -> None:
    restoring.beside(path, restoring.RESTORING).write_bytes(b"half")
    assert restoring.recover(path) == ""
    assert not restoring.beside(path, restoring.RESTORING).exists()
    assert titles(path) == {"Before", "After"}


def test_an_interrupted_one_is_ended_at_the_next_start_and_said(path: Path) -> None:
    shutil.copy(one_of(path, "asked").path, restoring.beside(path, restoring.RESTORING))
    intents.write(path, restoring.Intent("00000009-20261121T120000", restoring.MOVED))
    workspace = Workspace.open(path)
    assert "brought to its end" in workspace.recovered
    assert {each.title for each in FollowUp.select()} == {"Before"}
    workspace.close()
    assert one_of(path, "aside").clock == 9


def test_where_the_new_file_is_lost_the_old_one_comes_back(path: Path) -> None:
    aside = kept.aside_folder(path) / "00000009-20261121T120000"
    aside.mkdir(parents=True)
    path.replace(aside / path.name)
    intents.write(path, restoring.Intent(aside.name, restoring.MOVED))
    restoring.recover(path)
    assert titles(path) == {"Before", "After"}


@pytest.mark.parametrize("aside", ["../elsewhere", "00000009-20261121T120000/../..", ""])
def test_a_note_of_somebody_else_leads_nowhere(path: Path, aside: str) -> None:
    shutil.copy(one_of(path, "asked").path, restoring.beside(path, restoring.RESTORING))
    note = {"aside": aside, "suffixes": ["", "/../../elsewhere"]}
    restoring.beside(path, restoring.INTENT).write_text(json.dumps(note), "utf-8")
    before = {file.name for file in path.parent.parent.iterdir()}
    restoring.recover(path)
    assert titles(path) == {"Before"}
    assert {file.name for file in path.parent.parent.iterdir()} == before
    assert len([each for each in kept.listed(path) if each.is_aside]) == 1


def test_where_nothing_can_be_moved_aside_nothing_is_begun(path: Path) -> None:
    """Else each start would try to end it, and none could."""
    aside = kept.aside_folder(path)
    aside.write_text("a file of somebody's")
    with pytest.raises(StoreError, match=f"{aside.name}: .+ Nothing was changed"):
        backups.restore(path, one_of(path, "asked"))
    assert titles(path) == {"Before", "After"}
    assert not intents.beside(path, restoring.INTENT).exists()
    assert not intents.beside(path, restoring.RESTORING).exists()
    aside.unlink()
    backups.restore(path, one_of(path, "asked"))
    assert titles(path) == {"Before"}
