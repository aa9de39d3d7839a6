"""Containers that pass the focus on to one of their parts.

Qt's own means, a focus proxy, is for a widget made of one control. Where there are several, Tab that comes upon the
container leaps to the proxy, over all that stands before it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class PassesFocus:
    """To be named before the widget's class; without an aim the container keeps the focus."""

    _aim: QWidget | None = None

    def pass_focus_to(self, part: QWidget | None) -> None:
        """From now on the focus goes on to this part."""
        self._aim = part

    def aim(self) -> QWidget | None:
        """Where the focus goes on to."""
        return self._aim if self._aim is not None and isValid(self._aim) else None

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """At once, so that who asks right after it finds the focus where it belongs."""
        part = self.aim()
        if part is not None:
            part.setFocus(reason)
        else:
            super().setFocus(reason)  # type: ignore[misc]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus that Qt itself gave, as when a window comes back."""
        part = self.aim()
        if part is not None:
            part.setFocus(event.reason())
        else:
            super().focusInEvent(event)  # type: ignore[misc]
