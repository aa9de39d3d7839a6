"""Which computer this is: what its system calls it once and for all, as a hash that tells nothing else of it."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import sys
from pathlib import Path

IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
"""Where Linux keeps it."""


@functools.cache
def this() -> str:
    """The same at each start and for each user; '' where the system does not tell."""
    found = _id()
    return hashlib.sha256(f"juntos:{found}".encode()).hexdigest()[:16] if found else ""


if sys.platform == "win32":
    import winreg

    def _id() -> str:
        place, way = r"SOFTWARE\Microsoft\Cryptography", winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, way) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return ""
elif sys.platform == "darwin":

    def _id() -> str:
        import ctypes

        found, at_most = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(1, 0)  # a timespec: one second
        with contextlib.suppress(OSError, AttributeError):
            if ctypes.CDLL(None).gethostuuid(found, at_most) == 0 and any(found.raw):
                return found.raw.hex()
        return ""
else:

    def _id() -> str:
        for file in IDS:
            with contextlib.suppress(OSError):
                if found := file.read_text("utf-8", "replace").strip():
                    return found
        return ""
