"""What can be told of a workspace file before it is used: by its looks, by its first bytes, by what lies beside it.

Nothing here opens the file but SQLite: a mere `open()` would cancel the locks of whoever has it open in this process.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _, why
from desktop.store import keys, witness
from desktop.store.connections import connect, identity
from desktop.store.errors import CORRUPT, Damaged, Encrypted, StoreError, WrongPassphrase, not_readable
from desktop.store.keys import Key
from desktop.text import clean

PLAIN = b"SQLite format 3\0"
"""The first bytes of a file that is not encrypted."""

PAGE = 4096
"""Bytes of a page of an encrypted file."""

WAL_HEADER = 32

REWRITING = ".rewriting"
"""The suffix of the file that is written under another passphrase, until it takes the old one's place."""

_PROBE = Key(bytes(32), bytes(keys.SALT), 0)
"""A key that opens nothing."""


def real(path: Path) -> Path:
    """Where a workspace lies: a link to it is followed, as SQLite does, so that all that goes with it is beside it."""
    try:
        return path.resolve() if path.is_symlink() else path.absolute()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path.absolute()


def sweep(path: Path) -> None:
    """Remove what a change of passphrase left that was killed: it may be in plain. For whoever can read the file."""
    for suffix in ("", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(f"{path.name}{REWRITING}{suffix}").unlink()


def refuse_by_name(path: Path) -> None:
    """Refuse a path that is no text: SQLite could not be told of it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        sentence = _("The name of {path} is no text; rename the file, or the folder that it lies in.")
        raise StoreError(sentence.format(path=clean(str(path))[0])) from None


def refuse_by_look(path: Path) -> None:
    """Refuse what can be told without opening it; the file is only looked at from outside."""
    refuse_by_name(path)
    try:
        if path.is_dir():
            raise StoreError(_("{path} is a folder; a workspace is a file.").format(path=path))
        if not path.exists():
            raise StoreError(_("There is no workspace at {path}.").format(path=path))
        if not path.is_file():
            raise StoreError(_("{path} is not a file.").format(path=path))
        if path.stat().st_size == 0:
            raise empty(path)
    except OSError as error:
        raise StoreError(_("{path} cannot be reached: {why}.").format(path=path, why=why(error))) from None
    if not os.access(path, os.R_OK):
        raise StoreError(
            _("{path} cannot be read; check the rights on the file and its folder.").format(path=path)
        )


def empty(path: Path) -> Damaged:
    """What is told of a file that holds nothing."""
    return Damaged(
        _("{path} is empty: it is not a workspace. A backup may be beside it.").format(path=path), path
    )


def first_bytes(path: Path) -> bytes:
    """The first 16 bytes of a file, asked of SQLCipher, which takes them for the salt of its key."""
    connection = _alone(path, _PROBE)
    try:
        row = connection.execute("PRAGMA cipher_salt").fetchone()
    finally:
        connection.close()
    return bytes.fromhex(row[0]) if row and row[0] else b""


def _alone(path: Path, key: Key | None) -> Any:
    """A connection that reads the file without locks and without its -wal, and is told nothing but the key."""
    uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key = {key.pragma}")
    return connection


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted workspace, as far as its first bytes tell; raises `StoreError`."""
    return _is_encrypted(path, first_bytes(path))


def _is_encrypted(path: Path, begin: bytes) -> bool:
    if begin == PLAIN:
        return False
    told = witness.read(path)
    if told is not None and told.clock:
        if told.rounds:
            return True
        if told.identity == identity(path):  # the same file, which was plain
            raise not_readable(path)
    text = all(32 <= byte < 127 or byte in b"\t\r\n" for byte in begin)
    # What begins with text, with nothing, or is no whole pages, is another kind of file.
    if text or not any(begin) or path.stat().st_size % PAGE or begin[:2] in (b"PK", b"\x1f\x8b", b"\xd0\xcf"):
        raise not_readable(path)
    return True


def key_of(path: Path, passphrase: str | None, key: Key | None) -> Key | None:
    """What opens the file: None where it is plain; raises `Encrypted` or `WrongPassphrase`, or `StoreError`."""
    begin = first_bytes(path)
    if not _is_encrypted(path, begin):
        return None
    if key is not None:
        if key.salt == begin and opens(path, key):
            return key
        raise _wrong(path)
    if passphrase is None:
        raise Encrypted(_("{path} is encrypted: it takes its passphrase.").format(path=path))
    told = witness.read(path)
    found = keys.found(passphrase, begin, lambda tried: opens(path, tried), told.rounds if told else 0)
    if found is None:
        raise _wrong(path)
    return found


def opens(path: Path, key: Key) -> bool:
    """Whether a key opens the file: its first page can be read, in the file or in its -wal.

    A power cut while the -wal was folded in leaves half a page in the file, which no key reads, and a whole one there.
    """
    return _is_read(_alone(path, key)) or (has_content(path) and _opens_together(path, key))


def _opens_together(path: Path, key: Key) -> bool:
    try:
        return _is_read(connect(path, key, mode="ro"))
    except sqlcipher.DatabaseError:
        return False


def _is_read(connection: Any) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        # With a right key, a file that was cut off is damaged, not closed.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == CORRUPT
    finally:
        connection.close()
    return True


def _wrong(path: Path) -> WrongPassphrase:
    return WrongPassphrase(
        _(
            "This passphrase does not open {path}. If you are sure of it, the beginning of the file is damaged:"
            " then a backup may help."
        ).format(path=path)
    )


def newer(path: Path, theirs: int, ours: int) -> str:
    """What is said of a file whose format this program does not know."""
    return _(
        "{path} was last used with a newer version of Juntos (its format is {theirs}, this program knows {ours})."
        " It is opened to be read only; update the program to write it."
    ).format(path=path, theirs=theirs, ours=ours)


# ---- whole, and what lies beside it


def has_content(path: Path) -> bool:
    """Whether a -wal file with something in it lies beside the file."""
    try:
        return wal(path).stat().st_size > WAL_HEADER
    except OSError:
        return False


def wal(path: Path) -> Path:
    """Where the -wal file of a database lies."""
    return path.with_name(path.name + "-wal")


def has_journal(path: Path) -> bool:
    """Whether a journal with something in it lies beside the file: what a save was about to replace, without WAL."""
    try:
        return journal(path).stat().st_size > 0
    except OSError:
        return False


def journal(path: Path) -> Path:
    """Where the journal of a database lies that has no -wal."""
    return path.with_name(path.name + "-journal")


def refuse_truncated(path: Path, pages: int, page: int) -> None:
    """Raise `Damaged` where the file is not as long as its first page says: `pages` of so many bytes.

    Where a journal lies beside it, the file alone need not be.
    """
    size = path.stat().st_size
    # More than is counted are pages that a crash left; SQLite goes by the count.
    if size % page == 0 and size >= page * pages:
        return
    if not has_content(path) and not has_journal(path):
        raise cut_off(path)


def cut_off(path: Path) -> Damaged:
    """What is told of a file of which a part is missing."""
    return Damaged(
        _("{path} is damaged: a part of it is missing. Put the newest backup in its place.").format(
            path=path
        ),
        path,
    )
