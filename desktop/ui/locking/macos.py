"""What macOS tells: that the screen was locked, by the notification that the login window sends to all programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

CORE = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
LOCKED = b"com.apple.screenIsLocked"
UTF8, AT_ONCE = 0x08000100, 4


class Ear(QObject):
    """The notification comes on the main thread's run loop, which is Qt's."""

    def __init__(self, lock: Callable[[], Any], parent: QObject, library: Any = None) -> None:
        super().__init__(parent)
        import ctypes

        core = library or ctypes.CDLL(CORE)
        pointer = ctypes.c_void_p
        kind = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, pointer)
        # Kept, as the system calls it for as long as the program runs.
        self.heard = kind(lambda *_told: lock())
        core.CFNotificationCenterGetDistributedCenter.restype = pointer
        core.CFStringCreateWithCString.restype = pointer
        core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
        core.CFNotificationCenterAddObserver.restype = None
        core.CFNotificationCenterAddObserver.argtypes = [
            pointer,
            pointer,
            kind,
            pointer,
            pointer,
            ctypes.c_long,
        ]
        core.CFNotificationCenterAddObserver(
            core.CFNotificationCenterGetDistributedCenter(),
            None,
            self.heard,
            core.CFStringCreateWithCString(None, LOCKED, UTF8),
            None,
            AT_ONCE,
        )
