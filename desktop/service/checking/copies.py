"""A backup against itself: whether its rows say what its own journal says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain as chained
from pathlib import Path
from typing import Any

from desktop.service.checking import rows
from desktop.service.checking.chain import Chain, examine
from desktop.service.checking.flaw import Flaw
from desktop.store.connections import connect
from desktop.store.errors import StoreError, is_damage
from desktop.store.keys import Key
from desktop.store.proofs import BROKEN, Reading, Stopped


def is_sound(path: Path, key: Key | None) -> bool | None:
    """Whether the journal of a copy holds together, and every row says what was saved; None where it cannot be told.

    That takes some 50 ms for a thousand records. To `checking.check` the workspace tells what exactly is wrong.
    """

    def opened() -> Any:
        return connect(path, key, mode="ro")

    reading = Reading(opened, key is not None)
    try:
        return next(_flaws(reading), None) is None and not reading.lost
    except BROKEN as error:
        return False if is_damage(error) else None
    except (Stopped, StoreError):
        return None
    finally:
        reading.close()


def _flaws(reading: Reading) -> Iterator[Flaw]:
    chain, found = Chain(), rows.Register()
    yield from examine(reading, chain, "", _nothing)
    rows.fill(found, reading, chain, _nothing)
    yield from chained(found.flaws, rows.values(reading, chain, found, _nothing))


def _nothing(*_told: object) -> None:
    """Nobody waits to be told how far it is."""
