"""What a dialog was opened with, as plain data, so that it can be opened with the same again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.model import RECORDS
from desktop.model.base import Record

RECORD, PATH, ROWS, NAMED = "record", "path", "rows", "named"
_PLAIN = (str, int, float, bool, type(None))


class NotGiven(Exception):
    """What was given is no more, or cannot be said as plain data."""


def said(given: Any) -> Any:
    """As JSON can hold it; raises `NotGiven`."""
    if isinstance(given, _PLAIN):
        return given
    if isinstance(given, Record):
        return {RECORD: [type(given).key(), given.uid]}
    if isinstance(given, Path):
        return {PATH: str(given)}
    if isinstance(given, list | tuple | set | frozenset):
        return {ROWS: [type(given).__name__, [said(each) for each in given]]}
    if isinstance(given, dict):
        return {NAMED: {str(name): said(each) for name, each in given.items()}}
    raise NotGiven


def meant(said: Any) -> Any:
    """What was given; raises `NotGiven` where a record of it was deleted."""
    if not isinstance(said, dict):
        return said
    ((kind, content),) = said.items()
    if kind == RECORD:
        return record(*content)
    if kind == PATH:
        return Path(content)
    if kind == NAMED:
        return {name: meant(each) for name, each in content.items()}
    of = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[content[0]]
    return of(meant(each) for each in content[1])


def record(entity: str, uid: str) -> Any:
    """A record as it is kept now; raises `NotGiven` where there is none."""
    kind: Any = RECORDS.get(entity)
    found = kind.get_or_none(kind.uid == uid) if kind is not None else None
    if found is None:
        raise NotGiven
    return found
