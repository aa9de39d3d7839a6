"""Locks an encrypted workspace while nobody is there: idle, the desktop locked, the computer put to sleep.

One a run, begun with the first encrypted workspace. What the system tells comes from the module for it; where it tells
nothing, idleness and the gap that a sleep leaves between two clocks remain.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.ui.locking.lock import lock
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.session import Session

TICK_MS = 5000
ASLEEP = 30.0
"""Seconds that the clock of the wall may be ahead of the one that stands still during a sleep."""
EARS = {
    "linux": "desktop.ui.locking.linux:Ear",
    "win32": "desktop.ui.locking.windows:Ear",
    "darwin": "desktop.ui.locking.macos:Ear",
}
TYPES = QEvent.Type
ACTIVE = frozenset(
    (
        *(TYPES.KeyPress, TYPES.MouseButtonPress, TYPES.MouseMove, TYPES.Wheel, TYPES.InputMethod),
        *(TYPES.TouchBegin, TYPES.TouchUpdate, TYPES.TabletPress, TYPES.TabletMove, TYPES.NativeGesture),
        *(TYPES.Drop, TYPES.DragMove),
    )
)
"""What says that somebody is there."""


class Guard(QObject):
    """`moving` counts seconds while the computer is awake, `wall` all of them."""

    def __init__(
        self,
        session: Session,
        *,
        moving: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(session.app)
        self.session, self._moving, self._wall = session, moving, wall
        self._last, self._apart = moving(), wall() - moving()
        self._wanted = False
        QGuiApplication.instance().focusWindowChanged.connect(self._watch_windows)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.look)
        self._tick.start()
        self._watch_windows()
        where = EARS.get(sys.platform)
        self.ear = named(where)(self.lock, self) if where else None

    def _watch_windows(self, _window: object = None) -> None:
        """Hear what is done in each window of the program, and nothing else of what happens there."""
        for window in QGuiApplication.topLevelWindows():
            if not window.property("guarded"):
                window.setProperty("guarded", True)
                window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in ACTIVE:
            self._last = self._moving()
        return False

    def begin(self) -> None:
        """Somebody has just opened an encrypted workspace."""
        self._last = self._moving()
        self.look()

    def idle(self) -> float:
        """Seconds since somebody did something."""
        return self._moving() - self._last

    def look(self) -> None:
        """Lock where nobody did anything for so long, or where the computer slept."""
        self._watch_windows()
        apart = self._wall() - self._moving()
        slept, self._apart = apart - self._apart > ASLEEP, apart
        if slept or self._wanted or self.idle() >= 60 * int(self.session.settings.idle_lock):
            self.lock()

    def lock(self) -> None:
        """Lock now; or, while something is done with the file, as soon as a window comes up again."""
        self._wanted = lock(self.session) is None and self.session.waiting is not None


def watch(session: Session) -> None:
    """Have the run guarded from now on."""
    if session.guard is None:
        session.guard = Guard(session)
    session.guard.begin()
