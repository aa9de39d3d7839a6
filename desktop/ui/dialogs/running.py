"""Something slow under way on a worker: how far it is, and the wish to stop it."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal


class Running(QObject):
    """Carries progress from the worker to the window, and the wish to stop the other way.

    It is the worker's as much as its owner's: where a dialog is gone first, the worker is told to stop.
    """

    told = Signal(int, int)

    def __init__(self, owner: QObject | None) -> None:
        super().__init__()  # with the owner for a parent, the worker would be left with what is deleted
        self._stop = threading.Event()
        self._going = False
        if owner is not None:
            owner.destroyed.connect(self.cancel)

    def going(self) -> bool:
        return self._going

    def start(self) -> None:
        self._stop.clear()
        self._going = True

    def stop(self) -> None:
        self._going = False

    def cancel(self) -> None:
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it is to stop; for any thread."""
        return self._stop.is_set()

    def progress(self, done: int, all_rows: int) -> bool:
        """Told by the worker how far it is; answers whether to go on."""
        self.told.emit(done, all_rows)
        return not self._stop.is_set()
