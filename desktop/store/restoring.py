"""Putting another file in the place of a workspace, in steps of which any may be the last before the power goes.

The new file is whole and on disk beside the old one (`.restoring`) before anything moves. Then it is written down what
is about to happen (`.restore`): from there on the next start goes on where this one ended (`recover`), once nobody else
is at it (`turns`). What was there is moved aside with its -wal, and never removed: a -wal that stayed behind would be
laid over the new file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.i18n import _, why
from desktop.store import holders, intents, turns, witness
from desktop.store.backup import copy, remove, sync_folder
from desktop.store.connections import identity
from desktop.store.errors import StoreError
from desktop.store.intents import DRAFTS, INTENT, MOVED, Intent, beside
from desktop.store.kept import STAMP, aside_folder, following
from desktop.store.keys import Key
from desktop.store.reading import Head
from desktop.store.witness import Testimony, Witness

__all__ = [
    "DRAFTS",
    "INTENT",
    "MOVED",
    "RESTORING",
    "Intent",
    "beside",
    "end",
    "exchange",
    "ready",
    "recover",
]

RESTORING = ".restoring"
"""The suffix of the new file until it has its place."""


def ready(connection: Any, path: Path, key: Key | None) -> Head:
    """Write the new file beside the workspace from what a connection reads; raises `StoreError`, with no part left."""
    fresh = beside(path, RESTORING)
    remove(fresh)
    try:
        return copy(connection, fresh, key)
    except BaseException as error:
        remove(fresh)
        if isinstance(error, OSError):
            raise StoreError(
                _("{path} cannot be written: {why}.").format(path=fresh, why=why(error))
            ) from error
        raise


def exchange(path: Path, clock: int, more: Sequence[str] = (), told: Testimony | None = None) -> Path | None:
    """Move what stands there aside, and the new file into its place; returns where the old one is now.

    None where there was none. `clock` is that of the old file's journal, 0 where it is not known; `more` are suffixes
    beyond `MOVED`; `told` is what the witness is to say of the new file. For whoever has the `turns.turn`. Raises
    `StoreError`: then the next `recover` goes on with it.
    """
    intent = Intent(_free(path, clock), (*MOVED, *more), told)
    aside = aside_folder(path) / intent.aside
    try:
        beside(path, RESTORING).stat()  # gone meanwhile, it would cost what is there
        if any(beside(path, suffix).exists() for suffix in intent.suffixes):
            # Where it cannot be made, there would be no way on once it is written down that all goes there.
            _make(aside.parent)
            _make(aside)
        intents.write(path, intent)
    except OSError as error:
        remove(beside(path, RESTORING))
        with contextlib.suppress(OSError):
            aside.rmdir()
        reason = why(error) if aside.parent.is_dir() else f"{aside.parent}: {why(error)}"
        raise StoreError(
            _("{path} cannot be restored: {why}. Nothing was changed.").format(path=path, why=reason)
        ) from error
    try:
        _carry_out(path, intent)
    except OSError as error:
        raise _stopped(path, error) from error
    return aside / path.name if (aside / path.name).exists() else None


def recover(path: Path) -> str:
    """Go on with a restore that did not come to its end; returns a sentence about it, '' where there was none.

    For each opening, before the workspace is looked at. Raises `Busy` where a living process is at it, here or on
    another computer, and `StoreError` where the disk refuses.
    """
    left = (beside(path, INTENT), beside(path, RESTORING), turns.place(path))
    try:
        if not any(file.exists() for file in left):
            return ""
    except OSError:
        return ""  # it cannot be reached, which the opening tells
    turns.wait_for_others(path)
    with turns.turn(path):
        return end(path)


def end(path: Path) -> str:
    """As `recover`, for whoever has the `turns.turn`."""
    note, fresh = beside(path, INTENT), beside(path, RESTORING)
    try:
        if not note.exists():
            # A copy that was never finished; where locks are of no use, another program may be about to.
            if fresh.exists() and not holders.somebody_has(fresh):
                remove(fresh)
            return ""
        intent = intents.read(note)
        if intent is None:  # no program of ours leaves it half written
            intent = Intent(_free(path, 0), MOVED)
        _carry_out(path, intent)
    except OSError as error:
        raise _stopped(path, error) from error
    return _("A restore of {path} that had been interrupted was brought to its end.").format(path=path)


def _stopped(path: Path, error: OSError) -> StoreError:
    return StoreError(
        _(
            "The restore of {path} could not be finished: {why}. Nothing is lost; it goes on when the workspace is"
            " opened next."
        ).format(path=path, why=why(error))
    )


def _carry_out(path: Path, intent: Intent) -> None:
    """What the intent says, from wherever it was left."""
    fresh, note = beside(path, RESTORING), beside(path, INTENT)
    aside = aside_folder(path) / intent.aside
    if fresh.exists():
        if any(beside(path, suffix).exists() for suffix in intent.suffixes):
            _make(aside.parent)
            _make(aside)
            for suffix in intent.suffixes:
                _move(beside(path, suffix), aside)
            sync_folder(aside)
            sync_folder(path.parent)
        fresh.replace(path)
    elif not path.exists():
        # The new file is gone, and should not be: what was there comes back, the database last.
        for suffix in reversed(intent.suffixes):
            if (old := aside / f"{path.name}{suffix}").exists():
                old.replace(beside(path, suffix))
    sync_folder(path.parent)
    _tell(path, intent.told)
    note.unlink()
    sync_folder(path.parent)


def _tell(path: Path, told: Testimony | None) -> None:
    """Have the witness speak for the new file, so that what is lost of it is noticed from the beginning."""
    at = identity(path)
    # Where one is, the file that was there came back with it, or it was told before a kill.
    if told is not None and at is not None and witness.read(path) is None:
        speaking = Witness(path)
        speaking.note(replace(told, device=at[0], inode=at[1]), lower=True)
        speaking.close()


def _make(place: Path) -> None:
    if not place.is_dir():
        place.mkdir(0o700)
        sync_folder(place.parent)


def _move(file: Path, aside: Path) -> None:
    target, number = aside / file.name, 1
    while file.exists() and target.exists():  # something came to the old place meanwhile: it stays too
        number += 1
        target = aside / f"{number}-{file.name}"
    if file.exists():
        file.replace(target)


def _free(path: Path, clock: int) -> str:
    """A name for the folder of what is moved aside, which no other restore used."""
    now = dt.datetime.now(dt.UTC)
    stamp, again = f"{clock:08d}-{now.strftime(STAMP)}", following(path, now)
    while (aside_folder(path) / (name := f"{stamp}-{again}" if again else stamp)).exists():
        again += 1
    return name
