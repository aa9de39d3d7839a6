"""A page that reads anew when it is seen, not at every change behind its back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from desktop.ui.context import Context


class SeenFresh:
    """Stands before the widget class of a page among its bases; `keep_fresh` begins it."""

    _stale = True

    def keep_fresh(self, context: Context) -> None:
        """From now on, read anew after a change: at once while it is seen, else when it is shown."""
        context.changed.connect(self._on_changed)
        context.stopping.connect(self._rest)

    def refresh(self) -> None:
        """Read anew; a page adds what it reads."""
        self._stale = False

    def _on_changed(self, _committed: Any) -> None:
        self._stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self._refresh_if_stale)

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self.refresh()

    def _rest(self) -> None:
        """Read no more, also not what was about to be read: the workspace is being closed."""
        self._stale = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()
