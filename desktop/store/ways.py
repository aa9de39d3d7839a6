"""In which way a workspace file is opened: to be written or only read, where it lies, and from which file.

A place that cannot be written is opened `mode=ro`. That takes more rights than reading (a -wal file has an index, which
must be made), so where it cannot be had, a private copy of the file and its -wal is read instead. `immutable=1`, which
reads the file alone, is for media that are read-only themselves: nobody writes there meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.i18n import _
from desktop.store import kept, leftovers, locking, looking, places
from desktop.store.backup import sync_folder
from desktop.store.connections import PRAGMAS, connect
from desktop.store.errors import CANTOPEN, CORRUPT, NOTADB, READONLY, Busy, StoreError, Unwritable
from desktop.store.keys import Key
from desktop.store.locking import Holder, Lock
from desktop.store.places import Place
from desktop.store.witness import STALE_WAL, Finding

EXTRA = 3
"""`synchronous` where there is no WAL: the folder is synced too, when the journal is removed."""
STEP = 256
"""Pages of a rescue copy that are written at a time: others use the connection in between."""


@dataclass
class Way:
    """How a workspace is opened."""

    file: Path
    """What is opened: the workspace, or a private copy of it."""
    readonly: str = ""
    """Why nothing is written, as a sentence; '' where it can be."""
    immutable: bool = False
    place: Place = field(default_factory=Place)
    lock: Lock | None = None
    folder: Path | None = None
    """The private folder of a copy."""

    @property
    def mode(self) -> str:
        """That of its connections: `ro` or `rw`."""
        return "ro" if self.readonly and self.folder is None else "rw"

    @property
    def journal(self) -> str:
        """The journal that suits the place."""
        return "wal" if self.place.kind == places.LOCAL else "delete"

    @property
    def synchronous(self) -> int:
        """How carefully a commit is brought to the disk there."""
        return PRAGMAS["synchronous"] if self.place.kind == places.LOCAL else EXTRA

    @property
    def taken_from(self) -> Holder | None:
        """Whose lock was taken over."""
        return self.lock.taken_from if self.lock is not None else None

    def refuse_taken_over(self) -> None:
        """Raise `Busy` where another computer has taken the lock over meanwhile: it writes there now."""
        if self.lock is not None:
            self.lock.refuse_taken_over()

    def end(self) -> None:
        """Let go of the lock, and remove the copy."""
        if self.lock is not None:
            self.lock.release()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def way(path: Path, *, readonly: bool = False, take_over: bool = False) -> Way:
    """How the workspace at a path can be opened; raises `StoreError` where not even to be read."""
    chosen = Way(path, place=places.kind_of(path))
    if readonly:
        chosen.readonly = _("{path} was opened to be read only.").format(path=path)
    elif kept.is_kept(path):
        chosen.readonly = _(
            "{path} is a backup and is opened to be read only: restore it, or copy it elsewhere to work in it."
        ).format(path=path)
    elif not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        chosen.readonly = _(
            "{path} is opened to be read only: you have no right to write the file or its folder."
        ).format(path=path)
    elif chosen.place.kind != places.LOCAL:
        try:
            chosen.lock = Lock(path, take_over=take_over)
        except (Busy, Unwritable) as error:
            chosen.readonly = _("{reason} It is opened to be read only.").format(reason=error)
    if chosen.readonly and places.read_only_medium(path):
        chosen.readonly = _("{path} lies on a medium that cannot be written.").format(path=path)
        chosen.immutable = not looking.has_content(path) and not looking.has_journal(path)
    return chosen


def readable(chosen: Way, key: Key | None) -> tuple[Way, Finding | None]:
    """The way as it is if the file can be read so, else by a private copy; raises `StoreError`.

    And what was left out of the copy, as it does not belong to the file: it cannot be moved away where it lies.
    """
    if not chosen.readonly or chosen.immutable or chosen.folder is not None:
        return chosen, None
    path = chosen.file
    there = locking.holder(path) if chosen.place.kind != places.LOCAL else None
    in_use = there is not None and not there.stale  # a crash leaves its lock
    try:
        connection = connect(path, key, mode="ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
        if in_use or leftovers.stale(path, key) is None:
            return chosen, None
    except sqlcipher.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        spoilt = code in (CORRUPT, NOTADB) and not in_use and leftovers.stale(path, key) is not None
        if not spoilt and code not in (CANTOPEN, READONLY):
            raise
    chosen = copied(chosen)
    stale = None if in_use else leftovers.stale(chosen.file, key)
    if stale is None:
        return chosen, None
    for file in (stale, Path(f"{chosen.file}-shm")):
        file.unlink(missing_ok=True)
    words = _(
        "{wal} does not belong to {path}, which was perhaps put back from a copy. It is read without it."
    )
    return chosen, Finding(STALE_WAL, words.format(wal=stale.name, path=path))


def copied(chosen: Way) -> Way:
    """Have a private copy of the file and its -wal or journal read in its place, for as long as it is open."""
    source = chosen.file
    try:
        chosen.folder = Path(tempfile.mkdtemp(prefix="juntos-"))
        target = chosen.folder / source.name
        for suffix in ("", "-wal", "-journal"):
            if Path(f"{source}{suffix}").exists():
                # By the bytes: SQLite cannot read it where it lies, so nobody here has it open.
                shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")
                Path(f"{target}{suffix}").chmod(0o600)
    except OSError as error:
        chosen.end()
        raise StoreError(_("{path} cannot be read.").format(path=source)) from error
    chosen.file, chosen.immutable = target, False
    return chosen


def vacuumed(chosen: Way, key: Key | None) -> Way:
    """Have a private copy, made by SQLite, in place of a file that must be brought to a newer format to be read."""
    with contextlib.ExitStack() as failed:
        try:
            folder = Path(tempfile.mkdtemp(prefix="juntos-"))
            failed.callback(shutil.rmtree, folder, ignore_errors=True)
            target = folder / chosen.file.name
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreError(_("{path} cannot be read.").format(path=chosen.file)) from error
        connection = connect(chosen.file, key, mode="ro", immutable=chosen.immutable)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
        failed.pop_all()
    if chosen.folder is not None:
        shutil.rmtree(chosen.folder, ignore_errors=True)
    chosen.file, chosen.folder, chosen.immutable = target, folder, False
    return chosen


def rescued(connection: Any, key: Key | None, target: Path) -> None:
    """Write all that an open connection sees to a new file with the same key; raises `StoreError`. For any thread."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy = connect(target, key)
        try:
            connection.backup(copy, pages=STEP, sleep=0.02)
        finally:
            copy.close()
        sync_folder(target.parent)
    except FileExistsError:
        raise StoreError(_("{path} exists already; choose another name.").format(path=target)) from None
    except (OSError, sqlcipher.DatabaseError) as error:
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
        raise StoreError(_("{path} cannot be written.").format(path=target)) from error
