"""Backups and restoring as an officer has them: made in time, copied to a second folder, compared, put back.

`make` is for whoever is about to change much; `difference` tells what a backup holds and how it differs from now;
`restore` puts it, or what an earlier restore moved aside, in the place of the workspace, which must be closed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.service.checking.copies import is_sound
from desktop.service.differences import Difference, Work, difference
from desktop.store import leftovers, looking, restoring, turns
from desktop.store.backup import backup, mirror, remove, thin, write
from desktop.store.engine import SCHEMA, Engine
from desktop.store.errors import Busy, Newer, StoreError, Unwritable, WrongPassphrase
from desktop.store.kept import ASIDE, Backup, folder, within
from desktop.store.keys import Key
from desktop.store.reading import head, key_to, reading, refuse_damaged
from desktop.store.thinning import LAST
from desktop.store.witness import Testimony

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

__all__ = ["Backup", "Difference", "Made", "Restored", "Work", "difference", "make", "recover", "restore"]


# ---- making


@dataclass(frozen=True)
class Made:
    """A backup that was made. `notice` tells, once, what is wrong with it or the second folder; it is no failure."""

    path: Path
    notice: str = ""
    sound: bool | None = True
    """Whether its rows are what was saved; None where that could not be told."""

    def rely(self) -> None:
        """For whoever is about to delete other copies, which may hold what this one lost: raises `StoreError`."""
        if not self.sound:
            untold = _("No backup could be written to {folder}.").format(folder=self.path.parent)
            raise StoreError(untold if self.sound is None else _doubt(self.path))


TOLD = ("daily", "asked")
"""Reasons for a backup after which whoever made it is shown what is wrong."""


def make(workspace: Workspace, why: str) -> Made:
    """Write a backup, have the second folder hold what is kept beside the file, and remove what need not stay.

    Its rows are held against its journal: where something is damaged, the last backup from before it stays, and that
    is told. Raises `StoreError` where none could be written. For any thread.
    """
    engine, second = workspace.engine, workspace.second_folder()
    made = backup(engine, why)
    sound = is_sound(made, engine.key)
    notices = []
    if why in TOLD:
        if sound is False and not (workspace.doubted and why == "daily"):
            notices.append(_doubt(engine.path))
        workspace.doubted = sound is False
    if second:
        try:
            # Also those that were made while the stick was out, or where nobody knew of it.
            # What lay whole on the stick for so many backups is not read again each time.
            known = sorted(within(folder(engine.path)), key=lambda each: each.order, reverse=True)
            for number, each in enumerate(each for each in known if each.whole):
                mirror(each.path, engine.path, second, read=number < LAST)
        except StoreError as error:
            notices += [] if workspace.missed == second else [str(error)]
            workspace.missed = second
        else:
            workspace.missed = ""
    if sound is not None:
        stays = "" if sound else _last_sound(engine)
        thin(engine.path, key=engine.key, second="" if workspace.missed else second, stays=stays)
    return Made(made, " ".join(notices), sound)


def _last_sound(engine: Engine) -> str:
    """The name of the newest backup whose rows are what was saved; '' where there is none."""
    known = sorted(within(folder(engine.path)), key=lambda each: each.order, reverse=True)
    return next((each.path.name for each in known if each.whole and is_sound(each.path, engine.key)), "")


def _doubt(path: Path) -> str:
    return _(
        "Something in {path} is not what was saved. Choose “Check workspace”, which finds it and knows the last good"
        " value. The last backup from before it stays, and no other copy is removed."
    ).format(path=path)


# ---- restoring


@dataclass(frozen=True)
class Restored:
    """What a restore did. Restoring `aside` takes it back."""

    key: Key | None
    """What opens the workspace now."""
    aside: Path | None
    """Where the file that was there lies now; None where there was none."""
    made: Path | None
    """The backup of it that was made before; None where it could not be read."""
    remarks: tuple[str, ...] = ()
    """Sentences for the officer."""
    opened: Key | None = None
    """What opens `aside`."""


recover = restoring.recover


def restore(
    path: Path,
    kept: Backup | Path,
    *,
    passphrase: str | None = None,
    key: Key | None = None,
    present: str | Key | None = None,
) -> Restored:
    """Put a backup in the place of a workspace, which must be closed; what is there is moved aside, not removed.

    `present` opens the file that is there, else what opens the backup: `passphrase` or `key`. Raises `StoreError`,
    with the workspace as it was: `Busy` where somebody has it open, `Newer`, `Damaged`, `Encrypted` or
    `WrongPassphrase` of the backup, where there is no room; and where the disk refused half way, which `recover` (or
    opening the workspace) then ends.
    """
    path = looking.real(path)
    source = kept.path if isinstance(kept, Backup) else kept.absolute()
    with turns.alone(path):
        restoring.end(path)
        opens = _checked(source, key, passphrase)
        clock, now, made = _keep_present(path, present, key, passphrase)
        with reading(source, key=opens) as connection:
            try:
                held = restoring.ready(connection, path, opens)
            except Engine.errors as error:
                raise StoreError(
                    _("There is no room beside {path} for the copy. Nothing was changed.").format(path=path)
                ) from error
        told = Testimony(held.clock, held.hash, schema=held.schema, rounds=opens.rounds if opens else 0)
        try:
            turns.refuse_open(path)  # it took a while
        except Busy:
            remove(restoring.beside(path, restoring.RESTORING))  # perhaps in plain
            raise
        aside = restoring.exchange(path, clock, () if now == opens else restoring.DRAFTS, told)
    remarks = tuple(_remarks(path, opens, now))
    return Restored(opens, aside, made, remarks, now if isinstance(now, Key) else None)


def _checked(source: Path, key: Key | None, passphrase: str | None) -> Key | None:
    """What opens a backup that is whole and not newer than the program."""
    opens = key_to(source, key=key, passphrase=passphrase)
    if ASIDE.fullmatch(source.parent.name):
        # No copy, but what there was, perhaps after a crash. Where it cannot be settled, reading tells.
        with contextlib.suppress(StoreError, OSError, Engine.errors):
            _settle(source, opens)
    with reading(source, key=opens) as connection:
        schema = head(connection).schema
        if schema > SCHEMA:
            raise Newer(
                _(
                    "{path} was made with a newer version of Juntos (its format is {theirs}, this program knows"
                    " {ours}). Update the program first."
                ).format(path=source, theirs=schema, ours=SCHEMA)
            )
        refuse_damaged(connection, source)
    return opens


def _settle(path: Path, key: Key | None) -> None:
    """What a crash left beside a file: done with as an opening would, or out of the way."""
    leftovers.set_aside(path, key)
    leftovers.roll_back(path, key)


_UNREADABLE = object()


def _keep_present(
    path: Path, present: str | Key | None, key: Key | None, passphrase: str | None
) -> tuple[int, Any, Path | None]:
    """A backup of the file that is there, where it can be read: the clock of its journal, its key, the backup.

    Raises `StoreError` where it can be read and there is no room for its backup, and where what a crash left beside
    it cannot be moved.
    """
    if not path.exists():
        return 0, _UNREADABLE, None
    try:
        opens = _present_key(path, present, key, passphrase)
        _settle(path, opens)
        with reading(path, key=opens) as connection:
            refuse_damaged(connection, path)
            clock = head(connection).clock
    except Unwritable:
        raise
    except (StoreError, Engine.errors):
        return 0, _UNREADABLE, None
    with reading(path, key=opens) as connection:
        return clock, opens, write(connection, path, opens, "before-restore")


def _present_key(
    path: Path, present: str | Key | None, key: Key | None, passphrase: str | None
) -> Key | None:
    if present is not None:
        known, typed = (present, None) if isinstance(present, Key) else (None, present)
        with contextlib.suppress(WrongPassphrase):
            return key_to(path, key=known, passphrase=typed)
    return key_to(path, key=key, passphrase=passphrase)


def _remarks(path: Path, key: Key | None, before: Any) -> Iterator[str]:
    if key is None and isinstance(before, Key):
        yield _("The backup was not encrypted, so {path} is not either now.").format(path=path)
    elif key is not None and key != before and before is not _UNREADABLE:
        yield _("{path} opens with the passphrase that it had when the backup was made.").format(path=path)
