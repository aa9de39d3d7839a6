"""Files that belong to a record. What they hold is kept once, by its hash, outside of the journal."""

from __future__ import annotations

import peewee as pw

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.base import Base, Record, Subject
from desktop.model.kinds import Choice, Number, Text
from desktop.model.relations import Reference


class Blob(Base):
    """Bytes under their SHA-256. Rows are only ever added: what undo brings back finds its bytes still there."""

    sha256 = pw.TextField(primary_key=True)
    content = pw.BlobField()


class Attachment(Record):
    """A file of a record."""

    singular, plural = N_("Attachment"), N_("Attachments")

    subject = Reference(N_("Record"), Subject, null=False, required=True)
    name = Text(N_("File name"), required=True)
    role = Choice(N_("Kept as"), scales.ATTACHED_AS, default="file")
    size = Number(N_("Size in bytes"))
    sha256 = Text(N_("SHA-256"), required=True)
