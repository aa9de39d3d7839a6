"""What keeps the memory of the process, and what it writes, from others: no core dumps, no debuggers, no loose rights.

Python cannot wipe texts from memory; this and encryption of the whole disk (for swap) are what can be done.
"""

from __future__ import annotations

import contextlib
import os
import sys

PR_SET_DUMPABLE = 4


def harden() -> None:
    """Switch core dumps off for this process and its children, and have what they make be this user's alone.

    Once at start. What the system lacks is passed over.
    """
    os.umask(0o077)  # what is private is made so by name too: this is for what a library makes
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
