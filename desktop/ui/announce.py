"""What a screen reader says aloud without the focus going anywhere: saved, so many results, what went wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Say a sentence on behalf of a widget that is seen; `urgent` interrupts what is being read."""
    # No window begins with an announcement, and Qt's classes take their time to come.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
