"""The points of minutes: read, and made; what can be done with them stands in `minutes`."""

from __future__ import annotations

import re
from typing import Any

from desktop.model import Point
from desktop.service.operation import Writing


def of(meeting: Any) -> list[Point]:
    """The points of a meeting's minutes, in their order, whichever item they belong to."""
    rows = Point.select().where(Point.meeting == meeting.id)
    return list(rows.order_by(Point.position, Point.id))


def make(writing: Writing, meeting: Any, kind: str, text: str, item: Any = None) -> Point:
    """A note or a decision at the end of an item or, without one, of the minutes; within an operation."""
    others = [point.position for point in of(meeting)]
    return writing.create(  # type: ignore[no-any-return]
        Point,
        {
            "meeting": meeting.id,
            "item": item.id if item is not None else None,
            "position": max(others, default=0) + 1,
            "kind": kind,
            "text": text,
        },
    )


_MARK = re.compile(r"^\s*(?:(?:[-*•]|\d{1,2}[.)])\s+|・\s*|\d{1,2}、\s*)")
"""What marks a line as one of a list. A Latin mark has a blank after it: 2.5 million is no second line."""


def lines(text: str) -> list[str]:
    """The lines of a text that somebody typed as a list, without what marks them as such."""
    bare = (_MARK.sub("", line).strip() for line in text.split("\n"))
    return [line for line in bare if line]
