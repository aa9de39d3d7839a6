"""A workspace file that is only read, such as a backup: opened with its key, checked, and asked what its journal says.

Nothing of it is changed, and it is not brought to a newer format.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.store import looking
from desktop.store.connections import connect
from desktop.store.errors import Damaged, StoreError, WrongPassphrase, no_workspace
from desktop.store.keys import Key

MARK = int.from_bytes(b"JUNT", "big")
"""The application id of a workspace."""


@dataclass(frozen=True)
class Head:
    """The end of the journal in a file, and its format. Without an operation: 0 and ''."""

    schema: int
    clock: int = 0
    hash: str = ""
    at: str = ""
    """When, as a timestamp."""
    officer: str = ""
    """Who did the last operation, by name."""


@contextmanager
def reading(path: Path, *, key: Key | None = None, passphrase: str | None = None) -> Iterator[Any]:
    """A connection that reads the file, for the length of the block.

    Raises `Encrypted`, `WrongPassphrase`, `Damaged`, or another `StoreError`, also for what the body reads.
    """
    looking.refuse_by_look(path)
    try:
        key = key_to(path, key=key, passphrase=passphrase)
        connection = connect(path, key, mode="ro")
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != MARK:
                raise StoreError(
                    _("{path} is a database of another program. It was left as it is.").format(path=path)
                )
            yield connection
        finally:
            connection.close()
    except sqlcipher.DatabaseError as error:
        raise no_workspace(error, path) from error


def key_to(path: Path, *, key: Key | None = None, passphrase: str | None = None) -> Key | None:
    """What opens a file: the key if it does, else that of the passphrase; None where the file is plain.

    A key that is another file's is no fault where there is a passphrase. Raises as `reading` does.
    """
    try:
        if key is not None:
            try:
                return looking.key_of(path, None, key)
            except WrongPassphrase:
                if passphrase is None:
                    raise
        return looking.key_of(path, passphrase, None)
    except sqlcipher.DatabaseError as error:
        raise no_workspace(error, path) from error


class Keyring:
    """Keys for many files: what a passphrase made for one is not made again for the next of the same salt."""

    def __init__(self, key: Key | None = None, passphrase: str | None = None) -> None:
        self._passphrase = passphrase
        self._keys: dict[bytes, Key | None] = {key.salt: key} if key is not None else {}
        """By salt; None where the passphrase is of no use."""

    def to(self, path: Path) -> Key | None:
        """What opens a file; raises as `key_to` does."""
        try:
            salt = looking.first_bytes(path)
        except sqlcipher.DatabaseError as error:
            raise no_workspace(error, path) from error
        if salt in self._keys:
            return key_to(path, key=self._keys[salt])
        self._keys[salt] = None
        found = key_to(path, passphrase=self._passphrase)
        self._keys[salt] = found
        return found


def head(connection: Any) -> Head:
    """The end of the journal that a connection sees."""
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    row = connection.execute(
        'SELECT clock, hash, at, officer_name FROM main."operation" ORDER BY id DESC LIMIT 1'
    ).fetchone()
    return Head(schema, *row) if row else Head(schema)


def refuse_damaged(connection: Any, path: Path) -> None:
    """Raise `Damaged` unless all that the file holds can be read, and nothing in it points to nothing."""
    whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    if not whole or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged(_("{path} is damaged: it cannot be used as a backup.").format(path=path), path)


def flaw(path: Path, *, key: Key | None = None, passphrase: str | None = None) -> str:
    """What is wrong with a backup, as a sentence; '' of one that opens and is whole."""
    try:
        with reading(path, key=key, passphrase=passphrase) as connection:
            refuse_damaged(connection, path)
            head(connection)
    except StoreError as error:
        return str(error)
    return ""
