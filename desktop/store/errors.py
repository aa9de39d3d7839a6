"""What can go wrong with the file, in the officer's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee as pw
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _


class StoreError(Exception):
    """The workspace cannot be opened, read or written; the text is a whole sentence in the user's language."""


class Encrypted(StoreError):
    """The workspace is encrypted and no passphrase was given."""


class WrongPassphrase(StoreError):
    """The passphrase does not open the file. A damaged first page looks the same; the sentence tells both."""


class Newer(StoreError):
    """The file's format is newer than this program, and what was asked would write it."""


class Unwritable(StoreError):
    """The workspace is open to be read only; the sentence says why."""


class Damaged(StoreError):
    """The file cannot be read as a workspace."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(sentence)
        self.path = path


class Moved(StoreError):
    """The file was deleted or replaced while it was open: what is written no longer reaches its place.

    What the open connection still sees can be written elsewhere: `Engine.rescue`.
    """


class Busy(StoreError):
    """Another program, or another computer, has the workspace; `host` and `user` where they are known."""

    def __init__(self, sentence: str, host: str = "", user: str = "") -> None:
        super().__init__(sentence)
        self.host, self.user = host, user


class TooSlow(Exception):
    """A reading was stopped because it took longer than it was given."""


# SQLite's primary result codes.
BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


def in_words(error: BaseException, path: Path) -> StoreError | None:
    """What an engine's error means for the workspace at `path`; None where the fault is the program's own."""
    for code in _codes(error):
        if code == FULL:
            return StoreError(
                _(
                    "There is no room left on the disk of {path}. Nothing was saved; free some space and try again."
                ).format(path=path)
            )
        if code in (BUSY, LOCKED):
            return Busy(
                _("{path} is being written by another program. Nothing was saved; try again.").format(
                    path=path
                )
            )
        if code in (READONLY, IOERR, CANTOPEN):
            return StoreError(
                _(
                    "{path} cannot be read or written. Nothing was saved; check the disk and your rights."
                ).format(path=path)
            )
        if code in (CORRUPT, NOTADB):
            return damaged(path)
    return damaged(path) if _is_no_text(error) else None


def damaged(path: Path) -> Damaged:
    """What is said of a workspace in which something cannot be read."""
    return Damaged(
        _("{path} is damaged. Close the program and put the newest backup in its place.").format(path=path),
        path,
    )


def is_damage(error: BaseException) -> bool:
    """Whether an engine's error says that the file is damaged, or is no database."""
    return next(_codes(error), None) in (CORRUPT, NOTADB)


def no_workspace(error: BaseException, path: Path) -> StoreError:
    """What an engine's error means for a file that somebody wants to open."""
    if is_damage(error):
        return not_readable(path)
    return in_words(error, path) or StoreError(_("{path} cannot be opened.").format(path=path))


def itself(path: Path) -> str:
    """What is said of a path that leads to the workspace that is open."""
    return _("{path} is the workspace itself; choose another name.").format(path=path)


def not_readable(path: Path) -> Damaged:
    """What is said of a file that is no workspace, or that one no longer."""
    return Damaged(
        _(
            "{path} is not a Juntos workspace: it is damaged, or another kind of file. It was left as it is;"
            " a backup may be beside it."
        ).format(path=path),
        path,
    )


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raise as a `StoreError` what the engine says of the file at `path`; its other errors as they are."""
    try:
        yield
    except (pw.DatabaseError, sqlcipher.DatabaseError) as error:
        told = in_words(error, path)
        if told is None:
            raise
        raise told from error


def _is_no_text(error: BaseException | None) -> bool:
    """Whether what should be text cannot be read as such: a bit of it turned. SQLite's library has no code for it."""
    while error is not None:
        if "Could not decode to UTF-8" in str(error):
            return True
        error = error.__context__
    return False


def _codes(error: BaseException | None) -> Iterator[int]:
    """The result codes of an error, of what the ORM wrapped in it, and of those during which it was raised."""
    while error is not None:
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
        if code is not None:
            yield code & 0xFF
        error = error.__context__
