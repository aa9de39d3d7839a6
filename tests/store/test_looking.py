"""What is found before a file is used: a -wal that is not its own, a part that is missing, another kind of file."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.service import journal
from desktop.service.workspace import Workspace
from desktop.store import backup, leftovers, looking
from desktop.store.connections import connect
from desktop.store.engine import Engine, StoreError
from desktop.store.errors import Damaged
from tests.store.images import PASSPHRASE, beside, fold_in, image, save, titles

Put = Callable[[Path], None]


def whole(workspace: Workspace) -> bool:
    try:
        return workspace.engine.rows("PRAGMA integrity_check") == [("ok",)] and journal.broken_at() is None
    except StoreError:
        return False


# ---- a -wal that belongs to another file


def put_backs(workspace: Workspace, folder: Path, trials: int) -> list[Path]:
    """Workspaces that crashed, and had an older copy put over the file while the -wal stayed.

    Copies are backups, which have another journal mode, and plain copies of the file as it was before.
    """
    chance = random.Random(7)
    copies: list[Path] = []
    made = []
    for number in range(trials):
        if number % 6 == 0:
            save(workspace, 1, size=1500)
            # By SQLite's own means, and as somebody copies a file that nobody has open.
            copies.append(backup.backup(workspace.engine))
            fold_in(workspace)
            copies.append(Path(shutil.copy(workspace.engine.path, folder / f"copy{number}")))
            save(workspace, 2, size=1500)
            fold_in(workspace)
        save(workspace, chance.randint(1, 2), size=chance.randint(1, 2000))
        path = image(workspace, folder / f"crash{number}")
        shutil.copyfile(chance.choice(copies), path)
        beside(path, "-shm").unlink()
        made.append(path)
    return made


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_a_stale_wal_is_moved_aside(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """60 of 60."""
    workspace = request.getfixturevalue("workspace" if kind == "plain" else "sealed")
    passphrase = None if kind == "plain" else PASSPHRASE
    good = 0
    for path in put_backs(workspace, tmp_path, 60):
        wal = beside(path, "-wal").read_bytes()
        opened = Workspace.open(path, passphrase=passphrase)
        found = opened.finding
        assert whole(opened), path
        assert found is not None, path
        assert found.kind == "stale_wal"
        assert found.aside is not None
        assert found.aside.read_bytes() == wal, "nothing is thrown away"
        assert found.missing > 0
        good += 1
        opened.close()
    assert good == 60


def test_control_without_the_look_a_stale_wal_spoils_the_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = put_backs(workspace, tmp_path, 12)
    monkeypatch.setattr(leftovers, "stale", lambda path, key: None)
    spoilt = 0
    for path in made:
        try:
            opened = Workspace.open(path)
        except StoreError:
            spoilt += 1
            continue
        spoilt += not whole(opened)
        opened.close()
    assert spoilt > 6


def test_a_wal_of_its_own_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    crashed = []
    for number in range(6):
        save(workspace, 3, size=2000)
        if number == 3:
            fold_in(workspace)
            save(workspace)
        crashed.append((image(workspace, tmp_path / f"crash{number}"), len(titles(workspace))))
    for path, count in crashed:
        opened = Workspace.open(path)
        assert len(titles(opened)) == count
        assert opened.finding is None
        assert list(path.parent.glob("*aside*")) == []
        opened.close()


def test_a_file_that_is_in_use_is_left_alone(workspace: Workspace) -> None:
    save(workspace, 3)
    wal = beside(workspace.engine.path, "-wal")
    assert leftovers.set_aside(workspace.engine.path, None) is None
    assert wal.exists()
    second = Engine.open(workspace.engine.path)
    assert second.finding is None
    assert len(second.rows("SELECT * FROM follow_up")) == 3
    second.close()


def test_a_new_workspace_does_not_take_the_wal_of_one_that_was_deleted(
    workspace: Workspace, tmp_path: Path
) -> None:
    save(workspace, 3)
    path = image(workspace, tmp_path / "crash")
    wal = beside(path, "-wal").read_bytes()
    path.unlink()
    made = Workspace.create(path)
    assert titles(made) == []
    assert whole(made)
    (aside,) = path.parent.glob("*-wal.aside-*")
    assert aside.read_bytes() == wal
    made.close()
    opened = Workspace.open(path)
    assert opened.finding is None, "the witness speaks for the new one"
    opened.close()


# ---- parts that are missing


@pytest.fixture
def big(workspace: Workspace) -> Path:
    """A closed workspace of some hundred pages."""
    save(workspace, 30, size=2000)
    path = workspace.engine.path
    workspace.close()
    return path


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_truncations_are_told_at_opening(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """100 seeded ones: none silent."""
    workspace = request.getfixturevalue("workspace" if kind == "plain" else "sealed")
    passphrase = None if kind == "plain" else PASSPHRASE
    save(workspace, 10, size=2000)
    workspace.close()
    chance = random.Random(3)
    content = workspace.engine.path.read_bytes()
    told = 0
    for number in range(100):
        keep = chance.choice(
            [
                chance.randrange(1, len(content)),
                len(content) - chance.randint(1, 5000),
                chance.randrange(1, len(content) // 4096) * 4096,
            ]
        )
        folder = tmp_path / f"cut{number}"
        folder.mkdir()
        path = folder / "post.juntos"
        path.write_bytes(content[:keep])
        with pytest.raises(StoreError, match=r"damaged|not a Juntos workspace"):
            Workspace.open(path, passphrase=passphrase)
        assert path.read_bytes() == content[:keep]
        told += 1
    assert told == 100


def test_control_without_a_look_at_its_length_a_cut_is_silent(
    big: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with big.open("rb+") as file:
        file.truncate(big.stat().st_size - 1)
    with pytest.raises(Damaged, match="a part of it is missing"):
        Workspace.open(big)
    monkeypatch.setattr(looking, "refuse_truncated", lambda path, pages, page: None)
    Workspace.open(big).close()


def test_pages_of_nothing(big: Path) -> None:
    content = big.read_bytes()
    big.write_bytes(b"\0" * 4096 + content[4096:])
    with pytest.raises(Damaged, match="not a Juntos workspace"):
        Workspace.open(big)
    big.write_bytes(b"\0" * len(content))
    with pytest.raises(Damaged, match="not a Juntos workspace"):
        Workspace.open(big)
    # One in the middle is for Check to find; to read it is told.
    middle = len(content) // 2 // 4096 * 4096
    big.write_bytes(content[:middle] + b"\0" * 4096 + content[middle + 4096 :])
    with pytest.raises(StoreError, match="damaged"):
        read_all(big)


def read_all(path: Path) -> None:
    opened = Workspace.open(path)
    try:
        assert opened.engine.rows("PRAGMA integrity_check") != [("ok",)]
        for (table,) in opened.engine.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            opened.engine.rows(f'SELECT * FROM "{table}"')
        raise StoreError("damaged: told by the check alone")
    finally:
        opened.close()


# ---- other kinds of files


@pytest.mark.parametrize(
    "content",
    [
        b"Dear colleague, " * 1024,
        b"PK\x03\x04" + bytes(range(256)) * 64,
        b"%PDF-1.7\n" + b"x" * 5000,
        b"\0" * 8192,
        bytes(range(1, 256)) * 10,
    ],
    ids=["text", "zip", "pdf", "zeros", "no pages"],
)
def test_another_kind_of_file_is_no_encrypted_workspace(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "post.juntos"
    path.write_bytes(content)
    with pytest.raises(Damaged, match="not a Juntos workspace"):
        Engine.open(path, passphrase=PASSPHRASE)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["post.juntos"]


def test_a_spoilt_first_page_of_a_plain_file_is_not_taken_for_encrypted(workspace: Workspace) -> None:
    save(workspace)
    path = workspace.engine.path
    workspace.close()
    content = path.read_bytes()
    path.write_bytes(random.Random(1).randbytes(4096) + content[4096:])
    with pytest.raises(Damaged):
        Engine.open(path)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are letters elsewhere")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    """SQLite could not be told of it, and no list of recent workspaces could keep it."""
    path = tmp_path / os.fsdecode(b"b\xff.juntos")
    with pytest.raises(StoreError, match="is no text"):
        Workspace.create(path)
    assert not path.exists()
    path.write_bytes(b"x")
    with pytest.raises(StoreError, match="is no text") as told:
        Workspace.open(path)
    str(told.value).encode()


def test_a_damaged_schema_whose_bytes_are_no_text_is_told_as_damage(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.engine.path
    workspace.close()
    content = path.read_bytes()
    place = content.index(b'CREATE TABLE "follow_up"')
    path.write_bytes(content[:place] + b'CREATE \xcb( "follow_up"' + content[place + 21 :])
    with pytest.raises(sqlcipher.DatabaseError, match="malformed"):
        connect(path)
    with pytest.raises(Damaged):
        Workspace.open(path)
