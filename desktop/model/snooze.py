"""Reminders that an officer has put off. Kept with the workspace, outside of the journal."""

from __future__ import annotations

import peewee as pw

from desktop.model.base import Base


class Snooze(Base):
    """Until when a record reminds an officer of nothing; what is past is thrown away with the next one."""

    officer = pw.TextField()
    """Uid of the officer, '' where nobody is known."""
    record = pw.TextField()
    """Uid of the record: one that was deleted and is brought back is still put off."""
    until = pw.TextField()
    """The instant, as a `Timestamp`."""

    class Meta:
        primary_key = pw.CompositeKey("officer", "record")
