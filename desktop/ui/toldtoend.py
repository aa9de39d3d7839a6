"""The system asks the program to end (a session that is closed, Ctrl+C in a terminal): it does so as by its window."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

ASKED = ("SIGTERM", "SIGINT", "SIGHUP")
"""What asks for it; where it comes for the second time, the program is gone at once."""


class ToldToEnd(QObject):
    """`told` once it is asked for. Python hears signals between two of its own steps alone, and an idle window takes
    none: so each signal writes into a pipe that wakes the window up. For the main thread.
    """

    told = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":  # no pipe wakes Qt there, and only Ctrl+C comes
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            return
        self._ear, mouth = os.pipe()
        for end in (self._ear, mouth):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ear, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        for number in (getattr(signal, name) for name in ASKED):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, self._on_signal)

    def _on_woken(self) -> None:
        with suppress(OSError):
            os.read(self._ear, 512)

    def _on_signal(self, number: int, _frame: Any) -> None:
        signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, self, self.told.emit)  # also where the window does not listen yet
