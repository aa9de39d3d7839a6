"""`juntos encrypt`, `decrypt` and `passphrase`."""

from __future__ import annotations

import getpass
import io
import sys
from pathlib import Path

import pytest

from desktop.store import crypt, keys, looking
from desktop.store.connections import connect

from .conftest import Juntos

PASSPHRASE = "seven lanterns drift under quiet bridges tonight"
OTHER = "nine copper kettles sing before the harbour wakes"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of few rounds."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))


@pytest.fixture
def path(juntos: Juntos, tmp_path: Path) -> Path:
    """A plain workspace with a follow-up."""
    juntos("add", "follow-up", "title=Send the list")
    return tmp_path / "post.juntos"


def reads(juntos: Juntos) -> bool:
    return "Send the list" in juntos("list", "follow-ups").out


def test_there_on_and_back(juntos: Juntos, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUNTOS_PASSPHRASE", PASSPHRASE)
    found = juntos("encrypt")
    assert found.code == 0, found.err
    assert "no way back" in found.out
    assert looking.is_encrypted(path)
    assert reads(juntos)
    # As long as there are copies in plain, it comes back to them.
    again = juntos("encrypt")
    (plain,) = crypt.plain_copies(path)
    assert (again.code, str(plain) in again.err) == (1, True)
    assert "encrypted already" in again.err
    assert "They were left" in again.err
    assert juntos("encrypt", "--delete-copies").code == 0
    assert crypt.plain_copies(path) == []
    again = juntos("encrypt")
    assert (again.code, "encrypted already" in again.err) == (1, True)

    monkeypatch.setenv("JUNTOS_NEW_PASSPHRASE", OTHER)
    found = juntos("passphrase")
    assert found.code == 0, found.err
    assert not reads(juntos)
    monkeypatch.setenv("JUNTOS_PASSPHRASE", OTHER)
    assert reads(juntos)

    found = juntos("decrypt")
    assert found.code == 0, found.err
    assert not looking.is_encrypted(path)
    monkeypatch.delenv("JUNTOS_PASSPHRASE")
    assert reads(juntos)
    assert juntos("decrypt").code == 1
    assert "juntos encrypt" in juntos("passphrase").err


def test_plain_copies_are_named_and_deleted_where_that_is_asked(
    juntos: Juntos, path: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    found = juntos("encrypt", "--passphrase-file", str(secret))
    (plain,) = crypt.plain_copies(path)
    assert str(plain) in found.err
    assert "--delete-copies" in found.err
    new = tmp_path / "new"
    new.write_text(OTHER, "utf-8")
    words = ["--passphrase-file", str(secret), "--new-passphrase-file", str(new), "--delete-copies"]
    found = juntos("passphrase", *words)
    assert found.code == 0, found.err
    assert not plain.exists()
    assert crypt.plain_copies(path) == []
    assert "SSD" in found.out


def test_plain_copies_stay_where_the_workspace_is_not_what_was_saved(
    juntos: Juntos, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUNTOS_PASSPHRASE", PASSPHRASE)
    assert juntos("encrypt").code == 0
    connection = connect(path, looking.key_of(path, PASSPHRASE, None))
    connection.execute("UPDATE follow_up SET title = 'Send the lisd'")
    connection.close()
    found = juntos("encrypt", "--delete-copies")
    assert (found.code, "is not what was saved" in found.err) == (1, True)
    (plain,) = crypt.plain_copies(path)
    assert juntos("check", "--mend").code == 0
    assert juntos("encrypt", "--delete-copies").code == 0
    assert not plain.exists()


@pytest.mark.parametrize("words", [[PASSPHRASE, "another one altogether it is"], ["short", "short"], []])
def test_what_is_no_passphrase_changes_nothing(
    juntos: Juntos, path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return bool(words)

    typed = iter(words)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _prompt, stream: next(typed))
    found = juntos("encrypt")
    assert found.code == 1
    assert not looking.is_encrypted(path)
    assert reads(juntos)


def test_typed_twice_it_is_taken(juntos: Juntos, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def typed(prompt: str, stream: object) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(sys, "stdin", Terminal("no\n"))
    monkeypatch.setattr(getpass, "getpass", typed)
    found = juntos("encrypt")
    assert found.code == 0, found.err
    assert asked == ["New passphrase: ", "The same again: "]
    assert "They were left" in found.err
    assert PASSPHRASE not in found.out + found.err


@pytest.mark.skipif(sys.platform != "linux", reason="no such device elsewhere")
def test_a_device_that_never_ends_is_no_passphrase(juntos: Juntos) -> None:
    told = juntos("--passphrase-file", "/dev/zero", "encrypt")
    assert told.code == 1
    assert "cannot be read from /dev/zero" in told.err
