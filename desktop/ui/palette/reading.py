"""Asks for what is found, on workers, with one connection that lasts as long as the palette is open.

The newest hits come at once and are held back for a moment: mostly the ranked ones, with their sentences, are there
by then, and the list is drawn once. Answers to what is no longer asked are dropped.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.service import finding
from desktop.service.finding import Hit
from desktop.ui.apart import Apart, while_there
from desktop.ui.context import Context

EACH, MOST = 6, 40
"""Records that are shown of a kind, and in all."""
HELD_MS = 80
"""How long the newest wait for the ranked."""
CACHE = 8000
"""KiB of the file that the connection keeps: the next letter asks for what is near."""


class Reading(QObject):
    """Tells `found` for the last text that was asked for."""

    found = Signal(str, list)
    """The text, and its hits."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._lock = threading.Lock()
        self._seen: Apart | None = None
        self._connection: Any = None
        self._numbers = itertools.count(1)
        self._last = 0
        self.waiting = False
        """Whether the ranked answer to the last text is still to come."""
        self._newest: tuple[str, list[Hit]] | None = None
        self._held = QTimer(self, singleShot=True, interval=HELD_MS, timeout=self._show_newest)
        context.stopping.connect(self.close)

    def ask(self, text: str) -> None:
        """Look for a text; for an empty one, what was worked on last."""
        self._last, self._newest, self.waiting = next(self._numbers), None, True
        self._held.stop()
        self._open()
        if text.strip():
            self._work(text, lambda seen: finding.first(seen, text), self._hold)
        else:
            self._work(text, finding.recent, self._tell)

    def _work(
        self, text: str, read: Callable[[Any], list[Hit]], done: Callable[[str, list[Hit]], None]
    ) -> None:
        number = self._last

        def slow() -> list[Hit] | None:
            with self._lock:
                if number != self._last or self._seen is None:
                    return None
                try:
                    return read(self._seen)
                except self._context.workspace.engine.errors:
                    if number != self._last:  # it was interrupted
                        return None
                    raise

        def finished(found: list[Hit] | None) -> None:
            if found is not None and number == self._last:
                done(text, found)

        self._context.work(slow, while_there(self, finished), while_there(self, self._fail))

    def _hold(self, text: str, found: list[Hit]) -> None:
        """The newest are here: now ask for the ranked."""
        self._newest = (text, found)
        self._held.start()
        self._work(text, lambda seen: finding.find(seen, text, most=MOST, each=EACH), self._tell)

    def _show_newest(self) -> None:
        if self._newest is not None:
            self.found.emit(*self._newest)

    def _tell(self, text: str, found: list[Hit]) -> None:
        self._held.stop()
        self._newest, self.waiting = None, False
        self.found.emit(text, found)

    def _fail(self, sentence: str) -> None:
        self.waiting = False
        self._context.problem.emit(sentence)

    def _open(self) -> None:
        if self._seen is None:
            workspace = self._context.workspace
            self._connection = workspace.engine.reader(CACHE)
            self._seen = Apart(workspace, self._connection)

    def close(self) -> None:
        """Let go of the workspace; what is still being read is not waited for longer than it takes."""
        self._last, self.waiting = next(self._numbers), False
        self._held.stop()
        if self._connection is not None:
            self._connection.interrupt()
            with self._lock:
                self._connection.close()
                self._connection = self._seen = None
