"""What Windows tells a window: that the session was locked or left, that the computer is about to sleep."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND = 0x4
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK = 0x2, 0x4, 0x7
NOTIFY_FOR_THIS_SESSION = 0
TOLD = {
    (WM_POWERBROADCAST, PBT_APMSUSPEND),
    (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT),
    (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT),
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
}
"""Messages upon which one locks."""


def tells(address: int) -> bool:
    """Whether the message (a `MSG`) at this address says that nobody is there any more."""
    from ctypes import wintypes

    message = wintypes.MSG.from_address(address)
    return (message.message, message.wParam) in TOLD


class Ear(QObject):
    """Has a window of its own that is never shown: no other has to look at each message."""

    def __init__(self, lock: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._window = _Window(lock)
        self.destroyed.connect(self._window.deleteLater)


class _Window(QWidget):
    def __init__(self, lock: Callable[[], Any]) -> None:
        super().__init__(None, Qt.WindowType.Tool)
        self._lock = lock
        handle = int(self.winId())  # Windows tells those that have a handle, shown or not
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(
                ctypes.c_void_p(handle), NOTIFY_FOR_THIS_SESSION
            )

    def nativeEvent(self, kind: Any, message: Any) -> Any:
        if bytes(kind) == b"windows_generic_MSG" and tells(int(message)):
            self._lock()
        return False, 0
