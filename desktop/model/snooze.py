"""Reminders that an officer has put off. Kept with the workspace, outside of the journal."""

from __future__ import annotations

import hashlib

import peewee as pw

from desktop.model.base import Base
from desktop.model.dates import IS_INSTANT


class Snooze(Base):
    """Until when a record reminds an officer of nothing; what is past is thrown away with the next one."""

    officer = pw.TextField()
    """Uid of the officer, '' where nobody is known."""
    record = pw.TextField()
    """Uid of the record: one that was deleted and is brought back is still put off."""
    until = pw.TextField(constraints=[pw.Check(IS_INSTANT.format(column='"until"'))])
    """The instant, as a `Timestamp`."""
    seal = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """A checksum over the others, for nothing else proves them; see `sealed`."""

    class Meta:
        primary_key = pw.CompositeKey("officer", "record")

    @staticmethod
    def sealed(officer: str, record: str, until: str) -> str:
        """The checksum of a row of these values."""
        text = "\n".join((officer, record, until))
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
