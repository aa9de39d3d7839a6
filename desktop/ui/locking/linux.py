"""What a Linux desktop tells on D-Bus: that the screen was locked, that the session is to be, that the computer sleeps.

Any desktop's name for its screen saver is heard; where there is no bus, nothing is. The computer is asked to wait with
its sleep until the workspace is locked, which takes a moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
WHAT = "sleep"


class Ear(QObject):
    """Calls `lock` for each of them."""

    def __init__(self, lock: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._lock = lock
        self._delay: Any = None
        """Holds the sleep up for as long as it is there."""
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if session.isConnected():
            for name in SAVERS:
                session.connect("", "", name, "ActiveChanged", self, SLOT("on_saver(bool)"))
        self._system = system if system.isConnected() else None
        if self._system is not None:
            manager, mine = f"{LOGIN}.Manager", f"{LOGIN}.Session"
            system.connect(LOGIN, LOGIN_PATH, manager, "PrepareForSleep", self, SLOT("on_sleep(bool)"))
            system.connect(LOGIN, session_path(), mine, "Lock", self, SLOT("on_lock()"))
            self._ask_to_wait()

    @Slot(bool)
    def on_saver(self, active: bool) -> None:
        """The screen was locked, or unlocked."""
        if active:
            self._lock()

    @Slot()
    def on_lock(self) -> None:
        """The session is to be locked."""
        self._lock()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """The computer is about to sleep, or woke up."""
        if begins:
            self._lock()
            self._delay = None
        else:
            self._ask_to_wait()

    def _ask_to_wait(self) -> None:
        asked = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager", "Inhibit")
        asked.setArguments([WHAT, "Juntos", "The workspace is locked first", "delay"])
        asked.setAutoStartService(False)
        answer = self._system.call(asked, timeout=1000)
        if answer.type() == QDBusMessage.MessageType.ReplyMessage:
            self._delay = answer


def session_path() -> str:
    """The path of this session at logind; '' (any) where it is not known."""
    name = os.environ.get("XDG_SESSION_ID", "")
    if not name:
        return ""
    written = "".join(
        letter
        if letter.isascii() and (letter.isalpha() or (place and letter.isdigit()))
        else f"_{ord(letter):02x}"
        for place, letter in enumerate(name)
    )
    return f"{LOGIN_PATH}/session/{written}"
