"""The file of drafts, written on a thread of its own: whoever types never waits for a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.store import drafts
from desktop.store.drafts import Draft, Drafts
from desktop.store.errors import StoreError
from desktop.store.keys import Key

LEFT = "left:"
"""Before the place of a text that an earlier run left: what is typed there now does not overwrite it."""


class Writing(QObject):
    """The file is made with the first text, and goes with the last."""

    failed = Signal(str)
    """Nothing of what was handed over last is on disk; the sentence says why."""

    told = Signal(str)
    """Something was found at opening, as a sentence."""

    def __init__(self, path: Path, key: Key | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._key = path, key
        self._drafts: Drafts | None = None
        self._thread = ThreadPoolExecutor(1, "drafts")
        self._last: Future[bool] | None = None
        self._standing: dict[str, Mapping[str, Any]] = {}
        """What is to be on disk."""
        self._anew = False
        """Whether some of it may not be there, until all of it is written again."""

    def left(self) -> dict[str, dict[str, Any]]:
        """What earlier runs left and no living process keeps, the newest first, by the name under which it is kept
        from now on, each with its `place` and when it was typed (`typed_at`). Raises `StoreError`."""
        if not self._file().exists():
            return {}
        return self._thread.submit(self._read).result()

    def _file(self) -> Path:
        return drafts.place(self._path)

    def _open(self) -> Drafts:
        if self._drafts is None:
            self._drafts = Drafts(self._path, self._key)
            if self._drafts.trouble:
                self.told.emit(self._drafts.trouble)
        return self._drafts

    def _read(self) -> dict[str, dict[str, Any]]:
        self._open().take_over(_left)
        found = {draft.place: draft.content for draft in self._open().own() if draft.place.startswith(LEFT)}
        self._standing.update(found)
        return dict(sorted(found.items(), key=lambda each: each[1]["typed_at"], reverse=True))

    def exchange(self, kept: Mapping[str, Mapping[str, Any]], dropped: Iterable[str]) -> None:
        """Have these on disk soon, and those there no more."""
        self._last = self._thread.submit(self._exchange, dict(kept), list(dropped))

    def _exchange(self, kept: dict[str, Any], dropped: list[str]) -> bool:
        for name in dropped:
            self._standing.pop(name, None)
        self._standing.update(kept)
        try:
            if self._drafts is not None and not self._drafts.is_there():
                self._anew = True  # somebody took the file away
                self._close()
            self._open().exchange(self._standing if self._anew else kept, dropped)
            self._anew = False
        except StoreError as error:
            self._anew = True  # whoever hands over more before hearing of it hands over the rest alone
            self.failed.emit(str(error))
            return False
        return True

    def wait(self) -> bool:
        """Wait until all that was handed over is on disk; whether it is."""
        return self._last is None or self._last.result()

    def close(self) -> None:
        """Write what is still to be written, and let go of the file."""
        self._thread.submit(self._close)
        self._thread.shutdown(wait=True)

    def _close(self) -> None:
        if self._drafts is not None:
            self._drafts.close()
            self._drafts = None


def _left(draft: Draft) -> Draft:
    """As it is kept from now on."""
    if draft.place.startswith(LEFT):
        return draft
    told = {"place": draft.place, "typed_at": draft.at}
    return replace(draft, place=f"{LEFT}{draft.at}:{draft.owner}:{draft.place}", content=draft.content | told)
