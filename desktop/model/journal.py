"""The tables of the journal, the counters and the workspace's own facts. `service.journal` writes them."""

from __future__ import annotations

import peewee as pw

from desktop.i18n import N_
from desktop.model.base import Base, Record
from desktop.model.kinds import Text


class Fact(Record):
    """A fact of the workspace itself (post, governments, …): its value is JSON."""

    singular, plural = N_("Workspace setting"), N_("Workspace settings")

    name = Text(N_("Name"), unique=True)
    value = Text(N_("Value"))


class Operation(Base):
    """One act of an officer or of the program: the unit of undo and of the hash chain."""

    uid = pw.TextField(unique=True)
    label = pw.TextField()
    at = pw.TextField(index=True)
    officer = pw.TextField()
    """Uid of the person who did it, or '' before anybody is known."""
    officer_name = pw.TextField()
    device = pw.TextField()
    sequence = pw.IntegerField()
    """Counts this device's operations."""
    clock = pw.IntegerField()
    """Lamport clock."""
    source = pw.TextField()
    """window, command_line, catalogue, setup, import, merge or export."""
    reverts = pw.TextField(null=True, index=True)
    """Uid of the operation that this one takes back."""
    previous = pw.TextField()
    hash = pw.TextField()

    class Meta:
        indexes = ((("device", "sequence"), True),)


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


class Counter(Base):
    """The last number given to a kind of reference; undo never takes one back."""

    name = pw.TextField(primary_key=True)
    last = pw.IntegerField(default=0)
