"""A table that is dropped on the window is taken in, where nothing else takes it. Its twin is in the File menu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.dropped import accept_copy

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
"""Of files that are taken for tables; a text may be anything, and is chosen by the menu."""


class TableDrop(QObject):
    """Takes the drops on a window, and those that the parts in it leave to it (`wants`, `take`)."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            event.setAccepted(self.wants(event) and accept_copy(event))
            return True
        if kind == QEvent.Type.Drop:
            event.setAccepted(self.take(event))
            return True
        return False

    def wants(self, event: Any) -> bool:
        """Whether one table is being dragged."""
        return _table(event) is not None

    def take(self, event: Any) -> bool:
        """Take in what was dropped; False where it is no table."""
        path = _table(event)
        if path is None or not accept_copy(event):
            return False
        # Only once the drop is over: the program it came from waits for that.
        QTimer.singleShot(0, self, lambda: self._window.commands.run("take_in", path))
        return True


def _table(event: Any) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in SUFFIXES else None


def over(host: QWidget) -> TableDrop | None:
    """What takes the tables that are dropped on a part of a window; None in a window that takes none."""
    return host.window().findChild(TableDrop)
