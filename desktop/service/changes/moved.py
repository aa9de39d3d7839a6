"""What is told of a change: since when, which record moved how, and what of it differs."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.i18n import pgettext

MARKS = ("new", "closed", "reopened", "slipped", "progressed", "deleted", "changed")
"""What can be said of a record that moved; `changed` is said where nothing else is."""


def called(mark: str) -> str:
    """A mark in words."""
    # In a context of their own: as headings of sheets and columns these words are said in another way.
    return {
        "new": pgettext("what happened to a record", "New"),
        "closed": pgettext("what happened to a record", "Closed"),
        "reopened": pgettext("what happened to a record", "Reopened"),
        "slipped": pgettext("what happened to a record", "Slipped"),
        "progressed": pgettext("what happened to a record", "Progressed"),
        "deleted": pgettext("what happened to a record", "Deleted"),
        "changed": pgettext("what happened to a record", "Changed"),
    }[mark]


@dataclass(frozen=True)
class Baseline:
    """A point of the journal that changes are counted from."""

    operation: int
    """Id of the last operation that it takes in; 0 is before everything."""
    name: str
    """The title of the frozen report, or the day, in words; '' for before everything."""
    day: str
    """`yyyy-mm-dd`: to which the report was, or the day itself; '' for before everything."""
    report: str = ""
    """Uid of the frozen report, if it is one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A record that is not as it was. `status` and `due` are (was, is) as they are kept; None where they stayed."""

    entity: str
    uid: str
    ref: str
    name: str
    marks: tuple[str, ...]
    status: tuple[str, str] | None = None
    due: tuple[str, str] | None = None
    fields: tuple[str, ...] = ()
    """Names of its own fields that differ."""
    parts: tuple[str, ...] = ()
    """Keys of the kinds of its parts that differ, such as `update`."""
    updates: int = 0
    """Entries of its progress log that were made since."""
    weight: int = 0
    """The place of its priority on the scale, 1 for the highest; 0 where it has none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that differs, in words: a field, a part, or that the record was made or deleted."""

    entity: str
    uid: str
    record: str
    """Reference and name."""
    ref: str
    field: str
    was: str
    is_: str
    by: str
    at: str
    """Of the last operation that touched it, as a `Timestamp`."""
