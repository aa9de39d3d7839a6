"""What became of a record whose course is followed, from its status, its date and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop.model import Record, scales
from desktop.model.followed import Followed
from desktop.service.changes.states import Values
from desktop.service.extensions import DATES

_WEIGHTS = {priority: place for place, priority in enumerate(scales.PRIORITY, 1)}


class Piece(NamedTuple):
    """A part that differs, as it counts to one record."""

    part: type[Record]
    uid: str
    end: str
    """The field by which it belongs to the record."""
    reported: tuple[str, str] | None = None
    """Of an entry of the progress log that was made since: the status before and after, '' for the desk's."""
    slipped: bool = False
    removed: bool = False


class Course(NamedTuple):
    """What became of a record whose course is followed."""

    marks: tuple[str, ...] = ()
    status: tuple[str, str] | None = None
    due: tuple[str, str] | None = None
    weight: int = 0

    @classmethod
    def of(cls, entity: Any, was: Values | None, now: Values | None, pieces: Sequence[Piece]) -> Course:
        """The marks that follow from status, date and parts; none of what was deleted."""
        if now is None or not issubclass(entity, Followed):
            return cls()
        ended, marks = entity.course.ended, set()
        status = _pair(was, now, entity.course.status)
        before = was is not None and was.get(entity.course.status) in ended
        after = now.get(entity.course.status) in ended
        if before != after:
            marks.add("closed" if after else "reopened")
        due = _pair(was, now, DATES[entity][0]) if entity in DATES else None
        if any(piece.slipped for piece in pieces) or (due and due[0] and due[1] > due[0]):
            marks.add("slipped")
        # The entry that closes or reopens is no progress beside it.
        steps = [
            piece.reported
            for piece in pieces
            if piece.reported and not (marks & {"closed", "reopened"} and _crosses(piece.reported, ended))
        ]
        if steps or (status and not marks & {"closed", "reopened"}):
            marks.add("progressed")
        return cls(tuple(marks), status, due, _WEIGHTS.get(now.get("priority", ""), 0))


def _pair(was: Values | None, now: Values, name: str) -> tuple[str, str] | None:
    """What a field was and is, if it differs."""
    if was is None or was.get(name) == now.get(name):
        return None
    return was.get(name) or "", now.get(name) or ""


def _crosses(reported: tuple[str, str], ended: tuple[str, ...]) -> bool:
    """Whether an entry closed or reopened a record."""
    return (reported[0] in ended) != (reported[1] in ended)
