"""Minutes: their points, and what becomes of them; their versions stand in `versions`.

A point is a note, a decision or a follow-up, and can be turned into another of these; it keeps what it was before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from desktop.i18n import _
from desktop.model import (
    AgendaItem,
    Attachment,
    Extension,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Point,
    Recommendation,
    Update,
)
from desktop.service import agenda, follow_ups, journal, links, records
from desktop.service.minutes_state import begin_draft
from desktop.service.operation import Writing
from desktop.service.points import lines, make, of
from desktop.service.workspace import Workspace

TITLE = 120
"""Characters of a follow-up's title that is taken from a longer point."""


def add(
    workspace: Workspace,
    meeting: Meeting,
    kind: str,
    text: str,
    item: AgendaItem | None = None,
    promise: dict[str, Any] | None = None,
) -> Point:
    """A new point at the end of an item, or of the minutes; raises `Invalid`.

    A follow-up is made of the text, and of the values of its fields in `promise`.
    """
    labels = {
        "note": _("Add a note to {meeting}"),
        "decision": _("Add a decision to {meeting}"),
        "follow_up": _("Add a follow-up to {meeting}"),
    }
    with workspace.operation(labels[kind].format(meeting=workspace.say(meeting))) as writing:
        begin_draft(writing, meeting)
        point = make(writing, meeting, "note" if kind == "follow_up" else kind, text, item)
        if kind == "follow_up":
            _promise(writing, point, promise or {}, was="")
        return point


def turn(workspace: Workspace, point: Point, into: str, promise: dict[str, Any] | None = None) -> Point:
    """Make a note, a decision or a follow-up of a point; it keeps what it was.

    A follow-up takes its title from the point and the values of its fields from `promise`. One that is turned back
    is deleted, unless something has happened to it: then `Invalid` says to close it instead.
    """
    if into == point.kind:
        return point
    labels = {
        "note": _("Make a note of a point of {meeting}"),
        "decision": _("Make a decision of a point of {meeting}"),
        "follow_up": _("Make a follow-up of a point of {meeting}"),
    }
    with workspace.operation(labels[into].format(meeting=workspace.say(point))) as writing:
        if into == "follow_up":
            _promise(writing, point, promise or {}, was=point.kind)
        elif point.kind == "follow_up":
            _take_back_promise(writing, point, into)
        else:
            writing.change(point, {"kind": into, "was": point.kind})
    return point


def _promise(writing: Writing, point: Point, values: dict[str, Any], was: str) -> None:
    meeting = Meeting.get_by_id(point.meeting_id)
    title, detail = titled(point.text)
    item = AgendaItem.get_or_none(AgendaItem.id == point.item_id)
    about = links.subject(item.subject_id) if item is not None and item.subject_id else None
    given = {**implied(meeting, writing.workspace.today()), "title": title, "detail": detail, **values}
    serves = given.pop("serves", [about] if isinstance(about, Recommendation | Initiative) else [])
    follow_up = follow_ups.make(writing, given, serves)
    writing.change(point, {"kind": "follow_up", "follow_up": follow_up.id, "was": was})


def implied(meeting: Any, today: str) -> dict[str, Any]:
    """What a follow-up has from the meeting that it comes out of, unless it says otherwise."""
    day = meeting.on if len(meeting.on or "") == 10 else today
    return {
        "meeting": meeting.id,
        "raised_on": min(day, today),
        "countries": Meeting.countries.read(meeting.id),
    }


def titled(text: str) -> tuple[str, str]:
    """A title of one line for a text, and the whole text where the title does not say it all."""
    first = re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", text.strip().split("\n")[0])
    plain = re.sub(r"[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}", r"\1", first).strip()
    if len(plain) > TITLE:
        plain = plain[:TITLE].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return plain, text if plain != text.strip() else ""


def _take_back_promise(writing: Writing, point: Point, into: str) -> None:
    follow_up = FollowUp.get_by_id(point.follow_up_id)
    if touched(follow_up):
        raise Invalid(
            _("{record} has moved on already; close or cancel it instead.").format(record=follow_up.ref),
            "kind",
        )
    text = point.text or follow_up.detail or follow_up.title
    writing.change(point, {"kind": into, "follow_up": None, "was": "follow_up", "text": text})
    records.remove(writing, follow_up)


def touched(follow_up: Any) -> bool:
    """Whether anything happened to a follow-up since it was made: a change, progress, a link, a file, an agenda."""
    parts: Iterable[Any] = (Update, Extension, Attachment)
    made = journal.made_in(follow_up.uid)
    return (
        journal.changed_since(follow_up.uid, made)
        or any(journal.made_in(seen.link.uid) != made for seen in links.of(follow_up))
        or any(part.select().where(part.subject == follow_up.id).exists() for part in parts)
        or AgendaItem.select().where(AgendaItem.subject == follow_up.id).exists()
    )


def into_points(workspace: Workspace, meeting: Meeting, name: str) -> int:
    """Make agenda items of the lines of a meeting's `agenda`, or decisions of those of its `decisions`.

    The text is empty afterwards. Returns how many were made; raises `Invalid`.
    """
    found = lines(getattr(meeting, name))
    labels = {
        "agenda": _("Make agenda items of a text of {meeting}"),
        "decisions": _("Make decisions of a text of {meeting}"),
    }
    with workspace.operation(labels[name].format(meeting=workspace.say(meeting))) as writing:
        if name == "decisions":
            begin_draft(writing, meeting)
        writing.change(meeting, {name: ""})
        for text in found:
            if name == "agenda":
                agenda.make(writing, meeting, text)
            else:
                make(writing, meeting, "decision", text)
    return len(found)


def reword(workspace: Workspace, point: Point, text: str) -> bool:
    """Give a point other words; raises `Invalid`."""
    with workspace.operation(
        _("Change the minutes of {meeting}").format(meeting=workspace.say(point))
    ) as writing:
        return writing.change(point, {"text": text})


def move(workspace: Workspace, point: Point, place: int, item: AgendaItem | None = None) -> bool:
    """Put a point at this place of an agenda item (or of those that belong to none), 0 being the first."""
    label = _("Reorder the minutes of {meeting}").format(meeting=workspace.say(point))
    with workspace.operation(label) as writing:
        belongs = item.id if item is not None else None
        changed = writing.change(point, {"item": belongs})
        everything = of(Meeting.get_by_id(point.meeting_id))
        group = [each for each in everything if each.item_id == belongs and each.id != point.id]
        others = [each for each in everything if each.id != point.id]
        place = max(0, min(place, len(group)))
        at = others.index(group[place]) if place < len(group) else len(others)
        return agenda.reorder(writing, everything, point, at) or changed


def remove(workspace: Workspace, point: Point) -> None:
    """Take a point out of the minutes; the follow-up that came of it stays."""
    label = _("Remove a point of {meeting}").format(meeting=workspace.say(point))
    with workspace.operation(label) as writing:
        writing.delete(point)
