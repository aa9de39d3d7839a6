"""The agenda of a meeting: its items in their order, and taking up what was left open before."""

from __future__ import annotations

from typing import Any

from desktop.i18n import _, format_number, ngettext, quoted
from desktop.model import AgendaItem, FollowUp, Invalid, Meeting, Point
from desktop.model.base import Registered
from desktop.service import links, minutes_state
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace


def items(meeting: Any) -> list[AgendaItem]:
    """The items of a meeting's agenda, in their order."""
    rows = AgendaItem.select().where(AgendaItem.meeting == meeting.id)
    return list(rows.order_by(AgendaItem.position, AgendaItem.id))


def undiscussed(meeting: Any) -> str:
    """A sentence on the items that nobody has said anything about; '' where there are none."""
    count = sum(item.state == "open" for item in items(meeting))
    if not count:
        return ""
    return ngettext(
        "{count} item was not discussed; it comes up the next time.",
        "{count} items were not discussed; they come up the next time.",
        count,
    ).format(count=format_number(count))


def add(workspace: Workspace, meeting: Meeting, topic: str, subject: Registered | None = None) -> AgendaItem:
    """A new item at the end; a record that it is about gives its name where no topic is given. Raises `Invalid`."""
    label = _("Add to the agenda of {meeting}: {topic}").format(
        meeting=workspace.say(meeting), topic=quoted(topic or (subject.name_text() if subject else ""))
    )
    with workspace.operation(label) as writing:
        return make(writing, meeting, topic, subject=subject)


def make(writing: Writing, meeting: Any, topic: str, *, subject: Any = None, **values: Any) -> AgendaItem:
    """`add`, within an operation, with further values of the item."""
    named = topic.strip() or (subject.name_text() if subject is not None else "")
    return writing.create(  # type: ignore[no-any-return]
        AgendaItem,
        {
            "meeting": meeting.id,
            "position": _next(AgendaItem.select(AgendaItem.position).where(AgendaItem.meeting == meeting.id)),
            "topic": named,
            "subject": subject.id if subject is not None else None,
            **values,
        },
    )


def _next(positions: Any) -> int:
    return max((row[0] for row in list(positions.tuples())), default=0) + 1


def take_up(workspace: Workspace, meeting: Meeting, carried: Any, state: str = "open") -> AgendaItem:
    """Put something that is carried over on the agenda: a follow-up, or an item of an earlier meeting.

    `state` says at once what became of it: discussed, moved on to the next meeting, or dropped. Raises `Invalid`.
    """
    topic = carried.title if isinstance(carried, FollowUp) else carried.topic
    label = _("Carry over to {meeting}: {topic}").format(meeting=workspace.say(meeting), topic=quoted(topic))
    with workspace.operation(label) as writing:
        return carry(writing, meeting, carried, state)


def carry(writing: Writing, meeting: Any, carried: Any, state: str = "open") -> AgendaItem:
    """`take_up`, within an operation; what is on the agenda already gets the state."""
    if state != "open":
        minutes_state.begin_draft(writing, meeting)
    by = AgendaItem.subject if isinstance(carried, FollowUp) else AgendaItem.carried_from
    there = AgendaItem.get_or_none((AgendaItem.meeting == meeting.id) & (by == carried.id))
    if there is not None:
        writing.change(there, {"state": state})
        return there
    if isinstance(carried, FollowUp):
        return make(writing, meeting, carried.title, subject=carried, state=state)
    about = links.subject(carried.subject_id) if carried.subject_id else None
    return make(writing, meeting, carried.topic, subject=about, carried_from=carried.id, state=state)


def set_state(workspace: Workspace, item: AgendaItem, state: str) -> bool:
    """Say what became of an item: to discuss, discussed, moved on, dropped."""
    label = _("Agenda item “{topic}”: {state}").format(
        topic=quoted(item.topic), state=AgendaItem.state.text(state)
    )
    with workspace.operation(label) as writing:
        if state != "open":
            minutes_state.begin_draft(writing, Meeting.get_by_id(item.meeting_id))
        return writing.change(item, {"state": state})


def rename(workspace: Workspace, item: AgendaItem, topic: str) -> bool:
    """Give an item other words; raises `Invalid`."""
    with workspace.operation(
        _("Change an agenda item of {meeting}").format(meeting=workspace.say(item))
    ) as w:
        return w.change(item, {"topic": topic})


def move(workspace: Workspace, item: AgendaItem, place: int) -> bool:
    """Put an item at this place of the agenda, 0 being the first; returns whether anything moved."""
    label = _("Reorder the agenda of {meeting}").format(meeting=workspace.say(item))
    with workspace.operation(label) as writing:
        return reorder(writing, items(Meeting.get_by_id(item.meeting_id)), item, place)


def reorder(writing: Writing, rows: list[Any], moved: Any, place: int) -> bool:
    """Number rows anew with one of them at another place, changing those alone whose number differs."""
    others = [row for row in rows if row.id != moved.id]
    others.insert(max(0, min(place, len(others))), next(row for row in rows if row.id == moved.id))
    return sum(writing.change(row, {"position": number}) for number, row in enumerate(others, 1)) > 0


def remove(workspace: Workspace, item: AgendaItem) -> None:
    """Take an item off the agenda; its points stay in the minutes.

    Raises `Invalid` where a later meeting took it up.
    """
    if AgendaItem.select().where(AgendaItem.carried_from == item.id).exists():
        raise Invalid(
            _("“{topic}” was carried over to a later meeting; drop it instead.").format(
                topic=quoted(item.topic)
            )
        )
    label = _("Take “{topic}” off the agenda of {meeting}").format(
        topic=quoted(item.topic), meeting=workspace.say(item)
    )
    with workspace.operation(label) as writing:
        for point in list(Point.select().where(Point.item == item.id)):
            writing.change(point, {"item": None})
        writing.delete(item)
