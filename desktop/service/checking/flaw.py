"""What a check can find, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as described
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a flaw is about; the value is the same on the command line in every language."""

    FILE = "file"
    """Pages or indexes of the file."""
    UNREADABLE = "unreadable"
    ORPHAN = "orphan"
    """A row points to what is not there."""
    SCHEMA = "schema"
    JOURNAL = "journal"
    WITNESS = "witness"
    VALUE = "value"
    """A row says something else than the journal."""
    MISSING = "missing"
    SURPLUS = "surplus"
    STRAY = "stray"
    """An element of a set that is none."""
    REGISTER = "register"
    ALIAS = "alias"
    COUNTER = "counter"
    REMINDER = "reminder"
    BYTES = "bytes"
    DERIVED = "derived"
    FIGURES = "figures"
    SEARCH = "search"
    WORDS = "words"


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong. Of its content nothing is in its `repr`, so that no log can hold it.

    `now` is what stands there and `good` the last good value, both in journal terms; `mendable` tells whether `mend`
    can put it right.
    """

    kind: Kind
    where: str
    """The table, or the part of the file."""
    sentence: str = described(repr=False)
    entity: str = ""
    uid: str = ""
    field: str = ""
    now: Any = described(default=None, repr=False)
    good: Any = described(default=None, repr=False)
    mendable: bool = False
    row: int = 0
    """The number of the row in its table."""
    operation: str = ""
    """Of a broken operation: its uid."""


@dataclass
class Report:
    """What a check found; `complete` unless it was cancelled."""

    flaws: list[Flaw] = described(default_factory=list)
    complete: bool = True
    records: int = 0
    operations: int = 0
    last: int = 0
    """The number of the last operation that was seen."""

    @property
    def clean(self) -> bool:
        """Whether all was looked at, and all is well."""
        return self.complete and not self.flaws


class Cancelled(Exception):
    """The check was told to stop."""
