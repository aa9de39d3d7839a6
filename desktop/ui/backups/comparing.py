"""Each backup is opened and compared with now, one after the other, on a worker: what is found is told at once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.i18n import _
from desktop.service.backups import Backup, difference
from desktop.store.backup import flaw
from desktop.store.errors import Encrypted, StoreError, WrongPassphrase
from desktop.store.keys import Key
from desktop.store.reading import Keyring
from desktop.ui.apart import Apart
from desktop.ui.backups import words

LOOKING, GOOD, CLOSED, BROKEN = "looking", "good", "closed", "broken"
"""Not looked at yet; whole; takes another passphrase; cannot be used."""


@dataclass(frozen=True)
class Found:
    """What is known of one backup."""

    backup: Backup
    state: str = LOOKING
    words: str = ""
    key: Key | None = None
    """What opened it."""

    @property
    def usable(self) -> bool:
        return self.state in (GOOD, CLOSED)


class Comparing(QObject):
    """Tells one `Found` after the other; `stop` ends it after the one at hand. `zone` is that of the post."""

    told = Signal(object)

    def __init__(self, parent: QObject | None = None, zone: str = "") -> None:
        super().__init__(parent)
        self._zone = zone
        self._round = 0
        self._ended = threading.Event()

    def stop(self) -> None:
        """Look at no more."""
        self._round += 1
        self._ended.set()

    def begin(
        self,
        work: Callable[..., None],
        kept: Sequence[Backup],
        seen: Callable[[], contextlib.AbstractContextManager[Any]],
        key: Key | None,
        passphrase: str | None = None,
    ) -> None:
        """Look at these. `work` runs it on a worker; `seen` gives the workspace there, or None where none is open."""
        self.stop()
        ended = self._ended = threading.Event()

        def slow() -> None:
            keys, zone = Keyring(key, passphrase), self._zone
            with seen() as workspace:
                for each in kept:
                    if ended.is_set():
                        return
                    found = looked_at(workspace, each, keys, zone)
                    if not ended.is_set():
                        self.told.emit(found)

        work(slow, lambda _none: None, lambda _sentence: None)


def looked_at(workspace: Apart | None, kept: Backup, keys: Keyring, zone: str = "") -> Found:
    """One backup, opened, checked and compared."""
    try:
        compared = difference(workspace, kept, keys=keys)
        key = keys.to(kept.path)
        wrong = flaw(kept.path, key=key)
    except Encrypted:
        return Found(kept, CLOSED, _("Takes its passphrase"))
    except WrongPassphrase:
        return Found(kept, CLOSED, _("Takes another passphrase"))
    except StoreError:
        return Found(kept, BROKEN, _("Damaged; it cannot be used"))
    if wrong:
        return Found(kept, BROKEN, _("Damaged; it cannot be used"))
    return Found(kept, GOOD, words.compared(compared, zone), key)


@contextlib.contextmanager
def nothing() -> Any:
    """Where no workspace is open."""
    yield None
