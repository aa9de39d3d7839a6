"""Garbage is looked for in the thread of the windows alone.

Python looks for circles of objects that nobody needs any more in whichever thread makes the next one. A worker that
comes upon what is left of a dialog would take Qt's objects apart in the wrong thread, and the program falls.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 300


def begin(parent: QObject) -> None:
    """From here on, as long as `parent` lives. What a start has made stays, and is not looked through again."""
    gc.freeze()
    gc.disable()
    timer = QTimer(parent, interval=EVERY_MS)
    timer.timeout.connect(look)
    timer.start()


def look() -> None:
    """Look as far as Python would now: by how much was made since it looked last."""
    due = [count > limit > 0 for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if any(due):
        gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
