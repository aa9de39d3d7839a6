"""Where a popup opens: under what it belongs to, or over it where the screen ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

GAP = 2
"""Pixels between the two."""


def place_by(anchor: QWidget, popup: QWidget) -> QPoint:
    """The place, on the screen, for a popup that has its size already."""
    screen = anchor.screen().availableGeometry()
    place = anchor.mapToGlobal(QPoint(0, anchor.height() + GAP))
    if place.y() + popup.height() > screen.bottom():
        place.setY(max(screen.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - popup.height() - GAP))
    place.setX(max(screen.left(), min(place.x(), screen.right() - popup.width())))
    return place
