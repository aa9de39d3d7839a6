"""`juntos backups` and `juntos restore`, and passphrases for any command."""

from __future__ import annotations

import getpass
import io
import json
import sys
from pathlib import Path

import pytest

from desktop import settings
from desktop.service.workspace import Workspace
from desktop.store import backup, kept, keys

from .conftest import Juntos

PASSPHRASE = "correct horse battery staple"


def titles(juntos: Juntos) -> list[str]:
    found = juntos("list", "follow-ups", "--sort", "title", "--format", "json")
    assert found.code == 0, found.err
    return [each["title"] for each in json.loads(found.out)]


def back_up(path: Path, passphrase: str | None = None) -> Path:
    workspace = Workspace.open(path, passphrase=passphrase)
    made = backup.backup(workspace.engine, "asked")
    workspace.close()
    return made


@pytest.fixture
def path(juntos: Juntos, tmp_path: Path) -> Path:
    """A workspace with “After” and a backup of before it."""
    juntos("add", "follow-up", "title=Before")
    back_up(tmp_path / "post.juntos")
    juntos("add", "follow-up", "title=After")
    return tmp_path / "post.juntos"


def test_they_are_listed_with_how_they_differ(juntos: Juntos, path: Path) -> None:
    found = juntos("backups")
    assert found.code == 0, found.err
    head, _line, row = found.out.splitlines()
    assert head.split() == ["No.", "Made", "Why", "Size", "After", "a", "restore"]
    assert row.startswith("  1  ")
    assert "asked for" in row
    assert row.endswith("Without 1 save: 1 new, 0 changed, 0 deleted")
    (told,) = json.loads(juntos("backups", "--format", "json").out)
    assert (told["why"], told["related"], told["flaw"], told["encrypted"]) == ("asked", True, "", False)
    assert told["lost"]["made"] == 1
    assert told["gained"]["operations"] == 0
    assert Path(told["path"]).exists()


def test_where_there_is_none_it_is_said(juntos: Juntos) -> None:
    found = juntos("backups")
    assert (found.code, found.out) == (0, "")
    assert "There is no backup" in found.err
    assert juntos("restore", "--yes").code == 1


@pytest.mark.parametrize("name", ["", "1", "name", "path"])
def test_one_is_restored_and_the_way_back(juntos: Juntos, path: Path, name: str) -> None:
    chosen = backup.listed(path)[0].path
    words = {"name": [chosen.name], "path": [str(chosen)], "": []}.get(name, [name])
    found = juntos("restore", *words, "--yes")
    assert found.code == 0, found.err
    assert "was restored" in found.out
    assert "restoring it takes this back" in found.out
    assert titles(juntos) == ["Before"]
    number = next(n for n, each in enumerate(backup.listed(path), start=1) if each.is_aside)
    assert juntos("restore", str(number), "--yes").code == 0
    assert titles(juntos) == ["After", "Before"]


def test_nothing_is_restored_without_a_yes(
    juntos: Juntos, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = juntos("restore")
    assert refused.code == 1
    assert "--yes" in refused.err

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("no\n"))
    assert juntos("restore").code == 1
    assert titles(juntos) == ["After", "Before"]
    monkeypatch.setattr(sys, "stdin", Terminal("Yes\n"))
    assert juntos("restore").code == 0
    assert titles(juntos) == ["Before"]
    assert path.exists()


def test_an_unknown_one_is_told(juntos: Juntos, path: Path) -> None:
    for name in ("99", "nothing.juntos"):
        found = juntos("restore", name, "--yes")
        assert (found.code, "juntos backups" in found.err) == (1, True)
    assert path.exists()


def test_a_damaged_workspace_is_restored(juntos: Juntos, path: Path) -> None:
    path.write_bytes(b"no database at all\n" * 500)
    listed = juntos("backups")
    assert "damaged" in listed.err
    assert "records" in listed.out
    found = juntos("restore", "--yes")
    assert found.code == 0, found.err
    assert titles(juntos) == ["Before"]


def test_a_damaged_backup_is_said(juntos: Juntos, path: Path) -> None:
    chosen = backup.listed(path)[0].path
    content = bytearray(chosen.read_bytes())
    content[4096:40_000] = b"\xff" * (40_000 - 4096)
    chosen.write_bytes(content)
    assert "damaged" in juntos("backups").out
    found = juntos("restore", chosen.name, "--yes")
    assert found.code == 1
    assert "damaged" in found.err
    assert titles(juntos) == ["After", "Before"]


def test_those_of_the_second_folder_are_found(juntos: Juntos, path: Path, tmp_path: Path, home: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backup.listed(path)[0].path
    backup.mirror(made, path, stick)
    made.unlink()
    chosen, _notice = settings.load()
    chosen.second_backup_folder = str(stick)
    settings.save(chosen)
    assert "asked for" in juntos("backups").out
    assert juntos("restore", "--yes").code == 0
    assert titles(juntos) == ["Before"]


# ---- passphrases


@pytest.fixture
def sealed(bare: Juntos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted workspace that is the one last used; its key takes no time."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    path = tmp_path / "sealed.juntos"
    Workspace.create(path, passphrase=PASSPHRASE).close()
    chosen, _notice = settings.load()
    chosen.workspace = str(path)
    settings.save(chosen)
    return path


def test_an_encrypted_workspace_takes_its_passphrase(
    bare: Juntos, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = bare("list", "people")
    assert (refused.code, refused.out) == (1, "")
    assert "--passphrase-file" in refused.err
    assert "JUNTOS_PASSPHRASE" in refused.err
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\r\n", "utf-8")
    assert bare("list", "people", "--passphrase-file", str(file)).code == 0
    assert bare("--passphrase-file", str(file), "list", "people").code == 0
    missing = bare("list", "people", "--passphrase-file", str(tmp_path / "nowhere"))
    assert (missing.code, "nowhere" in missing.err) == (1, True)
    monkeypatch.setenv("JUNTOS_PASSPHRASE", PASSPHRASE)
    assert bare("list", "people").code == 0
    monkeypatch.setenv("JUNTOS_PASSPHRASE", "another passphrase")
    wrong = bare("list", "people")
    assert (wrong.code, "does not open" in wrong.err) == (1, True)
    assert "another passphrase" not in wrong.err


def test_it_is_typed_without_echo(bare: Juntos, sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    prompts: list[str] = []

    def typed(prompt: str, stream: object = None) -> str:
        prompts.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", typed)
    assert bare("list", "people").code == 0
    assert prompts == ["Passphrase of sealed.juntos: "]


def test_an_encrypted_one_is_listed_and_restored(
    bare: Juntos, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(sealed, PASSPHRASE)
    assert "encrypted with another passphrase" in bare("backups").out
    monkeypatch.setenv("JUNTOS_PASSPHRASE", PASSPHRASE)
    assert "The same as now" in bare("backups").out
    assert bare("restore", "--yes").code == 0
    assert [each.why for each in kept.listed(sealed) if each.is_aside] == ["aside"]
    sealed.unlink()
    restored = bare("restore", "--yes")
    assert restored.code == 0, restored.err
    assert bare("list", "people").code == 0
