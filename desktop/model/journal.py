"""The tables of the journal, the counters and the workspace's own facts. `service.journal` writes them."""

from __future__ import annotations

import peewee as pw

from desktop.i18n import N_
from desktop.model.base import Base, Record
from desktop.model.dates import IS_INSTANT
from desktop.model.kinds import LongText, Text


class Fact(Record):
    """A fact of the workspace itself (post, governments, …): its value is JSON."""

    singular, plural = N_("Workspace setting"), N_("Workspace settings")

    name = Text(N_("Name"), unique=True)
    value = LongText(N_("Value"))


class Operation(Base):
    """One act of an officer or of the program: the unit of undo and of the hash chain."""

    uid = pw.TextField(unique=True)
    label = pw.TextField()
    """What it was called, in the language of the officer who did it."""
    at = pw.TextField(index=True, constraints=[pw.Check(IS_INSTANT.format(column='"at"'))])
    """When, as a `Timestamp`."""
    officer = pw.TextField()
    """Uid of the person who did it, or '' before anybody is known."""
    officer_name = pw.TextField()
    device = pw.TextField()
    """The replica of the file that it was done in."""
    sequence = pw.IntegerField()
    """Counts the operations of the device."""
    clock = pw.IntegerField()
    """Lamport clock: one more than that of the operation before."""
    source = pw.TextField()
    """window, command_line, undo (and redo), catalogue, setup, import, merge, export or check."""
    reverts = pw.TextField(null=True, index=True)
    """Uid of the operation that this one takes back."""
    previous = pw.TextField()
    """The hash of the operation before, '' for the first."""
    hash = pw.TextField()

    class Meta:
        indexes = ((("device", "sequence"), True), (("officer", "source"), False))


class Change(Base):
    """One field of one record that an operation changed; `*` stands for the whole record."""

    operation = pw.ForeignKeyField(Operation, backref="changes", on_delete="RESTRICT")
    entity = pw.TextField()
    uid = pw.TextField()
    field = pw.TextField()
    before = pw.TextField(null=True)
    after = pw.TextField(null=True)

    class Meta:
        indexes = ((("uid",), False),)


# SQLite takes a partial index where a query repeats its condition letter by letter, so both are SQL.
DELETION = pw.SQL('"field" = \'*\' AND "after" IS NULL')
"""The condition that a change deleted a record."""
Change.add_index(Change.index(Change.entity, where=DELETION, name="change_deletion"))


class Counter(Base):
    """The last number given to a kind of reference; undo never takes one back."""

    name = pw.TextField(primary_key=True)
    last = pw.IntegerField(default=0)
